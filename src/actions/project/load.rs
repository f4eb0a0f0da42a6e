//! A project with everything the rules ask about, read in a constant number of queries.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{
    ballot_parts,
    ballots::{self, BallotRow},
    conn::AnyConn,
    deadlines::{self, DeadlineRow},
    documents::{self, DocumentRow},
    projects::{
        self, AdjustmentRow, ConsentRow, ObjectionRow, ProjectPartyRow, ProjectPersonRow,
        ProjectRow,
    },
    register::{self, AuthorityRow, CommitteeRow, SeatRow},
    reviews, rounds,
    rounds::RoundRow,
};
use quanheng_domain::{
    ballot::{BallotPurpose, Tally},
    calendar::Calendar,
    deadline,
    document::DocumentKind,
    ids::{AuthorityId, OrganisationId, ProjectId},
    lifecycle::{
        self, AdjustmentFact, BallotFact, ConsentFact, DeadlineKind, Facts, Field, Input, Move,
        Preview, ProjectKind, RoundFact, RoundStatus, Standing,
    },
    number::SpecNumber,
    people::{Actor, Owners, ProjectRole, Role},
    records::Visibility,
    rules::{Profile, keys},
    specification::Level,
};

use crate::{ActionError, ballot, ballot::conclude, profiles, specification::joint};

/// A project as the rules see it, with the rows it was made from.
pub struct Loaded {
    /// The row.
    pub row: ProjectRow,
    /// Where it stands.
    pub standing: Standing,
    /// The profile of the running stage.
    pub profile: Arc<Profile>,
    /// The holiday calendar.
    pub calendar: Calendar,
    /// People of the project.
    pub people: Vec<ProjectPersonRow>,
    /// All comment rounds, the first first.
    pub rounds: Vec<RoundRow>,
    /// The latest ballots by purpose.
    pub ballots: BTreeMap<BallotPurpose, BallotRow>,
    /// Consents of this stage.
    pub consents: Vec<ConsentRow>,
    /// Authorities of a joint project besides the lead, those that left among them.
    pub parties: Vec<ProjectPartyRow>,
    /// All documents, those that were withdrawn too.
    pub documents: Vec<DocumentRow>,
    /// All ballots, the first first.
    pub all_ballots: Vec<BallotRow>,
    /// Objections of the public notice.
    pub objections: Vec<ObjectionRow>,
    /// Adjustments asked for, the latest first.
    pub adjustments: Vec<AdjustmentRow>,
    /// Deadlines, open and done.
    pub deadlines: Vec<DeadlineRow>,
    /// The authority.
    pub authority: AuthorityRow,
    /// The committee.
    pub committee: Option<CommitteeRow>,
    /// Who sits on it today, suspended members too.
    pub seats: Vec<SeatRow>,
    facts: Bare,
}

// The facts without what they borrow.
#[derive(Default)]
struct Bare {
    now: DateTime<Utc>,
    today: NaiveDate,
    documents: BTreeSet<DocumentKind>,
    term_ended: bool,
    ballots: BTreeMap<BallotPurpose, BallotFact>,
    publicity_ends: Option<DateTime<Utc>>,
    result_shown: Option<DateTime<Utc>>,
    objections_open: u32,
    round: Option<RoundFact>,
    recipients: u32,
    consent: ConsentFact,
    lead_ends: Option<DateTime<Utc>>,
    voters: u32,
    fatal_findings: u32,
    changes_open: u32,
    data_shown_since: Option<NaiveDate>,
    abolition_ends: Option<DateTime<Utc>>,
    adjustment: Option<AdjustmentFact>,
    parties_pending: u32,
    parties: u32,
    amendments: u32,
    higher_text: Option<String>,
    number_taken: bool,
}

// Kinds of the documents that nobody withdrew.
fn kinds_there(all: &[DocumentRow]) -> BTreeSet<DocumentKind> {
    all.iter().filter(|d| d.withdrawn_at.is_none()).map(|d| d.kind).collect()
}

/// Reads a project and its facts at an instant.
///
/// # Errors
/// `NotFound` when there is none; storage trouble otherwise.
pub fn load(conn: &mut AnyConn, id: ProjectId, now: DateTime<Utc>) -> Result<Loaded, ActionError> {
    let mut loaded = rows(conn, id, now)?;
    gather(conn, &mut loaded)?;
    Ok(loaded)
}

