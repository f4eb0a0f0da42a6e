//! Deadlines of committees: terms, renewal windows and annual reports.

use chrono::{DateTime, Utc};
use quanheng_db::{
    deadlines::DeadlineRow,
    register::{self, CommitteeRow},
    reports,
};
use quanheng_domain::{
    committee::CommitteeState,
    deadline,
    event::ObjectKind,
    ids::EventId,
    lifecycle::DeadlineKind,
    notice::{Notice, NoticeFacts, NoticeKey},
    people::Actor,
    records::ReportState,
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx,
    committee::{seats, term},
    report, tell,
};

/// Acts on a deadline of a committee.
pub fn act(tx: &mut Tx<'_, '_>, row: &DeadlineRow) -> Result<&'static str, ActionError> {
    let mut committee =
        register::committee(tx.conn(), row.object_id.cast())?.ok_or(ActionError::NotFound)?;
    let mut due = Some(row.due_at);
    let key = match row.kind {
        DeadlineKind::TermWarning => NoticeKey::TermEnding,
        DeadlineKind::RenewalWindow => NoticeKey::RenewalOpen,
        DeadlineKind::ReportWarning | DeadlineKind::ReportEnd | DeadlineKind::ReportLateEnd => {
            let year = report_year(row);
            due = report_due(tx, row, &committee)?;
            let handed_in = reports::find(tx.conn(), committee.id, year)?.is_some_and(|report| {
                matches!(report.state, ReportState::Submitted | ReportState::Accepted)
            });
            if handed_in {
                return Ok("handed in");
            }
            if row.kind == DeadlineKind::ReportWarning {
                NoticeKey::ReportDue
            } else {
                NoticeKey::ReportLate
            }
        }
        DeadlineKind::TermEnd => {
            if committee.state == CommitteeState::InTerm
                && committee.term_end.is_some_and(|end| end <= tx.today())
            {
                committee.state = CommitteeState::Renewing;
                if !register::save_committee(tx.conn(), &mut committee)? {
                    return Err(ActionError::Conflict);
                }
            }
            NoticeKey::TermEnding
        }
        _ => return Ok("passed"),
    };
    let event: EventId = tx.record(
        NewEvent::new(
            ObjectKind::Committee,
            committee.id.cast(),
            &Actor::System,
            "deadline_passed",
        )
        .facts(json!({ "deadline": row.kind, "due_at": row.due_at })),
    )?;
    let about = seats::about(&committee);
    let mut facts = NoticeFacts { due, date: committee.term_end, ..seats::facts(&committee) };
    if matches!(key, NoticeKey::ReportDue | NoticeKey::ReportLate) {
        let year = report_year(row);
        facts.title = quanheng_domain::report::title(&committee.name_zh, year);
        facts.path = report::path(&committee, year);
    }
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok("told")
}

/// The day on which the report of the row is due; the last clock of one year's report starts those of the next.
fn report_due(
    tx: &mut Tx<'_, '_>,
    row: &DeadlineRow,
    committee: &CommitteeRow,
) -> Result<Option<DateTime<Utc>>, ActionError> {
    let today = tx.today();
    let profile = report::profile_of(tx.conn(), committee, today)?;
    let ended = matches!(committee.state, CommitteeState::Merged | CommitteeState::Dissolved);
    if row.kind == DeadlineKind::ReportLateEnd && !ended {
        term::report_clocks(tx, &profile, committee.id)?;
    }
    let days = report::DueDays::of(&profile, report_year(row));
    Ok(days.due.map(deadline::end_of).or(Some(row.due_at)))
}

// A report is due in the year after the one it is about.
fn report_year(row: &DeadlineRow) -> i32 {
    use chrono::Datelike;
    quanheng_domain::deadline::day_of(row.due_at).year() - 1
}
