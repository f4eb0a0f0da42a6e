//! Sealing the ledger, and walking it to see that nothing was changed.

use chrono::{DateTime, Duration, Utc};
use diesel::result::Error as DieselError;
use quanheng_db::{
    conn::AnyConn,
    events::{self, CheckpointRow, EventRow},
};
use quanheng_domain::ledger::{Broken, Checkpoint, Heads, Walk, Walked};

use crate::{ActionError, Tx};

/// Events younger than this may still be followed by the late commit of an earlier place.
const SETTLED_AFTER: Duration = Duration::minutes(10);
/// How often the ledger is sealed.
const SEALED_EVERY: Duration = Duration::hours(24);
/// Events read at once.
const SLICE: i64 = 2_000;

/// Makes the next seal if the last one is a day old and something happened since. Reads every event's hash, so it is read
/// outside the writer and handed to [`seal`].
pub fn prepare(conn: &mut AnyConn, now: DateTime<Utc>) -> Result<Option<Checkpoint>, ActionError> {
    let last = events::last_checkpoint(conn)?;
    if last.as_ref().is_some_and(|last| now.signed_duration_since(last.at) < SEALED_EVERY) {
        return Ok(None);
    }
    let Some(until) = events::settled(conn, now - SETTLED_AFTER)? else { return Ok(None) };
    if last.as_ref().is_some_and(|last| last.last_event >= until) {
        return Ok(None);
    }
    let heads = heads(conn, until)?;
    Ok(Some(Checkpoint {
        number: last.as_ref().map_or(0, |last| last.seq) + 1,
        at: now,
        last_event: until,
        objects: i32::try_from(heads.objects()).unwrap_or(i32::MAX),
        heads_hash: heads.digest(),
        previous_hash: last.map(|last| last.hash).unwrap_or_default(),
    }))
}

/// Enters a seal; not if another process was faster.
pub fn seal(tx: &mut Tx<'_, '_>, checkpoint: &Checkpoint) -> Result<bool, ActionError> {
    let last = events::last_checkpoint(tx.conn())?;
    if last.map_or(0, |last| last.seq) + 1 != checkpoint.number {
        return Ok(false);
    }
    let row = CheckpointRow {
        seq: checkpoint.number,
        at: checkpoint.at,
        last_event: checkpoint.last_event,
        objects: checkpoint.objects,
        heads_hash: checkpoint.heads_hash.clone(),
        previous_hash: checkpoint.previous_hash.clone(),
        hash: checkpoint.hash(),
    };
    events::insert_checkpoint(tx.conn(), &row)?;
    Ok(true)
}

fn heads(conn: &mut AnyConn, until: i64) -> Result<Heads, ActionError> {
    let (mut heads, mut seq) = (Heads::default(), 0);
    loop {
        let slice = events::links_after(conn, seq, SLICE)?;
        let Some(last) = slice.last() else { return Ok(heads) };
        seq = last.0;
        for (place, object, number, hash) in slice {
            if place > until {
                return Ok(heads);
            }
            heads.set(object, number, hash);
        }
    }
}

/// What a walk found.
pub type Found = Result<Walked, Broken>;

/// Walks the whole ledger in one snapshot; `told` hears after each slice how many events were walked.
///
/// # Errors
/// Storage trouble only; what does not fit is the answer.
pub fn walk(conn: &mut AnyConn, mut told: impl FnMut(u64)) -> Result<Found, ActionError> {
    let sealed = events::checkpoints(conn)?.into_iter().map(|row| {
        let checkpoint = Checkpoint {
            number: row.seq,
            at: row.at,
            last_event: row.last_event,
            objects: row.objects,
            heads_hash: row.heads_hash,
            previous_hash: row.previous_hash,
        };
        (checkpoint, row.hash)
    });
    let mut walk = match Walk::past(sealed) {
        Ok(walk) => walk,
        Err(broken) => return Ok(Err(broken)),
    };
    let (mut seq, mut walked) = (0, 0);
    loop {
        let slice = match slice(conn, seq)? {
            Ok(slice) => slice,
            Err(broken) => return Ok(Err(broken)),
        };
        let Some(last) = slice.last() else { return Ok(walk.end()) };
        seq = last.seq;
        for row in &slice {
            if let Err(broken) = walk.step(row.seq, &row.event(), &row.hash) {
                return Ok(Err(broken));
            }
        }
        walked += slice.len() as u64;
        told(walked);
    }
}

/// How the program spells instants, wherever they are stored.
const SPELLING: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// The next events, or the first of them that cannot be read or is spelt otherwise than the program spells.
fn slice(conn: &mut AnyConn, seq: i64) -> Result<Result<Vec<EventRow>, Broken>, ActionError> {
    let (rows, spelt) =
        match (events::after(conn, seq, SLICE), events::spelt_after(conn, seq, SLICE)) {
            (Ok(rows), Ok(spelt)) => (rows, spelt),
            (Err(DieselError::DeserializationError(_)), _)
            | (_, Err(DieselError::DeserializationError(_))) => {
                return Ok(Err(first_unreadable(conn, seq)?));
            }
            (Err(error), _) | (_, Err(error)) => return Err(error.into()),
        };
    for (row, (seq, at, facts)) in rows.iter().zip(&spelt) {
        let what = if row.at.format(SPELLING).to_string() != *at {
            "its instant is spelt otherwise"
        } else if serde_json::to_string(&row.facts).is_ok_and(|written| written != *facts) {
            "its facts are spelt otherwise"
        } else {
            continue;
        };
        return Ok(Err(Broken::Unreadable { seq: *seq, what: what.to_owned() }));
    }
    Ok(Ok(rows))
}

fn first_unreadable(conn: &mut AnyConn, mut before: i64) -> Result<Broken, ActionError> {
    for seq in events::places_after(conn, before, SLICE)? {
        let read = events::after(conn, before, 1).map(drop);
        match read.and_then(|()| events::spelt_after(conn, before, 1).map(drop)) {
            Ok(()) => before = seq,
            Err(DieselError::DeserializationError(error)) => {
                return Ok(Broken::Unreadable { seq, what: error.to_string() });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(ActionError::NotFound)
}
