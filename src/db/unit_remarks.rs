//! What the people of a unit write together before their unit sends it (单位汇总); nobody outside the unit ever reads it here.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::CommentKind,
    ids::{ObjectId, OrganisationId, PersonId, RoundId},
    lifecycle::RoundStatus,
    rules::RecipientClass,
};

use crate::{
    bind,
    conn::AnyConn,
    rounds::{RecipientRow, RoundRow},
    row,
    schema::{organisations, people, round_recipients, rounds, unit_remarks},
};

row! {
    /// A row of `unit_remarks`.
    pub struct UnitRemarkRow in unit_remarks {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The round.
        round_id: RoundId,
        /// The unit.
        organisation_id: OrganisationId,
        /// Who wrote it.
        person_id: PersonId,
        /// Clause; empty for the text as a whole.
        clause: String,
        /// Kind.
        kind: CommentKind,
        /// What it says.
        body: String,
        /// Wording proposed.
        proposal: String,
        /// Reason.
        reason: String,
        /// Words of the clause that it is about.
        quote: String,
        /// When it was written.
        written_at: DateTime<Utc>,
        /// Who changed it last.
        changed_by: Option<PersonId>,
        /// When it was changed.
        changed_at: Option<DateTime<Utc>>,
        /// When it was dropped; it does not go out.
        dropped_at: Option<DateTime<Utc>>,
        /// When the unit sent it.
        sent_at: Option<DateTime<Utc>>,
    }
}

/// What a unit gathered in a round, the first first.
pub fn of_unit(
    conn: &mut AnyConn,
    round: RoundId,
    unit: OrganisationId,
) -> QueryResult<Vec<UnitRemarkRow>> {
    unit_remarks::table
        .filter(unit_remarks::round_id.eq(bind(round)))
        .filter(unit_remarks::organisation_id.eq(bind(unit)))
        .order(unit_remarks::id)
        .select(UnitRemarkRow::as_select())
        .load(conn)
}

/// One of them by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<UnitRemarkRow>> {
    unit_remarks::table.find(bind(id)).select(UnitRemarkRow::as_select()).first(conn).optional()
}

/// Enters one.
pub fn insert(conn: &mut AnyConn, row: &UnitRemarkRow) -> QueryResult<()> {
    diesel::insert_into(unit_remarks::table).values(row).execute(conn).map(drop)
}

/// Saves one if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut UnitRemarkRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let kept = unit_remarks::table.find(bind(row.id)).filter(unit_remarks::version.eq(read));
    Ok(diesel::update(kept).set(&*row).execute(conn)? == 1)
}

/// Running rounds in which the unit of a person was asked, with the line under which it was; those that close first at the head. Members
/// answer for themselves. A unit is known by its identity or, where it was asked by letter, by its name.
pub fn asked_through(
    conn: &mut AnyConn,
    person: PersonId,
) -> QueryResult<Vec<(RoundRow, RecipientRow)>> {
    let unit = people::table.filter(people::id.eq(bind(person))).select(people::organisation_id);
    let name = organisations::table
        .inner_join(people::table.on(people::organisation_id.eq(organisations::id.nullable())))
        .filter(people::id.eq(bind(person)))
        .select(organisations::name_zh);
    round_recipients::table
        .inner_join(rounds::table.on(rounds::id.eq(round_recipients::round_id)))
        .filter(rounds::status.eq(bind(RoundStatus::Running)))
        .filter(round_recipients::class.ne(bind(RecipientClass::Member)))
        .filter(
            round_recipients::organisation_id
                .eq_any(unit)
                .or(round_recipients::name.eq_any(name).nullable()),
        )
        .order((rounds::closes_at, rounds::id))
        .select((RoundRow::as_select(), RecipientRow::as_select()))
        .load(conn)
}
