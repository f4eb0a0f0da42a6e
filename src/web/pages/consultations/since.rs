//! A further round beside the one before it (两轮意见对照): what was changed in the text, and which comments are new, repeated or done with.

use quanheng_actions::document::versions::{self, Version};
use quanheng_actions::round::Case;
use quanheng_actions::round::compare::{self, Compared, Line};
use quanheng_db::rounds::{CommentRow, RoundRow};
use quanheng_domain::Keyed;
use quanheng_domain::clause::Relation;
use quanheng_domain::comment::Disposition;
use quanheng_domain::course::Course;
use quanheng_domain::ids::RoundId;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::drafts::{anchor, compare_href, relation_pill};
use super::super::projects::word;
use super::show::round_id;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{Crumb, Empty, Link, PageHead, Pill, Text, Tone};

/// The address of the page.
pub fn href(round: RoundId) -> String {
    format!("/consultations/{round}/since")
}

#[derive(Serialize)]
struct SincePage {
    head: PageHead,
    lead: Text,
    counts: Vec<Count>,
    changes: Vec<Changed>,
    compare: Option<Link>,
    unchanged: bool,
    lines: Vec<LineView>,
    empty: Option<Empty>,
}

/// How many comments took a course; leads to those alone.
#[derive(Serialize)]
struct Count {
    href: String,
    text: Text,
    n: u64,
    chosen: bool,
    tone: Tone,
}

#[derive(Serialize)]
struct Changed {
    href: String,
    label: String,
    state: Pill,
}

#[derive(Serialize)]
struct LineView {
    course: Pill,
    clause: Text,
    earlier: Option<Said>,
    later: Option<Said>,
}

/// A comment in a few lines.
#[derive(Serialize)]
struct Said {
    number: Link,
    body: String,
    proposal: String,
    disposition: Option<String>,
    reason: String,
}

/// What the page shows, read in one snapshot.
struct File {
    case: Case,
    compared: Compared,
    /// The changes of the text, where the reader may read both drafts and both were read by clause.
    text: Option<(Version, Version, versions::Compared)>,
}

const fn tone(course: Course) -> Tone {
    match course {
        Course::New => Tone::Info,
        Course::Repeated | Course::Open => Tone::Warn,
        Course::Resolved => Tone::Good,
        Course::Declined => Tone::Bad,
        Course::Withdrawn => Tone::Faded,
    }
}

fn said(round: &RoundRow, row: &CommentRow) -> Said {
    let href = format!("/consultations/{}#c{}", round.id, row.serial);
    let settled = row.disposition.filter(|code| *code != Disposition::Pending);
    Said {
        number: Link::new(href, Text::said("rounds-number").with("n", row.serial)),
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        disposition: settled.map(|code| code.key().to_owned()),
        reason: row.disposition_reason.clone(),
    }
}

fn line(compared: &Compared, line: &Line) -> LineView {
    let clause = [&line.later, &line.earlier].into_iter().flatten().map(|row| &row.clause).next();
    let named = clause.filter(|clause| !clause.is_empty());
    LineView {
        course: Pill::new(word(line.course), tone(line.course)),
        clause: named.map_or_else(|| Text::said("rounds-whole-text"), Text::plain),
        earlier: line.earlier.as_ref().map(|row| said(&compared.earlier, row)),
        later: line.later.as_ref().map(|row| said(&compared.later, row)),
    }
}

fn changes(file: &File) -> Vec<Changed> {
    let Some((from, to, compared)) = &file.text else { return Vec::new() };
    let base = compare_href(file.case.project.id, from, to);
    let changed = compared.links.iter().filter(|link| link.relation != Relation::Same);
    let view = |link: &quanheng_text::map::Link| {
        let (clause, anchor) = match (link.new, link.old) {
            (Some(new), _) => (&compared.new[new], anchor(&compared.new[new].key)),
            (None, Some(old)) => {
                (&compared.old[old], format!("was-{}", anchor(&compared.old[old].key)))
            }
            (None, None) => return None,
        };
        Some(Changed {
            href: format!("{base}#{anchor}"),
            label: clause.title(),
            state: relation_pill(link.relation),
        })
    };
    changed.filter_map(view).collect()
}

fn view(file: &File, chosen: Option<Course>) -> SincePage {
    let compared = &file.compared;
    let base = href(file.case.round.id);
    let counts = Course::ALL.iter().map(|course| {
        let n = compared.lines.iter().filter(|line| line.course == *course).count() as u64;
        let here = chosen == Some(*course);
        Count {
            href: if here { base.clone() } else { format!("{base}?course={}", course.key()) },
            text: word(*course),
            n,
            chosen: here,
            tone: tone(*course),
        }
    });
    let shown = compared.lines.iter().filter(|line| chosen.is_none_or(|one| line.course == one));
    let lines: Vec<LineView> = shown.map(|one| line(compared, one)).collect();
    let changes = changes(file);
    SincePage {
        head: head(file),
        lead: Text::said("since-lead").with("n", compared.earlier.ordinal),
        counts: counts.filter(|count| count.n > 0 || count.chosen).collect(),
        unchanged: file.text.is_some() && changes.is_empty(),
        changes,
        compare: file.text.as_ref().map(|(from, to, _)| {
            let href = compare_href(file.case.project.id, from, to);
            Link::new(href, Text::said("since-compare"))
        }),
        empty: lines.is_empty().then(|| Empty {
            title: Text::said("since-none"),
            text: None,
            action: None,
        }),
        lines,
    }
}

fn head(file: &File) -> PageHead {
    let (round, project) = (&file.case.round, &file.case.project);
    let mut head = PageHead::new(Text::said("since-title"));
    let here = Text::said("projects-round")
        .with("n", round.ordinal)
        .with_text("purpose", &word(round.purpose));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb { text: here, href: Some(format!("/consultations/{}", round.id)) },
        Crumb { text: Text::said("since-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::plain(&project.title_zh));
    let back = format!("/consultations/{}", round.id);
    head.actions.push(Link::new(back, Text::said("reading-to-round")));
    let before = file.compared.earlier.id;
    head.actions.push(Link::new(super::outcome::href(before), Text::said("since-outcome")));
    head
}

#[get("/consultations/<id>/since?<course>")]
async fn since(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    course: Option<&str>,
) -> Result<Page, WebError> {
    let id = round_id(id)?;
    let chosen = match course.filter(|key| !key.is_empty()) {
        Some(key) => Some(Course::from_key(key).map_err(|_| WebError::malformed())?),
        None => None,
    };
    let file = app
        .read(move |conn| {
            let case = Case::read(conn, id)?;
            let found = compare::compared(conn, &visitor.actor, &case)?;
            let Some(compared) = found else { return Ok(None) };
            let version = |document| Version { project: case.project.clone(), document };
            let (former, draft) = (compared.former.clone(), compared.draft.clone());
            let text = match (former, draft) {
                (Some(from), Some(to)) if from.id != to.id => {
                    match versions::compared(conn, from.id, to.id) {
                        Ok(links) => Some((version(from), version(to), links)),
                        // One of them was not read by clause: there is nothing to set side by side.
                        Err(quanheng_actions::ActionError::NotFound) => None,
                        Err(error) => return Err(error),
                    }
                }
                _ => None,
            };
            Ok(Some(File { case, compared, text }))
        })
        .await?;
    let file = file.ok_or_else(WebError::not_found)?;
    let page = app.heavy(move || view(&file, chosen)).await?.ok_or_else(WebError::busy)?;
    Ok(Page::new("pages/consultations/since", &page))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![since]
}
