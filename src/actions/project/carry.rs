//! Carries out what a move decided, change by change, on the rows.

use quanheng_db::{
    documents,
    outbox::Recipient,
    projects,
    projects::{AliasRow, ProjectPartyRow, ProjectRow},
    register, rounds, specifications,
};
use quanheng_domain::{
    ids::{AuthorityId, BallotId, ProfileId, RoundId, SpecificationId},
    lifecycle::{Change, RoundStatus},
    people::Actor,
    records::Decision,
};

use super::{details::Details, family, load::Loaded};
use crate::{
    ActionError, Tx, ballot, round,
    specification::{self, joint},
};

/// What the changes brought forth, for the notices.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// The round that was opened, extended or closed.
    pub round: Option<RoundId>,
    /// The ballot that was opened or closed.
    pub ballot: Option<BallotId>,
    /// The edition that came into being or was changed.
    pub specification: Option<SpecificationId>,
    /// Editions that the new text replaces.
    pub replaced: Vec<SpecificationId>,
    /// People told besides the audience.
    pub concerned: Vec<Recipient>,
}

/// The profile version in force today for the project's authority.
pub fn current_profile(tx: &mut Tx<'_, '_>, row: &ProjectRow) -> Result<ProfileId, ActionError> {
    let today = tx.today();
    let name = crate::profiles::name_for(tx.conn(), row.authority_id, row.committee_id)?;
    let version = quanheng_db::rule_profiles::in_force(tx.conn(), &name, today)?;
    Ok(version.map_or(row.profile_id, |version| version.id))
}

/// Carries out one change.
pub fn carry(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    loaded: &Loaded,
    row: &mut ProjectRow,
    change: &Change,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    match change {
        Change::Plan { .. }
        | Change::Due(_)
        | Change::Emergency
        | Change::Review { .. }
        | Change::Failure
        | Change::Result(_)
        | Change::Withdrawn(_)
        | Change::Restored
        | Change::Approved(_) => of_row(row, change)?,
        Change::Freeze(kind) => freeze(tx, row, *kind)?,
        Change::Rename { .. }
        | Change::GrantAdjustment
        | Change::PartyApproved(_)
        | Change::PartyDropped(_) => {
            administrative(tx, actor, row, change)?;
        }
        Change::Child { .. } | Change::MergeInto(_) | Change::OpenRevision => {
            family::carry(tx, actor, loaded, row, change)?
        }
        Change::OpenRound { .. } | Change::ExtendRound { .. } | Change::Round(_) => {
            carried.round = Some(of_round(tx, loaded, row, change)?);
        }
        Change::OpenReviewBallot { closes_at, place } => {
            if let Some(place) = place {
                row.review_place.clone_from(place);
            }
            carried.ballot = Some(ballot::open::review(tx, loaded, row, *closes_at)?);
        }
        Change::EndBallots => ballot::close::end_all(tx, actor, row)?,
        Change::CloseReviewBallot => carried.ballot = Some(ballot::close::review(tx, loaded)?),
        Change::Number { .. }
        | Change::Publish { .. }
        | Change::ConfirmEdition
        | Change::AbolishEdition { .. } => {
            specification::carry(tx, actor, row, change, carried)?;
        }
    }
    Ok(())
}

// What only the project itself holds.
fn of_row(row: &mut ProjectRow, change: &Change) -> Result<(), ActionError> {
    match change {
        Change::Plan { document, number, on, due_on, supplementary } => {
            row.number = Some(number.clone());
            row.plan_document =
                if *supplementary { format!("{document}(增补)") } else { document.clone() };
            row.plan_on = Some(*on);
            row.due_on = Some(*due_on);
        }
        Change::Due(day) => {
            row.due_on = Some(*day);
            row.extensions += 1;
        }
        Change::Emergency => row.emergency = true,
        Change::Review { form, on, place } => {
            row.review_form = Some(form.clone());
            row.review_on = Some(*on);
            row.review_place = place.clone().unwrap_or_default();
        }
        Change::Failure => row.failures += 1,
        Change::Result(result) => row.result = Some(result.clone()),
        Change::Withdrawn(stage) => row.withdrawn_from = Some(*stage),
        Change::Restored => row.withdrawn_from = None,
        Change::Approved(document) => {
            let mut details = Details::read(&row.details)?;
            details.approval_document.clone_from(document);
            row.details = details.write()?;
        }
        _ => {}
    }
    Ok(())
}

fn freeze(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    kind: quanheng_domain::document::DocumentKind,
) -> Result<(), ActionError> {
    let now = tx.now();
    if let Some(mut document) = documents::newest(tx.conn(), row.id, kind)? {
        document.frozen_at.get_or_insert(now);
        documents::save(tx.conn(), &document)?;
    }
    Ok(())
}

