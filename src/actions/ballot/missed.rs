//! Ballots that a member missed in a row (连续缺席表决): counted for warning and removal, in which a secret vote is a vote.

use std::collections::BTreeSet;

use quanheng_db::{AnyConn, ballots};
use quanheng_domain::ids::{BallotId, CommitteeId, PersonId};

use crate::ActionError;

/// How far back is looked; no rule counts as many.
const MOST: i64 = 60;

/// How many of the last counted ballots of a committee in a row a member had a vote in and took no part in.
///
/// Whoever signed in took part, whoever voted by name did, and whoever put a slip into the box of a secret vote.
///
/// # Errors
/// What the database says.
pub fn in_a_row(
    conn: &mut AnyConn,
    committee: CommitteeId,
    person: PersonId,
) -> Result<u32, ActionError> {
    let closed = ballots::closed_of(conn, committee, MOST)?;
    let ids: Vec<BallotId> = closed.iter().map(|row| row.id).collect();
    let voted: BTreeSet<BallotId> = ballots::votes_of_all(conn, &ids)?
        .into_iter()
        .filter(|vote| vote.person_id == person && vote.counts())
        .map(|vote| vote.ballot_id)
        .collect();
    let lines: Vec<_> = ballots::rolls_of(conn, &ids)?
        .into_iter()
        .filter(|line| line.person_id == person)
        .collect();
    let mut missed = 0;
    for ballot in ids {
        let Some(line) = lines.iter().find(|line| line.ballot_id == ballot) else { continue };
        if !line.may_vote {
            continue;
        }
        if line.present || line.voted || voted.contains(&ballot) {
            break;
        }
        missed += 1;
    }
    Ok(missed)
}
