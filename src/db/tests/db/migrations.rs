//! The migrations of both databases make the same tables, which are those of `schema.rs`, and can be taken back.

use std::{collections::BTreeSet, fs, path::Path};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use quanheng_db::{
    AnyConn,
    migrate::{check, revert_all, run, status},
    testing::{TestDb, for_each_backend, for_each_empty_backend},
};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    value: String,
}

fn lines(conn: &mut AnyConn, sql: &str) -> Vec<String> {
    sql_query(sql).load::<Line>(conn).unwrap().into_iter().map(|line| line.value).collect()
}

/// Columns in their order, as `table.column type`, with `null` where nothing may stand.
fn columns(conn: &mut AnyConn) -> Vec<String> {
    let sql = match conn {
        AnyConn::Sqlite(_) => {
            "SELECT t.name || '.' || c.name || ' '
               -- A lone INTEGER key is SQLite's row number: 64 bits and never null.
               || CASE WHEN c.type = 'INTEGER' AND c.pk = 1 AND (SELECT count(*) FROM pragma_table_info(t.name) WHERE pk > 0) = 1 THEN 'BIGINT'
                  ELSE c.type || CASE c.\"notnull\" WHEN 1 THEN '' ELSE ' null' END END AS value
             FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND t.name NOT LIKE 'search%'
             ORDER BY t.name, c.cid"
        }
        AnyConn::Pg(_) => {
            "SELECT t.relname || '.' || c.attname || ' ' || format_type(c.atttypid, c.atttypmod) || CASE WHEN c.attnotnull THEN '' ELSE ' null' END AS value
             FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
             WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND c.attnum > 0 AND NOT c.attisdropped
               AND t.relname NOT LIKE '\\_\\_diesel%' AND t.relname NOT LIKE 'search%'
             ORDER BY t.relname, c.attnum"
        }
    };
    let same = |line: String| {
        let (column, kind) = line.split_once(' ').unwrap();
        let (kind, null) = kind.strip_suffix(" null").map_or((kind, ""), |kind| (kind, " null"));
        format!("{column} {}{null}", kind_of(kind))
    };
    lines(conn, sql).into_iter().map(same).collect()
}

/// What the types of all three places have in common: those that share a storage type on SQLite count as one.
fn kind_of(kind: &str) -> &'static str {
    match kind {
        "Uid" | "uuid" | "BLOB" | "bytea" | "Binary" => "bytes",
        "Instant"
        | "timestamp without time zone"
        | "KeyText"
        | "JsonText"
        | "Text"
        | "text"
        | "TEXT" => "text",
        "Integer" | "integer" | "INTEGER" => "32 bits",
        "BigInt" | "bigint" | "BIGINT" => "64 bits",
        "Bool" | "boolean" | "BOOLEAN" => "truth",
        "Date" | "date" | "DATE" => "day",
        "Double" | "double precision" | "DOUBLE" => "double",
        other => panic!("{other} is a type that this test does not know"),
    }
}

/// Indexes as `table (column, column)`, with `unique` and `partial`; those that carry a primary key are unique ones.
fn indexes(conn: &mut AnyConn) -> BTreeSet<String> {
    let sql = match conn {
        AnyConn::Sqlite(_) => {
            "SELECT t.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT COALESCE(name, 'expression') AS name FROM pragma_index_info(i.name) ORDER BY seqno))
               || ')' || CASE i.\"unique\" WHEN 1 THEN ' unique' ELSE '' END || CASE i.partial WHEN 1 THEN ' partial' ELSE '' END AS value
             FROM sqlite_schema t JOIN pragma_index_list(t.name) i
             WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND t.name NOT LIKE 'search%'
             UNION SELECT t.name || ' (' || max(c.name) || ') unique' FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.pk > 0 AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND t.name NOT LIKE 'search%'
             GROUP BY t.name HAVING count(*) = 1"
        }
        AnyConn::Pg(_) => {
            "SELECT t.relname || ' (' || (SELECT string_agg(COALESCE(a.attname, 'expression'), ', ' ORDER BY k.at) FROM unnest(i.indkey) WITH ORDINALITY k(num, at)
               LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num AND k.num > 0) || ')'
               || CASE WHEN i.indisunique THEN ' unique' ELSE '' END || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END AS value
             FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
             WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_diesel%' AND t.relname NOT LIKE 'search%'"
        }
    };
    lines(conn, sql).into_iter().collect()
}

/// Foreign keys as `table.column -> table.column`.
fn references(conn: &mut AnyConn) -> BTreeSet<String> {
    let sql = match conn {
        AnyConn::Sqlite(_) => {
            "SELECT t.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" || ' ' || lower(f.on_delete) AS value
             FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'"
        }
        AnyConn::Pg(_) => {
            "SELECT t.relname || '.' || a.attname || ' -> ' || r.relname || '.' || b.attname || ' '
               || CASE f.confdeltype WHEN 'a' THEN 'no action' WHEN 'c' THEN 'cascade' WHEN 'r' THEN 'restrict' WHEN 'n' THEN 'set null' ELSE 'set default' END AS value
             FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
             CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k(own, other)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.own JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.other
             WHERE f.contype = 'f'"
        }
    };
    lines(conn, sql).into_iter().collect()
}

