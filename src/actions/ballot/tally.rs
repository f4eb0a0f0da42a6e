//! The count of a ballot under the rules it opened with.

use std::collections::BTreeMap;

use quanheng_db::{
    ballot_parts,
    ballots::{self, BallotRow, RollRow, VoteRow},
    conn::AnyConn,
};
use quanheng_domain::{
    ballot::{self, BallotForm, Count, Tally, TallyRule, secret::BallotBox},
    ids::{BallotId, PersonId},
    records::Choice,
    rules::Profile,
};

use crate::{ActionError, profiles};

/// The vote of each person that counts: the last one that is confirmed, if somebody else entered it.
pub fn last_votes(votes: Vec<VoteRow>) -> BTreeMap<PersonId, VoteRow> {
    // Rows come in the order of their ordinals, so the last one stays.
    votes.into_iter().filter(VoteRow::counts).map(|vote| (vote.person_id, vote)).collect()
}

/// Entered votes that wait for their second person: the latest of their voters, and not confirmed.
pub fn waiting(votes: &[VoteRow]) -> Vec<&VoteRow> {
    let latest: BTreeMap<PersonId, &VoteRow> =
        votes.iter().map(|vote| (vote.person_id, vote)).collect();
    latest.into_values().filter(|vote| !vote.counts()).collect()
}

/// Counts a ballot as it stands now. What lies in the box of a secret vote is not counted before it closes.
pub fn of(conn: &mut AnyConn, row: &BallotRow) -> Result<Tally, ActionError> {
    let profile = profiles::load(conn, row.profile_id)?;
    under(conn, row, &profile)
}

/// Counts a ballot for its result: the box of a secret vote is opened.
pub fn at_closing(conn: &mut AnyConn, row: &BallotRow) -> Result<Tally, ActionError> {
    let profile = profiles::load(conn, row.profile_id)?;
    counted(conn, row, &profile, true)
}

/// Counts a ballot as it stands now, where the profile version it opened under is at hand.
pub fn under(conn: &mut AnyConn, row: &BallotRow, profile: &Profile) -> Result<Tally, ActionError> {
    counted(conn, row, profile, row.is_counted())
}

fn counted(
    conn: &mut AnyConn,
    row: &BallotRow,
    profile: &Profile,
    opened: bool,
) -> Result<Tally, ActionError> {
    let roll = ballots::roll_of(conn, row.id)?;
    let slips = match row.secret && opened {
        true => box_of(conn, row.id)?,
        false => BallotBox::default(),
    };
    let votes = if row.secret { Vec::new() } else { ballots::votes_of(conn, row.id)? };
    of_parts(row, profile, &roll, votes, &slips)
}

/// Counts a ballot whose roll, votes and slips are at hand; the slips of a secret vote that runs are none.
pub fn of_parts(
    row: &BallotRow,
    profile: &Profile,
    roll: &[RollRow],
    votes: Vec<VoteRow>,
    slips: &BallotBox,
) -> Result<Tally, ActionError> {
    let rule = TallyRule::for_form(profile, row.purpose, row.form);
    match row.secret {
        true => count_box(&rule, row.form, roll, slips),
        false => count(&rule, row.form, roll, &last_votes(votes)),
    }
}

/// The box of a secret vote.
pub fn box_of(conn: &mut AnyConn, ballot: BallotId) -> Result<BallotBox, ActionError> {
    let row = ballot_parts::box_of(conn, ballot)?.ok_or(ActionError::NotFound)?;
    serde_json::from_value(row.slips).map_err(|error| {
        ActionError::inconsistent("ballot_boxes", "slips", ballot, &error.to_string())
    })
}

/// Counts votes against a roll. In a meeting those count who are there or voted while they were; by correspondence those who replied.
pub fn count(
    rule: &TallyRule,
    form: BallotForm,
    roll: &[RollRow],
    votes: &BTreeMap<PersonId, VoteRow>,
) -> Result<Tally, ActionError> {
    let there = |line: &RollRow| {
        votes.contains_key(&line.person_id) || (form == BallotForm::Meeting && line.present)
    };
    let cast = roll
        .iter()
        .filter(|line| line.role.is_voting() && line.may_vote)
        .filter_map(|line| votes.get(&line.person_id))
        .map(|vote| vote.choice);
    figures(rule, roll, there, cast)
}

/// Counts the slips of a secret vote against a roll.
fn count_box(
    rule: &TallyRule,
    form: BallotForm,
    roll: &[RollRow],
    slips: &BallotBox,
) -> Result<Tally, ActionError> {
    let there = |line: &RollRow| line.voted || (form == BallotForm::Meeting && line.present);
    figures(rule, roll, there, slips.choices())
}

fn figures(
    rule: &TallyRule,
    roll: &[RollRow],
    there: impl Fn(&RollRow) -> bool,
    cast: impl Iterator<Item = Choice>,
) -> Result<Tally, ActionError> {
    let members: Vec<&RollRow> = roll.iter().filter(|line| line.role.is_voting()).collect();
    let present: Vec<&&RollRow> = members.iter().filter(|line| there(line)).collect();
    let recused = present.iter().filter(|line| !line.may_vote).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let figures =
        ballot::figures(number(members.len()), number(present.len()), number(recused), cast);
    let count = Count::new(figures).map_err(|faults| {
        ActionError::inconsistent("ballot_roll", "present", roll.len(), &format!("{faults:?}"))
    })?;
    Ok(ballot::tally(&count, rule))
}
