//! Where the comments of a round stand in the next version of the text: old and new wording beside each, and what is not certain decided by a person.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_actions::document::follow::{self, DecidePlace, Stood, decide_place};
use quanheng_actions::document::versions::{self, Compared, Version};
use quanheng_actions::round::Case;
use quanheng_actions::round::case::not_yours;
use quanheng_db::clauses;
use quanheng_db::conn::AnyConn;
use quanheng_domain::clause::Clause;
use quanheng_domain::draft::Fate;
use quanheng_domain::ids::{CommentId, DocumentId, RoundId};
use quanheng_domain::people::Actor;
use quanheng_text::anchor::{self, Followed};
use quanheng_text::diff::{self, SpanKind};
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::super::projects::word;
use super::ClauseView;
use super::compare::label;
use super::diff_view::{Side, SideView};
use super::mapping::{NONE, Rival};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Choice, Crumb, Empty, Link, PageHead, Pill, Text, Tone};

#[derive(Serialize)]
struct PlacesPage {
    head: PageHead,
    left: Text,
    right: Text,
    counts: Vec<Pill>,
    lines: Vec<Line>,
    empty: Option<Empty>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    serial: i32,
    reference: String,
    body: String,
    proposal: String,
    quote: String,
    fate: Pill,
    old: Option<SideView>,
    new: Option<SideView>,
    ask: Option<Ask>,
}

/// The form for a place that is not certain.
#[derive(Serialize)]
struct Ask {
    action: String,
    document: String,
    rivals: Vec<Rival>,
    others: Vec<Choice>,
    none: &'static str,
}

/// Everything the page shows, read in one snapshot.
struct File {
    case: Case,
    next: Option<Next>,
}

/// The newest version after the round, beside the one before it.
struct Next {
    before: Version,
    here: Version,
    compared: Compared,
    stood: Vec<Stood>,
}

fn read(conn: &mut AnyConn, actor: &Actor, id: RoundId) -> Result<File, ActionError> {
    let case = Case::read(conn, id)?;
    if !quanheng_actions::document::may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    let all = clauses::readable_of(conn, case.project.id)?;
    let own = all.iter().find(|row| Some(row.id) == case.round.document_id).cloned();
    let newest = all.last().cloned();
    let (Some(own), Some(newest)) = (own, newest) else { return Ok(File { case, next: None }) };
    let before = match follow::before(conn, &newest)? {
        Some(before) if newest.ordinal > own.ordinal => before,
        _ => return Ok(File { case, next: None }),
    };
    let compared = versions::compared(conn, before.id, newest.id)?;
    let stood = follow::stood(conn, id, &newest, &before, &compared.old)?;
    let version = |document| Version { project: case.project.clone(), document };
    let next = Next { before: version(before), here: version(newest), compared, stood };
    Ok(File { case, next: Some(next) })
}

fn fate(fate: Fate) -> Pill {
    let tone = match fate {
        Fate::Given | Fate::Same => Tone::Plain,
        Fate::Moved | Fate::Changed => Tone::Info,
        Fate::Removed => Tone::Bad,
        Fate::Ask => Tone::Warn,
    };
    Pill::new(word(fate), tone)
}

fn line(file: &File, next: &Next, stood: &Stood) -> Line {
    let find = |all: &'_ [Clause], key: &str| all.iter().find(|clause| clause.key == key).cloned();
    let place = &stood.place;
    let old = stood.before.as_ref().and_then(|key| find(&next.compared.old, key));
    let new = find(&next.compared.new, &place.clause_key);
    let (left, right) = match (&old, &new) {
        (Some(old), Some(new)) => {
            let diff = diff::clause(old, new);
            (Some(Side::Old.of(&diff)), Some(Side::New.of(&diff)))
        }
        (Some(old), None) => (Some(Side::Old.of(&diff::alone(old, SpanKind::Equal))), None),
        (None, Some(new)) => (None, Some(Side::New.of(&diff::alone(new, SpanKind::Equal)))),
        (None, None) => (None, None),
    };
    Line {
        id: format!("c{}", stood.comment.serial),
        serial: stood.comment.serial,
        reference: stood.comment.clause.clone(),
        body: stood.comment.body.clone(),
        proposal: stood.comment.proposal.clone(),
        quote: place.quote.clone(),
        fate: fate(place.fate),
        old: left,
        new: right,
        ask: (place.fate == Fate::Ask).then(|| ask(file, next, stood)),
    }
}

