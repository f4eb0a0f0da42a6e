//! The demo (演示): the real register, people invented by role, real texts whose lives are told again, and projects walked to
//! every stage, all by the same actions as on any other day.
//!
//! Everything is taken under a clock that is turned by hand and chance from a seed, in the order of time and in one transaction:
//! made twice on one day it is the same twice, and a making that breaks off leaves nothing.

mod fates;
mod lives;
mod papers;
mod people;
mod projects;
mod register;
mod reports;
mod reviews;
mod rounds;
mod steps;
mod turns;
mod votes;
mod walk;
mod world;

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use quanheng_actions::account::password::Passwords;
use quanheng_clock::{Chance, ManualClock};
use quanheng_config::Settings;
use quanheng_db::{Db, WriteConn};
use quanheng_domain::deadline;
use quanheng_i18n::Words;
use quanheng_jobs::deliver_mail::{DeliveryOptions, keep_waiting};
use quanheng_mail::Composer;
use quanheng_store::Store;
use quanheng_web::csrf::Seal;

use crate::app::{self, Ground, post};
use turns::Story;
pub use walk::LINE;
use world::World;

/// The password of every invented account.
pub const PASSWORD: &str = "demo-quanheng-2026";

/// Days between the day on which the register is taken in and the day on which the demo is made.
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

/// How much of the demo is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// Two lives and every sixth project, for tests that need a small world.
    Sample,
}

impl Scope {
    fn life(self, life: &lives::Life) -> bool {
        self == Self::Whole || ["C05", "C10"].contains(&life.chain)
    }

    fn project(self, place: usize) -> bool {
        self == Self::Whole || place % 6 == 2
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Projects and cases walked by actions; those of the imported plan are not among them.
    pub projects: usize,
    /// Mails of the past, kept and not sent.
    pub mails: usize,
}

/// How the mails of the past are written out.
struct Letters {
    composer: Composer,
    options: DeliveryOptions,
}

/// Fills an empty database and store; the last event lies before `today` begins.
///
/// # Errors
/// A database that holds something already, storage trouble, or a rule that forbids what the demo does.
pub fn make(
    db: &Db,
    store: Store,
    settings: &Settings,
    today: NaiveDate,
    scope: Scope,
) -> anyhow::Result<Made> {
    let start = NaiveDate::from_ymd_opt(2001, 9, 3).context("the first day of the demo")?;
    let chance = world::chance();
    let clock = Arc::new(ManualClock::new(morning(start)));
    app::prepare(db, &Ground { clock, chance: chance.clone(), demo: true })?;
    let hash = Passwords::new(&settings.security, &chance.token())?.hash(PASSWORD)?;
    let letters = letters(settings, &*chance)?;
    db.write_blocking(
        move || morning(start),
        move |writer| fill(writer, &chance, &store, &letters, &hash, (today, scope)),
    )
}

fn letters(settings: &Settings, chance: &dyn Chance) -> anyhow::Result<Letters> {
    let folder = settings.templates.dir.as_deref();
    let words = Arc::new(Words::load(folder).context("the words")?);
    let seal = Seal::new(&app::secret(settings, chance)?);
    let address = settings.server.site_address(settings.server.port);
    Ok(Letters {
        composer: Composer::new(words, folder).context("the templates of mail")?,
        options: post::options(settings, address, seal)?,
    })
}

fn fill(
    writer: &mut WriteConn<'_>,
    chance: &Arc<quanheng_clock::SeededChance>,
    store: &Store,
    letters: &Letters,
    hash: &str,
    (today, scope): (NaiveDate, Scope),
) -> anyhow::Result<Made> {
    let (now, end) = (writer.now(), deadline::start_of(today));
    let world = World::new(writer.at(now), chance.clone(), now, end);
    register::ground(&world).context("the ground")?;
    people::without_seat(&world, hash).context("the people")?;
    let sources = lives::Sources::read()?;
    turns::tell(&world, stories(&world, &sources, hash, scope)?)?;
    register::plan(&world).context("the plan")?;
    world.put_papers(store).context("the papers")?;
    let mails = world.beside(|writer| keep_waiting(writer, &letters.composer, &letters.options))?;
    Ok(Made { projects: world.projects(), mails })
}

/// Every story with the instant at which it begins; at one instant the earlier in this list goes first.
fn stories<'s>(
    world: &'s World<'_>,
    sources: &'s lives::Sources,
    hash: &'s str,
    scope: Scope,
) -> anyhow::Result<Vec<(DateTime<Utc>, Story<'s>)>> {
    let own = deadline::day_of(world.end) - Days::new(HISTORY);
    let mut stories: Vec<(DateTime<Utc>, Story<'s>)> = Vec::new();
    for body in &people::BODIES {
        let (year, month) = body.since.unwrap_or((own.year(), own.month()));
        let since = NaiveDate::from_ymd_opt(year, month, 1).context("a month")?;
        let since = if body.since.is_some() { since } else { own };
        stories.push((morning(since), Box::pin(people::committee(world, body, hash))));
    }
    stories.push((morning(own), Box::pin(async { register::bodies(world) })));
    for (place, life) in lives::LIVES.iter().enumerate() {
        if let Some(begins) = lives::begins(life).filter(|_| scope.life(life)) {
            stories.push((begins, Box::pin(lives::tell(world, sources, place))));
        }
    }
    for (place, plan) in projects::all().filter(|(place, _)| scope.project(*place)) {
        let begins = projects::begins(world, plan)?;
        stories.push((begins, Box::pin(projects::walk(world, place, plan))));
    }
    stories.extend(reports::all(world)?);
    Ok(stories)
}

/// Half past nine on a day in Beijing.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    deadline::start_of(day) + chrono::TimeDelta::minutes(570)
}
