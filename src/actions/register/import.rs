//! What all imports share: each row in a part of its own, changes counted field by field, one report for the reader.

use std::collections::BTreeMap;

use quanheng_domain::{event::ObjectKind, ids::ObjectId, people::Actor};
use quanheng_tables::{
    Message,
    formats::{BadRow, Doubt, Parsed, Reading},
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{ActionError, NewEvent, Tx};

/// How an import runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// The file's name, as the ledger shall tell it.
    pub source: String,
    /// True writes nothing and reports what would be written.
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// Whether nothing was written on purpose.
    pub dry_run: bool,
    /// The rows that were understood, in file order.
    pub rows: Vec<RowReport>,
    /// What could not be used, by line, column and reason.
    pub bad: Vec<BadRow>,
    /// What the reader assumed or left aside.
    pub notes: Vec<Message>,
    /// What was entered on the way because rows speak of it, such as organisations, counted by kind.
    pub also: BTreeMap<&'static str, usize>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowReport {
    /// Its line in the file.
    pub line: u64,
    /// What it is about: a code, a number, a name.
    pub name: String,
    /// What it did.
    #[serde(flatten)]
    pub effect: Effect,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// What a row does to the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It is new.
    Created,
    /// These fields change.
    Changed {
        /// Names of the fields.
        fields: Vec<&'static str>,
    },
    /// The register knew all of it.
    Unchanged,
}

impl ImportReport {
    /// How many rows are new.
    pub fn created(&self) -> usize {
        self.rows.iter().filter(|row| row.effect == Effect::Created).count()
    }

    /// How many rows change something known.
    pub fn changed(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.effect, Effect::Changed { .. })).count()
    }

    /// How many rows change nothing.
    pub fn unchanged(&self) -> usize {
        self.rows.iter().filter(|row| row.effect == Effect::Unchanged).count()
    }

    /// How many rows passed with a doubt.
    pub fn doubtful(&self) -> usize {
        self.rows.iter().filter(|row| !row.doubts.is_empty()).count()
    }

    /// How many lines of the file could not be used.
    pub fn bad_lines(&self) -> usize {
        let mut lines: Vec<u64> = self.bad.iter().map(|bad| bad.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.len()
    }
}

/// One row at work: collects doubts, refuses the row, remembers what was entered on the way.
pub(super) struct Work<'w> {
    pub actor: &'w Actor,
    pub source: &'w str,
    line: u64,
    doubts: Vec<Doubt>,
    bad: Option<BadRow>,
    also: Vec<&'static str>,
}

impl Work<'_> {
    /// Adds a doubt that only the register could tell.
    pub fn doubt(&mut self, column: &'static str, message_key: &'static str, found: &str) {
        let doubt = Doubt { column, message_key, found: found.to_owned() };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Refuses this row; return what it gives, and what the row did is undone.
    #[must_use]
    pub fn refuse(
        &mut self,
        column: &'static str,
        reason: &'static str,
        found: &str,
    ) -> ActionError {
        self.bad =
            Some(BadRow { line: self.line, column: Some(column), reason, found: found.to_owned() });
        ActionError::Conflict
    }

    /// Counts something that was entered because the row speaks of it.
    pub fn entered(&mut self, what: &'static str) {
        self.also.push(what);
    }

    /// How many editions were entered on the way by their number alone.
    pub fn stubs(&self) -> usize {
        self.also.iter().filter(|what| **what == "stub_editions").count()
    }

    /// Appends to the ledger that an import did this.
    pub fn record(
        &self,
        tx: &mut Tx<'_, '_>,
        kind: ObjectKind,
        id: ObjectId,
        what: &str,
        mut facts: Value,
    ) -> Result<(), ActionError> {
        if let Value::Object(facts) = &mut facts {
            facts.insert("source".to_owned(), json!(self.source));
        }
        tx.record(NewEvent::new(kind, id, self.actor, what).facts(facts))?;
        Ok(())
    }
}

