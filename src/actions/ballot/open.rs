//! Opens a ballot with a snapshot of the roll: later joins and leaves change nothing (domain rules, 3.6).

use chrono::{DateTime, Utc};
use quanheng_db::{
    ballots::{self, BallotRow, RollRow},
    documents,
    projects::ProjectRow,
    register,
};
use quanheng_domain::{
    ballot::{BallotForm, BallotPurpose, TallyRule},
    document::DocumentKind,
    ids::{BallotId, CommitteeId, DocumentId, OrganisationId, PersonId, ProfileId, ProjectId},
    rules::{Profile, keys},
};

use crate::{ActionError, Tx, project::Loaded};

/// A ballot to open.
#[derive(Debug, Clone)]
pub struct NewBallot {
    /// The committee whose members vote.
    pub committee: CommitteeId,
    /// What for.
    pub purpose: BallotPurpose,
    /// Meeting or correspondence.
    pub form: BallotForm,
    /// The question put.
    pub question: String,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
}

/// Opens the review ballot of a project (row 16).
pub fn review(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    closes_at: DateTime<Utc>,
) -> Result<BallotId, ActionError> {
    let form = match row.review_form.as_deref() {
        Some("correspondence") => BallotForm::Correspondence,
        _ => BallotForm::Meeting,
    };
    let committee = row.committee_id.ok_or(ActionError::NotFound)?;
    let question = row.title_zh.clone();
    of_project(
        tx,
        loaded,
        row,
        &NewBallot { committee, purpose: BallotPurpose::Review, form, question, closes_at },
    )
}

/// Opens a ballot on a project; its drafters are on the roll and recused where the profile says so.
pub fn of_project(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    new: &NewBallot,
) -> Result<BallotId, ActionError> {
    let draft = match new.purpose {
        BallotPurpose::Review => documents::newest(tx.conn(), row.id, DocumentKind::ReviewDraft)?,
        _ => None,
    };
    let ordinal =
        ballots::latest_of(tx.conn(), row.id, new.purpose)?.map_or(1, |last| last.ordinal + 1);
    let recuses =
        new.purpose == BallotPurpose::Review && !loaded.profile.get(keys::DRAFTER_CAN_VOTE);
    let poll = Poll {
        project: Some(row.id),
        document: draft.map(|document| document.id),
        profile: (&loaded.profile, row.profile_id),
        ordinal,
    };
    enter(tx, &poll, new, |person| recuses && loaded.is_drafter(person))
}

/// Opens a ballot of a committee that is about no project; nobody is recused.
pub fn of_committee(
    tx: &mut Tx<'_, '_>,
    profile: (&Profile, ProfileId),
    new: &NewBallot,
) -> Result<BallotId, ActionError> {
    let poll = Poll { project: None, document: None, profile, ordinal: 1 };
    enter(tx, &poll, new, |_| false)
}

/// What a ballot is about and which rules it keeps.
struct Poll<'p> {
    project: Option<ProjectId>,
    document: Option<DocumentId>,
    profile: (&'p Profile, ProfileId),
    ordinal: i32,
}

fn enter(
    tx: &mut Tx<'_, '_>,
    poll: &Poll<'_>,
    new: &NewBallot,
    recused: impl Fn(PersonId) -> bool,
) -> Result<BallotId, ActionError> {
    let (profile, profile_id) = poll.profile;
    let rule = TallyRule::for_form(profile, new.purpose, new.form);
    let ballot = BallotRow {
        id: tx.id(),
        version: 1,
        project_id: poll.project,
        committee_id: new.committee,
        purpose: new.purpose,
        form: new.form,
        question: new.question.clone(),
        document_id: poll.document,
        profile_id,
        quorum: rule.quorum.to_string(),
        majority: rule.majority.to_string(),
        ordinal: poll.ordinal,
        opens_at: tx.now(),
        closes_at: new.closes_at,
        closed_at: None,
        result: None,
        conclusion: String::new(),
        conclusion_hash: None,
        signed_by: None,
        signed_at: None,
        note: String::new(),
    };
    ballots::insert(tx.conn(), &ballot)?;
    snapshot(tx, new, ballot.id, recused)?;
    Ok(ballot.id)
}

fn snapshot(
    tx: &mut Tx<'_, '_>,
    new: &NewBallot,
    ballot: BallotId,
    recused: impl Fn(PersonId) -> bool,
) -> Result<(), ActionError> {
    let today = tx.today();
    let mut entered = std::collections::BTreeSet::new();
    let mut seats: Vec<_> = register::seats_on(tx.conn(), new.committee, today)?
        .into_iter()
        .filter(|seat| !seat.suspended)
        .collect();
    // A person with two seats stands on the roll once, with the role that votes.
    seats.sort_by_key(|seat| (!seat.role.is_voting(), seat.rank));
    for seat in seats {
        if seat.role.is_secretariat() || !entered.insert(seat.person_id) {
            continue;
        }
        let person = register::person(tx.conn(), seat.person_id)?.ok_or(ActionError::NotFound)?;
        let recusal = recused(seat.person_id).then(|| "drafter".to_owned());
        let line = RollRow {
            id: tx.id(),
            ballot_id: ballot,
            person_id: seat.person_id,
            name: person.name_zh,
            unit: unit_name(tx, seat.organisation_id.or(person.organisation_id))?,
            role: seat.role,
            may_vote: seat.role.is_voting() && recusal.is_none(),
            recusal,
            present: false,
            present_at: None,
        };
        ballots::add_to_roll(tx.conn(), &line)?;
    }
    Ok(())
}

fn unit_name(tx: &mut Tx<'_, '_>, id: Option<OrganisationId>) -> Result<String, ActionError> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(register::organisation(tx.conn(), id)?.map(|unit| unit.name_zh).unwrap_or_default())
}
