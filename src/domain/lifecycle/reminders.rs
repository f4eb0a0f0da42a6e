//! Which rule says when somebody is reminded of what.

use std::ops::Range;

use chrono::{DateTime, Utc};

use super::{deadlines::DeadlineKind, outcome::OpenDeadline};
use crate::{
    deadline,
    rules::{Profile, Typed, keys},
    term::Reminder,
};

/// The rule that a kind of reminder follows, and which of the rule's instants are its own: some kinds say more the nearer the end is.
fn rule(kind: DeadlineKind) -> Option<(Typed<Vec<Reminder>>, Range<usize>)> {
    use DeadlineKind::*;
    let every = 0..usize::MAX;
    Some(match kind {
        PublicityWarning => (keys::REMINDERS_PUBLICITY, every),
        MilestoneReminder | StudyWarning => (keys::REMINDERS_MILESTONE, every),
        RoundHalf => (keys::REMINDERS_COMMENT, 0..1),
        RoundReminderFar => (keys::REMINDERS_COMMENT, 1..2),
        RoundReminderNear => (keys::REMINDERS_COMMENT, 2..usize::MAX),
        SurveyWarning => (keys::REMINDERS_COMMENT, every),
        BallotReminderFar => (keys::REMINDERS_BALLOT, 0..1),
        BallotReminderNear => (keys::REMINDERS_BALLOT, 1..2),
        BallotReminderLast => (keys::REMINDERS_BALLOT, 2..usize::MAX),
        ProjectWarning => (keys::REMINDERS_PROJECT, every),
        ForceWarning => (keys::REMINDERS_FORCE, every),
        TermWarning => (keys::REMINDERS_TERM, every),
        ReportWarning => (keys::REMINDERS_ANNUAL_REPORT, every),
        _ => return None,
    })
}

/// The reminders of a kind for what was opened and is due then, in order; those whose instant is gone by are left out, they would
/// remind nobody. Empty for kinds that are no reminders by rule.
pub fn reminders(
    kind: DeadlineKind,
    profile: &Profile,
    opened: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Vec<OpenDeadline> {
    let Some((rule, which)) = rule(kind) else { return Vec::new() };
    let all = profile.get(rule);
    let own: Vec<Reminder> = all.into_iter().skip(which.start).take(which.len()).collect();
    let instants = deadline::reminders(opened, due, &own);
    instants.into_iter().map(|due_at| OpenDeadline { kind, due_at }).collect()
}
