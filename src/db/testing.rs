//! Databases for tests: fresh, migrated and gone at the end, of every kind that is at hand.
//!
//! SQLite is always at hand. PostgreSQL is when `QUANHENG_TEST_PG` holds the address of a server on which databases may be
//! made; with `QUANHENG_TEST_PG_REQUIRED=1` its absence fails the tests instead of passing over.

use std::{
    env,
    fs::{self, OpenOptions},
    ops::Deref,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering::SeqCst},
};

use diesel::{
    Connection, OptionalExtension, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection, sql_query, sql_types::Text,
};
use tempfile::TempDir;

use crate::{
    address::Address,
    conn::{AnyConn, Purpose},
    migrate,
    pool::{Db, DbOptions},
};

/// Changes with every change of a migration, so that no old template is taken.
const FINGERPRINT: &str = env!("MIGRATIONS_FINGERPRINT");

/// A database of one test's own.
pub struct TestDb {
    // Closed before what it stands on is removed.
    db: Option<Db>,
    ground: Ground,
}

enum Ground {
    Folder(TempDir),
    Server { admin: String, name: String },
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        self.db.as_ref().expect("the handle is there until the drop")
    }
}

impl TestDb {
    /// A migrated SQLite database, copied from a template.
    pub fn sqlite() -> Self {
        Self::sqlite_from(Some(&sqlite_template()))
    }

    /// A SQLite database without tables.
    pub fn empty_sqlite() -> Self {
        Self::sqlite_from(None)
    }

    pub(crate) fn sqlite_from(template: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("quanheng.sqlite3");
        if let Some(template) = template {
            fs::copy(template, &file).expect("the template can be copied");
        }
        let db = open(&format!("sqlite://{}", file.display()));
        Self { db: Some(db), ground: Ground::Folder(folder) }
    }

    /// A migrated PostgreSQL database, if a server is at hand.
    pub fn postgres() -> Option<Self> {
        let admin = server()?;
        let template = postgresql_template(&admin);
        Some(Self::postgres_from(admin, &template))
    }

    /// A PostgreSQL database without tables, if a server is at hand.
    pub fn empty_postgres() -> Option<Self> {
        Some(Self::postgres_from(server()?, "template0"))
    }

    fn postgres_from(admin: String, template: &str) -> Self {
        static TURN: AtomicU64 = AtomicU64::new(0);
        let name = format!("quanheng_test_{}_{}", process::id(), TURN.fetch_add(1, SeqCst));
        let mut conn = connect(&admin);
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .expect("an old database can go");
        conn.batch_execute(&create_from(&name, template)).expect("a database can be made");
        let db = open(&address_of(&admin, &name));
        Self { db: Some(db), ground: Ground::Server { admin, name } }
    }

    /// The handle, for what keeps a clone of its own.
    pub fn handle(&self) -> Db {
        Db::clone(self)
    }

    /// A connection outside the doors, for looking from aside and for what no job may do.
    pub fn connection(&self) -> AnyConn {
        self.aside(Purpose::Writing).expect("the test database answers")
    }

    /// The options by which this database was opened, for opening it again.
    pub fn options(&self) -> DbOptions {
        let url = match &self.ground {
            Ground::Folder(folder) => {
                format!("sqlite://{}", folder.path().join("quanheng.sqlite3").display())
            }
            Ground::Server { admin, name } => address_of(admin, name),
        };
        DbOptions { connections: 4, ..DbOptions::new(url) }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        self.db = None;
        if let Ground::Server { admin, name } = &self.ground {
            let dropped = connect(admin)
                .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            if let Err(error) = dropped {
                eprintln!("the test database {name} stays: {error}");
            }
        }
    }
}

/// Runs a test on a migrated database of every kind at hand and prints which.
pub fn for_each_backend(test: impl Fn(&TestDb)) {
    run_on([Some(TestDb::sqlite()), TestDb::postgres()], test);
}

