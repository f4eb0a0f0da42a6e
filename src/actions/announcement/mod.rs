//! Announcements of one or many texts (公告): prepared from the texts that wait, worded, weighed by the rules, and issued as one.

mod draft;
mod issue;

use std::sync::Arc;

use chrono::NaiveDate;
use quanheng_db::{
    announcement_drafts::{self as drafts, DraftRow, DraftTextRow},
    conn::AnyConn,
    given_numbers::{self, GivenRow},
    projects::{self, ProjectFilter, ProjectRow},
    register::{self, AuthorityRow},
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    announcement::{Doubt, NumberState, doubts},
    ids::{AnnouncementId, AuthorityId, ProjectId},
    lifecycle::ProjectKind,
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::Profile,
    stage::Stage,
};

pub use draft::{Edit, Prepare, edit, prepare, throw_away};
pub use issue::{HELD_BACK, Issue, Paper, issue};

use crate::{ActionError, profiles};

/// Texts that wait at once; no authority has as many.
const MOST_WAITING: i64 = 2_000;
/// Numbers that are listed, the newest.
const MOST_NUMBERS: i64 = 500;

/// A text of an announcement.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its project.
    pub project: ProjectRow,
    /// Its edition; an amendment's is the text that it amends.
    pub edition: Option<SpecificationRow>,
    /// The numbers that it replaces, and whether as a whole.
    pub replaces: Vec<(String, bool)>,
}

impl Named {
    /// Whether it changes an edition instead of being one.
    pub fn amends(&self) -> bool {
        matches!(self.project.kind, ProjectKind::Amendment | ProjectKind::Corrigendum)
    }

    /// The number of its edition; empty while there is none.
    pub fn number(&self) -> &str {
        self.edition.as_ref().map_or("", |edition| edition.number.as_str())
    }
}

/// An announcement in preparation.
pub struct Draft {
    /// The draft.
    pub row: DraftRow,
    /// Who issues it.
    pub authority: AuthorityRow,
    /// Its texts, in order.
    pub texts: Vec<Named>,
    /// What is doubtful about its days, each with the profile that says so.
    pub doubts: Vec<(Doubt, Arc<Profile>)>,
}

/// A number in the register of numbers.
pub struct Given {
    /// The number with its edition.
    pub row: GivenRow,
    /// The authority whose number it is, where the text has several (联合编号).
    pub party: Option<AuthorityRow>,
    /// Reserved, used or void.
    pub state: NumberState,
}

/// What waits on the desk of some authorities.
pub struct Desk {
    /// The authorities.
    pub authorities: Vec<AuthorityRow>,
    /// Texts that can be announced and stand in no draft.
    pub waiting: Vec<Named>,
    /// Announcements in preparation, with how many texts each has.
    pub drafts: Vec<(DraftRow, usize)>,
    /// The numbers that were given, with their states.
    pub numbers: Vec<Given>,
}

fn serves(actor: &Actor, authority: AuthorityId) -> bool {
    actor.person().is_some_and(|person| person.authorities.contains(&authority))
}

fn must_serve(actor: &Actor, authority: AuthorityId) -> Result<(), ActionError> {
    if serves(actor, authority) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into())
}

/// Whether a text waits for its announcement.
fn waits(project: &ProjectRow) -> bool {
    match project.kind {
        ProjectKind::Make | ProjectKind::Revise => project.stage == Stage::Numbered,
        ProjectKind::Amendment | ProjectKind::Corrigendum => project.stage == Stage::Approved,
        _ => false,
    }
}

fn named(conn: &mut AnyConn, projects: Vec<ProjectRow>) -> Result<Vec<Named>, ActionError> {
    let mut all = Vec::with_capacity(projects.len());
    let mut wanted: Vec<_> = projects.iter().filter_map(|row| row.specification_id).collect();
    let mut links = Vec::new();
    for row in &projects {
        let replaced = projects::replaces_of(conn, row.id)?;
        wanted.extend(replaced.iter().map(|link| link.specification_id));
        links.push(replaced);
    }
    let editions = specifications::by_ids(conn, &wanted)?;
    let find = |id| editions.iter().find(|edition| edition.id == id);
    for (project, links) in projects.into_iter().zip(links) {
        let number = |id| {
            find(id).map_or_else(String::new, |edition: &SpecificationRow| edition.number.clone())
        };
        let replaces =
            links.iter().map(|link| (number(link.specification_id), link.whole)).collect();
        let edition = project.specification_id.and_then(find).cloned();
        all.push(Named { project, edition, replaces });
    }
    Ok(all)
}