fn of_round(
    tx: &mut Tx<'_, '_>,
    loaded: &Loaded,
    row: &ProjectRow,
    change: &Change,
) -> Result<RoundId, ActionError> {
    if let Change::OpenRound { closes_at } = change {
        return round::open::open(tx, loaded, row, *closes_at);
    }
    let mut round = rounds::latest_of(tx.conn(), row.id)?.ok_or(ActionError::NotFound)?;
    match change {
        Change::ExtendRound { closes_at } => round.closes_at = *closes_at,
        Change::Round(status) => {
            round.status = *status;
            if *status == RoundStatus::Published {
                round::publish::publish(tx, &round)?;
            }
        }
        _ => {}
    }
    if rounds::save(tx.conn(), &mut round)? { Ok(round.id) } else { Err(ActionError::Conflict) }
}

fn administrative(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &mut ProjectRow,
    change: &Change,
) -> Result<(), ActionError> {
    match change {
        Change::Rename { title_zh, title_en, lead_unit, scope } => {
            rename(tx, row, title_zh.as_deref(), title_en.as_deref(), scope.as_deref())?;
            if let Some(name) = lead_unit {
                super::units::set_lead(tx, row.id, name)?;
            }
        }
        Change::GrantAdjustment => decide_adjustment(tx, actor, row, Decision::Granted)?,
        Change::PartyApproved(document) => {
            let authorities =
                actor.person().map(|person| person.authorities.clone()).unwrap_or_default();
            let now = tx.now();
            for mut party in open_parties(tx, row)? {
                if authorities.contains(&party.authority_id) {
                    party.approved_at = Some(now);
                    party.approval_document.clone_from(document);
                    projects::save_party(tx.conn(), &party)?;
                }
            }
        }
        Change::PartyDropped(authority) => {
            let now = tx.now();
            let mut party = open_parties(tx, row)?
                .into_iter()
                .find(|party| party.authority_id.to_string() == *authority)
                .ok_or(ActionError::NotFound)?;
            party.dropped_at = Some(now);
            projects::save_party(tx.conn(), &party)?;
            void_number(tx, row, party.authority_id)?;
        }
        _ => {}
    }
    Ok(())
}

/// The number that the party had of the joint text is void from now on.
fn void_number(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    authority: AuthorityId,
) -> Result<(), ActionError> {
    let Some(id) = row.specification_id else { return Ok(()) };
    let edition = specifications::find(tx.conn(), id)?;
    if edition.is_some_and(|edition| edition.project_id == Some(row.id)) {
        joint::void(tx, id, authority)?;
    }
    Ok(())
}

fn open_parties(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
) -> Result<Vec<ProjectPartyRow>, ActionError> {
    Ok(projects::parties_of(tx.conn(), row.id)?
        .into_iter()
        .filter(|party| party.dropped_at.is_none())
        .collect())
}

fn rename(
    tx: &mut Tx<'_, '_>,
    row: &mut ProjectRow,
    zh: Option<&str>,
    en: Option<&str>,
    scope: Option<&str>,
) -> Result<(), ActionError> {
    if let Some(title) = zh.filter(|title| *title != row.title_zh) {
        // Edge case 33: the former name stays findable with the day until which it held.
        let alias = AliasRow {
            id: tx.id(),
            project_id: row.id,
            title_zh: row.title_zh.clone(),
            until: tx.now(),
        };
        projects::add_alias(tx.conn(), &alias)?;
        title.clone_into(&mut row.title_zh);
    }
    if let Some(title) = en {
        title.clone_into(&mut row.title_en);
    }
    if let Some(scope) = scope {
        let mut details = Details::read(&row.details)?;
        scope.clone_into(&mut details.scope);
        row.details = details.write()?;
    }
    Ok(())
}

/// Decides the open adjustment request of a project, if there is one.
pub fn decide_adjustment(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &ProjectRow,
    decision: Decision,
) -> Result<(), ActionError> {
    let now = tx.now();
    if let Some(mut open) = projects::adjustments_of(tx.conn(), row.id)?
        .into_iter()
        .find(|open| open.decision.is_none())
    {
        open.decision = Some(decision);
        open.decided_at = Some(now);
        open.decided_by = actor.person().map(|person| person.person);
        projects::save_adjustment(tx.conn(), &open)?;
    }
    Ok(())
}

/// The committee's printed name, for titles in mails.
pub fn committee_name(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
) -> Result<(String, String), ActionError> {
    let Some(id) = row.committee_id else { return Ok(Default::default()) };
    let committee = register::committee(tx.conn(), id)?.ok_or(ActionError::NotFound)?;
    Ok((committee.code.unwrap_or_default(), committee.name_zh))
}
