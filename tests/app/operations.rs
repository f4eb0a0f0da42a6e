//! What an operator looks at: readiness, figures, the description of the API; and a synthetic set, read through the pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use quanheng::load::{self, Loaded, Size};
use quanheng_actions::{NewEvent, ledger};
use quanheng_db::{catalogue, events, specifications, whole};
use quanheng_domain::event::ObjectKind;
use quanheng_domain::people::Actor;
use quanheng_web::health::Taking;
use quanheng_web::metrics::{self, Figures};

use crate::world::{Browser, TestApp};

#[rocket::async_test]
async fn readiness_writes_and_reads_and_goes_off_before_the_end() {
    for site in TestApp::on_each_backend().await {
        let guest = Browser::new();
        let ready = site.get(&guest, "/readyz").await;
        assert_eq!(ready.status, 200, "{}", ready.body);
        for check in ["taking", "database", "migrations", "files", "room", "outbox"] {
            let well = format!("{{\"name\":\"{check}\",\"ok\":true");
            assert!(ready.body.contains(&well), "{check}: {}", ready.body);
        }
        let taking = site.client.rocket().state::<Arc<Taking>>().expect("it is managed");
        taking.stop();
        assert_eq!(site.get(&guest, "/readyz").await.status, 503);
        assert_eq!(site.get(&guest, "/healthz").await.status, 200);
    }
}

#[rocket::async_test]
async fn the_figures_tell_routes_mail_deadlines_and_the_pool() {
    for site in TestApp::on_each_backend().await {
        let guest = Browser::new();
        site.get(&guest, "/committees").await;
        site.get(&guest, "/committees/none").await;
        // The invitation of this person waits in the outbox.
        site.person("委员·演示", "member@demo.example").await;
        site.pass(TimeDelta::minutes(5));
        let figures = site.client.rocket().state::<Arc<Figures>>().expect("they are managed");
        let text = metrics::exposition(&site.app, figures).await.expect("the database answers");
        for line in [
            "quanheng_http_request_duration_seconds_count{method=\"GET\",route=\"/committees\",status=\"200\"} 1",
            "quanheng_http_request_duration_seconds_count{method=\"GET\",route=\"/committees/<code>\",status=\"404\"} 1",
            "quanheng_outbox_mails{state=\"queued\"} 1",
            "quanheng_outbox_oldest_seconds 300",
            "quanheng_deadlines_overdue 0",
            "quanheng_db_write_queue 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let value = line.rsplit(' ').next().unwrap_or_default();
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
        assert_eq!(site.get(&guest, "/metrics").await.status, 404, "never on the public listener");
    }
}

#[rocket::async_test]
async fn the_description_of_the_api_needs_no_script() {
    let site = TestApp::new().await;
    let page = site.get(&Browser::new(), "/api/docs").await;
    assert_eq!(page.status, 200);
    for one in quanheng_web::api::openapi::OPERATIONS {
        assert!(page.body.contains(&format!("/api/v1{}", one.path)), "{}", one.path);
    }
    assert!(page.body.contains("openapi.json") && !page.body.contains("<script>"));
}

/// `/rounds/{round}` of a mounted `/api/v1/rounds/<round>`.
fn in_braces(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.replace('<', "{").replace('>', "}")
}

#[rocket::async_test]
async fn the_description_of_the_api_and_the_mounted_routes_are_the_same() {
    let site = TestApp::new().await;
    let mounted: BTreeSet<(String, String)> = (site.routes().into_iter())
        .filter_map(|(method, path)| {
            let below = in_braces(path.strip_prefix("/api/v1")?);
            Some((method.to_lowercase(), below))
        })
        .collect();
    let told: BTreeSet<(String, String)> = quanheng_web::api::openapi::OPERATIONS
        .iter()
        .map(|one| (one.method.to_owned(), one.path.to_owned()))
        .collect();
    assert!(mounted.len() > 30, "{mounted:?}");
    let (untold, stale): (Vec<_>, Vec<_>) =
        (mounted.difference(&told).collect(), told.difference(&mounted).collect());
    assert!(
        untold.is_empty() && stale.is_empty(),
        "not in the description: {untold:#?}\nnot mounted: {stale:#?}"
    );
    assert_eq!(told.len(), quanheng_web::api::openapi::OPERATIONS.len(), "none twice");
    // Every schema that an operation names stands in the document, and every one that stands there is named.
    let document = quanheng_web::api::openapi::document();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let text = document.to_string();
    for name in schemas.keys() {
        let named = text.contains(&format!("#/components/schemas/{name}\""));
        assert!(named, "the schema {name} is named by nothing");
    }
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        assert!(schemas.contains_key(name), "there is no schema {name}");
    }
}

