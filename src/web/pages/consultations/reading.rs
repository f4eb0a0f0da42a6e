//! The reading view of a round: the contents with counts, the draft clause by clause with a button at each, and the comments beside their clauses.
//!
//! Without a script each button leads to the form of the round with its clause filled in; with one, comments are written beside the
//! clause, kept in the browser and sent together.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_actions::document::place::{self, Placed};
use quanheng_domain::Keyed;
use quanheng_domain::clause::Clause;
use quanheng_domain::comment::CommentKind;
use quanheng_domain::ids::CommentId;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::drafts::{ClauseView, Content, contents, encoded, history_href};
use super::super::projects::word;
use super::file::{self, RoundFile};
use super::send::{self, SendView};
use super::show::{card, round_id};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::views::{Choice, CommentCard, Crumb, Deadline, Empty, Link, PageHead, Pill, Text, Tone};

#[derive(Serialize)]
struct ReadingPage {
    head: PageHead,
    round: String,
    closes: Deadline,
    contents: Vec<Content>,
    whole: Spot,
    lines: Vec<Line>,
    send: Option<SendView>,
    kinds: Vec<Choice>,
    unread: Option<Empty>,
}

/// Where something can be said, and what was said there.
#[derive(Serialize)]
struct Spot {
    /// Leads to the form where there is no script; none when the round takes no comments.
    say: Option<String>,
    cards: Vec<CommentCard>,
}

#[derive(Serialize)]
struct Line {
    key: String,
    /// What the clause is called in a comment.
    name: String,
    /// Its words, for a proposed wording.
    plain: String,
    clause: ClauseView,
    spot: Spot,
    history: Option<String>,
}

/// Everything the page shows, read in one snapshot.
struct File {
    round: RoundFile,
    text: Vec<Clause>,
    placed: Vec<Placed>,
}

async fn file(app: &App, actor: Actor, id: &str) -> Result<File, WebError> {
    let (id, now) = (round_id(id)?, app.now());
    let file = app
        .read(move |conn| {
            let round = file::read(conn, id, &actor, now)?;
            let draft = round.draft.clone();
            let text = place::text_of(conn, draft.as_ref().map(|draft| draft.id))?;
            let placed = match &draft {
                Some(draft) => place::placed(conn, &actor, &round.project, draft, &text)?,
                None => Vec::new(),
            };
            Ok::<_, ActionError>(File { round, text, placed })
        })
        .await?;
    Ok(file)
}

/// The comments of the round by the clause at which they stand; those on the whole text under the empty name.
fn cards(file: &File) -> BTreeMap<&str, Vec<CommentCard>> {
    let places: BTreeMap<CommentId, &Placed> =
        file.placed.iter().map(|placed| (placed.comment.id, placed)).collect();
    let mut by_key: BTreeMap<&str, Vec<CommentCard>> = BTreeMap::new();
    for row in &file.round.comments {
        let place = places.get(&row.id);
        let mut shown = card(&file.round, row);
        let noted = place.and_then(|place| place.noted.as_ref());
        shown.quote = noted.map(|place| place.quote.clone()).filter(|quote| !quote.is_empty());
        by_key.entry(place.map_or("", |place| place.key.as_str())).or_default().push(shown);
    }
    by_key
}

fn view(file: &File) -> ReadingPage {
    let round = &file.round.round;
    let mut cards = cards(file);
    let counts: BTreeMap<String, usize> =
        cards.iter().map(|(key, cards)| ((*key).to_owned(), cards.len())).collect();
    let running = file.round.is_running();
    let say = |key: &str| {
        running.then(|| match key {
            "" => format!("/consultations/{}#send", round.id),
            key => format!("/consultations/{}?clause={}#send", round.id, encoded(key)),
        })
    };
    let whole = Spot { say: say(""), cards: cards.remove("").unwrap_or_default() };
    let mut line = |clause: &Clause| {
        let named = if clause.number.is_empty() { &clause.heading } else { &clause.number };
        Line {
            key: clause.key.clone(),
            name: named.clone(),
            plain: clause.plain(),
            clause: ClauseView::of(clause),
            spot: Spot {
                say: say(&clause.key),
                cards: cards.remove(clause.key.as_str()).unwrap_or_default(),
            },
            history: file
                .round
                .draft
                .as_ref()
                .map(|draft| history_href(draft.project_id, draft.ordinal, &clause.key)),
        }
    };
    ReadingPage {
        head: head(file),
        round: round.id.to_string(),
        closes: if file.round.now < round.closes_at {
            Deadline::new(round.closes_at, file.round.now)
        } else {
            Deadline::ended(round.closes_at)
        }
        .labelled(Text::said("rounds-closes")),
        contents: contents(&file.text, |key| counted(&file.text, &counts, key)),
        whole,
        lines: file.text.iter().map(&mut line).collect(),
        send: send::form(&file.round, None),
        kinds: CommentKind::ALL
            .iter()
            .map(|kind| Choice {
                value: kind.key().to_owned(),
                text: word(*kind),
                hint: None,
                chosen: *kind == CommentKind::Technical,
            })
            .collect(),
        unread: unread(file),
    }
}

/// Comments on a clause and on everything below it.
fn counted(all: &[Clause], counts: &BTreeMap<String, usize>, key: &str) -> usize {
    let Some(at) = all.iter().position(|clause| clause.key == key) else { return 0 };
    let below = all[at + 1..].iter().take_while(|clause| clause.level > all[at].level);
    let count = |clause: &Clause| counts.get(&clause.key).copied().unwrap_or(0);
    count(&all[at]) + below.map(count).sum::<usize>()
}

fn unread(file: &File) -> Option<Empty> {
    file.text.is_empty().then(|| {
        let draft = file.round.draft.as_ref();
        let href = draft.map_or_else(
            || format!("/consultations/{}", file.round.round.id),
            |row| format!("/projects/{}/documents/{}", row.project_id, row.ordinal),
        );
        Empty {
            title: Text::said("reading-unread"),
            text: Some(Text::said("reading-unread-text")),
            action: Some(Link::new(href, Text::said("drafts-original"))),
        }
    })
}

fn head(file: &File) -> PageHead {
    let (round, project) = (&file.round.round, &file.round.project);
    let mut head = PageHead::new(Text::plain(&project.title_zh));
    let here = Text::said("projects-round")
        .with("n", round.ordinal)
        .with_text("purpose", &word(round.purpose));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb { text: here, href: Some(format!("/consultations/{}", round.id)) },
        Crumb { text: Text::said("reading-title"), href: None },
    ];
    head.code = project.number.clone();
    let tone = if file.round.is_running() { Tone::Info } else { Tone::Faded };
    head.pill = Some(Pill::new(word(round.status), tone));
    let href = format!("/consultations/{}", round.id);
    head.actions.push(Link::new(href, Text::said("reading-to-round")));
    head
}

#[get("/consultations/<id>/text")]
async fn text(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    let file = file(app, visitor.actor, id).await?;
    Ok(Page::new("pages/consultations/text", &view(&file)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![text]
}
