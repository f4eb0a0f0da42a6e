//! The counting itself, one function a section of the report.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    register::CommitteeRow,
    reports::{BallotLine, EditionLine, MoveLine, RoundLine, SeatLine},
};
use quanheng_domain::{
    Keyed,
    ballot::{BallotPurpose, Tally},
    comment::Disposition,
    deadline,
    ids::{RoundId, SpecificationId},
    lifecycle::{Move, ProjectKind},
};

use crate::{
    figure::{Evidence, Figure, FigureKey},
    records::{Opinion, Shelf, Story},
};

/// Moves with which a project ends before its text.
const GIVEN_UP: &[Move] = &[
    Move::Cancel,
    Move::Lapse,
    Move::Withdraw,
    Move::EndAfterFailure,
    Move::RefuseApplication,
    Move::RefuseApproval,
    Move::Merge,
];

/// Moves with which a re-examination is decided.
const REEXAMINED: &[Move] = &[Move::Confirm, Move::DecideRevision, Move::ProposeAbolition];

fn last_day(to: DateTime<Utc>) -> NaiveDate {
    let day = deadline::day_of(to);
    day.pred_opt().unwrap_or(day)
}

fn makes_text(kind: ProjectKind) -> bool {
    !matches!(kind, ProjectKind::Reexamination | ProjectKind::Abolition)
}

fn project(story: &Story, on: Option<NaiveDate>) -> Evidence {
    Evidence::new(&story.project.title, format!("/projects/{}", story.project.id)).on(on)
}

fn is(found: &MoveLine, moves: &[Move]) -> bool {
    moves.iter().any(|one| one.key() == found.event)
}

/// The moves of these kinds in the span, each with its project.
fn taken<'s>(
    shelf: &'s Shelf,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    moves: &'s [Move],
) -> impl Iterator<Item = (&'s Story, &'s MoveLine)> {
    shelf.stories.iter().flat_map(move |story| {
        let here = story.moves.iter().filter(move |one| from <= one.at && one.at < to);
        here.filter(move |one| is(one, moves)).map(move |one| (story, one))
    })
}

fn counted(
    key: FigureKey,
    shelf: &Shelf,
    span: (DateTime<Utc>, DateTime<Utc>),
    moves: &[Move],
) -> Figure {
    let found = taken(shelf, span, moves);
    let lines = found.map(|(story, one)| project(story, Some(deadline::day_of(one.at))));
    Figure::counting(key, lines.collect())
}

