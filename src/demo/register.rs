//! The starter register, read from the files compiled in and entered by the imports that administrators use.

use anyhow::Context;
use quanheng_actions::{
    ActionError, Tx,
    register::{
        ImportOptions, ImportReport, import_announcements, import_committees, import_holidays,
        import_numbers, import_plan, import_replacement_links, import_specifications,
    },
};
use quanheng_domain::{number::SpecNumber, people::Actor};
use quanheng_tables::{
    Limits,
    formats::{
        Announcements, Committees, Format, Holidays, LifecycleChains, Parsed, Plan, Reading,
        ReplacementLinks, Specifications, StatedStatus, read_as,
    },
};

use super::{
    lives::{self, Life},
    people::BODIES,
    projects,
    world::World,
};

/// A file of the register: its name and its bytes.
type File = (&'static str, &'static [u8]);

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../config/register/", $name)).as_slice())
    };
}

const COMMITTEES: File = file!("committees.csv");
const SPECIFICATIONS: File = file!("specifications.csv");

type Import<R> =
    fn(&mut Tx<'_, '_>, &Actor, &Reading<R>, &ImportOptions) -> Result<ImportReport, ActionError>;

fn read<F: Format>((name, bytes): File) -> anyhow::Result<Reading<F::Row>> {
    read_as::<F>(bytes, &Limits::default()).context(name)
}

fn enter<R>(
    world: &World<'_>,
    name: &str,
    reading: &Reading<R>,
    import: Import<R>,
) -> anyhow::Result<()> {
    let options = ImportOptions { source: name.to_owned(), dry_run: false };
    world.write(|tx| import(tx, &Actor::System, reading, &options)).context(name.to_owned())?;
    Ok(())
}

/// The steps of real lives, as far as sources tell them.
pub fn chains() -> anyhow::Result<Reading<quanheng_tables::formats::LifecycleStepRow>> {
    read::<LifecycleChains>(file!("lifecycle_chains.csv"))
}

/// Days off, and the committees whose people are at work long before the register is taken in.
pub fn ground(world: &World<'_>) -> anyhow::Result<()> {
    let days = read::<Holidays>(file!("holidays.csv"))?;
    enter(world, "holidays.csv", &days, import_holidays)?;
    let mut committees = read::<Committees>(COMMITTEES)?;
    let known: Vec<&str> = BODIES.iter().map(|body| body.known_as).collect();
    let of = |cell: &str| known.contains(&cell);
    let above: Vec<String> = committees
        .rows
        .iter()
        .filter(|row| of(&row.value.name_zh))
        .filter_map(|row| row.value.parent.clone())
        .collect();
    committees.rows.retain(|row| {
        let (code, name) = (row.value.code.as_deref().unwrap_or_default(), &row.value.name_zh);
        of(code) || of(name) || above.iter().any(|parent| parent == code || parent == name)
    });
    enter(world, COMMITTEES.0, &committees, import_committees)
}

/// Editions that must be known before a text can replace them, without what lists of later years say of them.
pub fn before(world: &World<'_>, numbers: &[&str]) -> anyhow::Result<()> {
    let mut known = read::<Specifications>(SPECIFICATIONS)?;
    known.rows.retain(|row| numbers.contains(&row.value.number.canonical().as_str()));
    for row in &mut known.rows {
        (row.value.status, row.value.status_basis) = (StatedStatus::Unknown, None);
        // A link leads to a text that may not be known yet; all links come with the whole register.
        row.value.replaces.clear();
    }
    enter(world, SPECIFICATIONS.0, &known, import_specifications)?;
    let stub = |number: &&str| -> anyhow::Result<Parsed<SpecNumber>> {
        let value = SpecNumber::parse(number).map_err(|_| anyhow::anyhow!("{number}"))?.number;
        Ok(Parsed { line: 1, value, doubts: Vec::new() })
    };
    let rows = numbers.iter().map(stub).collect::<anyhow::Result<Vec<_>>>()?;
    let numbers = Reading { rows, bad: Vec::new(), notes: Vec::new() };
    enter(world, SPECIFICATIONS.0, &numbers, import_numbers)
}

/// Everything: committees, editions, what replaced them, announcements.
pub fn bodies(world: &World<'_>) -> anyhow::Result<()> {
    enter(world, COMMITTEES.0, &read::<Committees>(COMMITTEES)?, import_committees)?;
    let mut editions = read::<Specifications>(SPECIFICATIONS)?;
    for row in &mut editions.rows {
        let number = row.value.number.canonical();
        if let Some(life) = lives::LIVES.iter().find(|life| life.number == number) {
            keep_what_was_told(&mut row.value, life);
        }
    }
    enter(world, SPECIFICATIONS.0, &editions, import_specifications)?;
    let links = read::<ReplacementLinks>(file!("replacement_links.csv"))?;
    enter(world, "replacement_links.csv", &links, import_replacement_links)?;
    let announcements = read::<Announcements>(file!("announcements.csv"))?;
    enter(world, "announcements.csv", &announcements, import_announcements)
}

// The titles of lives stand as sources print them; a list may only know them back from English.
fn keep_what_was_told(row: &mut quanheng_tables::formats::SpecificationRow, life: &Life) {
    life.title.clone_into(&mut row.title_zh);
    row.title_zh_translated = false;
    if !life.note.is_empty() {
        row.note = Some(life.note.to_owned());
    }
}

/// The real plan, as the register knows it on the day of the demo, without the projects that the demo walks.
pub fn plan(world: &World<'_>) -> anyhow::Result<()> {
    let mut plan = read::<Plan>(file!("plans.csv"))?;
    plan.rows.retain(|row| !projects::walks(&row.value.title) && !lives::tells(&row.value.title));
    enter(world, "plans.csv", &plan, import_plan)
}
