//! Enters the rows of a table portion by portion: while one is written nobody else writes, so a long table lets others write in between.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use chrono::{DateTime, Utc};
use quanheng_db::{
    accounts,
    comment_imports::{self, ImportRow},
    register,
};
use quanheng_domain::{
    comment::ImportState,
    ids::{ImportId, PersonId},
    people::Actor,
};
use quanheng_tables::{
    Mapping, Matched, Message, Note, Table,
    formats::{BadRow, Format as _, OpinionRow, Opinions, Parsed, Reading, understand},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::case::Case;
use super::{case_for, keep, run, take::file_name, told};
use crate::{ActionError, Tx, account::session, limits, register::import::ImportReport};

/// How far a table has been entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// On whose behalf.
    pub by: Option<PersonId>,
    /// Rows dealt with.
    pub done: usize,
    /// Rows in all.
    pub of: usize,
    /// When the last portion was written.
    pub at: DateTime<Utc>,
    created: usize,
    changed: usize,
    bad: usize,
    waiting: usize,
}

impl Progress {
    /// How far a table is, while it is being entered.
    pub fn of(import: &ImportRow) -> Option<Self> {
        serde_json::from_value(import.progress.clone()?).ok()
    }

    fn begins(actor: &Actor, of: usize, at: DateTime<Utc>) -> Self {
        let by = actor.person().map(|person| person.person);
        Self { by, done: 0, of, at, created: 0, changed: 0, bad: 0, waiting: 0 }
    }

    fn add(&mut self, report: &ImportReport, (steps, waiting): (usize, usize)) {
        self.done += steps;
        self.created += report.created();
        self.changed += report.changed();
        self.bad += report.bad_lines();
        self.waiting += waiting;
    }
}

/// A table in the order in which it enters: what one sender says follows together, and what cannot be read comes last.
#[derive(Debug)]
pub struct Steps<'t> {
    table: Cow<'t, Table>,
    matched: Matched,
    /// What was assumed on reading.
    pub notes: Vec<Message>,
    rows: Vec<Parsed<OpinionRow>>,
    bad: Vec<Vec<BadRow>>,
}

impl<'t> Steps<'t> {
    /// The steps of a table whose columns are said.
    pub fn of(table: Cow<'t, Table>, said: &Mapping) -> Self {
        let (matched, assumed) = Opinions::COLUMNS.assign(&table, said);
        let reading = understand::<Opinions>(&table, &matched);
        let notes = table.notes.iter().chain(&assumed).chain(&reading.notes).map(Note::message);
        let notes = notes.collect();
        let mut bad: BTreeMap<u64, Vec<BadRow>> = BTreeMap::new();
        for one in reading.bad {
            bad.entry(one.line).or_default().push(one);
        }
        let bad = bad.into_values().collect();
        Self { table, matched, notes, rows: by_sender(reading.rows), bad }
    }

    fn len(&self) -> usize {
        self.rows.len() + self.bad.len()
    }

    /// At most so many steps after those that are done.
    fn part(&self, done: usize, most: usize) -> Reading<OpinionRow> {
        let rows: Vec<_> = self.rows.iter().skip(done).take(most).cloned().collect();
        let left = most - rows.len();
        let bad = self.bad.iter().skip(done.saturating_sub(self.rows.len())).take(left);
        Reading { rows, bad: bad.flatten().cloned().collect(), notes: Vec::new() }
    }
}

fn by_sender(mut rows: Vec<Parsed<OpinionRow>>) -> Vec<Parsed<OpinionRow>> {
    let key = |row: &OpinionRow| {
        (row.unit.clone(), row.author.clone(), row.email.clone(), row.source, row.received_on)
    };
    let mut first = HashMap::new();
    for row in &rows {
        let place = first.len();
        first.entry(key(&row.value)).or_insert(place);
    }
    rows.sort_by_cached_key(|row| first.get(&key(&row.value)).copied());
    rows
}

