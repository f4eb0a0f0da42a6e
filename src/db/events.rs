//! The ledger and its checkpoints. Rows are only ever inserted; triggers in both databases refuse anything else.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    event::{Event, ObjectKind},
    ids::{EventId, ObjectId, PersonId},
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{checkpoints, events},
};

row! {
    /// A row of `events`.
    pub struct EventRow in events {
        key {
            /// `seq`
            seq: i64,
        }
        /// Identity.
        id: EventId,
        /// `object_kind`
        object_kind: ObjectKind,
        /// `object_id`
        object_id: ObjectId,
        /// `object_seq`
        object_seq: i32,
        /// `at`
        at: DateTime<Utc>,
        /// `actor_id`
        actor_id: Option<PersonId>,
        /// `actor`
        actor: String,
        /// `on_behalf_of`
        on_behalf_of: String,
        /// `kind`
        kind: String,
        /// `source`
        source: String,
        /// `from_stage`
        from_stage: String,
        /// `to_stage`
        to_stage: String,
        /// Remark.
        note: String,
        /// `facts`
        facts: Value,
        /// `previous_hash`
        previous_hash: String,
        /// `hash`
        hash: String,
    }
}

row! {
    /// A row of `checkpoints`.
    pub struct CheckpointRow in checkpoints {
        key {
            /// `seq`
            seq: i64,
        }
        /// `at`
        at: DateTime<Utc>,
        /// `last_event`
        last_event: i64,
        /// `objects`
        objects: i32,
        /// `heads_hash`
        heads_hash: String,
        /// `previous_hash`
        previous_hash: String,
        /// `hash`
        hash: String,
    }
}

/// Place and hash of an object's last event; `None` when it has none.
pub fn last_of(conn: &mut AnyConn, object: ObjectId) -> QueryResult<Option<(i32, String)>> {
    events::table
        .filter(events::object_id.eq(bind(object)))
        .order(events::object_seq.desc())
        .select((events::object_seq, events::hash))
        .first(conn)
        .optional()
}

/// The remark of an object's last event of these kinds; `None` when it has none.
pub fn last_note(
    conn: &mut AnyConn,
    object: ObjectId,
    kinds: &[&str],
) -> QueryResult<Option<String>> {
    events::table
        .filter(events::object_id.eq(bind(object)))
        .filter(events::kind.eq_any(kinds.iter().copied()))
        .order(events::object_seq.desc())
        .select(events::note)
        .first(conn)
        .optional()
}

/// Appends an event with its hash.
pub fn append(conn: &mut AnyConn, event: &Event) -> QueryResult<()> {
    diesel::insert_into(events::table)
        .values((
            events::id.eq(bind(event.id)),
            events::object_kind.eq(bind(event.object_kind)),
            events::object_id.eq(bind(event.object_id)),
            events::object_seq.eq(event.object_seq),
            events::at.eq(bind(event.at)),
            events::actor_id.eq(bind(event.actor_id)),
            events::actor.eq(&event.actor),
            events::on_behalf_of.eq(&event.on_behalf_of),
            events::kind.eq(&event.kind),
            events::source.eq(&event.source),
            events::from_stage.eq(&event.from_stage),
            events::to_stage.eq(&event.to_stage),
            events::note.eq(&event.note),
            events::facts.eq(bind(&event.facts)),
            events::previous_hash.eq(&event.previous_hash),
            events::hash.eq(event.hash()),
        ))
        .execute(conn)
        .map(drop)
}

/// Events of an object, oldest first.
pub fn of_object(conn: &mut AnyConn, object: ObjectId) -> QueryResult<Vec<EventRow>> {
    events::table
        .filter(events::object_id.eq(bind(object)))
        .order(events::object_seq)
        .select(EventRow::as_select())
        .load(conn)
}

/// The newest events of an object, oldest first; the number of the last tells how many there are.
pub fn newest_of_object(
    conn: &mut AnyConn,
    object: ObjectId,
    limit: i64,
) -> QueryResult<Vec<EventRow>> {
    let mut rows: Vec<EventRow> = events::table
        .filter(events::object_id.eq(bind(object)))
        .order(events::object_seq.desc())
        .limit(limit)
        .select(EventRow::as_select())
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}