/// Reads a project without the facts that only its rules ask for: enough to show it, too little to decide on it.
///
/// # Errors
/// Those of [`load`].
pub fn rows(conn: &mut AnyConn, id: ProjectId, now: DateTime<Utc>) -> Result<Loaded, ActionError> {
    let (row, authority, committee) =
        projects::with_owners(conn, id)?.ok_or(ActionError::NotFound)?;
    let profile = profiles::load(conn, row.profile_id)?;
    let today = deadline::day_of(now);
    let all_ballots = ballots::of_project(conn, id)?;
    let seats = row.committee_id.map(|id| register::seats_on(conn, id, today)).transpose()?;
    Ok(Loaded {
        standing: standing(&row),
        calendar: profiles::calendar(conn)?,
        people: projects::people_of(conn, id)?,
        rounds: rounds::of_project(conn, id)?,
        ballots: latest_ballots(&all_ballots),
        consents: projects::consents_of(conn, id, row.stage_since)?,
        parties: projects::parties_of(conn, id)?,
        documents: documents::of_project(conn, id)?,
        all_ballots,
        objections: projects::objections_of(conn, id)?,
        adjustments: projects::adjustments_of(conn, id)?,
        deadlines: deadlines::of_object(conn, id.cast())?,
        authority,
        committee,
        seats: seats.unwrap_or_default(),
        facts: Bare { now, today, ..Bare::default() },
        profile,
        row,
    })
}

// What was put in the place of the first record goes on showing the data; what was withdrawn or closed to the public shows nothing.
fn data_shown_since(documents: &[DocumentRow]) -> Option<NaiveDate> {
    let shown = documents.iter().filter(|row| {
        row.kind == DocumentKind::DataDisplayRecord
            && row.visibility == Visibility::Open
            && row.withdrawn_at.is_none()
    });
    shown.map(|row| deadline::day_of(row.uploaded_at)).min()
}

/// Reads what the rules ask of a project besides its rows.
///
/// # Errors
/// Storage trouble.
pub fn gather(conn: &mut AnyConn, loaded: &mut Loaded) -> Result<(), ActionError> {
    let id = loaded.row.id;
    for (purpose, ballot) in &loaded.ballots {
        let fact = ballot_fact(conn, ballot, &loaded.profile)?;
        loaded.facts.ballots.insert(*purpose, fact);
    }
    let (parties, round) = (loaded.standing_parties().count(), loaded.rounds.last());
    let open = loaded.objections.iter().filter(|o| o.answered_at.is_none()).count();
    let pending = loaded.standing_parties().filter(|party| party.approved_at.is_none()).count();
    let facts = &mut loaded.facts;
    facts.documents = kinds_there(&loaded.documents);
    facts.publicity_ends = ends(&loaded.deadlines, DeadlineKind::PublicityEnd);
    facts.result_shown = ends(&loaded.deadlines, DeadlineKind::ResultPublicityEnd);
    facts.lead_ends = ends(&loaded.deadlines, DeadlineKind::PapersLead);
    facts.abolition_ends = ends(&loaded.deadlines, DeadlineKind::AbolitionEnd);
    facts.objections_open = count(open);
    facts.round = round.map(|round| round_fact(conn, round, &loaded.profile)).transpose()?;
    facts.fatal_findings = count(reviews::open_fatal_of(conn, id)?);
    facts.changes_open = count(ballot_parts::open_changes_of(conn, id)?);
    facts.data_shown_since = data_shown_since(&loaded.documents);
    facts.adjustment = adjustment(&loaded.adjustments);
    facts.parties = count(parties);
    facts.parties_pending = count(pending);
    if let Some(committee) = &loaded.committee {
        let sitting = (committee, loaded.seats.as_slice());
        let people = (loaded.people.as_slice(), loaded.consents.as_slice());
        committee_facts(&loaded.row, sitting, &loaded.profile, people, facts)?;
    }
    edition_facts(conn, &loaded.row, facts)
}

fn latest_ballots(all: &[BallotRow]) -> BTreeMap<BallotPurpose, BallotRow> {
    let latest = |purpose| {
        let of_purpose = all.iter().filter(|ballot| ballot.purpose == purpose);
        // One that ended with the project was never counted: it stands for nothing when the project comes back.
        let latest = of_purpose.max_by_key(|ballot| ballot.ordinal);
        Some((purpose, latest.filter(|ballot| ballot.aborted_at.is_none())?.clone()))
    };
    [BallotPurpose::Proposal, BallotPurpose::Review, BallotPurpose::Reexamination]
        .into_iter()
        .filter_map(latest)
        .collect()
}

