//! From an approved text to an edition in the register: number, announcement, force, replaced editions, and the clocks that follow (rows 22 to 32).

use chrono::NaiveDate;
use quanheng_db::{
    projects::{self, ProjectReplaceRow, ProjectRow},
    register,
    specifications::{
        self, AnnouncementItemRow, AnnouncementRow, ReplacementRow, SpecificationRow,
    },
};
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::SpecificationId,
    lifecycle::{DeadlineKind, FaultCode, Field, FieldFault, OpenDeadline, ProjectKind, reminders},
    number::SpecNumber,
    people::Actor,
    records::AnnouncementAct,
    rules::{Profile, keys},
};
use serde_json::json;

use crate::{
    ActionError, NewEvent, Tx, profiles, project::carry::Carried, project::details::Details, search,
};

fn fault(field: Field, code: FaultCode) -> ActionError {
    ActionError::Invalid(vec![FieldFault::new(field.to_string(), code)])
}

/// Gives the project its specification number and notes what it will replace (row 22). The number is taken from now on and never given twice.
pub fn number(
    tx: &mut Tx<'_, '_>,
    row: &mut ProjectRow,
    typed: &str,
    replaces: &str,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    let mut numbers = super::joint::read(tx.conn(), row, typed)?.into_iter();
    let Some((own, _)) = numbers.next() else {
        return Err(fault(Field::SpecificationNumber, FaultCode::NotANumber));
    };
    let others: Vec<_> = numbers.collect();
    let replaced = replaced_editions(tx, row, replaces)?;
    let edition = draft_edition(tx, row, &own)?;
    specifications::insert(tx.conn(), &edition)?;
    super::joint::keep(tx, edition.id, &others)?;
    super::cover::prepare(tx, row, edition.id, &edition.committee_printed)?;
    for (id, whole) in replaced {
        let link = ProjectReplaceRow {
            project_id: row.id,
            specification_id: id,
            whole,
            detail: String::new(),
        };
        projects::add_replaced(tx.conn(), &link)?;
    }
    let mut details = Details::read(&row.details)?;
    details.reserved_number = edition.number.clone();
    row.details = details.write()?;
    row.specification_id = Some(edition.id);
    carried.specification = Some(edition.id);
    Ok(())
}

// One number a line; 部分 or "part" behind it marks a partial replacement.
fn replaced_editions(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    text: &str,
) -> Result<Vec<(SpecificationId, bool)>, ActionError> {
    let mut found = Vec::new();
    let lines = text.split(['\n', ';', '；']).map(str::trim);
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let unknown = || {
            let field = Field::Replaces.to_string();
            ActionError::Invalid(vec![FieldFault::in_line(field, FaultCode::UnknownInLine, at)])
        };
        let whole = !(line.ends_with("部分") || line.to_lowercase().ends_with("part"));
        let number = line
            .trim_end_matches("部分")
            .trim_end_matches("part")
            .trim_matches(|c: char| c.is_whitespace() || "()（）".contains(c));
        let parsed = SpecNumber::parse(number).map_err(|_| unknown())?;
        let edition = specifications::by_number(tx.conn(), &parsed.number.canonical())?
            .ok_or_else(unknown)?;
        found.push((edition.id, whole));
    }
    // What the project set out to revise is replaced unless the officer lists it otherwise.
    if row.kind == ProjectKind::Revise && found.is_empty() {
        found.extend(row.specification_id.map(|id| (id, true)));
    }
    Ok(found)
}

