//! What commenters say to the answer once it is public: agree, or object within the time and as often as the rules allow (3.5).

use chrono::{DateTime, Utc};
use quanheng_db::{
    comments::{self, ReactionRow},
    conn::AnyConn,
    rounds::CommentRow,
};
use quanheng_domain::{
    comment::{Disposition, Reaction},
    deadline::{self, Direction},
    ids::{CommentId, EventId},
    lifecycle::{FaultCode, FieldFault},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use super::{case::Case, own::own, text};
use crate::{ActionError, Tx, limits, profiles, project::notices, tell};

/// An answer of a commenter to what became of a comment.
#[derive(Debug, Clone)]
pub struct React {
    /// The comment.
    pub comment: CommentId,
    /// The private link, for those without an account.
    pub link: Option<String>,
    /// Agrees or objects.
    pub reaction: Reaction,
    /// Why; required to object.
    pub note: String,
}

/// The first instant at which the answers published at an instant are no longer answered, by the profile of the round.
pub fn until(
    conn: &mut AnyConn,
    case: &Case,
    published_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, ActionError> {
    let term = profiles::load(conn, case.round.profile_id)?.get(keys::COMMENT_APPEAL_DAYS);
    let calendar = profiles::calendar(conn)?;
    let day = deadline::day_of(published_at);
    Ok(deadline::compute(day, term, Direction::After, &calendar).ends_at)
}

/// Notes that the commenter agrees with the disposition or objects to it. Saying the same again changes nothing.
///
/// # Errors
/// `NotFound` for others' comments; `Invalid` for an objection without reasons; `Refused` before the answers are public, after the
/// time of the rule, and when the objections are used up.
pub fn react(tx: &mut Tx<'_, '_>, actor: &Actor, command: &React) -> Result<(), ActionError> {
    let (case, row) = own(tx, actor, command.comment, command.link.as_deref())?;
    let published = row.published_at.filter(|_| row.disposition != Some(Disposition::Withdrawn));
    let Some(published) = published else {
        return Err(Refusal::new(RefusalCode::NotAnsweredYet).into());
    };
    let objects = command.reaction == Reaction::Objects;
    let mut faults = Vec::new();
    text::lines(&mut faults, "note", &command.note, objects, limits::GROUNDS);
    if !objects && !command.note.trim().is_empty() {
        faults.push(FieldFault::new("note", FaultCode::NotAsked));
    }
    text::refuse(faults)?;
    let note = command.note.trim();
    let said = comments::reactions_to(tx.conn(), row.id)?;
    if said.last().is_some_and(|last| last.reaction == command.reaction && last.note == note) {
        return Ok(());
    }
    let until = until(tx.conn(), &case, published)?;
    let profile = case.profile(tx)?;
    if until <= tx.now() {
        let key = keys::COMMENT_APPEAL_DAYS.key();
        let refusal = Refusal::by(RefusalCode::AppealTooLate, key);
        return Err(refusal.with("until", until.to_rfc3339()).citing(&profile).into());
    }
    let used = said.iter().filter(|said| said.reaction == Reaction::Objects).count();
    let most = usize::try_from(profile.get(keys::COMMENT_APPEALS_MAX)).unwrap_or(usize::MAX);
    if objects && used >= most {
        let refusal = Refusal::by(RefusalCode::AppealsUsedUp, keys::COMMENT_APPEALS_MAX.key());
        return Err(refusal.with("used", used).citing(&profile).into());
    }
    let line = ReactionRow {
        id: tx.id(),
        comment_id: row.id,
        reaction: command.reaction,
        note: note.to_owned(),
        at: tx.now(),
    };
    comments::insert_reaction(tx.conn(), &line)?;
    let kind = if objects { "comment_objected" } else { "comment_agreed" };
    let facts = json!({ "round": row.round_id, "comment": row.id, "serial": row.serial });
    let event = case.record(tx, actor, kind, note, facts)?;
    if objects { tell_objection(tx, &case, &row, note, event) } else { Ok(()) }
}

/// An objection goes to those who answer for the answer, with comment and answer beside it.
fn tell_objection(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    row: &CommentRow,
    note: &str,
    event: EventId,
) -> Result<(), ActionError> {
    let item = NoticeItem {
        label: format!("{} {}", row.serial, row.clause),
        text: row.body.clone(),
        note: row.disposition_reason.clone(),
        code: row.disposition,
        ..NoticeItem::default()
    };
    let facts = NoticeFacts {
        items: vec![item],
        reason: Some(note.to_owned()),
        path: format!("/projects/{}/review#disputes", case.project.id),
        ..notices::facts(tx, &case.project)?
    };
    let notice = Notice { key: NoticeKey::DispositionObjected, facts };
    tell::tell(tx, &notice, &case.about(), Some(event))?;
    Ok(())
}
