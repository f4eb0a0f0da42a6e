//! The pages of the life cycle, in process: a suggestion from the public becomes a project whose pages everybody can open.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use chrono::{TimeZone, Utc};
use quanheng_actions::{Tx, found};
use quanheng_clock::{Clock, ManualClock, SeededChance};
use quanheng_db::projects::{self, ProjectFilter};
use quanheng_db::testing::TestDb;
use quanheng_domain::ids::PersonId;
use quanheng_domain::people::{Actor, PersonActor};
use quanheng_domain::{Locale, ids::ProjectId};
use quanheng_i18n::Words;
use quanheng_store::Store;
use rocket::http::{ContentType, Status};
use rocket::local::blocking::Client;

use crate::Pages;
use crate::app::{App, Parts};
use crate::assets::AssetBook;
use crate::guards::Visitor;
use crate::pages::projects::{Section, rendered_for};
use crate::views::{Frame, FrameUser};

struct Site {
    client: Client,
    app: App,
    _db: TestDb,
    _files: tempfile::TempDir,
}

fn site() -> Site {
    let db = TestDb::sqlite();
    let files = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> =
        Arc::new(ManualClock::new(Utc.with_ymd_and_hms(2026, 3, 2, 1, 0, 0).unwrap()));
    let chance = Arc::new(SeededChance::new(11));
    let (now, seed) = (Arc::clone(&clock), Arc::clone(&chance));
    let laid: Result<usize, found::FoundError> = db.write_blocking(
        move || now.now(),
        move |writer| found::found(&mut Tx::new(writer, &*seed)),
    );
    assert!(laid.unwrap() > 0);
    let request = quanheng_config::Request::default();
    let settings =
        quanheng_config::load(&request).unwrap_or_else(|faults| panic!("{faults}")).settings;
    let words = Arc::new(Words::load(None).unwrap());
    let assets = Arc::new(AssetBook::load(false));
    let pages = Pages::load(
        Arc::clone(&words),
        chrono_tz::Tz::Asia__Shanghai,
        Arc::clone(&assets),
        None,
        false,
    )
    .unwrap();
    let app = App::new(Parts {
        db: db.handle(),
        clock,
        chance: chance.clone(),
        words,
        store: Arc::new(Store::local(files.path()).unwrap()),
        settings: Arc::new(settings),
        base_url: "http://localhost".to_owned(),
        secret: vec![7; 32],
        demo: false,
    })
    .unwrap();
    let figment = rocket::Config::figment().merge(("log_level", "off"));
    let rocket = crate::dress(rocket::custom(figment), pages, assets, chance, "http://localhost");
    let client = Client::untracked(crate::furnish(rocket, app.clone())).unwrap();
    Site { client, app, _db: db, _files: files }
}

const SUGGESTION: &str = "kind=make&category=verification_regulation&level=national&title_zh=%E7%94%B5%E8%83%BD%E8%A1%A8\
    &need=%E5%BF%85%E8%A6%81&scope=%E8%8C%83%E5%9B%B4&adoption=none&suggested_by=%E6%9F%90%E5%8D%95%E4%BD%8D";

fn suggest(site: &Site) -> ProjectId {
    let body = format!("{SUGGESTION}&suggester_address=unit%40demo.example");
    let answer = site.client.post("/suggest").header(ContentType::Form).body(body).dispatch();
    assert_eq!(answer.status(), Status::SeeOther, "{:?}", answer.into_string());
    let found: Result<_, quanheng_actions::ActionError> = site
        .app
        .db
        .read_blocking(|conn| Ok(projects::list(conn, &ProjectFilter::default(), 10, 0)?.0));
    found.unwrap()[0].id
}

#[test]
fn a_suggestion_comes_back_filled_until_it_is_whole_and_then_has_a_page() {
    let site = site();
    assert_eq!(site.client.get("/suggest").dispatch().status(), Status::Ok);
    let faulty = site.client.post("/suggest").header(ContentType::Form).body(SUGGESTION).dispatch();
    assert_eq!(faulty.status(), Status::UnprocessableEntity);
    assert!(faulty.into_string().unwrap().contains("电能表"));
    let project = suggest(&site);
    let page = site.client.get(format!("/projects/{project}")).dispatch();
    assert_eq!(page.status(), Status::Ok);
    let html = page.into_string().unwrap();
    assert!(
        html.contains("电能表") && !html.contains("unit@demo.example"),
        "what the public may not read is not there"
    );
    let unknown = site.client.get("/projects/00000000-0000-7000-8000-000000000000").dispatch();
    assert_eq!(unknown.status(), Status::NotFound);
}

#[test]
fn lists_open_for_everybody_and_desks_for_those_who_signed_in() {
    let site = site();
    assert_eq!(site.client.get("/consultations").dispatch().status(), Status::Ok);
    for path in ["/desk", "/board", "/projects/new"] {
        let answer = site.client.get(path).dispatch();
        assert_eq!(answer.status(), Status::SeeOther, "{path}");
        assert!(answer.headers().get_one("Location").unwrap().starts_with("/sign-in"));
    }
}

#[test]
fn an_officer_sees_moves_with_their_conditions() {
    let site = site();
    let project = suggest(&site);
    let authority = {
        let row: Result<_, quanheng_actions::ActionError> =
            site.app.db.read_blocking(move |conn| Ok(projects::find(conn, project)?));
        row.unwrap().unwrap().authority_id
    };
    let person = PersonActor {
        person: "00000000-0000-7000-8000-000000000001".parse::<PersonId>().unwrap(),
        name: "主管人员·演示".to_owned(),
        seats: Vec::new(),
        authorities: BTreeSet::from([authority]),
        projects: BTreeSet::new(),
        aside: BTreeSet::new(),
        administrator: false,
    };
    let visitor = Visitor {
        actor: Actor::Person(person),
        locale: Locale::Chinese,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    };
    let mut frame = Frame::guest(Locale::Chinese, "/projects/x");
    frame.user =
        Some(FrameUser { name: "主管人员·演示".to_owned(), roles: Vec::new(), owed: 0 });
    let view = rocket::tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(rendered_for(&site.app, &visitor, project, Section::Overview))
        .unwrap();
    let pages = site.client.rocket().state::<Pages>().unwrap();
    let html = pages.render("pages/projects/show", view, &frame).unwrap();
    assert!(
        html.contains("id=\"move-screen\"") && html.contains("move-declare_emergency"),
        "the moves from the first stage are shown"
    );
    let view = rocket::tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(rendered_for(&site.app, &visitor, project, Section::Documents))
        .unwrap();
    let html = pages.render("pages/projects/show", view, &frame).unwrap();
    assert!(html.contains("enctype=\"multipart/form-data\""));
}
