//! The outbox as a queue: which mail is next, who holds it, and what became of it.
//!
//! Order: mails to one address go out as they were written, except that one-time links wait for nothing. Of mails that came from
//! one event only the first is in the front row, so that ten thousand of them do not keep others waiting.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult,
    QueryableByName, RunQueryDsl, SelectableHelper, sql_query, sql_types::BigInt,
};
use quanheng_domain::{
    Keyed,
    ids::{MailId, PersonId},
    notice::{Fact, NoticeKey},
    records::MailState,
};
use serde_json::Value;

use crate::{
    conn::AnyConn,
    outbox::MailRow,
    rows::bind,
    schema::{outbox, people},
    types::{Instant, Uid},
};

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The next server has it.
    Sent,
    /// It stays here, because no way out is configured.
    Kept,
    /// Another attempt is made, not before this instant.
    Again {
        /// When.
        send_after: DateTime<Utc>,
    },
    /// There will be no other attempt.
    GivenUp,
}

/// What is written about an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Which mail.
    pub id: MailId,
    /// What became of it.
    pub outcome: Outcome,
    /// What the server said where it did not simply take the mail; masked.
    pub note: String,
    /// Its Message-ID.
    pub message_id: String,
    /// Subject as sent.
    pub subject: String,
    /// Text as sent; empty where it held a secret.
    pub body_text: String,
    /// The facts without their secret, where they held one that has done its service.
    pub payload: Option<Value>,
}

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = Uid)]
    id: MailId,
}