/// Begins to enter a table: a short one enters at once, of a long one is noted that it is being entered.
pub(super) fn begin(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    mut import: ImportRow,
    steps: &Steps<'_>,
) -> Result<Option<ImportReport>, ActionError> {
    let progress = Progress::begins(actor, steps.len(), tx.now());
    import.notes = json!(steps.notes);
    // Only somebody can be asked again later whether the rows may enter.
    if progress.by.is_none() || steps.len() <= limits::ROWS_AT_ONCE {
        let mut report = write(tx, actor, case, (import, progress), (steps, steps.len()))?;
        report.notes.clone_from(&steps.notes);
        return Ok(Some(report));
    }
    import.state = ImportState::Entering;
    save(tx, import, &progress)?;
    Ok(None)
}

/// What is left of a long table is entered on behalf of somebody else.
pub(super) fn take_over(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    import: ImportRow,
) -> Result<(), ActionError> {
    match Progress::of(&import) {
        Some(progress) => {
            let by = actor.person().map(|person| person.person);
            save(tx, import, &Progress { by, ..progress })
        }
        None => Ok(()),
    }
}

fn save(
    tx: &mut Tx<'_, '_>,
    mut import: ImportRow,
    progress: &Progress,
) -> Result<(), ActionError> {
    import.progress = Some(json!(progress));
    match comment_imports::save(tx.conn(), &mut import)? {
        true => Ok(()),
        false => Err(ActionError::Conflict),
    }
}

/// Enters the next portion of a table on behalf of who handed it in; nothing once there is none left.
///
/// # Errors
/// `NotFound` and `Refused` when who handed it in may no longer settle comments here.
pub fn enter_next(
    tx: &mut Tx<'_, '_>,
    import: ImportId,
    steps: &Steps<'_>,
) -> Result<Option<ImportReport>, ActionError> {
    let row = comment_imports::find(tx.conn(), import)?.ok_or(ActionError::NotFound)?;
    let case = Case::of_round(tx, row.round_id)?;
    tx.lock(case.project.id.cast())?;
    let import = comment_imports::find(tx.conn(), import)?.ok_or(ActionError::NotFound)?;
    let progress = Progress::of(&import).filter(|_| import.state == ImportState::Entering);
    let Some((progress, by)) = progress.and_then(|one| Some((one.clone(), one.by?))) else {
        return Ok(None);
    };
    let actor = acting(tx, by)?;
    let case = case_for(tx, &actor, case)?;
    write(tx, &actor, &case, (import, progress), (steps, limits::ROWS_AT_ONCE)).map(Some)
}

fn acting(tx: &mut Tx<'_, '_>, person: PersonId) -> Result<Actor, ActionError> {
    let now = tx.now();
    let row = register::person(tx.conn(), person)?.ok_or(ActionError::NotFound)?;
    let account = accounts::account(tx.conn(), person)?;
    if account.as_ref().is_some_and(|account| account.disabled) {
        return Err(ActionError::NotFound);
    }
    let administrator = account.is_some_and(|account| account.administrator);
    Ok(Actor::Person(session::actor_of(tx.conn(), &row, administrator, now)?))
}

/// Writes a portion; after the last one ledger and sender are told.
fn write(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    (mut import, mut progress): (ImportRow, Progress),
    (steps, most): (&Steps<'_>, usize),
) -> Result<ImportReport, ActionError> {
    let part = steps.part(progress.done, most);
    let outcome = run(tx, actor, case, &import, (&steps.table, &steps.matched), part)?;
    let waiting = keep(tx, &import, &outcome.lines)?;
    let left = steps.len().saturating_sub(progress.done);
    progress.add(&outcome.report, (left.min(most), waiting));
    progress.at = tx.now();
    if progress.done < steps.len() {
        save(tx, import, &progress)?;
        return Ok(outcome.report);
    }
    import.state = ImportState::Read;
    import.progress = None;
    if !comment_imports::save(tx.conn(), &mut import)? {
        return Err(ActionError::Conflict);
    }
    if progress.created + progress.changed + progress.waiting > 0 {
        let facts = json!({
            "round": case.round.id, "file": file_name(tx, &import)?, "created": progress.created,
            "changed": progress.changed, "bad": progress.bad, "import": import.id,
        });
        case.record(tx, actor, "table_imported", "", facts)?;
    }
    told::when_done(tx, actor, case, &mut import)?;
    Ok(outcome.report)
}