/// Triggers as `table trigger`: what one database refuses by itself, the other refuses too.
/// The triggers of rows; PostgreSQL has others (TRUNCATE) that SQLite has no use for.
fn triggers(conn: &mut AnyConn) -> BTreeSet<String> {
    let sql = match conn {
        AnyConn::Sqlite(_) => {
            "SELECT tbl_name || ' ' || name AS value FROM sqlite_schema WHERE type = 'trigger' AND tbl_name NOT LIKE 'search%'"
        }
        AnyConn::Pg(_) => {
            "SELECT t.relname || ' ' || g.tgname AS value FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
             WHERE NOT g.tgisinternal AND g.tgtype & 1 = 1
               AND t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE 'search%'"
        }
    };
    lines(conn, sql).into_iter().collect()
}

/// The columns that `schema.rs` declares, in the form of [`columns`].
fn declared() -> Vec<String> {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.rs")).unwrap();
    let mut tables: Vec<Vec<String>> = source
        .split("diesel::table! {")
        .skip(1)
        .map(|table| {
            let mut name = "";
            let mut columns = Vec::new();
            for line in table.lines().map(str::trim) {
                if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") {
                    let nullable =
                        kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
                    let null = if nullable.is_some() { " null" } else { "" };
                    columns.push(format!(
                        "{name}.{column} {}{null}",
                        kind_of(nullable.unwrap_or(kind))
                    ));
                } else if line.ends_with('{') && line.contains('(') {
                    name = line.split_whitespace().next().unwrap();
                }
            }
            columns
        })
        .collect();
    tables.sort();
    tables.retain(|columns| !columns[0].starts_with("search"));
    tables.concat()
}

/// The timestamps that PostgreSQL has and SQLite writes as text, which [`kind_of`] takes for one.
fn instants(conn: &mut AnyConn) -> BTreeSet<String> {
    let sql = "SELECT t.relname || '.' || c.attname AS value FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
        WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND c.atttypid = 'timestamp'::regtype
          AND t.relname NOT LIKE '\\_\\_diesel%'";
    lines(conn, sql).into_iter().collect()
}

#[test]
fn both_sides_have_the_same_migrations() {
    let names = |side: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(side);
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        entries
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgresql"));
    assert!(!names("sqlite").is_empty());
}

#[test]
fn every_database_has_the_columns_of_the_schema_in_their_order() {
    let said = declared();
    assert!(said.len() > 100, "the schema was read");
    for_each_backend(|db| {
        let there = columns(&mut db.connection());
        let odd: Vec<_> = there.iter().filter(|c| !said.contains(c)).collect();
        let missing: Vec<_> = said.iter().filter(|c| !there.contains(c)).collect();
        assert!(
            odd.is_empty() && missing.is_empty(),
            "only in the database: {odd:?}; only in the schema: {missing:?}"
        );
        // `returning(all_columns)` reads by place.
        for (table, columns) in by_table(&there) {
            assert_eq!(by_table(&said)[table], columns, "{table}");
        }
    });
}

fn by_table(columns: &[String]) -> std::collections::BTreeMap<&str, Vec<&str>> {
    let mut tables = std::collections::BTreeMap::<_, Vec<_>>::new();
    for column in columns {
        let (table, column) = column.split_once('.').unwrap();
        tables.entry(table).or_default().push(column);
    }
    tables
}

#[test]
fn both_databases_have_the_same_indexes_and_references() {
    let Some(postgres) = TestDb::postgres() else { return println!("not on PostgreSQL") };
    let sqlite = TestDb::sqlite();
    let (mut a, mut b) = (sqlite.connection(), postgres.connection());
    assert_eq!(indexes(&mut a), indexes(&mut b));
    assert_eq!(references(&mut a), references(&mut b));
    assert_eq!(triggers(&mut a), triggers(&mut b));
    assert!(!triggers(&mut a).is_empty());
    assert!(!references(&mut a).is_empty());
}

#[test]
fn every_instant_is_a_timestamp_on_postgresql() {
    let Some(postgres) = TestDb::postgres() else { return println!("not on PostgreSQL") };
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.rs")).unwrap();
    let declared =
        source.matches("-> Instant").count() + source.matches("-> Nullable<Instant>").count();
    assert_eq!(instants(&mut postgres.connection()).len(), declared);
}

#[test]
fn up_down_and_up_again() {
    for_each_empty_backend(|db| {
        run(db).unwrap();
        check(db).unwrap();
        let first = columns(&mut db.connection());
        revert_all(db).unwrap();
        assert_eq!(columns(&mut db.connection()), [""; 0]);
        let status = status(db).unwrap();
        assert_eq!((status.from, status.pending.is_empty()), (None, false));
        assert!(check(db).is_err());
        run(db).unwrap();
        assert_eq!(columns(&mut db.connection()), first);
    });
}

#[test]
fn many_that_start_at_once_migrate_once() {
    for_each_empty_backend(|db| {
        if db.address().file().is_some() {
            // The lock file lets one process in, which migrates before it does anything else.
            return;
        }
        let pending: usize = std::thread::scope(|scope| {
            let all: Vec<_> =
                (0..4).map(|_| scope.spawn(|| run(db).unwrap().before.pending.len())).collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        });
        let folders =
            fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgresql"));
        let known =
            folders.unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
        assert_eq!(pending, known, "each was run by one of the four");
    });
}
