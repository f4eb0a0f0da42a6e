//! What holds for every form and request: foreign forms, repeats, stale pages, bounds, ways that lead elsewhere.

use quanheng_db::{events, register};
use rocket::http::Header;

use crate::world::{Browser, TestApp};

#[rocket::async_test]
async fn a_form_of_another_site_changes_nothing() {
    let site = TestApp::new().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let (who, other) = (site.signed_in(person), site.signed_in(person));
    let token = site.token(&who).await.unwrap();
    let form = [("locale", "en"), ("if_version", "1"), ("post", "改")];
    let with = |token: &'static str| {
        [("_csrf", token), ("locale", "en"), ("if_version", "1"), ("post", "改")]
    };
    let token: &'static str = token.leak();
    let of_another: &'static str = site.token(&other).await.unwrap().leak();
    assert_eq!(site.post_raw(&who, "/account", &form).await.status, 403, "no token");
    assert_eq!(
        site.post_raw(&who, "/account", &with(of_another)).await.status,
        403,
        "token of another session"
    );
    for header in [
        Header::new("Origin", "https://evil.example"),
        Header::new("Origin", "null"),
        Header::new("Sec-Fetch-Site", "cross-site"),
        Header::new("Sec-Fetch-Site", "same-site"),
    ] {
        let name = header.to_string();
        assert_eq!(
            site.post_with(&who, "/account", &with(token), header).await.status,
            403,
            "{name}"
        );
    }
    let unchanged = site.read(move |conn| Ok(register::person(conn, person)?)).unwrap();
    assert_eq!(unchanged.post, "");
    let own = Header::new("Sec-Fetch-Site", "same-origin");
    assert_eq!(site.post_with(&who, "/account", &with(token), own).await.status, 303);
    let guest = Browser::new();
    let evil = Header::new("Origin", "https://evil.example");
    assert_eq!(
        site.post_with(&guest, "/sign-in", &[("email", "a@b.example")], evil).await.status,
        403,
        "signing in too"
    );
}

#[rocket::async_test]
async fn a_form_sent_twice_acts_once_and_answers_alike() {
    for site in TestApp::on_each_backend().await {
        let person = site.person("委员·演示", "member@demo.example").await;
        let who = site.signed_in(person);
        let token = site.token(&who).await.unwrap();
        let form = |post: &'static str| {
            [
                ("_csrf", token.as_str()),
                ("_once", "0123456789abcdefghij"),
                ("locale", "zh-CN"),
                ("if_version", "1"),
                ("post", post),
            ]
        };
        let first = site.post_raw(&who, "/account", &form("主任")).await;
        let second = site.post_raw(&who, "/account", &form("主任")).await;
        assert_eq!((first.status, &first.location), (303, &second.location));
        assert_eq!(second.status, 303);
        let changes = || {
            let all = site.read(move |conn| Ok(events::of_object(conn, person.cast())?));
            all.into_iter().filter(|event| event.kind == "preferences_changed").count()
        };
        assert_eq!(changes(), 1);
        // Who goes back and types something else means something else; here it meets the newer version.
        let changed = site.post_raw(&who, "/account", &form("副主任")).await;
        assert_eq!(changed.status, 409);
        assert!(changed.body.contains("副主任"), "what was typed is handed back");
        assert_eq!(changes(), 1);
    }
}

#[rocket::async_test]
async fn ways_back_never_lead_elsewhere() {
    let site = TestApp::new().await;
    let who = site.signed_in(site.person("委员·演示", "member@demo.example").await);
    for next in [
        "//evil.example",
        "/%5Cevil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "https://evil.example",
        "",
    ] {
        let got = site.get(&who, &format!("/sign-in?next={next}")).await;
        assert_eq!(got.location.as_deref(), Some("/desk"), "{next}");
    }
    let got = site.get(&who, "/sign-in?next=/account%3Fa=b").await;
    assert_eq!(got.location.as_deref(), Some("/account?a=b"));
}

#[rocket::async_test]
async fn what_is_too_large_or_of_another_kind_is_refused() {
    let site = TestApp::new().await;
    let who = Browser::new();
    let huge = "x".repeat(300 * 1024);
    assert_eq!(site.post_raw(&who, "/sign-in", &[("email", &huge)]).await.status, 413);
    assert_eq!(site.post_raw(&who, "/sign-in", &[("email", "a\0b")]).await.status, 400);
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("a", "1"), 5_000).collect();
    assert_eq!(site.post_raw(&who, "/sign-in", &many).await.status, 413);
}

#[rocket::async_test]
async fn pages_of_people_are_never_kept_and_every_answer_has_its_headers() {
    let site = TestApp::new().await;
    let who = site.signed_in(site.person("委员·演示", "member@demo.example").await);
    let page = site.get(&who, "/account").await;
    assert_eq!(page.header("cache-control"), Some("no-store"));
    for (name, part) in [
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("content-type", "charset=utf-8"),
    ] {
        assert!(
            page.header(name).is_some_and(|value| value.contains(part)),
            "{name}: {:?}",
            page.header(name)
        );
    }
    assert!(
        !page.body.contains("<style")
            && !page.body.contains(" style=")
            && !page.body.contains(" onclick=")
    );
}

#[rocket::async_test]
async fn forwarded_addresses_of_strangers_are_not_believed() {
    let site = TestApp::new().await;
    let mut last = 0;
    for number in 0..11 {
        let header = Header::new("X-Real-IP", format!("203.0.113.{number}"));
        last = site
            .post_with(
                &Browser::new(),
                "/sign-in",
                &[("email", "a@b.example"), ("password", "x")],
                header,
            )
            .await
            .status;
    }
    assert_eq!(last, 429, "the budget is that of the peer");
}
