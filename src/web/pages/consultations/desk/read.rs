//! What the desk knows of a round, read in one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::round::care;
use quanheng_actions::round::case::not_yours;
use quanheng_actions::{ActionError, document::may_know, names::fold, round::Case};
use quanheng_db::comment_care::{self, CareRow, NoteRow, StockReasonRow};
use quanheng_db::comment_counts::{self, Counts};
use quanheng_db::comment_files::CommentFileRow;
use quanheng_db::comment_index;
use quanheng_db::comments::{self, ReactionRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_db::register;
use quanheng_db::rounds::{self, CommentRow, RecipientRow};
use quanheng_domain::comment::Reaction;
use quanheng_domain::deadline;
use quanheng_domain::ids::{CommentId, PersonId, RoundId};
use quanheng_domain::lifecycle::{DeadlineKind, RoundStatus};
use quanheng_domain::people::{Actor, Party};

use super::sieve::Sieve;

/// A round as those see it who settle its comments.
pub struct DeskFile {
    /// The round and its project.
    pub case: Case,
    /// The comments of this page, by clause as the text counts them.
    pub rows: Vec<CommentRow>,
    /// How many comments fit what was chosen.
    pub total: u64,
    /// How many there are of each sort.
    pub counts: Counts,
    /// Whether comments came that the index does not hold yet.
    pub behind: bool,
    /// How many authors object to the answer.
    pub objected: u64,
    /// Serial numbers, for merges.
    pub serials: BTreeMap<CommentId, i32>,
    /// Comments whose words others have sent as well: the first of them, and how many there are.
    pub alike: BTreeMap<CommentId, (i32, u64)>,
    /// What is kept of comments for the desk alone.
    pub care: BTreeMap<CommentId, CareRow>,
    /// Notes on comments, with the name of who wrote them.
    pub notes: BTreeMap<CommentId, Vec<(NoteRow, String)>>,
    /// Files that came with comments.
    pub files: BTreeMap<CommentId, Vec<CommentFileRow>>,
    /// Those who may look after comments, by identity.
    pub owners: BTreeMap<PersonId, String>,
    /// Reasons in stock, in the order of their numbers.
    pub stock: Vec<StockReasonRow>,
    /// Comments into which others were merged: how many, and of how many units.
    pub merged: BTreeMap<CommentId, (usize, usize)>,
    /// Whether the actor confirms rulings.
    pub confirms: bool,
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

/// Which part of the list is read.
#[derive(Clone)]
pub struct Part {
    /// What was chosen.
    pub sieve: Sieve,
    /// Comments on a page.
    pub size: u64,
    /// A comment that is shown although it does not fit what was chosen.
    pub besides: Option<i32>,
}

/// Clauses told among the busiest.
const BUSIEST: i64 = 5;

/// A round for somebody who settles its comments.
fn settled_by(conn: &mut AnyConn, id: RoundId, actor: &Actor) -> Result<Case, ActionError> {
    let case = Case::read(conn, id)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    Ok(case)
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
    part: &Part,
) -> Result<DeskFile, ActionError> {
    let case = settled_by(conn, id, actor)?;
    let mut reactions = BTreeMap::new();
    for row in comments::reactions_in(conn, id)? {
        reactions.insert(row.comment_id, row);
    }
    let objecting: Vec<CommentId> = reactions
        .values()
        .filter(|said| said.reaction == Reaction::Objects)
        .map(|said| said.comment_id)
        .collect();
    let objected = objecting.len() as u64;
    let me = actor.person().map(|person| person.person);
    let wanted = part.sieve.wanted(me, objecting, part.besides);
    let total = comment_index::count(conn, id, &wanted)?;
    let pages = total.div_ceil(part.size.max(1)).max(1);
    let offset = (part.sieve.page().min(pages) - 1) * part.size;
    let span = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = comment_index::page(conn, id, &wanted, (span(part.size), span(offset)))?;
    let due = due(conn, &case)?;
    let beside = beside(conn, id, &rows)?;
    let counts = comment_counts::of_round(conn, id, BUSIEST)?;
    let mut owners = care::owners(conn, &case, deadline::day_of(now))?;
    let others: BTreeSet<PersonId> = counts.owners.iter().map(|(id, _)| *id).collect();
    let names = names(conn, others, &beside.notes, &owners)?;
    // Who looked after a comment once is named although the project was left since.
    for (owner, _) in &counts.owners {
        if let Some(name) = names.get(owner) {
            owners.entry(*owner).or_insert_with(|| name.clone());
        }
    }
    Ok(DeskFile {
        stock: comment_care::stock_of(conn, care::holder(&case))?,
        merged: beside.merged,
        confirms: care::confirms(&case, actor),
        care: beside.care,
        notes: by_comment(beside.notes, &names),
        files: beside.files,
        owners,
        serials: beside.serials,
        alike: beside.alike,
        rows,
        total,
        behind: i64::try_from(counts.all) != Ok(comment_index::known(conn, id)?),
        counts,
        objected,
        reactions,
        asked: rounds::recipients_of(conn, id)?,
        due,
        secretariat: case.parties(actor).contains(&Party::Secretariat),
        case,
        now,
    })
}

/// Reads one comment of a desk, for its own page: no figures, nothing of the others.
///
/// # Errors
/// As [`read`]; `NotFound` for comments of other rounds.
pub fn one(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
    comment: CommentId,
) -> Result<DeskFile, ActionError> {
    let case = settled_by(conn, id, actor)?;
    let row = comments::find(conn, comment)?
        .filter(|row| row.round_id == id && row.confirmed_at.is_some())
        .ok_or(ActionError::NotFound)?;
    let said = comments::reactions_to(conn, comment)?;
    let rows = vec![row];
    let beside = beside(conn, id, &rows)?;
    let owners = care::owners(conn, &case, deadline::day_of(now))?;
    let names = names(conn, BTreeSet::new(), &beside.notes, &owners)?;
    Ok(DeskFile {
        rows,
        total: 1,
        counts: Counts::default(),
        behind: false,
        objected: 0,
        serials: beside.serials,
        alike: beside.alike,
        care: beside.care,
        notes: by_comment(beside.notes, &names),
        files: beside.files,
        owners,
        stock: comment_care::stock_of(conn, care::holder(&case))?,
        merged: beside.merged,
        confirms: care::confirms(&case, actor),
        reactions: said.into_iter().map(|row| (row.comment_id, row)).collect(),
        asked: Vec::new(),
        due: None,
        secretariat: case.parties(actor).contains(&Party::Secretariat),
        case,
        now,
    })
}

fn due(conn: &mut AnyConn, case: &Case) -> Result<Option<DeadlineRow>, ActionError> {
    let wanted = match case.round.status {
        RoundStatus::Running => DeadlineKind::RoundEnd,
        _ => DeadlineKind::DispositionEnd,
    };
    let open = deadlines::open_of(conn, case.project.id.cast())?;
    Ok(open.into_iter().find(|row| row.kind == wanted))
}

/// What stands beside the comments of a page.
struct Beside {
    serials: BTreeMap<CommentId, i32>,
    alike: BTreeMap<CommentId, (i32, u64)>,
    care: BTreeMap<CommentId, CareRow>,
    notes: Vec<NoteRow>,
    files: BTreeMap<CommentId, Vec<CommentFileRow>>,
    merged: BTreeMap<CommentId, (usize, usize)>,
}

fn beside(conn: &mut AnyConn, round: RoundId, rows: &[CommentRow]) -> Result<Beside, ActionError> {
    let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
    let targets: Vec<CommentId> = rows.iter().filter_map(|row| row.duplicate_of).collect();
    let care = comment_counts::care(conn, &ids)?;
    let alike = comment_counts::alike(conn, round, &ids)?;
    let mut files: BTreeMap<CommentId, Vec<CommentFileRow>> = BTreeMap::new();
    for file in comment_counts::files(conn, &ids)? {
        files.entry(file.comment_id).or_default().push(file);
    }
    Ok(Beside {
        serials: comment_counts::serials(conn, &targets)?.into_iter().collect(),
        alike: alike
            .into_iter()
            .filter(|(_, _, size)| *size > 1)
            .map(|(id, first, size)| (id, (first, size)))
            .collect(),
        care: care.into_iter().map(|row| (row.comment_id, row)).collect(),
        notes: comment_counts::notes(conn, &ids)?,
        files,
        merged: merged(comment_counts::merged(conn, &ids)?),
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
    owners: BTreeSet<PersonId>,
    notes: &[NoteRow],
    known: &BTreeMap<PersonId, String>,
) -> Result<BTreeMap<PersonId, String>, ActionError> {
    let mut all = owners;
    all.extend(notes.iter().map(|note| note.person_id));
    let unknown: Vec<PersonId> =
        all.into_iter().filter(|person| !known.contains_key(person)).collect();
    let mut names = known.clone();
    let people = register::people_by(conn, &unknown)?;
    names.extend(people.into_iter().map(|person| (person.id, person.name_zh)));
    Ok(names)
}

/// How many comments were merged into each, and of how many units: the supporters of one answer.
fn merged(rows: Vec<(Option<CommentId>, String, String)>) -> BTreeMap<CommentId, (usize, usize)> {
    let mut found: BTreeMap<CommentId, (usize, BTreeSet<String>)> = BTreeMap::new();
    for (target, unit, name) in rows {
        let Some(target) = target else { continue };
        let (count, units) = found.entry(target).or_default();
        *count += 1;
        units.insert(fold(if unit.is_empty() { &name } else { &unit }));
    }
    found.into_iter().map(|(id, (count, units))| (id, (count, units.len()))).collect()
}
