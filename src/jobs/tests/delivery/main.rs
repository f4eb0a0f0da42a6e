//! The outbox drained on every database at hand: nothing lost, nothing doubled, order kept.
#![allow(clippy::unwrap_used)]

mod bounces;
mod order;
mod outage;
mod records;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::RunQueryDsl;
use quanheng_actions::ActionError;
use quanheng_clock::{Clock, Ids, ManualClock, SeededChance};
use quanheng_db::{
    Db, DbError, delivery, on_each,
    outbox::MailRow,
    schema::outbox::table as outbox,
    testing::{TestDb, for_each_backend},
};
use quanheng_domain::{
    Locale,
    event::ObjectKind,
    ids::{EventId, MailId, ObjectId},
    notice::{NoticeFacts, NoticeKey},
    records::MailState,
};
use quanheng_i18n::Words;
use quanheng_jobs::deliver_mail::{Delivered, DeliveryOptions, MailDelivery};
use quanheng_mail::{Composer, Mailbox, Transport, transport::Memory};

/// An instance with a clock to turn and a memory to look into.
pub(crate) struct Office {
    pub db: Db,
    pub clock: Arc<ManualClock>,
    pub chance: Arc<SeededChance>,
    pub memory: Memory,
    pub delivery: MailDelivery,
    runtime: tokio::runtime::Runtime,
}

pub(crate) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_496_000, 0).unwrap()
}

fn options() -> DeliveryOptions {
    DeliveryOptions {
        site: BTreeMap::from([
            (Locale::Chinese, "权衡".to_owned()),
            (Locale::English, "Quanheng".to_owned()),
        ]),
        base_url: "https://quanheng.example".to_owned(),
        from: Mailbox { name: "权衡".to_owned(), email: "no-reply@quanheng.example".to_owned() },
        reply_to: None,
        zone: chrono_tz::Asia::Shanghai,
        batch: 50,
        lease: TimeDelta::minutes(5),
        per_address_hour: 20,
        give_up_after: TimeDelta::hours(72),
        stop_path: None,
    }
}

/// Parsed once for all tests of the run.
fn composer() -> Arc<Composer> {
    static COMPOSER: OnceLock<Arc<Composer>> = OnceLock::new();
    let read = || Arc::new(Composer::new(Arc::new(Words::load(None).unwrap()), None).unwrap());
    COMPOSER.get_or_init(read).clone()
}

impl Office {
    pub(crate) fn new(db: &TestDb) -> Self {
        Self::with(db, |memory| Transport::Memory(memory.clone()))
    }

    pub(crate) fn with(db: &TestDb, transport: impl FnOnce(&Memory) -> Transport) -> Self {
        let clock = Arc::new(ManualClock::new(start()));
        let chance = Arc::new(SeededChance::new(20));
        let memory = Memory::default();
        let transport = Arc::new(transport(&memory));
        let delivery = MailDelivery {
            db: db.handle(),
            clock: clock.clone(),
            chance: chance.clone(),
            composer: composer(),
            transport,
            options: options(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        Self { db: db.handle(), clock, chance, memory, delivery, runtime }
    }

    /// Another worker on the same database, with the same memory and clock.
    pub(crate) fn colleague(&self) -> MailDelivery {
        MailDelivery {
            db: self.db.clone(),
            clock: self.clock.clone(),
            chance: self.chance.clone(),
            composer: self.delivery.composer.clone(),
            transport: self.delivery.transport.clone(),
            options: self.delivery.options.clone(),
        }
    }

    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(crate) fn run(&self) -> Delivered {
        self.wait(self.delivery.run(|| true)).unwrap()
    }

    pub(crate) fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    pub(crate) fn event(&self) -> EventId {
        self.chance.id(self.clock.now())
    }

    /// Puts a mail into the outbox as an action would.
    pub(crate) fn post(&self, notice: NoticeKey, address: &str, event: Option<EventId>) -> MailId {
        self.post_all(notice, &[address.to_owned()], event)[0]
    }

    pub(crate) fn post_all(
        &self,
        notice: NoticeKey,
        addresses: &[String],
        event: Option<EventId>,
    ) -> Vec<MailId> {
        let rows: Vec<MailRow> =
            addresses.iter().map(|address| self.row(notice, address, event)).collect();
        let ids = rows.iter().map(|row| row.id).collect();
        self.write(move |conn| {
            for some in rows.chunks(500) {
                on_each!(conn, c => diesel::insert_into(outbox).values(some).execute(c))?;
            }
            Ok(())
        });
        ids
    }

    pub(crate) fn row(&self, notice: NoticeKey, address: &str, event: Option<EventId>) -> MailRow {
        let now = self.clock.now();
        let id: MailId = self.chance.id(now);
        MailRow {
            id,
            notice,
            payload: serde_json::to_value(NoticeFacts::sample(notice)).unwrap(),
            audience: notice.row().audience[0],
            person_id: None,
            name: "委员·演示".to_owned(),
            address: address.to_owned(),
            locale: "zh-CN".to_owned(),
            object_kind: ObjectKind::Project,
            object_id: project(),
            event_id: event,
            dedupe_key: id.to_string(),
            state: MailState::Queued,
            send_after: now,
            attempts: 0,
            claimed_until: None,
            sent_at: None,
            gave_up_at: None,
            last_error: String::new(),
            message_id: String::new(),
            subject: String::new(),
            body_text: String::new(),
            created_at: now,
        }
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        mut job: impl FnMut(&mut quanheng_db::AnyConn) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        let clock = self.clock.clone();
        let job = move |conn: &mut quanheng_db::WriteConn<'_>| {
            job(conn.conn()).map_err(ActionError::from)
        };
        self.db.write_blocking(move || clock.now(), job).unwrap()
    }

    pub(crate) fn mail(&self, id: MailId) -> MailRow {
        self.db
            .read_blocking(|conn| delivery::mail(conn, id).map_err(DbError::from))
            .unwrap()
            .unwrap()
    }

    pub(crate) fn in_state(&self, state: MailState) -> i64 {
        self.db.read_blocking(|conn| delivery::backlog(conn).map_err(DbError::from)).unwrap().counts
            [&state]
    }

    /// Addresses of the letters that left, in order.
    pub(crate) fn sent_to(&self) -> Vec<String> {
        self.memory.sent().into_iter().map(|letter| letter.to.email).collect()
    }
}

pub(crate) fn project() -> ObjectId {
    "01976a00-7d00-7000-8000-000000000162".parse().unwrap()
}

pub(crate) fn member(number: usize) -> String {
    format!("member-{number:05}@demo.example")
}

pub(crate) fn members(count: usize) -> Vec<String> {
    (0..count).map(member).collect()
}

pub(crate) fn on_each_database(test: impl Fn(&TestDb)) {
    for_each_backend(test);
}