fn ask(file: &File, next: &Next, stood: &Stood) -> Ask {
    let Compared { old, new, links } = &next.compared;
    let followed = anchor::follow(&follow::anchor_of(&stood.place), old, new, links);
    let near = match followed {
        Followed::Ask { rivals } => rivals,
        Followed::Same { to } | Followed::Moved { to } | Followed::Changed { to, .. } => vec![to],
        Followed::Removed => Vec::new(),
    };
    let mut rivals: Vec<Rival> = Vec::new();
    for clause in near.into_iter().filter_map(|at| new.get(at)) {
        if rivals.iter().all(|rival| rival.value != clause.key) {
            rivals.push(Rival { value: clause.key.clone(), clause: ClauseView::of(clause) });
        }
    }
    let choice = |clause: &Clause| Choice {
        value: clause.key.clone(),
        text: Text::plain(clause.title()),
        hint: None,
        chosen: false,
    };
    Ask {
        action: format!("/consultations/{}/places/{}", file.case.round.id, stood.comment.id),
        document: stood.place.document_id.to_string(),
        rivals,
        others: new.iter().filter(|clause| !clause.title().is_empty()).map(choice).collect(),
        none: NONE,
    }
}

fn view(file: &File) -> PlacesPage {
    let (round, project) = (&file.case.round, &file.case.project);
    let mut head = PageHead::new(Text::said("places-title"));
    let here = Text::said("projects-round")
        .with("n", round.ordinal)
        .with_text("purpose", &word(round.purpose));
    head.crumbs = vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb { text: here, href: Some(format!("/consultations/{}", round.id)) },
        Crumb {
            text: Text::said("rdesk-title"),
            href: Some(format!("/consultations/{}/desk", round.id)),
        },
        Crumb { text: Text::said("places-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::said("places-lead"));
    let mut lines: Vec<Line> = Vec::new();
    let mut counts: BTreeMap<Fate, u64> = BTreeMap::new();
    if let Some(next) = &file.next {
        // What waits for somebody stands first.
        let mut stood: Vec<&Stood> = next.stood.iter().collect();
        stood.sort_by_key(|stood| (stood.place.fate != Fate::Ask, stood.comment.serial));
        for stood in stood {
            *counts.entry(stood.place.fate).or_default() += 1;
            lines.push(line(file, next, stood));
        }
    }
    let count = |(of, n): (&Fate, &u64)| {
        let said = Text::said("places-count").with_text("fate", &word(*of)).with("n", *n);
        Pill::new(said, fate(*of).tone)
    };
    let name = |version: Option<&Version>| {
        version.map_or_else(|| Text::plain(""), |version| label(project.id, version))
    };
    let next = file.next.as_ref();
    PlacesPage {
        head,
        left: name(next.map(|next| &next.before)),
        right: name(next.map(|next| &next.here)),
        counts: counts.iter().map(count).collect(),
        empty: lines.is_empty().then(|| Empty {
            title: Text::said("places-none"),
            text: Some(Text::said("places-none-text")),
            action: Some(Link::new(
                format!("/consultations/{}/desk", round.id),
                Text::said("rdesk-title"),
            )),
        }),
        lines,
    }
}

fn round_id(id: &str) -> Result<RoundId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[get("/consultations/<id>/places")]
async fn places(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let id = round_id(id)?;
    let file = app.read(move |conn| read(conn, &signed_in.actor, id)).await?;
    Ok(Page::new("pages/drafts/places", &view(&file)).private())
}

#[post("/consultations/<id>/places/<comment>", data = "<typed>")]
async fn decide(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let back = format!("/consultations/{}/places", round_id(id)?);
    let comment: CommentId = comment.parse().map_err(|_| WebError::not_found())?;
    let document: DocumentId = typed.raw("document").parse().map_err(|_| WebError::malformed())?;
    let picked = [typed.raw("other"), typed.raw("match")].into_iter().find(|key| !key.is_empty());
    let Some(picked) = picked else {
        return Ok(Answer::see(back).saying(Tone::Warn, &Text::said("drafts-settle-none")));
    };
    let key = Some(picked.to_owned()).filter(|key| key != NONE);
    let command = DecidePlace { comment, document, key };
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        decide_place(tx, &actor, &command)?;
        Ok(Answer::see(&back).saying(Tone::Good, &Text::said("places-decided")))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![places, decide]
}
