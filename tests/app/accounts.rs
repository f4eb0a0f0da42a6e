//! Signing in, being locked out, links, sessions, tokens.

use chrono::TimeDelta;
use quanheng_actions::account::link;
use quanheng_db::events;
use quanheng_domain::event::ObjectKind;
use rocket::http::Header;

use crate::world::{Browser, PASSWORD, TestApp, between};

async fn sign_in(site: &TestApp, who: &Browser, email: &str, password: &str) -> u16 {
    site.post_raw(
        who,
        "/sign-in",
        &[("email", email), ("password", password), ("next", "/account")],
    )
    .await
    .status
}

#[rocket::async_test]
async fn the_first_administrator_is_made_with_a_link_that_works_once() {
    for site in TestApp::on_each_backend().await {
        let token = site.write(link::offer_setup).unwrap().expect("nobody is there yet");
        let (who, path) = (Browser::new(), format!("/setup/{token}"));
        assert_eq!(site.get(&who, &path).await.status, 200);
        let weak = [
            ("name", "甲"),
            ("email", "a@demo.example"),
            ("password", "password2026"),
            ("password_again", "password2026"),
        ];
        let again = site.post_raw(&who, &path, &weak).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("value=\"a@demo.example\""), "the form comes back filled");
        assert!(!again.body.contains("password2026"), "a password never comes back");
        let good = [
            ("name", "甲"),
            ("email", "A@Demo.Example"),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ];
        assert_eq!(site.post_raw(&who, &path, &good).await.location.as_deref(), Some("/sign-in"));
        assert_eq!(site.get(&who, &path).await.status, 404);
        assert_eq!(sign_in(&site, &who, " a@demo.example ", PASSWORD).await, 303);
        assert_eq!(site.get(&who, "/account").await.status, 200);
        assert!(site.write(link::offer_setup).unwrap().is_none(), "one administrator is enough");
    }
}

#[rocket::async_test]
async fn a_session_has_a_new_id_and_dies_with_signing_out() {
    let site = TestApp::new().await;
    site.person("委员·演示", "member@demo.example").await;
    let who = Browser::new();
    who.put("session", "chosen-by-somebody-else-0123456789abcdefghi");
    assert_eq!(sign_in(&site, &who, "member@demo.example", PASSWORD).await, 303);
    let stolen = who.cookie("session").unwrap();
    assert_ne!(stolen, "chosen-by-somebody-else-0123456789abcdefghi");
    let copy = Browser::new();
    copy.put("session", &stolen);
    assert_eq!(site.get(&copy, "/account").await.status, 200);
    assert_eq!(site.post(&who, "/sign-out", &[]).await.status, 303);
    let after = site.get(&copy, "/account").await;
    assert_eq!((after.status, after.location.as_deref()), (303, Some("/sign-in?next=%2Faccount")));
}

#[rocket::async_test]
async fn a_session_ends_when_unused_and_at_its_age_in_any_case() {
    let site = TestApp::new().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let who = site.signed_in(person);
    site.pass(TimeDelta::minutes(29));
    assert_eq!(site.get(&who, "/account").await.status, 200);
    site.pass(TimeDelta::minutes(29));
    assert_eq!(site.get(&who, "/account").await.status, 200, "use keeps it");
    site.pass(TimeDelta::minutes(30));
    assert_eq!(site.get(&who, "/account").await.status, 303);
    let who = site.signed_in(person);
    for _ in 0..28 {
        site.pass(TimeDelta::minutes(25));
        assert_eq!(site.get(&who, "/account").await.status, 200);
    }
    site.pass(TimeDelta::minutes(20));
    assert_eq!(site.get(&who, "/account").await.status, 303, "twelve hours are the end");
}

#[rocket::async_test]
async fn wrong_passwords_make_an_account_wait_but_never_its_owner_for_good() {
    let site = TestApp::new().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let (owner, stranger) = (Browser::new(), Browser::new());
    assert_eq!(sign_in(&site, &owner, "member@demo.example", PASSWORD).await, 303);
    for _ in 0..5 {
        assert_eq!(sign_in(&site, &stranger, "member@demo.example", "wrong").await, 422);
    }
    assert_eq!(
        sign_in(&site, &stranger, "member@demo.example", PASSWORD).await,
        422,
        "even the right one waits"
    );
    // The owner signed out, or the session ended.
    owner.put("session", "");
    assert_eq!(
        sign_in(&site, &owner, "member@demo.example", PASSWORD).await,
        303,
        "a known browser does not"
    );
    for _ in 0..5 {
        site.pass(TimeDelta::minutes(16));
        assert_eq!(sign_in(&site, &stranger, "member@demo.example", "wrong").await, 422);
    }
    site.pass(TimeDelta::minutes(16));
    assert_eq!(
        sign_in(&site, &Browser::new(), "member@demo.example", PASSWORD).await,
        303,
        "the wait is bounded"
    );
    let kinds: Vec<String> = site
        .read(|conn| Ok(events::of_object(conn, person.cast())?))
        .into_iter()
        .map(|e| e.kind)
        .collect();
    assert!(
        kinds.iter().any(|kind| kind == "sign_in_locked")
            && kinds.iter().any(|kind| kind == "signed_in"),
        "{kinds:?}"
    );
}

