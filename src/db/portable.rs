//! Everything that differs between SQLite and PostgreSQL once a connection is open.
//!
//! Elsewhere in the room a query is written once against [`AnyConn`]. What that cannot say (`on_conflict`, many rows in one
//! insert, `FOR UPDATE`) is written once too, with [`on_each!`](crate::on_each).

use std::path::Path;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl,
    connection::{AnsiTransactionManager, SimpleConnection},
    sql_query,
    sql_types::{BigInt, Bool, Text},
};
use quanheng_domain::ids::Id;

use crate::{
    conn::AnyConn,
    error::DbError,
    rows::bind,
    transaction::WriteConn,
    types::{Instant, Uid},
};

/// Runs one expression on the connection inside the enum, compiled for each database.
///
/// ```ignore
/// // Insert what is not there yet; 0 means that it was.
/// on_each!(tx.conn(), c => insert_into(t::table).values(&row).on_conflict_do_nothing().execute(c))?;
/// // Insert or overwrite.
/// on_each!(tx.conn(), c => insert_into(t::table).values(&row).on_conflict(t::id).do_update().set(&row).execute(c))?;
/// // Many rows at once (SQLite takes 32,766 values in all).
/// on_each!(tx.conn(), c => insert_into(t::table).values(&rows).execute(c))?;
/// ```
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::conn::AnyConn::Pg($inner) => $body,
            $crate::conn::AnyConn::Sqlite($inner) => $body,
        }
    };
}

/// Inserts a row unless one with the same unique values exists; says whether it was inserted.
///
/// Unlike a caught violation this leaves a PostgreSQL transaction usable.
#[macro_export]
macro_rules! insert_if_absent {
    ($conn:expr, $table:path, $row:expr) => {
        $crate::on_each!($conn, c => {
            use diesel::RunQueryDsl as _;
            diesel::insert_into($table).values($row).on_conflict_do_nothing().execute(c)
        })
        .map(|inserted| inserted == 1)
        .map_err($crate::error::DbError::from)
    };
}

pub(crate) fn begin_read(conn: &mut AnyConn) -> Result<(), DbError> {
    match conn {
        AnyConn::Pg(c) => {
            AnsiTransactionManager::begin_transaction_sql(
                c,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?;
        }
        AnyConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
    }
    Ok(())
}

/// On SQLite the lock is taken at once: a transaction that read first cannot wait for another writer's end.
pub(crate) fn begin_write(conn: &mut AnyConn) -> Result<(), DbError> {
    match conn {
        AnyConn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL READ COMMITTED",
        )?,
        AnyConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Truth {
    #[diesel(sql_type = Bool)]
    value: bool,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// Whether the server is a standby, which answers questions but takes no changes.
pub(crate) fn is_standby(conn: &mut AnyConn) -> Result<bool, DbError> {
    match conn {
        AnyConn::Pg(c) => {
            Ok(sql_query("SELECT pg_is_in_recovery() AS value").get_result::<Truth>(c)?.value)
        }
        AnyConn::Sqlite(_) => Ok(false),
    }
}

/// Takes a lock of a name that ends with the transaction; others who take the same name wait.
///
/// On SQLite nothing is to do, because only one transaction writes at a time.
pub fn lock_name(tx: &mut WriteConn<'_>, name: &str) -> Result<(), DbError> {
    match tx.conn() {
        AnyConn::Pg(c) => {
            sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind::<Text, _>(name)
                .execute(c)?;
        }
        AnyConn::Sqlite(_) => {}
    }
    Ok(())
}

/// Keeps other processes from migrating until the connection is closed. SQLite has its lock file for this.
pub(crate) fn lock_migrations(conn: &mut AnyConn) -> Result<(), DbError> {
    match conn {
        AnyConn::Pg(c) => {
            c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(7362184501)")?;
        }
        AnyConn::Sqlite(_) => {}
    }
    Ok(())
}

/// Lets migrations rebuild tables that others refer to; SQLite alone needs it.
pub(crate) fn suspend_references(conn: &mut AnyConn) -> Result<(), DbError> {
    match conn {
        AnyConn::Pg(_) => Ok(()),
        AnyConn::Sqlite(c) => {
            Ok(c.batch_execute("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = OFF")?)
        }
    }
}

/// The tables that hold broken references after [`suspend_references`]; none on PostgreSQL, which never suspends.
pub(crate) fn broken_references(conn: &mut AnyConn) -> Result<Vec<String>, DbError> {
    match conn {
        AnyConn::Pg(_) => Ok(Vec::new()),
        AnyConn::Sqlite(c) => {
            let tables =
                sql_query("SELECT DISTINCT \"table\" AS value FROM pragma_foreign_key_check")
                    .load::<Word>(c)?;
            Ok(tables.into_iter().map(|table| table.value).collect())
        }
    }
}

/// Work that is handed out to one worker at a time, by a lease that ends by itself.
///
/// All parts are SQL of the program, never of a user.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The table, whose key is `id`.
    pub table: &'static str,
    /// The column with the instant from which the work may be done.
    pub due: &'static str,
    /// The nullable column with the instant until which a worker holds it.
    pub until: &'static str,
    /// The condition of work that is still to do, such as `sent_at IS NULL`.
    pub open: &'static str,
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = Uid)]
    id: Id<()>,
}