/// Runs an import: every row by itself, all rows together or, as a trial, none.
pub(super) fn run<T, K: Ord>(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<T>,
    options: &ImportOptions,
    order: impl Fn(&T) -> K,
    mut each: impl FnMut(&mut Tx<'_, '_>, &mut Work<'_>, &T) -> Result<(String, Effect), ActionError>,
) -> Result<ImportReport, ActionError> {
    if !may_import(actor) {
        return Err(ActionError::Forbidden);
    }
    let mut done = None;
    let outcome = tx.attempt(|tx| {
        done = Some(all_rows(tx, actor, reading, options, &order, &mut each)?);
        // The error undoes the trial; it is not told.
        if options.dry_run { Err(ActionError::Conflict) } else { Ok(()) }
    });
    match (done, outcome) {
        (Some(report), outcome) if options.dry_run || outcome.is_ok() => Ok(report),
        (_, Err(error)) => Err(error),
        // A report is there whenever the attempt succeeds.
        (None, Ok(())) => Err(ActionError::Conflict),
        (Some(report), Ok(())) => Ok(report),
    }
}

fn all_rows<T, K: Ord>(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<T>,
    options: &ImportOptions,
    order: &impl Fn(&T) -> K,
    each: &mut impl FnMut(&mut Tx<'_, '_>, &mut Work<'_>, &T) -> Result<(String, Effect), ActionError>,
) -> Result<ImportReport, ActionError> {
    let mut report = ImportReport {
        dry_run: options.dry_run,
        rows: Vec::with_capacity(reading.rows.len()),
        bad: reading.bad.clone(),
        notes: reading.notes.iter().map(quanheng_tables::Note::message).collect(),
        also: BTreeMap::new(),
    };
    let mut rows: Vec<&Parsed<T>> = reading.rows.iter().collect();
    // Rows that others speak of come first, wherever they stand in the file.
    rows.sort_by_key(|row| order(&row.value));
    for row in rows {
        let mut work = Work {
            actor,
            source: &options.source,
            line: row.line,
            doubts: row.doubts.clone(),
            bad: None,
            also: Vec::new(),
        };
        match tx.attempt(|tx| each(tx, &mut work, &row.value)) {
            Ok((name, effect)) => {
                report.rows.push(RowReport { line: row.line, name, effect, doubts: work.doubts });
                for what in work.also {
                    *report.also.entry(what).or_default() += 1;
                }
            }
            Err(error) => report.bad.push(work.bad.ok_or(error)?),
        }
    }
    report.rows.sort_by_key(|row| row.line);
    report.bad.sort_by_key(|bad| bad.line);
    Ok(report)
}

/// Imports are for the command line and for administrators.
fn may_import(actor: &Actor) -> bool {
    match actor {
        Actor::System => true,
        Actor::Public => false,
        Actor::Person(person) => person.administrator,
    }
}

/// The changes of one row, field by field, before and after.
#[derive(Default)]
pub(super) struct Changes {
    fields: Vec<&'static str>,
    facts: Map<String, Value>,
}

impl Changes {
    /// Takes a value over; `None` means that the file says nothing.
    pub fn set<T: PartialEq + Serialize>(
        &mut self,
        field: &'static str,
        slot: &mut T,
        new: Option<T>,
    ) -> Result<(), ActionError> {
        let Some(new) = new.filter(|new| new != slot) else { return Ok(()) };
        let told = |value: &T| serde_json::to_value(value).map_err(ActionError::unwritable);
        self.facts.insert(field.to_owned(), json!([told(slot)?, told(&new)?]));
        self.fields.push(field);
        *slot = new;
        Ok(())
    }

    /// Takes a text over.
    pub fn text(
        &mut self,
        field: &'static str,
        slot: &mut String,
        new: Option<&str>,
    ) -> Result<(), ActionError> {
        self.set(field, slot, new.map(str::to_owned))
    }

    /// Takes an optional value over; nothing in the file keeps what is there.
    pub fn option<T: PartialEq + Serialize>(
        &mut self,
        field: &'static str,
        slot: &mut Option<T>,
        new: Option<T>,
    ) -> Result<(), ActionError> {
        if new.is_some() { self.set(field, slot, Some(new)) } else { Ok(()) }
    }

    /// Notes that something beside the row changed.
    pub fn noted(&mut self, field: &'static str, facts: Value) {
        self.facts.insert(field.to_owned(), facts);
        self.fields.push(field);
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The facts for the ledger.
    pub fn facts(&self) -> Value {
        json!({ "changed": self.facts })
    }

    /// What the row did.
    pub fn effect(self) -> Effect {
        if self.is_empty() { Effect::Unchanged } else { Effect::Changed { fields: self.fields } }
    }
}
