//! Every table travels as portable rows and comes back as it was, within a database and between the two.

use quanheng_db::{
    Db, DbError,
    testing::{TestDb, for_each_backend},
    whole,
};

use crate::now;

/// Rows of every kind of column, a committee before its parent, and a place in the ledger that is not the first.
const ROWS: &str = "INSERT INTO authorities VALUES (A, 'SAMR', 'national', '总局', '', NULL, 'national', 'Asia/Shanghai');
INSERT INTO organisations VALUES (B, '一院 ''x'' \"y\"', '', 'k', 'user', TRUE, '江苏');
INSERT INTO people VALUES (C, 3, '甲', '', 'a@b.example', 'a@b.example', 'zh-CN', B, '', '', FALSE, 0, '2026-07-01 08:30:00.000001');
INSERT INTO committees VALUES (C, 1, 'MTC1', 'a', '委员会', '', 'committee', NULL, A, '', NULL, NULL, NULL, NULL, '2027-02-28', 'active', '');
INSERT INTO committees VALUES (B, 1, 'MTC1-SC1', 'b', '分会', '', 'subcommittee', C, A, '', B, 1999, 2, '2024-02-29', NULL, 'active', '');
INSERT INTO events (seq, id, object_kind, object_id, object_seq, at, actor, on_behalf_of, kind, source, from_stage, to_stage, note, facts, previous_hash, hash)
VALUES (41, A, 'person', C, 1, '2026-07-01 08:30:00.000000', 'system', '', 'x', '', '', '', '行1\n行2', '{\"甲\":[1,null]}', '', 'h');";

fn fill(db: &TestDb) {
    run(db, ROWS).unwrap();
}

/// Runs statements in which A, B and C stand for identities.
fn run(db: &TestDb, sql: &str) -> Result<(), DbError> {
    let sqlite = db.address().file().is_some();
    let mut rows = sql.to_owned();
    for (letter, digit) in [("A", '1'), ("B", '2'), ("C", '3')] {
        let hex = std::iter::repeat_n(digit, 32).collect::<String>();
        let value = if sqlite { format!("X'{hex}'") } else { format!("'{hex}'::uuid") };
        for end in [",", ")"] {
            rows = rows.replace(&format!(" {letter}{end}"), &format!(" {value}{end}"));
            rows = rows.replace(&format!("({letter}{end}"), &format!("({value}{end}"));
        }
    }
    crate::write(db, move |tx| {
        use diesel::connection::SimpleConnection;
        Ok(tx.batch_execute(&rows)?)
    })
}

type Table = (String, Vec<String>, Vec<String>);

fn read(db: &Db) -> Vec<Table> {
    db.read_blocking(|conn| {
        let mut all = Vec::new();
        for shape in whole::shapes(conn)? {
            let mut lines = Vec::new();
            whole::stream(conn, &shape, |slice| {
                lines.extend(slice.iter().map(|line| {
                    let value: serde_json::Value = serde_json::from_str(line).unwrap();
                    value.to_string()
                }));
                Ok::<_, DbError>(())
            })?;
            assert_eq!(i64::try_from(lines.len()).unwrap(), whole::count(conn, &shape)?);
            let columns = shape.columns.iter().map(|column| column.name.clone()).collect();
            all.push((shape.name, columns, lines));
        }
        Ok::<_, DbError>(all)
    })
    .unwrap()
}

fn enter(db: &Db, tables: Vec<Table>) -> Result<(), DbError> {
    db.write_blocking(now, move |tx| {
        let shapes = whole::shapes(tx)?;
        let guards = whole::suspend_guards(tx)?;
        whole::defer_references(tx, &shapes)?;
        whole::clear(tx, &shapes)?;
        for (shape, (name, columns, lines)) in shapes.iter().zip(&tables) {
            assert_eq!(&shape.name, name, "both databases have the tables in one order");
            whole::insert(tx, shape, columns, &format!("[{}]", lines.join(",")))?;
        }
        whole::settle_references(tx, &shapes)?;
        whole::settle_sequences(tx, &shapes)?;
        whole::restore_guards(tx, guards)
    })
}

#[test]
fn rows_travel_within_a_database_and_between_the_two() {
    for_each_backend(|db| {
        fill(db);
        let before = read(db);
        let (_, columns, events) = before.iter().find(|(name, ..)| name == "events").unwrap();
        assert_eq!(columns[0], "seq");
        assert!(
            events[0].starts_with("[41,\"11111111-1111-1111-1111-111111111111\",\"person\""),
            "{events:?}"
        );
        let (.., people) = before.iter().find(|(name, ..)| name == "people").unwrap();
        assert!(people[0].ends_with(",false,0,\"2026-07-01 08:30:00.000001\"]"), "{people:?}");
        enter(db, before.clone()).unwrap();
        assert_eq!(read(db), before);
        for_each_backend(|other| {
            enter(other, before.clone()).unwrap();
            assert_eq!(read(other), before);
        });
    });
}

