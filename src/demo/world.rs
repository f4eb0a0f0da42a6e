//! The hand-turned clock, the database and the people of the demo, and the ways to act in it.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use quanheng_actions::{ActionError, Tx, account::session, clock, profiles};
use quanheng_clock::{Clock, ManualClock, SeededChance};
use quanheng_db::{Db, accounts, conn::AnyConn, deadlines, register};
use quanheng_domain::{
    calendar::Calendar,
    deadline,
    ids::{CommitteeId, ObjectId, PersonId},
    lifecycle::DeadlineKind,
    people::Actor,
};
use quanheng_store::Store;
use tokio::runtime::Runtime;

use super::morning;

/// Where the seeded chance begins.
const SEED: u64 = 20_260_101;

/// A committee with its invented people.
#[derive(Debug, Clone)]
pub struct Seats {
    /// The committee.
    pub committee: CommitteeId,
    /// Its code.
    pub code: &'static str,
    /// 主任委员
    pub chair: PersonId,
    /// 副主任委员
    pub vice: PersonId,
    /// 秘书长
    pub secretary: PersonId,
    /// 委员
    pub members: Vec<PersonId>,
}

/// People without a seat.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    /// 起草人
    pub drafter: PersonId,
    /// 主审人
    pub reviewer: PersonId,
    /// 主管部门工作人员
    pub officer: PersonId,
    /// 单位职员, who suggests and comments.
    pub clerk: PersonId,
}

/// The demo while it is made.
pub struct World {
    /// The database.
    pub db: Db,
    /// The clock; it stands until it is turned.
    pub clock: Arc<ManualClock>,
    /// Chance from a seed.
    pub chance: Arc<SeededChance>,
    /// The instant before which everything happens.
    pub end: DateTime<Utc>,
    /// The committees that work.
    pub seats: Vec<Seats>,
    /// People without a seat.
    pub outside: Option<Outside>,
    store: Store,
    runtime: Runtime,
}

impl World {
    /// An empty world whose clock shows `start`.
    pub fn new(
        db: Db,
        store: Store,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self {
            db,
            clock: Arc::new(ManualClock::new(start)),
            chance: Arc::new(SeededChance::new(SEED)),
            end,
            seats: Vec::new(),
            outside: None,
            store,
            runtime,
        })
    }

    /// Acts in one transaction.
    pub fn write<T, F>(&self, mut job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_, '_>) -> Result<T, ActionError> + Send + 'static,
    {
        let (clock, chance) = (Arc::clone(&self.clock), Arc::clone(&self.chance));
        self.db
            .write_blocking(move || clock.now(), move |writer| job(&mut Tx::new(writer, &*chance)))
    }

    /// Reads.
    pub fn read<T>(
        &self,
        job: impl FnOnce(&mut AnyConn) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        self.db.read_blocking(job)
    }

    /// Puts bytes into the store and gives their SHA-256 and size.
    pub fn keep(&self, bytes: &[u8]) -> anyhow::Result<(String, i64)> {
        let limit = u64::try_from(bytes.len())?;
        let stored = self.runtime.block_on(self.store.put(bytes, limit))?;
        Ok((stored.hash.to_string(), i64::try_from(stored.size)?))
    }

    /// The people without a seat.
    pub fn outside(&self) -> anyhow::Result<Outside> {
        self.outside.context("people are invented before projects")
    }

    /// What the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today in Beijing.
    pub fn today(&self) -> NaiveDate {
        deadline::day_of(self.now())
    }

    /// Turns the clock to an instant, ringing every deadline on the way at its own instant.
    pub fn run_until(&self, instant: DateTime<Utc>) -> anyhow::Result<()> {
        loop {
            let due = self.read(|conn| Ok(deadlines::due(conn, instant, 1)?.pop()))?;
            let Some(due) = due else { break };
            self.clock.set(self.now().max(due.due_at));
            let id = due.id;
            self.write(move |tx| clock::act(tx, id))
                .with_context(|| format!("{} due at {}", due.kind, due.due_at))?;
        }
        self.clock.set(self.now().max(instant));
        Ok(())
    }

    /// Lets days pass, to the morning of a working day, and never beyond the end.
    pub fn days_later(&self, days: u64) -> anyhow::Result<()> {
        let day = self.today().checked_add_days(Days::new(days)).context("the calendar")?;
        let next = morning(self.working_day(day)?);
        if next < self.end {
            return self.run_until(next);
        }
        let last = deadline::day_of(self.end).pred_opt().context("the calendar")?;
        self.run_until(morning(self.working_day_before(day.min(last))?))
    }

    /// Waits for the end of a term of an object, then for the morning of a working day.
    pub fn await_term(&self, object: ObjectId, kind: DeadlineKind) -> anyhow::Result<()> {
        let open = self.read(|conn| Ok(deadlines::open_of(conn, object)?))?;
        if let Some(term) = open.iter().find(|term| term.kind == kind) {
            self.run_until(term.due_at)?;
            self.days_later(0)?;
        }
        Ok(())
    }

    /// A minute later, so that what people do does not fall on one instant.
    pub fn minutes_later(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    /// The day itself or the next working day.
    pub fn working_day(&self, day: NaiveDate) -> anyhow::Result<NaiveDate> {
        let calendar = self.calendar()?;
        day.iter_days().take(30).find(|day| calendar.is_working(*day)).context("a working day")
    }

    /// The day itself or the working day before it.
    pub fn working_day_before(&self, day: NaiveDate) -> anyhow::Result<NaiveDate> {
        let calendar = self.calendar()?;
        let mut back = (0..30).filter_map(|days| day.checked_sub_days(Days::new(days)));
        back.find(|day| calendar.is_working(*day)).context("a working day")
    }

    fn calendar(&self) -> anyhow::Result<Calendar> {
        Ok(self.read(profiles::calendar)?)
    }

    /// A person with the rights that the register gives at this instant.
    pub fn actor(&self, person: PersonId) -> Result<Actor, ActionError> {
        let now = self.now();
        self.read(|conn| actor_of(conn, person, now))
    }
}

/// A person as an actor at an instant.
pub fn actor_of(
    conn: &mut AnyConn,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Actor, ActionError> {
    let row = register::person(conn, person)?.ok_or(ActionError::NotFound)?;
    let administrator = accounts::account(conn, person)?.is_some_and(|row| row.administrator);
    Ok(Actor::Person(session::actor_of(conn, &row, administrator, now)?))
}