impl Loaded {
    /// The facts for `decide`.
    pub fn facts(&self) -> Facts<'_> {
        let facts = &self.facts;
        let drafters = self
            .people
            .iter()
            .filter(|p| matches!(p.role, ProjectRole::LeadDrafter | ProjectRole::Drafter));
        let mut units: BTreeMap<OrganisationId, u32> = BTreeMap::new();
        for unit in drafters.clone().filter_map(|person| person.organisation_id) {
            *units.entry(unit).or_default() += 1;
        }
        Facts {
            profile: &self.profile,
            calendar: &self.calendar,
            now: facts.now,
            today: facts.today,
            documents: facts.documents.clone(),
            lead_drafters: count(
                self.people.iter().filter(|p| p.role == ProjectRole::LeadDrafter).count(),
            ),
            drafters: count(drafters.count()),
            drafters_of_one_unit: units.into_values().max().unwrap_or(0),
            term_ended: facts.term_ended,
            proposal: facts.ballots.get(&BallotPurpose::Proposal).cloned(),
            review: facts.ballots.get(&BallotPurpose::Review).cloned(),
            reexamination: facts.ballots.get(&BallotPurpose::Reexamination).cloned(),
            publicity_ends: facts.publicity_ends,
            result_shown: facts.result_shown,
            objections_open: facts.objections_open,
            round: facts.round.clone(),
            recipients: facts.recipients,
            consent: facts.consent,
            lead_ends: facts.lead_ends,
            voters: facts.voters,
            fatal_findings: facts.fatal_findings,
            changes_open: facts.changes_open,
            data_shown_since: facts.data_shown_since,
            abolition_ends: facts.abolition_ends,
            adjustment: facts.adjustment.clone(),
            parties_pending: facts.parties_pending,
            parties: facts.parties,
            amendments: facts.amendments,
            higher_text: facts.higher_text.clone(),
            number_taken: facts.number_taken,
        }
    }

    /// Looks up what only the typed fields tell: whether the number asked for is taken.
    pub fn look_up(&mut self, conn: &mut AnyConn, input: &Input) -> Result<(), ActionError> {
        let Some(text) = input.text(Field::SpecificationNumber) else { return Ok(()) };
        if let Ok(numbers) = SpecNumber::parse_joint(text) {
            self.facts.number_taken = joint::is_taken(conn, &numbers)?;
        }
        Ok(())
    }

    /// The authorities of a joint project besides the lead that did not leave it.
    pub fn standing_parties(&self) -> impl Iterator<Item = &ProjectPartyRow> {
        self.parties.iter().filter(|party| party.dropped_at.is_none())
    }

    /// Looks at a joint project as one of its other parties does: their officer approves for the own authority (E-25).
    pub fn stand_as_party(&mut self, actor: &Actor) {
        let Some(person) = actor.person() else { return };
        let pending = |party: &&ProjectPartyRow| {
            party.approved_at.is_none() && person.authorities.contains(&party.authority_id)
        };
        let own = self.standing_parties().filter(pending).map(|party| party.authority_id);
        let own: Vec<AuthorityId> = own.collect();
        self.facts.parties_pending = count(own.len());
        if let Some(authority) = own.first() {
            self.standing.owners.authority = *authority;
        }
    }

    /// The moves from here as somebody sees them; the approval of another authority (E-25) as its own officer does.
    pub fn moves_open_to(&mut self, actor: &Actor) -> Vec<Preview> {
        let mut moves = lifecycle::moves_open_to(&self.standing, actor, &self.facts());
        if self.parties.is_empty() {
            return moves;
        }
        moves.retain(|preview| preview.row.key != Move::ApproveAsParty);
        let (lead, pending) = (self.standing.owners.authority, self.facts.parties_pending);
        self.stand_as_party(actor);
        if self.standing.owners.authority != lead {
            let own = lifecycle::moves_open_to(&self.standing, actor, &self.facts());
            moves.extend(own.into_iter().filter(|preview| preview.row.key == Move::ApproveAsParty));
        }
        self.standing.owners.authority = lead;
        self.facts.parties_pending = pending;
        moves
    }

    /// People who draft the text; they are recused from its votes.
    pub fn is_drafter(&self, person: quanheng_domain::ids::PersonId) -> bool {
        self.people.iter().any(|row| {
            row.person_id == person
                && matches!(row.role, ProjectRole::LeadDrafter | ProjectRole::Drafter)
        })
    }
}

