//! Takes away what has served its time: ended sessions, answers kept for repeats, used-up budgets, links long over, half-received files; and seals the ledger
//! and asks kept searches anew once a day.

use std::sync::Arc;

use chrono::Duration;
use quanheng_actions::{ActionError, Tx, ledger, search::saved};
use quanheng_clock::{Chance, Clock};
use quanheng_db::{Db, accounts};
use quanheng_store::{Store, StoreError};

/// How long the first answer to a form is kept.
const ANSWERS_KEPT: Duration = Duration::hours(48);
/// How long the counts of budgets are kept; the longest period of a budget is an hour.
const BUDGETS_KEPT: Duration = Duration::hours(25);
/// How long it is still said of a link that its time is over, and not that there is none.
const LINKS_KEPT: Duration = Duration::days(90);
/// How long a file may take to arrive.
const UPLOADS_KEPT: Duration = Duration::hours(24);

/// Why a round failed; what was swept before stays swept.
#[derive(Debug, thiserror::Error)]
pub enum HousekeepingError {
    /// Storage trouble.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// Trouble with the files.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One round.
pub async fn run(
    db: &Db,
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
    store: &Store,
) -> Result<(), HousekeepingError> {
    let (now, reading) = (clock.now(), Arc::clone(clock));
    let swept: Result<usize, ActionError> = db
        .write(
            move || reading.now(),
            move |writer| {
                let conn = writer.conn();
                let sessions = accounts::sweep_sessions(conn, now)?;
                let answers = accounts::sweep_answers(conn, now - ANSWERS_KEPT)?;
                let budgets = accounts::sweep_budgets(conn, (now - BUDGETS_KEPT).timestamp())?;
                let links = accounts::sweep_links(conn, now - LINKS_KEPT)?;
                Ok(sessions + answers + budgets + links)
            },
        )
        .await;
    seal(db, clock, chance).await?;
    tell_searches(db, clock, chance).await?;
    let (rows, files) = (swept?, store.sweep_temporary(now - UPLOADS_KEPT).await?);
    if rows + files > 0 {
        tracing::info!(rows, files, "swept");
    }
    Ok(())
}

/// Asks the searches that people keep anew when their day has come.
async fn tell_searches(
    db: &Db,
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
) -> Result<(), ActionError> {
    let (reading, chance) = (Arc::clone(clock), Arc::clone(chance));
    let told: usize = db
        .write(move || reading.now(), move |writer| saved::run(&mut Tx::new(writer, &*chance)))
        .await?;
    if told > 0 {
        tracing::info!(told, "searches found something new");
    }
    Ok(())
}

/// Seals the ledger when its day has come.
async fn seal(
    db: &Db,
    clock: &Arc<dyn Clock>,
    chance: &Arc<dyn Chance>,
) -> Result<(), ActionError> {
    let now = clock.now();
    let Some(checkpoint) = db.read(move |conn| ledger::prepare(conn, now)).await? else {
        return Ok(());
    };
    let (reading, chance, number) = (Arc::clone(clock), Arc::clone(chance), checkpoint.number);
    let entered: bool = db
        .write(
            move || reading.now(),
            move |writer| ledger::seal(&mut Tx::new(writer, &*chance), &checkpoint),
        )
        .await?;
    if entered {
        tracing::info!(number, "the ledger was sealed");
    }
    Ok(())
}