/// Events of the whole ledger after a place, in order; for walking it in slices.
pub fn after(conn: &mut AnyConn, seq: i64, limit: i64) -> QueryResult<Vec<EventRow>> {
    events::table
        .filter(events::seq.gt(seq))
        .order(events::seq)
        .limit(limit)
        .select(EventRow::as_select())
        .load(conn)
}

/// The places of events after a place, in order.
pub fn places_after(conn: &mut AnyConn, seq: i64, limit: i64) -> QueryResult<Vec<i64>> {
    events::table
        .filter(events::seq.gt(seq))
        .order(events::seq)
        .limit(limit)
        .select(events::seq)
        .load(conn)
}

/// The places of the ledger after a place, with instant and facts as the database spells them; what is spelt otherwise than the
/// program spells it was changed by other hands, even where it means the same.
pub fn spelt_after(
    conn: &mut AnyConn,
    seq: i64,
    limit: i64,
) -> QueryResult<Vec<(i64, String, String)>> {
    use diesel::sql_types::{BigInt, Text};
    #[derive(QueryableByName)]
    struct Spelt {
        #[diesel(sql_type = BigInt)]
        seq: i64,
        #[diesel(sql_type = Text)]
        at: String,
        #[diesel(sql_type = Text)]
        facts: String,
    }
    let at = match conn {
        AnyConn::Pg(_) => "to_char(at, 'YYYY-MM-DD HH24:MI:SS.US')",
        AnyConn::Sqlite(_) => "CAST(at AS TEXT)",
    };
    let sql =
        format!("SELECT seq, {at} AS at, facts FROM events WHERE seq > $1 ORDER BY seq LIMIT $2");
    let rows: Vec<Spelt> =
        diesel::sql_query(sql).bind::<BigInt, _>(seq).bind::<BigInt, _>(limit).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.seq, row.at, row.facts)).collect())
}

impl EventRow {
    /// The event as the ledger hashes it.
    pub fn event(&self) -> Event {
        Event {
            id: self.id,
            object_kind: self.object_kind,
            object_id: self.object_id,
            object_seq: self.object_seq,
            at: self.at,
            actor_id: self.actor_id,
            actor: self.actor.clone(),
            on_behalf_of: self.on_behalf_of.clone(),
            kind: self.kind.clone(),
            source: self.source.clone(),
            from_stage: self.from_stage.clone(),
            to_stage: self.to_stage.clone(),
            note: self.note.clone(),
            facts: self.facts.clone(),
            previous_hash: self.previous_hash.clone(),
        }
    }
}

/// The place of the last event that is older than an instant; whatever has a smaller place was committed long ago.
pub fn settled(conn: &mut AnyConn, before: DateTime<Utc>) -> QueryResult<Option<i64>> {
    events::table
        .filter(events::at.lt(bind(before)))
        .select(diesel::dsl::max(events::seq))
        .first(conn)
}

/// Place, object, place in the object's chain and hash of events after a place, in order.
pub fn links_after(
    conn: &mut AnyConn,
    seq: i64,
    limit: i64,
) -> QueryResult<Vec<(i64, ObjectId, i32, String)>> {
    events::table
        .filter(events::seq.gt(seq))
        .order(events::seq)
        .limit(limit)
        .select((events::seq, events::object_id, events::object_seq, events::hash))
        .load(conn)
}

/// All checkpoints, in order.
pub fn checkpoints(conn: &mut AnyConn) -> QueryResult<Vec<CheckpointRow>> {
    checkpoints::table.order(checkpoints::seq).select(CheckpointRow::as_select()).load(conn)
}

/// The last checkpoint.
pub fn last_checkpoint(conn: &mut AnyConn) -> QueryResult<Option<CheckpointRow>> {
    checkpoints::table
        .order(checkpoints::seq.desc())
        .select(CheckpointRow::as_select())
        .first(conn)
        .optional()
}

/// Enters a checkpoint.
pub fn insert_checkpoint(conn: &mut AnyConn, row: &CheckpointRow) -> QueryResult<()> {
    diesel::insert_into(checkpoints::table).values(row).execute(conn).map(drop)
}