/// Projects by what happened to them in the year, and where they stood at its end.
pub fn of_projects(shelf: &Shelf, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Figure> {
    use FigureKey::*;
    let (span, end) = ((from, to), last_day(to));
    let running: Vec<&Story> = shelf
        .stories
        .iter()
        .filter(|story| makes_text(story.project.kind))
        .filter(|story| story.stage_at(to).is_some_and(|stage| !stage.is_final()))
        .collect();
    let overdue = running.iter().filter_map(|story| {
        let due = story.due_at(to)?;
        (due < end).then(|| project(story, Some(due)))
    });
    let published =
        taken(shelf, span, &[Move::Publish]).filter(|(story, _)| makes_text(story.project.kind));
    let (late, on_time): (Vec<_>, Vec<_>) = published.partition(|(story, one)| {
        story.due_at(one.at).is_some_and(|due| deadline::day_of(one.at) > due)
    });
    let done = |found: Vec<(&Story, &MoveLine)>| {
        found.iter().map(|(story, one)| project(story, Some(deadline::day_of(one.at)))).collect()
    };
    vec![
        suggested(shelf, span),
        planned(shelf, span),
        Figure::counting(Running, running.iter().map(|story| project(story, None)).collect()),
        Figure::counting(OnTime, done(on_time)),
        Figure::counting(Late, done(late)),
        Figure::counting(Overdue, overdue.collect()),
        counted(Extended, shelf, span, &[Move::Extend]),
        counted(GivenUp, shelf, span, GIVEN_UP),
        counted(Returned, shelf, span, &[Move::ReturnDossier]),
        hosted(shelf, span),
    ]
}

// A deputy of another unit does the secretariat's work there; the report says for which projects (edge case 6).
fn hosted(shelf: &Shelf, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Figure {
    let in_hand = |story: &&Story| {
        let moved = story.moves.iter().any(|one| from <= one.at && one.at < to);
        moved || story.stage_at(to).is_some_and(|stage| !stage.is_final())
    };
    let theirs = shelf.stories.iter().filter(|story| shelf.hosted.contains(&story.project.id));
    let lines = theirs.filter(in_hand).map(|story| project(story, None));
    Figure::counting(FigureKey::HostDrafts, lines.collect())
}

// A re-examination begins by the same move and is told in its own section.
fn suggested(shelf: &Shelf, span: (DateTime<Utc>, DateTime<Utc>)) -> Figure {
    let found =
        taken(shelf, span, &[Move::Suggest]).filter(|(story, _)| makes_text(story.project.kind));
    let lines = found.map(|(story, one)| project(story, Some(deadline::day_of(one.at))));
    Figure::counting(FigureKey::Suggested, lines.collect())
}

// What came with an imported plan was put into it on the day that the plan bears.
fn planned(shelf: &Shelf, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Figure {
    let by_move = taken(shelf, (from, to), &[Move::IncludeInPlan])
        .map(|(story, one)| project(story, Some(deadline::day_of(one.at))));
    let (first, end) = (deadline::day_of(from), deadline::day_of(to));
    let imported = shelf.stories.iter().filter_map(|story| {
        let moved = story.moves.iter().any(|one| is(one, &[Move::IncludeInPlan]));
        let on = story.project.plan_on.filter(|on| !moved && first <= *on && *on < end)?;
        Some(project(story, Some(on)))
    });
    Figure::counting(FigureKey::Planned, by_move.chain(imported).collect())
}

/// Comment rounds that opened in the year, and what came of their comments.
pub fn of_comments(
    shelf: &Shelf,
    opinions: &BTreeMap<RoundId, Vec<Opinion>>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Figure> {
    use FigureKey::*;
    let rounds: Vec<&RoundLine> =
        shelf.rounds.iter().filter(|round| from <= round.opens_at && round.opens_at < to).collect();
    let line = |round: &RoundLine| {
        Evidence::new(&round.title, format!("/consultations/{}", round.id))
            .on(Some(deadline::day_of(round.opens_at)))
    };
    let with = |key, picked: &dyn Fn(&Opinion) -> bool| {
        let lines = rounds.iter().filter_map(|round| {
            let all = opinions.get(&round.id).map_or(&[][..], Vec::as_slice);
            let hits = all.iter().filter(|opinion| picked(opinion)).count();
            (hits > 0).then(|| line(round).counting(hits))
        });
        Figure::summing(key, lines.collect())
    };
    let taken_up = |code| matches!(code, Some(Disposition::Accepted | Disposition::Partly));
    vec![
        Figure::counting(Rounds, rounds.iter().map(|round| line(round)).collect()),
        with(Comments, &|_| true),
        with(Treated, &|(_, code)| code.is_some_and(Disposition::is_settled)),
        with(Accepted, &|(_, code)| taken_up(*code)),
        with(LateComments, &|(late, _)| *late),
    ]
}

/// Reviews whose votes were counted in the year.
pub fn of_reviews(shelf: &Shelf, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Figure> {
    use FigureKey::*;
    let counted: Vec<(&BallotLine, Tally)> = shelf
        .ballots
        .iter()
        .filter(|ballot| ballot.purpose == BallotPurpose::Review)
        .filter(|ballot| ballot.closed_at.is_some_and(|at| from <= at && at < to))
        .filter_map(|ballot| Some((ballot, serde_json::from_value(ballot.result.clone()?).ok()?)))
        .collect();
    let line = |ballot: &BallotLine| {
        Evidence::new(&ballot.question, format!("/ballots/{}", ballot.id))
            .on(ballot.closed_at.map(deadline::day_of))
    };
    let those = |key, picked: &dyn Fn(&Tally) -> bool| {
        let chosen = counted.iter().filter(|(_, tally)| picked(tally));
        Figure::counting(key, chosen.map(|(ballot, _)| line(ballot)).collect())
    };
    let sum = |key, part: &dyn Fn(&Tally) -> u32| {
        let lines = counted.iter().filter(|(_, tally)| part(tally) > 0);
        let lines = lines.map(|(ballot, tally)| line(ballot).counting(part(tally)));
        Figure::summing(key, lines.collect())
    };
    vec![
        those(Reviews, &|_| true),
        those(Passed, &|tally| tally.passed),
        those(Failed, &|tally| tally.quorum_met && !tally.passed),
        those(Invalid, &|tally| !tally.quorum_met),
        sum(Attendance, &|tally| tally.present),
        sum(Expected, &|tally| tally.members),
        sum(Yes, &|tally| tally.yes),
        sum(No, &|tally| tally.no),
        sum(Abstentions, &|tally| tally.abstain),
    ]
}

/// Texts issued and abolished in the year, and those in force at its end.
pub fn of_texts(
    shelf: &Shelf,
    replaced: &BTreeMap<SpecificationId, Option<NaiveDate>>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Figure> {
    use FigureKey::*;
    let (first, end) = (deadline::day_of(from), deadline::day_of(to));
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let within = |date: Option<NaiveDate>| date.filter(|date| first <= *date && *date < end);
    let those = |key, picked: &dyn Fn(&EditionLine) -> Option<NaiveDate>| {
        let lines = shelf.editions.iter().filter_map(|edition| {
            let path = format!("/specifications/{}", edition.number_key.replace(' ', "%20"));
            let on = picked(edition)?;
            let label = format!("{} {}", edition.number, edition.title);
            Some(Evidence::new(&label, path).on(Some(on)))
        });
        Figure::counting(key, lines.collect())
    };
    let in_force = |edition: &EditionLine| {
        let gone = day(&edition.abolished_on).is_some_and(|gone| gone < end)
            || replaced.get(&edition.id).is_some_and(|force| force.is_none_or(|force| force < end));
        day(&edition.effective_on).filter(|force| *force < end && !gone)
    };
    vec![
        those(Published, &|edition| within(day(&edition.issued_on))),
        those(Stock, &in_force),
        those(Abolished, &|edition| within(day(&edition.abolished_on))),
    ]
}

/// Re-examinations that were opened and decided in the year.
pub fn of_reexaminations(shelf: &Shelf, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Figure> {
    let due = shelf.stories.iter().filter(|story| {
        let begun = story.moves.first().map_or(story.project.created_at, |one| one.at);
        story.project.kind == ProjectKind::Reexamination && from <= begun && begun < to
    });
    let due = due.map(|story| {
        let begun = story.moves.first().map_or(story.project.created_at, |one| one.at);
        project(story, Some(deadline::day_of(begun)))
    });
    vec![
        Figure::counting(FigureKey::ReexaminationsDue, due.collect()),
        counted(FigureKey::ReexaminationsDone, shelf, (from, to), REEXAMINED),
    ]
}

/// Members at the end of the year, and who came and went in it.
pub fn of_members(
    shelf: &Shelf,
    committee: &CommitteeRow,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Figure> {
    use FigureKey::*;
    let (first, end, last) = (deadline::day_of(from), deadline::day_of(to), last_day(to));
    let segment = committee.segment();
    let within = |day: NaiveDate| first <= day && day < end;
    let those = |key, picked: &dyn Fn(&SeatLine) -> Option<NaiveDate>| {
        let mut seen = BTreeSet::new();
        let lines = shelf.seats.iter().filter(|seat| seat.role.is_voting()).filter_map(|seat| {
            let on = picked(seat).filter(|_| seen.insert(seat.person))?;
            let path = format!("/committees/{segment}?on={last}");
            Some(Evidence::new(&seat.name, path).on(Some(on)))
        });
        Figure::counting(key, lines.collect())
    };
    let holds = |seat: &SeatLine, day| seat.since <= day && seat.until.is_none_or(|end| day < end);
    // Whoever goes on in another voting seat neither came nor left.
    let there = |seat: &SeatLine, day: NaiveDate| {
        let own = shelf.seats.iter().filter(|other| other.person == seat.person);
        own.filter(|other| other.role.is_voting()).any(|other| holds(other, day))
    };
    let before = |day: NaiveDate| day.pred_opt().unwrap_or(day);
    let came = |seat: &SeatLine| within(seat.since) && !there(seat, before(seat.since));
    let went = |seat: &SeatLine| seat.until.filter(|day| within(*day) && !there(seat, *day));
    vec![
        those(Members, &|seat| holds(seat, last).then_some(seat.since)),
        those(Appointed, &|seat| came(seat).then_some(seat.since)),
        those(Left, &went),
    ]
}
