//! The annual report of a committee: every figure is computed from the ledger and the register, for a year of the authority's calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    DbError,
    ballots::BallotRow,
    conn::AnyConn,
    register,
    reports::{self, ProjectEvent},
};
use quanheng_domain::{
    ballot::{BallotPurpose, Tally},
    comment::Disposition,
    deadline,
    ids::{CommitteeId, ProjectId},
    lifecycle::ProjectKind,
    stage::Stage,
};

use crate::figure::{Evidence, Figure, FigureKey, complete};

/// The half-open span of a year at the authority's place.
pub fn span(year: i32) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let start = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let end = NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?;
    Some((deadline::start_of(start), deadline::start_of(end)))
}

/// The figures of a committee for a year, last year's beside them; `None` when the year is none of the calendar.
pub fn figures(
    conn: &mut AnyConn,
    committee: CommitteeId,
    year: i32,
) -> Result<Option<Vec<Figure>>, DbError> {
    let (Some(this), Some(last)) = (span(year), span(year - 1)) else { return Ok(None) };
    let mut now = year_figures(conn, committee, this)?;
    let before = year_figures(conn, committee, last)?;
    for (figure, old) in now.iter_mut().zip(before) {
        figure.previous = Some(old.value);
    }
    Ok(Some(now))
}

