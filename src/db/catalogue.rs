//! What the public pages read: the whole register of editions, announcements, open rounds, what a committee has due and published.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use quanheng_domain::{
    ids::{AnnouncementId, CommitteeId, ObjectId, ProjectId, SpecificationId},
    lifecycle::{DeadlineKind, Openness, RoundStatus},
    stage::Stage,
};

use crate::{
    bind,
    conn::AnyConn,
    deadlines::DeadlineRow,
    projects::ProjectRow,
    register::CommitteeNameRow,
    reports::ReportRow,
    rounds::RoundRow,
    schema::{
        announcement_items, announcements, annual_reports, committee_names, deadlines, events,
        projects, replacements, rounds, specifications,
    },
    specifications::{AnnouncementItemRow, AnnouncementRow, ReplacementRow, SpecificationRow},
};

/// The number of the newest event of the whole ledger, zero when there is none; it grows with every change of state.
pub fn ledger_head(conn: &mut AnyConn) -> QueryResult<i64> {
    events::table.select(max(events::seq)).first::<Option<i64>>(conn).map(Option::unwrap_or_default)
}

/// Whether an event that is seen tells that every earlier one is: SQLite has one writer, while transactions of PostgreSQL may commit
/// in another order than that of their numbers.
pub fn ledger_is_in_order(conn: &AnyConn) -> bool {
    matches!(conn, AnyConn::Sqlite(_))
}

/// Every edition, by kind, level, sequence and year.
pub fn editions(conn: &mut AnyConn) -> QueryResult<Vec<SpecificationRow>> {
    specifications::table
        .order((specifications::sort_key, specifications::id))
        .select(SpecificationRow::as_select())
        .load(conn)
}

/// Every link between an edition and the one it replaces.
pub fn replacement_links(conn: &mut AnyConn) -> QueryResult<Vec<ReplacementRow>> {
    replacements::table
        .order((replacements::new_id, replacements::old_id))
        .select(ReplacementRow::as_select())
        .load(conn)
}

/// A slice of the announcements, newest first, with how many there are.
pub fn announcements(
    conn: &mut AnyConn,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<AnnouncementRow>, i64)> {
    let total = announcements::table.count().get_result(conn)?;
    // Databases disagree on where absent days go, so the day of entry decides after whether there is a day at all.
    let rows = announcements::table
        .order((
            announcements::on_day.is_null(),
            announcements::on_day.desc(),
            announcements::number.desc(),
        ))
        .limit(limit)
        .offset(offset)
        .select(AnnouncementRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// The texts named by some announcements.
pub fn items_of(
    conn: &mut AnyConn,
    ids: &[AnnouncementId],
) -> QueryResult<Vec<AnnouncementItemRow>> {
    announcement_items::table
        .filter(announcement_items::announcement_id.eq_any(ids.iter().copied().map(bind)))
        .order((announcement_items::announcement_id, announcement_items::specification_id))
        .select(AnnouncementItemRow::as_select())
        .load(conn)
}

/// The announcements that name an edition, each with what it does to it, oldest first.
pub fn announcements_naming(
    conn: &mut AnyConn,
    edition: SpecificationId,
) -> QueryResult<Vec<(AnnouncementRow, AnnouncementItemRow)>> {
    announcement_items::table
        .inner_join(
            announcements::table.on(announcements::id.eq(announcement_items::announcement_id)),
        )
        .filter(announcement_items::specification_id.eq(bind(edition)))
        .order((announcements::on_day, announcements::number))
        .select((AnnouncementRow::as_select(), AnnouncementItemRow::as_select()))
        .load(conn)
}

/// The rounds that are open at an instant, those that close first in front.
pub fn open_rounds(
    conn: &mut AnyConn,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<RoundRow>> {
    rounds::table
        .filter(rounds::status.eq(bind(RoundStatus::Running)))
        .filter(rounds::closes_at.gt(bind(now)))
        .order((rounds::closes_at, rounds::id))
        .limit(limit)
        .select(RoundRow::as_select())
        .load(conn)
}

/// A project that is put to notice, and the instant at which that ends.
pub type Noticed = (ProjectRow, Option<DateTime<Utc>>);

/// A slice of what anybody may object to, with how many there are: projects under publicity, and texts whose result is put to notice
/// before they are approved. What ends first stands in front, what has no end any more at the end.
pub fn under_notice(
    conn: &mut AnyConn,
    only: Option<ProjectId>,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<Noticed>, i64)> {
    let kinds = [DeadlineKind::PublicityEnd, DeadlineKind::ResultPublicityEnd];
    let noticed = || {
        let running = deadlines::object_id
            .eq(projects::id)
            .and(deadlines::done_at.is_null())
            .and(deadlines::kind.eq_any(kinds.map(bind)));
        let result = projects::stage
            .eq(bind(Stage::DossierCheck))
            .and(deadlines::id.nullable().is_not_null());
        let query = projects::table
            .left_join(deadlines::table.on(running))
            .filter(projects::openness.eq(bind(Openness::Open)))
            .filter(projects::stage.eq(bind(Stage::Publicity)).or(result))
            .into_boxed();
        match only {
            Some(id) => query.filter(projects::id.eq(bind(id))),
            None => query,
        }
    };
    let total = noticed().count().get_result(conn)?;
    let rows = noticed()
        .order((
            deadlines::due_at.nullable().is_null(),
            deadlines::due_at.nullable(),
            projects::created_at,
            projects::id,
        ))
        .limit(limit)
        .offset(offset)
        .select((ProjectRow::as_select(), deadlines::due_at.nullable()))
        .load(conn)?;
    Ok((rows, total))
}

/// What is still due for some objects, soonest first.
pub fn due_for(conn: &mut AnyConn, objects: &[ObjectId]) -> QueryResult<Vec<DeadlineRow>> {
    deadlines::table
        .filter(deadlines::object_id.eq_any(objects.iter().copied().map(bind)))
        .filter(deadlines::done_at.is_null())
        .order((deadlines::due_at, deadlines::id))
        .select(DeadlineRow::as_select())
        .load(conn)
}

/// The annual reports of a committee, newest year first.
pub fn reports_of(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Vec<ReportRow>> {
    annual_reports::table
        .filter(annual_reports::committee_id.eq(bind(committee)))
        .order(annual_reports::year.desc())
        .select(ReportRow::as_select())
        .load(conn)
}

/// The names a committee had before, oldest first.
pub fn former_names(
    conn: &mut AnyConn,
    committee: CommitteeId,
) -> QueryResult<Vec<CommitteeNameRow>> {
    committee_names::table
        .filter(committee_names::committee_id.eq(bind(committee)))
        .order((committee_names::since.is_not_null(), committee_names::since, committee_names::id))
        .select(CommitteeNameRow::as_select())
        .load(conn)
}