#[rocket::async_test]
async fn an_address_may_try_only_so_often() {
    let site = TestApp::new().await;
    let who = Browser::new();
    let mut last = 0;
    for number in 0..11 {
        let email = format!("nobody-{number}@demo.example");
        last = sign_in(&site, &who, &email, "wrong").await;
    }
    assert_eq!(last, 429);
    let refused =
        site.post_raw(&who, "/sign-in", &[("email", "a@b.example"), ("password", "x")]).await;
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    site.pass(TimeDelta::seconds(wait));
    assert_eq!(sign_in(&site, &who, "nobody@demo.example", "wrong").await, 422);
}

#[rocket::async_test]
async fn a_known_and_an_unknown_address_get_the_same_answers() {
    let site = TestApp::new().await;
    site.person("委员·演示", "member@demo.example").await;
    site.letters().await;
    for path in ["/sign-in", "/forgot"] {
        let mut answers = Vec::new();
        for email in ["member@demo.example", "nobodyx@demo.example"] {
            let got = site
                .post_raw(&Browser::new(), path, &[("email", email), ("password", "wrong")])
                .await;
            let body = got.body.replace(email, "ADDRESS");
            answers.push((
                got.status,
                got.location,
                body.split("<code>").next().map(str::to_owned),
            ));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}

#[rocket::async_test]
async fn a_forgotten_password_is_set_anew_by_mail_once_and_in_time() {
    for site in TestApp::on_each_backend().await {
        let person = site.person("委员·演示", "member@demo.example").await;
        let elsewhere = site.signed_in(person);
        site.letters().await;
        let who = Browser::new();
        assert_eq!(
            site.post_raw(&who, "/forgot", &[("email", "Member@demo.example")]).await.status,
            303
        );
        let letters = site.letters().await;
        let letter = letters.last().unwrap();
        assert_eq!(letter.to.email, "member@demo.example");
        let path = format!("/reset/{}", between(&letter.text, "/reset/", "\n").unwrap().trim());
        site.pass(TimeDelta::minutes(29));
        assert_eq!(site.get(&who, &path).await.status, 200);
        let fresh = "新的量块放在第四张桌子上面";
        let form = [("password", fresh), ("password_again", fresh)];
        assert_eq!(site.post_raw(&who, &path, &form).await.status, 303);
        assert_eq!(site.post_raw(&who, &path, &form).await.status, 404, "once");
        assert_eq!(site.get(&elsewhere, "/account").await.status, 303, "other sessions end");
        assert_eq!(sign_in(&site, &who, "member@demo.example", PASSWORD).await, 422);
        assert_eq!(sign_in(&site, &who, "member@demo.example", fresh).await, 303);
        let told = site.letters().await.iter().any(|letter| letter.subject.contains("密码已更改"));
        assert!(told, "the owner is told");
        site.post_raw(&Browser::new(), "/forgot", &[("email", "member@demo.example")]).await;
        let late = site.letters().await;
        let mut links = late.iter().filter_map(|letter| between(&letter.text, "/reset/", "\n"));
        let path = format!("/reset/{}", links.next_back().unwrap().trim());
        site.pass(TimeDelta::minutes(30));
        assert_eq!(site.get(&Browser::new(), &path).await.status, 404, "half an hour");
    }
}

#[rocket::async_test]
async fn a_changed_password_ends_the_other_sessions() {
    let site = TestApp::new().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let (here, there) = (site.signed_in(person), site.signed_in(person));
    let fresh = "新的量块放在第四张桌子上面";
    let wrong = [("old_password", "wrong"), ("password", fresh), ("password_again", fresh)];
    assert_eq!(site.post(&here, "/account/password", &wrong).await.status, 422);
    let right = [("old_password", PASSWORD), ("password", fresh), ("password_again", fresh)];
    assert_eq!(site.post(&here, "/account/password", &right).await.status, 303);
    assert_eq!(site.get(&here, "/account").await.status, 200);
    assert_eq!(site.get(&there, "/account").await.status, 303);
}

#[rocket::async_test]
async fn a_token_is_shown_once_and_dead_when_revoked() {
    let site = TestApp::new().await;
    let who = site.signed_in(site.person("委员·演示", "member@demo.example").await);
    let made = site.post(&who, "/account/tokens", &[("name", "脚本")]).await;
    assert_eq!(made.status, 201);
    let token = format!("qh_{}", between(&made.body, "<code>qh_", "</code>").unwrap());
    assert!(!site.get(&who, "/account").await.body.contains(&token));
    let bearer = || Header::new("Authorization", format!("Bearer {token}"));
    let (machine, path) = (Browser::new(), "/api/v1/projects");
    assert_eq!(site.get_with(&machine, path, bearer()).await.status, 200);
    let page = site.get(&who, "/account").await.body;
    let revoke = format!("/account/tokens/{}", between(&page, "/account/tokens/", "\"").unwrap());
    assert_eq!(site.post(&who, &revoke, &[]).await.status, 303);
    let refused = site.get_with(&machine, path, bearer()).await;
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (401, Some("application/problem+json"))
    );
}

#[rocket::async_test]
async fn no_account_act_leaves_a_secret_in_the_ledger() {
    let site = TestApp::new().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let who = site.signed_in(person);
    site.post(&who, "/account/tokens", &[("name", "脚本")]).await;
    site.post_raw(&Browser::new(), "/forgot", &[("email", "member@demo.example")]).await;
    let secret = who.cookie("session").unwrap();
    for event in site.read(|conn| Ok(events::after(conn, 0, 1_000)?)) {
        let text = format!("{} {} {}", event.facts, event.note, event.actor);
        let clean = !text.contains(&secret)
            && !text.contains("qh_")
            && !text.contains("$argon2")
            && !text.contains('@');
        assert!(clean, "{} of {}: {text}", event.kind, ObjectKind::Person);
    }
}