/// Runs a test on a database without tables of every kind at hand and prints which.
pub fn for_each_empty_backend(test: impl Fn(&TestDb)) {
    run_on([Some(TestDb::empty_sqlite()), TestDb::empty_postgres()], test);
}

fn run_on(databases: [Option<TestDb>; 2], test: impl Fn(&TestDb)) {
    for (name, database) in ["SQLite", "PostgreSQL"].iter().zip(databases) {
        match database {
            Some(database) => {
                println!("on {name}");
                test(&database);
            }
            None => println!("not on {name}: QUANHENG_TEST_PG is not set"),
        }
    }
}

fn open(url: &str) -> Db {
    Db::open(&DbOptions { connections: 4, ..DbOptions::new(url) })
        .expect("a fresh test database opens")
}

/// The server's address, or a failure if one is demanded.
fn server() -> Option<String> {
    let server = env::var("QUANHENG_TEST_PG").ok().filter(|url| !url.is_empty());
    let required = env::var("QUANHENG_TEST_PG_REQUIRED").is_ok_and(|value| value == "1");
    assert!(
        server.is_some() || !required,
        "QUANHENG_TEST_PG_REQUIRED=1, but QUANHENG_TEST_PG names no server"
    );
    server
}

fn sqlite_template() -> PathBuf {
    let folder = env::temp_dir().join(format!("quanheng-template-{FINGERPRINT}"));
    fs::create_dir_all(&folder).expect("the template's folder can be made");
    let lock =
        OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"));
    let lock = lock.expect("the template's lock can be opened");
    lock.lock().expect("the template's lock can be taken");
    let template = folder.join("template.sqlite3");
    if !template.exists() {
        let fresh = folder.join(format!("fresh-{}.sqlite3", process::id()));
        let conn = SqliteConnection::establish(&fresh.display().to_string())
            .expect("a template can be made");
        let mut conn = AnyConn::Sqlite(conn);
        migrate::run_on(&mut conn, &Address::Sqlite(fresh.clone()))
            .expect("the migrations run on SQLite");
        drop(conn);
        fs::rename(&fresh, &template).expect("the template can be named");
    }
    template
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    #[expect(dead_code, reason = "only its being there is asked")]
    datname: String,
}

fn postgresql_template(admin: &str) -> String {
    let name = format!("quanheng_template_{FINGERPRINT}");
    let mut conn = connect(admin);
    conn.batch_execute("SELECT pg_advisory_lock(7362184502)")
        .expect("the template's lock can be taken");
    let there = sql_query("SELECT datname::text AS datname FROM pg_database WHERE datname = $1")
        .bind::<Text, _>(&name)
        .get_result::<Name>(&mut conn)
        .optional()
        .expect("the server tells its databases");
    if there.is_none() {
        let fresh = format!("{name}_fresh");
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {fresh} WITH (FORCE)"))
            .expect("a left-over can go");
        conn.batch_execute(&create_from(&fresh, "template0")).expect("a template can be made");
        let url = address_of(admin, &fresh);
        let mut inside = AnyConn::Pg(connect(&url));
        migrate::run_on(&mut inside, &Address::Postgresql(url))
            .expect("the migrations run on PostgreSQL");
        drop(inside);
        conn.batch_execute(&format!("ALTER DATABASE {fresh} RENAME TO {name}"))
            .expect("the template can be named");
    }
    name
}

fn create_from(name: &str, template: &str) -> String {
    let kind =
        if template == "template0" { " LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'" } else { "" };
    format!("CREATE DATABASE {name} TEMPLATE {template}{kind}")
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("the server of QUANHENG_TEST_PG answers")
}

/// The same server, another database.
fn address_of(admin: &str, name: &str) -> String {
    let (address, query) =
        admin.split_once('?').map_or((admin, None), |(address, query)| (address, Some(query)));
    let host_from = address.find("://").map_or(0, |at| at + 3);
    let host = match address[host_from..].find('/') {
        Some(slash) => &address[..host_from + slash],
        None => address,
    };
    match query {
        Some(query) => format!("{host}/{name}?{query}"),
        None => format!("{host}/{name}"),
    }
}
