//! What surrounds a ballot: the conclusion with its signatures, earlier ballots on the same matter, who opened the papers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::ballot::shares::{self, Share};
use quanheng_actions::ballot::{conclude, tally};
use quanheng_actions::committee::host;
use quanheng_db::ballots::{self, BallotRow, RollRow};
use quanheng_db::conclusions::{self, SignatureRow, TextRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register::{self, CommitteeRow, SeatRow};
use quanheng_domain::ballot::signing::SignaturePart;
use quanheng_domain::ballot::{BallotForm, Tally};
use quanheng_domain::deadline;
use quanheng_domain::document::{DocumentCase, DocumentKind};
use quanheng_domain::ids::{PersonId, ProjectId};
use quanheng_domain::lifecycle::{DeadlineKind, reminders};
use quanheng_domain::people::{Party, ProjectRole};
use quanheng_domain::records::Choice;
use quanheng_domain::rules::{Profile, keys};

use super::earlier::{self, Before, Said};
use crate::views::RuleCite;
use crate::voice;

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
    /// What the reader said before on the matter.
    pub said: Said,
    /// Who drafts the text, for whoever requires changes of it.
    pub drafters: Vec<PersonId>,
    /// How many replies are missing where the end is near and the quorum is not there.
    pub risk: Option<u32>,
    /// The revision of the text by now, where it moved on after the ballot opened.
    pub moved_on: Option<i32>,
    /// When each on the roll first opened the text; for the secretariat.
    pub readers: Vec<(PersonId, DateTime<Utc>)>,
    /// Who acts for the secretariat, where the unit that hosts it drafts the text (edge case 6).
    pub deputies: Option<Vec<String>>,
    /// Those of whom fewer vote than the rules ask for.
    pub short: Vec<Share>,
    /// What of a counted review is to be filed, and what is; for the secretariat.
    pub filing: Option<Filing>,
}

/// The papers of a counted review as the rules file them (`docs_ballot_count`, `docs_conclusion`).
pub struct Filing {
    /// The kinds asked for, whether or not there is anything to put on them.
    pub asked: BTreeSet<DocumentKind>,
    /// The newest revision of each kind that the project keeps.
    pub kept: BTreeMap<DocumentKind, i32>,
    /// The rule.
    pub rule: RuleCite,
}

/// What of a ballot is at hand already.
pub struct Held<'h> {
    /// The ballot.
    pub ballot: &'h BallotRow,
    /// The committee whose members vote.
    pub committee: Option<&'h CommitteeRow>,
    /// The rules it is held by.
    pub profile: &'h Profile,
    /// The project it is about.
    pub project: Option<&'h ProjectRow>,
    /// The roll.
    pub roll: &'h [RollRow],
    /// The documents of its project.
    pub papers: &'h [DocumentRow],
    /// What the reader is to it.
    pub parties: &'h BTreeSet<Party>,
    /// The count as it stands.
    pub tally: &'h Tally,
    /// The reader.
    pub me: Option<PersonId>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

fn filing(held: &Held<'_>) -> Option<Filing> {
    let keeps = held.parties.contains(&Party::Secretariat);
    let review = held.ballot.purpose.kind().concludes_review && held.ballot.is_counted();
    let project = held.project.filter(|_| keeps && review)?;
    let case = DocumentCase {
        meeting: held.ballot.form == BallotForm::Meeting,
        // A sheet on which nothing would stand is not offered anyhow.
        non_voters: true,
        dissent: true,
        ..DocumentCase::plain(project.category)
    };
    let lists = [keys::DOCS_BALLOT_COUNT, keys::DOCS_CONCLUSION];
    let mut kept = BTreeMap::new();
    for row in held.papers.iter().filter(|row| row.withdrawn_at.is_none()) {
        let newest = kept.entry(row.kind).or_insert(row.revision);
        *newest = row.revision.max(*newest);
    }
    Some(Filing {
        asked: lists.into_iter().flat_map(|list| held.profile.documents(list, &case)).collect(),
        kept,
        rule: voice::cite_rule(held.profile.rule(keys::DOCS_BALLOT_COUNT.key())),
    })
}

