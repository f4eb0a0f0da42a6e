//! Two rounds of one project side by side (两轮意见对照): which comments are new, made again, resolved, declined or taken back.
//!
//! Nothing of it is stored: it follows from where the comments stand in the later draft, how alike their words are, and how they were settled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use quanheng_db::{
    clauses, comments,
    conn::AnyConn,
    documents::{self, DocumentRow},
    rounds::{self, CommentRow, RoundRow},
};
use quanheng_domain::{
    comment::{Disposition, Reaction},
    course::Course,
    ids::CommentId,
    people::Actor,
};
use quanheng_text::likeness::Trigrams;

use super::case::Case;
use crate::{
    ActionError,
    document::{may_know, may_read, place, versions::inside},
    names::fold,
};

/// How alike two comments on the same clause are, per mille, when the later says again what the earlier said.
const ALIKE: u16 = 500;
/// The same between comments of one author, who is likelier to come back to a matter than to raise another at the same clause.
const ALIKE_OF_ONE: u16 = 350;

/// What became of a comment; at least one of the two is there.
#[derive(Debug, Clone)]
pub struct Line {
    /// What became of it.
    pub course: Course,
    /// The comment of the earlier round.
    pub earlier: Option<CommentRow>,
    /// The comment of the later round.
    pub later: Option<CommentRow>,
    /// Clause of the later draft at which it stands; empty for the whole text and where the clause is gone.
    pub key: String,
}

/// Two rounds compared.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The round before.
    pub earlier: RoundRow,
    /// The later round.
    pub later: RoundRow,
    /// The draft of the earlier round, as far as the reader may see it.
    pub former: Option<DocumentRow>,
    /// The draft of the later round, as far as the reader may see it.
    pub draft: Option<DocumentRow>,
    /// The comments: those of the later round in the order of their numbers, after those of the earlier one.
    pub lines: Vec<Line>,
}

/// Compares a round with the one before it, as far as the reader may see the comments of both; none for the first round of a project.
///
/// # Errors
/// `NotFound` for rounds that one may not know of.
pub fn compared(
    conn: &mut AnyConn,
    actor: &Actor,
    later: &Case,
) -> Result<Option<Compared>, ActionError> {
    if !may_know(&later.project, actor) {
        return Err(ActionError::NotFound);
    }
    let all = rounds::of_project(conn, later.project.id)?;
    let Some(earlier) = all.into_iter().rfind(|row| row.ordinal < later.round.ordinal) else {
        return Ok(None);
    };
    let text = place::text_of(conn, later.round.document_id)?;
    let before = seen(conn, actor, later, &earlier)?;
    let after = seen(conn, actor, later, &later.round)?;
    let draft = readable(conn, actor, later, &later.round)?;
    let places: HashMap<CommentId, String> = match later.round.document_id {
        Some(document) => clauses::places_in(conn, document)?
            .into_iter()
            .map(|row| (row.comment_id, row.clause_key))
            .collect(),
        None => HashMap::new(),
    };
    // The number that an earlier comment names may be another clause's by now, unless both rounds are about the same draft.
    let same = earlier.document_id == later.round.document_id;
    let names = place::Names::of(&text);
    let stand = |row: CommentRow, here: bool| Stand::of(row, &places, &names, here);
    let before: Vec<Stand> = before.into_iter().map(|row| stand(row, same)).collect();
    let after: Vec<Stand> = after.into_iter().map(|row| stand(row, true)).collect();
    let agreed = agreed(conn, &earlier)?;
    let lines = lines(before, after, &agreed);
    let former = readable(conn, actor, later, &earlier)?;
    Ok(Some(Compared { earlier, later: later.round.clone(), former, draft, lines }))
}

fn readable(
    conn: &mut AnyConn,
    actor: &Actor,
    case: &Case,
    round: &RoundRow,
) -> Result<Option<DocumentRow>, ActionError> {
    let Some(id) = round.document_id else { return Ok(None) };
    let row = documents::get(conn, id)?;
    Ok(row.filter(|row| row.withdrawn_at.is_none() && may_read(&case.project, row, actor)))
}

/// The comments of a round that the reader may see, without answers that are not published to those outside.
fn seen(
    conn: &mut AnyConn,
    actor: &Actor,
    case: &Case,
    round: &RoundRow,
) -> Result<Vec<CommentRow>, ActionError> {
    let inside = inside(&case.project, actor);
    let me = actor.person().map(|person| person.person);
    let mut found = rounds::confirmed_comments(conn, round.id)?;
    found.retain(|row| inside || (me.is_some() && row.person_id == me) || place::is_public(row));
    for row in &mut found {
        let withdrawn = row.disposition == Some(Disposition::Withdrawn);
        if !inside && row.published_at.is_none() && !withdrawn {
            row.disposition = None;
            row.disposition_reason.clear();
        }
    }
    Ok(found)
}

