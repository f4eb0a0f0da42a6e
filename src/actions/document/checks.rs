//! Checks of drafts: what the register knows of cited texts, which checks a committee makes binding, and the refusal of a draft that one
//! of them finds fault with.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use quanheng_db::{
    binding_checks, binding_checks::BindingRow, documents, projects::ProjectRow, register,
};
use quanheng_domain::{
    check::{CheckKind, Skeleton, Standing},
    clause::Clause,
    document::DocumentKind,
    event::ObjectKind,
    ids::CommitteeId,
    lifecycle::{Change, Outcome},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    specification::Category,
    validity::ValidityState,
};
use quanheng_text::checks::{self, Finding, Known};
use serde_json::json;

use super::place;
use crate::{
    ActionError, NewEvent, Tx, limits, report, round::text, specification::catalogue::Catalogue,
};

/// The register on a day, as the checks ask it.
pub struct Register {
    /// The catalogue.
    pub catalogue: Arc<Catalogue>,
    /// The day.
    pub on: NaiveDate,
}

impl Known for Register {
    fn status(&self, number: &str) -> Option<Standing> {
        let row = match self.catalogue.find(number) {
            Some(row) => row,
            // Without a year the newest edition is meant.
            None => {
                let prefix = format!("{number}-");
                let mut same = self.catalogue.editions.iter();
                same.rfind(|row| row.number_key.starts_with(&prefix))?
            }
        };
        let by = || {
            let instead = self.catalogue.instead_of(&row.id, self.on);
            instead.iter().map(|row| row.number_key.as_str()).collect::<Vec<_>>().join("\u{3001}")
        };
        Some(match self.catalogue.state(&row.id, self.on) {
            ValidityState::InForce | ValidityState::PartlyReplaced => Standing::InForce,
            ValidityState::Draft | ValidityState::Approved | ValidityState::Pending => {
                Standing::NotYet
            }
            ValidityState::Replaced => Standing::Replaced { by: by() },
            ValidityState::Abolished | ValidityState::Withdrawn => Standing::Abolished,
            ValidityState::Unknown => Standing::Unknown,
        })
    }
}

/// The outlines that a text of a category may follow, the one in force first; the rule for verification regulations is being revised.
pub fn outlines(category: Category) -> &'static [Skeleton] {
    match category {
        Category::VerificationScheme => &[Skeleton::Scheme],
        Category::VerificationRegulation => {
            &[Skeleton::Verification, Skeleton::VerificationRevised]
        }
        Category::TypeEvaluation => &[Skeleton::TypeEvaluation],
        Category::CalibrationSpecification => &[Skeleton::Calibration],
        Category::Other => &[],
    }
}

const fn of_skeleton(rule: CheckKind) -> bool {
    matches!(
        rule,
        CheckKind::ChapterMissing
            | CheckKind::ChapterOrder
            | CheckKind::AnnexMissing
            | CheckKind::AnnexStatus
    )
}

/// What is found in a text after an outline; nothing is said of chapters where the kind of text has no outline.
pub fn findings(kind: Option<Skeleton>, text: &[Clause], known: &dyn Known) -> Vec<Finding> {
    let mut found = checks::check(kind.unwrap_or(Skeleton::Scheme), text, known);
    if kind.is_none() {
        found.retain(|finding| !of_skeleton(finding.rule));
    }
    found
}

/// What of a text the binding checks of its committee find. A text may follow either outline: where it fits another one, nothing of the
/// chapters is wrong.
pub fn binding(
    binds: &BTreeSet<CheckKind>,
    category: Category,
    text: &[Clause],
    known: &dyn Known,
) -> Vec<Finding> {
    let of = |kind: Option<Skeleton>| {
        let mut found = findings(kind, text, known);
        found.retain(|finding| binds.contains(&finding.rule));
        found
    };
    let all = outlines(category);
    let tried = all.iter().map(|kind| of(Some(*kind)));
    tried.min_by_key(Vec::len).unwrap_or_else(|| of(None))
}

