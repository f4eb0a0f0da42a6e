//! A synthetic instance for measurements (`quanheng load`): as many committees, projects and comments as asked for, the same for the
//! same seed and day, with a ledger that `quanheng verify` walks like any other. Written in bulk, past the rules: nobody's history.

mod committees;
mod ledger;
mod projects;
mod texts;
mod writer;

use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use quanheng_actions::account::password::Passwords;
use quanheng_clock::{Chance, Ids, ManualClock, SeededChance};
use quanheng_config::Security;
use quanheng_db::{Db, DbError, register, rule_profiles};
use quanheng_domain::{
    deadline,
    ids::{AuthorityId, Id, ProfileId},
    rules,
};
use quanheng_store::{Store, Stored};

use crate::app::{self, Ground};
use crate::archive;
use ledger::Ledger;
use writer::Writer;

/// The password of every account of the set.
pub const PASSWORD: &str = "load-quanheng-2026";
/// The accounts that have one.
pub const SIGN_INS: [&str; 4] = [
    "admin@load.example",
    "officer@load.example",
    "secretary-1@load.example",
    "member-1-1@load.example",
];

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Committees, each with seventeen seats.
    pub committees: u32,
    /// Projects, in every stage; twice as many texts stand in the catalogue.
    pub projects: u32,
    /// Comments, spread over the rounds of the projects that had one.
    pub comments: u32,
    /// Events at least; projects get further ones until the ledger is that long.
    pub events: u64,
    /// Whether every text of the catalogue has a full text in clauses, from a finished project of its own.
    pub texts: bool,
    /// The seed.
    pub seed: u64,
    /// The day on which open rounds are open.
    pub today: NaiveDate,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Rows in all tables.
    pub rows: u64,
    /// Those of the ledger.
    pub events: u64,
}

/// Fills an empty instance; `tell` hears how many rows were written.
///
/// # Errors
/// An instance in which somebody works; storage trouble.
pub fn load(
    db: &Db,
    store: &Store,
    security: &Security,
    size: Size,
    tell: impl FnMut(u64),
) -> anyhow::Result<Loaded> {
    if size.committees == 0 {
        bail!("a set needs one committee at least");
    }
    let chance = Arc::new(SeededChance::new(size.seed));
    let first = size.today.checked_sub_days(Days::new(1_800)).context("the calendar")?;
    let clock = Arc::new(ManualClock::new(deadline::start_of(first)));
    let ground = Ground { clock, chance: chance.clone(), demo: false };
    app::prepare(db, &ground)?;
    if archive::is_occupied(db)? {
        bail!("somebody works with this instance; load fills an empty one");
    }
    let draft = "合成数据：征求意见稿。\n1 范围\n2 计量特性\n7.2 校准方法\n";
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let file = runtime.block_on(store.put(draft.as_bytes(), 4_096))?;
    let hash = Passwords::new(security, &chance.token())?.hash(PASSWORD)?;
    let (authority, profile) = foundation(db, size.today)?;
    let mut set = Set {
        size,
        chance,
        authority,
        profile,
        file,
        hash,
        ledger: Ledger::default(),
        writer: Writer::open(db, Box::new(tell))?,
    };
    let seats = committees::write(&mut set)?;
    projects::write(&mut set, &seats)?;
    set.writer.flush()?;
    db.refresh_statistics_blocking()?;
    Ok(Loaded { rows: set.writer.rows, events: set.ledger.events })
}

fn foundation(db: &Db, today: NaiveDate) -> anyhow::Result<(AuthorityId, ProfileId)> {
    let found: Result<_, DbError> = db.read_blocking(|conn| {
        let authority = register::authority_by_code(conn, "SAMR")?.ok_or(DbError::NotFound)?;
        let profile =
            rule_profiles::in_force(conn, rules::SEED_NAMES[0], today)?.ok_or(DbError::NotFound)?;
        Ok((authority.id, profile.id))
    });
    found.context("the ground of the instance")
}

/// What the parts of the set are written with.
struct Set<'s> {
    size: Size,
    chance: Arc<SeededChance>,
    authority: AuthorityId,
    profile: ProfileId,
    file: Stored,
    hash: String,
    ledger: Ledger,
    writer: Writer<'s>,
}

impl Set<'_> {
    /// A number below `end`.
    fn below(&self, end: u64) -> u64 {
        (&*self.chance as &dyn Chance).below(end)
    }

    /// An identity of an instant.
    fn id<T>(&self, at: DateTime<Utc>) -> Id<T> {
        self.chance.id(at)
    }

    /// Half past nine on the day so many days before today.
    fn ago(&self, days: u64) -> DateTime<Utc> {
        let day = self.size.today.checked_sub_days(Days::new(days)).unwrap_or(self.size.today);
        deadline::start_of(day) + TimeDelta::minutes(570)
    }
}
