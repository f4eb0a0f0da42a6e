//! Every SQL type of the room, plain and nullable, through the enum of both databases.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use diesel::{connection::SimpleConnection, prelude::*};
use quanheng_db::{
    bind, conn::AnyConn, key_columns, row, testing::for_each_empty_backend, types::to_microseconds,
};
use quanheng_domain::ids::{CommitteeId, PersonId};
use serde_json::{Value, json};
use uuid::Uuid;

// A set of the test's own; the domain's are listed in `db/keys.rs`.
quanheng_domain::keyed! {
    /// Colours.
    Colour as "colour" {
        /// Red.
        Red = "red",
        /// Green.
        Green = "green",
    }
}
key_columns!(Colour);

diesel::table! {
    use diesel::sql_types::*;
    use quanheng_db::types::*;
    samples (id) {
        id -> Uid,
        at -> Instant,
        colour -> KeyText,
        facts -> JsonText,
        name -> Text,
        count -> Integer,
        bytes -> BigInt,
        open -> Bool,
        day -> Date,
        owner -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
        shade -> Nullable<KeyText>,
        notes -> Nullable<JsonText>,
        remark -> Nullable<Text>,
        score -> Nullable<Integer>,
        closed -> Nullable<Bool>,
        until -> Nullable<Date>,
    }
}

row! {
    /// One of each.
    pub struct SampleRow in samples {
        key {
            /// Key.
            id: PersonId,
        }
        /// Instant.
        at: DateTime<Utc>,
        /// Key of a set.
        colour: Colour,
        /// JSON.
        facts: Value,
        /// Text.
        name: String,
        /// 32 bits.
        count: i32,
        /// 64 bits.
        bytes: i64,
        /// Truth.
        open: bool,
        /// Day.
        day: NaiveDate,
        /// Nullable identity.
        owner: Option<CommitteeId>,
        /// Nullable instant.
        ended_at: Option<DateTime<Utc>>,
        /// Nullable key.
        shade: Option<Colour>,
        /// Nullable JSON.
        notes: Option<Value>,
        /// Nullable text.
        remark: Option<String>,
        /// Nullable number.
        score: Option<i32>,
        /// Nullable truth.
        closed: Option<bool>,
        /// Nullable day.
        until: Option<NaiveDate>,
    }
}

const TABLE: &str = "CREATE TABLE samples (id UID PRIMARY KEY NOT NULL, at INSTANT NOT NULL, colour TEXT NOT NULL, facts TEXT NOT NULL,
    name TEXT NOT NULL, count INTEGER NOT NULL, bytes BIGINT NOT NULL, open BOOLEAN NOT NULL, day DATE NOT NULL, owner UID, ended_at INSTANT,
    shade TEXT, notes TEXT, remark TEXT, score INTEGER, closed BOOLEAN, until DATE)";

/// Runs a test with the table on every database at hand.
fn with_table(test: impl Fn(&mut AnyConn)) {
    for_each_empty_backend(|db| {
        let mut conn = db.connection();
        let (uid, instant) = match conn {
            AnyConn::Pg(_) => ("uuid", "timestamp"),
            AnyConn::Sqlite(_) => ("BLOB", "TEXT"),
        };
        conn.batch_execute(&TABLE.replace("UID", uid).replace("INSTANT", instant)).unwrap();
        test(&mut conn);
    });
}

fn instant(micros: i64) -> DateTime<Utc> {
    Utc.timestamp_micros(1_780_000_000_000_000 + micros).unwrap()
}

fn full(n: u128) -> SampleRow {
    SampleRow {
        id: PersonId::new(Uuid::from_u128(n)),
        at: instant(n as i64),
        colour: Colour::Red,
        facts: json!({"甲": [1, null, "二"]}),
        name: "型式评价大纲".into(),
        count: -7,
        bytes: i64::MAX,
        open: true,
        day: NaiveDate::from_ymd_opt(2026, 7, 1).unwrap(),
        owner: Some(CommitteeId::new(Uuid::from_u128(n + 100))),
        ended_at: Some(instant(999_999)),
        shade: Some(Colour::Green),
        notes: Some(json!("x")),
        remark: Some("y".into()),
        score: Some(5),
        closed: Some(false),
        until: NaiveDate::from_ymd_opt(2026, 12, 31),
    }
}

fn bare(n: u128) -> SampleRow {
    SampleRow {
        owner: None,
        ended_at: None,
        shade: None,
        notes: None,
        remark: None,
        score: None,
        closed: None,
        until: None,
        ..full(n)
    }
}

#[test]
fn rows_come_back_as_they_went() {
    with_table(|conn| {
        diesel::insert_into(samples::table).values(&full(1)).execute(conn).unwrap();
        diesel::insert_into(samples::table).values(&bare(2)).execute(conn).unwrap();
        let rows =
            samples::table.select(SampleRow::as_select()).order(samples::at).load(conn).unwrap();
        assert_eq!(rows, [full(1), bare(2)]);
        let back: SampleRow = diesel::insert_into(samples::table)
            .values(&full(3))
            .returning(samples::all_columns)
            .get_result(conn)
            .unwrap();
        assert_eq!(back, full(3));
    });
}

