//! The view layer through HTTP: headers, caching, compression, language and theme, the weight of a public page.

use std::io::Read;
use std::sync::Arc;

use flate2::read::GzDecoder;
use quanheng_clock::SeededChance;
use quanheng_i18n::Words;
use rocket::http::{ContentType, Header, Status};
use rocket::local::blocking::{Client, LocalResponse};
use rocket::{State, get, routes};
use serde_json::json;

use crate::assets::AssetBook;
use crate::frame;
use crate::views::FrameUser;
use crate::{KeptPage, Page, Pages};

#[derive(rocket::Responder)]
enum Either {
    Kept(KeptPage),
    Made(Page),
}

fn sample() -> Page {
    Page::new("pages/sample", &json!({ "lead": "<量值>" }))
}

#[get("/plain")]
fn plain() -> Page {
    sample()
}

struct Person;

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Person {
    type Error = std::convert::Infallible;
    async fn from_request(
        request: &'r rocket::Request<'_>,
    ) -> rocket::request::Outcome<Self, Self::Error> {
        let mut frame = frame::guest(request);
        frame.user =
            Some(FrameUser { name: "秘书长·演示".to_owned(), roles: vec![], owed: 0 });
        frame::fill(request, frame);
        rocket::request::Outcome::Success(Self)
    }
}

#[get("/personal")]
fn personal(_person: Person) -> Page {
    sample()
}

struct Kept(Option<KeptPage>);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Kept {
    type Error = std::convert::Infallible;
    async fn from_request(
        request: &'r rocket::Request<'_>,
    ) -> rocket::request::Outcome<Self, Self::Error> {
        let version = request.query_value::<String>("v").and_then(Result::ok).unwrap_or_default();
        let pages = request.rocket().state::<Pages>().unwrap();
        rocket::request::Outcome::Success(Self(pages.kept(request, "pages/sample", &version)))
    }
}

#[get("/versioned?<v>")]
fn versioned(kept: Kept, v: &str, built: &State<std::sync::atomic::AtomicUsize>) -> Either {
    if let Some(page) = kept.0 {
        return Either::Kept(page);
    }
    built.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    Either::Made(sample().keep(v))
}

fn client(base_url: &str) -> Client {
    let assets = Arc::new(AssetBook::load(false));
    let words = Arc::new(Words::load(None).unwrap());
    let mut pages =
        Pages::load(words, chrono_tz::Tz::Asia__Shanghai, Arc::clone(&assets), None, false)
            .unwrap();
    pages.add(
        "pages/sample",
        "{{#> layouts/page}}<h1>{{t \"nav-specifications\"}}</h1><p>{{lead}}</p>{{/layouts/page}}",
    );
    let figment = rocket::Config::figment().merge(("log_level", "off"));
    let rocket = crate::dress(
        rocket::custom(figment),
        pages,
        assets,
        Arc::new(SeededChance::new(7)),
        base_url,
    )
    .manage(std::sync::atomic::AtomicUsize::new(0))
    .mount("/", routes![plain, personal, versioned]);
    Client::untracked(rocket).unwrap()
}

fn header<'a>(answer: &'a LocalResponse<'_>, name: &str) -> &'a str {
    answer.headers().get_one(name).unwrap_or_default()
}