#[test]
fn counted_keys_go_on_and_references_are_strict_afterwards() {
    for_each_backend(|db| {
        fill(db);
        enter(db, read(db)).unwrap();
        let next = crate::write(db, |tx| {
            use diesel::{RunQueryDsl, sql_query};
            sql_query(
                "INSERT INTO events (id, object_kind, object_id, object_seq, at, actor, on_behalf_of, kind, source, from_stage, to_stage, note, facts, previous_hash, hash) \
                 SELECT object_id, object_kind, object_id, 2, at, actor, '', '', '', '', '', '', '{}', '', '' FROM events",
            )
            .execute(tx.conn())?;
            Ok(quanheng_db::events::links_after(tx.conn(), 41, 5)?[0].0)
        });
        assert_eq!(next.unwrap(), 42);
        let refused = crate::write(db, |tx| {
            use diesel::connection::SimpleConnection;
            Ok(tx.batch_execute(
                "UPDATE committees SET parent_id = (SELECT id FROM events LIMIT 1)",
            )?)
        });
        assert!(matches!(refused, Err(DbError::ForeignKey { .. })), "{refused:?}");
    });
}

#[test]
fn a_row_that_refers_to_nothing_is_refused_as_a_whole() {
    for_each_backend(|db| {
        fill(db);
        let before = read(db);
        let mut broken = before.clone();
        broken.iter_mut().find(|(name, ..)| name == "organisations").unwrap().2.clear();
        let refused = enter(db, broken);
        assert!(matches!(refused, Err(DbError::ForeignKey { .. })), "{refused:?}");
        assert_eq!(read(db), before);
    });
}

#[test]
fn a_dangling_reference_is_found_and_named() {
    for_each_backend(|db| {
        fill(db);
        let look = |conn: &mut _| {
            let shapes = whole::shapes(conn)?;
            whole::dangling(conn, &shapes)
        };
        assert_eq!(db.read_blocking(look).unwrap(), None);
        let mut conn = db.connection();
        use diesel::connection::SimpleConnection;
        let off = match conn {
            quanheng_db::AnyConn::Pg(_) => "SET session_replication_role = replica",
            quanheng_db::AnyConn::Sqlite(_) => "PRAGMA foreign_keys = OFF",
        };
        conn.batch_execute(off).unwrap();
        conn.batch_execute("DELETE FROM organisations").unwrap();
        let found = db.read_blocking(look).unwrap().unwrap();
        assert_eq!((found.table.as_str(), found.to.as_str()), ("committees", "organisations"));
        assert_eq!(found.column, "host_id");
        assert_eq!(found.row, "[\"22222222-2222-2222-2222-222222222222\"]");
    });
}

/// A ballot that was counted, with its vote.
const COUNTED: &str = "INSERT INTO rule_profiles (id, name, title_zh, title_en, valid_from, published_at, reason)
VALUES (A, 'national', '', '', '2024-01-01', '2024-01-01 00:00:00.000000', '');
INSERT INTO ballots (id, version, committee_id, purpose, form, question, profile_id, quorum, majority, ordinal, opens_at, closes_at, conclusion, note)
VALUES (A, 1, C, 'proposal', 'correspondence', '', A, '2/3', '3/4', 1, '2026-07-01 00:00:00.000000', '2026-07-02 00:00:00.000000', '', '');
INSERT INTO votes (id, ballot_id, person_id, ordinal, choice, reason, remark, cast_at, cast_by, channel, source)
VALUES (A, A, C, 1, 'yes', '', '', '2026-07-01 00:00:00.000000', C, 'online', '');
UPDATE ballots SET closed_at = '2026-07-02 00:00:00.000000';";

#[test]
fn what_was_decided_enters_again_and_is_guarded_again() {
    for_each_backend(|db| {
        fill(db);
        run(db, COUNTED).unwrap();
        let before = read(db);
        for_each_backend(|other| {
            enter(other, before.clone()).unwrap();
            assert_eq!(read(other), before);
            let late = run(other, "UPDATE ballots SET closed_at = NULL");
            assert!(late.is_err(), "a counted ballot stays counted");
            for change in ["UPDATE events SET note = 'x'", "DELETE FROM events"] {
                assert!(run(other, change).is_err(), "the ledger only grows: {change}");
            }
        });
    });
}
