//! What imports look up to find the row that a line of a customer's table means.

use diesel::prelude::*;
use quanheng_domain::ids::CommitteeId;

use crate::{
    bind,
    conn::AnyConn,
    projects::ProjectRow,
    register::{CommitteeNameRow, PersonRow},
    schema::{committee_names, people, projects},
};

/// People of exactly this Chinese name, the earliest entered first.
pub fn people_named(conn: &mut AnyConn, name_zh: &str) -> QueryResult<Vec<PersonRow>> {
    people::table
        .filter(people::name_zh.eq(name_zh))
        .order((people::created_at, people::id))
        .select(PersonRow::as_select())
        .load(conn)
}

/// Former names of a committee.
pub fn former_names(
    conn: &mut AnyConn,
    committee: CommitteeId,
) -> QueryResult<Vec<CommitteeNameRow>> {
    committee_names::table
        .filter(committee_names::committee_id.eq(bind(committee)))
        .order((committee_names::name_zh, committee_names::id))
        .select(CommitteeNameRow::as_select())
        .load(conn)
}

/// Committees that once bore this name.
pub fn formerly_named(conn: &mut AnyConn, name_zh: &str) -> QueryResult<Vec<CommitteeId>> {
    committee_names::table
        .filter(committee_names::name_zh.eq(name_zh))
        .order(committee_names::committee_id)
        .select(committee_names::committee_id)
        .distinct()
        .load(conn)
}

/// Remembers a former name.
pub fn insert_former_name(conn: &mut AnyConn, row: &CommitteeNameRow) -> QueryResult<()> {
    diesel::insert_into(committee_names::table).values(row).execute(conn).map(drop)
}

/// Projects of exactly this Chinese title, the earliest entered first.
pub fn projects_titled(conn: &mut AnyConn, title_zh: &str) -> QueryResult<Vec<ProjectRow>> {
    projects::table
        .filter(projects::title_zh.eq(title_zh))
        .order((projects::created_at, projects::id))
        .select(ProjectRow::as_select())
        .load(conn)
}

/// Whether a project bears this number.
pub fn project_numbered(conn: &mut AnyConn, number: &str) -> QueryResult<Option<ProjectRow>> {
    projects::table
        .filter(projects::number.eq(Some(number)))
        .select(ProjectRow::as_select())
        .first(conn)
        .optional()
}
