//! The log of departmental and local texts that overlap with national ones (上下级规范协调): the check, reports, and what became of each.

use std::sync::Arc;

use quanheng_actions::ActionError;
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::specification::{
    care,
    overlap::{self as verbs, Decide, Report},
};
use quanheng_db::overlaps::{self, OverlapRow};
use quanheng_domain::ids::ObjectId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::overlap::OverlapOutcome;
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, Locale, deadline};
use rocket::{Route, get, post, routes};

use super::edition;
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::reader::{Back, Reader, SignedReader, back};
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{FieldKind, Pill, Text, Tone};
use crate::{Answer, Done, Page, Typed, WebError};

const PATH: &str = "/overlaps";

struct Read {
    catalogue: Arc<Catalogue>,
    cases: Vec<OverlapRow>,
}

fn lines(row: &OverlapRow) -> Vec<Text> {
    let mut lines = vec![
        Text::said("overlap-opened")
            .with_text("kind", &word(row.kind))
            .with_date("day", deadline::day_of(row.opened_at)),
    ];
    if !row.words.is_empty() {
        lines.push(Text::plain(&row.words));
    }
    if let Some(at) = row.decided_at {
        lines.push(
            Text::said("overlap-decided-on")
                .with_date("day", deadline::day_of(at))
                .with("note", row.note.as_str()),
        );
    }
    lines
}

fn deciding(row: &OverlapRow, again: Option<&Again>) -> Fold {
    let key = format!("case-{}", row.id);
    let part = Part::new(&key, again);
    let fields = vec![
        part.choice(
            FieldKind::Radio,
            "outcome",
            Text::said("overlap-field-outcome"),
            OverlapOutcome::ALL,
        )
        .hint(Text::said("overlap-hint-outcome"))
        .required(),
        part.field(FieldKind::Textarea, "note", Text::said("overlap-field-note"))
            .required()
            .attr("rows", 2)
            .attr("maxlength", 2_000),
    ];
    let form = FormView {
        action: format!("{PATH}/{}", row.id),
        fields,
        button: Text::said("overlap-decide"),
    };
    part.fold("overlap-decide-one", form)
}

fn card(
    read: &Read,
    row: &OverlapRow,
    (actor, locale): (&Actor, Locale),
    again: Option<&Again>,
) -> Option<Card> {
    let local = read.catalogue.edition(&row.local_id)?;
    let national = read.catalogue.edition(&row.national_id)?;
    let open = row.outcome.is_none();
    let title = Text::said("overlap-pair")
        .with("local", format!("{} {}", local.number, edition::title(local, locale)))
        .with("national", format!("{} {}", national.number, edition::title(national, locale)));
    let decides = open && care::keeps(actor, local);
    Some(Card {
        href: Some(edition::href(local)),
        pill: Some(match row.outcome {
            None => Pill::new(Text::said("overlap-open"), Tone::Warn),
            Some(outcome) => Pill::new(word(outcome), Tone::Good),
        }),
        lines: lines(row),
        folds: if decides { vec![deciding(row, again)] } else { Vec::new() },
        ..Card::new(format!("case-{}", row.id), title)
    })
}

fn reporting(again: Option<&Again>) -> Fold {
    let part = Part::new("report", again);
    let line = |name: &str, label: &str| {
        part.field(FieldKind::Text, name, Text::said(label)).required().attr("maxlength", 120)
    };
    let fields = vec![
        line("local", "overlap-field-local"),
        line("national", "overlap-field-national"),
        part.field(FieldKind::Textarea, "words", Text::said("overlap-field-words"))
            .required()
            .attr("rows", 3)
            .attr("maxlength", 2_000),
    ];
    let form =
        FormView { action: format!("{PATH}/report"), fields, button: Text::said("overlap-report") };
    part.fold("overlap-report-one", form)
}

async fn page(reader: Reader<'_>, _: (), again: Option<Again>) -> Result<Page, WebError> {
    let Reader { app, actor, locale, .. } = reader;
    let (now, shelf, again) = (app.now(), reader.shelf.clone(), again.as_ref());
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        Ok::<_, ActionError>(Read { cases: overlaps::all(conn)?, catalogue })
    });
    let read = read.await?;
    let officer = actor.person().is_some_and(|person| !person.authorities.is_empty());
    let check = FormView {
        action: format!("{PATH}/check"),
        fields: Vec::new(),
        button: Text::said("overlap-check"),
    };
    let cards: Vec<Card> =
        read.cases.iter().filter_map(|row| card(&read, row, (&actor, locale), again)).collect();
    let act = Section {
        lead: Some(Text::said("overlap-check-lead")),
        forms: if officer { vec![check] } else { Vec::new() },
        folds: vec![reporting(again)],
        ..Section::new("check", Text::said("overlap-check-title"))
    };
    let log = Section {
        lead: cards.is_empty().then(|| Text::said("overlap-none")),
        cards,
        ..Section::new("cases", Text::said("overlap-cases"))
    };
    let head = edition::beside("overlap-title", "overlap-lead");
    Ok(Sections::new(head, vec![act, log], again).page().private())
}

#[get("/overlaps")]
async fn list(reader: SignedReader<'_>) -> Result<Page, WebError> {
    page(reader.0, (), None).await
}

fn of(case: ObjectId, key: &str) -> Back {
    back(format!("case-{case}"), key)
}

#[post("/overlaps/check", data = "<typed>")]
async fn check(reader: SignedReader<'_>, typed: Typed) -> Result<Answer, WebError> {
    let sent = reader.0.sent((), PATH, typed);
    sent.press(|tx, actor| {
        let opened = verbs::check(tx, actor, &())?;
        let said = Text::said("overlap-checked").with("n", opened as u64);
        Ok(back("cases", "overlap-checked").saying(said))
    })
    .await
}

#[post("/overlaps/report", data = "<typed>", rank = 1)]
async fn report(reader: SignedReader<'_>, typed: Typed) -> Result<Done, WebError> {
    let (held, now) = (reader.0.shelf.clone(), reader.0.app.now());
    let local = typed.line("report.local");
    let find = move |conn: &mut _| Ok(held.catalogue(conn, now)?.find(&local).map(|row| row.id));
    let local = reader.0.app.read(find).await?;
    let sent = reader.0.sent((), PATH, typed);
    sent.act(
        "report",
        |form| {
            let unknown = || FieldFault::new("local", FaultCode::Unknown);
            let local = local.ok_or_else(unknown)?;
            Ok(Report { local, national: form.line("national"), words: form.text("words") })
        },
        |tx, actor, command| Ok(of(verbs::report(tx, actor, command)?, "overlap-reported")),
        page,
    )
    .await
}

#[post("/overlaps/<case>", data = "<typed>", rank = 2)]
async fn decide(reader: SignedReader<'_>, case: &str, typed: Typed) -> Result<Done, WebError> {
    let case: ObjectId = case.parse().map_err(|_| WebError::not_found())?;
    let sent = reader.0.sent((), PATH, typed);
    sent.act(
        format!("case-{case}"),
        |form| Ok(Decide { case, outcome: form.choice("outcome")?, note: form.text("note") }),
        move |tx, actor, command| {
            verbs::decide(tx, actor, command)?;
            Ok(of(case, "overlap-decided-now"))
        },
        page,
    )
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, check, report, decide]
}
