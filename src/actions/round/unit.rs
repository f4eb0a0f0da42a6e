//! A unit gathers what its people have to say and sends it once (单位汇总): colleagues write, the contact edits, drops and sends.

use quanheng_db::{
    conn::AnyConn,
    register::{self, OrganisationRow},
    rounds::{self, CommentRow, RecipientRow},
    unit_remarks::{self, UnitRemarkRow},
};
use quanheng_domain::{
    Locale,
    comment::CommentSource,
    event::ObjectKind,
    ids::{ObjectId, PersonId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::RecipientClass,
};
use serde_json::json;

use super::{
    case::Case,
    receive::{self, Receipt},
    submit::late,
    text::{self, Author, Remark},
};
use crate::{
    ActionError, NewEvent, Tx,
    document::place,
    limits,
    names::{email_key, fold},
};

/// A round as the people of a unit see it that was asked in it.
#[derive(Debug, Clone)]
pub struct UnitRound {
    /// The round.
    pub case: Case,
    /// The unit.
    pub unit: OrganisationRow,
    /// The line under which the unit was asked.
    pub line: RecipientRow,
    /// Who answers for the unit, as far as the register knows.
    pub contact: Option<PersonId>,
    /// The actor.
    pub me: PersonId,
}

impl UnitRound {
    /// Whether the actor answers for the unit.
    pub fn is_contact(&self) -> bool {
        self.contact == Some(self.me)
    }
}

/// Reads a round for somebody whose unit was asked in it; members answer for themselves and gather nothing.
///
/// # Errors
/// `NotFound` for everybody else.
pub fn of_unit(
    conn: &mut AnyConn,
    actor: &Actor,
    round: RoundId,
) -> Result<UnitRound, ActionError> {
    let me = actor.person().ok_or(ActionError::NotFound)?.person;
    let own = register::person(conn, me)?.ok_or(ActionError::NotFound)?;
    let unit = own.organisation_id.ok_or(ActionError::NotFound)?;
    let unit = register::organisation(conn, unit)?.ok_or(ActionError::NotFound)?;
    let case = Case::read(conn, round)?;
    let name = fold(&unit.name_zh);
    let asked = |line: &RecipientRow| {
        line.class != RecipientClass::Member
            && (line.organisation_id == Some(unit.id) || fold(&line.name) == name)
    };
    let lines = rounds::recipients_of(conn, round)?;
    let line = lines.into_iter().find(asked).ok_or(ActionError::NotFound)?;
    let contact = match line.person_id {
        Some(person) => Some(person),
        None => match email_key(&line.address) {
            Some(key) => register::person_by_email(conn, &key)?.map(|person| person.id),
            None => None,
        },
    };
    Ok(UnitRound { case, unit, line, contact, me })
}

/// As [`of_unit`], under the lock of the project, while the unit can still write.
fn open(tx: &mut Tx<'_, '_>, actor: &Actor, round: RoundId) -> Result<UnitRound, ActionError> {
    let file = of_unit(tx.conn(), actor, round)?;
    tx.lock(file.case.project.id.cast())?;
    let file = of_unit(tx.conn(), actor, round)?;
    if file.case.parties(actor).contains(&Party::Drafter) {
        // The drafter answers comments and does not send them (2.4).
        let name = actor.person().map_or("", |person| person.name.as_str());
        return Err(Refusal::new(RefusalCode::Recused).with("person", name).into());
    }
    late(tx, &file.case)?;
    Ok(file)
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &UnitRemarkRow,
    kind: &str,
) -> Result<(), ActionError> {
    // An event of its own object: what a unit says before it sends is for nobody else, and no words stand in the ledger.
    let event = NewEvent::new(ObjectKind::Comment, row.id, actor, kind);
    let facts =
        json!({ "round": row.round_id, "unit": row.organisation_id, "version": row.version });
    tx.record(event.facts(facts))?;
    Ok(())
}

/// Something to say under one's unit.
#[derive(Debug, Clone)]
pub struct NoteRemark {
    /// The round.
    pub round: RoundId,
    /// What is said.
    pub remark: Remark,
}

/// Puts a remark to those of one's unit.
///
/// # Errors
/// `NotFound` for people whose unit was not asked, `Invalid`, `Refused` when the round takes nothing any more.
pub fn note_remark(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &NoteRemark,
) -> Result<ObjectId, ActionError> {
    let file = open(tx, actor, command.round)?;
    checked(&command.remark)?;
    let gathered = unit_remarks::of_unit(tx.conn(), command.round, file.unit.id)?;
    if waiting(&gathered).count() >= limits::COMMENTS_AT_ONCE {
        let fault = limits::too_long("body", limits::COMMENTS_AT_ONCE);
        return Err(ActionError::Invalid(vec![fault]));
    }
    let blank = UnitRemarkRow {
        id: tx.id(),
        version: 1,
        round_id: command.round,
        organisation_id: file.unit.id,
        person_id: file.me,
        clause: String::new(),
        kind: command.remark.kind,
        body: String::new(),
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
        written_at: tx.now(),
        changed_by: None,
        changed_at: None,
        dropped_at: None,
        sent_at: None,
    };
    let row = filled(blank, &command.remark);
    unit_remarks::insert(tx.conn(), &row)?;
    record(tx, actor, &row, "unit_remark_written")?;
    Ok(row.id)
}

fn checked(remark: &Remark) -> Result<(), ActionError> {
    let mut faults = Vec::new();
    remark.faults("", &mut faults);
    text::refuse(faults)
}

fn filled(row: UnitRemarkRow, remark: &Remark) -> UnitRemarkRow {
    UnitRemarkRow {
        clause: remark.clause.trim().to_owned(),
        kind: remark.kind,
        body: remark.body.trim().to_owned(),
        proposal: remark.proposal.trim().to_owned(),
        reason: remark.reason.trim().to_owned(),
        quote: remark.quote.trim().to_owned(),
        ..row
    }
}

/// What of the gathered would go out.
pub fn waiting(all: &[UnitRemarkRow]) -> impl Iterator<Item = &UnitRemarkRow> {
    all.iter().filter(|row| row.dropped_at.is_none() && row.sent_at.is_none())
}

/// A change of a gathered remark; nothing in place of the words drops it.
#[derive(Debug, Clone)]
pub struct ChangeRemark {
    /// The round.
    pub round: RoundId,
    /// The remark.
    pub id: ObjectId,
    /// What it says now; none drops it.
    pub remark: Option<Remark>,
    /// The version that was seen.
    pub if_version: Option<i64>,
}

/// Changes or drops a gathered remark: one's own, or as the contact any of the unit.
///
/// # Errors
/// `NotFound` for others' remarks, `Invalid`, `Conflict`, `Refused` for what was sent and when the round takes nothing any more.
pub fn change_remark(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &ChangeRemark,
) -> Result<(), ActionError> {
    let file = open(tx, actor, command.round)?;
    let row = unit_remarks::find(tx.conn(), command.id)?
        .filter(|row| row.round_id == command.round && row.organisation_id == file.unit.id)
        .filter(|row| file.is_contact() || row.person_id == file.me)
        .ok_or(ActionError::NotFound)?;
    if row.sent_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    if command.if_version.is_some_and(|seen| seen != row.version) {
        return Err(ActionError::Conflict);
    }
    let mut changed = match &command.remark {
        Some(remark) => {
            checked(remark)?;
            UnitRemarkRow { dropped_at: None, ..filled(row, remark) }
        }
        None => UnitRemarkRow { dropped_at: Some(tx.now()), ..row },
    };
    changed.changed_by = Some(file.me);
    changed.changed_at = Some(tx.now());
    if !unit_remarks::save(tx.conn(), &mut changed)? {
        return Err(ActionError::Conflict);
    }
    let dropped = command.remark.is_none();
    let kind = if dropped { "unit_remark_dropped" } else { "unit_remark_changed" };
    record(tx, actor, &changed, kind)
}

/// What a unit sends.
#[derive(Debug, Clone)]
pub struct SendUnit {
    /// The round.
    pub round: RoundId,
    /// The remarks that were seen, with their versions: nothing goes out that the contact has not read.
    pub seen: Vec<(ObjectId, i64)>,
    /// Whether the name of the unit may be shown in public.
    pub publish_name: bool,
}

/// Sends what a unit gathered, all at once and with one receipt; what comes afterwards can be sent in the same way.
///
/// # Errors
/// `NotFound` for people whose unit was not asked; `Refused` to others than the contact and when the round takes nothing any more;
/// `Invalid` where nothing was gathered; `Conflict` where it is not what was seen.
pub fn send_unit(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &SendUnit,
) -> Result<Receipt, ActionError> {
    let file = open(tx, actor, command.round)?;
    if !file.is_contact() {
        return Err(Refusal::new(RefusalCode::NotOnRoll).into());
    }
    let gathered = unit_remarks::of_unit(tx.conn(), command.round, file.unit.id)?;
    let out: Vec<UnitRemarkRow> = waiting(&gathered).cloned().collect();
    if out.is_empty() {
        let fault = FieldFault::new("comments", FaultCode::Missing);
        return Err(ActionError::Invalid(vec![fault]));
    }
    let mut there: Vec<(ObjectId, i64)> = out.iter().map(|row| (row.id, row.version)).collect();
    let mut seen = command.seen.clone();
    there.sort_unstable();
    seen.sort_unstable();
    if there != seen {
        return Err(ActionError::Conflict);
    }
    let late = late(tx, &file.case)?;
    let own = register::person(tx.conn(), file.me)?.ok_or(ActionError::NotFound)?;
    let author = Author {
        name: own.name_zh,
        contact: own.email.unwrap_or_default(),
        unit: file.unit.name_zh.clone(),
        publish_name: command.publish_name,
        locale: own.locale.parse().unwrap_or(Locale::Chinese),
    };
    let draft = file.case.round.document_id;
    let words = place::text_of(tx.conn(), draft)?;
    let words = place::Names::of(&words);
    let mut rows = Vec::new();
    for row in &out {
        let (class, way) = (file.line.class, CommentSource::Page);
        let made = receive::row(tx, &file.case, &author, class, &remark_of(row), way);
        let made = CommentRow { late, person_id: Some(file.me), ..made };
        rows.push(place::without_copy(made, &words));
    }
    let entered = rows.clone();
    let receipt = receive::enter(tx, actor, &file.case, rows, Some(file.line.clone()))?;
    for (made, row) in entered.iter().zip(&out) {
        place::note(tx, draft, &words, made, &row.quote)?;
    }
    for mut row in out {
        row.sent_at = Some(tx.now());
        if !unit_remarks::save(tx.conn(), &mut row)? {
            return Err(ActionError::Conflict);
        }
    }
    Ok(receipt)
}

/// A gathered remark as a comment is filled in.
pub fn remark_of(row: &UnitRemarkRow) -> Remark {
    Remark {
        clause: row.clause.clone(),
        kind: row.kind,
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        reason: row.reason.clone(),
        quote: row.quote.clone(),
    }
}
