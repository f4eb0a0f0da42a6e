//! What is done at the desk: looking, settling one comment or many, admitting and hiding.

use quanheng_actions::round::{
    Admit, Assign, Case, Dispose, DisposeMany, Hide, Ruling, admit, assign, care, confirm_rulings,
    dispose, dispose_many, hide, index, note_comment, stock_reason, weigh,
};
use quanheng_actions::{ActionError, Tx};
use quanheng_db::comment_index::{self, Wanted};
use quanheng_db::{comment_care, comment_counts, comments, rounds};
use quanheng_domain::Keyed;
use quanheng_domain::comment::Disposition;
use quanheng_domain::ids::{CommentId, RoundId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use rocket::{State, get, post};

use super::super::show::round_id;
use super::read;
use super::row::Back;
use super::sieve::Sieve;
use super::view;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Text, Tone};
use crate::voice;

/// Either where to go, or the page again with what was typed.
type Done = Result<Result<Answer, Page>, WebError>;

#[get("/consultations/<id>/desk?<sieve..>")]
pub async fn desk(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    sieve: Sieve,
) -> Result<Page, WebError> {
    sieve.check()?;
    show(app, signed_in.actor, round_id(id)?, &sieve, None).await
}

#[get("/consultations/<id>/desk/<comment>?<next>&<sieve..>")]
pub async fn comment(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    next: Option<&str>,
    sieve: Sieve,
) -> Result<Page, WebError> {
    sieve.check()?;
    let (round, comment, now) = (round_id(id)?, comment_id(comment)?, app.now());
    let actor = signed_in.actor;
    let file = app.read(move |conn| read::one(conn, round, &actor, now, comment)).await?;
    let next = next.and_then(|serial| serial.parse().ok());
    let view = view::comment(&file, &sieve, next).ok_or_else(WebError::not_found)?;
    Ok(Page::new("pages/consultations/desk-comment", &view).private())
}

async fn show(
    app: &App,
    actor: Actor,
    id: RoundId,
    sieve: &Sieve,
    back: Option<&Back>,
) -> Result<Page, WebError> {
    let now = app.now();
    let size = u64::from(app.settings.limits.page_size_max);
    // A form that came back is shown with its comment, even where the comment no longer fits what was chosen.
    let besides = back.and_then(Back::serial);
    let part = read::Part { sieve: sieve.clone(), size, besides };
    let (reader, wanted) = (actor.clone(), part.clone());
    let mut file = app.read(move |conn| read::read(conn, id, &reader, now, &wanted)).await?;
    // Comments are looked at when somebody wants to see them, not while hundreds send theirs.
    if file.behind {
        let (reader, alike) = (actor.clone(), app.settings.limits.comment_likeness);
        app.write(move |tx| index(tx, &reader, id, alike)).await?;
        file = app.read(move |conn| read::read(conn, id, &actor, now, &part)).await?;
    }
    Ok(Page::new("pages/consultations/desk", &view::page(&file, sieve, size, back)))
}

/// The page with the form as it was typed, or the error where a form cannot mend it.
async fn again(
    app: &App,
    actor: Actor,
    round: RoundId,
    sieve: &Sieve,
    (form, typed): (String, Typed),
    error: WebError,
) -> Done {
    let sentence = match error.status.code {
        422 => error.refusal.as_ref().map(|_| error.sentence()),
        409 if error.kind == "stale" => Some(Text::said("rdesk-stale")),
        409 => Some(error.sentence()),
        _ => return Err(error),
    };
    let cited = error.refusal.as_deref().and_then(|refusal| refusal.cited.as_deref());
    let back = Back { form, typed, cite: cited.map(voice::cite), faults: error.fields, sentence };
    let page = show(app, actor, round, sieve, Some(&back)).await?;
    Ok(Err(page.status(error.status)))
}

