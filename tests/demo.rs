//! The demo is made twice and is the same twice; its ledger is whole and runs in the order of time, real lives are told on their
//! true days, and projects stand at every stage.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quanheng::demo::{self, Scope};
use quanheng_config::Request;
use quanheng_db::{
    AnyConn, Db, DbError, DbOptions, events, outbox, projects, reports, specifications,
};
use quanheng_domain::{
    deadline,
    ids::{ObjectId, ProjectId},
    keyed::Keyed,
    records::ReportState,
    stage::Stage,
};
use quanheng_store::Store;

/// A Sunday, so that every waiting time has to find its working day.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn made(scope: Scope) -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let options = DbOptions {
        url: format!("sqlite://{}/demo.sqlite3", folder.path().display()),
        connections: 2,
        ..DbOptions::new("")
    };
    let db = Db::open(&options).unwrap();
    let store = Store::local(&folder.path().join("files")).unwrap();
    let request = Request::from_process(None, Some(folder.path().to_owned()));
    let settings = quanheng_config::load(&request).unwrap().settings;
    let made = demo::make(&db, store, &settings, today(), scope).unwrap();
    assert!(made.projects > 5 && made.mails > 200, "{made:?}");
    (folder, db)
}

fn read<T, E>(db: &Db, job: impl FnOnce(&mut AnyConn) -> Result<T, E>) -> T
where
    DbError: From<E>,
{
    db.read_blocking(|conn| job(conn).map_err(DbError::from)).unwrap()
}

/// Every event, after its place in the chain of its object and in time was looked at.
fn ledger(db: &Db) -> Vec<events::EventRow> {
    let mut last: BTreeMap<ObjectId, (i32, String)> = BTreeMap::new();
    let mut all: Vec<events::EventRow> = Vec::new();
    loop {
        let seq = all.last().map_or(0, |row| row.seq);
        let page = read(db, |conn| events::after(conn, seq, 500));
        if page.is_empty() {
            return all;
        }
        for row in page {
            let before = last.get(&row.object_id).cloned().unwrap_or_default();
            assert_eq!(row.object_seq, before.0 + 1);
            assert_eq!(row.previous_hash, before.1);
            assert_eq!(row.event().hash(), row.hash);
            assert!(all.last().is_none_or(|earlier| earlier.at <= row.at), "{}", row.at);
            last.insert(row.object_id, (row.object_seq, row.hash.clone()));
            all.push(row);
        }
    }
}

#[test]
fn a_sample_of_the_demo_is_the_same_twice() {
    let (_first, db) = made(Scope::Sample);
    let (_second, again) = made(Scope::Sample);
    let hashes = |db: &Db| ledger(db).into_iter().map(|row| row.hash).collect::<Vec<_>>();
    let (once, twice) = (hashes(&db), hashes(&again));
    assert_eq!(once.last(), twice.last(), "the heads of the two ledgers differ");
    assert_eq!(once, twice);
}

/// A text of the sources, what the ledger calls the step, and its day.
const TRUE_DAYS: [(&str, &str, &str); 28] = [
    ("JJF 2092-2024", "open_comments", "2020-09-11"),
    ("JJF 2092-2024", "publish", "2024-02-07"),
    ("JJG 34-2022", "open_review", "2018-09-19"),
    ("JJG 34-2022", "publish", "2022-12-07"),
    ("JJG 34-2022", "in_force", "2023-06-07"),
    ("JJG 34-2008", "replaced", "2023-06-07"),
    ("JJG 379-2009", "replaced", "2023-06-07"),
    ("JJG 162-2019", "open_comments", "2016-05-11"),
    ("JJG 162-2019", "open_review", "2017-05-12"),
    ("JJG 162-2019", "publish", "2019-12-31"),
    ("JJG 162-2019", "in_force", "2020-03-31"),
    ("JJG 1182-2021", "open_review", "2020-11-18"),
    ("JJG 1182-2021", "publish", "2021-12-28"),
    ("JJG 1182-2021", "in_force", "2022-06-28"),
    ("JJG 993-2018", "open_review", "2015-12-31"),
    ("JJG 464-2011", "publish", "2011-11-30"),
    ("JJG 464-2011", "in_force", "2012-05-30"),
    ("JJF 1791-2019", "publish", "2019-12-31"),
    ("JJF 1791-2019", "in_force", "2020-03-31"),
    ("JJG 195-2002", "replaced", "2020-03-31"),
    ("JJG 195-2002", "partly_replaced", "2020-03-31"),
    ("JJG 195-2019", "in_force", "2020-03-31"),
    ("JJG 882-2019", "publish", "2019-12-31"),
    ("JJG 882-2004", "replaced", "2020-03-31"),
    ("JJG 173-2003", "publish", "2003-11-24"),
    ("JJF 1931-2021", "publish", "2021-10-18"),
    ("JJF 1931-2021", "in_force", "2022-04-18"),
    ("JJG 173-2003", "replaced", "2022-04-18"),
];

#[test]
fn the_whole_demo_tells_real_lives_on_their_days_and_stands_at_every_stage() {
    let (_folder, db) = made(Scope::Whole);
    let ledger = ledger(&db);
    for (number, kind, day) in TRUE_DAYS {
        let text = read(&db, |conn| specifications::by_number(conn, number)).expect(number);
        let objects = [Some(text.id.cast()), text.project_id.map(|id| id.cast())];
        let told: Vec<String> = ledger
            .iter()
            .filter(|row| objects.contains(&Some(row.object_id)) && row.kind == kind)
            .map(|row| deadline::day_of(row.at).to_string())
            .collect();
        assert!(told.iter().any(|told| told == day), "{number} {kind}: {told:?}");
    }
    let known = ledger.iter().filter(|row| row.note.starts_with("依据公开资料")).count();
    let filled = ledger.iter().filter(|row| row.note.contains("演示补齐")).count();
    assert!(known > 20 && filled > 150, "{known} {filled}");

    let objects: BTreeSet<ObjectId> = ledger.iter().map(|row| row.object_id).collect();
    let stages: BTreeSet<Stage> = objects
        .iter()
        .filter_map(|id| read(&db, |conn| projects::find(conn, ProjectId::new(id.uuid()))))
        .map(|row| row.stage)
        .collect();
    let missing: Vec<Stage> =
        Stage::ALL.iter().copied().filter(|stage| !stages.contains(stage)).collect();
    assert!(missing.is_empty(), "nothing stands at {missing:?}");

    let reported: BTreeSet<ReportState> = read(&db, |conn| reports::of_year(conn, 2025))
        .into_iter()
        .map(|report| report.state)
        .collect();
    for state in [
        ReportState::Draft,
        ReportState::ToSign,
        ReportState::Submitted,
        ReportState::Returned,
        ReportState::Accepted,
    ] {
        assert!(reported.contains(&state), "{state}: {reported:?}");
    }

    let (mails, total) = read(&db, |conn| outbox::list(conn, None, None, 20_000, 0));
    assert_eq!(i64::try_from(mails.len()).unwrap(), total);
    let blank = mails.iter().find(|mail| mail.subject.is_empty() || mail.body_text.is_empty());
    assert!(blank.is_none(), "{blank:?}");
}
