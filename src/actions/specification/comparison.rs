//! Studies that compare a text with an international document (国际比对研究, FM-28, F55): begun with an owner and a day, filled line by
//! line, concluded.

use chrono::NaiveDate;
use quanheng_db::{
    comparisons::{self, ComparisonLineRow, ComparisonRow},
    deadlines::DeadlineRow,
    outbox::Recipient,
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    Keyed, Locale,
    comparison::{Difference, StudyConclusion},
    deadline,
    event::ObjectKind,
    ids::{EventId, ObjectId, SpecificationId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, OpenDeadline, reminders},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
    refusal::{Refusal, RefusalCode},
};
use serde_json::json;

use super::care;
use crate::{ActionError, NewEvent, Tx, clock, limits, names, tell};

/// A study to begin.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Our text.
    pub specification: SpecificationId,
    /// The international document with its edition.
    pub source: String,
    /// Who does it.
    pub owner: String,
    /// Where that one is reminded; may be empty, then the secretariat alone is.
    pub owner_address: String,
    /// By when.
    pub due_on: NaiveDate,
}

/// What is wrong with some fields: empty where they are needed, or longer than they may be.
fn checked(fields: &[(&str, &str, bool, usize)]) -> Vec<FieldFault> {
    let fault = |(field, text, needed, most): &(&str, &str, bool, usize)| {
        if *needed && text.trim().is_empty() {
            Some(FieldFault::new(*field, FaultCode::Missing))
        } else {
            (text.chars().count() > *most).then(|| limits::too_long(*field, *most))
        }
    };
    fields.iter().filter_map(fault).collect()
}

/// Begins a study.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` for empty fields and a day that is over, `NotFound`.
pub fn begin(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Begin) -> Result<ObjectId, ActionError> {
    let edition =
        specifications::find(tx.conn(), command.specification)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let mut faults = checked(&[
        ("source", &command.source, true, limits::TITLE),
        ("owner", &command.owner, true, limits::TITLE),
    ]);
    if command.due_on < tx.today() {
        faults.push(FieldFault::new("due_on", FaultCode::Over));
    }
    let address = command.owner_address.trim();
    let owner_address = names::email_key(address).unwrap_or_default();
    if !address.is_empty() && owner_address.is_empty() {
        faults.push(FieldFault::new("owner_address", FaultCode::NotAnAddress));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let row = ComparisonRow {
        id: tx.id(),
        specification_id: edition.id,
        source: command.source.trim().to_owned(),
        owner: command.owner.trim().to_owned(),
        due_on: command.due_on,
        opened_at: tx.now(),
        opened_by: actor.person().map(|person| person.person),
        conclusion: None,
        note: String::new(),
        concluded_at: None,
        owner_address,
    };
    comparisons::add(tx.conn(), &row)?;
    let facts =
        json!({ "study": row.id, "source": row.source, "owner": row.owner, "due_on": row.due_on });
    record(tx, actor, &row, "comparison_begun", "", facts)?;
    let profile = clock::profile_of(tx, &edition)?;
    let due = deadline::end_of(row.due_on);
    let mut clocks = vec![OpenDeadline { kind: DeadlineKind::StudyEnd, due_at: due }];
    clocks.extend(reminders(DeadlineKind::StudyWarning, &profile, tx.now(), due));
    for one in &clocks {
        tx.add_deadline(ObjectKind::Specification, edition.id.cast(), one)?;
    }
    Ok(row.id)
}

/// Tells who does a study, and the secretariat, that it is due soon or overdue, unless it is concluded. A clock and its study were opened in one moment.
///
/// # Errors
/// Storage trouble.
pub fn remind(
    tx: &mut Tx<'_, '_>,
    edition: &SpecificationRow,
    row: &DeadlineRow,
    key: NoticeKey,
) -> Result<&'static str, ActionError> {
    let all = comparisons::of_edition(tx.conn(), edition.id)?;
    let running = all.iter().filter(|study| study.concluded_at.is_none());
    let mut word = "concluded";
    for study in running.filter(|study| study.opened_at == row.opened_at) {
        let kind =
            if key == NoticeKey::StudyOverdue { "comparison_late" } else { "comparison_near" };
        let facts = json!({ "study": study.id, "due_on": study.due_on });
        let event = record(tx, &Actor::System, study, kind, "", facts)?;
        let item = NoticeItem {
            label: study.source.clone(),
            text: study.owner.clone(),
            ..NoticeItem::default()
        };
        let facts = clock::edition_facts(tx, edition)?;
        let facts = NoticeFacts {
            path: format!("{}/comparisons#study-{}", facts.path, study.id),
            due: Some(deadline::end_of(study.due_on)),
            date: None,
            items: vec![item],
            ..facts
        };
        let mut about = clock::about_edition(edition);
        if !study.owner_address.is_empty() {
            about.concerned.push(Recipient {
                person: None,
                name: study.owner.clone(),
                address: study.owner_address.clone(),
                locale: Locale::Chinese.key().to_owned(),
            });
        }
        tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
        word = "told";
    }
    Ok(word)
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &ComparisonRow,
    kind: &str,
    note: &str,
    facts: serde_json::Value,
) -> Result<EventId, ActionError> {
    let object = row.specification_id.cast();
    let event = NewEvent::new(ObjectKind::Specification, object, actor, kind);
    tx.record(event.note(note).facts(facts))
}

