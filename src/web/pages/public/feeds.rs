//! Feeds for readers and calendars: newly issued texts, open consultations, a committee's texts, a committee's deadlines.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::{
    catalogue,
    projects::{self, ProjectFilter, ProjectRow},
    rounds::RoundRow,
    specifications::SpecificationRow,
};
use quanheng_domain::{
    Keyed, Locale, deadline, field, field::MeasuringField, ids::ObjectId, lifecycle::DeadlineKind,
    specification::Category,
};
use quanheng_i18n::Words;
use rocket::http::ContentType;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{
    Shelf, committees, edition, home,
    open_data::{self, OpenFile},
};
use crate::views::{Link, PageHead, Text};
use crate::{App, Page, Visitor, WebError};

const MOST: usize = 50;
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// The deadlines that concern the public; reminders and the office's own clocks are no part of a public calendar.
const PUBLIC: &[DeadlineKind] = &[
    DeadlineKind::PublicityEnd,
    DeadlineKind::ResultPublicityEnd,
    DeadlineKind::RoundEnd,
    DeadlineKind::BallotEnd,
    DeadlineKind::ProjectEnd,
    DeadlineKind::Force,
    DeadlineKind::ReexaminationStart,
    DeadlineKind::ReexaminationEnd,
    DeadlineKind::AbolitionEnd,
    DeadlineKind::AbolitionForce,
    DeadlineKind::TermEnd,
    DeadlineKind::ReportEnd,
];

struct Entry {
    id: String,
    href: String,
    title: String,
    updated: DateTime<Utc>,
    summary: String,
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn atom(
    base: &str,
    path: &str,
    title: &str,
    locale: Locale,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> OpenFile {
    // A feed without entries is as old as the day, so that it has one validator for as long.
    let today = deadline::start_of(deadline::day_of(now));
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(today);
    let mut body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{base}{path}</id>\n<title>{}</title>\n<link rel=\"self\" href=\"{base}{path}\"/>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
        locale.key(),
        escaped(title),
        instant(updated),
        escaped(title),
    );
    for entry in entries {
        body.push_str(&format!(
            "<entry><id>{base}{}</id><title>{}</title><link href=\"{base}{}\"/><updated>{}</updated><summary>{}</summary></entry>\n",
            escaped(&entry.id),
            escaped(&entry.title),
            escaped(&entry.href),
            instant(entry.updated),
            escaped(&entry.summary),
        ));
    }
    body.push_str("</feed>\n");
    OpenFile::new(
        body.into_bytes(),
        ContentType::new("application", "atom+xml").with_params(("charset", "utf-8")),
    )
}

fn of_edition(row: &SpecificationRow, words: &Words, locale: Locale) -> Entry {
    let href = edition::href(row);
    let day = NaiveDate::parse_from_str(&row.issued_on, "%Y-%m-%d").ok();
    Entry {
        id: href.clone(),
        href,
        title: format!(
            "{} {}",
            row.number,
            crate::voice::speak(words, ZONE, locale, &edition::title_text(row, locale))
        ),
        updated: day.map_or(row.created_at, deadline::start_of),
        summary: format!("{} → {}", row.issued_on, row.effective_on),
    }
}

fn of_round(round: &RoundRow, projects: &[ProjectRow], locale: Locale) -> Option<Entry> {
    let project = projects.iter().find(|project| project.id == round.project_id)?;
    let href = format!("/consultations/{}", round.id);
    let until = deadline::day_of(round.closes_at - chrono::TimeDelta::seconds(1));
    Some(Entry {
        id: href.clone(),
        href,
        title: edition::project_title(project, locale),
        updated: round.opens_at,
        summary: format!("→ {until}"),
    })
}

/// The newest texts of a kind or field by the name of its feed: `kind-type_evaluation`, `field-length`.
fn narrowed<'c>(
    catalogue: &Catalogue,
    name: &str,
    mut rows: Vec<&'c SpecificationRow>,
) -> Result<(Text, Vec<&'c SpecificationRow>), WebError> {
    let text = if let Some(key) = name.strip_prefix("kind-") {
        let kind = Category::from_key(key).map_err(|_| WebError::not_found())?;
        rows.retain(|row| row.category == kind);
        Text::word("category", kind.key())
    } else {
        let key = name.strip_prefix("field-").unwrap_or_default();
        let wanted = MeasuringField::from_key(key).map_err(|_| WebError::not_found())?;
        rows.retain(|row| field_of(catalogue, row) == Some(wanted));
        Text::word("measuring-field", wanted.key())
    };
    rows.truncate(MOST);
    Ok((text, rows))
}

