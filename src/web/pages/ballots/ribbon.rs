//! Vote ribbons (表决色带) for lists: one cell for everybody with a vote, those in the way first, the reader's own outlined.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_db::ballots::{self, BallotRow, RollRow, VoteRow};
use quanheng_db::conn::AnyConn;
use quanheng_domain::ids::{BallotId, PersonId};
use serde_json::Value;

use super::show::{cells, choice, sealed_ribbon};
use crate::views::{Ribbon, Text};

/// The rolls and counted votes of the ballots of a list.
#[derive(Default)]
pub struct Ribbons {
    rolls: BTreeMap<BallotId, Vec<RollRow>>,
    votes: BTreeMap<(BallotId, PersonId), VoteRow>,
}

impl Ribbons {
    /// Reads what the ribbons of these ballots show; asks nothing for none.
    ///
    /// # Errors
    /// What the database says.
    pub fn read(conn: &mut AnyConn, ids: &[BallotId]) -> Result<Self, ActionError> {
        let mut ribbons = Self::default();
        if ids.is_empty() {
            return Ok(ribbons);
        }
        for line in ballots::rolls_of(conn, ids)? {
            ribbons.rolls.entry(line.ballot_id).or_default().push(line);
        }
        // In the order of their ordinals: the last version that counts stays.
        let votes = ballots::votes_of_all(conn, ids)?.into_iter().filter(VoteRow::counts);
        ribbons.votes = votes.map(|vote| ((vote.ballot_id, vote.person_id), vote)).collect();
        Ok(ribbons)
    }

    /// The roll of a ballot.
    pub fn roll(&self, ballot: BallotId) -> &[RollRow] {
        self.rolls.get(&ballot).map_or(&[], Vec::as_slice)
    }

    /// Whether a person has voted in a ballot, by name or in secret.
    pub fn has_voted(&self, ballot: BallotId, person: PersonId) -> bool {
        let slip = |line: &RollRow| line.person_id == person && line.voted;
        self.votes.contains_key(&(ballot, person)) || self.roll(ballot).iter().any(slip)
    }

    /// The ribbon of a ballot, for this reader.
    pub fn of(&self, row: &BallotRow, me: Option<PersonId>) -> Ribbon {
        let ballot = row.id;
        let word = |line: &RollRow| match self.votes.get(&(ballot, line.person_id)) {
            _ if !line.may_vote => "recused",
            _ if line.voted => "voted",
            Some(vote) => choice(vote.choice),
            None => "silent",
        };
        let cells = cells(self.roll(ballot), word, me);
        let shown = |choice: &str| cells.iter().filter(|cell| cell.choice == choice).count() as u64;
        // Whoever voted in secret has no colour: what the box held is in the result alone.
        let held = |choice: &str| {
            let result = row.result.as_ref().and_then(|result| result.get(choice));
            result.and_then(Value::as_u64).unwrap_or_default()
        };
        let count = |choice| if row.secret { held(choice) } else { shown(choice) };
        let sentence = match row.is_sealed() {
            true => sealed_ribbon(shown("voted"), shown("silent")),
            false => Text::said("ballots-ribbon")
                .with("yes", count("yes"))
                .with("no", count("no"))
                .with("abstain", count("abstain"))
                .with("silent", shown("silent")),
        };
        let blocking = cells.iter().any(|cell| cell.mine && cell.choice == "no");
        Ribbon { cells, sentence, href: Some(format!("/ballots/{ballot}")), blocking }
    }
}
