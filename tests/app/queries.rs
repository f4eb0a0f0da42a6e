//! What a page asks of the database: as many statements for many rows as for few, and no more than its bound.
//!
//! A list that asks once a row is quick on a small site and unusable on a large one, and nobody sees it in a test of its words.

use chrono::TimeDelta;
use quanheng_domain::{
    ballot::BallotPurpose,
    ids::{PersonId, ProjectId},
    stage::Stage,
};

use crate::{committee::Committee, rounds::sent};

/// Most statements of any page, the beginning and the end of its transactions among them.
const MOST: u64 = 12;

/// Pages that still ask more, with how much. It may only shrink, unless a page comes to show more.
const MORE: &[(&str, u64)] = &[
    ("home", 14),
    ("search", 17),
    ("consultation", 17),
    ("desk", 22),
    ("projects", 15),
    ("board", 22),
    ("ballots", 17),
    ("ballot", 24),
    ("comment desk", 30),
    ("project", 40),
    ("history", 24),
    ("reports", 18),
];

/// The projects of a site whose pages are looked at.
struct Shown {
    round_of: ProjectId,
    reviewing: ProjectId,
}

fn grow(all: &Committee) -> Shown {
    let world = &all.world;
    world.project_at(Stage::Published);
    world.project_at(Stage::Publicity);
    let shown = Shown {
        reviewing: world.project_at(Stage::Reviewing),
        round_of: world.project_at(Stage::Commenting),
    };
    talk(all, &shown);
    shown
}

fn talk(all: &Committee, shown: &Shown) {
    let round = all.world.round(shown.round_of);
    for member in &all.world.members {
        sent(all, *member, round, "5.2", "环境温度的允许范围偏窄");
    }
}

fn pages(all: &Committee, shown: &Shown) -> Vec<(String, String)> {
    let world = &all.world;
    let (project, round) = (shown.round_of, world.round(shown.round_of));
    let ballot = world.ballot(shown.reviewing, BallotPurpose::Review);
    [
        ("home", "/".to_owned()),
        ("catalogue", "/specifications".to_owned()),
        ("search", "/search?q=JJF".to_owned()),
        ("consultations", "/consultations".to_owned()),
        ("consultation", format!("/consultations/{round}")),
        ("proposals", "/proposals".to_owned()),
        ("committees", "/committees".to_owned()),
        ("announcements", "/announcements".to_owned()),
        ("desk", "/desk".to_owned()),
        ("projects", "/projects".to_owned()),
        ("board", "/board".to_owned()),
        ("ballots", "/ballots".to_owned()),
        ("ballot", format!("/ballots/{ballot}")),
        ("comment desk", format!("/consultations/{round}/desk")),
        ("project", format!("/projects/{project}")),
        ("history", format!("/projects/{project}/history")),
        ("reports", "/reports".to_owned()),
    ]
    .map(|(name, path)| (name.to_owned(), path))
    .to_vec()
}

async fn asked(all: &Committee, shown: &Shown, person: PersonId) -> Vec<(String, u64)> {
    let reader = all.browser(person);
    let mut found = Vec::new();
    for (name, path) in pages(all, shown) {
        // The first visit may fill what is kept in memory.
        for _ in 0..2 {
            all.site.pass(TimeDelta::seconds(1));
            assert_eq!(all.site.get(&reader, &path).await.status, 200, "{path}");
        }
        let before = all.site.app.db.load().statements;
        all.site.get(&reader, &path).await;
        found.push((name, all.site.app.db.load().statements - before));
    }
    found
}

#[rocket::async_test]
async fn a_page_asks_as_little_of_a_full_site_as_of_an_empty_one() {
    // The statements are the same on both; PostgreSQL is asked now and then, by the clock of the machine, whether it still leads.
    let all = Committee::on_each_backend().await.swap_remove(0);
    let shown = grow(&all);
    let few = asked(&all, &shown, all.world.secretary).await;
    grow(&all);
    talk(&all, &shown);
    let many = asked(&all, &shown, all.world.secretary).await;
    println!("{many:?}");
    for ((name, before), (_, after)) in few.iter().zip(&many) {
        assert_eq!(before, after, "{name} asks more when there is more");
    }
    let bound = |name: &str| MORE.iter().find(|(page, _)| *page == name).map_or(MOST, |m| m.1);
    let over: Vec<_> = many.iter().filter(|(name, count)| *count > bound(name)).collect();
    assert!(over.is_empty(), "{over:?}");
}