/// The ruling that was typed; the comment that another is merged into is named by its number in the round.
fn ruling(tx: &mut Tx<'_, '_>, round: RoundId, typed: &Typed) -> Result<Ruling, ActionError> {
    let mut faults = Vec::new();
    let code = Disposition::from_key(typed.raw("code")).ok();
    if code.is_none() {
        faults.push(FieldFault::new("code", FaultCode::Missing));
    }
    let merged = typed.line("merged");
    let mut duplicate_of = None;
    // A number left in the box when another code was chosen after all means nothing.
    if code == Some(Disposition::Merged) && !merged.is_empty() {
        if let Ok(serial) = merged.trim_start_matches('#').parse() {
            duplicate_of = comment_counts::by_serial(tx.conn(), round, serial)?;
        }
        if duplicate_of.is_none() {
            faults.push(FieldFault::new("duplicate_of", FaultCode::Unknown));
        }
    }
    let reason = reason(tx, round, typed, &mut faults)?;
    let text_changed = match typed.raw("text_changed") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    match code.filter(|_| faults.is_empty()) {
        Some(code) => Ok(Ruling { code, reason, text_changed, duplicate_of }),
        None => Err(ActionError::Invalid(faults)),
    }
}

/// The reason that was typed, with the one of this number from the stock of the committee.
fn reason(
    tx: &mut Tx<'_, '_>,
    round: RoundId,
    typed: &Typed,
    faults: &mut Vec<FieldFault>,
) -> Result<String, ActionError> {
    let (own, number) = (typed.text("reason"), typed.line("stock"));
    if number.is_empty() {
        return Ok(own);
    }
    let case = Case::peek(tx, round)?;
    let stock = comment_care::stock_of(tx.conn(), care::holder(&case))?;
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let Some(kept) = place.and_then(|place| stock.get(place)) else {
        faults.push(FieldFault::new("stock", FaultCode::Unknown));
        return Ok(own);
    };
    Ok(if own.is_empty() { kept.body.clone() } else { format!("{own}\n{}", kept.body) })
}

/// A comment of this round; those of others are none here.
fn of_round(
    tx: &mut Tx<'_, '_>,
    round: RoundId,
    comment: CommentId,
) -> Result<rounds::CommentRow, ActionError> {
    comments::find(tx.conn(), comment)?
        .filter(|row| row.round_id == round && row.confirmed_at.is_some())
        .ok_or(ActionError::NotFound)
}

