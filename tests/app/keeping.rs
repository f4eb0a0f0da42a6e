//! A committee is founded, given its people and its terms, and changed, through the pages of its authority and over the API.

use quanheng_domain::deadline;
use rocket::http::{ContentType, Header, Method};
use serde_json::{Value, json};

use crate::world::{Browser, Got, TestApp, between};

const PAGE: &str = "/committees/MTC900";
const NAME: &str = "全国演示量计量技术委员会";

/// What a form is sent with: the fields, one of them otherwise.
fn with<'f>(
    fields: &[(&'f str, &'f str)],
    name: &'f str,
    value: &'f str,
) -> Vec<(&'f str, &'f str)> {
    let others = fields.iter().copied().filter(|(known, _)| *known != name);
    others.chain([(name, value)]).collect()
}

#[rocket::async_test]
async fn an_officer_founds_a_committee_and_keeps_it() {
    for site in TestApp::on_each_backend().await {
        let officer = site.officer().await;
        let member = site.person("成员·演示", "member@demo.example").await;
        let member = site.signed_in(member);
        let today = deadline::day_of(site.app.now()).to_string();
        let list = site.get(&officer, "/admin/committees").await;
        assert!(list.status == 200 && list.body.contains("/admin/committees/new"), "{}", list.body);
        let new = site.get(&officer, "/admin/committees/new").await.body;
        let options = between(&new, "name=\"committee.authority\"", "</select>").unwrap();
        let authority = between(&options, "<option value=\"", "\"").unwrap();
        let form = [
            ("committee.kind", "committee"),
            ("committee.authority", authority.as_str()),
            ("committee.parent", ""),
            ("committee.code", "mtc900"),
            ("committee.name_zh", NAME),
            ("committee.host", "承担单位·演示"),
            ("committee.established_year", ""),
        ];
        for (field, value) in
            [("established_year", "2O26"), ("code", "MTC900/SC1"), ("name_zh", "")]
        {
            let name = format!("committee.{field}");
            let back = site.post(&officer, "/admin/committees", &with(&form, &name, value)).await;
            assert_eq!(back.status, 422, "{field}");
            assert!(back.body.contains(&format!("id=\"e-{name}\"")), "{field}: {}", back.body);
            assert!(back.body.contains("承担单位·演示"), "what was typed is still there");
        }
        let made = site.post(&officer, "/admin/committees", &form).await;
        assert_eq!(made.location.as_deref(), Some(PAGE), "{}", made.body);
        assert!(site.get(&officer, "/admin/committees").await.body.contains(PAGE));
        let page = site.get(&officer, PAGE).await.body;
        assert!(page.contains("id=\"keeping\"") && page.contains("members_min"), "{page}");
        for other in [&member, &Browser::new()] {
            assert!(!site.get(other, PAGE).await.body.contains("id=\"keeping\""));
        }

        let people = format!("{PAGE}/members");
        let chair = [
            ("appoint.role", "chair"),
            ("appoint.name", "主任委员·演示"),
            ("appoint.email", "chair@demo.example"),
            ("appoint.unit", "演示研究院"),
            ("appoint.since", today.as_str()),
        ];
        assert_eq!(site.post(&member, &people, &chair).await.status, 403);
        let back = site.post(&officer, &people, &with(&chair, "appoint.since", "2026-02-30")).await;
        assert!(
            back.status == 422 && back.body.contains("id=\"e-appoint.since\""),
            "{}",
            back.body
        );
        assert!(back.body.contains("chair@demo.example"), "what was typed is still there");
        assert_eq!(site.post(&officer, &people, &chair).await.status, 303);
        let second = with(&chair, "appoint.email", "second@demo.example");
        let back = site.post(&officer, &people, &second).await;
        assert!(back.status == 409 && back.body.contains("second@demo.example"), "{}", back.body);
        let known = [
            ("appoint.role", "member"),
            ("appoint.email", "member@demo.example"),
            ("appoint.since", today.as_str()),
        ];
        assert_eq!(site.post(&officer, &people, &known).await.status, 303);
        let page = site.get(&officer, PAGE).await.body;
        assert!(page.contains("主任委员·演示") && page.contains("演示研究院"), "{page}");

        let term = [("term.number", "1"), ("term.start", today.as_str()), ("term.reason", "成立")];
        let terms = format!("{PAGE}/terms");
        assert_eq!(site.post(&officer, &terms, &with(&term, "term.number", "x")).await.status, 422);
        let seat = between(&page, "name=\"term.go_on\" value=\"", "\"").unwrap();
        let going = with(&term, "term.go_on", &seat);
        assert_eq!(site.post(&officer, &terms, &going).await.status, 303);
        let page = site.get(&officer, PAGE).await.body;
        assert!(page.contains("主任委员·演示") && page.contains("pill good"), "{page}");
        let roll = page.split("id=\"keeping\"").next().unwrap();
        assert!(!roll.contains("成员·演示"), "who was not ticked left");
        let leave = [("seat.seat", seat.as_str()), ("seat.deed", "suspend"), ("seat.reason", "")];
        let seats = format!("{PAGE}/seats");
        let back = site.post(&officer, &seats, &leave).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-seat.reason\""), "{}", back.body);
        let paused = with(&leave, "seat.reason", "出国");
        assert_eq!(site.post(&officer, &seats, &paused).await.status, 303);

        let version = between(&page, "name=\"data.if_version\" value=\"", "\"").unwrap();
        let data = [
            ("data.if_version", version.as_str()),
            ("data.kind", "committee"),
            ("data.authority", authority.as_str()),
            ("data.code", "MTC900"),
            ("data.name_zh", "全国演示计量技术委员会"),
        ];
        assert_eq!(site.post(&officer, PAGE, &data).await.status, 303);
        assert!(site.get(&Browser::new(), PAGE).await.body.contains(NAME), "as a former name");
        let late = site.post(&officer, PAGE, &with(&data, "data.name_zh", "又一名称")).await;
        assert!(late.status == 409 && late.body.contains("又一名称"), "{}", late.body);
        by_program(&site, &officer, &today).await;
    }
}

