//! Opens a ballot with a snapshot of the roll: later joins and leaves change nothing (domain rules, 3.6).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use quanheng_db::{
    ballot_parts::{self, BoxRow},
    ballots::{self, BallotRow, RollRow},
    documents,
    projects::ProjectRow,
    register::{self, PersonRow},
};
use quanheng_domain::{
    Keyed,
    ballot::{
        BallotForm, BallotPurpose, TallyRule,
        seats::{self, Recusal, Voter},
        secret::BallotBox,
    },
    ids::{BallotId, CommitteeId, DocumentId, OrganisationId, PersonId, ProfileId, ProjectId},
    people::Role,
    rules::{Profile, keys},
};

use crate::{ActionError, Tx, project::Loaded, reviewer::assign};

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
    /// True for a secret vote (无记名投票).
    pub secret: bool,
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
        &NewBallot {
            committee,
            purpose: BallotPurpose::Review,
            form,
            question,
            closes_at,
            secret: false,
        },
    )
}

/// Opens a ballot on a project; its drafters are on the roll and recused where the profile says so.
pub fn of_project(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    new: &NewBallot,
) -> Result<BallotId, ActionError> {
    let kind = new.purpose.kind();
    let draft = kind.text.map(|text| documents::newest(tx.conn(), row.id, text)).transpose()?;
    let draft = draft.flatten();
    let ordinal =
        ballots::latest_of(tx.conn(), row.id, new.purpose)?.map_or(1, |last| last.ordinal + 1);
    let recuses = kind.text.is_some() && !loaded.profile.get(keys::DRAFTER_CAN_VOTE);
    let units = assign::conflict(tx.conn(), row.id)?.units;
    let poll = Poll {
        project: Some(row.id),
        document: draft.map(|document| document.id),
        profile: (&loaded.profile, row.profile_id),
        ordinal,
        // Where drafters may vote, their unit is not bound either.
        drafting: match recuses {
            true => units,
            false => BTreeSet::new(),
        },
    };
    enter(tx, &poll, new, |person| recuses && loaded.is_drafter(person))
}

/// Opens a ballot of a committee that is about no project; nobody is recused.
pub fn of_committee(
    tx: &mut Tx<'_, '_>,
    profile: (&Profile, ProfileId),
    new: &NewBallot,
) -> Result<BallotId, ActionError> {
    let drafting = BTreeSet::new();
    let poll = Poll { project: None, document: None, profile, ordinal: 1, drafting };
    enter(tx, &poll, new, |_| false)
}

/// What a ballot is about and which rules it keeps.
struct Poll<'p> {
    project: Option<ProjectId>,
    document: Option<DocumentId>,
    profile: (&'p Profile, ProfileId),
    ordinal: i32,
    drafting: BTreeSet<OrganisationId>,
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
        secret: new.secret,
        aborted_at: None,
    };
    ballots::insert(tx.conn(), &ballot)?;
    if new.secret {
        let slips = serde_json::to_value(BallotBox::default()).map_err(ActionError::unwritable)?;
        ballot_parts::add_box(tx.conn(), &BoxRow { ballot_id: ballot.id, version: 1, slips })?;
    }
    snapshot(tx, poll, new, ballot.id, recused)?;
    Ok(ballot.id)
}

fn snapshot(
    tx: &mut Tx<'_, '_>,
    poll: &Poll<'_>,
    new: &NewBallot,
    ballot: BallotId,
    recused: impl Fn(PersonId) -> bool,
) -> Result<(), ActionError> {
    let today = tx.today();
    let mut entered = BTreeSet::new();
    let mut seats: Vec<_> = register::seats_on(tx.conn(), new.committee, today)?
        .into_iter()
        .filter(|seat| !seat.suspended)
        .collect();
    // A person with two seats stands on the roll once, with the role that votes.
    seats.sort_by_key(|seat| (!seat.role.is_voting(), seat.rank));
    let mut lines = Vec::new();
    for seat in seats {
        if seat.role.is_secretariat() || !entered.insert(seat.person_id) {
            continue;
        }
        let person = register::person(tx.conn(), seat.person_id)?.ok_or(ActionError::NotFound)?;
        let unit = seat.organisation_id.or(person.organisation_id);
        let recusal = recused(seat.person_id).then_some(Recusal::Drafter);
        lines.push(Line { person, unit, role: seat.role, recusal });
    }
    recuse_by_unit(poll, new, ballot, &mut lines);
    for line in lines {
        let row = RollRow {
            id: tx.id(),
            ballot_id: ballot,
            person_id: line.person.id,
            name: line.person.name_zh,
            unit: unit_name(tx, line.unit)?,
            role: line.role,
            may_vote: line.role.is_voting() && line.recusal.is_none(),
            recusal: line.recusal.map(|recusal| recusal.key().to_owned()),
            present: false,
            present_at: None,
            voted: false,
        };
        ballots::add_to_roll(tx.conn(), &row)?;
    }
    Ok(())
}

/// Somebody who will stand on the roll.
struct Line {
    person: PersonRow,
    unit: Option<OrganisationId>,
    role: Role,
    recusal: Option<Recusal>,
}

// One vote a unit where the rule says so; then the lot, where the drafting unit holds more than its share (edge case 5).
fn recuse_by_unit(poll: &Poll<'_>, new: &NewBallot, ballot: BallotId, lines: &mut [Line]) {
    let (profile, _) = poll.profile;
    let voters = |lines: &[Line]| -> Vec<Voter> {
        let votes = lines.iter().filter(|line| line.role.is_voting() && line.recusal.is_none());
        let voter = |line: &Line| Voter {
            person: line.person.id,
            unit: line.unit,
            of_drafting_unit: line.unit.is_some_and(|unit| poll.drafting.contains(&unit)),
        };
        votes.map(voter).collect()
    };
    if profile.get(new.purpose.kind().one_vote_per_unit) {
        let out = seats::beyond_one_a_unit(&voters(lines));
        mark(lines, &out, Recusal::UnitVote);
    }
    let most = profile.get(keys::DRAFTER_UNIT_SHARE_MAX);
    let out = seats::drawn_out(ballot, &voters(lines), most);
    mark(lines, &out, Recusal::UnitShare);
}

fn mark(lines: &mut [Line], out: &[PersonId], why: Recusal) {
    for line in lines.iter_mut().filter(|line| out.contains(&line.person.id)) {
        line.recusal = Some(why);
    }
}

fn unit_name(tx: &mut Tx<'_, '_>, id: Option<OrganisationId>) -> Result<String, ActionError> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(register::organisation(tx.conn(), id)?.map(|unit| unit.name_zh).unwrap_or_default())
}
