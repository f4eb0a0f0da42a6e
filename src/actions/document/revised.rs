//! What was changed from one version of a text to the next, and which comments stand at each place (修改对照): what the revision note and the
//! public answer to a round are made of.

use std::collections::BTreeMap;

use quanheng_db::{conn::AnyConn, rounds};
use quanheng_domain::{
    clause::{Clause, Relation},
    comment::{Answers, Disposition},
    ids::{ProjectId, RoundId},
    people::Actor,
};
use quanheng_text::diff::{self, Pair};

use super::{
    place::{self, Placed},
    versions::{self, Compared, Version, inside},
};
use crate::ActionError;

/// A text with the comments on it, and what became of both in a later text.
#[derive(Debug, Clone)]
pub struct Revised {
    /// The earlier text.
    pub from: Version,
    /// The later text; none when there is none yet that the reader may see.
    pub to: Option<Version>,
    /// Clauses of the earlier text.
    pub old: Vec<Clause>,
    /// Clauses of the later text.
    pub new: Vec<Clause>,
    /// Both in reading order; without a later text every clause stands alone and unchanged.
    pub pairs: Vec<Pair>,
    /// Comments by the clause of the earlier text; those on the whole text under the empty name.
    pub comments: BTreeMap<String, Vec<Placed>>,
}

/// A place at which something was said or changed.
pub struct Spot<'a> {
    /// The place in both texts.
    pub pair: &'a Pair,
    /// The clause before.
    pub old: Option<&'a Clause>,
    /// The clause now.
    pub new: Option<&'a Clause>,
    /// What was said of it.
    pub comments: &'a [Placed],
}

impl Revised {
    /// The places at which something was said or changed, in reading order.
    pub fn spots(&self) -> impl Iterator<Item = Spot<'_>> {
        self.pairs.iter().filter_map(|pair| {
            let old = pair.old.map(|at| &self.old[at]);
            let new = pair.new.map(|at| &self.new[at]);
            let said = old.and_then(|clause| self.comments.get(&clause.key));
            let comments = said.map(Vec::as_slice).unwrap_or_default();
            (pair.changed || !comments.is_empty()).then_some(Spot { pair, old, new, comments })
        })
    }

    /// What was said of the text as a whole.
    pub fn on_the_whole(&self) -> &[Placed] {
        self.comments.get("").map(Vec::as_slice).unwrap_or_default()
    }

    /// Every comment, by round and number.
    pub fn all_comments(&self) -> Vec<&Placed> {
        let mut all: Vec<&Placed> = self.comments.values().flatten().collect();
        all.sort_by_key(|placed| (placed.round.ordinal, placed.comment.serial));
        all
    }
}

/// Reads what became of a text and of the comments on it; with a round, only of the comments of that round.
///
/// # Errors
/// `NotFound` when one of the texts was not read by clause or may not be read.
pub fn revised(
    conn: &mut AnyConn,
    actor: &Actor,
    from: Version,
    to: Option<Version>,
    round: Option<RoundId>,
) -> Result<Revised, ActionError> {
    let compared = match &to {
        Some(to) => versions::compared(conn, from.document.id, to.document.id)?,
        None => Compared {
            old: place::text_of(conn, Some(from.document.id))?,
            new: Vec::new(),
            links: Vec::new(),
        },
    };
    let Compared { old, new, links } = compared;
    let pairs = if to.is_some() { diff::texts(&old, &new, &links) } else { still(&old) };
    let inside = inside(&from.project, actor);
    let mut comments: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for mut placed in place::placed(conn, actor, &from.project, &from.document, &old)? {
        if round.is_some_and(|round| placed.round.id != round) {
            continue;
        }
        if !inside && placed.comment.published_at.is_none() {
            placed.comment.disposition = None;
            placed.comment.disposition_reason.clear();
            placed.comment.text_changed = None;
        }
        comments.entry(placed.key.clone()).or_default().push(placed);
    }
    Ok(Revised { from, to, old, new, pairs, comments })
}

fn still(old: &[Clause]) -> Vec<Pair> {
    let pair = |at| Pair {
        old: Some(at),
        new: None,
        relation: Relation::Same,
        sure: true,
        changed: false,
        diff: None,
    };
    (0..old.len()).map(pair).collect()
}

/// The version of a project's text that follows another and that the reader may see: what was made of the comments on it.
///
/// # Errors
/// Storage trouble.
pub fn next_of(
    conn: &mut AnyConn,
    actor: &Actor,
    from: &Version,
) -> Result<Option<Version>, ActionError> {
    let all = versions::versions(conn, actor, &from.project)?;
    let at = all.iter().position(|version| version.document.id == from.document.id);
    Ok(at.and_then(|at| all.get(at + 1)).cloned())
}

/// The figures that a revision note begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Those who were asked, and how they answered.
    pub answers: Answers,
    /// Comments.
    pub comments: usize,
    /// Taken up.
    pub accepted: usize,
    /// Taken up in part.
    pub partly: usize,
    /// Not taken up.
    pub rejected: usize,
    /// Merged into others.
    pub merged: usize,
    /// Not settled.
    pub open: usize,
}

/// Counts the comments of the rounds on a text, and those who were asked in them.
///
/// # Errors
/// Storage trouble.
pub fn figures(
    conn: &mut AnyConn,
    project: ProjectId,
    revised: &Revised,
) -> Result<Figures, ActionError> {
    let mut asked = Vec::new();
    for round in rounds::of_project(conn, project)? {
        if round.document_id == Some(revised.from.document.id) {
            asked.extend(rounds::recipients_of(conn, round.id)?);
        }
    }
    let all = revised.all_comments();
    let with = |code: Option<Disposition>| {
        all.iter().filter(|placed| placed.comment.disposition == code).count()
    };
    let rejected = with(Some(Disposition::Rejected));
    Ok(Figures {
        answers: Answers::count(asked.iter().map(|line| line.answer)),
        comments: all.len() - with(Some(Disposition::Withdrawn)),
        accepted: with(Some(Disposition::Accepted)),
        partly: with(Some(Disposition::Partly)),
        rejected,
        merged: with(Some(Disposition::Merged)),
        open: with(None) + with(Some(Disposition::Pending)),
    })
}
