//! A unit that gathers over the API: its people write with tokens of their own, its contact sends once.

use quanheng_db::register;
use rocket::http::{ContentType, Header, Method};
use serde_json::{Value, json};

use super::{comments, running};
use crate::{
    committee::Committee,
    world::{Browser, Got, between},
};

async fn token(all: &Committee, who: &Browser) -> String {
    let made = all.site.post(who, "/account/tokens", &[("name", "脚本")]).await;
    format!("qh_{}", between(&made.body, "<code>qh_", "</code>").unwrap())
}

async fn call(all: &Committee, token: &str, method: Method, path: &str, body: Value) -> Got {
    let mut headers = vec![ContentType::JSON.into()];
    if !token.is_empty() {
        headers.push(Header::new("Authorization", format!("Bearer {token}")));
    }
    all.site.call(method, path, headers, body.to_string().into_bytes()).await
}

#[rocket::async_test]
async fn a_unit_gathers_and_sends_over_the_api() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let contact = all.world.corresponding;
        let unit = all.world.read(|conn| register::person(conn, contact)).unwrap().organisation_id;
        let colleague = all.world.newcomer("同事·演示", unit);
        let own = token(&all, &all.browser(colleague)).await;
        let head = token(&all, &all.browser(contact)).await;
        let base = format!("/api/v1/rounds/{}/unit", round.id);
        let remarks = format!("{base}/remarks");
        let stranger = token(&all, &all.browser(all.world.outsider)).await;
        assert_eq!(call(&all, "", Method::Get, &base, Value::Null).await.status, 401);
        assert_eq!(call(&all, &stranger, Method::Get, &base, Value::Null).await.status, 404);

        let empty = call(&all, &own, Method::Post, &remarks, json!({ "text": " " })).await;
        assert_eq!(empty.status, 422, "{}", empty.body);
        let mut ids = Vec::new();
        for text in ["甲意见", "乙意见"] {
            let said = json!({ "clause": "5.2", "kind": "technical", "text": text });
            let made = call(&all, &own, Method::Post, &remarks, said).await;
            assert_eq!(made.status, 201, "{}", made.body);
            ids.push(made.json()["id"].as_str().unwrap().to_owned());
        }
        let first = format!("{remarks}/{}", ids[0]);
        let better =
            json!({ "remark": { "clause": "5.2", "text": "甲意见（改）" }, "if_version": 1 });
        assert_eq!(call(&all, &own, Method::Put, &first, better.clone()).await.status, 200);
        assert_eq!(
            call(&all, &own, Method::Put, &first, better).await.status,
            409,
            "it was read before"
        );
        let second = format!("{remarks}/{}", ids[1]);
        assert_eq!(call(&all, &head, Method::Put, &second, json!({})).await.status, 200, "dropped");

        let told = call(&all, &head, Method::Get, &base, Value::Null).await.json();
        assert_eq!(
            (&told["contact"], told["remarks"].as_array().unwrap().len()),
            (&true.into(), 2)
        );
        assert_eq!(told["remarks"][0]["text"], "甲意见（改）");
        assert!(told["remarks"][1]["dropped_at"].is_string(), "{told}");
        let send = format!("{base}/send");
        let seen = |version: i64| json!({ "seen": [{ "id": ids[0], "version": version }] });
        assert_eq!(
            call(&all, &own, Method::Post, &send, seen(2)).await.status,
            409,
            "not the contact"
        );
        assert_eq!(
            call(&all, &head, Method::Post, &send, seen(1)).await.status,
            409,
            "not what was seen"
        );
        assert!(comments(&all, round.id).is_empty());
        let sent = call(&all, &head, Method::Post, &send, seen(2)).await;
        assert_eq!(sent.status, 201, "{}", sent.body);
        let rows = comments(&all, round.id);
        assert_eq!((rows.len(), rows[0].body.as_str()), (1, "甲意见（改）"));
        assert_eq!(sent.json()["comments"][0]["serial"], 1);
    }
}
