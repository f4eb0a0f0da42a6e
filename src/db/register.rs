//! Authorities, organisations, people, committees and seats.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    ids::{AuthorityId, CommitteeId, ObjectId, OrganisationId, PersonId, SeatId},
    people::{Interest, Role},
    specification::Level,
};

use crate::{
    bind,
    conn::AnyConn,
    order, row,
    schema::{authorities, committee_names, committees, organisations, people, seats},
};

row! {
    /// A row of `authorities`.
    pub struct AuthorityRow in authorities {
        key {
            /// Identity.
            id: AuthorityId,
        }
        /// `code`
        code: String,
        /// `level`
        level: Level,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `mark`
        mark: Option<String>,
        /// `profile`
        profile: String,
        /// `zone`
        zone: String,
    }
}

row! {
    /// A row of `organisations`.
    pub struct OrganisationRow in organisations {
        key {
            /// Identity.
            id: OrganisationId,
        }
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `name_key`
        name_key: String,
        /// `interest`
        interest: Interest,
        /// `small_firm`
        small_firm: bool,
        /// `region`
        region: String,
    }
}

row! {
    /// A row of `people`.
    pub struct PersonRow in people {
        key {
            /// Identity.
            id: PersonId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `email`
        email: Option<String>,
        /// `email_key`
        email_key: Option<String>,
        /// `locale`
        locale: String,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `post`
        post: String,
        /// `title`
        title: String,
        /// `demo`
        demo: bool,
        /// `mail_failures`
        mail_failures: i32,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `committees`.
    pub struct CommitteeRow in committees {
        key {
            /// Identity.
            id: CommitteeId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `code`
        code: Option<String>,
        /// `name_key`
        name_key: String,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `kind`
        kind: CommitteeKind,
        /// `parent_id`
        parent_id: Option<CommitteeId>,
        /// `authority_id`
        authority_id: AuthorityId,
        /// `scope_zh`
        scope_zh: String,
        /// `host_id`
        host_id: Option<OrganisationId>,
        /// `established_year`
        established_year: Option<i32>,
        /// `term_no`
        term_no: Option<i32>,
        /// `term_start`
        term_start: Option<NaiveDate>,
        /// `term_end`
        term_end: Option<NaiveDate>,
        /// `state`
        state: CommitteeState,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `committee_names`.
    pub struct CommitteeNameRow in committee_names {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `committee_id`
        committee_id: CommitteeId,
        /// `name_zh`
        name_zh: String,
        /// `since`
        since: Option<NaiveDate>,
        /// `until`
        until: Option<NaiveDate>,
    }
}

row! {
    /// A row of `seats`.
    pub struct SeatRow in seats {
        key {
            /// Identity.
            id: SeatId,
        }
        /// `committee_id`
        committee_id: CommitteeId,
        /// `person_id`
        person_id: PersonId,
        /// `role`
        role: Role,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `since`
        since: NaiveDate,
        /// `until`
        until: Option<NaiveDate>,
        /// `suspended`
        suspended: bool,
        /// `reason`
        reason: String,
        /// `rank`
        rank: i32,
    }
}

/// An authority by its identity.
pub fn authority(conn: &mut AnyConn, id: AuthorityId) -> QueryResult<Option<AuthorityRow>> {
    authorities::table.find(bind(id)).select(AuthorityRow::as_select()).first(conn).optional()
}

/// An authority by its code (`SAMR`, `JS`).
pub fn authority_by_code(conn: &mut AnyConn, code: &str) -> QueryResult<Option<AuthorityRow>> {
    authorities::table
        .filter(authorities::code.eq(code))
        .select(AuthorityRow::as_select())
        .first(conn)
        .optional()
}

/// All authorities, by code.
pub fn all_authorities(conn: &mut AnyConn) -> QueryResult<Vec<AuthorityRow>> {
    authorities::table.order(authorities::code).select(AuthorityRow::as_select()).load(conn)
}

/// Enters an authority.
pub fn insert_authority(conn: &mut AnyConn, row: &AuthorityRow) -> QueryResult<()> {
    diesel::insert_into(authorities::table).values(row).execute(conn).map(drop)
}

/// An organisation by its identity.
pub fn organisation(
    conn: &mut AnyConn,
    id: OrganisationId,
) -> QueryResult<Option<OrganisationRow>> {
    organisations::table.find(bind(id)).select(OrganisationRow::as_select()).first(conn).optional()
}

/// Organisations by their identities.
pub fn organisations_by(
    conn: &mut AnyConn,
    ids: &[OrganisationId],
) -> QueryResult<Vec<OrganisationRow>> {
    organisations::table
        .filter(organisations::id.eq_any(ids.iter().copied().map(bind)))
        .select(OrganisationRow::as_select())
        .load(conn)
}

/// An organisation by its folded name.
pub fn organisation_by_name(
    conn: &mut AnyConn,
    name_key: &str,
) -> QueryResult<Option<OrganisationRow>> {
    organisations::table
        .filter(organisations::name_key.eq(name_key))
        .select(OrganisationRow::as_select())
        .first(conn)
        .optional()
}

/// Organisations by folded part of the name, for lists.
pub fn list_organisations(
    conn: &mut AnyConn,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<OrganisationRow>, i64)> {
    let total = organisations::table.count().get_result(conn)?;
    let rows = organisations::table
        .order(organisations::name_key)
        .limit(limit)
        .offset(offset)
        .select(OrganisationRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Enters an organisation.
pub fn insert_organisation(conn: &mut AnyConn, row: &OrganisationRow) -> QueryResult<()> {
    diesel::insert_into(organisations::table).values(row).execute(conn).map(drop)
}

/// Saves an organisation.
pub fn save_organisation(conn: &mut AnyConn, row: &OrganisationRow) -> QueryResult<()> {
    diesel::update(organisations::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// A person by identity.
pub fn person(conn: &mut AnyConn, id: PersonId) -> QueryResult<Option<PersonRow>> {
    people::table.find(bind(id)).select(PersonRow::as_select()).first(conn).optional()
}

/// People by identity.
pub fn people_by(conn: &mut AnyConn, ids: &[PersonId]) -> QueryResult<Vec<PersonRow>> {
    people::table
        .filter(people::id.eq_any(ids.iter().copied().map(bind)))
        .select(PersonRow::as_select())
        .load(conn)
}

/// A person by folded mail address.
pub fn person_by_email(conn: &mut AnyConn, email_key: &str) -> QueryResult<Option<PersonRow>> {
    people::table
        .filter(people::email_key.eq(Some(email_key)))
        .select(PersonRow::as_select())
        .first(conn)
        .optional()
}

/// People for lists, by name.
pub fn list_people(
    conn: &mut AnyConn,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<PersonRow>, i64)> {
    let total = people::table.count().get_result(conn)?;
    let rows = people::table
        .order((people::name_zh, people::id))
        .limit(limit)
        .offset(offset)
        .select(PersonRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Enters a person.
pub fn insert_person(conn: &mut AnyConn, row: &PersonRow) -> QueryResult<()> {
    diesel::insert_into(people::table).values(row).execute(conn).map(drop)
}

/// Saves a person if nobody changed it since it was read; false when somebody did.
pub fn save_person(conn: &mut AnyConn, row: &mut PersonRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(people::table.find(bind(row.id)).filter(people::version.eq(read)))
        .set(&*row)
        .execute(conn)?;
    Ok(changed == 1)
}

/// A committee by identity.
pub fn committee(conn: &mut AnyConn, id: CommitteeId) -> QueryResult<Option<CommitteeRow>> {
    committees::table.find(bind(id)).select(CommitteeRow::as_select()).first(conn).optional()
}

/// A committee by its code, written `MTC1` or `MTC1/SC1`.
pub fn committee_by_code(conn: &mut AnyConn, code: &str) -> QueryResult<Option<CommitteeRow>> {
    committees::table
        .filter(committees::code.eq(Some(code)))
        .select(CommitteeRow::as_select())
        .first(conn)
        .optional()
}

impl CommitteeRow {
    /// How the committee is written in an address: its code with hyphens, else its identity.
    pub fn segment(&self) -> String {
        self.code.as_ref().map_or_else(|| self.id.to_string(), |code| code.replace('/', "-"))
    }
}

/// A committee by its folded name.
pub fn committee_by_name(conn: &mut AnyConn, name_key: &str) -> QueryResult<Option<CommitteeRow>> {
    committees::table
        .filter(committees::name_key.eq(name_key))
        .select(CommitteeRow::as_select())
        .first(conn)
        .optional()
}

/// All committees: those with a code first, by code, then by the sound of their names.
pub fn all_committees(conn: &mut AnyConn) -> QueryResult<Vec<CommitteeRow>> {
    let mut rows: Vec<CommitteeRow> =
        committees::table.select(CommitteeRow::as_select()).load(conn)?;
    rows.sort_by_cached_key(|row| {
        let code = row.code.as_deref().unwrap_or_default();
        (row.code.is_none(), order::by_figures(code), order::by_sound(&row.name_zh))
    });
    Ok(rows)
}

/// Enters a committee.
pub fn insert_committee(conn: &mut AnyConn, row: &CommitteeRow) -> QueryResult<()> {
    diesel::insert_into(committees::table).values(row).execute(conn).map(drop)
}

/// Saves a committee if nobody changed it since it was read; false when somebody did.
pub fn save_committee(conn: &mut AnyConn, row: &mut CommitteeRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed =
        diesel::update(committees::table.find(bind(row.id)).filter(committees::version.eq(read)))
            .set(&*row)
            .execute(conn)?;
    Ok(changed == 1)
}

/// Seats of a committee held on a day, in rank order.
pub fn seats_on(
    conn: &mut AnyConn,
    committee: CommitteeId,
    day: NaiveDate,
) -> QueryResult<Vec<SeatRow>> {
    seats::table
        .filter(seats::committee_id.eq(bind(committee)))
        .filter(seats::since.le(day))
        .filter(seats::until.is_null().or(seats::until.gt(day)))
        .order((seats::rank, seats::id))
        .select(SeatRow::as_select())
        .load(conn)
}

/// All seats of a person, past ones included.
pub fn seats_of_person(conn: &mut AnyConn, person: PersonId) -> QueryResult<Vec<SeatRow>> {
    seats::table
        .filter(seats::person_id.eq(bind(person)))
        .order(seats::since)
        .select(SeatRow::as_select())
        .load(conn)
}

/// All seats of these people, past ones included.
pub fn seats_of_people(conn: &mut AnyConn, people: &[PersonId]) -> QueryResult<Vec<SeatRow>> {
    seats::table
        .filter(seats::person_id.eq_any(people.iter().copied().map(bind)))
        .order(seats::since)
        .select(SeatRow::as_select())
        .load(conn)
}

/// The committee and the role of every seat that is held on a day and not suspended.
pub fn roles_on(conn: &mut AnyConn, day: NaiveDate) -> QueryResult<Vec<(CommitteeId, Role)>> {
    seats::table
        .filter(seats::since.le(day))
        .filter(seats::until.is_null().or(seats::until.gt(day)))
        .filter(seats::suspended.eq(false))
        .select((seats::committee_id, seats::role))
        .load(conn)
}

/// The seats of a person, each with the unit that hosts the secretariat of its committee, the oldest first.
pub fn seats_with_hosts(
    conn: &mut AnyConn,
    person: PersonId,
) -> QueryResult<Vec<(SeatRow, Option<OrganisationId>)>> {
    seats::table
        .inner_join(committees::table.on(committees::id.eq(seats::committee_id)))
        .filter(seats::person_id.eq(bind(person)))
        .order(seats::since)
        .select((SeatRow::as_select(), committees::host_id))
        .load(conn)
}

/// All seats of a committee, past ones included.
pub fn seats_of_committee(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Vec<SeatRow>> {
    seats::table
        .filter(seats::committee_id.eq(bind(committee)))
        .order((seats::rank, seats::since, seats::id))
        .select(SeatRow::as_select())
        .load(conn)
}

/// A seat by identity.
pub fn seat(conn: &mut AnyConn, id: SeatId) -> QueryResult<Option<SeatRow>> {
    seats::table.find(bind(id)).select(SeatRow::as_select()).first(conn).optional()
}

/// Enters a seat.
pub fn insert_seat(conn: &mut AnyConn, row: &SeatRow) -> QueryResult<()> {
    diesel::insert_into(seats::table).values(row).execute(conn).map(drop)
}

/// Saves a seat.
pub fn save_seat(conn: &mut AnyConn, row: &SeatRow) -> QueryResult<()> {
    diesel::update(seats::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}
