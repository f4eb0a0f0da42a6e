//! What surrounds a ballot: the conclusion with its signatures, earlier ballots on the same matter, who opened the papers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use quanheng_actions::ballot::shares::{UserSide, host_drafts, user_side};
use quanheng_actions::ballot::{conclude, tally};
use quanheng_actions::{ActionError, profiles};
use quanheng_db::ballots::{self, BallotRow, RollRow};
use quanheng_db::conclusions::{self, SignatureRow, TextRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::register;
use quanheng_domain::ballot::signing::SignaturePart;
use quanheng_domain::deadline;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::PersonId;
use quanheng_domain::people::Party;
use quanheng_domain::records::Choice;

/// What surrounds a ballot.
#[derive(Default)]
pub struct Around {
    /// Every text the conclusion had.
    pub texts: Vec<TextRow>,
    /// Every signature, voided ones too.
    pub signatures: Vec<SignatureRow>,
    /// Who may still sign, as what, and whether in place of the chair.
    pub open_parts: Vec<(SignaturePart, PersonId, bool)>,
    /// Documents of the project that may be the scan of a sheet or of a ballot paper.
    pub sheets: Vec<DocumentRow>,
    /// People on the roll who hold no seat any more.
    pub former: BTreeSet<PersonId>,
    /// How each voted in the ballot on the same matter before this one.
    pub earlier: BTreeMap<PersonId, Choice>,
    /// The revision of the text by now, where it moved on after the ballot opened.
    pub moved_on: Option<i32>,
    /// When each on the roll first opened the text; for the secretariat.
    pub readers: Vec<(PersonId, DateTime<Utc>)>,
    /// True where the unit that hosts the secretariat drafts the text (edge case 6).
    pub host_drafts: bool,
    /// The user side's share, where it is less than the rule asks for.
    pub few_users: Option<UserSide>,
}

/// Reads what surrounds a ballot.
///
/// # Errors
/// What the database says.
pub fn around(
    conn: &mut AnyConn,
    ballot: &BallotRow,
    roll: &[RollRow],
    parties: &BTreeSet<Party>,
    now: DateTime<Utc>,
) -> Result<Around, ActionError> {
    let today = deadline::day_of(now);
    let seated: BTreeSet<PersonId> = register::seats_on(conn, ballot.committee_id, today)?
        .into_iter()
        .map(|seat| seat.person_id)
        .collect();
    let former = roll.iter().map(|line| line.person_id).filter(|id| !seated.contains(id)).collect();
    let leads = parties.contains(&Party::Secretariat) || parties.contains(&Party::Chair);
    let papers = match ballot.project_id {
        Some(project) => documents::of_project(conn, project)?,
        None => Vec::new(),
    };
    let draft = papers.iter().find(|row| Some(row.id) == ballot.document_id);
    let moved_on = draft.and_then(|draft| {
        let alive = papers.iter().filter(|row| row.withdrawn_at.is_none());
        let same = alive.filter(|row| row.kind == draft.kind).map(|row| row.revision);
        same.max().filter(|newest| *newest > draft.revision)
    });
    let readers = match ballot.document_id.filter(|_| leads) {
        Some(document) => documents::readers_of(conn, document)?,
        None => Vec::new(),
    };
    let kinds = [
        DocumentKind::ReviewConclusion,
        DocumentKind::Minutes,
        DocumentKind::BallotPapers,
        DocumentKind::Other,
    ];
    let is_sheet =
        |row: &DocumentRow| row.withdrawn_at.is_none() && kinds.contains(&row.kind) && leads;
    Ok(Around {
        texts: conclusions::texts_of(conn, ballot.id)?,
        signatures: conclusions::signatures_of(conn, ballot.id)?,
        open_parts: match ballot.is_counted() {
            true => conclude::open_parts(conn, ballot, roll, today)?,
            false => Vec::new(),
        },
        sheets: papers.iter().filter(|row| is_sheet(row)).cloned().collect(),
        former,
        earlier: earlier(conn, ballot)?,
        moved_on,
        readers,
        host_drafts: match (ballot.project_id, register::committee(conn, ballot.committee_id)?) {
            (Some(project), Some(committee)) => host_drafts(conn, &committee, project)?,
            _ => false,
        },
        few_users: few_users(conn, ballot, roll)?,
    })
}

/// The choices in the ballot on the same matter before this one; a secret one tells none.
fn earlier(
    conn: &mut AnyConn,
    ballot: &BallotRow,
) -> Result<BTreeMap<PersonId, Choice>, ActionError> {
    let Some(project) = ballot.project_id else { return Ok(BTreeMap::new()) };
    let before = ballots::of_project(conn, project)?
        .into_iter()
        .filter(|row| row.purpose == ballot.purpose && row.ordinal < ballot.ordinal)
        .max_by_key(|row| row.ordinal);
    let Some(before) = before else { return Ok(BTreeMap::new()) };
    let votes = tally::last_votes(ballots::votes_of(conn, before.id)?);
    Ok(votes.into_iter().map(|(person, vote)| (person, vote.choice)).collect())
}

fn few_users(
    conn: &mut AnyConn,
    ballot: &BallotRow,
    roll: &[RollRow],
) -> Result<Option<UserSide>, ActionError> {
    if !ballot.purpose.kind().concludes_review {
        return Ok(None);
    }
    let profile = profiles::load(conn, ballot.profile_id)?;
    let voters = roll.iter().filter(|line| line.may_vote).map(|line| line.person_id).collect();
    let day = deadline::day_of(ballot.opens_at);
    let side = user_side(conn, ballot.committee_id, &voters, &profile, day)?;
    Ok(Some(side).filter(UserSide::is_short))
}
