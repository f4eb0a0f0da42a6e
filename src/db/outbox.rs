//! Mail waiting and sent, and who follows what.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::{
        AuthorityId, BallotId, CommitteeId, EventId, MailId, ObjectId, OrganisationId, PersonId,
        ProjectId, RoundId,
    },
    notice::{Audience, NoticeKey},
    people::{ProjectRole, Role},
    records::MailState,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{
        accounts, ballot_roll, comments, committees, followers, officers, outbox, people,
        project_people, round_recipients, seats, votes,
    },
};

row! {
    /// A row of `outbox`.
    pub struct MailRow in outbox {
        key {
            /// Identity.
            id: MailId,
        }
        /// `notice`
        notice: NoticeKey,
        /// `payload`
        payload: Value,
        /// `audience`
        audience: Audience,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `name`
        name: String,
        /// `address`
        address: String,
        /// `locale`
        locale: String,
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `event_id`
        event_id: Option<EventId>,
        /// `dedupe_key`
        dedupe_key: String,
        /// `state`
        state: MailState,
        /// `send_after`
        send_after: DateTime<Utc>,
        /// `attempts`
        attempts: i32,
        /// `claimed_until`
        claimed_until: Option<DateTime<Utc>>,
        /// `sent_at`
        sent_at: Option<DateTime<Utc>>,
        /// `gave_up_at`
        gave_up_at: Option<DateTime<Utc>>,
        /// `last_error`
        last_error: String,
        /// `message_id`
        message_id: String,
        /// `subject`
        subject: String,
        /// `body_text`
        body_text: String,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `followers`.
    pub struct FollowerRow in followers {
        key {
            /// `person_id`
            person_id: PersonId,
            /// `object_id`
            object_id: ObjectId,
        }
        /// `object_kind`
        object_kind: ObjectKind,
        /// `since`
        since: DateTime<Utc>,
    }
}

/// Somebody with a seat in a committee, and the units that the seat stands for and that host its secretariat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Mail address, where there is one.
    pub address: Option<String>,
    /// `zh-CN` or `en`.
    pub locale: String,
    /// The unit of the seat, else that of the person.
    pub unit: Option<OrganisationId>,
    /// The unit that hosts the secretariat (秘书处承担单位).
    pub host: Option<OrganisationId>,
}

impl Seated {
    /// True for somebody of the unit that hosts the secretariat.
    pub fn of_host(&self) -> bool {
        self.host.is_some() && self.unit == self.host
    }

    /// As somebody a mail can go to; nothing without an address.
    pub fn reachable(self) -> Option<Recipient> {
        let Self { person, name, address, locale, .. } = self;
        Some(Recipient { person: Some(person), name, address: address?, locale })
    }
}

/// Somebody a mail can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The person, when it is somebody of the register.
    pub person: Option<PersonId>,
    /// Name for the salutation.
    pub name: String,
    /// Mail address.
    pub address: String,
    /// `zh-CN` or `en`.
    pub locale: String,
}

/// What `people` gives for a recipient.
type PersonAddress = (PersonId, String, Option<String>, String);

fn reachable(rows: Vec<PersonAddress>) -> Vec<Recipient> {
    rows.into_iter().filter_map(recipient).collect()
}

fn reachable_as<R>(rows: Vec<(R, PersonAddress)>) -> Vec<(R, Recipient)> {
    rows.into_iter().filter_map(|(role, row)| Some((role, recipient(row)?))).collect()
}

fn recipient((person, name, address, locale): PersonAddress) -> Option<Recipient> {
    Some(Recipient { person: Some(person), name, address: address?, locale })
}

/// What `seats`, `people` and `committees` give for somebody seated.
type SeatedAddress = (
    PersonId,
    String,
    Option<String>,
    String,
    Option<OrganisationId>,
    Option<OrganisationId>,
    Option<OrganisationId>,
);

/// People with one of these roles in a committee on a day, with their units and the one that hosts the secretariat.
pub fn seated_with_host(
    conn: &mut AnyConn,
    committee: CommitteeId,
    roles: &[Role],
    day: NaiveDate,
) -> QueryResult<Vec<Seated>> {
    let rows: Vec<SeatedAddress> = seats::table
        .inner_join(people::table.on(people::id.eq(seats::person_id)))
        .inner_join(committees::table.on(committees::id.eq(seats::committee_id)))
        .filter(seats::committee_id.eq(bind(committee)))
        .filter(seats::role.eq_any(roles.iter().copied().map(bind)))
        .filter(seats::since.le(day))
        .filter(seats::until.is_null().or(seats::until.gt(day)))
        .filter(seats::suspended.eq(false))
        .order((seats::rank, people::id))
        .select((
            people::id,
            people::name_zh,
            people::email,
            people::locale,
            seats::organisation_id,
            people::organisation_id,
            committees::host_id,
        ))
        .load(conn)?;
    let seated = |(person, name, address, locale, unit, own, host): SeatedAddress| Seated {
        person,
        name,
        address,
        locale,
        unit: unit.or(own),
        host,
    };
    Ok(rows.into_iter().map(seated).collect())
}

