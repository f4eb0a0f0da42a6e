//! The ground of an instance: the national authority and the first fill of the rule profiles, made once and never twice.

use quanheng_db::{
    register::{self, AuthorityRow},
    rule_profiles::{self, ProfileRow, RuleValueRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::AuthorityId,
    people::Actor,
    rules::{self, Profile, RuleText},
};
use serde_json::json;

use super::authorities::NATIONAL;
use crate::{ActionError, NewEvent, Tx};

/// Makes sure that the national authority and all named rule profiles are there; gives the authority.
pub fn ensure(tx: &mut Tx<'_, '_>, actor: &Actor) -> Result<AuthorityId, ActionError> {
    for profile in rules::seeds() {
        ensure_profile(tx, actor, &profile)?;
    }
    if let Some(found) = register::authority_by_code(tx.conn(), NATIONAL.code)? {
        return Ok(found.id);
    }
    NATIONAL.enter(tx, actor).map(|row: AuthorityRow| row.id)
}

/// What the named profiles are called in both languages.
const TITLES: [(&str, &str, &str); 4] = [
    ("national", "国家级规则", "National rules"),
    ("jiangsu", "江苏省规则", "Rules of Jiangsu"),
    ("hubei", "湖北省规则", "Rules of Hubei"),
    ("mot", "交通运输部规则", "Rules of the Ministry of Transport"),
];

fn ensure_profile(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    profile: &Profile,
) -> Result<(), ActionError> {
    if rule_profiles::in_force(tx.conn(), &profile.name, profile.valid_from)?.is_some() {
        return Ok(());
    }
    let (_, title_zh, title_en) = TITLES
        .iter()
        .find(|(name, ..)| *name == profile.name)
        .copied()
        .unwrap_or((profile.name.as_str(), profile.name.as_str(), profile.name.as_str()));
    let row = ProfileRow {
        id: tx.id(),
        name: profile.name.clone(),
        title_zh: title_zh.to_owned(),
        title_en: title_en.to_owned(),
        authority_id: None,
        committee_id: None,
        valid_from: profile.valid_from,
        published_at: tx.now(),
        published_by: actor.person().map(|person| person.person),
        reason: String::new(),
    };
    let values: Vec<RuleValueRow> = profile
        .rules()
        .map(|rule| {
            let text = RuleText::from(rule);
            RuleValueRow {
                profile_id: row.id,
                key: text.key,
                value: text.value,
                unit: rule.unit().to_string(),
                article: text.article,
                source: text.source,
                mark: text.mark,
                confirmed: text.confirmed,
                note: text.note,
            }
        })
        .collect();
    rule_profiles::insert(tx.conn(), &row, &values)?;
    tx.record(
        NewEvent::new(ObjectKind::Profile, row.id.cast(), actor, "profile_seeded").facts(
            json!({ "name": row.name, "valid_from": row.valid_from, "rules": values.len() }),
        ),
    )?;
    Ok(())
}
