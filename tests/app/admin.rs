//! The administrators' pages.

use quanheng_domain::ids::PersonId;

use crate::world::{Browser, PASSWORD, TestApp, between};

const PERSON: [(&str, &str); 5] = [
    ("name_zh", "起草人·演示"),
    ("email", "drafter@demo.example"),
    ("locale", "zh-CN"),
    ("organisation", ""),
    ("post", "工程师"),
];

#[rocket::async_test]
async fn a_person_is_entered_invited_and_comes_in() {
    for site in TestApp::on_each_backend().await {
        let admin = site.admin().await;
        let bad =
            [("name_zh", ""), ("email", "no address"), ("locale", "zh-CN"), ("organisation", "")];
        let again = site.post(&admin, "/admin/people", &bad).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("no address"), "the form comes back filled");
        let made = site.post(&admin, "/admin/people", &PERSON).await;
        let path = made.location.unwrap();
        assert!(site.get(&admin, &path).await.body.contains("起草人·演示"));
        assert_eq!(
            site.post(&admin, "/admin/people", &PERSON).await.status,
            422,
            "an address belongs to one person"
        );
        assert_eq!(site.post(&admin, &format!("{path}/invite"), &[]).await.status, 303);
        let letters = site.letters().await;
        let letter =
            letters.iter().rfind(|letter| letter.to.email == "drafter@demo.example").unwrap();
        let link =
            format!("/invitation/{}", between(&letter.text, "/invitation/", "\n").unwrap().trim());
        let who = Browser::new();
        let form = [("password", PASSWORD), ("password_again", PASSWORD)];
        assert_eq!(site.post_raw(&who, &link, &form).await.status, 303);
        let entered = site
            .post_raw(
                &who,
                "/sign-in",
                &[("email", "drafter@demo.example"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(entered.status, 303);
        assert_eq!(site.get(&who, "/admin").await.status, 404);
    }
}

#[rocket::async_test]
async fn a_closed_account_is_out_at_once_and_an_open_one_comes_back() {
    let site = TestApp::new().await;
    let admin = site.admin().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let who = site.signed_in(person);
    assert_eq!(site.get(&who, "/account").await.status, 200);
    assert_eq!(site.post(&admin, &format!("/admin/people/{person}/close"), &[]).await.status, 303);
    assert_eq!(site.get(&who, "/account").await.status, 303);
    let refused = site
        .post_raw(
            &Browser::new(),
            "/sign-in",
            &[("email", "member@demo.example"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(site.post(&admin, &format!("/admin/people/{person}/reopen"), &[]).await.status, 303);
    let entered = site
        .post_raw(
            &Browser::new(),
            "/sign-in",
            &[("email", "member@demo.example"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(entered.status, 303);
}

#[rocket::async_test]
async fn the_last_administrator_stays_and_nobody_closes_herself() {
    let site = TestApp::new().await;
    let admin = site.admin().await;
    let own: PersonId = admin.person.unwrap();
    assert_eq!(
        site.post(&admin, &format!("/admin/people/{own}/administrator/revoke"), &[]).await.status,
        403
    );
    assert_eq!(site.post(&admin, &format!("/admin/people/{own}/close"), &[]).await.status, 403);
    let second = site.person("第二管理员·演示", "second@demo.example").await;
    assert_eq!(
        site.post(&admin, &format!("/admin/people/{second}/administrator/grant"), &[]).await.status,
        303
    );
    assert_eq!(
        site.post(&admin, &format!("/admin/people/{own}/administrator/revoke"), &[]).await.status,
        303
    );
    assert_eq!(site.get(&admin, "/admin").await.status, 303, "rights that went end the session");
}

#[rocket::async_test]
async fn an_office_is_given_for_days_and_holds_for_them_alone() {
    let site = TestApp::new().await;
    let admin = site.admin().await;
    let person = site.person("主管部门·演示", "officer@demo.example").await;
    let page = site.get(&admin, &format!("/admin/people/{person}")).await.body;
    let options = between(&page, "name=\"authority\"", "</select>").unwrap();
    let authority = between(&options, "<option value=\"", "\"").unwrap();
    let path = format!("/admin/people/{person}/officer");
    let wrong = [("authority", authority.as_str()), ("since", "2026-02-30")];
    assert_eq!(site.post(&admin, &path, &wrong).await.status, 422);
    let right =
        [("authority", authority.as_str()), ("since", "2026-03-01"), ("until", "2026-03-05")];
    assert_eq!(site.post(&admin, &path, &right).await.status, 303);
    assert!(site.get(&admin, "/admin/authorities").await.body.contains("主管部门·演示"));
    let who = site.signed_in(person);
    assert!(
        site.get(&who, "/account").await.body.contains("/overview"),
        "an officer sees the overview"
    );
    site.pass(chrono::TimeDelta::days(4));
    let who = site.signed_in(person);
    assert!(!site.get(&who, "/account").await.body.contains("href=\"/overview\""));
    let admin = site.signed_in(admin.person.unwrap());
    assert!(!site.get(&admin, "/admin/authorities").await.body.contains("主管部门·演示"));
}

#[rocket::async_test]
async fn two_who_correct_the_same_person_do_not_overwrite_each_other() {
    let site = TestApp::new().await;
    let admin = site.admin().await;
    let person = site.person("委员·演示", "member@demo.example").await;
    let path = format!("/admin/people/{person}");
    let with = |post: &'static str| {
        [
            ("if_version", "1"),
            ("name_zh", "委员·演示"),
            ("email", "member@demo.example"),
            ("locale", "zh-CN"),
            ("organisation", ""),
            ("post", post),
        ]
    };
    assert_eq!(site.post(&admin, &path, &with("研究员")).await.status, 303);
    let late = site.post(&admin, &path, &with("高级工程师")).await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("高级工程师"));
    assert!(site.get(&admin, &path).await.body.contains("研究员"));
}

#[rocket::async_test]
async fn every_page_of_administrators_can_be_read_in_both_languages() {
    let site = TestApp::new().await;
    let admin = site.admin().await;
    site.letters().await;
    let unit = [
        ("name_zh", "某计量科学研究院·演示"),
        ("interest", "testing"),
        ("small_firm", "true"),
        ("region", "江苏"),
    ];
    let made = site.post(&admin, "/admin/organisations", &unit).await;
    let unit = made.location.unwrap();
    assert_eq!(
        site.post(&admin, "/admin/organisations", &[("name_zh", "某计量科学研究院 · 演示")])
            .await
            .status,
        422,
        "one name, one unit"
    );
    let outbox = site.get(&admin, "/admin/outbox").await.body;
    let mail =
        format!("/admin/outbox/{}", between(&outbox, "href=\"/admin/outbox/", "\"").unwrap());
    for locale in ["zh-CN", "en"] {
        admin.put("locale", locale);
        for path in [
            "/admin",
            "/admin/people",
            "/admin/people?q=%25",
            "/admin/people/new",
            "/admin/organisations?q=%E6%9F%90",
            &unit,
            "/admin/organisations/new",
            "/admin/authorities",
            "/admin/outbox?state=sent&q=demo",
            &mail,
            "/admin/frozen",
            "/admin/events?object=person&kind=sign&from=2026-01-01&until=2026-12-31",
            "/admin/events?page=9",
            "/admin/settings",
            "/admin/holidays",
        ] {
            let got = site.get(&admin, path).await;
            assert_eq!(got.status, 200, "{path} in {locale}");
        }
    }
    assert!(
        !site.get(&admin, "/admin/people?q=%25").await.body.contains("admin@demo.example"),
        "a sign of LIKE is a sign"
    );
}
