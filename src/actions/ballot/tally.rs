//! The count of a ballot under the rules it opened with.

use std::collections::BTreeMap;

use quanheng_db::{
    ballots::{self, BallotRow, RollRow, VoteRow},
    conn::AnyConn,
};
use quanheng_domain::{
    ballot::{self, BallotForm, Count, Tally, TallyRule},
    ids::PersonId,
};

use crate::{ActionError, profiles};

/// The rule a ballot is judged by: that of the profile version it opened under.
pub fn rule_of(conn: &mut AnyConn, row: &BallotRow) -> Result<TallyRule, ActionError> {
    let profile = profiles::load(conn, row.profile_id)?;
    Ok(TallyRule::for_form(&profile, row.purpose, row.form))
}

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

/// Counts a ballot as it stands now.
pub fn of(conn: &mut AnyConn, row: &BallotRow) -> Result<Tally, ActionError> {
    let rule = rule_of(conn, row)?;
    let roll = ballots::roll_of(conn, row.id)?;
    let votes = last_votes(ballots::votes_of(conn, row.id)?);
    count(&rule, row.form, &roll, &votes)
}

/// Counts votes against a roll. In a meeting those present count, by correspondence those who replied.
pub fn count(
    rule: &TallyRule,
    form: BallotForm,
    roll: &[RollRow],
    votes: &BTreeMap<PersonId, VoteRow>,
) -> Result<Tally, ActionError> {
    let members: Vec<&RollRow> = roll.iter().filter(|line| line.role.is_voting()).collect();
    let there = |line: &&&RollRow| match form {
        BallotForm::Meeting => line.present,
        BallotForm::Correspondence => votes.contains_key(&line.person_id),
    };
    let present: Vec<&&RollRow> = members.iter().filter(there).collect();
    let recused = present.iter().filter(|line| !line.may_vote).count();
    let cast = present
        .iter()
        .filter(|line| line.may_vote)
        .filter_map(|line| votes.get(&line.person_id))
        .map(|vote| vote.choice);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let figures =
        ballot::figures(number(members.len()), number(present.len()), number(recused), cast);
    let count = Count::new(figures).map_err(|faults| {
        ActionError::inconsistent("ballot_roll", "present", roll.len(), &format!("{faults:?}"))
    })?;
    Ok(ballot::tally(&count, rule))
}
