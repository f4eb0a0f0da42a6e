//! Clauses of two versions that the machine could not match for certain: a person says which is which.

use quanheng_actions::ActionError;
use quanheng_actions::document::versions::{self, Compared, DecideLink, Version, decide_link};
use quanheng_domain::clause::Clause;
use quanheng_text::map::Link as ClauseLink;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::ClauseView;
use super::compare::{href, label};
use super::text::project_id;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Choice, Crumb, Empty, Link, PageHead, Text, Tone};

/// Chosen when a clause has no counterpart.
pub const NONE: &str = "-";

#[derive(Serialize)]
struct MappingPage {
    head: PageHead,
    action: String,
    open: Vec<OpenLink>,
    empty: Option<Empty>,
}

/// One clause that waits for a decision.
#[derive(Serialize)]
struct OpenLink {
    /// `old` or `new`: which version the clause stands in.
    side: &'static str,
    key: String,
    of: Text,
    clause: ClauseView,
    rivals: Vec<Rival>,
    others: Vec<Choice>,
    none: &'static str,
}

/// A clause that it might be.
#[derive(Serialize)]
pub struct Rival {
    /// Its key.
    pub value: String,
    /// The clause.
    pub clause: ClauseView,
}

fn open(compared: &Compared, link: &ClauseLink, from: &Text, to: &Text) -> Option<OpenLink> {
    let (side, own, others, of) = match (link.old, link.new) {
        (Some(old), _) => ("old", &compared.old[old], &compared.new, from),
        (None, Some(new)) => ("new", &compared.new[new], &compared.old, to),
        (None, None) => return None,
    };
    let counterpart = if side == "old" { link.new } else { None };
    let places = counterpart.into_iter().chain(link.rivals.iter().copied());
    let mut rivals: Vec<Rival> = Vec::new();
    for clause in places.filter_map(|at| others.get(at)) {
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
    Some(OpenLink {
        side,
        key: own.key.clone(),
        of: of.clone(),
        clause: ClauseView::of(own),
        rivals,
        others: others.iter().filter(|clause| !clause.title().is_empty()).map(choice).collect(),
        none: NONE,
    })
}

struct File {
    from: Version,
    to: Version,
    compared: Compared,
}

async fn file(app: &App, who: &SignedIn, id: &str, names: (&str, &str)) -> Result<File, WebError> {
    let (project, actor) = (project_id(id)?, who.actor.clone());
    let (from, to) = (names.0.to_owned(), names.1.to_owned());
    let (file, decides) = app
        .read(move |conn| {
            let from = versions::version(conn, &actor, project, &from)?;
            let to = versions::version(conn, &actor, project, &to)?;
            let compared = versions::compared(conn, from.document.id, to.document.id)?;
            let decides = versions::decides(&to, &actor);
            Ok::<_, ActionError>((File { from, to, compared }, decides))
        })
        .await?;
    if decides { Ok(file) } else { Err(WebError::forbidden()) }
}

#[get("/projects/<id>/documents/<from>/compare/<to>/links")]
async fn mapping(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    from: &str,
    to: &str,
) -> Result<Page, WebError> {
    let file = file(app, &signed_in, id, (from, to)).await?;
    let project = project_id(id)?;
    let (old, new) = (label(project, &file.from), label(project, &file.to));
    let back = href(project, &file.from, &file.to);
    let mut head = PageHead::new(Text::said("drafts-mapping"));
    head.crumbs = super::text::crumbs(&file.to.project, &file.to.document);
    head.crumbs.push(Crumb { text: Text::said("drafts-compare"), href: Some(back.clone()) });
    head.crumbs.push(Crumb { text: Text::said("drafts-mapping"), href: None });
    head.lead =
        Some(Text::said("drafts-mapping-lead").with_text("old", &old).with_text("new", &new));
    let unsure = file.compared.links.iter().filter(|link| !link.sure);
    let open: Vec<OpenLink> =
        unsure.filter_map(|link| open(&file.compared, link, &old, &new)).collect();
    let page = MappingPage {
        head,
        action: format!("{back}/links"),
        empty: open.is_empty().then(|| Empty {
            title: Text::said("drafts-mapping-done"),
            text: None,
            action: Some(Link::new(back, Text::said("drafts-compare"))),
        }),
        open,
    };
    Ok(Page::new("pages/drafts/mapping", &page).private())
}

#[post("/projects/<id>/documents/<from>/compare/<to>/links", data = "<typed>")]
async fn decide(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    from: &str,
    to: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let file = file(app, &signed_in, id, (from, to)).await?;
    let back = format!("{}/links", href(project_id(id)?, &file.from, &file.to));
    let own = Some(typed.raw("clause").to_owned()).filter(|key| !key.is_empty());
    // What is picked from the whole list outweighs the near ones.
    let picked = [typed.raw("other"), typed.raw("match")].into_iter().find(|key| !key.is_empty());
    let Some(picked) = picked else {
        return Ok(Answer::see(back).saying(Tone::Warn, &Text::said("drafts-settle-none")));
    };
    let counterpart = Some(picked.to_owned()).filter(|key| key != NONE);
    let (old, new) = match typed.raw("side") {
        "old" => (own, counterpart),
        "new" => (counterpart, own),
        _ => return Err(WebError::malformed()),
    };
    let command = DecideLink { from: file.from.document.id, to: file.to.document.id, old, new };
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        decide_link(tx, &actor, &command)?;
        Ok(Answer::see(&back).saying(Tone::Good, &Text::said("drafts-decided")))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![mapping, decide]
}
