//! The room's own tests, against SQLite always and against PostgreSQL where a server is named.
#![allow(clippy::unwrap_used, missing_docs)]

mod batches;
mod columns;
mod doors;
mod lost;
mod migrations;
mod portable;
mod whole;

use chrono::{DateTime, TimeZone, Utc};
use diesel::{connection::SimpleConnection, prelude::*};
use quanheng_db::{
    Db, DbError, WriteConn,
    testing::{TestDb, for_each_empty_backend},
};

diesel::table! {
    things (id) {
        id -> BigInt,
        name -> Text,
        owner -> Nullable<BigInt>,
    }
}

const TABLES: &str = "CREATE TABLE things (id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, owner BIGINT REFERENCES things (id),
    UNIQUE (name, owner)); CREATE UNIQUE INDEX things_folded ON things (lower(name), owner) WHERE id > 3";

pub fn now() -> DateTime<Utc> {
    Utc.timestamp_micros(1_780_000_000_000_000).unwrap()
}

pub fn write<T: Send + 'static>(
    db: &Db,
    job: impl FnMut(&mut WriteConn<'_>) -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    db.write_blocking(now, job)
}

pub fn with_tables(test: impl Fn(&TestDb)) {
    for_each_empty_backend(|db| {
        write(db, |tx| Ok(tx.batch_execute(TABLES)?)).unwrap();
        test(db);
    });
}

pub fn add(tx: &mut WriteConn<'_>, id: i64) -> Result<usize, DbError> {
    Ok(diesel::insert_into(things::table)
        .values((things::id.eq(id), things::name.eq(format!("thing {id}"))))
        .execute(tx.conn())?)
}

pub fn ids(db: &Db) -> Vec<i64> {
    db.read_blocking(|conn| {
        Ok::<_, DbError>(things::table.select(things::id).order(things::id).load(conn)?)
    })
    .unwrap()
}
