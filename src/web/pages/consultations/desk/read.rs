//! What the desk knows of a round, read in one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::round::care;
use quanheng_actions::round::case::not_yours;
use quanheng_actions::{ActionError, document::may_know, names::fold, round::Case};
use quanheng_db::comment_care::{self, CareRow, NoteRow, StockReasonRow};
use quanheng_db::comments::{self, ReactionRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_db::register;
use quanheng_db::rounds::{self, CommentRow, RecipientRow};
use quanheng_domain::comment::clause_order;
use quanheng_domain::deadline;
use quanheng_domain::ids::{CommentId, PersonId, RoundId};
use quanheng_domain::lifecycle::{DeadlineKind, RoundStatus};
use quanheng_domain::people::{Actor, Party};
use quanheng_text::likeness;

/// A round as those see it who settle its comments.
pub struct DeskFile {
    /// The round and its project.
    pub case: Case,
    /// All confirmed comments, by clause as the text counts them.
    pub comments: Vec<CommentRow>,
    /// Serial numbers, for merges.
    pub serials: BTreeMap<CommentId, i32>,
    /// Comments whose words others have sent as well: the first of them, and how many there are.
    pub alike: BTreeMap<CommentId, (i32, usize)>,
    /// What is kept of comments for the desk alone.
    pub care: BTreeMap<CommentId, CareRow>,
    /// Notes on comments, with the name of who wrote them.
    pub notes: BTreeMap<CommentId, Vec<(NoteRow, String)>>,
    /// Those who may look after comments, by identity.
    pub owners: BTreeMap<PersonId, String>,
    /// Reasons in stock, in the order of their numbers.
    pub stock: Vec<StockReasonRow>,
    /// Comments into which others were merged: how many, and of how many units.
    pub merged: BTreeMap<CommentId, (usize, usize)>,
    /// Whether the actor confirms rulings.
    pub confirms: bool,
    /// The actor.
    pub me: Option<PersonId>,
    /// What authors said last to the answers.
    pub reactions: BTreeMap<CommentId, ReactionRow>,
    /// Those who were asked.
    pub asked: Vec<RecipientRow>,
    /// What runs out next for this round.
    pub due: Option<DeadlineRow>,
    /// Whether the actor is of the secretariat, which enters, admits, hides and takes withdrawals.
    pub secretariat: bool,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// Reads the desk of a round for somebody who settles its comments.
///
/// # Errors
/// `NotFound` for rounds one may not know of, a refusal for all who do not settle comments here.
pub fn read(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<DeskFile, ActionError> {
    let case = Case::read(conn, id)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    let mut all = rounds::confirmed_comments(conn, id)?;
    all.sort_by_cached_key(|row| (clause_order(&row.clause), row.serial));
    let mut reactions = BTreeMap::new();
    for row in comments::reactions_in(conn, id)? {
        reactions.insert(row.comment_id, row);
    }
    let wanted = match case.round.status {
        RoundStatus::Running => DeadlineKind::RoundEnd,
        _ => DeadlineKind::DispositionEnd,
    };
    let due = deadlines::open_of(conn, case.project.id.cast())?
        .into_iter()
        .find(|row| row.kind == wanted);
    let mut owners = care::owners(conn, &case, deadline::day_of(now))?;
    let care: BTreeMap<CommentId, CareRow> =
        comment_care::of_round(conn, id)?.into_iter().map(|row| (row.comment_id, row)).collect();
    let written = comment_care::notes_of_round(conn, id)?;
    let names = names(conn, &care, &written, &owners)?;
    // Who looked after a comment once is named although the project was left since.
    for owner in care.values().filter_map(|row| row.owner_id) {
        if let Some(name) = names.get(&owner) {
            owners.entry(owner).or_insert_with(|| name.clone());
        }
    }
    let notes = by_comment(written, &names);
    Ok(DeskFile {
        stock: comment_care::stock_of(conn, care::holder(&case))?,
        merged: merged(&all),
        confirms: care::confirms(&case, actor),
        me: actor.person().map(|person| person.person),
        care,
        notes,
        owners,
        serials: all.iter().map(|row| (row.id, row.serial)).collect(),
        alike: alike(&all),
        comments: all,
        reactions,
        asked: rounds::recipients_of(conn, id)?,
        due,
        secretariat: case.parties(actor).contains(&Party::Secretariat),
        case,
        now,
    })
}

/// The notes of each comment with the names of those who wrote them.
fn by_comment(
    written: Vec<NoteRow>,
    names: &BTreeMap<PersonId, String>,
) -> BTreeMap<CommentId, Vec<(NoteRow, String)>> {
    let mut notes: BTreeMap<CommentId, Vec<(NoteRow, String)>> = BTreeMap::new();
    for note in written {
        let name = names.get(&note.person_id).cloned().unwrap_or_default();
        notes.entry(note.comment_id).or_default().push((note, name));
    }
    notes
}

/// Names of all who look after comments or wrote notes.
fn names(
    conn: &mut AnyConn,
    care: &BTreeMap<CommentId, CareRow>,
    notes: &[NoteRow],
    known: &BTreeMap<PersonId, String>,
) -> Result<BTreeMap<PersonId, String>, ActionError> {
    let owners = care.values().filter_map(|row| row.owner_id);
    let all: BTreeSet<PersonId> = owners.chain(notes.iter().map(|note| note.person_id)).collect();
    let unknown: Vec<PersonId> =
        all.into_iter().filter(|person| !known.contains_key(person)).collect();
    let mut names = known.clone();
    let people = register::people_by(conn, &unknown)?;
    names.extend(people.into_iter().map(|person| (person.id, person.name_zh)));
    Ok(names)
}

/// How many comments were merged into each, and of how many units: the supporters of one answer.
fn merged(all: &[CommentRow]) -> BTreeMap<CommentId, (usize, usize)> {
    let mut found: BTreeMap<CommentId, (usize, BTreeSet<String>)> = BTreeMap::new();
    for row in all {
        let Some(target) = row.duplicate_of else { continue };
        let (count, units) = found.entry(target).or_default();
        *count += 1;
        let unit = if row.author_unit.is_empty() { &row.author_name } else { &row.author_unit };
        units.insert(fold(unit));
    }
    found.into_iter().map(|(id, (count, units))| (id, (count, units.len()))).collect()
}

/// From which likeness on two comments say the same, per mille: one or two words of a sentence may differ.
const ALIKE: u16 = 850;

/// Comments of the same or nearly the same words (edge case 17).
fn alike(all: &[CommentRow]) -> BTreeMap<CommentId, (i32, usize)> {
    let said: Vec<String> =
        all.iter().map(|row| fold(&format!("{}{}", row.body, row.proposal))).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let mut groups: BTreeMap<usize, Vec<&CommentRow>> = BTreeMap::new();
    for (row, first) in all.iter().zip(likeness::groups(&said, ALIKE)) {
        groups.entry(first).or_default().push(row);
    }
    let mut found = BTreeMap::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let first = group.iter().map(|row| row.serial).min().unwrap_or_default();
        found.extend(group.iter().map(|row| (row.id, (first, group.len()))));
    }
    found
}
