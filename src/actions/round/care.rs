//! What those who settle comments keep for themselves: who looks after which, what they say to each other, which rulings are confirmed, and
//! the reasons that a committee gives often.

use std::collections::BTreeMap;

use quanheng_db::{
    comment_care::{self, CareRow, NoteRow, StockReasonRow},
    comments,
    conn::AnyConn,
    projects, register,
    rounds::CommentRow,
};
use quanheng_domain::{
    comment::Disposition,
    ids::{CommentId, ObjectId, PersonId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, ProjectRole, Role},
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::{
    case::{Case, not_yours},
    text,
};
use crate::{ActionError, Tx, limits};

/// Who confirms rulings (2.4: the secretary-general checks what the drafter did).
const CONFIRMERS: &[Role] = &[Role::SecretaryGeneral, Role::DeputySecretaryGeneral];
/// Who may look after comments besides the drafters.
const SECRETARIAT: &[Role] =
    &[Role::SecretaryGeneral, Role::DeputySecretaryGeneral, Role::SecretariatStaff];
/// Most reasons that a committee keeps in stock.
const MOST_STOCK: usize = 100;

/// Comments given to somebody.
#[derive(Debug, Clone)]
pub struct Assign {
    /// The comments.
    pub comments: Vec<CommentId>,
    /// Who looks after them; nobody takes them back.
    pub owner: Option<PersonId>,
}

/// Whether the actor confirms rulings of this round.
pub fn confirms(case: &Case, actor: &Actor) -> bool {
    actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| {
            Some(seat.committee) == case.project.committee_id && CONFIRMERS.contains(&seat.role)
        })
    })
}

/// Those who may look after comments of this round, by name: drafters, and the secretariat of the committee.
pub fn owners(
    conn: &mut AnyConn,
    case: &Case,
    today: chrono::NaiveDate,
) -> Result<BTreeMap<PersonId, String>, ActionError> {
    let mut ids: Vec<PersonId> = projects::people_of(conn, case.project.id)?
        .into_iter()
        .filter(|row| matches!(row.role, ProjectRole::LeadDrafter | ProjectRole::Drafter))
        .map(|row| row.person_id)
        .collect();
    if let Some(committee) = case.project.committee_id {
        let seats = register::seats_of_committee(conn, committee)?;
        let held = seats.into_iter().filter(|seat| {
            SECRETARIAT.contains(&seat.role)
                && seat.since <= today
                && seat.until.is_none_or(|until| today < until)
        });
        ids.extend(held.map(|seat| seat.person_id));
    }
    let people = register::people_by(conn, &ids)?;
    Ok(people.into_iter().map(|person| (person.id, person.name_zh)).collect())
}

/// The comments, all of one round, under its lock, for somebody who settles them.
fn of_one_round(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ids: &[CommentId],
) -> Result<(Case, Vec<CommentRow>), ActionError> {
    let fault = match ids.len() {
        0 => Some(FaultCode::Missing),
        many => (many > limits::RULINGS_AT_ONCE).then_some(FaultCode::TooLong),
    };
    text::refuse(fault.map(|code| FieldFault::new("comments", code)).into_iter().collect())?;
    let (case, _) = Case::of_comment(tx, ids[0])?;
    case.require(actor, case.settlers())?;
    let rows = comments::by_ids(tx.conn(), ids)?;
    let ours = |row: &CommentRow| row.round_id == case.round.id && row.confirmed_at.is_some();
    if rows.len() != ids.len() || !rows.iter().all(ours) {
        return Err(ActionError::NotFound);
    }
    Ok((case, rows))
}

fn kept(tx: &mut Tx<'_, '_>, comment: CommentId) -> Result<CareRow, ActionError> {
    let kept = comment_care::of_comment(tx.conn(), comment)?;
    Ok(kept.unwrap_or(CareRow {
        comment_id: comment,
        owner_id: None,
        substantive: None,
        confirmed_by: None,
        confirmed_at: None,
    }))
}

fn lines(rows: &[CommentRow]) -> Vec<serde_json::Value> {
    rows.iter().map(|row| json!({ "comment": row.id, "serial": row.serial })).collect()
}

/// Gives comments to somebody, or takes them back.
///
/// # Errors
/// `Refused` to those who do not settle comments here, `Invalid` for somebody who may not look after them, `NotFound`.
pub fn assign(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Assign) -> Result<usize, ActionError> {
    let (case, rows) = of_one_round(tx, actor, &command.comments)?;
    let today = tx.today();
    if let Some(owner) = command.owner
        && !owners(tx.conn(), &case, today)?.contains_key(&owner)
    {
        return Err(ActionError::Invalid(vec![FieldFault::new("owner", FaultCode::Unknown)]));
    }
    let mut given = Vec::new();
    for row in rows {
        let care = kept(tx, row.id)?;
        if care.owner_id != command.owner {
            comment_care::keep(tx.conn(), &CareRow { owner_id: command.owner, ..care })?;
            given.push(row);
        }
    }
    if !given.is_empty() {
        let facts = json!({
            "round": case.round.id, "comments": lines(&given), "person": command.owner,
        });
        case.record(tx, actor, "comments_assigned", "", facts)?;
    }
    Ok(given.len())
}

