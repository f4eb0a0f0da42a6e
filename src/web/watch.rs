//! One look at the head of the ledger for all who wait: whatever happens is an event, so a page that follows something is woken by
//! the first look that finds another head, and asks the database nothing in between.
//!
//! A process looks while somebody waits, and not otherwise. Instances that share a database each look for their own clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use quanheng_db::catalogue;
use tokio::sync::watch;

use crate::app::App;

/// Time between two looks.
const BEAT: Duration = Duration::from_secs(1);
/// After so many looks everybody is woken in any case: two transactions may commit in another order than that of their numbers.
const LOOKS: u64 = 8;

/// How far the ledger was seen; grows with every finding.
pub type Seen = u64;

/// What one look after the other found.
#[derive(Debug)]
pub struct Watch {
    seen: watch::Sender<Seen>,
    looking: AtomicBool,
}

/// Where the last look stood.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sight {
    head: Option<i64>,
    looks: u64,
}

impl Default for Watch {
    fn default() -> Self {
        Self { seen: watch::Sender::new(0), looking: AtomicBool::new(false) }
    }
}

impl Watch {
    /// Follows what is found from now on, and sees to it that somebody looks.
    pub fn follow(self: &Arc<Self>, app: &App) -> watch::Receiver<Seen> {
        let receiver = self.subscribe();
        if !self.looking.swap(true, Ordering::SeqCst) {
            tokio::spawn(Arc::clone(self).keep_looking(app.clone()));
        }
        receiver
    }

    /// Follows what is found, if somebody looks.
    pub fn subscribe(&self) -> watch::Receiver<Seen> {
        self.seen.subscribe()
    }

    /// How many follow.
    pub fn followers(&self) -> usize {
        self.seen.receiver_count()
    }

    /// Looks once, and wakes all who follow if there is something new.
    pub async fn look(&self, app: &App, sight: &mut Sight) {
        let head = match app.glance(|conn| Ok(catalogue::ledger_head(conn)?)).await {
            Ok(head) => head,
            Err(error) => {
                tracing::warn!(%error, "the head of the ledger could not be read");
                return;
            }
        };
        sight.looks += 1;
        // The first look wakes as well: what happened before it and after a follower read is not lost.
        if sight.head.replace(head) != Some(head) || sight.looks.is_multiple_of(LOOKS) {
            self.seen.send_modify(|seen| *seen += 1);
        }
    }

    async fn keep_looking(self: Arc<Self>, app: App) {
        let mut sight = Sight::default();
        loop {
            self.look(&app, &mut sight).await;
            tokio::time::sleep(BEAT).await;
            if self.followers() > 0 {
                continue;
            }
            self.looking.store(false, Ordering::SeqCst);
            // Whoever came in between found that somebody looks; then it is this task that goes on.
            if self.followers() == 0 || self.looking.swap(true, Ordering::SeqCst) {
                return;
            }
        }
    }
}
