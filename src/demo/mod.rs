//! The demo (演示): the real register, people invented by role, and projects walked to every stage by the same actions as on any other day.
//!
//! Everything is taken under a clock that is turned by hand and chance from a seed: made twice on one day it is the same twice.

mod papers;
mod people;
mod projects;
mod register;
mod reports;
mod rounds;
mod votes;
mod walk;
mod world;

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, Utc};
use quanheng_actions::account::password::Passwords;
use quanheng_clock::Chance;
use quanheng_config::Security;
use quanheng_db::{Db, outbox};
use quanheng_domain::deadline;
use quanheng_store::Store;

use crate::app::{self, Ground};
pub use walk::LINE;
use world::World;

/// The password of every invented account.
pub const PASSWORD: &str = "demo-quanheng-2026";

/// Days between the first event of the demo and the day on which it is made.
const HISTORY: u64 = 900;

/// Who can sign in, by mail address and by the key of the words that say what the person does.
pub const SIGN_INS: [(&str, &str); 10] = [
    ("secretary@demo.example", "demo-role-secretary"),
    ("chair@demo.example", "demo-role-chair"),
    ("vice@demo.example", "demo-role-vice"),
    ("staff@demo.example", "demo-role-staff"),
    ("member-01@demo.example", "demo-role-member"),
    ("adviser@demo.example", "demo-role-adviser"),
    ("drafter@demo.example", "demo-role-drafter"),
    ("reviewer@demo.example", "demo-role-reviewer"),
    ("officer@demo.example", "demo-role-officer"),
    ("admin@demo.example", "demo-role-admin"),
];

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Projects walked by actions; those of the imported plan are not among them.
    pub projects: usize,
    /// Mails of the past, kept and not sent.
    pub mails: usize,
}

/// Fills an empty database and store; the last event lies before `today` begins.
///
/// # Errors
/// A database that holds something already, storage trouble, or a rule that forbids what the demo does.
pub fn make(db: Db, store: Store, security: &Security, today: NaiveDate) -> anyhow::Result<Made> {
    let first = today.checked_sub_days(Days::new(HISTORY)).context("the calendar")?;
    let mut world = World::new(db, store, morning(first), deadline::start_of(today))?;
    let ground = Ground { clock: world.clock.clone(), chance: world.chance.clone(), demo: true };
    app::prepare(&world.db, &ground)?;
    register::bodies(&world).context("the register")?;
    let hash = Passwords::new(security, &world.chance.token())?.hash(PASSWORD)?;
    people::invent(&mut world, &hash).context("the people")?;
    world.run_until(world.end)?;
    let projects = projects::walk_all(&world)?;
    world.clock.set(world.end);
    register::plan(&world).context("the plan")?;
    reports::report_all(&world).context("the reports")?;
    world.clock.set(world.end);
    let mails = world.write(|tx| {
        let now = tx.now();
        Ok(outbox::keep_queued(tx.conn(), now)?)
    })?;
    Ok(Made { projects, mails })
}

/// Half past nine on a day in Beijing.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    deadline::start_of(day) + chrono::TimeDelta::minutes(570)
}
