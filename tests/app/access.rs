//! Who may open what: the table against the mounted routes, and against what guards really do.

use std::collections::BTreeSet;

use quanheng_web::access::{Open, TABLE};

use crate::world::{Browser, TestApp};

#[rocket::async_test]
async fn the_table_and_the_mounted_routes_are_the_same() {
    let site = TestApp::new().await;
    let table: BTreeSet<(String, String)> =
        TABLE.iter().map(|row| (row.method.to_string(), row.path.to_owned())).collect();
    let bare = |path: String| path.split('?').next().unwrap_or_default().to_owned();
    let mounted: BTreeSet<(String, String)> =
        site.routes().into_iter().map(|(method, path)| (method, bare(path))).collect();
    let missing: Vec<_> = mounted.difference(&table).collect();
    let stale: Vec<_> = table.difference(&mounted).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "not in src/web/access.rs: {missing:#?}\nnot mounted: {stale:#?}"
    );
}

/// A path of the route with something in every place; nothing real has these names.
fn example(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let parts = path.split('/').map(|part| {
        if part.starts_with('<') { "0197f3f0-0000-7000-8000-000000000000" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[rocket::async_test]
async fn pages_that_need_signing_in_lead_there_and_others_pages_do_not_exist() {
    let site = TestApp::new().await;
    let (guest, member) =
        (Browser::new(), site.signed_in(site.person("委员·演示", "member@demo.example").await));
    for row in TABLE.iter().filter(|row| row.method == rocket::http::Method::Get) {
        let path = example(row.path);
        match row.open {
            Open::SignedIn | Open::Officer | Open::Admin => {
                let got = site.get(&guest, &path).await;
                let to_sign_in =
                    got.location.as_deref().is_some_and(|to| to.starts_with("/sign-in"));
                assert!(
                    got.status == 303 && to_sign_in,
                    "{path}: {} {:?}",
                    got.status,
                    got.location
                );
            }
            Open::Api => assert_eq!(site.get(&guest, &path).await.status, 401, "{path}"),
            // Some tell at once that the link is none, some ask for a press of the button first.
            Open::Link => {
                let status = site.get(&guest, &path).await.status;
                assert!(matches!(status, 200 | 404), "{path}: {status}");
            }
            Open::Public => {
                let status = site.get(&guest, &path).await.status;
                assert!(status < 500 && status != 401 && status != 303, "{path}: {status}");
            }
        }
        if matches!(row.open, Open::Officer | Open::Admin) {
            assert_eq!(site.get(&member, &path).await.status, 404, "{path} exists for a member");
        }
    }
}

#[rocket::async_test]
async fn nobody_changes_anything_without_being_let_in() {
    let site = TestApp::new().await;
    let (guest, member) =
        (Browser::new(), site.signed_in(site.person("委员·演示", "member@demo.example").await));
    for row in TABLE.iter().filter(|row| row.method == rocket::http::Method::Post) {
        let path = example(row.path);
        if !matches!(row.open, Open::Public | Open::Link) {
            let status = site.post(&guest, &path, &[]).await.status;
            assert!(matches!(status, 401 | 404 | 415), "a guest posts {path}: {status}");
        }
        if matches!(row.open, Open::Officer | Open::Admin) {
            let status = site.post(&member, &path, &[]).await.status;
            assert!(matches!(status, 404 | 415), "a member posts {path}: {status}");
        }
    }
}
