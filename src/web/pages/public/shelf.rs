//! The catalogue kept in memory between requests, as long as nothing has been written into the ledger since it was read.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{ActionError, specification::catalogue::Catalogue};
use quanheng_db::{catalogue, conn::AnyConn};
use quanheng_domain::deadline;

// Where another server may commit out of order a copy is never trusted for longer.
const LONGEST_SECONDS: i64 = 60;

/// The catalogue as last read; one per process, in managed state.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<Option<Kept>>>);

struct Kept {
    stamp: (i64, NaiveDate, i64),
    catalogue: Arc<Catalogue>,
}

impl Shelf {
    /// The catalogue of this moment, read anew only if something has happened since.
    pub fn catalogue(
        &self,
        conn: &mut AnyConn,
        now: DateTime<Utc>,
    ) -> Result<Arc<Catalogue>, ActionError> {
        // The lead times of the rules in force are part of it, so it is of one day in any case.
        let (today, minute) = (deadline::day_of(now), now.timestamp().div_euclid(LONGEST_SECONDS));
        let until = if catalogue::ledger_is_in_order(conn) { 0 } else { minute };
        let stamp = (catalogue::ledger_head(conn)?, today, until);
        if let Some(kept) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && kept.stamp == stamp
        {
            return Ok(Arc::clone(&kept.catalogue));
        }
        let read = Arc::new(Catalogue::load(conn, today)?);
        let kept = Kept { stamp, catalogue: Arc::clone(&read) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(read)
    }
}
