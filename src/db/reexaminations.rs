//! Yearly plans of re-examination (年度复审计划) and the evidence that speaks for it, read for many editions at once.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::count_star, prelude::*};
use quanheng_domain::{
    ids::{CommitteeId, PersonId, SpecificationId},
    records::AnnouncementAct,
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{announcement_items, feedback, reexamination_plans, text_reads},
};

row! {
    /// A row of `reexamination_plans`.
    pub struct PlanRow in reexamination_plans {
        key {
            /// The committee.
            committee_id: CommitteeId,
            /// The year in which it is to be done.
            year: i32,
            /// The edition.
            specification_id: SpecificationId,
        }
        /// When it was planned.
        planned_at: DateTime<Utc>,
        /// By whom.
        planned_by: Option<PersonId>,
    }
}

/// The plans of a committee, the last year first.
pub fn plans_of(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Vec<PlanRow>> {
    reexamination_plans::table
        .filter(reexamination_plans::committee_id.eq(bind(committee)))
        .order((reexamination_plans::year.desc(), reexamination_plans::specification_id))
        .select(PlanRow::as_select())
        .load(conn)
}

/// Enters a planned re-examination.
pub fn add(conn: &mut AnyConn, row: &PlanRow) -> QueryResult<()> {
    diesel::insert_into(reexamination_plans::table).values(row).execute(conn).map(drop)
}

type Counts = Vec<(SpecificationId, i64)>;

/// How many feedback cases each of some editions has had.
pub fn feedback_counts(conn: &mut AnyConn, ids: &[SpecificationId]) -> QueryResult<Counts> {
    feedback::table
        .filter(feedback::specification_id.eq_any(ids.iter().copied().map(bind)))
        .group_by(feedback::specification_id)
        .select((feedback::specification_id, count_star()))
        .load(conn)
}

/// How many amendments and corrigenda each of some editions has.
pub fn amendment_counts(conn: &mut AnyConn, ids: &[SpecificationId]) -> QueryResult<Counts> {
    announcement_items::table
        .filter(announcement_items::specification_id.eq_any(ids.iter().copied().map(bind)))
        .filter(announcement_items::act.eq(bind(AnnouncementAct::Amends)))
        .group_by(announcement_items::specification_id)
        .select((announcement_items::specification_id, count_star()))
        .load(conn)
}

/// The editions among some whose text was read since a day.
pub fn read_since(
    conn: &mut AnyConn,
    ids: &[SpecificationId],
    day: NaiveDate,
) -> QueryResult<Vec<SpecificationId>> {
    text_reads::table
        .filter(text_reads::specification_id.eq_any(ids.iter().copied().map(bind)))
        .filter(text_reads::on_day.ge(day))
        .select(text_reads::specification_id)
        .distinct()
        .load(conn)
}