fn year_figures(
    conn: &mut AnyConn,
    committee: CommitteeId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Figure>, DbError> {
    let events = reports::project_events(conn, committee, to)?;
    let mut all = of_projects(&events, from, to);
    all.extend(of_comments(conn, committee, from, to)?);
    all.extend(of_reviews(&reports::ballots_of(conn, committee, from, to)?));
    all.extend(of_texts(conn, committee, &events, from, to)?);
    all.extend(of_members(conn, committee, from, to)?);
    Ok(complete(all))
}

fn project(event: &ProjectEvent) -> Evidence {
    Evidence { label: event.title.clone(), path: format!("/projects/{}", event.project) }
}

// The records of every event of these kinds in the span, one line an event.
fn of_kinds(events: &[ProjectEvent], from: DateTime<Utc>, kinds: &[&str]) -> Vec<Evidence> {
    events
        .iter()
        .filter(|event| event.at >= from && kinds.contains(&event.event.as_str()))
        .map(project)
        .collect()
}

fn of_projects(events: &[ProjectEvent], from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Figure> {
    use FigureKey::*;
    let mut latest: BTreeMap<ProjectId, &ProjectEvent> = BTreeMap::new();
    for event in events.iter().filter(|event| !event.to_stage.is_empty() && makes_text(event.kind))
    {
        latest.insert(event.project, event);
    }
    let stage = |event: &ProjectEvent| event.to_stage.parse::<Stage>().ok();
    let running: Vec<&ProjectEvent> = latest
        .values()
        .copied()
        .filter(|event| stage(event).is_some_and(|stage| !stage.is_final()))
        .collect();
    let last_day = deadline::day_of(to).pred_opt().unwrap_or_else(|| deadline::day_of(to));
    let overdue = running
        .iter()
        .filter(|event| event.due_on.is_some_and(|due| due < last_day))
        .map(|event| project(event))
        .collect();
    let published = events
        .iter()
        .filter(|event| event.at >= from && event.event == "publish" && makes_text(event.kind));
    let (late, on_time): (Vec<_>, Vec<_>) = published
        .partition(|event| event.due_on.is_some_and(|due| deadline::day_of(event.at) > due));
    vec![
        Figure::counting(Suggested, of_kinds(events, from, &["suggest"])),
        Figure::counting(Planned, of_kinds(events, from, &["include_in_plan"])),
        Figure::counting(Running, running.iter().map(|event| project(event)).collect()),
        Figure::counting(OnTime, on_time.into_iter().map(project).collect()),
        Figure::counting(Late, late.into_iter().map(project).collect()),
        Figure::counting(Overdue, overdue),
        Figure::counting(Extended, of_kinds(events, from, &["extend"])),
        Figure::counting(
            GivenUp,
            of_kinds(
                events,
                from,
                &[
                    "cancel",
                    "lapse",
                    "withdraw",
                    "end_after_failure",
                    "refuse_application",
                    "refuse_approval",
                ],
            ),
        ),
        Figure::counting(Returned, of_kinds(events, from, &["return_dossier"])),
    ]
}

fn makes_text(kind: ProjectKind) -> bool {
    !matches!(kind, ProjectKind::Reexamination | ProjectKind::Abolition)
}

/// A confirmed comment: its round, whether it came late, how it was settled.
type CommentLine = (quanheng_domain::ids::RoundId, bool, Option<Disposition>);

fn of_comments(
    conn: &mut AnyConn,
    committee: CommitteeId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Figure>, DbError> {
    use FigureKey::*;
    let rounds = reports::rounds_of(conn, committee, from, to)?;
    let ids: Vec<_> = rounds.iter().map(|round| round.id).collect();
    let comments = reports::comments_of(conn, &ids)?;
    let with = |picked: &dyn Fn(&CommentLine) -> bool| {
        let value = comments.iter().filter(|comment| picked(comment)).count();
        let hit: BTreeSet<_> =
            comments.iter().filter(|comment| picked(comment)).map(|(round, ..)| *round).collect();
        let evidence =
            rounds.iter().filter(|round| hit.contains(&round.id)).map(consultation).collect();
        (i64::try_from(value).unwrap_or(i64::MAX), evidence)
    };
    let figure = |key, (value, evidence)| Figure::of(key, value, evidence);
    Ok(vec![
        Figure::counting(Rounds, rounds.iter().map(consultation).collect()),
        figure(Comments, with(&|_| true)),
        figure(Treated, with(&|(_, _, code)| code.is_some_and(Disposition::is_settled))),
        figure(
            Accepted,
            with(&|(_, _, code)| matches!(code, Some(Disposition::Accepted | Disposition::Partly))),
        ),
        figure(LateComments, with(&|(_, late, _)| *late)),
    ])
}

fn consultation(round: &reports::RoundLine) -> Evidence {
    Evidence { label: round.title.clone(), path: format!("/consultations/{}", round.id) }
}

fn of_reviews(ballots: &[BallotRow]) -> Vec<Figure> {
    use FigureKey::*;
    let counted: Vec<(&BallotRow, Tally)> = ballots
        .iter()
        .filter(|ballot| ballot.purpose == BallotPurpose::Review)
        .filter_map(|ballot| Some((ballot, serde_json::from_value(ballot.result.clone()?).ok()?)))
        .collect();
    let evidence = |picked: &dyn Fn(&Tally) -> bool| -> Vec<Evidence> {
        let chosen = counted.iter().filter(|(_, tally)| picked(tally));
        chosen
            .map(|(ballot, _)| Evidence {
                label: ballot.question.clone(),
                path: format!("/ballots/{}", ballot.id),
            })
            .collect()
    };
    let sum = |key, part: &dyn Fn(&Tally) -> u32| {
        let value = counted.iter().map(|(_, tally)| i64::from(part(tally))).sum();
        Figure::of(key, value, evidence(&|tally| part(tally) > 0))
    };
    vec![
        Figure::counting(Reviews, evidence(&|_| true)),
        Figure::counting(Passed, evidence(&|tally| tally.passed)),
        Figure::counting(Failed, evidence(&|tally| tally.quorum_met && !tally.passed)),
        Figure::counting(Invalid, evidence(&|tally| !tally.quorum_met)),
        sum(Attendance, &|tally| tally.present),
        sum(Expected, &|tally| tally.members),
        sum(Yes, &|tally| tally.yes),
        sum(No, &|tally| tally.no),
        sum(Abstentions, &|tally| tally.abstain),
    ]
}

fn of_texts(
    conn: &mut AnyConn,
    committee: CommitteeId,
    events: &[ProjectEvent],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Figure>, DbError> {
    use FigureKey::*;
    let (first, end) = (deadline::day_of(from), deadline::day_of(to));
    let editions = reports::editions_of(conn, committee)?;
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let evidence =
        |picked: &dyn Fn(&quanheng_db::specifications::SpecificationRow) -> bool| -> Vec<Evidence> {
            let chosen = editions.iter().filter(|edition| picked(edition));
            chosen
                .map(|edition| Evidence {
                    label: format!("{} {}", edition.number, edition.title_zh),
                    path: format!("/specifications/{}", edition.number_key.replace(' ', "%20")),
                })
                .collect()
        };
    let within = |date: Option<NaiveDate>| date.is_some_and(|date| first <= date && date < end);
    let ids: Vec<_> = editions.iter().map(|edition| edition.id).collect();
    let replaced: BTreeSet<_> = quanheng_db::specifications::links_of(conn, &ids)?
        .into_iter()
        .filter(|link| link.whole)
        .filter(|link| {
            let new = editions.iter().find(|edition| edition.id == link.new_id);
            new.is_none_or(|new| day(&new.effective_on).is_none_or(|force| force < end))
        })
        .map(|link| link.old_id)
        .collect();
    let in_stock = |edition: &quanheng_db::specifications::SpecificationRow| {
        day(&edition.effective_on).is_some_and(|force| force < end)
            && day(&edition.abolished_on).is_none_or(|gone| gone >= end)
            && !replaced.contains(&edition.id)
    };
    let done = ["confirm", "decide_revision", "propose_abolition"];
    Ok(vec![
        Figure::counting(Published, evidence(&|edition| within(day(&edition.issued_on)))),
        Figure::counting(Stock, evidence(&in_stock)),
        Figure::counting(Abolished, evidence(&|edition| within(day(&edition.abolished_on)))),
        Figure::counting(
            ReexaminationsDue,
            events
                .iter()
                .filter(|event| {
                    event.at >= from
                        && event.kind == ProjectKind::Reexamination
                        && event.event == "suggest"
                })
                .map(project)
                .collect(),
        ),
        Figure::counting(ReexaminationsDone, of_kinds(events, from, &done)),
    ])
}

fn of_members(
    conn: &mut AnyConn,
    committee: CommitteeId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Figure>, DbError> {
    use FigureKey::*;
    let last_day = deadline::day_of(to).pred_opt().unwrap_or_else(|| deadline::day_of(to));
    let seats = register::seats_of_committee(conn, committee)?;
    let people: Vec<_> = seats.iter().map(|seat| seat.person_id).collect();
    let people = register::people_by(conn, &people)?;
    let row = register::committee(conn, committee)?;
    let path = row.and_then(|row| row.code).map_or_else(
        || format!("/committees/{committee}"),
        |code| format!("/committees/{}", code.replace('/', "-")),
    );
    let evidence = |picked: &dyn Fn(&register::SeatRow) -> bool| -> Vec<Evidence> {
        let mut seen = BTreeSet::new();
        seats
            .iter()
            .filter(|seat| seat.role.is_voting() && picked(seat) && seen.insert(seat.person_id))
            .map(|seat| Evidence {
                label: people
                    .iter()
                    .find(|person| person.id == seat.person_id)
                    .map(|person| person.name_zh.clone())
                    .unwrap_or_default(),
                path: format!("{path}?on={last_day}"),
            })
            .collect()
    };
    let (first, end) = (deadline::day_of(from), deadline::day_of(to));
    let within = |day: NaiveDate| first <= day && day < end;
    Ok(vec![
        Figure::counting(
            Members,
            evidence(&|seat| {
                seat.since <= last_day && seat.until.is_none_or(|until| last_day < until)
            }),
        ),
        Figure::counting(Appointed, evidence(&|seat| within(seat.since))),
        Figure::counting(Left, evidence(&|seat| seat.until.is_some_and(within))),
    ])
}