/// Claims at most `limit` due rows until the given instant, oldest first, and tells which; nobody else gets them before.
///
/// The answer is in no particular order. Finishing or giving up is an ordinary update of the row.
pub fn claim<T>(
    tx: &mut WriteConn<'_>,
    lease: &Lease,
    until: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Id<T>>, DbError> {
    let Lease { table, due, until: until_column, open } = lease;
    let now = tx.now();
    // Rows that another worker is just claiming are passed over instead of waited for.
    let passing = match tx.conn() {
        AnyConn::Pg(_) => "FOR UPDATE SKIP LOCKED",
        AnyConn::Sqlite(_) => "",
    };
    let sql = format!(
        "UPDATE {table} SET {until_column} = $1 WHERE id IN (SELECT id FROM {table} WHERE {open} AND {due} <= $2 \
         AND ({until_column} IS NULL OR {until_column} <= $3) ORDER BY {due}, id LIMIT $4 {passing}) RETURNING id"
    );
    let claimed = sql_query(sql)
        .bind::<Instant, _>(bind(until))
        .bind::<Instant, _>(bind(now))
        .bind::<Instant, _>(bind(now))
        .bind::<BigInt, _>(i64::from(limit))
        .load::<Claimed>(tx.conn())?;
    Ok(claimed.into_iter().map(|row| row.id.cast()).collect())
}

/// How big a table is.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct TableSize {
    /// The table.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Its bytes with all indexes.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
}

/// The sizes of all tables, biggest first.
pub fn table_sizes(conn: &mut AnyConn) -> Result<Vec<TableSize>, DbError> {
    let sql = match conn {
        AnyConn::Pg(_) => {
            "SELECT relname::text AS name, pg_total_relation_size(oid)::bigint AS bytes FROM pg_class \
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC, 1"
        }
        AnyConn::Sqlite(_) => {
            "SELECT s.tbl_name AS name, CAST(sum(d.pgsize) AS INTEGER) AS bytes FROM dbstat d \
             JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = TRUE GROUP BY s.tbl_name ORDER BY 2 DESC, 1"
        }
    };
    Ok(sql_query(sql).load(conn)?)
}

/// What a database says of itself, for checks and the administrator's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `SQLite` or `PostgreSQL`.
    pub product: &'static str,
    /// Its version.
    pub version: String,
    /// Bytes in all.
    pub bytes: i64,
    /// How texts are ordered; anything but `C`, `POSIX`, `C.UTF-8` or SQLite's `BINARY` orders lists otherwise than expected.
    pub collation: String,
    /// How texts are encoded; must be `UTF8` or `UTF-8`.
    pub encoding: String,
    /// SQLite's journal mode (`wal`), PostgreSQL's `synchronous_commit`.
    pub durability: String,
    /// The server's own clock in UTC, for comparing with this machine's; SQLite has none.
    pub clock: Option<DateTime<Utc>>,
}

impl Facts {
    /// Whether texts are ordered by their code points, as the program expects.
    pub fn orders_by_code_point(&self) -> bool {
        matches!(self.collation.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8" | "BINARY")
    }
}

/// Asks a database about itself.
pub fn facts(conn: &mut AnyConn) -> Result<Facts, DbError> {
    let sqlite = matches!(conn, AnyConn::Sqlite(_));
    let mut ask = |sqlite_sql: &str, pg_sql: &str| -> Result<String, DbError> {
        Ok(sql_query(if sqlite { sqlite_sql } else { pg_sql }).get_result::<Word>(conn)?.value)
    };
    const THIS: &str = "FROM pg_database WHERE datname = current_database()";
    let version = ask(
        "SELECT sqlite_version() AS value",
        "SELECT current_setting('server_version') AS value",
    )?;
    let collation =
        ask("SELECT 'BINARY' AS value", &format!("SELECT datcollate::text AS value {THIS}"))?;
    let encoding = ask(
        "SELECT encoding AS value FROM pragma_encoding",
        &format!("SELECT pg_encoding_to_char(encoding)::text AS value {THIS}"),
    )?;
    let durability = ask(
        "SELECT journal_mode AS value FROM pragma_journal_mode",
        "SELECT current_setting('synchronous_commit') AS value",
    )?;
    let bytes = match conn {
        AnyConn::Pg(c) => sql_query("SELECT pg_database_size(current_database()) AS value")
            .get_result::<Number>(c)?,
        AnyConn::Sqlite(c) => sql_query(
            "SELECT page_count * page_size AS value FROM pragma_page_count, pragma_page_size",
        )
        .get_result(c)?,
    };
    let product = if sqlite { "SQLite" } else { "PostgreSQL" };
    let clock = server_clock(conn)?;
    Ok(Facts { product, version, bytes: bytes.value, collation, encoding, durability, clock })
}

#[derive(QueryableByName)]
struct Reading {
    #[diesel(sql_type = Instant)]
    value: DateTime<Utc>,
}

fn server_clock(conn: &mut AnyConn) -> Result<Option<DateTime<Utc>>, DbError> {
    match conn {
        AnyConn::Pg(_) => {
            let sql = "SELECT (clock_timestamp() AT TIME ZONE 'UTC')::timestamp AS value";
            Ok(Some(sql_query(sql).get_result::<Reading>(conn)?.value))
        }
        AnyConn::Sqlite(_) => Ok(None),
    }
}

/// Writes a whole, consistent copy of a SQLite database to a new file; false on PostgreSQL, which has `pg_dump`.
pub(crate) fn copy_to(conn: &mut AnyConn, file: &Path) -> Result<bool, DbError> {
    match conn {
        AnyConn::Pg(_) => Ok(false),
        AnyConn::Sqlite(c) => {
            sql_query("VACUUM INTO $1").bind::<Text, _>(file.display().to_string()).execute(c)?;
            Ok(true)
        }
    }
}

/// Refreshes what the query planner knows of the tables; for a quiet hour.
pub(crate) fn refresh_statistics(conn: &mut AnyConn) -> Result<(), DbError> {
    match conn {
        AnyConn::Pg(c) => Ok(c.batch_execute("ANALYZE")?),
        AnyConn::Sqlite(c) => Ok(c.batch_execute("PRAGMA optimize = 0x10002")?),
    }
}