/// People seated in a committee on a day, each with the role of the seat.
pub fn seated(
    conn: &mut AnyConn,
    committee: CommitteeId,
    day: NaiveDate,
) -> QueryResult<Vec<(Role, Recipient)>> {
    seats::table
        .inner_join(people::table.on(people::id.eq(seats::person_id)))
        .filter(seats::committee_id.eq(bind(committee)))
        .filter(seats::since.le(day))
        .filter(seats::until.is_null().or(seats::until.gt(day)))
        .filter(seats::suspended.eq(false))
        .order((seats::rank, people::id))
        .select((seats::role, (people::id, people::name_zh, people::email, people::locale)))
        .load(conn)
        .map(reachable_as)
}

/// People of a project, each with the role in it.
pub fn of_project(
    conn: &mut AnyConn,
    project: ProjectId,
) -> QueryResult<Vec<(ProjectRole, Recipient)>> {
    project_people::table
        .inner_join(people::table.on(people::id.eq(project_people::person_id)))
        .filter(project_people::project_id.eq(bind(project)))
        .order(people::id)
        .select((
            project_people::role,
            (people::id, people::name_zh, people::email, people::locale),
        ))
        .load(conn)
        .map(reachable_as)
}

/// Officers of an authority on a day.
pub fn officers_of(
    conn: &mut AnyConn,
    authority: AuthorityId,
    day: NaiveDate,
) -> QueryResult<Vec<Recipient>> {
    officers::table
        .inner_join(people::table.on(people::id.eq(officers::person_id)))
        .filter(officers::authority_id.eq(bind(authority)))
        .filter(officers::since.le(day))
        .filter(officers::until.is_null().or(officers::until.gt(day)))
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .load(conn)
        .map(reachable)
}

/// Administrators of the system.
pub fn administrators(conn: &mut AnyConn) -> QueryResult<Vec<Recipient>> {
    accounts::table
        .inner_join(people::table.on(people::id.eq(accounts::person_id)))
        .filter(accounts::administrator.eq(true))
        .filter(accounts::disabled.eq(false))
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .load(conn)
        .map(reachable)
}

/// Those who follow any of these objects.
pub fn followers_of(conn: &mut AnyConn, objects: &[ObjectId]) -> QueryResult<Vec<Recipient>> {
    followers::table
        .inner_join(people::table.on(people::id.eq(followers::person_id)))
        .filter(followers::object_id.eq_any(objects.iter().copied().map(bind)))
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .distinct()
        .load(conn)
        .map(reachable)
}

