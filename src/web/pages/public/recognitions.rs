//! Agreements of mutual recognition (等效互认): public with their parties, texts and days; officers propose, confirm and end them here.

use std::sync::Arc;

use quanheng_actions::ActionError;
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::specification::recognition::{
    self as verbs, Confirm, End, Propose, Recognition,
};
use quanheng_db::register::{self, AuthorityRow};
use quanheng_domain::ids::{AuthorityId, ObjectId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::recognition::RecognitionState;
use quanheng_domain::{Locale, deadline};
use rocket::{Route, get, post, routes};

use super::edition;
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::reader::{Back, Reader, SignedReader, back};
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{FieldKind, Pill, Text, Tone};
use crate::{Done, Page, Typed, WebError};

const PATH: &str = "/recognitions";

struct Read {
    catalogue: Arc<Catalogue>,
    authorities: Vec<AuthorityRow>,
    agreements: Vec<Recognition>,
}

impl Read {
    fn authority(&self, id: AuthorityId, locale: Locale) -> String {
        let one = self.authorities.iter().find(|row| row.id == id);
        one.map(|row| edition::in_language(locale, &row.name_zh, &row.name_en)).unwrap_or_default()
    }
}

/// The state of an agreement in words with its tone.
pub fn pill(state: RecognitionState) -> Pill {
    let tone = match state {
        RecognitionState::InForce => Tone::Good,
        RecognitionState::Proposed | RecognitionState::Confirmed => Tone::Info,
        RecognitionState::Ended => Tone::Faded,
    };
    Pill::new(word(state), tone)
}

/// What an agreement is about, with the documents by which its parties confirmed it.
fn lines(read: &Read, one: &Recognition, locale: Locale) -> Vec<Text> {
    let mut lines = vec![Text::said("recognition-from").with_date("day", one.row.effective_on)];
    if let Some(end) = one.row.ended_on {
        lines.push(
            Text::said("recognition-until")
                .with_date("day", end)
                .with("note", one.row.note.as_str()),
        );
    }
    if !one.row.basis.is_empty() {
        lines.push(Text::said("recognition-basis").with("basis", one.row.basis.as_str()));
    }
    for party in &one.parties {
        let name = read.authority(party.authority_id, locale);
        lines.push(match party.confirmed_at {
            Some(at) => Text::said("recognition-confirmed-by")
                .with("name", name)
                .with_date("day", deadline::day_of(at))
                .with("document", party.document.as_str()),
            None => Text::said("recognition-open-by").with("name", name),
        });
    }
    let texts = one.texts.iter().filter_map(|id| read.catalogue.edition(id));
    lines.extend(
        texts.map(|row| Text::plain(format!("{} {}", row.number, edition::title(row, locale)))),
    );
    lines
}

fn confirming(read: &Read, one: &Recognition, actor: &Actor, again: Option<&Again>) -> Vec<Fold> {
    let served = actor.person().map(|person| &person.authorities);
    let serves = |id: &AuthorityId| served.is_some_and(|served| served.contains(id));
    let id = one.row.id;
    let mut folds = Vec::new();
    if one.row.ended_on.is_some() {
        return folds;
    }
    let own = one.parties.iter().filter(|party| serves(&party.authority_id));
    for party in own.clone().filter(|party| party.confirmed_at.is_none()) {
        let key = format!("confirm-{id}");
        let part = Part::new(&key, again);
        let name = read.authority(party.authority_id, Locale::Chinese);
        let fields = vec![
            part.field(FieldKind::Hidden, "authority", Text::plain(name))
                .value(party.authority_id.to_string()),
            part.field(FieldKind::Text, "document", Text::said("recognition-document"))
                .required()
                .attr("maxlength", 200),
        ];
        let (action, button) = (format!("{PATH}/{id}/confirm"), Text::said("recognition-confirm"));
        folds.push(part.fold("recognition-confirm-one", FormView { action, fields, button }));
    }
    if own.clone().next().is_some() {
        let key = format!("end-{id}");
        let part = Part::new(&key, again);
        let fields = vec![
            part.field(FieldKind::Date, "ended_on", Text::said("recognition-ended-on")).required(),
            part.field(FieldKind::Textarea, "note", Text::said("recognition-note"))
                .required()
                .attr("rows", 2)
                .attr("maxlength", 2_000),
        ];
        let (action, button) = (format!("{PATH}/{id}/end"), Text::said("recognition-end"));
        folds.push(part.fold("recognition-end-one", FormView { action, fields, button }));
    }
    folds
}

fn proposing(read: &Read, actor: &Actor, locale: Locale, again: Option<&Again>) -> Option<Section> {
    let served = &actor.person()?.authorities;
    if served.is_empty() {
        return None;
    }
    let part = Part::new("propose", again);
    let choices = |kind, name: &str, label: &str, own: bool| {
        let field = part.field(kind, name, Text::said(label)).required();
        let shown = read.authorities.iter().filter(|row| !own || served.contains(&row.id));
        shown.fold(field, |field, row| {
            let name = edition::in_language(locale, &row.name_zh, &row.name_en);
            field.choice(&row.id.to_string(), Text::plain(name))
        })
    };
    let line = |name: &str, label: &str| {
        part.field(FieldKind::Text, name, Text::said(label)).attr("maxlength", 200)
    };
    let fields = vec![
        line("title", "recognition-field-title").required(),
        choices(FieldKind::Select, "authority", "recognition-field-authority", true),
        choices(FieldKind::Checks, "others", "recognition-field-others", false),
        part.field(FieldKind::Textarea, "texts", Text::said("recognition-field-texts"))
            .hint(Text::said("recognition-hint-texts"))
            .required()
            .attr("rows", 3),
        line("basis", "recognition-document"),
        part.field(FieldKind::Date, "effective_on", Text::said("recognition-field-from"))
            .required(),
    ];
    let form =
        FormView { action: PATH.to_owned(), fields, button: Text::said("recognition-propose") };
    Some(Section {
        lead: Some(Text::said("recognition-propose-lead")),
        folds: vec![part.fold("recognition-propose-one", form)],
        ..Section::new("propose", Text::said("recognition-propose-title"))
    })
}

async fn page(reader: Reader<'_>, _: (), again: Option<Again>) -> Result<Page, WebError> {
    let Reader { app, actor, locale, .. } = reader;
    let (now, shelf, again) = (app.now(), reader.shelf.clone(), again.as_ref());
    let read = app.read(move |conn| {
        Ok::<_, ActionError>(Read {
            catalogue: shelf.catalogue(conn, now)?,
            authorities: register::all_authorities(conn)?,
            agreements: verbs::all(conn)?,
        })
    });
    let read = read.await?;
    let today = deadline::day_of(now);
    let card = |one: &Recognition| Card {
        pill: Some(pill(one.state(today))),
        lines: lines(&read, one, locale),
        folds: confirming(&read, one, &actor, again),
        ..Card::new(format!("a-{}", one.row.id), Text::plain(&one.row.title))
    };
    let none = read.agreements.is_empty().then(|| Text::said("recognition-none"));
    let list = Section {
        lead: none,
        cards: read.agreements.iter().map(card).collect(),
        ..Section::new("agreements", Text::said("recognition-agreements"))
    };
    let mut sections = vec![list];
    sections.extend(proposing(&read, &actor, locale, again));
    let head = edition::beside("recognition-title", "recognition-lead");
    Ok(Sections::new(head, sections, again).page())
}

#[get("/recognitions")]
async fn list(reader: Reader<'_>) -> Result<Page, WebError> {
    page(reader, (), None).await
}

fn of(agreement: ObjectId, key: &str) -> Back {
    back(format!("a-{agreement}"), key)
}

#[post("/recognitions", data = "<typed>")]
async fn propose(reader: SignedReader<'_>, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent((), PATH, typed);
    sent.act(
        "propose",
        |form| {
            let others = form.all("others");
            let unknown = |_| FieldFault::new("others", FaultCode::Unknown);
            let others: Result<Vec<AuthorityId>, FieldFault> =
                others.iter().map(|id| id.parse().map_err(unknown)).collect();
            Ok(Propose {
                authority: form.needed_id("authority")?,
                others: others?,
                title: form.line("title"),
                basis: form.line("basis"),
                texts: form.text("texts"),
                effective_on: form.needed_day("effective_on")?,
            })
        },
        |tx, actor, command| {
            Ok(of(verbs::propose(tx, actor, command)?, "recognition-proposed-now"))
        },
        page,
    )
    .await
}

fn agreement_id(id: &str) -> Result<ObjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[post("/recognitions/<id>/confirm", data = "<typed>")]
async fn confirm(reader: SignedReader<'_>, id: &str, typed: Typed) -> Result<Done, WebError> {
    let agreement = agreement_id(id)?;
    let sent = reader.0.sent((), PATH, typed);
    sent.act(
        format!("confirm-{agreement}"),
        |form| {
            let authority = form.needed_id("authority")?;
            Ok(Confirm { agreement, authority, document: form.line("document") })
        },
        move |tx, actor, command| {
            verbs::confirm(tx, actor, command)?;
            Ok(of(agreement, "recognition-confirmed-now"))
        },
        page,
    )
    .await
}

#[post("/recognitions/<id>/end", data = "<typed>")]
async fn end(reader: SignedReader<'_>, id: &str, typed: Typed) -> Result<Done, WebError> {
    let agreement = agreement_id(id)?;
    let sent = reader.0.sent((), PATH, typed);
    sent.act(
        format!("end-{agreement}"),
        |form| {
            let ended_on = form.needed_day("ended_on")?;
            Ok(End { agreement, ended_on, note: form.text("note") })
        },
        move |tx, actor, command| {
            verbs::end(tx, actor, command)?;
            Ok(of(agreement, "recognition-ended-now"))
        },
        page,
    )
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, propose, confirm, end]
}
