//! What the desk knows of a round, read in one snapshot.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_actions::round::case::not_yours;
use quanheng_actions::{ActionError, document::may_know, names::fold, round::Case};
use quanheng_db::comments::{self, ReactionRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::{self, DeadlineRow};
use quanheng_db::rounds::{self, CommentRow, RecipientRow};
use quanheng_domain::comment::clause_order;
use quanheng_domain::ids::{CommentId, RoundId};
use quanheng_domain::lifecycle::{DeadlineKind, RoundStatus};
use quanheng_domain::people::{Actor, Party};

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
    Ok(DeskFile {
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

/// Comments of the same words, whatever their width and spacing (edge case 17).
fn alike(all: &[CommentRow]) -> BTreeMap<CommentId, (i32, usize)> {
    let mut groups: BTreeMap<String, Vec<&CommentRow>> = BTreeMap::new();
    for row in all {
        groups.entry(fold(&row.body)).or_default().push(row);
    }
    let mut found = BTreeMap::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let first = group.iter().map(|row| row.serial).min().unwrap_or_default();
        found.extend(group.iter().map(|row| (row.id, (first, group.len()))));
    }
    found
}
