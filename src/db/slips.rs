//! Amendment slips and corrigenda (修改单、勘误): their items, and when they came into force.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{PersonId, ProjectId, SpecificationId},
    lifecycle::ProjectKind,
    slip::{SlipAct, SlipItem},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{slip_items, slips},
};

row! {
    /// A row of `slips`: one that was published.
    pub struct SlipRow in slips {
        key {
            /// The project that made it.
            project_id: ProjectId,
        }
        /// The edition that it changes.
        specification_id: SpecificationId,
        /// Amendment slip or corrigendum.
        kind: ProjectKind,
        /// Which of its kind for the edition, from 1 (第几号).
        ordinal: i32,
        /// Number of the announcement.
        announcement: String,
        /// Day of issue.
        issued_on: NaiveDate,
        /// First day on which the text reads so.
        effective_on: NaiveDate,
    }
}

row! {
    /// A row of `slip_items`.
    pub struct SlipItemRow in slip_items {
        key {
            /// The project.
            project_id: ProjectId,
            /// Which item, from 1; a struck one leaves a gap.
            ordinal: i32,
        }
        /// What it does.
        kind: SlipAct,
        /// The clause it touches.
        clause: String,
        /// Number of an added clause.
        number: String,
        /// Heading of an added or rewritten clause.
        heading: String,
        /// The words that give way.
        was: String,
        /// The new words.
        body: String,
        /// When it was entered.
        entered_at: DateTime<Utc>,
        /// By whom.
        entered_by: Option<PersonId>,
    }
}

impl SlipItemRow {
    /// The item without its place and who entered it.
    pub fn item(&self) -> SlipItem {
        SlipItem {
            act: self.kind,
            clause: self.clause.clone(),
            number: self.number.clone(),
            heading: self.heading.clone(),
            was: self.was.clone(),
            body: self.body.clone(),
        }
    }
}

/// The published slips of an edition, in the order in which they came into force.
pub fn of_edition(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<SlipRow>> {
    slips::table
        .filter(slips::specification_id.eq(bind(id)))
        .order((slips::effective_on, slips::issued_on, slips::ordinal))
        .select(SlipRow::as_select())
        .load(conn)
}

/// Enters a slip that was published.
pub fn add(conn: &mut AnyConn, row: &SlipRow) -> QueryResult<()> {
    diesel::insert_into(slips::table).values(row).execute(conn).map(drop)
}

/// The items of some projects, in order.
pub fn items_of(conn: &mut AnyConn, projects: &[ProjectId]) -> QueryResult<Vec<SlipItemRow>> {
    slip_items::table
        .filter(slip_items::project_id.eq_any(projects.iter().copied().map(bind)))
        .order((slip_items::project_id, slip_items::ordinal))
        .select(SlipItemRow::as_select())
        .load(conn)
}

/// Enters an item.
pub fn add_item(conn: &mut AnyConn, row: &SlipItemRow) -> QueryResult<()> {
    diesel::insert_into(slip_items::table).values(row).execute(conn).map(drop)
}

/// Takes an item out; whether it was there.
pub fn remove_item(conn: &mut AnyConn, project: ProjectId, ordinal: i32) -> QueryResult<bool> {
    let item = slip_items::table.find((bind(project), ordinal));
    Ok(diesel::delete(item).execute(conn)? == 1)
}