/// The comments whose authors last said that they agree with the answer.
fn agreed(conn: &mut AnyConn, round: &RoundRow) -> Result<BTreeSet<CommentId>, ActionError> {
    let mut last = BTreeMap::new();
    for said in comments::reactions_in(conn, round.id)? {
        last.insert(said.comment_id, said.reaction);
    }
    Ok(last.into_iter().filter(|(_, said)| *said == Reaction::Agrees).map(|(id, _)| id).collect())
}

/// A comment with what it is compared by.
struct Stand {
    row: CommentRow,
    /// Clause of the later draft; a clause that it does not have is known by its folded name.
    at: String,
    key: String,
    words: String,
    trigrams: Trigrams,
}

impl Stand {
    fn of(
        row: CommentRow,
        places: &HashMap<CommentId, String>,
        text: &place::Names<'_>,
        here: bool,
    ) -> Self {
        let named = || text.named(&row.clause).filter(|_| here);
        let key = match places.get(&row.id) {
            Some(key) => key.clone(),
            None => named().map_or_else(String::new, |clause| clause.key.clone()),
        };
        let bare = fold(&row.clause);
        let at = match key.is_empty() {
            false => key.clone(),
            true if bare.is_empty() || text.is_empty() || here => bare,
            // No clause of the later draft has such a name.
            true => format!("?{bare}"),
        };
        let words = format!("{}\n{}", row.body, row.proposal);
        Self { at, trigrams: Trigrams::of(&words), words: fold(&words), key, row }
    }

    fn same_author(&self, other: &Self) -> bool {
        let contact = |row: &CommentRow| row.author_contact.to_lowercase();
        match (self.row.person_id, other.row.person_id) {
            (Some(one), Some(another)) => one == another,
            _ => !self.row.author_contact.is_empty() && contact(&self.row) == contact(&other.row),
        }
    }
}

fn lines(before: Vec<Stand>, after: Vec<Stand>, agreed: &BTreeSet<CommentId>) -> Vec<Line> {
    let mut here: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut worded: HashMap<&str, usize> = HashMap::new();
    for (at, stand) in before.iter().enumerate() {
        if stand.row.disposition != Some(Disposition::Withdrawn) {
            here.entry(&stand.at).or_default().push(at);
            worded.entry(&stand.words).or_insert(at);
        }
    }
    let found: Vec<Option<usize>> = after
        .iter()
        .map(|stand| {
            if stand.row.disposition == Some(Disposition::Withdrawn) {
                return None;
            }
            let near = here.get(stand.at.as_str()).into_iter().flatten().copied();
            let scored = near.filter_map(|at| {
                let alike = before[at].trigrams.alike(&stand.trigrams);
                let least = if before[at].same_author(stand) { ALIKE_OF_ONE } else { ALIKE };
                // Of the equally alike the first, which is the one with the smaller number.
                (alike >= least).then_some((alike, std::cmp::Reverse(at)))
            });
            let best = scored.max().map(|(_, std::cmp::Reverse(at))| at);
            best.or_else(|| worded.get(stand.words.as_str()).copied())
        })
        .collect();
    let again: BTreeSet<usize> = found.iter().flatten().copied().collect();
    let settled = settled(&before);
    let mut lines: Vec<Line> = Vec::new();
    for (at, stand) in before.iter().enumerate().filter(|(at, _)| !again.contains(at)) {
        let course = Course::of_earlier(settled[at], false, agreed.contains(&stand.row.id));
        let key = stand.key.clone();
        lines.push(Line { course, earlier: Some(stand.row.clone()), later: None, key });
    }
    for (stand, found) in after.into_iter().zip(found) {
        let withdrawn = stand.row.disposition == Some(Disposition::Withdrawn);
        lines.push(Line {
            course: match found {
                Some(_) => Course::Repeated,
                None if withdrawn => Course::Withdrawn,
                None => Course::New,
            },
            earlier: found.map(|at| before[at].row.clone()),
            later: Some(stand.row),
            key: stand.key,
        });
    }
    lines
}

/// How each comment was settled, merged ones as those that they were merged into.
fn settled(all: &[Stand]) -> Vec<Option<Disposition>> {
    let by_id: HashMap<CommentId, &CommentRow> =
        all.iter().map(|stand| (stand.row.id, &stand.row)).collect();
    let end = |row: &CommentRow| {
        let (mut at, mut seen) = (row, BTreeSet::new());
        while at.disposition == Some(Disposition::Merged) && seen.insert(at.id) {
            match at.duplicate_of.and_then(|id| by_id.get(&id)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at.disposition
    };
    all.iter().map(|stand| end(&stand.row)).collect()
}
