//! Two people move a project at once through the API: one wins, the other is told with 409 and its words.

use quanheng_actions::project::{Suggest, details::Details, suggest};
use quanheng_domain::{
    ids::ProjectId,
    lifecycle::{Adoption, Openness, ProjectKind},
    people::Actor,
    records::Origin,
    specification::{Category, Level},
};
use rocket::http::{ContentType, Header, Method};
use serde_json::{Value, json};

use crate::world::{Got, TestApp, between};

fn suggested(site: &TestApp) -> ProjectId {
    let command = Suggest {
        kind: ProjectKind::Make,
        category: Category::CalibrationSpecification,
        level: Level::National,
        authority: None,
        committee: None,
        title_zh: "科里奥利质量流量计校准规范".into(),
        title_en: String::new(),
        openness: Openness::Open,
        adoption: Adoption::None,
        livelihood: false,
        specification: None,
        details: Details {
            need: "现行规范不适用".into(),
            suggested_by: "某单位·演示".into(),
            ..Details::default()
        },
        origin: Origin::Imported,
    };
    site.write(move |tx| Ok(suggest(tx, &Actor::System, &command)?.project)).unwrap()
}

async fn token(site: &TestApp) -> String {
    let officer = site.officer().await;
    let made = site.post(&officer, "/account/tokens", &[("name", "脚本")]).await;
    format!("qh_{}", between(&made.body, "<code>qh_", "</code>").unwrap())
}

async fn take(site: &TestApp, token: &str, project: ProjectId, turn: &str, body: Value) -> Got {
    let headers = vec![
        Header::new("Authorization", format!("Bearer {token}")),
        Header::new("Idempotency-Key", format!("move-{turn}-0000000000")),
        ContentType::JSON.into(),
    ];
    let path = format!("/api/v1/projects/{project}/moves");
    site.call(Method::Post, &path, headers, body.to_string().into_bytes()).await
}

#[rocket::async_test]
async fn of_two_moves_at_once_one_wins_and_the_other_is_told() {
    for site in TestApp::on_each_backend().await {
        let (project, token) = (suggested(&site), token(&site).await);
        let seen = json!({ "move": "declare_emergency", "note": "应急", "if_version": 1 });
        let (first, second) = rocket::tokio::join!(
            take(&site, &token, project, "first", seen.clone()),
            take(&site, &token, project, "second", seen.clone())
        );
        let (won, lost) = if first.status == 200 { (first, second) } else { (second, first) };
        assert_eq!((won.status, lost.status), (200, 409), "{} {}", won.body, lost.body);
        assert_eq!(won.json()["version"], 2);
        assert_eq!(lost.header("content-type"), Some("application/problem+json"));
        assert_eq!(lost.json()["type"], "urn:quanheng:problem:stale");
        assert!(!lost.json()["detail"].as_str().unwrap().is_empty());

        let unseen = json!({ "move": "declare_emergency", "note": "应急" });
        let again = take(&site, &token, project, "third", unseen).await;
        assert_eq!(again.status, 409);
        assert_eq!(again.json()["type"], "urn:quanheng:problem:already_emergency");
    }
}
