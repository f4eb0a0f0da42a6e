//! What an address, a person or a token may use up in a time, counted in the database so that all instances count together.
//!
//! Small budgets are counted one by one. Large ones (pages a minute) are counted here and handed over in portions, so that
//! reading a page does not write a row each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use quanheng_actions::ActionError;
use quanheng_clock::Clock;
use quanheng_db::{Db, accounts};

use crate::error::WebError;

/// Large budgets are handed over in so many portions.
const PORTIONS: u32 = 10;
/// Most buckets counted here at once; older periods go first.
const MOST_BUCKETS: usize = 20_000;

/// The budgets of this process; clones share them.
#[derive(Clone)]
pub struct Budgets {
    db: Db,
    clock: Arc<dyn Clock>,
    counted: Arc<Mutex<HashMap<String, Counted>>>,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    period: i64,
    here: u32,
    known: u32,
}

impl Budgets {
    /// Budgets counted in this database.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock, counted: Arc::default() }
    }

    /// Takes one from a bucket that may give `most` in every `period`; refused with the seconds to wait when it is empty.
    pub async fn spend(&self, bucket: &str, most: u32, period: Duration) -> Result<(), WebError> {
        let seconds = i64::try_from(period.as_secs().max(1)).unwrap_or(i64::MAX);
        let now = self.clock.now().timestamp();
        // Periods are known by their first second, so that old ones can be swept whatever their length.
        let number = now - now.rem_euclid(seconds);
        let portion = (most / PORTIONS).max(1);
        let over = match self.count(bucket, number, portion) {
            Step::Here(used) => used > most,
            Step::HandOver(amount) => {
                let used = self.hand_over(bucket, number, amount).await?;
                used > most
            }
        };
        if over { Err(WebError::too_many(seconds - now.rem_euclid(seconds))) } else { Ok(()) }
    }

    fn count(&self, bucket: &str, period: i64, portion: u32) -> Step {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST_BUCKETS {
            counted.retain(|_, count| count.period == period);
        }
        let count =
            counted.entry(bucket.to_owned()).or_insert(Counted { period, here: 0, known: 0 });
        if count.period != period {
            *count = Counted { period, here: 0, known: 0 };
        }
        count.here += 1;
        if count.here >= portion {
            Step::HandOver(std::mem::take(&mut count.here))
        } else {
            Step::Here(count.known + count.here)
        }
    }

    async fn hand_over(&self, bucket: &str, period: i64, amount: u32) -> Result<u32, WebError> {
        let (name, clock) = (bucket.to_owned(), Arc::clone(&self.clock));
        let amount = i32::try_from(amount).unwrap_or(i32::MAX);
        let used: Result<i32, ActionError> = self
            .db
            .write(
                move || clock.now(),
                move |tx| Ok(accounts::spend(tx.conn(), &name, period, amount)?),
            )
            .await;
        let used = u32::try_from(used?).unwrap_or(u32::MAX);
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counted.get_mut(bucket).filter(|count| count.period == period) {
            count.known = used;
        }
        Ok(used)
    }
}

enum Step {
    /// Counted here; so many are known to be used.
    Here(u32),
    /// So many are to be handed over.
    HandOver(u32),
}