/// Which checks bind in a committee.
#[derive(Debug, Clone)]
pub struct BindChecks {
    /// The committee.
    pub committee: CommitteeId,
    /// The checks that bind from now on; all others are advice.
    pub checks: BTreeSet<CheckKind>,
    /// Why.
    pub note: String,
}

/// The checks that bind in a committee.
///
/// # Errors
/// Storage trouble.
pub fn bound(
    conn: &mut quanheng_db::AnyConn,
    committee: CommitteeId,
) -> Result<BTreeSet<CheckKind>, ActionError> {
    let rows = binding_checks::of_committee(conn, committee)?;
    Ok(rows.into_iter().map(|row| row.kind).collect())
}

/// Who says which checks bind.
pub const BINDERS: [Party; 2] = [Party::Secretariat, Party::Chair];

/// Says which checks bind in a committee; gives how many changed.
///
/// # Errors
/// `Refused` to others than the secretariat and the chair, `Invalid` for a note that is too long, `NotFound`.
pub fn bind_checks(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &BindChecks,
) -> Result<usize, ActionError> {
    tx.lock(command.committee.cast())?;
    let row = register::committee(tx.conn(), command.committee)?.ok_or(ActionError::NotFound)?;
    let parties = report::parties(actor, &row);
    if !BINDERS.iter().any(|party| parties.contains(party)) {
        return Err(crate::round::case::not_yours(&BINDERS));
    }
    let mut faults = Vec::new();
    text::lines(&mut faults, "note", &command.note, false, limits::NOTE);
    text::refuse(faults)?;
    let before = bound(tx.conn(), row.id)?;
    for kind in command.checks.difference(&before) {
        let line = BindingRow {
            committee_id: row.id,
            kind: *kind,
            bound_by: actor.person().map(|person| person.person),
            bound_at: tx.now(),
        };
        binding_checks::insert(tx.conn(), &line)?;
    }
    for kind in before.difference(&command.checks) {
        binding_checks::delete(tx.conn(), row.id, *kind)?;
    }
    let changed = command.checks.symmetric_difference(&before).count();
    if changed > 0 {
        let event = NewEvent::new(ObjectKind::Committee, row.id.cast(), actor, "checks_bound");
        let facts = json!({ "before": before, "after": command.checks });
        tx.record(event.note(command.note.trim()).facts(facts))?;
    }
    Ok(changed)
}

/// Refuses a move that would freeze a draft in which a binding check finds something. A draft without clauses (a scan) cannot be looked at.
///
/// # Errors
/// `Refused` with the first finding and how many there are.
pub fn refuse_binding(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    outcome: &Outcome,
) -> Result<(), ActionError> {
    let Some(committee) = row.committee_id else { return Ok(()) };
    let frozen: Vec<DocumentKind> = outcome
        .changes
        .iter()
        .filter_map(|change| if let Change::Freeze(kind) = change { Some(*kind) } else { None })
        .collect();
    if frozen.is_empty() {
        return Ok(());
    }
    let binds = bound(tx.conn(), committee)?;
    if binds.is_empty() {
        return Ok(());
    }
    let on = tx.today();
    let register = Register { catalogue: Arc::new(Catalogue::load(tx.conn(), on)?), on };
    for kind in frozen {
        let Some(document) = documents::newest(tx.conn(), row.id, kind)? else { continue };
        let text = place::text_of(tx.conn(), Some(document.id))?;
        if text.is_empty() {
            continue;
        }
        let found = binding(&binds, row.category, &text, &register);
        if let Some(first) = found.first() {
            let refusal = Refusal::new(RefusalCode::CheckBinding)
                .with("check", first.rule)
                .with("at", if first.at.is_empty() { "-" } else { &first.at })
                .with("words", &first.words)
                .with("n", found.len());
            return Err(refusal.into());
        }
    }
    Ok(())
}
