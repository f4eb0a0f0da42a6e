//! The catalogue kept in memory between requests, as long as nothing has been written into the ledger since it was read.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use quanheng_actions::{ActionError, specification::catalogue::Catalogue};
use quanheng_db::{catalogue, conn::AnyConn};
use quanheng_domain::deadline;

// A second server that shares the database may commit out of order, so a copy is never trusted for longer.
const LONGEST_SECONDS: i64 = 60;

/// The catalogue as last read; one per process, in managed state.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<Option<Kept>>>);

struct Kept {
    stamp: (i64, i64),
    catalogue: Arc<Catalogue>,
}

impl Shelf {
    /// The catalogue of this moment, read anew only if something has happened since.
    pub fn catalogue(
        &self,
        conn: &mut AnyConn,
        now: DateTime<Utc>,
    ) -> Result<Arc<Catalogue>, ActionError> {
        let stamp = (catalogue::ledger_head(conn)?, now.timestamp().div_euclid(LONGEST_SECONDS));
        if let Some(kept) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && kept.stamp == stamp
        {
            return Ok(Arc::clone(&kept.catalogue));
        }
        let read = Arc::new(Catalogue::load(conn, deadline::day_of(now))?);
        let kept = Kept { stamp, catalogue: Arc::clone(&read) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(read)
    }
}
