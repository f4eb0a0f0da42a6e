//! Checks of drafts that a committee made binding (强制检查): a finding of one keeps a draft from going out.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    check::CheckKind,
    ids::{CommitteeId, PersonId},
};

use crate::{bind, conn::AnyConn, row, schema::binding_checks};

row! {
    /// A row of `binding_checks`.
    pub struct BindingRow in binding_checks {
        key {
            /// The committee.
            committee_id: CommitteeId,
            /// The check.
            kind: CheckKind,
        }
        /// Who made it binding.
        bound_by: Option<PersonId>,
        /// When.
        bound_at: DateTime<Utc>,
    }
}

/// The checks that bind in a committee, in the order of their keys.
pub fn of_committee(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Vec<BindingRow>> {
    binding_checks::table
        .filter(binding_checks::committee_id.eq(bind(committee)))
        .order(binding_checks::kind)
        .select(BindingRow::as_select())
        .load(conn)
}

/// Makes a check binding.
pub fn insert(conn: &mut AnyConn, row: &BindingRow) -> QueryResult<()> {
    diesel::insert_into(binding_checks::table).values(row).execute(conn).map(drop)
}

/// Makes a check advice again.
pub fn delete(conn: &mut AnyConn, committee: CommitteeId, kind: CheckKind) -> QueryResult<()> {
    diesel::delete(binding_checks::table.find((bind(committee), bind(kind))))
        .execute(conn)
        .map(drop)
}