/// Says whether comments touch the substance or only the wording.
///
/// # Errors
/// As [`assign`].
pub fn weigh(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ids: &[CommentId],
    substantive: bool,
) -> Result<usize, ActionError> {
    let (case, rows) = of_one_round(tx, actor, ids)?;
    let mut weighed = Vec::new();
    for row in rows {
        let care = kept(tx, row.id)?;
        if care.substantive != Some(substantive) {
            let care = CareRow { substantive: Some(substantive), ..care };
            comment_care::keep(tx.conn(), &care)?;
            weighed.push(row);
        }
    }
    if !weighed.is_empty() {
        let facts = json!({
            "round": case.round.id, "comments": lines(&weighed), "substantive": substantive,
        });
        case.record(tx, actor, "comments_weighed", "", facts)?;
    }
    Ok(weighed.len())
}

/// A ruling was given: it is confirmed where the secretary-general gave it, and a proposal again otherwise.
pub(super) fn ruled(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    comment: CommentId,
) -> Result<(), ActionError> {
    let care = comment_care::of_comment(tx.conn(), comment)?;
    let by = actor.person().filter(|_| confirms(case, actor)).map(|person| person.person);
    if by.is_none() && care.as_ref().is_none_or(|care| care.confirmed_by.is_none()) {
        return Ok(());
    }
    let care = kept(tx, comment)?;
    let now = by.map(|_| tx.now());
    comment_care::keep(tx.conn(), &CareRow { confirmed_by: by, confirmed_at: now, ..care })?;
    Ok(())
}

/// Confirms rulings that were proposed (拟); those that are confirmed already stay as they are.
///
/// # Errors
/// `Refused` to others than the secretary-general and deputies, and for comments without a ruling or with published answers.
pub fn confirm_rulings(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    ids: &[CommentId],
) -> Result<usize, ActionError> {
    let (case, rows) = of_one_round(tx, actor, ids)?;
    let person = match actor.person() {
        Some(person) if confirms(&case, actor) => person.person,
        _ => return Err(not_yours(&[quanheng_domain::people::Party::Secretariat])),
    };
    let mut confirmed = Vec::new();
    for row in rows {
        let ruled = row.disposition.is_some_and(Disposition::is_settled);
        if !ruled || row.published_at.is_some() {
            let refusal = Refusal::new(RefusalCode::CommentSettled).with("serial", row.serial);
            return Err(refusal.into());
        }
        let care = kept(tx, row.id)?;
        if care.confirmed_by.is_none() {
            let now = Some(tx.now());
            let care = CareRow { confirmed_by: Some(person), confirmed_at: now, ..care };
            comment_care::keep(tx.conn(), &care)?;
            confirmed.push(row);
        }
    }
    if !confirmed.is_empty() {
        let facts = json!({ "round": case.round.id, "comments": lines(&confirmed) });
        case.record(tx, actor, "dispositions_confirmed", "", facts)?;
    }
    Ok(confirmed.len())
}

/// Writes a note on a comment for those who settle it; nobody else ever reads it.
///
/// # Errors
/// As [`assign`]; `Invalid` for an empty or too long note.
pub fn note_comment(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    comment: CommentId,
    body: &str,
) -> Result<(), ActionError> {
    let (case, rows) = of_one_round(tx, actor, &[comment])?;
    let mut faults = Vec::new();
    text::lines(&mut faults, "note", body, true, limits::NOTE);
    text::refuse(faults)?;
    let person = actor.person().ok_or(ActionError::Forbidden)?.person;
    let row = NoteRow {
        id: tx.id(),
        comment_id: comment,
        person_id: person,
        body: body.trim().to_owned(),
        written_at: tx.now(),
    };
    comment_care::add_note(tx.conn(), &row)?;
    // The words stay at the desk: the history of a project is read by more people.
    let facts = json!({ "round": case.round.id, "comments": lines(&rows), "note": row.id });
    case.record(tx, actor, "comment_noted", "", facts)?;
    Ok(())
}

/// Whose reasons are in stock for a round: the committee's, or the authority's.
pub fn holder(case: &Case) -> ObjectId {
    case.project.committee_id.map_or_else(|| case.project.authority_id.cast(), |id| id.cast())
}

/// Puts a reason into stock, changes one, or takes it out where it is left empty.
///
/// # Errors
/// `Refused` to those who do not settle comments here; `NotFound` for a reason of somebody else; `Invalid`.
pub fn stock_reason(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: RoundId,
    id: Option<ObjectId>,
    body: &str,
) -> Result<(), ActionError> {
    let case = Case::of_round(tx, round)?;
    case.require(actor, case.settlers())?;
    let holder = holder(&case);
    let stock = comment_care::stock_of(tx.conn(), holder)?;
    let known = id.is_none_or(|id| stock.iter().any(|row| row.id == id));
    if !known {
        return Err(ActionError::NotFound);
    }
    let mut faults = Vec::new();
    text::lines(&mut faults, "stock", body, id.is_none(), limits::NOTE);
    if id.is_none() && stock.len() >= MOST_STOCK {
        faults.push(limits::too_long("stock", MOST_STOCK));
    }
    text::refuse(faults)?;
    let body = body.trim();
    let kind = match (id, body.is_empty()) {
        (Some(id), true) => {
            comment_care::drop_stock(tx.conn(), id)?;
            "stock_reason_dropped"
        }
        _ => {
            let row = StockReasonRow {
                id: id.unwrap_or_else(|| tx.id()),
                holder,
                body: body.to_owned(),
                kept_by: actor.person().map(|person| person.person),
                kept_at: tx.now(),
            };
            comment_care::keep_stock(tx.conn(), &row)?;
            "stock_reason_kept"
        }
    };
    case.record(tx, actor, kind, body, json!({ "round": case.round.id, "reason": id }))?;
    Ok(())
}