fn draft_edition(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    number: &SpecNumber,
) -> Result<SpecificationRow, ActionError> {
    let committee = match row.committee_id {
        Some(id) => register::committee(tx.conn(), id)?
            .map(|committee| committee.name_zh)
            .unwrap_or_default(),
        None => String::new(),
    };
    let units: Vec<_> =
        projects::units_of(tx.conn(), row.id)?.iter().map(|unit| unit.organisation_id).collect();
    let names: Vec<String> = register::organisations_by(tx.conn(), &units)?
        .into_iter()
        .map(|unit| unit.name_zh)
        .collect();
    let canonical = number.canonical();
    Ok(SpecificationRow {
        id: tx.id(),
        version: 1,
        number: canonical.clone(),
        number_key: canonical.clone(),
        sort_key: number.sort_key(),
        series: number.series().to_string(),
        mark: number.mark().unwrap_or_default().to_owned(),
        sequence: i32::try_from(number.sequence()).unwrap_or(i32::MAX),
        year: i32::from(number.year()),
        category: row.category,
        level: row.level,
        title_zh: row.title_zh.clone(),
        title_en: row.title_en.clone(),
        title_basis: String::new(),
        issued_on: String::new(),
        effective_on: String::new(),
        abolished_on: String::new(),
        reported_status: String::new(),
        reported_basis: String::new(),
        adoption: row.adoption,
        adopted_source: Details::read(&row.details)?.international,
        committee_id: row.committee_id,
        committee_printed: committee,
        authority_id: row.authority_id,
        drafting_units: names.join(";"),
        project_id: Some(row.id),
        announcement: String::new(),
        last_reexamined_on: None,
        note: String::new(),
        search_text: search_text(&canonical, &row.title_zh, &row.title_en),
        created_at: tx.now(),
    })
}

/// What the catalogue's search looks through: number in its plain form, titles, folded.
pub fn search_text(number: &str, title_zh: &str, title_en: &str) -> String {
    crate::names::fold(&format!("{number}|{title_zh}|{title_en}"))
}

/// Publishes the text: announcement, dates, replaced editions, the clocks of force, evaluation and re-examination (row 23).
#[allow(clippy::too_many_arguments, reason = "the fields of one form")]
pub fn publish(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &mut ProjectRow,
    announcement: &str,
    issued_on: NaiveDate,
    effective_on: NaiveDate,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    let id = row.specification_id.ok_or(ActionError::NotFound)?;
    let mut edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    carried.specification = Some(id);
    let act = if matches!(row.kind, ProjectKind::Amendment | ProjectKind::Corrigendum) {
        AnnouncementAct::Amends
    } else {
        AnnouncementAct::Issues
    };
    announce(tx, row, announcement, issued_on, id, act, effective_on)?;
    if act == AnnouncementAct::Amends {
        let slip = super::slip::publish(tx, row, id, (announcement, issued_on, effective_on))?;
        if let Some(own) = edition.project_id {
            search::refresh(tx, own)?;
        }
        return record(
            tx,
            actor,
            id,
            "amended",
            json!({ "project": row.id, "slip": slip, "announcement": announcement, "effective_on": effective_on }),
        );
    }
    edition.issued_on = issued_on.to_string();
    edition.effective_on = effective_on.to_string();
    announcement.clone_into(&mut edition.announcement);
    save(tx, &mut edition)?;
    search::refresh(tx, row.id)?;
    for replaced in projects::replaces_of(tx.conn(), row.id)? {
        let link = ReplacementRow {
            new_id: id,
            old_id: replaced.specification_id,
            whole: replaced.whole,
            detail: replaced.detail,
            basis: announcement.to_owned(),
        };
        specifications::put_link(tx.conn(), &link)?;
        carried.replaced.push(replaced.specification_id);
    }
    record(
        tx,
        actor,
        id,
        "published",
        json!({ "project": row.id, "announcement": announcement, "issued_on": issued_on, "effective_on": effective_on }),
    )?;
    clocks(tx, row, id, issued_on, effective_on)
}

fn save(tx: &mut Tx<'_, '_>, edition: &mut SpecificationRow) -> Result<(), ActionError> {
    if specifications::save(tx.conn(), edition)? { Ok(()) } else { Err(ActionError::Conflict) }
}

fn record(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    id: SpecificationId,
    kind: &str,
    facts: serde_json::Value,
) -> Result<(), ActionError> {
    tx.record(NewEvent::new(ObjectKind::Specification, id.cast(), actor, kind).facts(facts))?;
    Ok(())
}

