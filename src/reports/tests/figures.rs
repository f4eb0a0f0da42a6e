//! The figures of a year against a world that was walked by the real moves: each number is what happened, each has its records, and however
//! much happened, the queries are as many.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../actions/tests/world/mod.rs"]
mod world;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use chrono::{Datelike, Months, TimeDelta};
use diesel::connection::{Connection, InstrumentationEvent};
use quanheng_actions::ActionError;
use quanheng_actions::round::{Author, Dispose, Remark, Ruling, Submit, dispose, submit_comments};
use quanheng_db::{ballots, projects, register, rounds};
use quanheng_domain::ballot::{BallotPurpose, Tally};
use quanheng_domain::comment::{CommentKind, CommentSource, Disposition};
use quanheng_domain::ids::ProjectId;
use quanheng_domain::stage::{Phase, Stage};
use quanheng_domain::{Keyed, Locale, deadline};
use quanheng_reports::annual::{self, Paper};
use quanheng_reports::figure::FigureKey;
use quanheng_reports::national;
use world::{World, on_each_backend};

fn paper(world: &World, year: i32) -> Paper {
    let read = world.ask(|conn| {
        let row = register::committee(conn, world.committee)?.ok_or(ActionError::NotFound)?;
        annual::paper(conn, &row, year)?.ok_or(ActionError::NotFound)
    });
    read.unwrap()
}

fn value(paper: &Paper, key: FigureKey) -> i64 {
    paper.figure(key).unwrap().value
}

fn paths(paper: &Paper, key: FigureKey) -> Vec<String> {
    paper.figure(key).unwrap().evidence.iter().map(|record| record.path.clone()).collect()
}

fn page(project: ProjectId) -> String {
    format!("/projects/{project}")
}

/// Three comments on the running round of a project, of which two are settled, one by being accepted.
fn comments(world: &World, project: ProjectId) {
    let round = world.round(project);
    let remark = |body: &str| Remark {
        clause: "5".to_owned(),
        kind: CommentKind::Technical,
        body: body.to_owned(),
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
    };
    let command = Submit {
        round,
        author: Author {
            name: String::new(),
            contact: String::new(),
            unit: String::new(),
            publish_name: false,
            locale: Locale::Chinese,
        },
        remarks: vec![remark("示值误差的要求偏严"), remark("未规定重复次数"), remark("范围不清")],
        source: CommentSource::Page,
        confirm_within: TimeDelta::days(7),
        most_a_day: 20,
    };
    world.act(submit_comments, world.members[0], &command).unwrap();
}

fn settle(world: &World, project: ProjectId) {
    let round = world.round(project);
    let all = world.read(|conn| rounds::confirmed_comments(conn, round));
    let codes = [(Disposition::Accepted, ""), (Disposition::Rejected, "试验数据不支持。")];
    for (comment, (code, reason)) in all.iter().zip(codes) {
        let changed = code == Disposition::Accepted;
        let ruling = Ruling {
            code,
            reason: reason.to_owned(),
            text_changed: Some(changed),
            duplicate_of: None,
        };
        let command = Dispose { comment: comment.id, ruling, if_version: None };
        world.act(dispose, world.drafter, &command).unwrap();
    }
}

#[test]
fn every_figure_is_what_the_records_say() {
    on_each_backend(|world| {
        let year = deadline::day_of(world.now()).year();
        let (commented, published) = (world.suggestion(), world.suggestion());
        world.walk(commented, Stage::Commenting);
        comments(world, commented);
        world.at(world.read(|conn| rounds::find(conn, world.round(commented))).unwrap().closes_at);
        let later = world.suggestion();
        world.walk(published, Stage::Published);
        let done = deadline::day_of(world.now()).year();
        let (this, end) = (paper(world, year), paper(world, done));

        assert_eq!(value(&this, FigureKey::Suggested), 3);
        assert_eq!(paths(&this, FigureKey::Planned).len(), 2);
        assert!(!paths(&this, FigureKey::Planned).contains(&page(later)));
        assert_eq!(value(&end, FigureKey::OnTime) + value(&end, FigureKey::Late), 1);
        let row = world.project(published);
        let in_time = row.due_on.is_none_or(|due| deadline::day_of(world.now()) <= due);
        let key = if in_time { FigureKey::OnTime } else { FigureKey::Late };
        assert_eq!(paths(&end, key), [page(published)]);
        assert!(paths(&end, FigureKey::Running).contains(&page(later)));
        assert!(!paths(&end, FigureKey::Running).contains(&page(published)));
        assert_eq!(value(&end, FigureKey::Published), 1, "the edition itself");

        let round = world.round(commented);
        let asked = paths(&this, FigureKey::Comments);
        assert_eq!(asked, [format!("/consultations/{round}")], "only a round with comments counts");
        assert_eq!(value(&this, FigureKey::Comments), 3);
        assert_eq!(value(&this, FigureKey::Treated), 0);

        let ballot = world.ballot(published, BallotPurpose::Review);
        let row = world.read(|conn| ballots::find(conn, ballot)).unwrap();
        let tally: Tally = serde_json::from_value(row.result.unwrap()).unwrap();
        let held = paper(world, deadline::day_of(row.closed_at.unwrap()).year());
        for (key, counted) in [
            (FigureKey::Reviews, 1),
            (FigureKey::Passed, 1),
            (FigureKey::Failed, 0),
            (FigureKey::Attendance, tally.present),
            (FigureKey::Expected, tally.members),
            (FigureKey::Yes, tally.yes),
            (FigureKey::No, tally.no),
            (FigureKey::Abstentions, tally.abstain),
        ] {
            assert_eq!(value(&held, key), i64::from(counted), "{key}");
        }
        let voters = i64::try_from(world.voters().len()).unwrap();
        assert_eq!(value(&end, FigureKey::Members), voters);
        // Edge case 6: the unit that hosts the secretariat drafts.
        assert_eq!(value(&end, FigureKey::HostDrafts), 0);
        let (committee, unit) = (world.committee, world.drafting_unit);
        let saved = world.write(move |tx| {
            let mut row =
                register::committee(tx.conn(), committee)?.ok_or(ActionError::NotFound)?;
            row.host_id = Some(unit);
            Ok(register::save_committee(tx.conn(), &mut row)?)
        });
        assert!(saved.unwrap());
        let hosted = paths(&paper(world, done), FigureKey::HostDrafts);
        assert!(hosted.contains(&page(published)), "{hosted:?}");
        for figure in this.figures.iter().chain(&end.figures) {
            let sum: i64 = figure.evidence.iter().map(|record| record.count).sum();
            assert_eq!(sum, figure.value, "{} is the sum of its records", figure.key);
        }
    });
}

