//! A ballot as its verbs see it: locked, with its roll and those who own it.

use chrono::{DateTime, SecondsFormat, Utc};
use quanheng_db::{
    ballots::{self, BallotRow, RollRow},
    projects::{self, ProjectRow},
    register::{self, CommitteeRow},
};
use quanheng_domain::{
    ballot::{
        BallotForm,
        signing::{self, Leader, Signer},
    },
    event::ObjectKind,
    ids::{BallotId, ObjectId, PersonId},
    notice::NoticeFacts,
    people::{Actor, Owners, Party, Role},
    refusal::{Refusal, RefusalCode},
};

use super::tally;
use crate::{ActionError, Tx, committee::seats, project::notices, tell};

/// The ballot with what decides who may act on it.
pub struct Polled {
    /// The ballot.
    pub row: BallotRow,
    /// The project it is about, if it is about one.
    pub project: Option<ProjectRow>,
    /// The committee whose members vote.
    pub committee: CommitteeRow,
    /// The roll.
    pub roll: Vec<RollRow>,
    /// Who owns it.
    pub owners: Owners,
    /// Object and kind its events are filed under.
    pub filed: (ObjectKind, ObjectId),
}

/// The object that the events and clocks of a ballot are filed under: its project, else its committee.
pub fn filed(row: &BallotRow) -> (ObjectKind, ObjectId) {
    match row.project_id {
        Some(project) => (ObjectKind::Project, project.cast()),
        None => (ObjectKind::Committee, row.committee_id.cast()),
    }
}

/// Reads a ballot for an action and keeps every other verb on it waiting until the transaction ends.
///
/// Locked before it is read: a vote at the closing instant either comes before the count or finds the ballot closed.
/// The lock is that of the object the ballot is filed under, which the moves of a project take as well.
pub fn polled(tx: &mut Tx<'_, '_>, id: BallotId) -> Result<Polled, ActionError> {
    let seen = ballots::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let filed = filed(&seen);
    tx.lock(filed.1)?;
    let row = ballots::find(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    let committee =
        register::committee(tx.conn(), row.committee_id)?.ok_or(ActionError::NotFound)?;
    let project = match row.project_id {
        Some(project) => Some(projects::find(tx.conn(), project)?.ok_or(ActionError::NotFound)?),
        None => None,
    };
    let owners = Owners {
        project: row.project_id,
        committee: Some(row.committee_id),
        authority: project.as_ref().map_or(committee.authority_id, |row| row.authority_id),
    };
    let roll = ballots::roll_of(tx.conn(), id)?;
    Ok(Polled { row, project, committee, roll, owners, filed })
}

impl Polled {
    /// Refuses everybody but the secretariat of the committee.
    pub fn require_secretariat(&self, actor: &Actor) -> Result<(), ActionError> {
        if actor.parties(&self.owners).contains(&Party::Secretariat) {
            return Ok(());
        }
        Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into())
    }

    /// Refuses what comes too late. Half-open: what reaches the transaction at the closing instant is late.
    pub fn require_open(&self, now: DateTime<Utc>) -> Result<(), ActionError> {
        // A ballot ends with its project: that is said first.
        if let Some(project) = self.project.as_ref().filter(|project| project.stage.is_final()) {
            let refusal = Refusal::new(RefusalCode::ProjectEnded);
            return Err(refusal.with("project", &project.title_zh).into());
        }
        if self.row.closed_at.is_some() || now >= self.row.closes_at {
            let at = self.row.closes_at.to_rfc3339_opts(SecondsFormat::Secs, true);
            return Err(Refusal::new(RefusalCode::BallotClosed).with("closed_at", at).into());
        }
        Ok(())
    }

    /// The line of a person on the roll.
    pub fn line(&self, person: PersonId) -> Result<&RollRow, ActionError> {
        self.roll
            .iter()
            .find(|line| line.person_id == person)
            .ok_or_else(|| Refusal::new(RefusalCode::NotOnRoll).into())
    }

    /// What mails about the ballot are about.
    pub fn about(&self) -> tell::About {
        let mut about = match &self.project {
            Some(project) => notices::about(project),
            None => seats::about(&self.committee),
        };
        about.ballot = Some(self.row.id);
        about
    }

    /// The facts every mail about the ballot carries.
    pub fn facts(&self, tx: &mut Tx<'_, '_>) -> Result<NoticeFacts, ActionError> {
        let facts = match &self.project {
            Some(project) => notices::facts(tx, project)?,
            None => {
                NoticeFacts { title: self.row.question.clone(), ..seats::facts(&self.committee) }
            }
        };
        Ok(NoticeFacts { path: format!("/ballots/{}", self.row.id), ..facts })
    }
}

/// Those who may sign the conclusion today, in order: leaders in office who stand on the roll.
pub fn signers(
    conn: &mut quanheng_db::AnyConn,
    row: &BallotRow,
    roll: &[RollRow],
    today: chrono::NaiveDate,
) -> Result<Vec<Signer>, ActionError> {
    let votes = tally::last_votes(ballots::votes_of(conn, row.id)?);
    let mut seats: Vec<_> = register::seats_on(conn, row.committee_id, today)?
        .into_iter()
        .filter(|seat| !seat.suspended && matches!(seat.role, Role::Chair | Role::ViceChair))
        .collect();
    seats.sort_by_key(|seat| (seat.role != Role::Chair, seat.rank, seat.id));
    let leader = |seat: &register::SeatRow| {
        let line = roll.iter().find(|line| line.person_id == seat.person_id)?;
        let took_part = match row.form {
            BallotForm::Meeting => line.present,
            BallotForm::Correspondence => line.voted || votes.contains_key(&line.person_id),
        };
        let recused = line.recusal.is_some();
        Some(Leader { person: seat.person_id, role: seat.role, recused, took_part })
    };
    let leaders: Vec<Leader> = seats.iter().filter_map(leader).collect();
    Ok(signing::signers(&leaders))
}