#[test]
fn saving_a_row_writes_null_and_leaves_the_key() {
    with_table(|conn| {
        diesel::insert_into(samples::table).values(&full(1)).execute(conn).unwrap();
        let saved = diesel::update(samples::table.find(bind(full(1).id)))
            .set(&bare(1))
            .execute(conn)
            .unwrap();
        assert_eq!(saved, 1);
        assert_eq!(samples::table.select(SampleRow::as_select()).first(conn).unwrap(), bare(1));
        let saved = diesel::update(samples::table.filter(samples::owner.is_null()))
            .set((
                samples::shade.eq(bind(Colour::Red)),
                samples::ended_at.eq(bind(Some(instant(3)))),
                samples::remark.eq("z"),
                samples::score.eq(samples::count.nullable()),
            ))
            .execute(conn)
            .unwrap();
        assert_eq!(saved, 1);
        let row = samples::table.select(SampleRow::as_select()).first(conn).unwrap();
        assert_eq!(
            (row.shade, row.ended_at, row.remark.as_deref(), row.score),
            (Some(Colour::Red), Some(instant(3)), Some("z"), Some(-7))
        );
    });
}

#[test]
fn values_filter_plain_and_nullable_columns() {
    with_table(|conn| {
        for n in 1..=4 {
            let row = if n % 2 == 0 { bare(n) } else { full(n) };
            diesel::insert_into(samples::table).values(&row).execute(conn).unwrap();
        }
        let owner = CommitteeId::new(Uuid::from_u128(103));
        let count =
            |conn: &mut AnyConn, q: samples::BoxedQuery<'_, quanheng_db::conn::MultiBackend>| {
                q.count().get_result::<i64>(conn)
            };
        let all = || samples::table.into_boxed();
        assert_eq!(count(conn, all().filter(samples::owner.eq(bind(owner)))).unwrap(), 1);
        assert_eq!(count(conn, all().filter(samples::owner.eq(bind(Some(owner))))).unwrap(), 1);
        assert_eq!(count(conn, all().filter(samples::owner.ne(bind(owner)))).unwrap(), 1);
        assert_eq!(count(conn, all().filter(samples::owner.is_null())).unwrap(), 2);
        assert_eq!(
            count(conn, all().filter(samples::shade.eq_any([Colour::Green].map(Some).map(bind))))
                .unwrap(),
            2
        );
        assert_eq!(
            count(
                conn,
                all().filter(samples::id.eq_any([full(1).id, full(4).id].iter().map(bind)))
            )
            .unwrap(),
            2
        );
        assert_eq!(count(conn, all().filter(samples::at.gt(bind(instant(2))))).unwrap(), 2);
        assert_eq!(
            count(conn, all().filter(samples::ended_at.le(bind(&instant(999_999))))).unwrap(),
            2
        );
        let latest: Option<DateTime<Utc>> =
            samples::table.select(diesel::dsl::max(samples::at)).first(conn).unwrap();
        assert_eq!(latest, Some(instant(4)));
        let pairs: Vec<(PersonId, Option<Colour>)> = samples::table
            .order(samples::id.desc())
            .select((samples::id, samples::shade))
            .limit(1)
            .load(conn)
            .unwrap();
        assert_eq!(pairs, [(bare(4).id, None)]);
        let groups: Vec<(Colour, i64)> = samples::table
            .group_by(samples::colour)
            .select((samples::colour, diesel::dsl::count_star()))
            .load(conn)
            .unwrap();
        assert_eq!(groups, [(Colour::Red, 4)]);
    });
}

#[test]
fn instants_keep_microseconds_and_order() {
    with_table(|conn| {
        let fine = instant(0) + chrono::TimeDelta::nanoseconds(1_999);
        diesel::insert_into(samples::table)
            .values(&SampleRow { at: fine, ..full(1) })
            .execute(conn)
            .unwrap();
        let back: DateTime<Utc> = samples::table.select(samples::at).first(conn).unwrap();
        assert_eq!(back, to_microseconds(fine));
        assert_eq!(back, instant(1));
    });
}

#[test]
fn an_unknown_key_is_an_error_and_no_default() {
    with_table(|conn| {
        diesel::insert_into(samples::table).values(&full(1)).execute(conn).unwrap();
        conn.batch_execute("UPDATE samples SET colour = 'blue'").unwrap();
        let error = samples::table.select(samples::colour).first::<Colour>(conn).unwrap_err();
        let diesel::result::Error::DeserializationError(cause) = error else { panic!("{error:?}") };
        let field = cause.downcast_ref::<diesel::result::DeserializeFieldError>().unwrap();
        assert_eq!(
            (field.field_name.as_deref(), field.error.to_string().as_str()),
            (Some("colour"), "\"blue\" is not a colour")
        );
    });
}