// After the routes whose last segment is a word.
#[post("/consultations/<id>/desk/<comment>?<sieve..>", data = "<typed>", rank = 2)]
pub async fn one(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let (round, comment) = (round_id(id)?, comment_id(comment)?);
    let (actor, here, sent) = (signed_in.actor.clone(), sieve.clone(), typed.clone());
    let done = app
        .once(typed.once(), move |tx| {
            let serial = of_round(tx, round, comment)?.serial;
            let ruling = ruling(tx, round, &sent)?;
            let text = Text::said("rdesk-settled")
                .with("n", serial)
                .with_text("what", &Text::word("disposition", ruling.code.key()));
            dispose(tx, &actor, &Dispose { comment, ruling, if_version: Some(sent.version()) })?;
            if let Some(substantive) = substantive(&sent) {
                weigh(tx, &actor, &[comment], substantive)?;
            }
            let next = sent.line("next").parse().unwrap_or(serial);
            Ok(Answer::see(here.at_comment(round, next)).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let form = form_of(app, "r", round, comment).await?;
            again(app, signed_in.actor, round, &sieve, (form, typed), error).await
        }
    }
}

fn comment_id(text: &str) -> Result<CommentId, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

/// The name of a form of a comment on the page.
async fn form_of(
    app: &App,
    kind: &'static str,
    round: RoundId,
    comment: CommentId,
) -> Result<String, WebError> {
    let row = app.read(move |conn| Ok(comments::find(conn, comment)?)).await?;
    let row = row.filter(|row| row.round_id == round).ok_or_else(WebError::not_found)?;
    Ok(format!("{kind}{}", row.serial))
}

/// Whether the substance is touched, if it was said.
fn substantive(typed: &Typed) -> Option<bool> {
    match typed.raw("substantive") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The comments that were picked, all of this round.
fn picked_of(
    tx: &mut Tx<'_, '_>,
    round: RoundId,
    typed: &Typed,
) -> Result<Vec<CommentId>, ActionError> {
    let mut picked = Vec::new();
    for pick in typed.all("c") {
        let (id, _) = pick.split_once(':').unwrap_or((pick, ""));
        let id: CommentId = id.parse().map_err(|_| ActionError::NotFound)?;
        of_round(tx, round, id)?;
        picked.push(id);
    }
    Ok(picked)
}

fn assigned(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: RoundId,
    typed: &Typed,
) -> Result<Text, ActionError> {
    let owner = typed.id("owner").map_err(|fault| ActionError::Invalid(vec![fault]))?;
    let comments = picked_of(tx, round, typed)?;
    let n = assign(tx, actor, &Assign { comments, owner })?;
    Ok(Text::said("rdesk-assigned").with("n", n as u64))
}

#[post("/consultations/<id>/desk?<sieve..>", data = "<typed>")]
pub async fn many(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let round = round_id(id)?;
    let (actor, here, sent) = (signed_in.actor.clone(), sieve.clone(), typed.clone());
    let done = app
        .once(typed.once(), move |tx| {
            let said = match sent.raw("do") {
                "assign" => Some(assigned(tx, &actor, round, &sent)?),
                "confirm" => {
                    let picked = picked_of(tx, round, &sent)?;
                    let n = confirm_rulings(tx, &actor, &picked)?;
                    Some(Text::said("rdesk-confirmed").with("n", n as u64))
                }
                _ => None,
            };
            if let Some(text) = said {
                return Ok(Answer::see(here.form(round, "")).saying(Tone::Good, &text));
            }
            let ruling = ruling(tx, round, &sent)?;
            let mut picked = Vec::new();
            for pick in sent.all("c") {
                let (id, version) = pick.split_once(':').unwrap_or((pick, ""));
                let id: CommentId = id.parse().map_err(|_| ActionError::NotFound)?;
                of_round(tx, round, id)?;
                // Who picks all alike and merges them into one of them means the others.
                if ruling.duplicate_of != Some(id) {
                    picked.push((id, version.parse().ok()));
                }
            }
            let text = Text::said("rdesk-settled-many")
                .with("n", picked.len() as u64)
                .with_text("what", &Text::word("disposition", ruling.code.key()));
            let all: Vec<CommentId> = picked.iter().map(|(id, _)| *id).collect();
            dispose_many(tx, &actor, &DisposeMany { comments: picked, ruling })?;
            if let Some(substantive) = substantive(&sent) {
                weigh(tx, &actor, &all, substantive)?;
            }
            Ok(Answer::see(here.form(round, "")).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            again(app, signed_in.actor, round, &sieve, ("bulk".to_owned(), typed), error).await
        }
    }
}

#[post("/consultations/<id>/desk/<comment>/admit?<sieve..>", data = "<typed>")]
pub async fn admit_late(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let (round, comment) = (round_id(id)?, comment_id(comment)?);
    let (actor, here) = (signed_in.actor.clone(), sieve.clone());
    let command = Admit { comment, reason: typed.text("reason") };
    let done = app
        .once(typed.once(), move |tx| {
            let serial = of_round(tx, round, comment)?.serial;
            admit(tx, &actor, &command)?;
            let text = Text::said("rdesk-admitted").with("n", serial);
            Ok(Answer::see(here.at_comment(round, serial)).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let form = form_of(app, "l", round, comment).await?;
            again(app, signed_in.actor, round, &sieve, (form, typed), error).await
        }
    }
}

#[post("/consultations/<id>/desk/<comment>/hide?<sieve..>", data = "<typed>")]
pub async fn hide_comment(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let (round, comment) = (round_id(id)?, comment_id(comment)?);
    let (actor, here, reason) = (signed_in.actor.clone(), sieve.clone(), typed.text("reason"));
    let done = app
        .once(typed.once(), move |tx| {
            let row = of_round(tx, round, comment)?;
            let hidden = row.hidden_reason.is_empty();
            hide(tx, &actor, &Hide { comment, hidden, reason: reason.clone() })?;
            let key = if hidden { "rdesk-hidden" } else { "rdesk-shown" };
            let text = Text::said(key).with("n", row.serial);
            Ok(Answer::see(here.at_comment(round, row.serial)).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let form = form_of(app, "h", round, comment).await?;
            again(app, signed_in.actor, round, &sieve, (form, typed), error).await
        }
    }
}

#[post("/consultations/<id>/desk/<comment>/note?<sieve..>", data = "<typed>")]
pub async fn note(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let (round, comment) = (round_id(id)?, comment_id(comment)?);
    let (actor, here, body) = (signed_in.actor.clone(), sieve.clone(), typed.text("reason"));
    let done = app
        .once(typed.once(), move |tx| {
            let serial = of_round(tx, round, comment)?.serial;
            note_comment(tx, &actor, comment, &body)?;
            let text = Text::said("rdesk-noted").with("n", serial);
            Ok(Answer::see(here.at_comment(round, serial)).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let form = form_of(app, "n", round, comment).await?;
            again(app, signed_in.actor, round, &sieve, (form, typed), error).await
        }
    }
}

/// The comments that say the same as this one and can still be merged into it, with the versions that are merged.
fn like(
    tx: &mut Tx<'_, '_>,
    round: RoundId,
    target: CommentId,
) -> Result<Vec<(CommentId, Option<i64>)>, ActionError> {
    let first = comment_counts::alike(tx.conn(), round, &[target])?;
    let Some((_, first, _)) = first.first() else { return Ok(Vec::new()) };
    let wanted = Wanted { alike: Some(*first), ..Wanted::default() };
    let all = comment_index::page(tx.conn(), round, &wanted, (i64::MAX, 0))?;
    Ok(all
        .into_iter()
        .filter(|row| row.id != target && row.published_at.is_none())
        .filter(|row| row.disposition != Some(Disposition::Withdrawn))
        .map(|row| (row.id, Some(row.version)))
        .collect())
}

#[post("/consultations/<id>/desk/<comment>/gather?<sieve..>", data = "<typed>")]
pub async fn gather(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    comment: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let (round, target) = (round_id(id)?, comment_id(comment)?);
    let (actor, here) = (signed_in.actor.clone(), sieve.clone());
    let done = app
        .once(typed.once(), move |tx| {
            let serial = of_round(tx, round, target)?.serial;
            let ruling = Ruling {
                code: Disposition::Merged,
                reason: String::new(),
                text_changed: None,
                duplicate_of: Some(target),
            };
            let others = like(tx, round, target)?;
            let n = others.len() as u64;
            dispose_many(tx, &actor, &DisposeMany { comments: others, ruling })?;
            let text = Text::said("rdesk-gathered").with("n", n).with("into", serial);
            Ok(Answer::see(here.at_comment(round, serial)).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let form = form_of(app, "g", round, target).await?;
            again(app, signed_in.actor, round, &sieve, (form, typed), error).await
        }
    }
}

#[post("/consultations/<id>/desk/stock?<sieve..>", data = "<typed>", rank = 1)]
pub async fn stock(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    sieve: Sieve,
    typed: Typed,
) -> Done {
    let round = round_id(id)?;
    let (actor, here, body) = (signed_in.actor.clone(), sieve.clone(), typed.text("stock.body"));
    let reason = typed.id("stock.id").map_err(|fault| WebError::invalid(vec![fault]))?;
    let done = app
        .once(typed.once(), move |tx| {
            stock_reason(tx, &actor, round, reason, &body)?;
            let text = Text::said("rdesk-stock-kept");
            Ok(Answer::see(format!("{}#stock", here.form(round, ""))).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            again(app, signed_in.actor, round, &sieve, ("stock".to_owned(), typed), error).await
        }
    }
}
