//! Defects of a dossier (报批材料退回缺陷), counted and numbered at each return.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{PersonId, ProjectId};

use crate::{bind, conn::AnyConn, row, schema::dossier_defects};

row! {
    /// A row of `dossier_defects`.
    pub struct DefectRow in dossier_defects {
        key {
            /// The project.
            project_id: ProjectId,
            /// At which return it was found, from 1.
            time: i32,
            /// Number within the return, from 1.
            ordinal: i32,
        }
        /// What is wrong.
        body: String,
        /// When it was found.
        found_at: DateTime<Utc>,
        /// By whom.
        found_by: Option<PersonId>,
        /// How it was mended; empty until then.
        answer: String,
        /// When it was mended.
        answered_at: Option<DateTime<Utc>>,
        /// Who says so.
        answered_by: Option<PersonId>,
    }
}

/// The defects of a project's dossier, the first return first.
pub fn defects_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<DefectRow>> {
    dossier_defects::table
        .filter(dossier_defects::project_id.eq(bind(project)))
        .order((dossier_defects::time, dossier_defects::ordinal))
        .select(DefectRow::as_select())
        .load(conn)
}

/// Enters a defect.
pub fn add_defect(conn: &mut AnyConn, row: &DefectRow) -> QueryResult<()> {
    diesel::insert_into(dossier_defects::table).values(row).execute(conn).map(drop)
}

/// Saves how a defect was mended, unless it was before; false then.
pub fn mend_defect(conn: &mut AnyConn, row: &DefectRow) -> QueryResult<bool> {
    let table = dossier_defects::table
        .find((bind(row.project_id), row.time, row.ordinal))
        .filter(dossier_defects::answered_at.is_null());
    Ok(diesel::update(table).set(row).execute(conn)? == 1)
}