/// The row as the rules see it.
pub fn standing(row: &ProjectRow) -> Standing {
    Standing {
        id: row.id,
        owners: Owners {
            project: Some(row.id),
            committee: row.committee_id,
            authority: row.authority_id,
        },
        kind: row.kind,
        category: row.category,
        level: row.level,
        stage: row.stage,
        withdrawn_from: row.withdrawn_from,
        openness: row.openness,
        adoption: row.adoption,
        emergency: row.emergency,
        livelihood: row.livelihood,
        plan_on: row.plan_on,
        due_on: row.due_on,
        extensions: u32::try_from(row.extensions).unwrap_or(0),
        failures: u32::try_from(row.failures).unwrap_or(0),
        review_form: row.review_form.clone(),
        review_on: row.review_on,
        result: row.result.clone(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

// The rows of a kind stand in the order in which they were set.
fn ends(all: &[DeadlineRow], kind: DeadlineKind) -> Option<DateTime<Utc>> {
    all.iter().rev().find(|row| row.kind == kind).map(|row| row.due_at)
}

fn adjustment(all: &[AdjustmentRow]) -> Option<AdjustmentFact> {
    let open = all.iter().find(|row| row.decision.is_none())?;
    Some(AdjustmentFact { kind: open.kind.to_string(), requested_on: open.requested_on })
}

fn round_fact(
    conn: &mut AnyConn,
    row: &RoundRow,
    profile: &Profile,
) -> Result<RoundFact, ActionError> {
    let late = crate::round::case::late_count(profile);
    let (comments, open) = rounds::comment_counts(conn, row.id, late)?;
    Ok(RoundFact {
        ordinal: u32::try_from(row.ordinal).unwrap_or(1),
        running: row.status == RoundStatus::Running,
        opened_at: row.opens_at,
        closes_at: row.closes_at,
        open_comments: u32::try_from(open).unwrap_or(u32::MAX),
        comments: u32::try_from(comments).unwrap_or(u32::MAX),
    })
}

/// The profile is the one of the project's stage; a ballot that opened under another one reads its own.
fn ballot_fact(
    conn: &mut AnyConn,
    row: &BallotRow,
    profile: &Profile,
) -> Result<BallotFact, ActionError> {
    let tally: Tally = match profile.id == Some(row.profile_id) {
        true => ballot::tally::under(conn, row, profile)?,
        false => ballot::tally::of(conn, row)?,
    };
    Ok(BallotFact {
        closed: row.closed_at.is_some(),
        closes_at: row.closes_at,
        tally,
        signed: conclude::is_signed(conn, row)?,
    })
}

fn committee_facts(
    row: &ProjectRow,
    (committee, seats): (&CommitteeRow, &[SeatRow]),
    profile: &Profile,
    (people, consents): (&[ProjectPersonRow], &[ConsentRow]),
    facts: &mut Bare,
) -> Result<(), ActionError> {
    let caretaker = profile.get(keys::CARETAKER_MONTHS);
    facts.term_ended = committee
        .term_end
        .is_some_and(|end| deadline::corresponding_day(end, caretaker) < facts.today);
    let seats: Vec<_> = seats.iter().filter(|seat| !seat.suspended).collect();
    let drafts = |person| {
        people.iter().any(|row| {
            row.person_id == person
                && matches!(row.role, ProjectRole::LeadDrafter | ProjectRole::Drafter)
        })
    };
    let may_draft_and_vote = profile.get(keys::DRAFTER_CAN_VOTE);
    facts.voters = count(
        seats
            .iter()
            .filter(|s| s.role.is_voting() && (may_draft_and_vote || !drafts(s.person_id)))
            .count(),
    );
    // A chair who drafts the text does not consent to it; the vice-chairs do (edge case 4).
    let asked: Vec<_> = seats
        .iter()
        .filter(|s| matches!(s.role, Role::Chair | Role::ViceChair) && !drafts(s.person_id))
        .map(|s| s.person_id)
        .collect();
    facts.consent = ConsentFact {
        needed: count(asked.len()),
        given: count(
            asked
                .iter()
                .filter(|person| consents.iter().any(|c| c.person_id == **person && c.agreed))
                .count(),
        ),
    };
    facts.recipients =
        count(seats.len() + super::details::Details::read(&row.details)?.asked.len());
    Ok(())
}

fn edition_facts(
    conn: &mut AnyConn,
    row: &ProjectRow,
    facts: &mut Bare,
) -> Result<(), ActionError> {
    if let Some(edition) = row.specification_id {
        let others = projects::of_specification(conn, edition)?;
        let published = quanheng_domain::stage::Stage::Published;
        facts.amendments = count(
            others
                .iter()
                .filter(|p| {
                    p.id != row.id && p.kind == ProjectKind::Amendment && p.stage == published
                })
                .count(),
        );
    }
    if row.level != Level::National
        && row.category == quanheng_domain::specification::Category::VerificationRegulation
    {
        facts.higher_text = super::higher::national_text(conn, row, facts.today)?;
    }
    Ok(())
}
