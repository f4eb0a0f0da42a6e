//! Reminders of what the drafters must deliver (起草节点提醒): each in its time, until it is delivered.

use quanheng_db::{
    deadlines::{self, DeadlineRow},
    projects::ProjectRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    lifecycle::{DeadlineKind, reminders},
};

use crate::{ActionError, Tx, profiles};

/// The clocks of what drafters deliver: the drafting plan, then progress until the draft is there.
const MILESTONES: [DeadlineKind; 2] = [DeadlineKind::DraftingPlan, DeadlineKind::ProgressReport];

/// True for the clock of something that drafters deliver.
pub fn is_one(kind: DeadlineKind) -> bool {
    MILESTONES.contains(&kind)
}

/// The milestone that a project waits for, the nearest first.
///
/// # Errors
/// What the database says.
pub fn awaited(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
) -> Result<Option<DeadlineRow>, ActionError> {
    let open = deadlines::open_of(tx.conn(), project.cast())?.into_iter();
    Ok(open.filter(|row| is_one(row.kind)).min_by_key(|row| row.due_at))
}

/// Opens the clock of the next reminder of the milestone that is waited for; none when all are behind.
///
/// # Errors
/// What the database says.
pub fn remind_next(tx: &mut Tx<'_, '_>, project: &ProjectRow) -> Result<(), ActionError> {
    let Some(milestone) = awaited(tx, project.id)? else { return Ok(()) };
    let profile = profiles::load(tx.conn(), project.profile_id)?;
    let next = reminders(DeadlineKind::MilestoneReminder, &profile, tx.now(), milestone.due_at);
    next.first().map_or(Ok(()), |one| tx.open_deadline(ObjectKind::Project, project.id.cast(), one))
}
