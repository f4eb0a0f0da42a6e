//! What the page of a round shows, read in one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::project::load::standing;
use quanheng_actions::round::Case;
use quanheng_actions::{ActionError, document};
use quanheng_db::comment_counts;
use quanheng_db::comment_files::{self, CommentFileRow};
use quanheng_db::comment_watch;
use quanheng_db::comments;
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register::{self, CommitteeRow};
use quanheng_db::round_comments::{self, Seen};
use quanheng_db::rounds::{self, CommentRow, RecipientRow, RoundRow};
use quanheng_db::unit_remarks;
use quanheng_domain::ids::{CommentId, PersonId, RoundId};
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::{Actor, Party};

/// How much of the comments is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// None of them.
    Nothing,
    /// So many from an offset on, with the figures of all.
    Slice(i64, i64),
    /// All that the actor may read.
    Whole,
}

/// A round with everything its page shows to this actor.
pub struct RoundFile {
    /// The round.
    pub round: RoundRow,
    /// Its project.
    pub project: ProjectRow,
    /// The committee.
    pub committee: Option<CommitteeRow>,
    /// The draft that is put to comment, if the actor may read it.
    pub draft: Option<DocumentRow>,
    /// Whether the actor works on it or has a seat in the committee.
    pub inside: bool,
    /// Whether the actor settles its comments.
    pub settles: bool,
    /// Whether the actor is of the secretariat, which enters what comes on paper.
    pub secretariat: bool,
    /// Comments the actor may read, by serial number.
    pub comments: Vec<CommentRow>,
    /// Files of the comments.
    pub files: BTreeMap<CommentId, Vec<CommentFileRow>>,
    /// Confirmed comments of the public that the secretariat has to look at before they count; zero for others.
    pub held: i64,
    /// Whether the unit of the reader was asked, so that its people gather what they say.
    pub unit: bool,
    /// How many comments the actor may read.
    pub total: i64,
    /// How many of the comments are settled.
    pub settled: i64,
    /// Whether the actor has a comment in the round.
    pub mine: bool,
    /// The comments into which those that were read are merged: they bear the answer.
    pub targets: BTreeMap<CommentId, CommentRow>,
    /// Those who are asked; only for the inside.
    pub asked: Vec<RecipientRow>,
    /// The actor, if signed in.
    pub me: Option<PersonId>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// Reads the file with all comments; a round of a project the actor may not know of does not exist.
pub fn read(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<RoundFile, ActionError> {
    read_part(conn, id, actor, now, Extent::Whole)
}

/// As [`read`], with a part of the comments.
pub fn read_part(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
    extent: Extent,
) -> Result<RoundFile, ActionError> {
    let round = rounds::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let project = projects::find(conn, round.project_id)?.ok_or(ActionError::NotFound)?;
    if !document::may_know(&project, actor) {
        return Err(ActionError::NotFound);
    }
    let parties = actor.parties(&standing(&project).owners);
    let case = Case { round, project };
    let settles = case.settles(actor);
    let Case { round, project } = case;
    let inside = document::place::reads_all(actor, &project);
    let committee =
        project.committee_id.map(|id| register::committee(conn, id)).transpose()?.flatten();
    let draft = round.document_id.map(|id| documents::get(conn, id)).transpose()?.flatten();
    let draft = draft
        .filter(|draft| draft.withdrawn_at.is_none() && document::may_read(&project, draft, actor));
    let me = actor.person().map(|person| person.person);
    let seen = if inside { Seen::All } else { Seen::Public { own: me } };
    let part = comments_of(conn, id, seen, extent)?;
    let (settled, mine) = figures(conn, id, me, &part)?;
    let secretariat = parties.contains(&Party::Secretariat);
    let held = if secretariat { comment_watch::waiting_in(conn, id)? } else { 0 };
    let unit = gathers(conn, &round, actor, &parties)?;
    let asked = if inside { rounds::recipients_of(conn, id)? } else { Vec::new() };
    Ok(RoundFile {
        round,
        project,
        committee,
        draft,
        inside,
        settles,
        secretariat,
        comments: part.comments,
        files: part.files,
        held,
        unit,
        total: part.total,
        settled,
        mine,
        targets: part.targets,
        asked,
        me,
        now,
    })
}

/// Whether the unit of the reader was asked in a running round; drafters answer comments and send none.
fn gathers(
    conn: &mut AnyConn,
    round: &RoundRow,
    actor: &Actor,
    parties: &BTreeSet<Party>,
) -> Result<bool, ActionError> {
    if round.status != RoundStatus::Running || parties.contains(&Party::Drafter) {
        return Ok(false);
    }
    let Some(person) = actor.person() else { return Ok(false) };
    let asked = unit_remarks::asked_through(conn, person.person)?;
    Ok(asked.iter().any(|(running, _)| running.id == round.id))
}

/// Comments with what belongs to them.
#[derive(Default)]
struct Part {
    comments: Vec<CommentRow>,
    files: BTreeMap<CommentId, Vec<CommentFileRow>>,
    targets: BTreeMap<CommentId, CommentRow>,
    total: i64,
    /// Whether there are further comments than these.
    more: bool,
}

/// How many comments are settled, and whether the reader wrote one: told by the comments at hand where they are all.
fn figures(
    conn: &mut AnyConn,
    id: RoundId,
    me: Option<PersonId>,
    part: &Part,
) -> Result<(i64, bool), ActionError> {
    if part.more {
        let own = me.map(|me| round_comments::has_own(conn, id, me)).transpose()?;
        return Ok((round_comments::settled(conn, id)?, own == Some(true)));
    }
    let settled = |row: &&CommentRow| row.disposition.is_some_and(|code| code.is_settled());
    let done = part.comments.iter().filter(settled).count();
    let mine = part.comments.iter().any(|row| me.is_some() && row.person_id == me);
    Ok((i64::try_from(done).unwrap_or(i64::MAX), mine))
}

fn comments_of(
    conn: &mut AnyConn,
    id: RoundId,
    seen: Seen,
    extent: Extent,
) -> Result<Part, ActionError> {
    let slice = match extent {
        Extent::Nothing => return Ok(Part::default()),
        Extent::Slice(limit, offset) => (limit, offset),
        Extent::Whole => (i64::MAX, 0),
    };
    let comments = round_comments::slice(conn, id, seen, slice)?;
    let read = i64::try_from(comments.len()).unwrap_or(i64::MAX);
    // What came back short has no further comments behind it.
    let all = slice.1 == 0 && read < slice.0;
    let total = if all { read } else { round_comments::count(conn, id, seen)? };
    let ids: Vec<CommentId> = comments.iter().map(|row| row.id).collect();
    let found = match extent {
        Extent::Slice(..) => comment_counts::files(conn, &ids)?,
        _ => comment_files::of_round(conn, id)?,
    };
    let mut files: BTreeMap<CommentId, Vec<CommentFileRow>> = BTreeMap::new();
    for row in found {
        files.entry(row.comment_id).or_default().push(row);
    }
    let targets = targets(conn, &comments)?;
    Ok(Part { comments, files, targets, total, more: !all })
}

/// The comments into which others are merged.
pub fn targets(
    conn: &mut AnyConn,
    merged: &[CommentRow],
) -> Result<BTreeMap<CommentId, CommentRow>, ActionError> {
    let mut ids: Vec<CommentId> = merged.iter().filter_map(|row| row.duplicate_of).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = BTreeMap::new();
    // The databases bound the number of values of a statement.
    for portion in ids.chunks(500) {
        found.extend(comments::by_ids(conn, portion)?.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

impl RoundFile {
    /// Whether comments are taken now.
    pub fn is_running(&self) -> bool {
        self.round.status == RoundStatus::Running
            && self.round.opens_at <= self.now
            && self.now < self.round.closes_at
    }

    /// Name and unit as this actor may see them: those outside only where the author agreed.
    pub fn author(&self, row: &CommentRow) -> Option<(String, String)> {
        (self.inside || row.publish_name)
            .then(|| (row.author_name.clone(), row.author_unit.clone()))
    }

    /// Number of the comment into which one is merged.
    pub fn merged_into(&self, row: &CommentRow) -> Option<i32> {
        row.duplicate_of.and_then(|id| self.targets.get(&id)).map(|target| target.serial)
    }

    /// The line of the actor among those who are asked and have not answered.
    pub fn owed(&self) -> Option<&RecipientRow> {
        self.asked.iter().find(|line| {
            line.person_id.is_some() && line.person_id == self.me && line.answered_at.is_none()
        })
    }
}
