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
            match report_rings(tx, &committee, row)? {
                Some((key, day)) => {
                    due = day.or(due);
                    key
                }
                None => return Ok("handed in"),
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

/// A letter, and the end of the day on which what it asks for is due.
type Ring = (NoticeKey, Option<DateTime<Utc>>);

/// What a clock of the yearly report says, with the end of the day on which it is due; nothing once it was handed in.
fn report_rings(
    tx: &mut Tx<'_, '_>,
    committee: &CommitteeRow,
    row: &DeadlineRow,
) -> Result<Option<Ring>, ActionError> {
    let (year, today) = (report_year(row), tx.today());
    let profile = report::profile_of(tx.conn(), committee, today)?;
    // The last clock of one year's report starts those of the next.
    if row.kind == DeadlineKind::ReportLateEnd && report::owes(committee) {
        term::report_clocks(tx, &profile, committee.id)?;
    }
    let handed_in = reports::find(tx.conn(), committee.id, year)?.is_some_and(|report| {
        matches!(report.state, ReportState::Submitted | ReportState::Accepted)
    });
    let key = match row.kind {
        _ if handed_in => return Ok(None),
        DeadlineKind::ReportWarning => NoticeKey::ReportDue,
        _ => NoticeKey::ReportLate,
    };
    Ok(Some((key, report::DueDays::of(&profile, year).due.map(deadline::end_of))))
}

// A report is due in the year after the one it is about.
fn report_year(row: &DeadlineRow) -> i32 {
    use chrono::Datelike;
    quanheng_domain::deadline::day_of(row.due_at).year() - 1
}
