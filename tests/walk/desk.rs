//! Comments in browsers, a role each: somebody with a telephone and no account, a unit that gathers and sends, a drafter who settles by keys,
//! a secretary who confirms and publishes, and the telephone again with the answer.

use quanheng_db::{documents, register, rounds};
use quanheng_domain::{
    document::DocumentKind,
    ids::{PersonId, RoundId},
    records::Visibility,
    stage::Stage,
};

use crate::committee::Committee;
use crate::driver::{Driver, Kind};
use crate::meeting::{reads, window};
use crate::served::Served;
use crate::world::between;

/// Somebody's browser at the site.
struct Seat<'a> {
    all: &'a Committee,
    served: &'a Served,
    driver: &'a Driver,
}

impl Seat<'_> {
    /// Lets somebody sit down, who signs in anew: a session is shorter than a round.
    fn is(&self, who: PersonId) {
        self.driver.forget();
        self.driver.put_cookies(&self.all.browser(who).cookies());
    }

    fn opens(&self, path: &str) {
        self.driver.open(&format!("{}{path}", self.served.address));
        self.driver.settles();
        self.fits();
    }

    fn presses(&self, css: &str) {
        self.driver.leaves(|driver| driver.click(&driver.one(css)));
        self.fits();
    }

    fn fits(&self) {
        let (page, width) = self.driver.widths();
        assert!(page <= width, "{}: {page} px in {width}", self.driver.address());
    }

    fn types(&self, css: &str, words: &str) {
        self.driver.keys(&self.driver.one(css), words);
    }

    fn says(&self, words: &str) {
        let page = self.driver.reads("body");
        assert!(page.contains(words), "{} lacks {words}: {page}", self.driver.address());
    }
}

/// The newest link of this kind in the letters to an address.
async fn link(all: &Committee, address: &str, path: &str) -> String {
    let letters = all.site.letters().await;
    let mut to = letters.iter().rev().filter(|letter| letter.to.email == address);
    let token = to.find_map(|letter| between(&letter.text, path, "\n")).expect("a link");
    format!("{path}{}", token.trim())
}

/// A round on a draft of two clauses that everybody may read.
fn running(all: &Committee) -> RoundId {
    let project = all.world.project_at(Stage::Commenting);
    let round = all.world.round(project);
    let row = all.world.read(|conn| rounds::find(conn, round)).expect("it is open");
    let document = row.document_id.expect("a draft is put to comment");
    reads(all, document);
    let opened = all.world.write(move |tx| {
        let mut row = documents::get(tx.conn(), document)?.expect("it is there");
        row.visibility = Visibility::Open;
        Ok(documents::save(tx.conn(), &row)?)
    });
    opened.expect("the draft is public");
    round
}

/// A comment beside its clause on a telephone, sent without an account and confirmed by the link of the mail.
async fn by_telephone(phone: &Seat<'_>, round: RoundId) {
    phone.opens(&format!("/consultations/{round}/text"));
    phone.driver.click(&phone.driver.one("[data-spot][data-key=\"5.1\"] [data-say]"));
    phone.types("[data-spot][data-key=\"5.1\"] [data-body]", "限值偏严，请说明依据。");
    phone.driver.click(&phone.driver.one("[data-done]"));
    phone.driver.waits_for("#unsent", "限值偏严");
    phone.types("#unsent [name=name]", "手机用户·演示");
    phone.types("#unsent [name=contact]", "phone@demo.example");
    phone.presses("#unsent form button.primary");
    phone.says("已收到 1 条意见");
    let confirm = link(phone.all, "phone@demo.example", "/consultations/confirm/").await;
    phone.opens(&confirm);
    phone.presses("main form button.primary");
    phone.says("限值偏严");
}

/// A colleague writes, the contact of the unit sends what was gathered.
fn by_unit(desk: &Seat<'_>, round: RoundId) {
    let (world, path) = (&desk.all.world, format!("/consultations/{round}/unit"));
    let contact = world.corresponding;
    let unit = world.read(|conn| register::person(conn, contact)).expect("a person");
    let colleague = world.newcomer("同事·演示", unit.organisation_id);
    desk.is(colleague);
    desk.opens(&path);
    desk.types("#write [name=\"new.clause\"]", "5.2");
    desk.types("#write [name=\"new.body\"]", "流速下限宜放宽。");
    desk.presses("#write form button");
    desk.is(contact);
    desk.opens(&path);
    desk.says("流速下限宜放宽。");
    desk.presses("main form[action$=\"/unit/send\"] button.primary");
    desk.says("流速下限宜放宽。");
}

/// Two comments settled without touching the mouse until they are saved.
fn by_keys(desk: &Seat<'_>, round: RoundId) {
    desk.is(desk.all.world.drafter);
    desk.opens(&format!("/consultations/{round}/desk?status=open"));
    let lines = desk.driver.all("[data-key-item]");
    desk.driver.keys(&lines[0], "j");
    desk.driver.keys(&lines[1], "n");
    let second = "[data-key-item]:focus-within";
    desk.types(&format!("{second} textarea[name=reason]"), "试验数据不支持。");
    desk.presses(&format!("{second} [data-save]"));
    desk.driver.keys(&desk.driver.one("[data-key-item]"), "a");
    desk.presses(&format!("{second} [data-save]"));
    desk.opens(&format!("/consultations/{round}/desk?status=open"));
    assert!(desk.driver.all("[data-key-item]").is_empty(), "nothing is open any more");
}

#[rocket::async_test]
async fn comments_go_from_a_telephone_to_a_published_answer() {
    let mut all = Committee::on_each_backend().await;
    let all = all.remove(0);
    let round = running(&all);
    let project = all.world.read(|conn| rounds::find(conn, round)).expect("it is open").project_id;
    let served = Served::begin(&all.site);
    let Some(small) = Driver::start(Kind::Phone) else { return };
    let Some(wide) = window(&all, &served, all.world.drafter, Kind::Wide) else { return };
    let phone = Seat { all: &all, served: &served, driver: &small };
    let desk = Seat { all: &all, served: &served, driver: &wide };
    by_telephone(&phone, round).await;
    by_unit(&desk, round);
    all.world.walk(project, Stage::CommentsClosed);
    by_keys(&desk, round);

    desk.is(all.world.secretary);
    desk.opens(&format!("/consultations/{round}/desk?status=proposed"));
    desk.driver.click(&desk.driver.one("[data-pick-all]"));
    desk.driver.click(&desk.driver.one("details.bulk > summary"));
    desk.presses("details.bulk button[value=confirm]");
    for kind in [DocumentKind::DispositionTable, DocumentKind::ReviewDraft] {
        all.world.document(project, kind);
    }
    desk.opens(&format!("/projects/{project}"));
    let card = "#move-finish_disposition";
    if desk.driver.property(&desk.driver.one(card), "open") != true {
        desk.driver.click(&desk.driver.one(&format!("{card} > summary")));
    }
    desk.presses(&format!("{card} form button"));

    let mine = link(&all, "phone@demo.example", "/consultations/mine/").await;
    phone.opens(&mine);
    phone.says("限值偏严");
    phone.says("采纳");
}
