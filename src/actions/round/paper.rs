//! Comments that came by letter, mail or in a meeting, entered by the secretariat with their source.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    clauses, documents,
    rounds::{self, CommentRow, RecipientRow},
};
use quanheng_domain::{
    comment::{Arrival, CommentSource, arrival},
    deadline,
    ids::{DocumentId, ObjectId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    rules::{LatePolicy, RecipientClass, keys},
};

use super::{
    case::Case,
    receive::{self, Receipt},
    text::{self, Author, Remark},
};
use crate::{ActionError, Tx, document::place};

/// Comments on paper.
#[derive(Debug, Clone)]
pub struct EnterPaper {
    /// The round.
    pub round: RoundId,
    /// Who wrote them; may be nameless (edge case 16).
    pub author: Author,
    /// Class of the author.
    pub class: RecipientClass,
    /// Letter, mail or meeting, or a table that came by one of them.
    pub source: CommentSource,
    /// Day on which they reached the secretariat; it decides whether they are late.
    pub received_on: NaiveDate,
    /// The comments.
    pub remarks: Vec<Remark>,
    /// Scan of the paper, a document of the project.
    pub scan: Option<DocumentId>,
    /// Whose answer they are among those asked.
    pub recipient: Option<ObjectId>,
}

/// Enters comments that came on paper; they count at once.
///
/// # Errors
/// `Refused` to others than the secretariat, and when the round takes none (any more); `Invalid`; `NotFound`.
pub fn enter_paper(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &EnterPaper,
) -> Result<Receipt, ActionError> {
    let case = Case::of_round(tx, command.round)?;
    case.require(actor, &[Party::Secretariat])?;
    case.must_not_have_ended()?;
    let mut faults = faults(tx.today(), &case, command);
    if let Some(scan) = command.scan {
        let there =
            documents::get(tx.conn(), scan)?.filter(|row| row.project_id == case.project.id);
        if there.is_none() {
            faults.push(FieldFault::new("scan", FaultCode::Unknown));
        }
    }
    let asked = match command.recipient {
        Some(id) => rounds::recipient(tx.conn(), id)?.filter(|line| line.round_id == case.round.id),
        None => None,
    };
    if command.recipient.is_some() && asked.is_none() {
        faults.push(FieldFault::new("recipient", FaultCode::Unknown));
    }
    text::refuse(faults)?;
    let policy = case.profile(tx)?.get(keys::COMMENT_LATE_POLICY);
    let rows = rows_of(tx, &case, policy, command, asked.as_ref())?;
    let text = place::text_of(tx.conn(), case.round.document_id)?;
    let names = place::Names::of(&text);
    let placed = rows.iter().zip(&command.remarks);
    let places: Vec<_> = placed
        .filter_map(|(row, remark)| {
            place::given(case.round.document_id, &names, row, &remark.quote)
        })
        .collect();
    let receipt = receive::enter(tx, actor, &case, rows, asked)?;
    clauses::insert_places(tx.conn(), &places)?;
    Ok(receipt)
}

/// Comments on paper, whose faults were looked for, as rows without numbers.
pub(super) fn rows_of(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    policy: LatePolicy,
    command: &EnterPaper,
    asked: Option<&RecipientRow>,
) -> Result<Vec<CommentRow>, ActionError> {
    let (received_at, late) = arrived(tx, case, policy, command.received_on)?;
    let class = asked.map_or(command.class, |line| line.class);
    let row = |remark: &Remark| {
        let row = receive::row(tx, case, &command.author, class, remark, command.source);
        CommentRow { late, received_at, scan_id: command.scan, ..row }
    };
    Ok(command.remarks.iter().map(row).collect())
}

/// The instant for which a day of receipt stands, and whether it is late.
///
/// # Errors
/// Refused where the profile takes no late comments.
pub(super) fn arrived(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    policy: LatePolicy,
    received_on: NaiveDate,
) -> Result<(DateTime<Utc>, bool), ActionError> {
    let today = tx.today();
    // A day stands for its first instant: what came on the last day is in time, what came on the first is not before the opening.
    let received_at = if received_on == today {
        tx.now()
    } else {
        deadline::start_of(received_on).max(case.round.opens_at)
    };
    match arrival(received_at, case.round.opens_at, case.round.closes_at, policy) {
        Ok(arrived) => Ok((received_at, arrived == Arrival::Late)),
        Err(refusal) => Err(refusal.citing(&*case.profile(tx)?).into()),
    }
}

/// What is wrong with comments on paper before any rule is asked.
pub(super) fn faults(today: NaiveDate, case: &Case, command: &EnterPaper) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    command.author.faults(false, &mut faults);
    text::faults_of(&command.remarks, &mut faults);
    if !matches!(
        command.source,
        CommentSource::Letter
            | CommentSource::Mail
            | CommentSource::Meeting
            | CommentSource::Import
    ) {
        faults.push(FieldFault::new("source", FaultCode::NotAChoice));
    }
    let opened_on = deadline::day_of(case.round.opens_at);
    if command.received_on > today {
        faults.push(FieldFault::new("received_on", FaultCode::NotYet));
    } else if command.received_on < opened_on {
        faults.push(FieldFault::new("received_on", FaultCode::TooEarly));
    }
    faults
}
