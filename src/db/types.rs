//! SQL types of our own, so that rows hold domain types directly and mean the same on both databases.
//!
//! | SQL type   | PostgreSQL  | SQLite                                   | Rust                               |
//! | ---------- | ----------- | ---------------------------------------- | ---------------------------------- |
//! | `Uid`      | `uuid`      | `BLOB` of 16 bytes                       | `Id<T>` of any kind                |
//! | `Instant`  | `timestamp` | `TEXT`, `2026-07-01 08:30:00.000000` UTC | `chrono::DateTime<Utc>`            |
//! | `KeyText`  | `text`      | `TEXT`                                   | a `Keyed` enum (`key_columns!`)    |
//! | `JsonText` | `text`      | `TEXT`                                   | `serde_json::Value`                |
//!
//! `Text`, `Integer`, `BigInt`, `Bool`, `Double`, `Binary` and `Date` are Diesel's own and work as they are.
//!
//! How values of these types enter queries and rows, nullable or not, is told in `rows.rs`.

use std::error::Error;

use chrono::{DateTime, NaiveDateTime, Timelike, Utc};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    pg::Pg,
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{self, HasSqlType, SqlOrd, SqlType},
    sqlite::Sqlite,
};
use quanheng_domain::ids::Id;
use serde_json::Value;
use uuid::Uuid;

use crate::conn::MultiBackend;

/// An identity: `uuid` on PostgreSQL, sixteen bytes on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uid;

/// An instant in UTC to the microsecond: `timestamp` on PostgreSQL, text of fixed width on SQLite, so that order is time.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1114, array_oid = 1115), sqlite_type(name = "Text"))]
pub struct Instant;

/// The stable key of a value of a closed set: text on both.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 25, array_oid = 1009), sqlite_type(name = "Text"))]
pub struct KeyText;

/// JSON stored as text on both, because nothing is asked of its inside in SQL.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 25, array_oid = 1009), sqlite_type(name = "Text"))]
pub struct JsonText;

// Not for `Uid`: PostgreSQL before 18 has no min(uuid).
impl SqlOrd for Instant {}
impl SqlOrd for KeyText {}

/// Makes a SQL type known to the enum of both backends.
macro_rules! known_to_both {
    ($($sql:ty),*) => {$(
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$sql>(lookup)
            }
        }
    )*};
}
known_to_both!(Uid, Instant, KeyText, JsonText);

/// The impls that let a Rust type be bound to and read from a SQL type through the enum.
#[macro_export]
#[doc(hidden)]
macro_rules! __through_the_enum {
    ([$($generic:tt)*] $rust:ty => $sql:ty) => {
        impl<$($generic)*> diesel::serialize::ToSql<$sql, $crate::conn::MultiBackend> for $rust {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, $crate::conn::MultiBackend>,
            ) -> diesel::serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl<$($generic)*> diesel::serialize::ToSql<diesel::sql_types::Nullable<$sql>, $crate::conn::MultiBackend> for $rust {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, $crate::conn::MultiBackend>,
            ) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<$sql, $crate::conn::MultiBackend>::to_sql(self, out)
            }
        }
        impl<$($generic)*> diesel::deserialize::FromSql<$sql, $crate::conn::MultiBackend> for $rust {
            fn from_sql(
                bytes: <$crate::conn::MultiBackend as diesel::backend::Backend>::RawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                bytes.from_sql::<Self, $sql>()
            }
        }
    };
}

__through_the_enum!([T: 'static] Id<T> => Uid);
__through_the_enum!([] DateTime<Utc> => Instant);
__through_the_enum!([] Value => JsonText);

// Queryable is written out and not derived, because these types are not ours.
impl<T: 'static, DB: Backend> Queryable<Uid, DB> for Id<T>
where
    Self: FromSql<Uid, DB>,
{
    type Row = Self;
    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}
impl<DB: Backend> Queryable<JsonText, DB> for Value
where
    Self: FromSql<JsonText, DB>,
{
    type Row = Self;
    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

impl<T: 'static> ToSql<Uid, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.uuid().as_bytes().to_vec());
        Ok(IsNull::No)
    }
}
impl<T: 'static> ToSql<Uid, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        std::io::Write::write_all(out, self.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}
impl<T: 'static> FromSql<Uid, Sqlite> for Id<T> {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<sql_types::Binary, Sqlite>>::from_sql(bytes)?;
        Ok(Self::new(Uuid::from_slice(&bytes)?))
    }
}
impl<T: 'static> FromSql<Uid, Pg> for Id<T> {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::new(Uuid::from_slice(bytes.as_bytes())?))
    }
}

