//! What the people of a unit write together before their unit sends it (单位汇总); nobody outside the unit ever reads it here.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    comment::CommentKind,
    ids::{ObjectId, OrganisationId, PersonId, RoundId},
    lifecycle::RoundStatus,
};

use crate::{
    bind,
    conn::AnyConn,
    rounds::{RecipientRow, RoundRow},
    row,
    schema::{round_recipients, rounds, unit_remarks},
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

/// Running rounds in which a unit was asked and has not answered, with the line of the one who answers for it; those that close first at
/// the head. A unit is known by its identity or, where it is not in the register, by its name.
pub fn owed_by_unit(
    conn: &mut AnyConn,
    unit: OrganisationId,
    name: &str,
) -> QueryResult<Vec<(RoundRow, RecipientRow)>> {
    round_recipients::table
        .inner_join(rounds::table.on(rounds::id.eq(round_recipients::round_id)))
        .filter(rounds::status.eq(bind(RoundStatus::Running)))
        .filter(round_recipients::answered_at.is_null())
        .filter(
            round_recipients::organisation_id
                .eq(bind(Some(unit)))
                .or(round_recipients::name.nullable().eq(name)),
        )
        .order((rounds::closes_at, rounds::id))
        .select((RoundRow::as_select(), RecipientRow::as_select()))
        .load(conn)
}