#[test]
fn settled_comments_are_counted_as_treated_and_accepted() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Commenting);
        let year = deadline::day_of(world.now()).year();
        comments(world, project);
        let closes = world.read(|conn| rounds::find(conn, world.round(project))).unwrap().closes_at;
        world.at(closes);
        world.walk(project, Stage::CommentsClosed);
        settle(world, project);
        let paper = paper(world, year);
        let counted = [
            FigureKey::Rounds,
            FigureKey::Comments,
            FigureKey::Treated,
            FigureKey::Accepted,
            FigureKey::LateComments,
        ];
        assert_eq!(counted.map(|key| value(&paper, key)), [1, 3, 2, 1, 0]);
    });
}

#[test]
fn what_is_published_after_its_day_is_late_and_before_that_overdue() {
    on_each_backend(|world| {
        let project = world.project_at(Stage::Drafting);
        let due = world.project(project).due_on.unwrap();
        world.at(deadline::start_of(due + Months::new(2)));
        world.walk(project, Stage::Published);
        let day = deadline::day_of(world.now());
        assert!(day > due);
        let late = paper(world, day.year());
        assert_eq!(paths(&late, FigureKey::Late), [page(project)]);
        assert_eq!(value(&late, FigureKey::OnTime), 0);
        if due.year() < day.year() {
            let before = paper(world, due.year());
            assert_eq!(paths(&before, FigureKey::Running), [page(project)]);
        }
        let running = projects::find;
        assert!(world.read(|conn| running(conn, project)).unwrap().stage.is_final());
    });
}

#[test]
fn last_years_figure_stands_beside_and_a_zero_that_was_something_is_seen() {
    on_each_backend(|world| {
        world.project_at(Stage::Planned);
        let year = deadline::day_of(world.now()).year();
        let this = paper(world, year);
        let suggested = this.figure(FigureKey::Suggested).unwrap();
        assert_eq!(
            (suggested.value, suggested.previous, suggested.fell_to_zero()),
            (1, Some(0), false)
        );
        let next = paper(world, year + 1);
        let suggested = next.figure(FigureKey::Suggested).unwrap();
        assert_eq!(
            (suggested.value, suggested.previous, suggested.fell_to_zero()),
            (0, Some(1), true)
        );
    });
}

/// The number of queries that the overview and a report need.
fn queries(world: &World, year: i32) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let read = world.ask(move |conn| {
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { .. } = event {
                seen.fetch_add(1, SeqCst);
            }
        });
        let row = register::committee(conn, world.committee)?.ok_or(ActionError::NotFound)?;
        annual::paper(conn, &row, year)?.ok_or(ActionError::NotFound)?;
        let read = national::overview(conn, None, year, world.now())?;
        conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
        read.ok_or(ActionError::NotFound)
    });
    read.unwrap();
    count.load(SeqCst)
}

#[test]
fn the_queries_are_as_many_for_one_project_as_for_many() {
    on_each_backend(|world| {
        let year = deadline::day_of(world.now()).year();
        world.project_at(Stage::Planned);
        let few = queries(world, year);
        assert!(few > 10);
        for _ in 0..4 {
            world.project_at(Stage::Commenting);
        }
        assert_eq!(queries(world, year), few);
    });
}

#[test]
fn the_overview_adds_up_the_committees() {
    on_each_backend(|world| {
        world.project_at(Stage::Drafting);
        world.project_at(Stage::Commenting);
        let year = deadline::day_of(world.now()).year();
        let overview = world
            .ask(|conn| Ok(national::overview(conn, None, year, world.now())?))
            .unwrap()
            .unwrap();
        for phase in Phase::ALL {
            let lines = overview.lines.iter().flat_map(|line| line.standing.iter());
            let sum: usize = lines.filter(|(here, _)| here == phase).map(|(_, count)| count).sum();
            assert_eq!(overview.standing(*phase), sum);
        }
        assert_eq!(overview.standing(Phase::Drafting) + overview.standing(Phase::Comment), 2);
        let own = paper(world, year);
        for key in FigureKey::ALL {
            let sum: i64 = overview.lines.iter().map(|line| line.number(*key).0).sum();
            assert_eq!(overview.number(*key).0, sum, "{key}");
        }
        assert_eq!(overview.number(FigureKey::Suggested).0, value(&own, FigureKey::Suggested));
    });
}