/// The title and the entries of the feed of a kind or field.
fn of_group(
    app: &App,
    catalogue: &Catalogue,
    name: &str,
    rows: Vec<&SpecificationRow>,
    locale: Locale,
) -> Result<(String, Vec<Entry>), WebError> {
    let (text, rows) = narrowed(catalogue, name, rows)?;
    let title = crate::voice::speak(&app.words, ZONE, locale, &text);
    let entries = rows.into_iter().map(|row| of_edition(row, &app.words, locale));
    Ok((title, entries.collect()))
}

/// The measuring field of an edition.
fn field_of(catalogue: &Catalogue, row: &SpecificationRow) -> Option<MeasuringField> {
    let committee = catalogue.committee(row.committee_id);
    let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
    field::of_text(name, &row.title_zh, &row.title_en)
}

#[get("/feeds/<file>")]
async fn feed(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    file: String,
) -> Result<OpenFile, WebError> {
    let name = file.strip_suffix(".atom").ok_or_else(WebError::not_found)?.to_owned();
    let (now, shelf, locale) = (app.now(), Shelf::clone(shelf), visitor.locale);
    let (catalogue, rounds, projects) = app
        .read(move |conn| {
            let rounds = catalogue::open_rounds(conn, now, 50)?;
            let ids = rounds.iter().map(|round| round.project_id).collect();
            let filter = ProjectFilter {
                ids: Some(ids),
                reader: Some(projects::Reader::default()),
                ..ProjectFilter::default()
            };
            let (projects, _) = projects::list(conn, &filter, 50, 0)?;
            Ok((shelf.catalogue(conn, now)?, rounds, projects))
        })
        .await?;
    let word = |key: &str| app.words.text(locale, key, &[]);
    let latest = |most| home::latest(&catalogue, |row| &row.issued_on, deadline::day_of(now), most);
    let (title, entries): (String, Vec<Entry>) = match name.as_str() {
        "issued" => (
            word("feeds-issued"),
            latest(MOST).into_iter().map(|row| of_edition(row, &app.words, locale)).collect(),
        ),
        "consultations" => (
            word("feeds-consultations"),
            rounds.iter().filter_map(|round| of_round(round, &projects, locale)).collect(),
        ),
        name if name.starts_with("kind-") || name.starts_with("field-") => {
            of_group(app, &catalogue, name, latest(usize::MAX), locale)?
        }
        code => {
            let committee = committees::find(&catalogue, code).ok_or_else(WebError::not_found)?;
            let own = latest(usize::MAX)
                .into_iter()
                .filter(|row| row.committee_id == Some(committee.id))
                .take(MOST);
            let mut entries: Vec<Entry> =
                own.map(|row| of_edition(row, &app.words, locale)).collect();
            let projects: Vec<ProjectRow> = projects
                .into_iter()
                .filter(|project| project.committee_id == Some(committee.id))
                .collect();
            entries.extend(rounds.iter().filter_map(|round| of_round(round, &projects, locale)));
            (edition::in_language(locale, &committee.name_zh, &committee.name_en), entries)
        }
    };
    Ok(atom(
        &app.base_url,
        &format!("/feeds/{}", crate::pages::address::encoded(&file)),
        &title,
        locale,
        &entries,
        now,
    ))
}

#[derive(Serialize)]
struct FeedsPage {
    head: PageHead,
    general: Vec<Link>,
    kinds: Vec<Link>,
    fields: Vec<Link>,
    /// The whole catalogue as files.
    files: Vec<Link>,
    committees: Vec<Two>,
}

#[derive(Serialize)]
struct Two {
    name: Text,
    feed: String,
    calendar: String,
}

