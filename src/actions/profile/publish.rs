//! Publishing a new dated version of a rule profile: what ran before keeps its version, what begins later takes the new one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    register,
    rule_profiles::{self, ProfileRow, RuleValueRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::ProfileId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::{OverrideFault, Profile, ProfileFaults, Rule, RuleFault, RuleText},
};
use serde_json::json;

use crate::{ActionError, NewEvent, Tx, profiles};

/// A new version as filled in.
#[derive(Debug, Clone)]
pub struct Publish {
    /// Name of the profile.
    pub name: String,
    /// First day on which it applies.
    pub valid_from: NaiveDate,
    /// The rules that are to read differently, each with its ground.
    pub changes: Vec<RuleText>,
    /// Why.
    pub reason: String,
}

/// Publishes a new version: the one that would apply on its first day, with the changes put in.
///
/// # Errors
/// `Refused` for others than the authority's officers and administrators, `Invalid` with a fault at `value:KEY` for a value that
/// is out of bounds or not open to a committee, `NotFound` for an unknown name.
pub fn publish(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Publish,
) -> Result<ProfileId, ActionError> {
    let before = rule_profiles::in_force(tx.conn(), &command.name, command.valid_from)?
        .ok_or(ActionError::NotFound)?;
    if !may_publish(tx.conn(), actor, &before)? {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Officer).into());
    }
    let faults = faults(command, tx.today());
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let base = profiles::load(tx.conn(), before.id)?;
    let profile = changed(&base, command)?;
    if let Some(committee) = before.committee_id {
        within_authority(tx.conn(), &profile, committee, command.valid_from)?;
    }
    let mut row = ProfileRow {
        id: tx.id(),
        valid_from: command.valid_from,
        published_at: tx.now(),
        published_by: actor.person().map(|person| person.person),
        reason: command.reason.trim().to_owned(),
        ..before.clone()
    };
    let values: Vec<RuleValueRow> = profile.rules().map(|rule| stored(rule, row.id)).collect();
    row.digest = profiles::digest(&values);
    rule_profiles::insert(tx.conn(), &row, &values)?;
    let changes: Vec<_> = command
        .changes
        .iter()
        .filter_map(|change| Rule::try_from(change.clone()).ok())
        .map(|rule| json!({ "key": rule.key, "from": base.rule(rule.key).value.to_string(), "to": rule.value.to_string() }))
        .collect();
    // Every version has a chain of its own; the one before names it, so that both ends can be found.
    let facts = json!({ "name": row.name, "valid_from": row.valid_from, "changes": changes, "before": before.id });
    tx.record(
        NewEvent::new(ObjectKind::Profile, row.id.cast(), actor, "profile_published")
            .note(row.reason.as_str())
            .facts(facts),
    )?;
    Ok(row.id)
}

/// Whether somebody may publish versions of a profile: administrators, and officers of an authority that uses it.
pub fn may_publish(
    conn: &mut AnyConn,
    actor: &Actor,
    profile: &ProfileRow,
) -> Result<bool, ActionError> {
    let person = match actor {
        Actor::System => return Ok(true),
        Actor::Public => return Ok(false),
        Actor::Person(person) => person,
    };
    if person.administrator {
        return Ok(true);
    }
    let own = register::all_authorities(conn)?.into_iter().any(|one| {
        person.authorities.contains(&one.id)
            && (one.profile == profile.name || profile.authority_id == Some(one.id))
    });
    Ok(own)
}

fn faults(command: &Publish, today: NaiveDate) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if command.reason.trim().is_empty() {
        faults.push(FieldFault::new("reason", FaultCode::Missing));
    }
    // What was decided under a version may not be judged by another afterwards.
    if command.valid_from < today {
        faults.push(FieldFault::new("valid_from", FaultCode::NotADay));
    }
    if command.changes.is_empty() {
        faults.push(FieldFault::new("value", FaultCode::Missing));
    }
    faults
}

fn changed(base: &Profile, command: &Publish) -> Result<Profile, ActionError> {
    let mut texts: BTreeMap<String, RuleText> =
        base.rules().map(|rule| (rule.key.to_string(), RuleText::from(rule))).collect();
    for change in &command.changes {
        texts.insert(change.key.clone(), change.clone());
    }
    let profile = Profile::from_texts(
        None,
        command.name.clone(),
        command.valid_from,
        texts.into_values(),
        None,
    );
    profile.map_err(|found| ActionError::Invalid(at_fields(&found)))
}

fn at_fields(found: &ProfileFaults) -> Vec<FieldFault> {
    let at = |key: &dyn std::fmt::Display, code| FieldFault::new(format!("value:{key}"), code);
    let of = |fault: &RuleFault| match fault {
        RuleFault::UnknownKey { key } => at(key, FaultCode::Unknown),
        RuleFault::UnknownMark { key, .. } => {
            FieldFault::new(format!("mark:{key}"), FaultCode::NotAChoice)
        }
        RuleFault::Value { key, .. } => at(key, FaultCode::NotAChoice),
        RuleFault::Missing { key } => at(key, FaultCode::Missing),
        RuleFault::Twice { key } => at(key, FaultCode::NotAsked),
        RuleFault::Contradiction { low, .. } => at(low, FaultCode::NotAChoice),
    };
    found.0.iter().map(of).collect()
}

// A committee departs from its authority only where and as far as the authority leaves it open.
fn within_authority(
    conn: &mut AnyConn,
    own: &Profile,
    committee: quanheng_domain::ids::CommitteeId,
    on: NaiveDate,
) -> Result<(), ActionError> {
    let committee = register::committee(conn, committee)?.ok_or(ActionError::NotFound)?;
    let authority =
        register::authority(conn, committee.authority_id)?.ok_or(ActionError::NotFound)?;
    let above = profiles::in_force(conn, &authority.profile, on)?;
    let departing = own.rules().filter(|rule| rule.value != above.rule(rule.key).value).cloned();
    let Err(found) = above.overridden_by(departing) else { return Ok(()) };
    let faults = found.iter().flat_map(|fault| match fault {
        OverrideFault::NotAllowed { key, .. } => {
            vec![FieldFault::new(format!("value:{key}"), FaultCode::NotAChoice)]
        }
        OverrideFault::Profile(found) => at_fields(found),
    });
    Err(ActionError::Invalid(faults.collect()))
}

fn stored(rule: &Rule, profile: ProfileId) -> RuleValueRow {
    let text = RuleText::from(rule);
    RuleValueRow {
        profile_id: profile,
        key: text.key,
        value: text.value,
        unit: rule.unit().to_string(),
        article: text.article,
        source: text.source,
        mark: text.mark,
        confirmed: text.confirmed,
        note: text.note,
    }
}
