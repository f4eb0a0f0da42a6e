//! The hand-turned clock, the one transaction and the people of the demo, and the ways to act in it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
};

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use quanheng_actions::{ActionError, Tx, account::session, clock, profiles};
use quanheng_clock::{Clock, ManualClock, SeededChance};
use quanheng_db::{WriteConn, accounts, conn::AnyConn, deadlines, register};
use quanheng_domain::{
    calendar::Calendar,
    deadline,
    ids::{CommitteeId, ObjectId, PersonId},
    lifecycle::DeadlineKind,
    people::Actor,
};
use quanheng_store::{Hash, Store};

use super::{
    morning,
    turns::{Until, Wake},
};

/// Where the seeded chance begins.
const SEED: u64 = 20_260_101;

/// How many papers are written to disk at a time.
const AT_A_TIME: usize = 16;

/// A committee with its invented people.
#[derive(Debug, Clone)]
pub struct Seats {
    /// The committee.
    pub committee: CommitteeId,
    /// How its projects are numbered.
    pub code: String,
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

/// The demo while it is made, in one transaction: all of it is kept or nothing.
pub struct World<'c> {
    /// The instant before which everything happens.
    pub end: DateTime<Utc>,
    /// What the story being told waits for.
    pub wake: Wake,
    writer: RefCell<WriteConn<'c>>,
    clock: ManualClock,
    chance: Arc<SeededChance>,
    seats: RefCell<BTreeMap<&'static str, Rc<Seats>>>,
    outside: Cell<Option<Outside>>,
    calendar: RefCell<Option<Rc<Calendar>>>,
    projects: Cell<usize>,
    papers: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl<'c> World<'c> {
    /// An empty world whose clock shows `start`.
    pub fn new(
        writer: WriteConn<'c>,
        chance: Arc<SeededChance>,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Self {
        Self {
            end,
            wake: Wake::default(),
            writer: RefCell::new(writer),
            clock: ManualClock::new(start),
            chance,
            seats: RefCell::default(),
            outside: Cell::new(None),
            calendar: RefCell::default(),
            projects: Cell::new(0),
            papers: RefCell::default(),
        }
    }

    /// Acts, with nothing kept of a verb that fails.
    pub fn write<T>(
        &self,
        job: impl FnOnce(&mut Tx<'_, '_>) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        let mut writer = self.writer.borrow_mut();
        writer.at(self.now()).attempt(|writer| job(&mut Tx::new(writer, &*self.chance)))
    }

    /// Does something with the connection that no verb does.
    pub fn beside<T>(&self, job: impl FnOnce(&mut WriteConn<'_>) -> T) -> T {
        job(&mut self.writer.borrow_mut().at(self.now()))
    }

    /// Reads.
    pub fn read<T>(
        &self,
        job: impl FnOnce(&mut AnyConn) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        job(self.writer.borrow_mut().conn())
    }

    /// Sets bytes aside for the store and gives their SHA-256 and size.
    pub fn keep(&self, bytes: Vec<u8>) -> anyhow::Result<(String, i64)> {
        let (hash, size) = (Hash::of(&bytes).to_string(), i64::try_from(bytes.len())?);
        self.papers.borrow_mut().insert(hash.clone(), bytes);
        Ok((hash, size))
    }

    /// Puts everything that was set aside into the store; the transaction must not end before.
    pub fn put_papers(&self, store: &Store) -> anyhow::Result<()> {
        let papers = self.papers.take();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let putting = stream::iter(papers.values().map(|bytes| async move {
            store.put(bytes.as_slice(), u64::try_from(bytes.len())?).await?;
            anyhow::Ok(())
        }));
        runtime.block_on(putting.buffer_unordered(AT_A_TIME).try_collect())
    }

    /// Seats a committee's people under its short name.
    pub fn seat(&self, short: &'static str, seats: Seats) {
        self.seats.borrow_mut().insert(short, Rc::new(seats));
    }

    /// The people of a committee.
    pub fn seats(&self, short: &str) -> anyhow::Result<Rc<Seats>> {
        self.seats
            .borrow()
            .get(short)
            .cloned()
            .with_context(|| format!("{short} has no people yet"))
    }

    /// Enters the people without a seat.
    pub fn know(&self, outside: Outside) {
        self.outside.set(Some(outside));
    }

    /// The people without a seat.
    pub fn outside(&self) -> anyhow::Result<Outside> {
        self.outside.get().context("people are invented before projects")
    }

    /// Counts one more project or case that the demo walks.
    pub fn count_project(&self) {
        self.projects.set(self.projects.get() + 1);
    }

    /// How many projects and cases the demo has walked.
    pub fn projects(&self) -> usize {
        self.projects.get()
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
    pub fn ring_until(&self, instant: DateTime<Utc>) -> anyhow::Result<()> {
        loop {
            let due = self.read(|conn| Ok(deadlines::due(conn, instant, 1)?.pop()))?;
            let Some(due) = due else { break };
            self.clock.set(self.now().max(due.due_at));
            self.write(|tx| clock::act(tx, due.id))
                .with_context(|| format!("{} due at {}", due.kind, due.due_at))?;
        }
        self.clock.set(self.now().max(instant));
        Ok(())
    }

    /// Waits for an instant.
    pub fn until(&self, instant: DateTime<Utc>) -> Until<'_, 'c> {
        Until { world: self, instant }
    }

    /// Waits for the morning of a day.
    pub fn until_day(&self, day: NaiveDate) -> Until<'_, 'c> {
        self.until(morning(day))
    }

    /// Lets days pass, to the morning of a working day, and never beyond the end.
    pub async fn days_later(&self, days: u64) -> anyhow::Result<()> {
        let day = self.today().checked_add_days(Days::new(days)).context("the calendar")?;
        let next = morning(self.working_day(day)?);
        if next < self.end {
            self.until(next).await;
            return Ok(());
        }
        let last = deadline::day_of(self.end).pred_opt().context("the calendar")?;
        self.until(morning(self.working_day_before(day.min(last))?)).await;
        Ok(())
    }

    /// The end of an open term of an object.
    pub fn term_of(
        &self,
        object: ObjectId,
        kind: DeadlineKind,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let open = self.read(|conn| Ok(deadlines::open_of(conn, object)?))?;
        Ok(open.iter().find(|term| term.kind == kind).map(|term| term.due_at))
    }

    /// Waits for the end of a term of an object, then for the morning of a working day.
    pub async fn await_term(&self, object: ObjectId, kind: DeadlineKind) -> anyhow::Result<()> {
        if let Some(due_at) = self.term_of(object, kind)? {
            self.until(due_at).await;
            self.days_later(0).await?;
        }
        Ok(())
    }

    /// Some minutes later, so that what people do does not fall on one instant.
    pub fn minutes_later(&self, minutes: i64) -> Until<'_, 'c> {
        self.until(self.now() + TimeDelta::minutes(minutes))
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

    // Days off are entered before anybody asks for a working day, and not changed after.
    fn calendar(&self) -> anyhow::Result<Rc<Calendar>> {
        if let Some(known) = &*self.calendar.borrow() {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(self.read(profiles::calendar)?);
        *self.calendar.borrow_mut() = Some(Rc::clone(&read));
        Ok(read)
    }

    /// A person with the rights that the register gives at this instant.
    pub fn actor(&self, person: PersonId) -> Result<Actor, ActionError> {
        let now = self.now();
        self.read(|conn| actor_of(conn, person, now))
    }
}

/// The chance that every making of the demo draws from.
pub fn chance() -> Arc<SeededChance> {
    Arc::new(SeededChance::new(SEED))
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
