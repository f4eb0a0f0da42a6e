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
use rocket::{Route, State, get, post, routes};

use super::{Shelf, edition};
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{Crumb, FieldKind, PageHead, Pill, Text, Tone};
use crate::{Answer, App, Done, Page, PageForm, SignedIn, Typed, WebError};

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

async fn page(
    app: &App,
    shelf: &Shelf,
    (actor, locale): (Actor, Locale),
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let (now, shelf) = (app.now(), shelf.clone());
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        Ok::<_, ActionError>(Read { cases: overlaps::all(conn)?, catalogue })
    });
    let read = read.await?;
    let mut head = PageHead::new(Text::said("overlap-title"));
    head.lead = Some(Text::said("overlap-lead"));
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::said("overlap-title"), href: None },
    ];
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
    Ok(Sections::new(head, vec![act, log], again).page().private())
}

#[get("/overlaps")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
) -> Result<Page, WebError> {
    page(app, shelf, (signed_in.actor, signed_in.locale), None).await
}

#[post("/overlaps/check", data = "<typed>")]
async fn check(app: &State<App>, signed_in: SignedIn, typed: Typed) -> Result<Answer, WebError> {
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        let opened = verbs::check(tx, &actor, &())?;
        let said = Text::said("overlap-checked").with("n", opened as u64);
        Ok(Answer::see(format!("{PATH}#cases")).saying(Tone::Good, &said))
    })
    .await
}

#[post("/overlaps/report", data = "<typed>", rank = 1)]
async fn report(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    typed: Typed,
) -> Result<Done, WebError> {
    let (held, now, locale) = (Shelf::clone(shelf), app.now(), signed_in.locale);
    let local = typed.line("report.local");
    let local =
        app.read(move |conn| Ok(held.catalogue(conn, now)?.find(&local).map(|row| row.id))).await?;
    PageForm::new(app, signed_in.actor, "report", typed)
        .act(
            |form| {
                let unknown = || FieldFault::new("local", FaultCode::Unknown);
                let local = local.ok_or_else(unknown)?;
                Ok(Report { local, national: form.line("national"), words: form.text("words") })
            },
            |tx, actor, command| {
                let id = verbs::report(tx, actor, command)?;
                Ok(Answer::see(format!("{PATH}#case-{id}"))
                    .saying(Tone::Good, &Text::said("overlap-reported")))
            },
            async |actor, again| page(app, shelf, (actor, locale), Some(&again)).await,
        )
        .await
}

#[post("/overlaps/<case>", data = "<typed>", rank = 2)]
async fn decide(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    case: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let case: ObjectId = case.parse().map_err(|_| WebError::not_found())?;
    let locale = signed_in.locale;
    PageForm::new(app, signed_in.actor, format!("case-{case}"), typed)
        .act(
            |form| Ok(Decide { case, outcome: form.choice("outcome")?, note: form.text("note") }),
            move |tx, actor, command| {
                verbs::decide(tx, actor, command)?;
                Ok(Answer::see(format!("{PATH}#case-{case}"))
                    .saying(Tone::Good, &Text::said("overlap-decided-now")))
            },
            async |actor, again| page(app, shelf, (actor, locale), Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, check, report, decide]
}
