//! Every link of a small populated site, followed by the public, a member, the secretary and an officer in both languages: no
//! page lacks a word (the kit looks for that), none fails, and no link leads nowhere. And every page template is rendered on the
//! way, in both languages.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::TimeDelta;
use quanheng_actions::announcement::{Prepare, prepare};
use quanheng_domain::{
    Keyed, Locale,
    ballot::BallotPurpose,
    document::DocumentKind,
    ids::{PersonId, ProjectId},
    stage::Stage,
};
use quanheng_web::Pages;
use quanheng_web::access::{Open, TABLE};
use rocket::http::{Header, Method};

use crate::committee::Committee;
use crate::drafts::{DRAFT, SECOND, reads};
use crate::rounds::sent;
use crate::world::{Browser, Got};

/// Page templates that the crawl does not reach in both languages, with the reason. It may only shrink.
const NOT_CRAWLED: &[(&str, &str)] = &[(
    "pages/consultations/since",
    "asks for a second round, which the populated site has none of",
)];

/// Addresses of one shape that are visited by one reader in one language.
const OF_A_SHAPE: usize = 1;
/// Pages that one reader visits in one language at most.
const MOST: usize = 160;

/// Where an address leads, without the names of single things: `/projects/*/history?q`.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let part = |part: &str| {
        let single = part.contains(|c: char| c.is_ascii_digit() || c == '%') || !part.is_ascii();
        let dress = part.rsplit_once('.').map_or(String::new(), |(_, dress)| format!(".{dress}"));
        if single { format!("*{dress}") } else { part.to_owned() }
    };
    let mut shape = path.split('/').map(part).collect::<Vec<_>>().join("/");
    let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.sort_unstable();
    names.dedup();
    if !query.is_empty() {
        shape.push('?');
        shape.push_str(&names.join("&"));
    }
    shape
}

/// The links of a page to pages of this site.
fn links(body: &str) -> BTreeSet<String> {
    let found = body.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let plain =
        |link: &str| link.replace("&#x3D;", "=").replace("&#x27;", "'").replace("&amp;", "&");
    let found = found.map(|link| plain(link).split('#').next().unwrap_or_default().to_owned());
    // The bytes of the world's papers are nobody's.
    let fair = |link: &String| {
        link.starts_with('/')
            && !link.starts_with("//")
            && !link.starts_with("/assets/")
            && link.split('/').rev().nth(1).is_none_or(|part| part != "documents")
    };
    found.filter(fair).collect()
}

/// The addresses without a parameter that everybody may try, besides those that are linked.
fn doors() -> impl Iterator<Item = &'static str> {
    let rows = TABLE.iter().filter(|row| row.method == Method::Get && row.open != Open::Api);
    rows.map(|row| row.path).filter(|path| !path.contains('<') && !path.starts_with("/api/v1"))
}

struct Crawl<'a> {
    all: &'a Committee,
    who: Browser,
    locale: Locale,
    name: &'static str,
    shapes: BTreeMap<String, usize>,
    seen: BTreeSet<String>,
    queue: VecDeque<(String, String)>,
    faults: Vec<String>,
    pages: usize,
}

impl<'a> Crawl<'a> {
    async fn begin(
        all: &'a Committee,
        name: &'static str,
        person: Option<PersonId>,
        locale: Locale,
    ) -> Self {
        let who = person.map_or_else(Browser::new, |person| all.browser(person));
        let choice = [("locale", locale.key()), ("back", "/")];
        assert_eq!(all.site.post(&who, "/preferences", &choice).await.status, 303);
        Self {
            all,
            who,
            locale,
            name,
            shapes: BTreeMap::new(),
            seen: BTreeSet::new(),
            queue: VecDeque::new(),
            faults: Vec::new(),
            pages: 0,
        }
    }

    /// Notes an address to be visited, unless there were enough of its shape.
    fn note(&mut self, from: &str, path: &str) {
        if !self.seen.insert(path.to_owned()) {
            return;
        }
        let count = self.shapes.entry(shape(path)).or_default();
        *count += 1;
        if *count <= OF_A_SHAPE {
            self.queue.push_back((from.to_owned(), path.to_owned()));
        }
    }

    async fn visit(&self, path: &str) -> Got {
        // Nobody reads everything at one instant, and the site would turn them away.
        self.all.site.pass(TimeDelta::seconds(1));
        let language = Header::new("Accept-Language", self.locale.key());
        self.all.site.get_with(&self.who, path, language).await
    }

