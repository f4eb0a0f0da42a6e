//! A small world for tests: one authority, one committee, its people, and projects put at a stage by walking the real moves.
//!
//! ```ignore
//! on_each_backend(|world| {
//!     let project = world.project_at(Stage::Commenting);
//!     world.act(dispose, world.drafter, &command).unwrap();
//! });
//! ```
//!
//! Another crate takes it in with `#[path = "../../actions/tests/world/mod.rs"] mod world;`.
#![allow(dead_code, reason = "each test binary uses its own part of the world")]

mod people;
mod register;
mod walk;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use quanheng_actions::{ActionError, Tx, clock};
use quanheng_clock::{Clock, ManualClock, SeededChance};
use quanheng_db::{Db, DbError, conn::AnyConn, events, events::EventRow, outbox::MailRow, testing};
use quanheng_domain::{
    deadline,
    ids::{AuthorityId, CommitteeId, Id, OrganisationId, PersonId, ProjectId},
    notice::NoticeKey,
    people::Actor,
    refusal::{Refusal, RefusalCode},
};

/// What may differ from world to world.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Ordinary members, besides the chair and two vice-chairs.
    pub members: usize,
    /// Name of the rule profile of the authority.
    pub profile: &'static str,
    /// Mark of the authority in numbers, as a province has one.
    pub mark: Option<&'static str>,
    /// Rules that differ from the first fill, as (key, value).
    pub rules: &'static [(&'static str, &'static str)],
}

impl Default for Plan {
    fn default() -> Self {
        Self { members: 18, profile: "national", mark: None, rules: &[] }
    }
}

/// The world: 21 voting members (unless planned otherwise), a secretariat, those without a vote, a drafter and an officer.
pub struct World {
    db: Db,
    /// The clock; it stands until it is turned.
    pub clock: Arc<ManualClock>,
    /// Chance from a seed.
    pub chance: Arc<SeededChance>,
    /// The authority (national).
    pub authority: AuthorityId,
    /// The committee `MTC3`.
    pub committee: CommitteeId,
    /// 主任委员
    pub chair: PersonId,
    /// 副主任委员, in rank order.
    pub vices: Vec<PersonId>,
    /// 秘书长
    pub secretary: PersonId,
    /// 秘书处工作人员
    pub staff: PersonId,
    /// 委员
    pub members: Vec<PersonId>,
    /// 顾问
    pub adviser: PersonId,
    /// 通讯单位成员
    pub corresponding: PersonId,
    /// 主管部门工作人员
    pub officer: PersonId,
    /// 第一起草人 of every project of this world; holds no seat.
    pub drafter: PersonId,
    /// A signed-in person without seat or office.
    pub outsider: PersonId,
    /// The unit of the drafter (第一起草单位).
    pub drafting_unit: OrganisationId,
}

/// Runs a test in the default world on every database at hand.
pub fn on_each_backend(test: impl Fn(&World)) {
    on_each_backend_with(&Plan::default(), test);
}

/// Runs a test in a planned world on every database at hand.
pub fn on_each_backend_with(plan: &Plan, test: impl Fn(&World)) {
    testing::for_each_backend(|db| test(&World::build(db.handle(), plan)));
}

/// Monday, 2 March 2026, 09:00 in Beijing: the instant at which every world begins.
pub fn beginning() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

/// A verb as the actions write it.
pub type Verb<C, R> = fn(&mut Tx<'_, '_>, &Actor, &C) -> Result<R, ActionError>;

/// Who acts: a person of the register, whose rights are read anew, or an actor as it is.
pub trait Who {
    /// The actor.
    fn actor(self, world: &World) -> Actor;
}

impl Who for PersonId {
    fn actor(self, world: &World) -> Actor {
        world.actor(self)
    }
}

impl Who for Actor {
    fn actor(self, _: &World) -> Actor {
        self
    }
}

impl World {
    /// Builds the world in a migrated, empty database.
    pub fn build(db: Db, plan: &Plan) -> Self {
        let clock = Arc::new(ManualClock::new(beginning()));
        let chance = Arc::new(SeededChance::new(7));
        register::fill(db, clock, chance, plan)
    }

