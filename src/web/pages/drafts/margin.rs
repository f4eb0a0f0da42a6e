//! Tracked changes and remarks of a Word file, offered as comments of the running round.

use quanheng_actions::document::margin::{EnterMargin, enter_margin};
use quanheng_actions::round::Remark;
use quanheng_domain::Locale;
use quanheng_domain::clause::{Clause, Margin, MarginKind};
use quanheng_domain::comment::CommentKind;
use quanheng_i18n::{Value, Words};
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::super::projects::word;
use super::text::{self, TextFile, place, project_id};
use super::{anchor, text_href};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::typed::Typed;
use crate::views::{Text, Tone};

/// What stands on the margin.
#[derive(Serialize)]
pub struct MarginView {
    action: Option<String>,
    version: i64,
    lines: Vec<MarginLine>,
}

#[derive(Serialize)]
struct MarginLine {
    at: usize,
    href: String,
    place: String,
    kind: Text,
    author: String,
    words: String,
    remark: String,
}

/// The margin for those who look after the text; entering it waits for a running round.
pub fn view(file: &TextFile) -> Option<MarginView> {
    let kept = file.kept.as_ref().filter(|kept| !kept.text.margin.is_empty())?;
    let shown = file.keeps || file.round.is_some();
    let line = |(at, piece): (usize, &Margin)| MarginLine {
        at,
        href: format!("#{}", anchor(&piece.at)),
        place: place(&kept.text.clauses, &piece.at),
        kind: word(piece.kind),
        author: piece.author.clone(),
        words: piece.words.clone(),
        remark: piece.remark.clone(),
    };
    shown.then(|| MarginView {
        action: file
            .round
            .as_ref()
            .map(|_| format!("{}/margin", text_href(file.project.id, file.document.ordinal))),
        version: kept.row.version,
        lines: kept.text.margin.iter().enumerate().map(line).collect(),
    })
}

/// The comment that a piece of the margin becomes; its words are those of the reader's language.
fn remark(words: &Words, locale: Locale, clause: Option<&Clause>, piece: &Margin) -> Remark {
    let said =
        |key: &str| words.text(locale, key, &[("words", Value::Text(piece.words.as_str().into()))]);
    let body = match piece.kind {
        MarginKind::Inserted => said("drafts-margin-inserted"),
        MarginKind::Deleted => said("drafts-margin-deleted"),
        MarginKind::Remark if piece.words.is_empty() => piece.remark.clone(),
        MarginKind::Remark => {
            let about = said("drafts-margin-about");
            format!("{about}\n{}", piece.remark)
        }
    };
    Remark {
        clause: clause.map_or_else(String::new, |clause| clause.number.clone()),
        kind: CommentKind::Technical,
        body,
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
    }
}

#[post("/projects/<id>/documents/<ordinal>/text/margin", data = "<typed>")]
async fn enter(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    ordinal: i32,
    typed: Typed,
) -> Result<Answer, WebError> {
    let project = project_id(id)?;
    let actor = signed_in.actor.clone();
    let file = app.read(move |conn| text::read(conn, &actor, project, ordinal)).await?;
    let round = file.round.as_ref().ok_or_else(WebError::forbidden)?.id;
    let Some(kept) = file.kept else { return Err(WebError::not_found()) };
    let mut picked = Vec::new();
    for at in typed.all("margin") {
        let at: usize = at.parse().map_err(|_| WebError::malformed())?;
        let piece = kept.text.margin.get(at).ok_or_else(WebError::malformed)?;
        let clause = kept.text.clauses.iter().find(|clause| clause.key == piece.at);
        picked.push((at, remark(&app.words, Locale::Chinese, clause, piece)));
    }
    if picked.is_empty() {
        let text = Text::said("drafts-settle-none");
        return Ok(Answer::see(text_href(project, ordinal)).saying(Tone::Warn, &text));
    }
    let command =
        EnterMargin { project, ordinal, round, if_version: Some(typed.version()), picked };
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        let entered = enter_margin(tx, &actor, &command)?;
        let text = Text::said("drafts-margin-entered").with("n", entered as u64);
        Ok(Answer::see(text_href(project, ordinal)).saying(Tone::Good, &text))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![enter]
}