/// The register of the numbers of some authorities, joint ones among them.
fn numbers(conn: &mut AnyConn, ids: &[AuthorityId]) -> Result<Vec<Given>, ActionError> {
    let rows = given_numbers::of(conn, ids, MOST_NUMBERS)?;
    let joint = rows.iter().any(|row| row.authority != row.edition.authority_id);
    let all = if joint { register::all_authorities(conn)? } else { Vec::new() };
    let one = |row: GivenRow| {
        let other = row.authority != row.edition.authority_id;
        let party = all.iter().find(|one| other && one.id == row.authority).cloned();
        let state = match row.left {
            true => NumberState::Void,
            false => NumberState::of(!row.edition.issued_on.is_empty(), row.stage.is_final()),
        };
        Given { party, state, row }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// What waits on the desk of the authorities that somebody serves.
///
/// # Errors
/// `NotFound` for people without an office.
pub fn desk(conn: &mut AnyConn, actor: &Actor) -> Result<Desk, ActionError> {
    let person = actor.person().filter(|person| !person.authorities.is_empty());
    let ids: Vec<AuthorityId> =
        person.ok_or(ActionError::NotFound)?.authorities.iter().copied().collect();
    let (mut authorities, mut waiting) = (Vec::new(), Vec::new());
    for id in &ids {
        authorities.extend(register::authority(conn, *id)?);
        let filter = ProjectFilter {
            stages: Some(vec![Stage::Numbered, Stage::Approved]),
            authority: Some(*id),
            ..ProjectFilter::default()
        };
        waiting.extend(projects::list(conn, &filter, MOST_WAITING, 0)?.0);
    }
    let open = drafts::open_of(conn, &ids)?;
    let texts = drafts::texts_of(conn, &open.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let taken = |project: ProjectId| texts.iter().any(|text| text.project_id == project);
    waiting.retain(|project| waits(project) && !taken(project.id));
    let count = |row: &DraftRow| texts.iter().filter(|text| text.draft_id == row.id).count();
    let numbers = numbers(conn, &ids)?;
    Ok(Desk {
        numbers,
        authorities,
        waiting: named(conn, waiting)?,
        drafts: open.into_iter().map(|row| (row.clone(), count(&row))).collect(),
    })
}

fn texts(conn: &mut AnyConn, id: AnnouncementId) -> Result<Vec<Named>, ActionError> {
    let order: Vec<DraftTextRow> = drafts::texts_of(conn, &[id])?;
    let ids: Vec<ProjectId> = order.iter().map(|text| text.project_id).collect();
    let filter = ProjectFilter { ids: Some(ids.clone()), ..ProjectFilter::default() };
    let (mut rows, _) = projects::list(conn, &filter, MOST_WAITING, 0)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    named(conn, rows)
}

/// Reads an announcement in preparation.
///
/// # Errors
/// `NotFound` for others than officers of its authority.
pub fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    id: AnnouncementId,
    today: NaiveDate,
) -> Result<Draft, ActionError> {
    let row = drafts::find(conn, id)?.ok_or(ActionError::NotFound)?;
    if !serves(actor, row.authority_id) {
        return Err(ActionError::NotFound);
    }
    let authority = register::authority(conn, row.authority_id)?.ok_or(ActionError::NotFound)?;
    let texts = texts(conn, id)?;
    let doubts = match (row.issued_on, row.effective_on) {
        (Some(issued), Some(force)) => doubted(conn, &texts, issued, force, today)?,
        _ => Vec::new(),
    };
    Ok(Draft { row, authority, texts, doubts })
}

/// What is doubtful about the days, each doubt once.
fn doubted(
    conn: &mut AnyConn,
    texts: &[Named],
    issued: NaiveDate,
    force: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<(Doubt, Arc<Profile>)>, ActionError> {
    let calendar = profiles::calendar(conn)?;
    let mut found: Vec<(Doubt, Arc<Profile>)> = Vec::new();
    let mut seen = Vec::new();
    // The rule binds new editions; an amendment may come into force at once.
    for text in texts.iter().filter(|text| !text.amends()) {
        if seen.contains(&text.project.profile_id) {
            continue;
        }
        seen.push(text.project.profile_id);
        let profile = profiles::load(conn, text.project.profile_id)?;
        for doubt in doubts(issued, force, today, &profile, &calendar) {
            if !found.iter().any(|(one, _)| *one == doubt) {
                found.push((doubt, Arc::clone(&profile)));
            }
        }
    }
    Ok(found)
}
