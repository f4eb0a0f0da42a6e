//! What the page of a round shows, read in one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::project::load::standing;
use quanheng_actions::round::Case;
use quanheng_actions::{ActionError, document};
use quanheng_db::comment_files::{self, CommentFileRow};
use quanheng_db::comment_watch;
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register::{self, CommitteeRow};
use quanheng_db::rounds::{self, CommentRow, RecipientRow, RoundRow};
use quanheng_db::unit_remarks;
use quanheng_domain::comment::Disposition;
use quanheng_domain::ids::{CommentId, PersonId, RoundId};
use quanheng_domain::lifecycle::RoundStatus;
use quanheng_domain::people::{Actor, Party};

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
    /// Serial numbers of all comments, for merges.
    pub serials: BTreeMap<CommentId, i32>,
    /// Those who are asked; only for the inside.
    pub asked: Vec<RecipientRow>,
    /// The actor, if signed in.
    pub me: Option<PersonId>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// Reads the file; a round of a project the actor may not know of does not exist.
pub fn read(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: DateTime<Utc>,
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
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    let inside = seated || parties.iter().any(|party| *party != Party::Anyone);
    let committee =
        project.committee_id.map(|id| register::committee(conn, id)).transpose()?.flatten();
    let draft = round.document_id.map(|id| documents::get(conn, id)).transpose()?.flatten();
    let draft = draft
        .filter(|draft| draft.withdrawn_at.is_none() && document::may_read(&project, draft, actor));
    let me = actor.person().map(|person| person.person);
    let all = rounds::confirmed_comments(conn, id)?;
    let serials = all.iter().map(|row| (row.id, row.serial)).collect();
    let comments = all
        .into_iter()
        .filter(|row| inside || (me.is_some() && row.person_id == me) || is_public(row))
        .collect();
    let mut files: BTreeMap<CommentId, Vec<CommentFileRow>> = BTreeMap::new();
    for row in comment_files::of_round(conn, id)? {
        files.entry(row.comment_id).or_default().push(row);
    }
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
        comments,
        files,
        held,
        unit,
        serials,
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

/// Whether everybody may read the comment: its answer is published, and nobody hid or took it back.
fn is_public(row: &CommentRow) -> bool {
    row.published_at.is_some()
        && row.hidden_reason.is_empty()
        && row.disposition != Some(Disposition::Withdrawn)
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

    /// The line of the actor among those who are asked and have not answered.
    pub fn owed(&self) -> Option<&RecipientRow> {
        self.asked.iter().find(|line| {
            line.person_id.is_some() && line.person_id == self.me && line.answered_at.is_none()
        })
    }
}