/// Reads what surrounds a ballot.
///
/// # Errors
/// What the database says.
pub fn around(conn: &mut AnyConn, held: &Held<'_>) -> Result<Around, ActionError> {
    let Held { ballot, roll, papers, .. } = *held;
    let today = deadline::day_of(held.now);
    // Every seat there ever was: of today for those who left, of the day of opening for the user side.
    let seats = register::seats_of_committee(conn, ballot.committee_id)?;
    let seated: BTreeSet<PersonId> =
        seats.iter().filter(|seat| holds(seat, today)).map(|seat| seat.person_id).collect();
    let former = roll.iter().map(|line| line.person_id).filter(|id| !seated.contains(id)).collect();
    let leads = [Party::Secretariat, Party::Chair].iter().any(|party| held.parties.contains(party));
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
    let before = before(conn, ballot, papers)?;
    let on_roll = held.me.filter(|me| roll.iter().any(|line| line.person_id == *me));
    let said = match on_roll {
        Some(me) => earlier::said(conn, ballot, &before, me)?,
        None => Said::default(),
    };
    let drafters = match ballot.project_id.filter(|_| leads && ballot.is_counted()) {
        Some(project) => drafters(conn, project)?,
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
        earlier: last_choices(&before),
        said,
        drafters,
        risk: risk(held),
        moved_on,
        filing: filing(held),
        readers,
        deputies: match (ballot.project_id, held.committee) {
            (Some(project), Some(committee)) => host::deputies(conn, committee, project, today)?,
            _ => None,
        },
        short: short(conn, held, &seats)?,
    })
}

fn holds(seat: &SeatRow, day: NaiveDate) -> bool {
    seat.since <= day && seat.until.is_none_or(|until| day < until)
}

/// The ballots on the same matter before this one, the first first; a secret one tells no votes.
fn before(
    conn: &mut AnyConn,
    ballot: &BallotRow,
    papers: &[DocumentRow],
) -> Result<Vec<Before>, ActionError> {
    let Some(project) = ballot.project_id.filter(|_| ballot.ordinal > 1) else {
        return Ok(Vec::new());
    };
    let mut earlier: Vec<BallotRow> = ballots::of_project(conn, project)?
        .into_iter()
        .filter(|row| row.purpose == ballot.purpose && row.ordinal < ballot.ordinal)
        .collect();
    earlier.sort_by_key(|row| row.ordinal);
    let ids: Vec<_> = earlier.iter().map(|row| row.id).collect();
    let votes = ballots::votes_of_all(conn, &ids)?;
    let of = |row: BallotRow| {
        let text = papers.iter().find(|paper| Some(paper.id) == row.document_id);
        let own = votes.iter().filter(|vote| vote.ballot_id == row.id && vote.counts());
        Before {
            revision: text.map(|text| text.revision),
            votes: own.cloned().collect(),
            ballot: row,
        }
    };
    Ok(earlier.into_iter().map(of).collect())
}

/// How each voted in the last of these ballots.
fn last_choices(before: &[Before]) -> BTreeMap<PersonId, Choice> {
    let Some(last) = before.last() else { return BTreeMap::new() };
    let votes = tally::last_votes(last.votes.clone());
    votes.into_iter().map(|(person, vote)| (person, vote.choice)).collect()
}

fn drafters(conn: &mut AnyConn, project: ProjectId) -> Result<Vec<PersonId>, ActionError> {
    let people = projects::people_of(conn, project)?;
    let drafts = |row: &&projects::ProjectPersonRow| {
        matches!(row.role, ProjectRole::LeadDrafter | ProjectRole::Drafter)
    };
    Ok(people.iter().filter(drafts).map(|row| row.person_id).collect())
}

/// How many replies a ballot by correspondence still lacks from its second reminder on, the day from which mail warns of it.
fn risk(held: &Held<'_>) -> Option<u32> {
    let ballot = held.ballot;
    let runs = ballot.closed_at.is_none() && held.now < ballot.closes_at;
    if !runs || ballot.form != BallotForm::Correspondence || held.tally.quorum_met {
        return None;
    }
    let near = reminders(
        DeadlineKind::BallotReminderNear,
        held.profile,
        ballot.opens_at,
        ballot.closes_at,
    );
    let from = near.first()?.due_at;
    let there = held.tally.present.saturating_sub(held.tally.recused);
    (held.now >= from).then(|| held.tally.quorum_needed.saturating_sub(there))
}

fn short(
    conn: &mut AnyConn,
    held: &Held<'_>,
    seats: &[SeatRow],
) -> Result<Vec<Share>, ActionError> {
    let Held { ballot, roll, .. } = *held;
    if !ballot.purpose.kind().concludes_review {
        return Ok(Vec::new());
    }
    let voters = roll.iter().filter(|line| line.may_vote).map(|line| line.person_id).collect();
    let day = deadline::day_of(ballot.opens_at);
    let then: Vec<SeatRow> = seats.iter().filter(|seat| holds(seat, day)).cloned().collect();
    let mut all = shares::among(conn, &then, &voters, held.profile)?;
    all.retain(Share::is_short);
    Ok(all)
}