    /// Takes a verb in a transaction of its own.
    pub fn act<C, R>(&self, verb: Verb<C, R>, who: impl Who, command: &C) -> Result<R, ActionError>
    where
        C: Clone + Send + 'static,
        R: Send + 'static,
    {
        let (actor, command) = (who.actor(self), command.clone());
        self.write(move |tx| verb(tx, &actor, &command))
    }

    /// Takes a verb that must be refused, and tells the refusal.
    pub fn refused<C, R>(&self, verb: Verb<C, R>, who: impl Who, command: &C) -> Refusal
    where
        C: Clone + Send + 'static,
        R: Send + std::fmt::Debug + 'static,
    {
        match self.act(verb, who, command) {
            Err(ActionError::Refused(refusal)) => refusal,
            other => panic!("not refused but {other:?}"),
        }
    }

    /// The code of the refusal of a verb that must be refused.
    pub fn refusal<C, R>(&self, verb: Verb<C, R>, who: impl Who, command: &C) -> RefusalCode
    where
        C: Clone + Send + 'static,
        R: Send + std::fmt::Debug + 'static,
    {
        self.refused(verb, who, command).code
    }

    /// The faulty fields of a verb that must be found invalid.
    pub fn faulty<C, R>(&self, verb: Verb<C, R>, who: impl Who, command: &C) -> Vec<String>
    where
        C: Clone + Send + 'static,
        R: Send + std::fmt::Debug + 'static,
    {
        match self.act(verb, who, command) {
            Err(ActionError::Invalid(faults)) => {
                faults.into_iter().map(|fault| fault.field).collect()
            }
            other => panic!("not invalid but {other:?}"),
        }
    }

    /// Writes in a transaction with the clock of this world.
    pub fn write<T, F>(&self, mut job: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_, '_>) -> Result<T, ActionError> + Send + 'static,
    {
        let (clock, chance) = (Arc::clone(&self.clock), Arc::clone(&self.chance));
        self.db
            .write_blocking(move || clock.now(), move |writer| job(&mut Tx::new(writer, &*chance)))
    }

    /// Reads; the queries of the room `db` give their errors as Diesel's.
    pub fn read<T>(&self, job: impl FnOnce(&mut AnyConn) -> diesel::QueryResult<T>) -> T {
        self.db.read_blocking(|conn| job(conn).map_err(DbError::from)).unwrap()
    }

    /// Reads through a function of the actions.
    pub fn ask<T>(
        &self,
        job: impl FnOnce(&mut AnyConn) -> Result<T, ActionError>,
    ) -> Result<T, ActionError> {
        self.db.read_blocking(job)
    }

    /// The database, for what opens its own doors.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The instant the clock shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today in Beijing.
    pub fn today(&self) -> NaiveDate {
        deadline::day_of(self.now())
    }

    /// Turns the clock to an instant.
    pub fn at(&self, instant: DateTime<Utc>) {
        self.clock.set(instant);
    }

    /// Turns the clock on.
    pub fn later(&self, step: TimeDelta) {
        self.clock.advance(step);
    }

    /// The clock acts on everything that is due.
    pub fn tick(&self) {
        let now = self.now();
        for id in self.ask(|conn| clock::due(conn, now, 1_000)).unwrap() {
            self.write(move |tx| clock::act(tx, id)).unwrap();
        }
    }

    /// Lets time pass and acts on every deadline that fell due.
    pub fn pass(&self, step: TimeDelta) {
        self.later(step);
        self.tick();
    }

    /// A new identity.
    pub fn id<T>(&self) -> Id<T> {
        quanheng_clock::Ids::id(&*self.chance, self.now())
    }

    /// Events of a project, the oldest first.
    pub fn events(&self, project: ProjectId) -> Vec<EventRow> {
        self.read(|conn| events::of_object(conn, project.cast()))
    }

    /// Kinds of the events of a project, the oldest first.
    pub fn event_kinds(&self, project: ProjectId) -> Vec<String> {
        self.events(project).into_iter().map(|event| event.kind).collect()
    }

    /// Every mail of a notice, in the order in which it was put into the outbox.
    pub fn mails(&self, notice: NoticeKey) -> Vec<MailRow> {
        use diesel::prelude::*;
        use quanheng_db::schema::outbox;
        self.read(|conn| {
            outbox::table
                .filter(outbox::notice.eq(quanheng_db::bind(notice)))
                .order(outbox::id)
                .select(MailRow::as_select())
                .load(conn)
        })
    }
}
