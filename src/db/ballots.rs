//! Ballots, their rolls, votes and the opinions of those without a vote.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose},
    ids::{BallotId, CommitteeId, DocumentId, ObjectId, PersonId, ProfileId, ProjectId, VoteId},
    people::Role,
    records::{Choice, VoteChannel},
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{ballot_roll, ballots, non_voter_opinions, votes},
};

row! {
    /// A row of `ballots`.
    pub struct BallotRow in ballots {
        key {
            /// Identity.
            id: BallotId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `project_id`
        project_id: Option<ProjectId>,
        /// `committee_id`
        committee_id: CommitteeId,
        /// `purpose`
        purpose: BallotPurpose,
        /// `form`
        form: BallotForm,
        /// `question`
        question: String,
        /// `document_id`
        document_id: Option<DocumentId>,
        /// `profile_id`
        profile_id: ProfileId,
        /// `quorum`
        quorum: String,
        /// `majority`
        majority: String,
        /// `ordinal`
        ordinal: i32,
        /// `opens_at`
        opens_at: DateTime<Utc>,
        /// `closes_at`
        closes_at: DateTime<Utc>,
        /// `closed_at`
        closed_at: Option<DateTime<Utc>>,
        /// `result`
        result: Option<Value>,
        /// `conclusion`
        conclusion: String,
        /// `conclusion_hash`
        conclusion_hash: Option<String>,
        /// `signed_by`
        signed_by: Option<PersonId>,
        /// `signed_at`
        signed_at: Option<DateTime<Utc>>,
        /// Remark.
        note: String,
        /// True for a secret vote (无记名投票): slips lie in a box instead of votes by name.
        secret: bool,
        /// When it ended without a result because its project ended.
        aborted_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `ballot_roll`.
    pub struct RollRow in ballot_roll {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `name`
        name: String,
        /// `unit`
        unit: String,
        /// `role`
        role: Role,
        /// `may_vote`
        may_vote: bool,
        /// `recusal`
        recusal: Option<String>,
        /// `present`
        present: bool,
        /// `present_at`
        present_at: Option<DateTime<Utc>>,
        /// True once a slip was put in for a secret vote; when that was is not on record.
        voted: bool,
    }
}

row! {
    /// A row of `votes`.
    pub struct VoteRow in votes {
        key {
            /// Identity.
            id: VoteId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `ordinal`
        ordinal: i32,
        /// `choice`
        choice: Choice,
        /// `reason`
        reason: String,
        /// `remark`
        remark: String,
        /// `cast_at`
        cast_at: DateTime<Utc>,
        /// `cast_by`
        cast_by: PersonId,
        /// `channel`
        channel: VoteChannel,
        /// Where a vote that somebody else entered came from, in the words of who entered it.
        source: String,
        /// The scan of a paper vote.
        scan_id: Option<DocumentId>,
        /// Second person who compared a paper vote with its scan (edge case 47).
        confirmed_by: Option<PersonId>,
        /// When that was.
        confirmed_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `non_voter_opinions`.
    pub struct OpinionRow in non_voter_opinions {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `ballot_id`
        ballot_id: BallotId,
        /// `person_id`
        person_id: PersonId,
        /// `text`
        text: String,
        /// `at`
        at: DateTime<Utc>,
    }
}

impl BallotRow {
    /// True once it was closed and counted; one that ended with its project never is.
    pub fn is_counted(&self) -> bool {
        self.closed_at.is_some() && self.aborted_at.is_none()
    }

    /// True while the slips of a secret vote lie uncounted in their box: nothing about them may be said.
    pub fn is_sealed(&self) -> bool {
        self.secret && !self.is_counted()
    }
}

impl VoteRow {
    /// True for a person's own vote, and for one that a second person of the secretariat confirmed after another entered it.
    pub fn counts(&self) -> bool {
        self.cast_by == self.person_id || self.confirmed_at.is_some()
    }
}

/// A ballot by identity.
pub fn find(conn: &mut AnyConn, id: BallotId) -> QueryResult<Option<BallotRow>> {
    ballots::table.find(bind(id)).select(BallotRow::as_select()).first(conn).optional()
}

/// The latest ballot of a purpose in a project.
pub fn latest_of(
    conn: &mut AnyConn,
    project: ProjectId,
    purpose: BallotPurpose,
) -> QueryResult<Option<BallotRow>> {
    ballots::table
        .filter(ballots::project_id.eq(bind(Some(project))))
        .filter(ballots::purpose.eq(bind(purpose)))
        .order(ballots::ordinal.desc())
        .select(BallotRow::as_select())
        .first(conn)
        .optional()
}

/// Ballots of a project, the first first.
pub fn of_project(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<BallotRow>> {
    ballots::table
        .filter(ballots::project_id.eq(bind(Some(project))))
        .order((ballots::opens_at, ballots::id))
        .select(BallotRow::as_select())
        .load(conn)
}

/// Ballots of several projects, the first first.
pub fn of_projects(conn: &mut AnyConn, projects: &[ProjectId]) -> QueryResult<Vec<BallotRow>> {
    ballots::table
        .filter(ballots::project_id.eq_any(projects.iter().copied().map(|id| bind(Some(id)))))
        .order((ballots::opens_at, ballots::id))
        .select(BallotRow::as_select())
        .load(conn)
}

/// Ballots of a committee on matters of its own, the newest first.
pub fn matters_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
    limit: i64,
) -> QueryResult<Vec<BallotRow>> {
    ballots::table
        .filter(ballots::committee_id.eq(bind(committee)))
        .filter(ballots::project_id.is_null())
        .order((ballots::opens_at.desc(), ballots::id.desc()))
        .limit(limit)
        .select(BallotRow::as_select())
        .load(conn)
}

/// Enters a ballot.
pub fn insert(conn: &mut AnyConn, row: &BallotRow) -> QueryResult<()> {
    diesel::insert_into(ballots::table).values(row).execute(conn).map(drop)
}

/// Saves a ballot if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut BallotRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed =
        diesel::update(ballots::table.find(bind(row.id)).filter(ballots::version.eq(read)))
            .set(&*row)
            .execute(conn)?;
    Ok(changed == 1)
}

/// The roll of a ballot.
pub fn roll_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<RollRow>> {
    ballot_roll::table
        .filter(ballot_roll::ballot_id.eq(bind(ballot)))
        .order(ballot_roll::id)
        .select(RollRow::as_select())
        .load(conn)
}

/// Enters a line of the roll.
pub fn add_to_roll(conn: &mut AnyConn, row: &RollRow) -> QueryResult<()> {
    diesel::insert_into(ballot_roll::table).values(row).execute(conn).map(drop)
}

/// Saves a line of the roll.
pub fn save_roll(conn: &mut AnyConn, row: &RollRow) -> QueryResult<()> {
    diesel::update(ballot_roll::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// All votes of a ballot, every version, in order; the last of each person counts.
pub fn votes_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<VoteRow>> {
    votes::table
        .filter(votes::ballot_id.eq(bind(ballot)))
        .order((votes::person_id, votes::ordinal))
        .select(VoteRow::as_select())
        .load(conn)
}

/// Enters a vote.
pub fn add_vote(conn: &mut AnyConn, row: &VoteRow) -> QueryResult<()> {
    diesel::insert_into(votes::table).values(row).execute(conn).map(drop)
}

/// A vote by identity.
pub fn vote(conn: &mut AnyConn, id: VoteId) -> QueryResult<Option<VoteRow>> {
    votes::table.find(bind(id)).select(VoteRow::as_select()).first(conn).optional()
}

/// Notes who confirmed a vote that another entered; false when somebody did so before.
pub fn confirm_vote(
    conn: &mut AnyConn,
    id: VoteId,
    by: PersonId,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    let changed = diesel::update(votes::table.find(bind(id)).filter(votes::confirmed_at.is_null()))
        .set((votes::confirmed_by.eq(bind(Some(by))), votes::confirmed_at.eq(bind(Some(at)))))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Keeps an opinion of somebody without a vote.
pub fn add_opinion(conn: &mut AnyConn, row: &OpinionRow) -> QueryResult<()> {
    diesel::insert_into(non_voter_opinions::table).values(row).execute(conn).map(drop)
}

/// Opinions of those without a vote.
pub fn opinions_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<OpinionRow>> {
    non_voter_opinions::table
        .filter(non_voter_opinions::ballot_id.eq(bind(ballot)))
        .order(non_voter_opinions::at)
        .select(OpinionRow::as_select())
        .load(conn)
}

/// Ballots of these committees or on whose roll the person stands, open or closed, with the total; the open ones that close first at the head,
/// of the closed ones the latest.
pub fn known_to(
    conn: &mut AnyConn,
    person: PersonId,
    committees: &[CommitteeId],
    open: bool,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<BallotRow>, i64)> {
    let narrowed = || {
        let called = ballot_roll::table
            .filter(ballot_roll::person_id.eq(bind(person)))
            .select(ballot_roll::ballot_id);
        let query = ballots::table.into_boxed::<crate::conn::MultiBackend>().filter(
            ballots::committee_id
                .eq_any(committees.iter().copied().map(bind))
                .or(ballots::id.eq_any(called)),
        );
        if open {
            query.filter(ballots::closed_at.is_null())
        } else {
            query.filter(ballots::closed_at.is_not_null())
        }
    };
    let total = narrowed().count().get_result(conn)?;
    let query = if open {
        narrowed().order((ballots::closes_at.asc(), ballots::id.asc()))
    } else {
        narrowed().order((ballots::closes_at.desc(), ballots::id.desc()))
    };
    let rows = query.limit(limit).offset(offset).select(BallotRow::as_select()).load(conn)?;
    Ok((rows, total))
}

/// The rolls of several ballots.
pub fn rolls_of(conn: &mut AnyConn, ballots: &[BallotId]) -> QueryResult<Vec<RollRow>> {
    ballot_roll::table
        .filter(ballot_roll::ballot_id.eq_any(ballots.iter().copied().map(bind)))
        .order((ballot_roll::ballot_id, ballot_roll::name, ballot_roll::id))
        .select(RollRow::as_select())
        .load(conn)
}

/// The votes of several ballots with all their versions, oldest first.
pub fn votes_of_all(conn: &mut AnyConn, ballots: &[BallotId]) -> QueryResult<Vec<VoteRow>> {
    votes::table
        .filter(votes::ballot_id.eq_any(ballots.iter().copied().map(bind)))
        .order((votes::ballot_id, votes::person_id, votes::ordinal))
        .select(VoteRow::as_select())
        .load(conn)
}

/// Open ballots on whose roll the person may vote and has not voted, those that close first at the head.
pub fn owed_by(
    conn: &mut AnyConn,
    person: PersonId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<BallotRow>> {
    let called = ballot_roll::table
        .filter(ballot_roll::person_id.eq(bind(person)))
        .filter(ballot_roll::may_vote.eq(true))
        .filter(ballot_roll::voted.eq(false))
        .select(ballot_roll::ballot_id);
    let voted = votes::table
        .filter(votes::person_id.eq(bind(person)))
        .filter(votes::cast_by.eq(votes::person_id).or(votes::confirmed_at.is_not_null()))
        .select(votes::ballot_id);
    ballots::table
        .filter(ballots::closed_at.is_null())
        .filter(ballots::closes_at.gt(bind(now)))
        .filter(ballots::id.eq_any(called))
        .filter(ballots::id.ne_all(voted))
        .order((ballots::closes_at, ballots::id))
        .select(BallotRow::as_select())
        .load(conn)
}

/// Closed review ballots of these committees whose conclusion nobody has signed.
pub fn unsigned_of(conn: &mut AnyConn, committees: &[CommitteeId]) -> QueryResult<Vec<BallotRow>> {
    ballots::table
        .filter(ballots::committee_id.eq_any(committees.iter().copied().map(bind)))
        .filter(ballots::purpose.eq(bind(BallotPurpose::Review)))
        .filter(ballots::closed_at.is_not_null())
        .filter(ballots::aborted_at.is_null())
        .filter(ballots::signed_at.is_null())
        .order((ballots::closes_at, ballots::id))
        .select(BallotRow::as_select())
        .load(conn)
}

/// The counted ballots of a committee, the latest first.
pub fn closed_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
    limit: i64,
) -> QueryResult<Vec<BallotRow>> {
    ballots::table
        .filter(ballots::committee_id.eq(bind(committee)))
        .filter(ballots::closed_at.is_not_null())
        .filter(ballots::aborted_at.is_null())
        .order((ballots::closes_at.desc(), ballots::id.desc()))
        .limit(limit)
        .select(BallotRow::as_select())
        .load(conn)
}