/// Those who were asked in a round and have not answered: people of the register, and units with an address.
pub fn silent_in_round(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<Recipient>> {
    let mut silent = round_recipients::table
        .inner_join(people::table.on(people::id.nullable().eq(round_recipients::person_id)))
        .filter(round_recipients::round_id.eq(bind(round)))
        .filter(round_recipients::answered_at.is_null())
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .load(conn)
        .map(reachable)?;
    let units: Vec<(String, String)> = round_recipients::table
        .filter(round_recipients::round_id.eq(bind(round)))
        .filter(round_recipients::answered_at.is_null())
        .filter(round_recipients::person_id.is_null())
        .filter(round_recipients::address.ne(""))
        .order(round_recipients::id)
        .select((round_recipients::name, round_recipients::address))
        .load(conn)?;
    silent.extend(units.into_iter().map(|(name, address)| Recipient {
        person: None,
        name,
        address,
        locale: Locale::Chinese.to_string(),
    }));
    Ok(silent)
}

/// Everybody on the roll of a ballot who may vote; with `silent` only those who have not voted.
pub fn voters_of(
    conn: &mut AnyConn,
    ballot: BallotId,
    silent: bool,
) -> QueryResult<Vec<Recipient>> {
    let voted = votes::table
        .filter(votes::ballot_id.eq(bind(ballot)))
        .filter(votes::cast_by.eq(votes::person_id).or(votes::confirmed_at.is_not_null()))
        .select(votes::person_id);
    let mut query = ballot_roll::table
        .inner_join(people::table.on(people::id.eq(ballot_roll::person_id)))
        .filter(ballot_roll::ballot_id.eq(bind(ballot)))
        .filter(ballot_roll::may_vote.eq(true))
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .into_boxed();
    if silent {
        query = query.filter(people::id.ne_all(voted)).filter(ballot_roll::voted.eq(false));
    }
    query.load(conn).map(reachable)
}

/// Confirmed commenters of a round with an address: those of the register and the public.
pub fn commenters_of(conn: &mut AnyConn, round: RoundId) -> QueryResult<Vec<Recipient>> {
    let rows: Vec<(Option<PersonId>, String, String, String)> = comments::table
        .filter(comments::round_id.eq(bind(round)))
        .filter(comments::confirmed_at.is_not_null())
        .filter(comments::author_contact.ne(""))
        .order(comments::serial)
        .select((
            comments::person_id,
            comments::author_name,
            comments::author_contact,
            comments::locale,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(_, _, address, _)| address.contains('@'))
        .map(|(person, name, address, locale)| Recipient { person, name, address, locale })
        .collect())
}

/// Puts a mail into the outbox unless one with the same dedupe key is there; says whether it was new.
pub fn enqueue(conn: &mut AnyConn, mail: &MailRow) -> QueryResult<bool> {
    let there: i64 =
        outbox::table.filter(outbox::dedupe_key.eq(&mail.dedupe_key)).count().get_result(conn)?;
    if there > 0 {
        return Ok(false);
    }
    diesel::insert_into(outbox::table).values(mail).execute(conn).map(|_| true)
}

/// People of the organisation that hosts the committee's secretariat and who hold no seat in it.
pub fn host_people(conn: &mut AnyConn, committee: CommitteeId) -> QueryResult<Vec<Recipient>> {
    let seated =
        seats::table.filter(seats::committee_id.eq(bind(committee))).select(seats::person_id);
    committees::table
        .inner_join(people::table.on(people::organisation_id.eq(committees::host_id)))
        .filter(committees::id.eq(bind(committee)))
        .filter(people::id.ne_all(seated))
        .order(people::id)
        .select((people::id, people::name_zh, people::email, people::locale))
        .load(conn)
        .map(reachable)
}

/// Enters or removes a follow; says whether anything changed.
pub fn set_follow(conn: &mut AnyConn, row: &FollowerRow, wanted: bool) -> QueryResult<bool> {
    let key = (bind(row.person_id), bind(row.object_id));
    let there: i64 = followers::table.find(key).count().get_result(conn)?;
    match (there > 0, wanted) {
        (false, true) => {
            diesel::insert_into(followers::table).values(row).execute(conn).map(|_| true)
        }
        (true, false) => diesel::delete(followers::table.find(key)).execute(conn).map(|_| true),
        _ => Ok(false),
    }
}

/// Whether a person follows an object.
pub fn follows(conn: &mut AnyConn, person: PersonId, object: ObjectId) -> QueryResult<bool> {
    let there: i64 =
        followers::table.find((bind(person), bind(object))).count().get_result(conn)?;
    Ok(there > 0)
}

/// Mails about an object or to a person, the newest first, with the total.
pub fn list(
    conn: &mut AnyConn,
    object: Option<ObjectId>,
    person: Option<PersonId>,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<MailRow>, i64)> {
    let narrowed = || {
        let mut query = outbox::table.into_boxed();
        if let Some(object) = object {
            query = query.filter(outbox::object_id.eq(bind(object)));
        }
        if let Some(person) = person {
            query = query.filter(outbox::person_id.eq(bind(Some(person))));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(MailRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Mails that wait and come after one, in the order in which they were written.
pub fn waiting_after(
    conn: &mut AnyConn,
    after: Option<MailId>,
    limit: i64,
) -> QueryResult<Vec<MailRow>> {
    let mut query = outbox::table.filter(outbox::state.eq(bind(MailState::Queued))).into_boxed();
    if let Some(after) = after {
        query = query.filter(outbox::id.gt(bind(after)));
    }
    query.order(outbox::id).limit(limit).select(MailRow::as_select()).load(conn)
}

/// Files a mail that waits as kept and not sent, with the letter it would have been; false if it did not wait.
pub fn keep(
    conn: &mut AnyConn,
    id: MailId,
    message_id: &str,
    subject: &str,
    body_text: &str,
) -> QueryResult<bool> {
    let waiting = outbox::table
        .filter(outbox::id.eq(bind(id)))
        .filter(outbox::state.eq(bind(MailState::Queued)));
    let changed = diesel::update(waiting)
        .set((
            outbox::state.eq(bind(MailState::Kept)),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::message_id.eq(message_id),
            outbox::subject.eq(subject),
            outbox::body_text.eq(body_text),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
