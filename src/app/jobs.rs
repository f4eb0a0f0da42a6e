//! The jobs of a process: deadlines, mail, housekeeping, long tables. Started together, stopped together.

use std::sync::Arc;
use std::time::Duration;

use quanheng_jobs::{housekeeping, run_deadlines};
use quanheng_web::{App, import_form};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::post;

/// Time between two rounds of housekeeping.
const HOUSEKEEPING: Duration = Duration::from_secs(900);

/// Starts every job; each ends soon after `stopped` turns true.
pub fn start(app: &App, stopped: &watch::Receiver<bool>) -> anyhow::Result<Vec<JoinHandle<()>>> {
    let tick = app.settings.jobs.tick.get();
    let delivery = Arc::new(post::delivery(app)?);
    let clockwork = app.clone();
    let deadlines = every("deadlines", tick, stopped.clone(), move || {
        let app = clockwork.clone();
        async move { run_deadlines::run(&app.db, &app.clock, &app.chance).await.map(drop) }
    });
    let halt = stopped.clone();
    let letters = every("mail", tick, stopped.clone(), move || {
        let (delivery, halt) = (Arc::clone(&delivery), halt.clone());
        async move { delivery.run(|| !*halt.borrow()).await.map(drop) }
    });
    let house = app.clone();
    let housekeeping = every("housekeeping", HOUSEKEEPING.max(tick), stopped.clone(), move || {
        let app = house.clone();
        async move { housekeeping::run(&app.db, &app.clock, &app.chance, &app.store).await }
    });
    let desk = app.clone();
    let tables = every("tables", tick, stopped.clone(), move || {
        let app = desk.clone();
        async move { import_form::carry_on_all(&app).await }
    });
    Ok(vec![deadlines, letters, housekeeping, tables])
}

/// Runs a job now and then after every tick until it is told to stop; a failed round is logged and the next one comes.
fn every<E, F, W>(
    name: &'static str,
    tick: Duration,
    mut stopped: watch::Receiver<bool>,
    mut round: F,
) -> JoinHandle<()>
where
    E: std::fmt::Display,
    F: FnMut() -> W + Send + 'static,
    W: Future<Output = Result<(), E>> + Send,
{
    tokio::spawn(async move {
        while !*stopped.borrow() {
            if let Err(error) = round().await {
                tracing::error!(%error, job = name, "a round of a job failed");
            }
            let wake = tokio::time::timeout(tick, stopped.wait_for(|stop| *stop)).await;
            if wake.is_ok() {
                return;
            }
        }
    })
}