#[test]
fn every_answer_carries_the_policy_and_an_identity() {
    let client = client("https://quanheng.example");
    let answer =
        client.get("/plain").header(Header::new("X-Request-Id", "abcd-1234-efgh")).dispatch();
    let policy = header(&answer, "Content-Security-Policy");
    for part in [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert_eq!(header(&answer, "X-Content-Type-Options"), "nosniff");
    assert_eq!(header(&answer, "X-Request-Id"), "abcd-1234-efgh");
    assert!(header(&answer, "Strict-Transport-Security").starts_with("max-age"));
    let forged = client.get("/nowhere").header(Header::new("X-Request-Id", "a b\"c")).dispatch();
    assert_eq!(forged.status(), Status::NotFound);
    assert_eq!(header(&forged, "X-Request-Id").len(), 16);
    assert!(!header(&forged, "Content-Security-Policy").is_empty());
}

#[test]
fn a_guests_page_is_validated_and_a_personal_one_never_kept() {
    let client = client("http://localhost");
    let first = client.get("/plain").dispatch();
    assert_eq!(header(&first, "Cache-Control"), "public, no-cache");
    assert_eq!(header(&first, "Content-Language"), "zh-CN");
    let tag = header(&first, "ETag").to_owned();
    let again = client.get("/plain").header(Header::new("If-None-Match", tag.clone())).dispatch();
    assert_eq!(again.status(), Status::NotModified);
    let english = client
        .get("/plain")
        .header(Header::new("Accept-Language", "en"))
        .header(Header::new("If-None-Match", tag))
        .dispatch();
    assert_eq!((english.status(), header(&english, "Content-Language")), (Status::Ok, "en"));
    let personal = client.get("/personal").dispatch();
    assert_eq!((header(&personal, "Cache-Control"), header(&personal, "ETag")), ("no-store", ""));
    let personal = personal.into_string().unwrap();
    assert!(personal.contains("秘书长·演示") && personal.contains("<p>&lt;量值&gt;</p>"));
}

#[test]
fn a_page_is_built_once_a_version_for_each_language() {
    let client = client("http://localhost");
    let built = || {
        client
            .rocket()
            .state::<std::sync::atomic::AtomicUsize>()
            .unwrap()
            .load(std::sync::atomic::Ordering::SeqCst)
    };
    let one = client.get("/versioned?v=1").dispatch().into_string().unwrap();
    let two = client.get("/versioned?v=1").dispatch().into_string().unwrap();
    assert_eq!((built(), one == two), (1, true));
    let english =
        client.get("/versioned?v=1").header(Header::new("Accept-Language", "en")).dispatch();
    assert_eq!((built(), header(&english, "Content-Language")), (2, "en"));
    client.get("/versioned?v=2").dispatch();
    assert_eq!(built(), 3);
}

#[test]
fn text_is_compressed_only_for_those_who_take_it() {
    let client = client("http://localhost");
    for path in ["/plain", "/assets/css/main.css", "/personal"] {
        let plain = client.get(path).dispatch();
        assert_eq!(header(&plain, "Content-Encoding"), "", "{path}");
        let plain = plain.into_bytes().unwrap();
        let zipped = client.get(path).header(Header::new("Accept-Encoding", "br, gzip")).dispatch();
        assert_eq!(header(&zipped, "Content-Encoding"), "gzip", "{path}");
        assert!(header(&zipped, "Vary").contains("Accept-Encoding"), "{path}");
        let mut unzipped = Vec::new();
        GzDecoder::new(&zipped.into_bytes().unwrap()[..]).read_to_end(&mut unzipped).unwrap();
        assert!(unzipped == plain, "{path}");
        let refused =
            client.get(path).header(Header::new("Accept-Encoding", "gzip;q=0")).dispatch();
        assert_eq!(header(&refused, "Content-Encoding"), "", "{path}");
    }
}

#[test]
fn the_choice_of_language_and_theme_is_kept_and_leads_back() {
    let client = client("http://localhost");
    let form = client
        .post("/preferences")
        .header(ContentType::Form)
        .body("theme=dark&locale=en&back=%2Fplain%3Fa%3D1");
    let answer = form.dispatch();
    assert_eq!((answer.status(), header(&answer, "Location")), (Status::SeeOther, "/plain?a=1"));
    let cookies: Vec<String> = answer.headers().get("Set-Cookie").map(str::to_owned).collect();
    assert!(
        cookies.iter().any(|c| c.starts_with("theme=dark"))
            && cookies.iter().any(|c| c.starts_with("locale=en")),
        "{cookies:?}"
    );
    let page = client
        .get("/plain")
        .cookie(("theme", "dark"))
        .cookie(("locale", "en"))
        .dispatch()
        .into_string()
        .unwrap();
    assert!(page.contains("<html lang=\"en\" data-theme=\"dark\">"), "{page:.200}");
    let away = client
        .post("/preferences")
        .header(ContentType::Form)
        .body("theme=pink&back=%2F%2Fevil.example")
        .dispatch();
    assert_eq!((header(&away, "Location"), header(&away, "Set-Cookie")), ("/", ""));
}

/// P12: the first visit of a public page weighs at most 60 kB, and asks nobody else.
#[test]
fn the_first_visit_is_light_and_stays_on_the_site() {
    let client = client("http://localhost");
    let gzip = || Header::new("Accept-Encoding", "gzip");
    let html = client.get("/plain").dispatch().into_string().unwrap();
    let mut weight = client.get("/plain").header(gzip()).dispatch().into_bytes().unwrap().len();
    let mut assets = 0;
    for address in html.split('"').filter(|part| part.starts_with("/assets/")) {
        let answer = client.get(address.to_owned()).header(gzip()).dispatch();
        assert_eq!(
            header(&answer, "Cache-Control"),
            "public, max-age=31536000, immutable",
            "{address}"
        );
        weight += answer.into_bytes().unwrap().len();
        assets += 1;
    }
    assert!(assets >= 3, "{assets}");
    assert!(weight <= 60_000, "{weight} bytes");
    assert!(!html.contains("src=\"http") && !html.contains("href=\"http"));
}