/// A small set on the site's day.
fn set() -> Size {
    Size {
        committees: 2,
        projects: 20,
        comments: 60,
        events: 700,
        texts: true,
        seed: 7,
        today: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day"),
    }
}

/// Fills a site from a thread of its own, because filling blocks.
fn fill(site: &TestApp) -> Loaded {
    let app = site.app.clone();
    let filled = std::thread::spawn(move || {
        load::load(&app.db, &app.store, &app.settings.security, set(), |_| {})
    });
    filled.join().expect("it does not panic").expect("it can be filled")
}

#[rocket::async_test]
async fn a_synthetic_set_is_whole_and_the_same_everywhere() {
    let mut sites = TestApp::on_each_backend().await;
    sites.push(TestApp::new().await);
    let mut ends = Vec::new();
    for site in &sites {
        let loaded = fill(site);
        assert!(loaded.events >= 700 && loaded.rows > loaded.events, "{loaded:?}");
        let walked = site.read(|conn| ledger::walk(conn, |_| {})).expect("the chains hold");
        let dangling = site.read(|conn| {
            let shapes = whole::shapes(conn)?;
            Ok(whole::dangling(conn, &shapes)?)
        });
        assert_eq!(dangling, None);
        let last = i64::try_from(walked.events).expect("few") - 1;
        ends.push(site.read(|conn| Ok(events::links_after(conn, last, 1)?)).pop());
        let before = std::thread::scope(|scope| {
            let app = &site.app;
            scope
                .spawn(move || {
                    load::load(&app.db, &app.store, &app.settings.security, set(), |_| {}).is_err()
                })
                .join()
        });
        assert!(before.expect("it does not panic"), "never into an instance in use");
    }
    assert!(ends.iter().all(|end| end.is_some() && *end == ends[0]), "{ends:?}");
}

#[rocket::async_test]
async fn pages_of_guests_are_kept_until_something_happens() {
    for site in TestApp::on_each_backend().await {
        fill(&site);
        let guest = Browser::new();
        let now = site.app.now();
        let round = site.read(|conn| Ok(catalogue::open_rounds(conn, now, 1)?))[0].id;
        for path in ["/specifications/JJF-20003-2014".to_owned(), format!("/consultations/{round}")]
        {
            let (first, second) = (site.get(&guest, &path).await, site.get(&guest, &path).await);
            assert_eq!((first.status, second.status), (200, 200), "{path}");
            assert_eq!((&first.body, first.header("etag")), (&second.body, second.header("etag")));
        }
        let number = "JJF 20003-2014".to_owned();
        let path = "/specifications/JJF-20003-2014";
        let before = site.get(&guest, path).await;
        site.write(move |tx| {
            let id = specifications::by_number(tx.conn(), &number)?.expect("it is there").id;
            let new = NewEvent::new(
                ObjectKind::Specification,
                id.cast(),
                &Actor::System,
                "training_held",
            );
            tx.record(new)
        })
        .expect("it can be recorded");
        assert_ne!(
            site.get(&guest, path).await.body,
            before.body,
            "the page is as old as the ledger"
        );
    }
}