fn announce(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    number: &str,
    day: NaiveDate,
    edition: SpecificationId,
    act: AnnouncementAct,
    effective_on: NaiveDate,
) -> Result<(), ActionError> {
    let announcement_id = match specifications::announcement_by_number(tx.conn(), number)? {
        Some(found) => found.id,
        None => {
            let new = AnnouncementRow {
                id: tx.id(),
                number: number.to_owned(),
                title: String::new(),
                kind: "approval".to_owned(),
                on_day: Some(day),
                authority_id: row.authority_id,
                body: String::new(),
                complete: true,
                created_at: tx.now(),
            };
            specifications::insert_announcement(tx.conn(), &new)?;
            new.id
        }
    };
    let item = AnnouncementItemRow {
        announcement_id,
        specification_id: edition,
        act,
        effective_on: effective_on.to_string(),
    };
    specifications::add_announcement_item(tx.conn(), &item)?;
    Ok(())
}

// The clocks of a published edition: full text, force and its reminder, effect evaluation, re-examination.
fn clocks(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    id: SpecificationId,
    issued_on: NaiveDate,
    effective_on: NaiveDate,
) -> Result<(), ActionError> {
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    let calendar = profiles::calendar(tx.conn())?;
    let full_text = deadline::compute(
        issued_on,
        profile.get(keys::FULLTEXT_OPEN_WORKDAYS),
        deadline::Direction::After,
        &calendar,
    )
    .ends_at;
    open(tx, id, DeadlineKind::FullText, full_text)?;
    let force = deadline::start_of(effective_on);
    open(tx, id, DeadlineKind::Force, force)?;
    let warnings = reminders(DeadlineKind::ForceWarning, &profile, tx.now(), force);
    tx.open_deadlines(ObjectKind::Specification, id.cast(), &warnings)?;
    let evaluation =
        deadline::corresponding_day(effective_on, profile.get(keys::EFFECT_EVAL_MONTHS));
    open(tx, id, DeadlineKind::Evaluation, deadline::end_of(evaluation))?;
    schedule_reexamination(tx, &profile, id, effective_on)
}

/// Schedules the next re-examination from the first day of force or the last confirmation (row 27).
pub fn schedule_reexamination(
    tx: &mut Tx<'_, '_>,
    profile: &Profile,
    id: SpecificationId,
    from: NaiveDate,
) -> Result<(), ActionError> {
    let due = deadline::corresponding_day(from, profile.get(keys::REEXAM_YEARS));
    let notice = profile.get(keys::REEXAM_NOTICE_MONTHS);
    let near = due.checked_sub_months(chrono::Months::new(notice.amount)).unwrap_or(due);
    open(tx, id, DeadlineKind::ReexaminationNotice, deadline::start_of(near))?;
    open(tx, id, DeadlineKind::ReexaminationStart, deadline::start_of(due))
}

fn open(
    tx: &mut Tx<'_, '_>,
    id: SpecificationId,
    kind: DeadlineKind,
    due_at: chrono::DateTime<chrono::Utc>,
) -> Result<(), ActionError> {
    tx.open_deadline(ObjectKind::Specification, id.cast(), &OpenDeadline { kind, due_at })
}

/// Confirms an edition after re-examination and schedules the next one (row 29).
pub fn confirm(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &ProjectRow,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    let id = row.specification_id.ok_or(ActionError::NotFound)?;
    let today = tx.today();
    let mut edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    edition.last_reexamined_on = Some(today);
    save(tx, &mut edition)?;
    carried.specification = Some(id);
    record(tx, actor, id, "confirmed", json!({ "case": row.id, "on": today }))?;
    let profile = profiles::load(tx.conn(), row.profile_id)?;
    schedule_reexamination(tx, &profile, id, today)
}

/// Abolishes an edition from a day on (row 32); its number is never given again.
pub fn abolish(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &ProjectRow,
    announcement: &str,
    on: NaiveDate,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    let id = row.specification_id.ok_or(ActionError::NotFound)?;
    let today = tx.today();
    let mut edition = specifications::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    edition.abolished_on = on.to_string();
    save(tx, &mut edition)?;
    carried.specification = Some(id);
    announce(tx, row, announcement, today, id, AnnouncementAct::Abolishes, on)?;
    record(
        tx,
        actor,
        id,
        "abolished",
        json!({ "case": row.id, "announcement": announcement, "on": on }),
    )?;
    tx.close_deadlines(
        id.cast(),
        &[
            DeadlineKind::ReexaminationNotice,
            DeadlineKind::ReexaminationStart,
            DeadlineKind::Evaluation,
            DeadlineKind::FullText,
        ],
        "abolished",
    )
}
