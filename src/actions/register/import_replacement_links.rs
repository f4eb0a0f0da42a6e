//! Takes a table of replacements (代替关系) into the register: many to many, wholly or in part.

use quanheng_db::specifications::{self, ReplacementRow};
use quanheng_domain::{event::ObjectKind, people::Actor};
use quanheng_tables::formats::{self, LinkScope, Reading};
use serde_json::json;

use super::{
    import::{Effect, ImportOptions, ImportReport, Work, run},
    lookups,
};
use crate::{ActionError, Tx};

/// Imports links between editions; each is known by its two numbers, and a number that nobody described becomes a stub.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_replacement_links(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::ReplacementLinkRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, |_| 0, one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::ReplacementLinkRow,
) -> Result<(String, Effect), ActionError> {
    let name = format!("{} ← {}", row.new_number, row.old_number);
    let new_id = lookups::edition(tx, work, &row.new_number)?;
    let old_id = lookups::edition(tx, work, &row.old_number)?;
    let links = specifications::links_of(tx.conn(), &[new_id])?;
    if links.iter().any(|link| link.new_id == old_id && link.old_id == new_id) {
        return Err(work.refuse("old_number", "import-bad-replaces-each-other", &name));
    }
    let known = links.into_iter().find(|link| link.new_id == new_id && link.old_id == old_id);
    let kept = |new: &Option<String>, old: fn(&ReplacementRow) -> &str| {
        new.clone()
            .unwrap_or_else(|| known.as_ref().map(|link| old(link).to_owned()).unwrap_or_default())
    };
    let link = ReplacementRow {
        new_id,
        old_id,
        whole: row.scope == LinkScope::Whole,
        detail: kept(&row.part_detail, |link| &link.detail),
        basis: kept(&row.basis, |link| &link.basis),
    };
    if !specifications::put_link(tx.conn(), &link)? {
        return Ok((name, Effect::Unchanged));
    }
    let facts = json!({ "old": row.old_number, "whole": link.whole, "detail": link.detail, "basis": link.basis });
    work.record(tx, ObjectKind::Specification, new_id.cast(), "replacement_imported", facts)?;
    let effect =
        if known.is_some() { Effect::Changed { fields: vec!["scope"] } } else { Effect::Created };
    Ok((name, effect))
}
