//! A review meeting in four windows at once: the wall, the chair's desk and two telephones stay in step, clause by clause.

use quanheng_db::{ballots, clauses};
use quanheng_domain::{
    ballot::BallotPurpose,
    clause::{Block, ClauseKind},
    draft::TextState,
    ids::{BallotId, DocumentId, PersonId},
    stage::Stage,
};

use crate::committee::Committee;
use crate::driver::{Driver, Kind};
use crate::served::Served;

/// A project under review whose text has two clauses.
fn meeting(all: &Committee) -> BallotId {
    let project = all.world.project_at(Stage::Reviewing);
    let ballot = all.world.ballot(project, BallotPurpose::Review);
    let row = all.world.read(|conn| ballots::find(conn, ballot)).expect("it is open");
    reads(all, row.document_id.expect("a text is reviewed"));
    ballot
}

/// Puts two clauses into a document as if its file had been read.
pub fn reads(all: &Committee, document: DocumentId) {
    let read_at = all.world.now();
    let clause = |ordinal: i32, number: &str, words: &str| clauses::ClauseRow {
        document_id: document,
        ordinal,
        key: number.to_owned(),
        kind: ClauseKind::Clause,
        number: number.to_owned(),
        heading: String::new(),
        level: 1,
        blocks: serde_json::to_value([Block::Words { text: words.to_owned() }]).expect("JSON"),
        plain: words.to_owned(),
    };
    let rows = [clause(1, "5.1", "示值误差不超过±2 %。"), clause(2, "5.2", "流速下限为0.1 m/s。")];
    let text = clauses::TextRow {
        document_id: document,
        version: 1,
        state: TextState::Typed,
        fault: None,
        doubts: serde_json::json!([]),
        margin: serde_json::json!([]),
        read_at,
        read_by: None,
    };
    all.world
        .write(move |tx| {
            clauses::insert_text(tx.conn(), &text)?;
            Ok(clauses::replace(tx.conn(), document, &rows)?)
        })
        .expect("the clauses are kept");
}

/// A window in which a person is signed in.
pub fn window(all: &Committee, served: &Served, person: PersonId, kind: Kind) -> Option<Driver> {
    let driver = Driver::start(kind)?;
    driver.open(&format!("{}/sign-in", served.address));
    driver.put_cookies(&all.browser(person).cookies());
    Some(driver)
}

#[rocket::async_test]
async fn four_windows_of_a_meeting_stay_in_step() {
    let all = Committee::on_sqlite().await;
    let ballot = meeting(&all);
    let served = Served::begin(&all.site);
    let world = &all.world;
    let people = [
        (world.secretary, Kind::Wide),
        (world.chair, Kind::Wide),
        (world.members[0], Kind::Phone),
        (world.members[1], Kind::Phone),
    ];
    let windows: Vec<Driver> =
        people.iter().filter_map(|(who, kind)| window(&all, &served, *who, *kind)).collect();
    let [wall, chair, one, other] = windows.as_slice() else { return };
    let page = format!("{}/ballots/{ballot}/meeting", served.address);
    for window in &windows {
        window.open(&page);
        window.waits_for("[data-live=there]", "0");
        window.waits_for("#clause", "示值误差");
    }
    assert!(!wall.all("#link svg.qr path").is_empty(), "the wall shows the code to sign in");

    for (at, phone) in [one, other].into_iter().enumerate() {
        phone.leaves(|phone| phone.click(&phone.one("#sign-in button")));
        for window in &windows {
            window.waits_for("[data-live=there]", &(at + 1).to_string());
        }
    }
    let next = "#steer form button.primary";
    wall.leaves(|wall| wall.click(&wall.one(next)));
    for window in &windows {
        window.waits_for("#clause", "流速下限");
    }
    one.click(&one.one("#positions summary"));
    one.click(&one.one("#positions input[value=against]"));
    one.keys(&one.one("#positions textarea"), "试验数据不支持该限值。");
    one.leaves(|one| one.click(&one.one("#positions form button.primary")));
    for window in &windows {
        window.waits_for("#positions", "试验数据不支持该限值。");
    }
    for (phone, choice, counted) in [(one, "no", "no"), (other, "yes", "yes")] {
        phone.click(&phone.one(&format!("#vote input[value={choice}]")));
        phone.keys(&phone.one("#vote [name=\"vote.reason\"]"), "见会上意见。");
        phone.leaves(|phone| phone.click(&phone.one("#vote form button.primary")));
        for window in [wall, chair] {
            window.waits_for(&format!("[data-live={counted}]"), "1");
        }
    }
    for phone in [one, other] {
        phone.open(&page);
    }
    let said: Vec<String> =
        windows.iter().map(|window| window.reads("[data-live=sentence]")).collect();
    assert!(!said[0].is_empty() && said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
    for window in &windows {
        let (page, width) = window.widths();
        assert!(page <= width, "{page} px in a window of {width}");
    }
}
