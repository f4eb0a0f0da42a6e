//! Whether those whom a round asked are whom the rules want asked: classes and regions (征求对象的类别与地区).

use std::collections::BTreeSet;

use quanheng_actions::round::Case;
use quanheng_actions::{ActionError, profiles};
use quanheng_db::conn::AnyConn;
use quanheng_db::register;
use quanheng_db::rounds::RecipientRow;
use quanheng_domain::rules::{RecipientClass, keys};
use serde::Serialize;

use crate::pages::projects::word;
use crate::views::{RuleCite, Text};
use crate::voice;

/// Whether those asked are whom the rules want asked.
pub struct Coverage {
    /// Classes that the rule names and nobody was asked of.
    missing: Vec<RecipientClass>,
    classes: RuleCite,
    /// Regions of the units asked, where the rule wants all of them.
    regions: Option<(BTreeSet<String>, RuleCite)>,
}

/// What the rules of the round say of those asked.
///
/// # Errors
/// What the database says.
pub fn coverage(
    conn: &mut AnyConn,
    case: &Case,
    asked: &[RecipientRow],
) -> Result<Coverage, ActionError> {
    let profile = profiles::load(conn, case.round.profile_id)?;
    let there = |class: &RecipientClass| asked.iter().any(|line| line.class == *class);
    let mut missing = profile.get(keys::COMMENT_RECIPIENT_CLASSES);
    // The public is asked by the open page.
    missing.retain(|class| *class != RecipientClass::Public && !there(class));
    let regions = match profile.get(keys::COMMENT_ALL_REGIONS) {
        true => {
            let units: Vec<_> = asked.iter().filter_map(|line| line.organisation_id).collect();
            let rows = register::organisations_by(conn, &units)?.into_iter();
            let named = rows.map(|row| row.region).filter(|region| !region.is_empty()).collect();
            let rule = voice::cite_rule(profile.rule(keys::COMMENT_ALL_REGIONS.key()));
            Some((named, rule))
        }
        false => None,
    };
    let classes = voice::cite_rule(profile.rule(keys::COMMENT_RECIPIENT_CLASSES.key()));
    Ok(Coverage { missing, classes, regions })
}

/// A sentence about those asked, with the rule that it is measured by.
#[derive(Serialize)]
pub struct Covered {
    text: Text,
    wanting: bool,
    rule: RuleCite,
}

/// The sentences for the page; none where everybody was asked.
pub fn covered(coverage: &Coverage) -> Vec<Covered> {
    let mut told = Vec::new();
    if !coverage.missing.is_empty() {
        let names: Vec<Text> = coverage.missing.iter().map(|class| word(*class)).collect();
        let text = Text::said("letters-classes-missing").with_list("classes", &names);
        told.push(Covered { text, wanting: true, rule: coverage.classes.clone() });
    }
    if let Some((regions, rule)) = &coverage.regions {
        let names: Vec<Text> = regions.iter().map(Text::plain).collect();
        let text = Text::said("letters-regions").with("n", regions.len() as u64);
        let text = text.with_list("regions", &names);
        told.push(Covered { text, wanting: regions.is_empty(), rule: rule.clone() });
    }
    told
}