/// How instants are written on SQLite; always six decimals, so that comparing texts compares times.
const SQLITE_INSTANT: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// Cuts an instant to whole microseconds, the finest step that both databases keep.
///
/// Values are cut when they are stored; call this before comparing a value with what was read back.
pub fn to_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    let nanos = at.nanosecond();
    at.with_nanosecond(nanos - nanos % 1_000).unwrap_or(at)
}

impl ToSql<Instant, Sqlite> for DateTime<Utc> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        let years = chrono::Datelike::year(self);
        if !(0..=9999).contains(&years) {
            return Err(format!("an instant in the year {years} cannot be stored").into());
        }
        out.set_value(to_microseconds(*self).format(SQLITE_INSTANT).to_string());
        Ok(IsNull::No)
    }
}
impl ToSql<Instant, Pg> for DateTime<Utc> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let naive = to_microseconds(*self).naive_utc();
        ToSql::<sql_types::Timestamp, Pg>::to_sql(&naive, &mut out.reborrow())
    }
}
impl FromSql<Instant, Sqlite> for DateTime<Utc> {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(bytes)?;
        match NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f") {
            Ok(naive) => Ok(naive.and_utc()),
            Err(error) => Err(bad_value("an instant", &text, &error)),
        }
    }
}
impl FromSql<Instant, Pg> for DateTime<Utc> {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let naive = <NaiveDateTime as FromSql<sql_types::Timestamp, Pg>>::from_sql(bytes)?;
        Ok(naive.and_utc())
    }
}

impl ToSql<JsonText, Sqlite> for Value {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.to_string());
        Ok(IsNull::No)
    }
}
impl ToSql<JsonText, Pg> for Value {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        serde_json::to_writer(out, self)?;
        Ok(IsNull::No)
    }
}
impl FromSql<JsonText, Sqlite> for Value {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(bytes)?;
        serde_json::from_str(&text).map_err(|error| bad_value("JSON", &text, &error))
    }
}
impl FromSql<JsonText, Pg> for Value {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = std::str::from_utf8(bytes.as_bytes())?;
        serde_json::from_str(text).map_err(|error| bad_value("JSON", text, &error))
    }
}

/// The error for a stored text that cannot be read, cut so that a log line stays a line.
pub(crate) fn bad_value(
    meant: &str,
    found: &str,
    error: &dyn Error,
) -> Box<dyn Error + Send + Sync> {
    let found: String = found.chars().take(80).collect();
    format!("{found:?} is not {meant}: {error}").into()
}

/// Lets `Keyed` enums of the domain stand in rows for columns of type `KeyText`.
///
/// The key is written and read; a key that the set does not know is an error of reading, never a default value.
#[macro_export]
macro_rules! key_columns {
    ($($set:ty),* $(,)?) => {$(
        $crate::__through_the_enum!([] $set => $crate::types::KeyText);

        impl<DB: diesel::backend::Backend> diesel::deserialize::Queryable<$crate::types::KeyText, DB> for $set
        where
            Self: diesel::deserialize::FromSql<$crate::types::KeyText, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }
        impl diesel::serialize::ToSql<$crate::types::KeyText, diesel::sqlite::Sqlite> for $set {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::sqlite::Sqlite>,
            ) -> diesel::serialize::Result {
                out.set_value(quanheng_domain::Keyed::key(*self));
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl diesel::serialize::ToSql<$crate::types::KeyText, diesel::pg::Pg> for $set {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                std::io::Write::write_all(out, quanheng_domain::Keyed::key(*self).as_bytes())?;
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl diesel::deserialize::FromSql<$crate::types::KeyText, diesel::sqlite::Sqlite> for $set {
            fn from_sql(
                bytes: <diesel::sqlite::Sqlite as diesel::backend::Backend>::RawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<
                    diesel::sql_types::Text,
                    diesel::sqlite::Sqlite,
                >>::from_sql(bytes)?;
                Ok(<$set as quanheng_domain::Keyed>::from_key(&text)?)
            }
        }
        impl diesel::deserialize::FromSql<$crate::types::KeyText, diesel::pg::Pg> for $set {
            fn from_sql(
                bytes: <diesel::pg::Pg as diesel::backend::Backend>::RawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                let text = std::str::from_utf8(bytes.as_bytes())?;
                Ok(<$set as quanheng_domain::Keyed>::from_key(text)?)
            }
        }
    )*};
}