#[get("/feeds")]
async fn list(app: &State<App>, shelf: &State<Shelf>, visitor: Visitor) -> Result<Page, WebError> {
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let two = |row: &quanheng_db::register::CommitteeRow| {
        let segment = crate::pages::address::encoded(&row.segment());
        Two {
            name: edition::committee_link(row, visitor.locale).text,
            feed: format!("/feeds/{segment}.atom"),
            calendar: format!("/calendar/{segment}.ics"),
        }
    };
    let mut head = PageHead::new(Text::said("feeds-title"));
    head.lead = Some(Text::said("feeds-lead"));
    let general = vec![
        Link::new("/feeds/issued.atom", Text::said("feeds-issued")),
        Link::new("/feeds/consultations.atom", Text::said("feeds-consultations")),
    ];
    let of = |prefix: &str, key: &str, text: Text| {
        Link::new(format!("/feeds/{prefix}-{key}.atom"), text)
    };
    let kinds =
        Category::ALL.iter().map(|kind| of("kind", kind.key(), Text::word("category", kind.key())));
    let fields = MeasuringField::ALL
        .iter()
        .map(|field| of("field", field.key(), Text::word("measuring-field", field.key())));
    let files = open_data::FILES
        .iter()
        .map(|(name, said)| Link::new(format!("/open/{name}"), Text::said(*said)));
    Ok(Page::new(
        "pages/public/feeds",
        &FeedsPage {
            head,
            general,
            kinds: kinds.collect(),
            fields: fields.collect(),
            files: files.collect(),
            committees: catalogue.committees.iter().map(two).collect(),
        },
    ))
}

/// A text as a value of a calendar: what would end or split it is escaped.
fn ics(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// Lines of a calendar are folded at 75 octets.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for c in line.chars() {
        if width + c.len_utf8() > 73 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[get("/calendar/<file>")]
async fn calendar(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    file: String,
) -> Result<OpenFile, WebError> {
    let code = file.strip_suffix(".ics").ok_or_else(WebError::not_found)?.to_owned();
    let (now, shelf, locale) = (app.now(), Shelf::clone(shelf), visitor.locale);
    let (committee, projects, due) = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let committee = committees::find(&catalogue, &code)
                .cloned()
                .ok_or(quanheng_actions::ActionError::NotFound)?;
            let filter = ProjectFilter {
                committee: Some(committee.id),
                reader: Some(projects::Reader::default()),
                ..ProjectFilter::default()
            };
            let (projects, _) = projects::list(conn, &filter, 300, 0)?;
            let mut objects: Vec<ObjectId> =
                projects.iter().map(|project| project.id.cast()).collect();
            objects.push(committee.id.cast());
            let due = catalogue::due_for(conn, &objects)?;
            Ok((committee, projects, due))
        })
        .await?;
    let name = edition::in_language(locale, &committee.name_zh, &committee.name_en);
    let mut body = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Quanheng//Calendar//ZH\r\nCALSCALE:GREGORIAN\r\n",
    );
    body.push_str(&folded(&format!("X-WR-CALNAME:{}", ics(&name))));
    for line in due.iter().filter(|line| PUBLIC.contains(&line.kind)) {
        let project = projects.iter().find(|project| line.object_id == project.id.cast());
        let of =
            project.map_or_else(|| name.clone(), |project| edition::project_title(project, locale));
        let word = crate::views::word_key("deadline-kind", line.kind.key());
        let kind = app.words.text(locale, &word, &[]);
        // The due instant is the first after the last day; the entry covers the last day itself.
        let last = deadline::day_of(line.due_at - chrono::TimeDelta::seconds(1));
        let next = last.succ_opt().unwrap_or(last);
        body.push_str("BEGIN:VEVENT\r\n");
        body.push_str(&folded(&format!("UID:{}@quanheng", line.id)));
        body.push_str(&format!("DTSTAMP:{}\r\n", line.opened_at.format("%Y%m%dT%H%M%SZ")));
        body.push_str(&format!(
            "DTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\n",
            last.format("%Y%m%d"),
            next.format("%Y%m%d")
        ));
        body.push_str(&folded(&format!("SUMMARY:{}", ics(&format!("{kind} {of}")))));
        if let Some(project) = project {
            body.push_str(&folded(&format!("URL:{}/projects/{}", app.base_url, project.id)));
        }
        body.push_str("END:VEVENT\r\n");
    }
    body.push_str("END:VCALENDAR\r\n");
    let kind = ContentType::new("text", "calendar").with_params(("charset", "utf-8"));
    Ok(OpenFile::new(body.into_bytes(), kind))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, feed, calendar]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_can_leave_its_place() {
        assert_eq!(escaped("<a> & \"b\""), "&lt;a&gt; &amp; &quot;b&quot;");
        assert_eq!(ics("a;b,c\\d\nEND:VEVENT"), "a\\;b\\,c\\\\d END:VEVENT");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let line = folded(&format!("SUMMARY:{}", "计".repeat(60)));
        assert!(line.lines().all(|part| part.len() <= 75));
        assert_eq!(line.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "计".repeat(60)));
    }
}
