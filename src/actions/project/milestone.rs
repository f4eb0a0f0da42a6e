//! Reminders of what the drafters must deliver (起草节点提醒): each in its time, until it is delivered.

use chrono::{DateTime, Days, Utc};
use quanheng_db::{
    deadlines::{self, DeadlineRow},
    projects::ProjectRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProjectId,
    lifecycle::{DeadlineKind, OpenDeadline},
    rules::{Profile, keys},
    term::Reminder,
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
    if let Some(due_at) = next(&profile, milestone.due_at, tx.now()) {
        let open = OpenDeadline { kind: DeadlineKind::MilestoneReminder, due_at };
        tx.open_deadline(ObjectKind::Project, project.id.cast(), &open)?;
    }
    Ok(())
}

/// The next instant at which somebody is reminded of what is due then.
fn next(profile: &Profile, due: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let before = |reminder| match reminder {
        Reminder::Before(term) => due.checked_sub_days(Days::new(u64::from(term.amount))),
        Reminder::Elapsed(_) => None,
    };
    let reminders = profile.get(keys::REMINDERS_MILESTONE).into_iter();
    reminders.filter_map(before).filter(|at| *at > now).min()
}
