//! What figures are computed from: the records of any number of committees, read in a fixed number of queries however much they have done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    DbError,
    conn::AnyConn,
    reports::{self, BallotLine, EditionLine, MoveLine, ProjectLine, RoundLine, SeatLine},
};
use quanheng_domain::{
    Keyed,
    comment::Disposition,
    deadline,
    ids::{CommitteeId, ObjectId, ProjectId, RoundId, SpecificationId},
    lifecycle::{DeadlineKind, Move},
    stage::Stage,
};
use serde_json::Value;

/// A project with everything that happened to it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The project as it stands now.
    pub project: ProjectLine,
    /// Its moves in order.
    pub moves: Vec<MoveLine>,
    /// When which day was set by which it is due, in order.
    pub dues: Vec<(DateTime<Utc>, NaiveDate)>,
}

impl Story {
    /// Where it stood at an instant; none before it came into the register.
    pub fn stage_at(&self, at: DateTime<Utc>) -> Option<Stage> {
        let last = self.moves.iter().rev().find(|one| one.at < at);
        let next = self.moves.iter().find(|one| one.at >= at);
        match (last, next) {
            (Some(last), _) => last.to_stage.parse().ok(),
            (None, _) if self.project.created_at >= at => None,
            (None, Some(next)) => next.from_stage.parse().ok(),
            (None, None) => Some(self.project.stage),
        }
    }

    /// The day by which it was due as people knew at an instant.
    pub fn due_at(&self, at: DateTime<Utc>) -> Option<NaiveDate> {
        let known = self.dues.iter().rev().find(|(set, _)| *set <= at);
        known.map(|(_, day)| *day).or_else(|| {
            // Whoever came with an imported plan had the day from the beginning.
            self.dues.is_empty().then_some(self.project.due_on).flatten()
        })
    }
}

/// A confirmed comment: whether it came late, how it was settled.
pub type Opinion = (bool, Option<Disposition>);

/// The records of one committee.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Projects.
    pub stories: Vec<Story>,
    /// Those of its projects whose text the unit drafts that hosts the secretariat.
    pub hosted: BTreeSet<ProjectId>,
    /// Comment rounds that opened in the time read.
    pub rounds: Vec<RoundLine>,
    /// Ballots that were closed in the time read.
    pub ballots: Vec<BallotLine>,
    /// Editions.
    pub editions: Vec<EditionLine>,
    /// Seats, past ones too.
    pub seats: Vec<SeatLine>,
}

/// The records of some committees.
#[derive(Debug, Clone, Default)]
pub struct Records {
    shelves: BTreeMap<CommitteeId, Shelf>,
    /// Comments by round.
    pub opinions: BTreeMap<RoundId, Vec<Opinion>>,
    /// The day on which something else took the whole place of an edition.
    pub replaced: BTreeMap<SpecificationId, Option<NaiveDate>>,
}

impl Records {
    /// Reads the records of these committees; rounds and ballots only of the span.
    ///
    /// # Errors
    /// Storage trouble.
    pub fn read(
        conn: &mut AnyConn,
        committees: &[CommitteeId],
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Self, DbError> {
        let mut shelves: BTreeMap<CommitteeId, Shelf> =
            committees.iter().map(|id| (*id, Shelf::default())).collect();
        for story in stories(conn, committees)? {
            if let Some(shelf) = of(&mut shelves, story.project.committee) {
                shelf.stories.push(story);
            }
        }
        for (committee, project) in reports::hosted_of(conn, committees)? {
            if let Some(shelf) = of(&mut shelves, committee) {
                shelf.hosted.insert(project);
            }
        }
        let rounds = reports::rounds_of(conn, committees, from, to)?;
        let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
        let mut opinions: BTreeMap<RoundId, Vec<Opinion>> = BTreeMap::new();
        for (round, late, code) in reports::comments_of(conn, &ids)? {
            opinions.entry(round).or_default().push((late, code));
        }
        for round in rounds {
            if let Some(shelf) = of(&mut shelves, round.committee) {
                shelf.rounds.push(round);
            }
        }
        for ballot in reports::ballots_of(conn, committees, from, to)? {
            if let Some(shelf) = shelves.get_mut(&ballot.committee) {
                shelf.ballots.push(ballot);
            }
        }
        let editions = reports::editions_of(conn, committees)?;
        let ids: Vec<SpecificationId> = editions.iter().map(|edition| edition.id).collect();
        let replaced = reports::replaced_of(conn, &ids)?
            .into_iter()
            .map(|(old, force)| (old, force.parse().ok()))
            .collect();
        for edition in editions {
            if let Some(shelf) = of(&mut shelves, edition.committee) {
                shelf.editions.push(edition);
            }
        }
        for seat in reports::seats_of(conn, committees)? {
            if let Some(shelf) = shelves.get_mut(&seat.committee) {
                shelf.seats.push(seat);
            }
        }
        Ok(Self { shelves, opinions, replaced })
    }

    /// The records of a committee; empty for one that was not asked for.
    pub fn of(&self, committee: CommitteeId) -> &Shelf {
        static EMPTY: Shelf = Shelf {
            stories: Vec::new(),
            hosted: BTreeSet::new(),
            rounds: Vec::new(),
            ballots: Vec::new(),
            editions: Vec::new(),
            seats: Vec::new(),
        };
        self.shelves.get(&committee).unwrap_or(&EMPTY)
    }
}

fn of(
    shelves: &mut BTreeMap<CommitteeId, Shelf>,
    committee: Option<CommitteeId>,
) -> Option<&mut Shelf> {
    shelves.get_mut(&committee?)
}

fn stories(conn: &mut AnyConn, committees: &[CommitteeId]) -> Result<Vec<Story>, DbError> {
    let mut moves: BTreeMap<ObjectId, Vec<MoveLine>> = BTreeMap::new();
    for one in reports::moves_of(conn, committees)? {
        moves.entry(one.project).or_default().push(one);
    }
    let setting = [Move::IncludeInPlan.key(), Move::Extend.key()];
    let mut dues: BTreeMap<ObjectId, Vec<(DateTime<Utc>, NaiveDate)>> = BTreeMap::new();
    for (project, at, facts) in reports::facts_of(conn, committees, &setting)? {
        if let Some(day) = due_day(&facts) {
            dues.entry(project).or_default().push((at, day));
        }
    }
    let story = |project: ProjectLine| Story {
        moves: moves.remove(&project.id.cast()).unwrap_or_default(),
        dues: dues.remove(&project.id.cast()).unwrap_or_default(),
        project,
    };
    Ok(reports::projects_of(conn, committees)?.into_iter().map(story).collect())
}

// The clock of the whole project that a move started, as the event tells.
fn due_day(facts: &Value) -> Option<NaiveDate> {
    let opened = facts.get("opens")?.as_array()?;
    let kind = DeadlineKind::ProjectEnd.key();
    let clock = opened.iter().find(|one| one.get("kind").is_some_and(|found| found == kind))?;
    let due: DateTime<Utc> = clock.get("due_at")?.as_str()?.parse().ok()?;
    deadline::day_of(due).pred_opt()
}