    /// Follows every link once; gives how many pages were seen.
    async fn run(&mut self) -> usize {
        self.note("", "/");
        let doors: Vec<&str> = doors().collect();
        while let Some((from, path)) = self.queue.pop_front() {
            self.follow(&from, &path).await;
            if self.pages >= MOST {
                break;
            }
        }
        for path in doors {
            // What is not linked for this reader may be closed to them, and never broken.
            if !self.seen.contains(path) && self.visit(path).await.status >= 500 {
                self.faults.push(format!("{path} fails"));
            }
        }
        self.pages
    }

    async fn follow(&mut self, from: &str, path: &str) {
        let got = self.visit(path).await;
        self.pages += 1;
        let to = got.location.clone().filter(|_| matches!(got.status, 302 | 303 | 307 | 308));
        if let Some(to) = to {
            let inside = to.split('#').next().unwrap_or_default();
            return if inside.starts_with('/') {
                self.note(path, inside)
            };
        }
        if got.status != 200 {
            self.faults.push(format!("{path} (linked from {from}): {}", got.status));
            return;
        }
        if got.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            if !got.body.contains(&format!("<html lang=\"{}\"", self.locale.key())) {
                self.faults.push(format!("{path} does not speak {}", self.locale));
            }
            for link in links(&got.body) {
                self.note(path, &link);
            }
        }
    }

    /// What was wrong, with who met it.
    fn faults(self) -> Vec<String> {
        let (name, locale) = (self.name, self.locale);
        self.faults.into_iter().map(|fault| format!("{name} in {locale}: {fault}")).collect()
    }
}

/// A committee with an open proposal, an open round with comments, a ballot, and an edition in force; the projects of round and ballot.
fn populated(all: &Committee) -> (ProjectId, ProjectId) {
    let world = &all.world;
    world.project_at(Stage::Published);
    world.project_at(Stage::Publicity);
    let numbered = world.project_at(Stage::Numbered);
    let announcement = Prepare {
        authority: world.authority,
        projects: vec![numbered],
        number: "2026年第9号".to_owned(),
        title: "关于发布一项规范的公告".to_owned(),
        body: "现批准发布。".to_owned(),
        issued_on: None,
        effective_on: None,
    };
    world.act(prepare, world.officer, &announcement).unwrap();
    let reviewing = world.project_at(Stage::Reviewing);
    let project = world.project_at(Stage::Commenting);
    let round = world.round(project);
    let draft = world.read(|conn| quanheng_db::rounds::find(conn, round)).unwrap().document_id;
    reads(all, draft.unwrap(), DRAFT);
    sent(all, world.members[0], round, "5.2", "环境温度的允许范围偏窄");
    sent(all, world.corresponding, round, "", "=2+3，建议补充测量不确定度评定示例");
    // A working draft after the round, which can still be corrected and whose clauses are compared.
    reads(all, world.document(project, DocumentKind::WorkingDraft), SECOND);
    (project, reviewing)
}

#[rocket::async_test]
async fn every_link_leads_somewhere_for_everybody_in_both_languages() {
    let all = Committee::on_each_backend().await.swap_remove(0);
    let (commenting, reviewing) = populated(&all);
    let world = &all.world;
    let readers = [
        ("the public", None),
        ("a member", Some(world.members[0])),
        ("the secretary", Some(world.secretary)),
        ("an officer", Some(world.officer)),
    ];
    let mut faults = Vec::new();
    for (name, person) in readers {
        for locale in Locale::ALL.iter().copied() {
            let mut crawl = Crawl::begin(&all, name, person, locale).await;
            let pages = crawl.run().await;
            println!("{name} in {locale}: {pages} pages");
            assert!(pages > 20, "{name} in {locale} saw {pages} pages");
            faults.extend(crawl.faults());
        }
    }
    faults.extend(the_rest(&all, commenting, reviewing).await);
    assert!(faults.is_empty(), "{faults:#?}");
    every_template_was_rendered(&all);
}

