//! From the dossier on the authority's desk to the day of force, in a browser: checked, numbered, announced, read by the public before
//! and on the day. On SQLite alone: what differs between databases is proved where the verbs are.

use chrono::NaiveDate;
use quanheng_domain::{
    deadline,
    document::DocumentKind,
    lifecycle::{Field, Move},
    stage::Stage,
};

use crate::committee::Committee;
use crate::driver::{Driver, Kind};
use crate::meeting::window;
use crate::served::Served;

const NUMBER: &str = "JJG 9001-2026";

/// Opens the card of a move on the page of the project, and presses its button.
fn takes(officer: &Driver, project: &str, key: &str, fields: &[(&str, &str)]) {
    officer.open(project);
    officer.settles();
    let card = format!("#move-{key}");
    if officer.property(&officer.one(&card), "open") != true {
        officer.click(&officer.one(&format!("{card} > summary")));
    }
    for (field, value) in fields {
        officer.keys(&officer.one(&format!("{card} [name=\"{key}.{field}\"]")), value);
    }
    officer.leaves(|page| page.click(&page.one(&format!("{card} form .actions button"))));
}

/// Prepares the announcement of the text, changes its wording, and issues it; tells the day of force that the rules suggested.
fn announces(officer: &Driver, address: &str, today: NaiveDate) -> NaiveDate {
    officer.open(&format!("{address}/announcement-drafts"));
    officer.settles();
    officer.click(&officer.one("#waiting input[name=texts]"));
    officer.keys(&officer.one("#waiting [name=number]"), "2026年第9号");
    // As the window of this browser wants it: month, day, year.
    officer.keys(&officer.one("#waiting [name=issued_on]"), &today.format("%m%d%Y").to_string());
    officer.leaves(|page| page.click(&page.one("#waiting button.primary")));
    let value = |name: &str| {
        let value = officer.property(&officer.one(&format!("#edit [name={name}]")), "value");
        value.as_str().unwrap_or_default().to_owned()
    };
    assert!(value("body").contains(NUMBER), "{}", value("body"));
    let force: NaiveDate = value("effective_on").parse().expect("the usual day of force");
    officer.keys(&officer.one("#edit [name=title]"), "（修改稿）");
    officer.leaves(|page| page.click(&page.one("#edit button.primary")));
    assert!(value("title").contains("（修改稿）"), "{}", value("title"));
    officer.leaves(|page| page.click(&page.one("#issue button.primary")));
    officer.waits_for("main", "（修改稿）");
    officer.waits_for("main", NUMBER);
    force
}

#[rocket::async_test]
async fn from_the_dossier_to_the_day_of_force() {
    let all = Committee::on_sqlite().await;
    let world = &all.world;
    let project = world.project_at(Stage::DossierReceived);
    let served = Served::begin(&all.site);
    let address = &served.address;
    let Some(officer) = window(&all, &served, world.officer, Kind::Wide) else { return };
    let page = format!("{address}/projects/{project}");
    officer.open(&format!("{page}/dossier"));
    officer.settles();
    assert!(!officer.all("#forms a[href$='.pdf']").is_empty(), "forms are there as PDF files");
    takes(&officer, &page, "check_dossier", &[]);
    let approved = [(Field::ApprovalDocument, "国市监计量〔2026〕9号".to_owned())];
    world.take_with_papers(world.officer, project, Move::Approve, &approved);
    takes(&officer, &page, "assign_number", &[("specification_number", NUMBER)]);
    world.document(project, DocumentKind::PublishedText);
    let force = announces(&officer, address, world.today());
    assert_eq!(world.project(project).stage, Stage::Published);

    // The public reads it before it comes into force, and on the day.
    officer.forget();
    let text = format!("{address}/specifications/JJG-9001-2026");
    officer.open(&text);
    officer.waits_for(".validity .pill", "即将实施");
    all.site.until(deadline::start_of(force)).await;
    officer.open(&text);
    officer.waits_for(".validity .pill", "现行");
}
