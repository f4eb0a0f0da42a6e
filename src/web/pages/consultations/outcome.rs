//! You said, we did (意见回应与修改对照): clause by clause what was said in a round, the answer to it, and what was changed in the text.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::document::place::Placed;
use quanheng_actions::document::revised::{self, Revised, Spot};
use quanheng_actions::document::versions::Version;
use quanheng_db::conn::AnyConn;
use quanheng_domain::clause::Clause;
use quanheng_domain::ids::RoundId;
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::drafts::{Side, SideView, anchor, compare_href, relation_pill, version_label};
use super::super::projects::word;
use super::file::{self, RoundFile};
use super::show::{card, round_id};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{CommentCard, Crumb, Empty, Link, PageHead, Pill, Text, Tone};

/// The address of the page.
pub fn href(round: RoundId) -> String {
    format!("/consultations/{round}/outcome")
}

#[derive(Serialize)]
struct OutcomePage {
    head: PageHead,
    lead: Text,
    compare: Option<Link>,
    jump: Vec<Jump>,
    places: Vec<Place>,
    unsaid: u64,
    empty: Option<Empty>,
}

#[derive(Serialize)]
struct Jump {
    href: String,
    label: Text,
    count: u64,
    state: Option<Pill>,
}

/// A clause with what was said of it and what became of it.
#[derive(Serialize)]
struct Place {
    id: String,
    label: Text,
    state: Option<Pill>,
    unsure: bool,
    change: Option<SideView>,
    comments: Vec<CommentCard>,
}

struct File {
    round: RoundFile,
    revised: Option<Revised>,
}

fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    id: RoundId,
    now: DateTime<Utc>,
) -> Result<File, ActionError> {
    let round = file::read(conn, id, actor, now)?;
    let revised = match &round.draft {
        Some(draft) => {
            let from = Version { project: round.project.clone(), document: draft.clone() };
            let next = revised::next_of(conn, actor, &from)?;
            Some(revised::revised(conn, actor, from, next, Some(id))?)
        }
        None => None,
    };
    Ok(File { round, revised })
}

fn cards<'f>(round: &'f RoundFile, all: impl IntoIterator<Item = &'f Placed>) -> Vec<CommentCard> {
    let card = |placed: &Placed| {
        let mut shown = card(round, &placed.comment);
        let quote = placed.noted.as_ref().map(|place| place.quote.clone());
        shown.quote = quote.filter(|quote| !quote.is_empty());
        shown
    };
    all.into_iter().map(card).collect()
}

fn place(round: &RoundFile, changed: bool, spot: &Spot<'_>) -> Place {
    let shown: Option<&Clause> = spot.new.or(spot.old);
    let diff = spot.pair.diff.as_ref().filter(|_| spot.pair.changed);
    Place {
        id: shown.map(|clause| anchor(&clause.key)).unwrap_or_default(),
        label: Text::plain(shown.map(Clause::title).unwrap_or_default()),
        state: changed.then(|| relation_pill(spot.pair.relation)),
        unsure: !spot.pair.sure,
        change: diff.map(|diff| Side::Both.of(diff)),
        comments: cards(round, spot.comments),
    }
}

/// The places at which something was said, and how many changes nobody asked for.
fn places(round: &RoundFile, revised: &Revised) -> (Vec<Place>, u64) {
    let (mut places, mut unsaid) = (Vec::new(), 0);
    let whole = revised.on_the_whole();
    if !whole.is_empty() {
        places.push(Place {
            id: "k-whole".to_owned(),
            label: Text::said("rounds-whole-text"),
            state: None,
            unsure: false,
            change: None,
            comments: cards(round, whole),
        });
    }
    let changed = revised.to.is_some();
    for spot in revised.spots() {
        if spot.comments.is_empty() {
            unsaid += 1;
        } else {
            places.push(place(round, changed, &spot));
        }
    }
    (places, unsaid)
}

fn view(file: &File) -> OutcomePage {
    let round = &file.round;
    let published = round.round.status == RoundStatus::Published;
    let open = published || round.inside;
    let revised = file.revised.as_ref().filter(|_| open);
    let (places, unsaid) = revised.map(|revised| places(round, revised)).unwrap_or_default();
    let compare = revised.and_then(|revised| {
        let (project, to) = (round.project.id, revised.to.as_ref()?);
        let text = Text::said("outcome-compare")
            .with_text("from", &version_label(project, &revised.from))
            .with_text("to", &version_label(project, to));
        Some(Link::new(compare_href(project, &revised.from, to), text))
    });
    let jump = places.iter().map(|place| Jump {
        href: format!("#{}", place.id),
        label: place.label.clone(),
        count: place.comments.len() as u64,
        state: place.state.clone(),
    });
    OutcomePage {
        head: head(round),
        lead: Text::said(match (published, open, compare.is_some()) {
            (_, false, _) => "outcome-not-yet",
            (false, true, _) => "outcome-proposed",
            (true, true, true) => "outcome-lead",
            (true, true, false) => "outcome-lead-no-text",
        }),
        jump: jump.collect(),
        empty: (open && places.is_empty()).then(|| Empty {
            title: Text::said("outcome-none"),
            text: None,
            action: Some(Link::new(
                format!("/consultations/{}", round.round.id),
                Text::said("reading-to-round"),
            )),
        }),
        compare,
        places,
        unsaid,
    }
}

fn head(file: &RoundFile) -> PageHead {
    let (round, project) = (&file.round, &file.project);
    let mut head = PageHead::new(Text::said("outcome-title"));
    let here = Text::said("projects-round")
        .with("n", round.ordinal)
        .with_text("purpose", &word(round.purpose));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb { text: here, href: Some(format!("/consultations/{}", round.id)) },
        Crumb { text: Text::said("outcome-title"), href: None },
    ];
    head.code = project.number.clone();
    head.lead = Some(Text::plain(&project.title_zh));
    let tone = if round.status == RoundStatus::Published { Tone::Good } else { Tone::Faded };
    head.pill = Some(Pill::new(word(round.status), tone));
    head.actions
        .push(Link::new(format!("/consultations/{}", round.id), Text::said("reading-to-round")));
    head
}

#[get("/consultations/<id>/outcome")]
async fn outcome(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    let (id, now) = (round_id(id)?, app.now());
    let file = app.read(move |conn| read(conn, &visitor.actor, id, now)).await?;
    // Two long texts take a while; other requests are not kept waiting.
    let page = app.heavy(move || view(&file)).await?.ok_or_else(WebError::busy)?;
    Ok(Page::new("pages/consultations/outcome", &page))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![outcome]
}
