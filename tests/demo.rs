//! The demo is made twice and is the same twice; its ledger is whole, and projects stand in every phase.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use quanheng_config::Request;
use quanheng_db::{
    AnyConn, Db, DbError, DbOptions, Ownership, Patience, events, projects, reports,
};
use quanheng_domain::{
    ids::{ObjectId, ProjectId},
    records::ReportState,
    stage::{Phase, Stage},
};
use quanheng_store::Store;

/// A Sunday, so that every waiting time has to find its working day.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn made() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let options = DbOptions {
        url: format!("sqlite://{}/demo.sqlite3", folder.path().display()),
        connections: 2,
        ownership: Ownership::Sole,
        patience: Patience::default(),
    };
    let db = Db::open(&options).unwrap();
    let store = Store::local(&folder.path().join("files")).unwrap();
    let request = Request::from_process(None, Some(folder.path().to_owned()));
    let settings = quanheng_config::load(&request).unwrap().settings;
    let made = quanheng::demo::make(db.clone(), store, &settings.security, today()).unwrap();
    assert!(made.projects > 25 && made.mails > 500, "{made:?}");
    (folder, db)
}

/// The hash of the last event of every object, after every event was looked at.
fn ledger(db: &Db) -> BTreeMap<ObjectId, (i32, String)> {
    let mut last: BTreeMap<ObjectId, (i32, String)> = BTreeMap::new();
    let mut seq = 0;
    loop {
        let page = db
            .read_blocking(|conn: &mut AnyConn| {
                events::after(conn, seq, 500).map_err(DbError::from)
            })
            .unwrap();
        let Some(end) = page.last() else { return last };
        seq = end.seq;
        for row in page {
            let before = last.get(&row.object_id).cloned().unwrap_or_default();
            assert_eq!(row.object_seq, before.0 + 1);
            assert_eq!(row.previous_hash, before.1);
            assert_eq!(row.event().hash(), row.hash);
            last.insert(row.object_id, (row.object_seq, row.hash));
        }
    }
}

#[test]
fn the_demo_is_the_same_twice_and_stands_in_every_phase() {
    let (_first, db) = made();
    let (_second, again) = made();
    let chains = ledger(&db);
    assert_eq!(chains, ledger(&again));
    let stages: BTreeSet<Stage> = db
        .read_blocking(|conn: &mut AnyConn| {
            let rows = chains.keys().map(|id| projects::find(conn, ProjectId::new(id.uuid())));
            let found: Result<Vec<_>, _> = rows.collect();
            found.map_err(DbError::from)
        })
        .unwrap()
        .into_iter()
        .flatten()
        .map(|row| row.stage)
        .collect();
    for (stage, _) in quanheng::demo::LINE {
        // Numbers are given and announced within days; nothing stands there.
        assert!(stage == Stage::Numbered || stages.contains(&stage), "{stage}: {stages:?}");
    }
    let others =
        [Stage::ReviewFailed, Stage::DossierReturned, Stage::Reexamining, Stage::AbolitionOpen];
    for stage in others {
        assert!(stages.contains(&stage), "{stage}: {stages:?}");
    }
    let reported: BTreeSet<ReportState> = db
        .read_blocking(|conn: &mut AnyConn| reports::of_year(conn, 2025).map_err(DbError::from))
        .unwrap()
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
    let phases: BTreeSet<Phase> = stages.iter().map(|stage| stage.phase()).collect();
    assert_eq!(phases.len(), 9, "{phases:?}");
}