/// What no link leads those four to: the administrator's pages, a page that does not exist, two profiles side by side, a table
/// that was taken in.
async fn the_rest(all: &Committee, round_of: ProjectId, reviewing: ProjectId) -> Vec<String> {
    let mut faults = Vec::new();
    let ballot = all.world.ballot(reviewing, BallotPurpose::Review);
    let administrator = all.site.admin().await.person;
    for locale in Locale::ALL.iter().copied() {
        let mut crawl = Crawl::begin(all, "the administrator", administrator, locale).await;
        crawl.note("", "/admin");
        crawl.run().await;
        assert_eq!(crawl.visit("/nowhere").await.status, 404);
        let compared = crawl.visit("/rules/compare?left=national&right=national").await;
        assert_eq!(compared.status, 200, "{}", compared.body);
        let secretary = Crawl::begin(all, "the secretary", Some(all.world.secretary), locale).await;
        let others = [
            format!("/ballots/{ballot}/meeting"),
            format!("/projects/{reviewing}/reviewers"),
            format!("/projects/{reviewing}/dossier"),
            "/reports/annual/2026/MTC3/parts/work".to_owned(),
        ];
        for path in pages_of_drafts(all, round_of).into_iter().chain(others) {
            let got = secretary.visit(&path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.body);
        }
        let round = all.world.round(round_of);
        let comments = crate::rounds::comments(all, round);
        let alone = format!("/consultations/{round}/desk/{}", comments[0].id);
        let got = secretary.visit(&alone).await;
        assert_eq!(got.status, 200, "{alone}: {}", got.body);
        let unit = Crawl::begin(all, "a unit", Some(all.world.corresponding), locale).await;
        let gathering = format!("/consultations/{}/unit", all.world.round(round_of));
        let got = unit.visit(&gathering).await;
        assert_eq!(got.status, 200, "{gathering}: {}", got.body);
        let table = "序号,条款,意见,提出单位/个人\n1,5.2,环境温度偏严,某企业\n".as_bytes();
        let path = format!("/consultations/{}/import", all.world.round(round_of));
        let taken = all.site.upload(&secretary.who, &path, &[], ("t.csv", table)).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        let table = taken.location.unwrap();
        for path in [table.as_str(), table.rsplit_once('/').unwrap().0] {
            let got = secretary.visit(path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.body);
        }
        faults.extend(crawl.faults());
    }
    faults
}

/// The pages of a project's drafts and of what was said about them.
fn pages_of_drafts(all: &Committee, project: ProjectId) -> Vec<String> {
    let texts = all.world.read(|conn| quanheng_db::clauses::readable_of(conn, project));
    let (first, last) = (texts[0].ordinal, texts.last().unwrap().ordinal);
    let (base, round) = (format!("/projects/{project}"), all.world.round(project));
    vec![
        format!("{base}/documents/{last}/text"),
        format!("{base}/documents/{last}/text/edit"),
        format!("{base}/documents/{last}/checks"),
        format!("{base}/documents/{last}/history?clause=5.2"),
        format!("{base}/documents/{first}/compare/{last}"),
        format!("{base}/documents/{first}/compare/{last}/links"),
        format!("{base}/documents/{first}/compare/{last}/note"),
        format!("{base}/drafts/new"),
        format!("/consultations/{round}/text"),
        format!("/consultations/{round}/places"),
        format!("/consultations/{round}/held"),
        format!("/consultations/{round}/outcome"),
    ]
}

/// Every page template was rendered in both languages by now, but for those listed above.
fn every_template_was_rendered(all: &Committee) {
    let pages = all.site.client.rocket().state::<Pages>().expect("it is managed");
    let rendered = pages.rendered();
    let both = |name: &str| {
        Locale::ALL.iter().all(|locale| rendered.contains(&(name.to_owned(), *locale)))
    };
    let names = pages.names().into_iter().filter(|name| name.starts_with("pages/"));
    let missing: BTreeSet<String> = names.filter(|name| !both(name)).collect();
    let listed: BTreeSet<String> = NOT_CRAWLED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let new: Vec<_> = missing.difference(&listed).collect();
    let done: Vec<_> = listed.difference(&missing).collect();
    assert!(new.is_empty(), "rendered by nobody in both languages: {new:#?}");
    assert!(done.is_empty(), "take these off the list, it only shrinks: {done:#?}");
}

#[test]
fn shapes_are_the_same_for_single_things_only() {
    assert_eq!(shape("/projects/0197-aa/history?x=1&q=2"), "/projects/*/history?q&x");
    assert_eq!(shape("/specifications/JJF%201001-2011"), "/specifications/*");
    assert_eq!(shape("/rules/national/try"), "/rules/national/try");
    let page = r##"<a href="/a?b=1&amp;c=2#d"><a href="//x"><a href="#e"><a href="/projects/1/documents/2">"##;
    assert!(links(page).contains("/a?b=1&c=2") && !links(page).contains("/projects/1/documents/2"));
}