async fn sent(site: &TestApp, token: &str, method: Method, path: &str, body: Value) -> Got {
    let headers = vec![
        Header::new("Authorization", format!("Bearer {token}")),
        Header::new(
            "Idempotency-Key",
            format!("keeping-{method}-{path}-{}", body.to_string().len()),
        ),
        ContentType::JSON.into(),
    ];
    site.call(method, &format!("/api/v1{path}"), headers, body.to_string().into_bytes()).await
}

/// The same over the API: a sub-committee, somebody on it, its term, another host, and the end of the seat.
async fn by_program(site: &TestApp, officer: &Browser, today: &str) {
    let made = site.post(officer, "/account/tokens", &[("name", "脚本")]).await;
    let token = format!("qh_{}", between(&made.body, "<code>qh_", "</code>").unwrap());
    let founded = json!({
        "kind": "sub_committee", "authority": "SAMR", "parent": "MTC900", "code": "MTC900/SC1", "name_zh": "演示量分技术委员会",
    });
    let got = sent(site, &token, Method::Post, "/committees", founded).await;
    assert!(got.status == 201 && got.json()["code"] == "MTC900/SC1", "{}", got.body);
    let path = "/committees/MTC900-SC1";
    let nowhere = json!({ "kind": "committee", "authority": "NONE", "name_zh": "无" });
    let got = sent(site, &token, Method::Post, "/committees", nowhere).await;
    assert!(got.status == 422 && got.json()["fields"][0]["field"] == "authority", "{}", got.body);
    let member = json!({ "role": "member", "since": today, "email": "member@demo.example" });
    let got = sent(site, &token, Method::Post, &format!("{path}/members"), member).await;
    assert_eq!(got.status, 201, "{}", got.body);
    let seat = got.json()["seat"].as_str().unwrap().to_owned();
    let term = json!({ "number": 1, "start": today, "go_on": [&seat] });
    let got = sent(site, &token, Method::Post, &format!("{path}/terms"), term).await;
    assert_eq!(got.status, 200, "{}", got.body);
    let host = json!({ "if_version": 2, "secretariat_host": "另一承担单位·演示" });
    let got = sent(site, &token, Method::Patch, path, host.clone()).await;
    assert!(got.status == 200 && got.json()["version"] == 3, "{}", got.body);
    let told = site.get(&Browser::new(), &format!("/api/v1{path}")).await.json();
    assert_eq!(told["secretariat_host"], host["secretariat_host"]);
    assert_eq!(told["parent"], "MTC900", "what was left out stays");
    let pause = json!({ "suspended": true, "reason": "出国" });
    let of_seat = format!("{path}/members/{seat}");
    let got = sent(site, &token, Method::Post, &format!("{of_seat}/suspension"), pause).await;
    assert_eq!(got.status, 200, "{}", got.body);
    let end = json!({ "until": today, "reason": "调离" });
    let got = sent(site, &token, Method::Post, &format!("{of_seat}/leave"), end).await;
    assert_eq!(got.status, 200, "{}", got.body);
    let roll = site.get(&Browser::new(), &format!("/api/v1{path}/members")).await.json();
    assert_eq!(roll["total"], 0, "{roll}");
}
