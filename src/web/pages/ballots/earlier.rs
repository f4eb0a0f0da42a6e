//! What the reader said before on the matter of a ballot (本人此前意见): votes in the ballots before it, arguments about clauses,
//! and comments on the text.

use quanheng_actions::ActionError;
use quanheng_db::ballot_parts::{self, PositionRow};
use quanheng_db::ballots::{BallotRow, VoteRow};
use quanheng_db::comments;
use quanheng_db::conn::AnyConn;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::ids::PersonId;
use serde::Serialize;

use super::file::BallotFile;
use crate::views::Text;

/// What one person said before.
#[derive(Default)]
pub struct Said {
    votes: Vec<(i32, Option<i32>, VoteRow)>,
    positions: Vec<PositionRow>,
    comments: Vec<CommentRow>,
}

/// A line of the panel.
#[derive(Serialize)]
pub struct EarlierLine {
    what: Text,
    at: String,
    said: String,
    /// What became of it.
    answer: Option<Text>,
}

/// Reads what a person said before. `before` holds the earlier ballots with their counted votes and the revision of their text.
///
/// # Errors
/// What the database says.
pub fn said(
    conn: &mut AnyConn,
    ballot: &BallotRow,
    before: &[Before],
    person: PersonId,
) -> Result<Said, ActionError> {
    let mut ids: Vec<_> = before.iter().map(|one| one.ballot.id).collect();
    ids.push(ballot.id);
    let own = |one: &Before| {
        let vote = one.votes.iter().rfind(|vote| vote.person_id == person)?.clone();
        Some((one.ballot.ordinal, one.revision, vote))
    };
    Ok(Said {
        votes: before.iter().filter_map(own).collect(),
        positions: ballot_parts::positions_by(conn, &ids, person)?,
        comments: match ballot.project_id {
            Some(project) => comments::of_person_on(conn, project, person)?,
            None => Vec::new(),
        },
    })
}

/// An earlier ballot on the same matter.
pub struct Before {
    /// The ballot.
    pub ballot: BallotRow,
    /// The revision of the text it was about.
    pub revision: Option<i32>,
    /// Its votes that count, of each person the last one last.
    pub votes: Vec<VoteRow>,
}

/// The lines of the panel, votes first.
pub fn lines(file: &BallotFile) -> Vec<EarlierLine> {
    let said = &file.around.said;
    let votes = said.votes.iter().map(|(ordinal, revision, vote)| {
        let key = if revision.is_some() { "ballots-mine-vote-on" } else { "ballots-mine-vote" };
        EarlierLine {
            what: Text::said(key)
                .with("n", *ordinal)
                .with("revision", revision.unwrap_or_default())
                .with_text("vote", &Text::word("vote", vote.choice.key())),
            at: vote.cast_at.to_rfc3339(),
            said: if vote.reason.is_empty() { vote.remark.clone() } else { vote.reason.clone() },
            answer: None,
        }
    });
    let positions = said.positions.iter().map(|row| EarlierLine {
        what: Text::said("ballots-mine-argument")
            .with("clause", row.clause.as_str())
            .with_text("stance", &Text::word("stance", row.stance.key())),
        at: row.recorded_at.to_rfc3339(),
        said: row.body.clone(),
        answer: None,
    });
    let comments = said.comments.iter().map(|row| EarlierLine {
        what: Text::said("ballots-mine-comment")
            .with("n", row.serial)
            .with("clause", row.clause.as_str()),
        at: row.received_at.to_rfc3339(),
        said: row.body.clone(),
        answer: row.disposition.map(|disposition| {
            Text::said("ballots-mine-answer")
                .with_text("disposition", &Text::word("disposition", disposition.key()))
                .with("reason", row.disposition_reason.as_str())
        }),
    });
    votes.chain(positions).chain(comments).collect()
}
