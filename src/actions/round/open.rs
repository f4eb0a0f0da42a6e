//! Opens a comment round on a frozen draft and notes who is asked (row 11, FM-06).

use chrono::{DateTime, Utc};
use quanheng_db::{
    documents,
    projects::ProjectRow,
    register,
    rounds::{self, RecipientRow, RoundRow},
};
use quanheng_domain::{
    comment::RoundPurpose,
    document::DocumentKind,
    ids::RoundId,
    lifecycle::{ProjectKind, RoundStatus},
    people::Role,
    rules::RecipientClass,
};

use crate::{ActionError, Tx, project::Loaded, project::details::Details};

/// Opens the next round of a project.
pub fn open(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    closes_at: DateTime<Utc>,
) -> Result<RoundId, ActionError> {
    let now = tx.now();
    let ordinal = loaded.round.as_ref().map_or(1, |round| round.ordinal + 1);
    let document = documents::newest(tx.conn(), row.id, DocumentKind::CommentDraft)?;
    let purpose = match row.kind {
        ProjectKind::Reexamination | ProjectKind::Abolition => RoundPurpose::Abolition,
        _ if ordinal > 1 => RoundPurpose::Again,
        _ => RoundPurpose::Draft,
    };
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
        reason: String::new(),
        next_serial: 1,
    };
    rounds::insert(tx.conn(), &round)?;
    ask(tx, row, round.id)?;
    Ok(round.id)
}

// Members and corresponding units by their seats, others as the secretariat listed them.
fn ask(tx: &mut Tx<'_, '_>, row: &ProjectRow, round: RoundId) -> Result<(), ActionError> {
    let (now, today) = (tx.now(), tx.today());
    let seats = match row.committee_id {
        Some(committee) => register::seats_on(tx.conn(), committee, today)?,
        None => Vec::new(),
    };
    let mut asked = std::collections::BTreeSet::new();
    for seat in seats {
        let class = match seat.role {
            Role::CorrespondingUnit => RecipientClass::CorrespondingUnit,
            Role::Observer | Role::Invited => continue,
            _ => RecipientClass::Member,
        };
        if !asked.insert(seat.person_id) {
            continue;
        }
        let person = register::person(tx.conn(), seat.person_id)?.ok_or(ActionError::NotFound)?;
        let line = RecipientRow {
            id: tx.id(),
            round_id: round,
            person_id: Some(seat.person_id),
            organisation_id: seat.organisation_id,
            name: person.name_zh,
            class,
            asked_at: now,
            answered_at: None,
            answer: None,
        };
        rounds::add_recipient(tx.conn(), &line)?;
    }
    for unit in Details::read(&row.details)?.asked {
        let line = RecipientRow {
            id: tx.id(),
            round_id: round,
            person_id: None,
            organisation_id: None,
            name: unit.name,
            class: unit.class,
            asked_at: now,
            answered_at: None,
            answer: None,
        };
        rounds::add_recipient(tx.conn(), &line)?;
    }
    Ok(())
}