/// The study, if the actor may work on it and it runs.
fn running(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    study: ObjectId,
) -> Result<ComparisonRow, ActionError> {
    tx.lock(study)?;
    let row = comparisons::find(tx.conn(), study)?.ok_or(ActionError::NotFound)?;
    let edition =
        specifications::find(tx.conn(), row.specification_id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    if row.concluded_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    Ok(row)
}

/// A line to enter.
#[derive(Debug, Clone)]
pub struct Line {
    /// The study.
    pub study: ObjectId,
    /// Clause of our text.
    pub clause: String,
    /// Clause of theirs.
    pub source_clause: String,
    /// What is compared.
    pub indicator: String,
    /// What ours says.
    pub ours: String,
    /// What theirs says.
    pub theirs: String,
    /// How they stand to each other.
    pub difference: Difference,
    /// Why.
    pub cause: String,
}

/// Enters a line of a study; its number.
///
/// # Errors
/// `Refused` for others than secretariat and officers and once the study is concluded; `Invalid` for empty fields, and for a technical
/// difference without its cause; `NotFound`.
pub fn add_line(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Line) -> Result<i32, ActionError> {
    let row = running(tx, actor, command.study)?;
    let difference = command.difference;
    let faults = checked(&[
        ("clause", &command.clause, difference != Difference::TheirsOnly, limits::NAME),
        ("source_clause", &command.source_clause, difference != Difference::OursOnly, limits::NAME),
        ("indicator", &command.indicator, true, limits::TITLE),
        ("ours", &command.ours, difference != Difference::TheirsOnly, limits::NOTE),
        ("theirs", &command.theirs, difference != Difference::OursOnly, limits::NOTE),
        ("cause", &command.cause, difference.needs_cause(), limits::NOTE),
    ]);
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let there = comparisons::lines_of(tx.conn(), &[row.id])?;
    let text = |text: &str| text.trim().to_owned();
    let line = ComparisonLineRow {
        comparison_id: row.id,
        ordinal: there.last().map_or(1, |last| last.ordinal + 1),
        clause: text(&command.clause),
        source_clause: text(&command.source_clause),
        indicator: text(&command.indicator),
        ours: text(&command.ours),
        theirs: text(&command.theirs),
        difference,
        cause: text(&command.cause),
    };
    comparisons::add_line(tx.conn(), &line)?;
    let facts = json!({ "study": row.id, "line": line.ordinal, "difference": difference });
    record(tx, actor, &row, "comparison_line_entered", "", facts)?;
    Ok(line.ordinal)
}

/// A line to take out.
#[derive(Debug, Clone)]
pub struct StrikeLine {
    /// The study.
    pub study: ObjectId,
    /// Which line.
    pub ordinal: i32,
}

/// Takes a line out of a study that runs.
///
/// # Errors
/// As [`add_line`]; `Invalid` for a line that is not there.
pub fn strike_line(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &StrikeLine,
) -> Result<(), ActionError> {
    let row = running(tx, actor, command.study)?;
    if !comparisons::remove_line(tx.conn(), row.id, command.ordinal)? {
        return Err(ActionError::Invalid(vec![FieldFault::new("line", FaultCode::Unknown)]));
    }
    let facts = json!({ "study": row.id, "line": command.ordinal });
    record(tx, actor, &row, "comparison_line_struck", "", facts)?;
    Ok(())
}

/// What a study concludes.
#[derive(Debug, Clone)]
pub struct Conclude {
    /// The study.
    pub study: ObjectId,
    /// The conclusion.
    pub conclusion: StudyConclusion,
    /// In words.
    pub note: String,
}

/// Concludes a study.
///
/// # Errors
/// `Refused` for others than secretariat and officers and once it is concluded; `Invalid` without words and for a study without any
/// line; `NotFound`.
pub fn conclude(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Conclude) -> Result<(), ActionError> {
    let mut row = running(tx, actor, command.study)?;
    let mut faults = checked(&[("note", &command.note, true, limits::NOTE)]);
    if comparisons::lines_of(tx.conn(), &[row.id])?.is_empty() {
        faults.push(FieldFault::new("conclusion", FaultCode::TooEarly));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    row.conclusion = Some(command.conclusion);
    row.note = command.note.trim().to_owned();
    row.concluded_at = Some(tx.now());
    comparisons::save(tx.conn(), &row)?;
    let facts = json!({ "study": row.id, "source": row.source, "conclusion": command.conclusion });
    record(tx, actor, &row, "comparison_concluded", &row.note, facts)?;
    Ok(())
}
