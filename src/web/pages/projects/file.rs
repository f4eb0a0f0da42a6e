//! What the project page shows, read in one snapshot with a constant number of queries.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::project::{Loaded, details::Details, load, notices};
use quanheng_actions::{ActionError, document, tell};
use quanheng_db::ballots::BallotRow;
use quanheng_db::comments::{self, ReactionRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::deadlines::DeadlineRow;
use quanheng_db::documents::DocumentRow;
use quanheng_db::events::{self, EventRow};
use quanheng_db::outbox::{self, MailRow, Recipient};
use quanheng_db::projects::{
    self, AdjustmentRow, ObjectionRow, ProjectPartyRow, ProjectRow, ProjectUnitRow,
};
use quanheng_db::register::{self, AuthorityRow, CommitteeRow, OrganisationRow, SeatRow};
use quanheng_db::rounds::{CommentRow, RoundRow};
use quanheng_db::specifications::{self, SpecificationRow};
use quanheng_domain::ballot::BallotPurpose;
use quanheng_domain::comment::Reaction;
use quanheng_domain::deadline;
use quanheng_domain::ids::{AuthorityId, CommentId, PersonId, ProjectId};
use quanheng_domain::lifecycle::Preview;
use quanheng_domain::notice::Audience;
use quanheng_domain::people::{Actor, Party};

use super::show::Section;

/// Mails shown on the page; older ones are in the outbox.
const MAILS_SHOWN: i64 = 200;
/// Events on the parts other than the history.
const LATEST: i64 = 6;

/// Projects that one may be merged into; a committee has fewer at work.
const PROJECTS_SHOWN: i64 = 300;

/// A project with everything its page shows to this actor.
pub struct ProjectFile {
    /// The project as the rules see it.
    pub loaded: Loaded,
    /// The fields of suggestion and application.
    pub details: Details,
    /// What the actor is to it.
    pub parties: BTreeSet<Party>,
    /// Whether the actor works on it or has a seat in its committee.
    pub inside: bool,
    /// Whether the actor may open the ballots while they run: drafters do once one is counted, suggesters learn the result alone.
    pub sees_ballots: bool,
    /// The moves from here, for the overview.
    pub moves: Vec<Preview>,
    /// People of each group that any of the moves tells.
    pub groups: BTreeMap<Audience, Vec<Recipient>>,
    /// Documents the actor may read.
    pub documents: Vec<DocumentRow>,
    /// Comment rounds.
    pub rounds: Vec<RoundRow>,
    /// Comments to whose answers their authors object, with what they said last; for the part about the review.
    pub disputes: Vec<(RoundRow, CommentRow, ReactionRow)>,
    /// The other authorities of a joint project, those that left among them; for the overview.
    pub joint: Vec<(ProjectPartyRow, AuthorityRow)>,
    /// What an officer may choose among: authorities that may join, projects this one may be merged into.
    pub choices: OfficersChoices,
    /// Ballots.
    pub ballots: Vec<BallotRow>,
    /// Objections.
    pub objections: Vec<ObjectionRow>,
    /// Requests for adjustment.
    pub adjustments: Vec<AdjustmentRow>,
    /// Open deadlines.
    pub deadlines: Vec<DeadlineRow>,
    /// History, oldest first.
    pub events: Vec<EventRow>,
    /// Mails, newest first, for their own part.
    pub mails: Vec<MailRow>,
    /// The committee.
    pub committee: Option<CommitteeRow>,
    /// The authority.
    pub authority: AuthorityRow,
    /// Seats of the committee today.
    pub seats: Vec<SeatRow>,
    /// The edition that it makes, revises, examines again or abolishes; for the overview.
    pub edition: Option<SpecificationRow>,
    /// Drafting units.
    pub units: Vec<(ProjectUnitRow, OrganisationRow)>,
    /// Officers of the authority.
    pub officers: Vec<Recipient>,
    /// Names of everybody who appears.
    pub names: BTreeMap<PersonId, String>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// What an officer chooses among in the forms of the overview.
#[derive(Default)]
pub struct OfficersChoices {
    /// Authorities that may join.
    pub authorities: Vec<AuthorityRow>,
    /// Running projects of the same authority.
    pub projects: Vec<ProjectRow>,
}

/// Reads the file; a project the actor may not know of does not exist.
pub fn read(
    conn: &mut AnyConn,
    id: ProjectId,
    section: Section,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<ProjectFile, ActionError> {
    let mut loaded = load::rows(conn, id, now)?;
    if !document::may_know(&loaded.row, actor) {
        return Err(ActionError::NotFound);
    }
    let sight = Sight::of(&loaded, actor);
    let today = deadline::day_of(now);
    let inside = sight.inside;
    let Overview { moves, groups, units, joint, choices } = match section {
        Section::Overview => overview(conn, &mut loaded, &sight, (actor, now))?,
        _ => Overview::default(),
    };
    let row = &loaded.row;
    let disputes = match section {
        Section::Review if inside => disputes(conn, &loaded.rounds)?,
        _ => Vec::new(),
    };
    let edition = edition(conn, section, row)?;
    let mut file = ProjectFile {
        disputes,
        edition,
        joint,
        choices,
        details: Details::read(&row.details)?,
        sees_ballots: sight.sees_ballots(),
        parties: sight.parties,
        inside,
        moves,
        groups,
        documents: papers(&loaded, actor),
        rounds: loaded.rounds.clone(),
        ballots: if inside { loaded.all_ballots.clone() } else { Vec::new() },
        objections: loaded.objections.clone(),
        adjustments: loaded.adjustments.clone(),
        deadlines: open_deadlines(&loaded),
        events: happened(conn, id, section)?,
        mails: if inside && section == Section::Mails { mails(conn, id)? } else { Vec::new() },
        committee: loaded.committee.clone(),
        authority: loaded.authority.clone(),
        officers: outbox::officers_of(conn, row.authority_id, today)?,
        seats: loaded.seats.clone(),
        units,
        names: BTreeMap::new(),
        now,
        loaded,
    };
    file.names = names(conn, &file)?;
    Ok(file)
}

/// What only the overview shows.
#[derive(Default)]
struct Overview {
    moves: Vec<Preview>,
    groups: BTreeMap<Audience, Vec<Recipient>>,
    units: Vec<(ProjectUnitRow, OrganisationRow)>,
    joint: Joint,
    choices: OfficersChoices,
}

fn overview(
    conn: &mut AnyConn,
    loaded: &mut Loaded,
    sight: &Sight,
    (actor, now): (&Actor, DateTime<Utc>),
) -> Result<Overview, ActionError> {
    let units = projects::named_units_of(conn, loaded.row.id)?;
    if !sight.inside {
        return Ok(Overview { units, ..Overview::default() });
    }
    load::gather(conn, loaded)?;
    let moves = loaded.moves_open_to(actor);
    let groups = groups(conn, loaded, &moves, now)?;
    let (joint, choices) = officers(conn, loaded, sight)?;
    Ok(Overview { moves, groups, units, joint, choices })
}

fn edition(
    conn: &mut AnyConn,
    section: Section,
    row: &ProjectRow,
) -> Result<Option<SpecificationRow>, ActionError> {
    Ok(match (section, row.specification_id) {
        (Section::Overview, Some(edition)) => specifications::find(conn, edition)?,
        _ => None,
    })
}

fn papers(loaded: &Loaded, actor: &Actor) -> Vec<DocumentRow> {
    let readable = |paper: &&DocumentRow| document::may_read(&loaded.row, paper, actor);
    loaded.documents.iter().filter(readable).cloned().collect()
}

fn open_deadlines(loaded: &Loaded) -> Vec<DeadlineRow> {
    let mut open: Vec<DeadlineRow> =
        loaded.deadlines.iter().filter(|row| row.done_at.is_none()).cloned().collect();
    open.sort_by_key(|row| row.due_at);
    open
}

/// All that happened for the history, the newest for the other parts.
fn happened(
    conn: &mut AnyConn,
    id: ProjectId,
    section: Section,
) -> Result<Vec<EventRow>, ActionError> {
    Ok(match section {
        Section::History => events::of_object(conn, id.cast())?,
        _ => events::newest_of_object(conn, id.cast(), LATEST)?,
    })
}

fn mails(conn: &mut AnyConn, id: ProjectId) -> Result<Vec<MailRow>, ActionError> {
    Ok(outbox::list(conn, Some(id.cast()), None, MAILS_SHOWN, 0)?.0)
}

fn groups(
    conn: &mut AnyConn,
    loaded: &Loaded,
    moves: &[Preview],
    now: DateTime<Utc>,
) -> Result<BTreeMap<Audience, Vec<Recipient>>, ActionError> {
    let mut about = notices::about(&loaded.row);
    about.round = loaded.rounds.last().map(|round| round.id);
    about.ballot = loaded.ballots.get(&BallotPurpose::Review).map(|ballot| ballot.id);
    about.concerned = notices::suggester(&loaded.row)?;
    let today = deadline::day_of(now);
    let told =
        moves.iter().flat_map(|preview| preview.row.tells).flat_map(|notice| notice.row().audience);
    let wanted: BTreeSet<Audience> = told.copied().collect();
    Ok(tell::groups(conn, today, &wanted, &about)?.into_iter().collect())
}

/// What an actor is to a project, and what follows for the page.
struct Sight {
    parties: BTreeSet<Party>,
    seated: bool,
    inside: bool,
}

impl Sight {
    fn of(loaded: &Loaded, actor: &Actor) -> Self {
        let parties = actor.parties(&loaded.standing.owners);
        let person = actor.person();
        let seated = person.is_some_and(|person| {
            person.seats.iter().any(|seat| Some(seat.committee) == loaded.row.committee_id)
        });
        let as_party = person.is_some_and(|person| {
            loaded.standing_parties().any(|party| person.authorities.contains(&party.authority_id))
        });
        let inside = seated || as_party || parties.iter().any(|party| *party != Party::Anyone);
        Self { parties, seated, inside }
    }

    fn sees_ballots(&self) -> bool {
        let sees = [Party::Officer, Party::Administrator];
        self.seated || sees.iter().any(|party| self.parties.contains(party))
    }
}

type Joint = Vec<(ProjectPartyRow, AuthorityRow)>;

/// The other authorities, and what an officer of the leading one chooses among.
fn officers(
    conn: &mut AnyConn,
    loaded: &Loaded,
    sight: &Sight,
) -> Result<(Joint, OfficersChoices), ActionError> {
    let chooses = sight.parties.contains(&Party::Officer);
    if !chooses && loaded.parties.is_empty() {
        return Ok(Default::default());
    }
    let authorities = register::all_authorities(conn)?;
    let of = |party: &ProjectPartyRow| {
        let authority = authorities.iter().find(|one| one.id == party.authority_id)?;
        Some((party.clone(), authority.clone()))
    };
    let joint: Joint = loaded.parties.iter().filter_map(of).collect();
    let choices = match chooses {
        true => choices(conn, &loaded.row, &joint, authorities)?,
        false => OfficersChoices::default(),
    };
    Ok((joint, choices))
}

fn choices(
    conn: &mut AnyConn,
    row: &ProjectRow,
    joint: &[(ProjectPartyRow, AuthorityRow)],
    mut authorities: Vec<AuthorityRow>,
) -> Result<OfficersChoices, ActionError> {
    let there = |id: AuthorityId| {
        id == row.authority_id
            || joint.iter().any(|(party, one)| one.id == id && party.dropped_at.is_none())
    };
    let filter = projects::ProjectFilter {
        authority: Some(row.authority_id),
        committee: row.committee_id,
        running: true,
        ..projects::ProjectFilter::default()
    };
    let (mut others, _) = projects::list(conn, &filter, PROJECTS_SHOWN, 0)?;
    others.retain(|other| other.id != row.id);
    authorities.retain(|one| !there(one.id));
    Ok(OfficersChoices { authorities, projects: others })
}

/// The objections that stand: the last word of an author holds.
fn disputes(
    conn: &mut AnyConn,
    rounds: &[RoundRow],
) -> Result<Vec<(RoundRow, CommentRow, ReactionRow)>, ActionError> {
    let mut found = Vec::new();
    for round in rounds {
        let mut last: BTreeMap<CommentId, ReactionRow> = BTreeMap::new();
        for said in comments::reactions_in(conn, round.id)? {
            last.insert(said.comment_id, said);
        }
        last.retain(|_, said| said.reaction == Reaction::Objects);
        let ids: Vec<CommentId> = last.keys().copied().collect();
        let mut rows = comments::by_ids(conn, &ids)?;
        rows.sort_by_key(|row| row.serial);
        for row in rows {
            if let Some(said) = last.remove(&row.id) {
                found.push((round.clone(), row, said));
            }
        }
    }
    Ok(found)
}

fn names(
    conn: &mut AnyConn,
    file: &ProjectFile,
) -> Result<BTreeMap<PersonId, String>, ActionError> {
    let mut ids: BTreeSet<PersonId> = file.seats.iter().map(|seat| seat.person_id).collect();
    ids.extend(file.loaded.people.iter().map(|row| row.person_id));
    ids.extend(file.loaded.consents.iter().map(|row| row.person_id));
    ids.extend(file.documents.iter().filter_map(|row| row.uploaded_by));
    ids.extend(file.adjustments.iter().filter_map(|row| row.requested_by));
    let ids: Vec<PersonId> = ids.into_iter().collect();
    Ok(register::people_by(conn, &ids)?.into_iter().map(|row| (row.id, row.name_zh)).collect())
}

impl ProjectFile {
    /// Whether the actor is this party.
    pub fn is(&self, party: Party) -> bool {
        self.parties.contains(&party)
    }

    /// The name of a person who appears on the page.
    pub fn name(&self, id: PersonId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    /// The nearest open deadline that is not a mere reminder.
    pub fn next_deadline(&self) -> Option<&DeadlineRow> {
        self.deadlines.iter().find(|row| !row.kind.is_reminder())
    }

    /// How many events there are, those that were not read among them.
    pub fn event_count(&self) -> usize {
        let last = self.events.last().map_or(0, |event| event.object_seq);
        usize::try_from(last).unwrap_or_default()
    }

    /// Full days in the present stage.
    pub fn days_in_stage(&self) -> i64 {
        (self.now - self.loaded.row.stage_since).num_days().max(0)
    }
}