/// The mails that may go out now, best first; at most one per address, one-time links aside.
pub fn next(conn: &mut AnyConn, now: DateTime<Utc>, limit: u32) -> QueryResult<Vec<MailId>> {
    let links: Vec<String> = NoticeKey::ALL
        .iter()
        .filter(|notice| notice.row().needs.contains(&Fact::Secret))
        .map(|notice| format!("'{notice}'"))
        .collect();
    let links = links.join(", ");
    // A mail that waits for another attempt holds back later ones to its address; one that is only planned does not.
    let sql = format!(
        "WITH open_mail AS (\
           SELECT id, notice, event_id, send_after, claimed_until, \
             ROW_NUMBER() OVER (PARTITION BY address, CASE WHEN notice IN ({links}) THEN notice ELSE '' END ORDER BY id) AS place \
           FROM outbox WHERE state IN ('queued', 'sending') AND (attempts > 0 OR send_after <= $1)\
         ), due AS (\
           SELECT id, CASE WHEN notice IN ({links}) THEN 0 ELSE 1 END AS class, \
             ROW_NUMBER() OVER (PARTITION BY notice, COALESCE(event_id, id) ORDER BY id) AS turn \
           FROM open_mail WHERE place = 1 AND send_after <= $2 AND (claimed_until IS NULL OR claimed_until <= $3)\
         ) SELECT id FROM due ORDER BY class, turn, id LIMIT $4"
    );
    let rows = sql_query(sql)
        .bind::<Instant, _>(bind(now))
        .bind::<Instant, _>(bind(now))
        .bind::<Instant, _>(bind(now))
        .bind::<BigInt, _>(i64::from(limit))
        .load::<Next>(conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes one mail until the lease ends; nothing if somebody else has it or it has been settled.
pub fn claim(
    conn: &mut AnyConn,
    id: MailId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Option<MailRow>> {
    let free = outbox::claimed_until.is_null().or(outbox::claimed_until.le(bind(now)));
    let taken = diesel::update(outbox::table)
        .filter(outbox::id.eq(bind(id)))
        .filter(outbox::state.eq_any([MailState::Queued, MailState::Sending].map(bind)))
        .filter(outbox::send_after.le(bind(now)))
        .filter(free)
        .set((
            outbox::state.eq(bind(MailState::Sending)),
            outbox::claimed_until.eq(bind(Some(until))),
        ))
        .execute(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    mail(conn, id)
}

/// One mail.
pub fn mail(conn: &mut AnyConn, id: MailId) -> QueryResult<Option<MailRow>> {
    outbox::table
        .filter(outbox::id.eq(bind(id)))
        .select(MailRow::as_select())
        .first(conn)
        .optional()
}

/// When mails went out to an address after an instant, oldest first.
pub fn sent_to(
    conn: &mut AnyConn,
    address: &str,
    after: DateTime<Utc>,
) -> QueryResult<Vec<DateTime<Utc>>> {
    let sent: Vec<Option<DateTime<Utc>>> = outbox::table
        .filter(outbox::address.eq(address))
        .filter(outbox::sent_at.gt(bind(Some(after))))
        .order(outbox::sent_at)
        .select(outbox::sent_at)
        .load(conn)?;
    Ok(sent.into_iter().flatten().collect())
}

/// Lets a mail wait although nobody tried it.
pub fn postpone(conn: &mut AnyConn, id: MailId, send_after: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(outbox::table.filter(outbox::id.eq(bind(id))))
        .set((
            outbox::state.eq(bind(MailState::Queued)),
            outbox::send_after.eq(bind(send_after)),
            outbox::claimed_until.eq(bind(None::<DateTime<Utc>>)),
        ))
        .execute(conn)
        .map(drop)
}

/// Gives a claimed mail back without an attempt.
pub fn release(conn: &mut AnyConn, id: MailId) -> QueryResult<()> {
    diesel::update(outbox::table)
        .filter(outbox::id.eq(bind(id)))
        .filter(outbox::state.eq(bind(MailState::Sending)))
        .set((
            outbox::state.eq(bind(MailState::Queued)),
            outbox::claimed_until.eq(bind(None::<DateTime<Utc>>)),
        ))
        .execute(conn)
        .map(drop)
}

/// Writes what became of an attempt; false if the mail had been settled meanwhile by whoever took it over.
pub fn settle(conn: &mut AnyConn, settled: &Settlement, now: DateTime<Utc>) -> QueryResult<bool> {
    let (state, send_after, sent_at, gave_up_at) = match settled.outcome {
        Outcome::Sent => (MailState::Sent, None, Some(now), None),
        Outcome::Kept => (MailState::Kept, None, None, None),
        Outcome::Again { send_after } => (MailState::Queued, Some(send_after), None, None),
        Outcome::GivenUp => (MailState::GivenUp, None, None, Some(now)),
    };
    let claimed = outbox::table
        .filter(outbox::id.eq(bind(settled.id)))
        .filter(outbox::state.eq(bind(MailState::Sending)));
    let changed = diesel::update(claimed)
        .set((
            outbox::state.eq(bind(state)),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::claimed_until.eq(bind(None::<DateTime<Utc>>)),
            outbox::sent_at.eq(bind(sent_at)),
            outbox::gave_up_at.eq(bind(gave_up_at)),
            outbox::last_error.eq(&settled.note),
            outbox::message_id.eq(&settled.message_id),
            outbox::subject.eq(&settled.subject),
            outbox::body_text.eq(&settled.body_text),
        ))
        .execute(conn)?;
    let this = || outbox::table.filter(outbox::id.eq(bind(settled.id)));
    if let (1, Some(send_after)) = (changed, send_after) {
        diesel::update(this()).set(outbox::send_after.eq(bind(send_after))).execute(conn)?;
    }
    if let (1, Some(payload)) = (changed, &settled.payload) {
        diesel::update(this()).set(outbox::payload.eq(bind(payload.clone()))).execute(conn)?;
    }
    Ok(changed == 1)
}

/// Queues a mail again that was given up, kept or frozen, as if it were new; false if it was none of these.
pub fn send_again(conn: &mut AnyConn, id: MailId, now: DateTime<Utc>) -> QueryResult<bool> {
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(bind(id)))
        .filter(
            outbox::state
                .eq_any([MailState::GivenUp, MailState::Kept, MailState::Frozen].map(bind)),
        )
        .set((
            outbox::state.eq(bind(MailState::Queued)),
            outbox::attempts.eq(0),
            outbox::send_after.eq(bind(now)),
            outbox::gave_up_at.eq(bind(None::<DateTime<Utc>>)),
            outbox::last_error.eq(""),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Freezes every mail that waits, because a restored instance does not know what was sent since its backup.
pub fn freeze(conn: &mut AnyConn) -> QueryResult<usize> {
    let waiting = outbox::state.eq_any([MailState::Queued, MailState::Sending].map(bind));
    diesel::update(outbox::table.filter(waiting))
        .set((
            outbox::state.eq(bind(MailState::Frozen)),
            outbox::claimed_until.eq(bind(None::<DateTime<Utc>>)),
        ))
        .execute(conn)
}

/// Queues every frozen mail.
pub fn release_frozen(conn: &mut AnyConn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(outbox::table.filter(outbox::state.eq(bind(MailState::Frozen))))
        .set((outbox::state.eq(bind(MailState::Queued)), outbox::send_after.eq(bind(now))))
        .execute(conn)
}

/// Gives up every frozen mail.
pub fn drop_frozen(conn: &mut AnyConn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(outbox::table.filter(outbox::state.eq(bind(MailState::Frozen))))
        .set((
            outbox::state.eq(bind(MailState::GivenUp)),
            outbox::gave_up_at.eq(bind(Some(now))),
            outbox::last_error.eq("frozen after a restore and dropped"),
        ))
        .execute(conn)
}

/// Counts one more undeliverable mail for the person, if the address is still the same; tells how many in a row.
pub fn count_failure(
    conn: &mut AnyConn,
    person: PersonId,
    address: &str,
) -> QueryResult<Option<i32>> {
    let this = people::table.filter(people::id.eq(bind(person))).filter(people::email.eq(address));
    let changed = diesel::update(this)
        .set(people::mail_failures.eq(people::mail_failures + 1))
        .execute(conn)?;
    if changed == 0 {
        return Ok(None);
    }
    people::table
        .filter(people::id.eq(bind(person)))
        .select(people::mail_failures)
        .first(conn)
        .map(Some)
}

/// Forgets failures of an address that took a mail.
pub fn forget_failures(conn: &mut AnyConn, person: PersonId) -> QueryResult<()> {
    diesel::update(
        people::table.filter(people::id.eq(bind(person))).filter(people::mail_failures.gt(0)),
    )
    .set(people::mail_failures.eq(0))
    .execute(conn)
    .map(drop)
}

/// How the queue stands, for the administrators' page, the metrics and readiness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// How many mails are in each state.
    pub counts: BTreeMap<MailState, i64>,
    /// When the oldest mail that is still to be sent was entered.
    pub oldest: Option<DateTime<Utc>>,
}

/// How the queue stands now.
pub fn backlog(conn: &mut AnyConn) -> QueryResult<Backlog> {
    let mut counts = BTreeMap::new();
    for state in MailState::ALL.iter().copied() {
        let count: i64 =
            outbox::table.filter(outbox::state.eq(bind(state))).count().get_result(conn)?;
        counts.insert(state, count);
    }
    let oldest = outbox::table
        .filter(outbox::state.eq_any([MailState::Queued, MailState::Sending].map(bind)))
        .order(outbox::created_at)
        .select(outbox::created_at)
        .first(conn)
        .optional()?;
    Ok(Backlog { counts, oldest })
}
