//! A ballot as it is read for its page, its papers and its meeting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use quanheng_actions::ballot::{known, mandate, tally};
use quanheng_actions::{ActionError, document, profiles};
use quanheng_db::ballot_parts::{self, ChangeRow, DeclarationRow, MandateRow};
use quanheng_db::ballots::{self, BallotRow, OpinionRow, RollRow, VoteRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register::{self, CommitteeRow};
use quanheng_domain::ballot::secret::BallotBox;
use quanheng_domain::ballot::{Tally, TallyRule};
use quanheng_domain::ids::{BallotId, PersonId};
use quanheng_domain::people::{Actor, Owners, Party};
use quanheng_domain::rules::{Profile, RuleText};

use super::around::{Around, Held, around};
use crate::views::RuleCite;
use crate::voice;

/// A ballot with everything its page shows.
pub struct BallotFile {
    /// The ballot.
    pub ballot: BallotRow,
    /// The project it is about.
    pub project: Option<ProjectRow>,
    /// The committee whose members vote.
    pub committee: Option<CommitteeRow>,
    /// The text voted on, if the reader may read it.
    pub draft: Option<DocumentRow>,
    /// The roll.
    pub roll: Vec<RollRow>,
    /// Every version that counted of every vote, in order.
    pub votes: BTreeMap<PersonId, Vec<VoteRow>>,
    /// Votes entered for others that nobody has confirmed yet.
    pub waiting: Vec<VoteRow>,
    /// Opinions of those without a vote.
    pub opinions: Vec<OpinionRow>,
    /// What the reader is to the ballot.
    pub parties: BTreeSet<Party>,
    /// The count as it stands.
    pub tally: Tally,
    /// The rules it is counted by.
    pub rules: Vec<RuleCite>,
    /// Declarations of interests.
    pub declarations: Vec<DeclarationRow>,
    /// Mandates to vote for another; none where the rules allow no proxy.
    pub mandates: Vec<MandateRow>,
    /// Whether a member may let another vote.
    pub proxies: bool,
    /// Changes that the review requires.
    pub changes: Vec<ChangeRow>,
    /// The slips of a secret vote, once it is closed.
    pub slips: BallotBox,
    /// Names of people who need not stand on the roll.
    pub names: BTreeMap<PersonId, String>,
    /// The conclusion, earlier ballots, readers.
    pub around: Around,
    /// A first wording of the conclusion, from the record.
    pub drafted: String,
    /// A receipt nobody has, for a secret vote; made with the page and kept nowhere.
    pub fresh: String,
    /// The reader.
    pub me: Option<PersonId>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// Reads a ballot; only those on its roll, seated in its committee, or working on its project know of it.
///
/// # Errors
/// `NotFound` for everybody else; what the database says.
pub fn read(
    conn: &mut AnyConn,
    id: BallotId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<BallotFile, ActionError> {
    Ok(gather(conn, id, actor, now, false)?.0)
}

/// Reads a ballot, with the rules it is held by and, for its whole page, all documents of its project.
fn gather(
    conn: &mut AnyConn,
    id: BallotId,
    actor: &Actor,
    now: DateTime<Utc>,
    whole: bool,
) -> Result<(BallotFile, Arc<Profile>, Vec<DocumentRow>), ActionError> {
    let ballot = ballots::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let project = ballot.project_id.map(|id| projects::find(conn, id)).transpose()?.flatten();
    let roll = ballots::roll_of(conn, id)?;
    let me = actor.person().map(|person| person.person);
    let committee = register::committee(conn, ballot.committee_id)?;
    if !known::may_know(&ballot, project.as_ref(), committee.as_ref(), &roll, actor) {
        return Err(ActionError::NotFound);
    }
    let all = ballots::votes_of(conn, id)?;
    let profile = profiles::load(conn, ballot.profile_id)?;
    let declarations = ballot_parts::declarations_of(conn, id)?;
    let changes = ballot_parts::changes_of(conn, id)?;
    let proxies = mandate::allowed(&profile, &ballot);
    let mandates = if proxies { ballot_parts::mandates_of(conn, id)? } else { Vec::new() };
    let slips = match ballot.secret && ballot.is_counted() {
        true => tally::box_of(conn, id)?,
        false => BallotBox::default(),
    };
    let counted = tally::of_parts(&ballot, &profile, &roll, all.clone(), &slips)?;
    let parties = parties_of(&ballot, project.as_ref(), committee.as_ref(), actor);
    let (draft, papers) = texts(conn, &ballot, project.as_ref(), actor, whole)?;
    let mut votes: BTreeMap<PersonId, Vec<VoteRow>> = BTreeMap::new();
    let waiting = tally::waiting(&all).into_iter().cloned().collect();
    for vote in all.into_iter().filter(VoteRow::counts) {
        votes.entry(vote.person_id).or_default().push(vote);
    }
    let opinions = ballots::opinions_of(conn, id)?;
    let file = BallotFile {
        rules: rules_of(&profile, &ballot),
        ballot,
        project,
        committee,
        draft,
        roll,
        votes,
        waiting,
        opinions,
        parties,
        tally: counted,
        declarations,
        mandates,
        proxies,
        changes,
        slips,
        names: BTreeMap::new(),
        around: Around::default(),
        drafted: String::new(),
        fresh: String::new(),
        me,
        now,
    };
    Ok((file, profile, papers))
}

/// The text voted on, if the reader may read it; for the whole page with all documents of the project.
fn texts(
    conn: &mut AnyConn,
    ballot: &BallotRow,
    project: Option<&ProjectRow>,
    actor: &Actor,
    whole: bool,
) -> Result<(Option<DocumentRow>, Vec<DocumentRow>), ActionError> {
    let papers = match project.filter(|_| whole) {
        Some(project) => documents::of_project(conn, project.id)?,
        None => Vec::new(),
    };
    let draft = match ballot.document_id {
        Some(id) if whole => papers.iter().find(|row| row.id == id).cloned(),
        Some(id) => documents::get(conn, id)?,
        None => None,
    };
    let may_read =
        |draft: &DocumentRow| project.is_some_and(|of| document::may_read(of, draft, actor));
    Ok((draft.filter(may_read), papers))
}

/// Reads a ballot with what surrounds it; pages that are looked at every other second do without.
///
/// # Errors
/// As [`read`].
pub fn read_whole(
    conn: &mut AnyConn,
    id: BallotId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<BallotFile, ActionError> {
    let (mut file, profile, papers) = gather(conn, id, actor, now, true)?;
    let held = Held {
        ballot: &file.ballot,
        committee: file.committee.as_ref(),
        profile: &profile,
        project: file.project.as_ref(),
        roll: &file.roll,
        papers: &papers,
        parties: &file.parties,
        tally: &file.tally,
        me: file.me,
        now,
    };
    file.around = around(conn, &held)?;
    let around = &file.around;
    let mut named: Vec<PersonId> = around.signatures.iter().map(|row| row.person_id).collect();
    named.extend(around.open_parts.iter().map(|(_, person, _)| *person));
    named.extend(&around.drafters);
    named.extend(file.changes.iter().flat_map(|row| [row.done_by, row.responsible_id]).flatten());
    if !named.is_empty() {
        let people = register::people_by(conn, &named)?;
        file.names = people.into_iter().map(|row| (row.id, row.name_zh)).collect();
    }
    Ok(file)
}

/// The rules that quorum and majority are taken from.
fn rules_of(profile: &Profile, ballot: &BallotRow) -> Vec<RuleCite> {
    let keys = [
        TallyRule::quorum_key(ballot.purpose, ballot.form),
        TallyRule::pass_key(ballot.purpose, ballot.form),
    ];
    keys.iter().map(|key| voice::cite(&RuleText::from(profile.rule(*key)))).collect()
}

/// What the reader is to the project of the ballot, or to its committee.
fn parties_of(
    ballot: &BallotRow,
    project: Option<&ProjectRow>,
    committee: Option<&CommitteeRow>,
    actor: &Actor,
) -> BTreeSet<Party> {
    let authority = project
        .map(|project| project.authority_id)
        .or(committee.map(|committee| committee.authority_id));
    let owners = authority.map(|authority| Owners {
        project: ballot.project_id,
        committee: Some(ballot.committee_id),
        authority,
    });
    owners.map(|owners| actor.parties(&owners)).unwrap_or_default()
}
