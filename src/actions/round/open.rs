//! Opens a comment round on a frozen draft and notes who is asked (row 11, FM-06).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    conn::AnyConn,
    documents, events,
    projects::ProjectRow,
    register::{self, SeatRow},
    rounds::{self, RecipientRow, RoundRow},
};
use quanheng_domain::{
    Keyed,
    comment::RoundPurpose,
    document::DocumentKind,
    ids::RoundId,
    lifecycle::{Move, ProjectKind, RoundStatus},
    people::Role,
    rules::RecipientClass,
};

use super::{ask, case::Case};
use crate::{
    ActionError, Tx,
    project::{Loaded, details::Details},
};

/// The moves after which comments are asked for again.
const AGAIN: [Move; 2] = [Move::CommentAgain, Move::AbortComments];

/// Opens the next round of a project.
pub fn open(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    closes_at: DateTime<Utc>,
) -> Result<RoundId, ActionError> {
    let now = tx.now();
    let ordinal = loaded.rounds.last().map_or(1, |round| round.ordinal + 1);
    let document = documents::newest(tx.conn(), row.id, DocumentKind::CommentDraft)?;
    let purpose = match row.kind {
        ProjectKind::Reexamination | ProjectKind::Abolition => RoundPurpose::Abolition,
        _ if ordinal > 1 => RoundPurpose::Again,
        _ => RoundPurpose::Draft,
    };
    // Why it is asked again was said when the last round was set aside.
    let reason = match ordinal > 1 {
        true => events::last_note(tx.conn(), row.id.cast(), &AGAIN.map(Keyed::key))?,
        false => None,
    };
    let reason = reason.unwrap_or_default();
    let round = RoundRow {
        id: tx.id(),
        version: 1,
        project_id: row.id,
        ordinal,
        document_id: document.map(|document| document.id),
        purpose,
        status: RoundStatus::Running,
        opens_at: now,
        closes_at,
        profile_id: row.profile_id,
        reason,
        next_serial: 1,
    };
    rounds::insert(tx.conn(), &round)?;
    let id = round.id;
    ask(tx, &Case { round, project: row.clone() })?;
    Ok(id)
}

/// Who of the committee is asked on a day, each once with the name: members and corresponding units by their seats.
///
/// # Errors
/// What the database says.
pub fn asked_inside(
    conn: &mut AnyConn,
    project: &ProjectRow,
    day: NaiveDate,
) -> Result<Vec<(SeatRow, RecipientClass, String)>, ActionError> {
    let Some(committee) = project.committee_id else { return Ok(Vec::new()) };
    let mut seats = register::seats_on(conn, committee, day)?;
    let mut known = BTreeSet::new();
    seats.retain(|seat| {
        let asked = !matches!(seat.role, Role::Observer | Role::Invited) && !seat.suspended;
        asked && known.insert(seat.person_id)
    });
    let ids: Vec<_> = known.into_iter().collect();
    let people = register::people_by(conn, &ids)?;
    let named = |seat: SeatRow| {
        let class = match seat.role {
            Role::CorrespondingUnit => RecipientClass::CorrespondingUnit,
            _ => RecipientClass::Member,
        };
        let name = people.iter().find(|row| row.id == seat.person_id)?.name_zh.clone();
        Some((seat, class, name))
    };
    Ok(seats.into_iter().filter_map(named).collect())
}

/// Notes who is asked and tells the units outside: members and corresponding units by their seats, others as listed.
pub fn ask(tx: &mut Tx<'_, '_>, case: &Case) -> Result<(), ActionError> {
    let (now, today) = (tx.now(), tx.today());
    for (seat, class, name) in asked_inside(tx.conn(), &case.project, today)? {
        let line = RecipientRow {
            id: tx.id(),
            round_id: case.round.id,
            person_id: Some(seat.person_id),
            organisation_id: seat.organisation_id,
            name,
            class,
            asked_at: now,
            answered_at: None,
            answer: None,
            address: String::new(),
        };
        rounds::add_recipient(tx.conn(), &line)?;
    }
    let units = Details::read(&case.project.details)?.asked;
    for unit in &units {
        ask::enter(tx, &case.round, unit)?;
    }
    ask::tell_units(tx, case, &units, None)?;
    Ok(())
}
