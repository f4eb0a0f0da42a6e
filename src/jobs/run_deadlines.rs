//! The clock's worker: takes what is due and has the action do it, each deadline in its own transaction.

use std::sync::Arc;

use quanheng_actions::{
    ActionError, Tx,
    clock::{self, Acted},
};
use quanheng_clock::{Chance, Clock};
use quanheng_db::{Db, deadlines};
use quanheng_domain::ids::DeadlineId;
use tracing::{error, info};

/// What one round of the clock did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Deadlines acted on.
    pub done: usize,
    /// Deadlines that failed and stay open.
    pub failed: usize,
}

// A round takes so many at a time, so that shutting down never waits long.
const SLICE: i64 = 200;

/// Acts on everything that is due now. Downtime catches up by itself: what fell due meanwhile is still open.
///
/// # Errors
/// Only when the list cannot be read; a single failing deadline is noted on its row and does not stop the rest.
pub async fn run(
    db: &Db,
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
) -> Result<Round, ActionError> {
    let mut round = Round::default();
    let mut failed: Vec<DeadlineId> = Vec::new();
    loop {
        let now = clock.now();
        let due = db.read(move |conn| clock::due(conn, now, SLICE)).await?;
        let fresh: Vec<DeadlineId> = due.into_iter().filter(|id| !failed.contains(id)).collect();
        if fresh.is_empty() {
            return Ok(round);
        }
        for id in fresh {
            match act(db, clock, chance, id).await {
                Ok(Acted::Done(word)) => {
                    info!(deadline = %id, outcome = word, "deadline acted on");
                    round.done += 1;
                }
                Ok(Acted::Already) => failed.push(id),
                Err(problem) => {
                    error!(deadline = %id, error = %problem, "deadline failed and stays open");
                    note(db, clock, id, problem.to_string()).await;
                    round.failed += 1;
                    failed.push(id);
                }
            }
        }
    }
}

async fn act(
    db: &Db,
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
    id: DeadlineId,
) -> Result<Acted, ActionError> {
    let (clock, chance) = (Arc::clone(clock), Arc::clone(chance));
    db.write(move || clock.now(), move |writer| clock::act(&mut Tx::new(writer, &*chance), id))
        .await
}

async fn note(db: &Db, clock: &Arc<dyn Clock>, id: DeadlineId, text: String) {
    let clock = Arc::clone(clock);
    let noted: Result<(), ActionError> = db
        .write(move || clock.now(), move |writer| Ok(deadlines::fail(writer.conn(), id, &text)?))
        .await;
    if let Err(problem) = noted {
        error!(deadline = %id, error = %problem, "the failure itself could not be noted");
    }
}
