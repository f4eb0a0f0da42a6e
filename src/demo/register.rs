//! The starter register, read from the files compiled in and entered by the imports that administrators use.

use anyhow::Context;
use quanheng_actions::{
    ActionError, Tx,
    register::{
        ImportOptions, ImportReport, import_announcements, import_committees, import_holidays,
        import_plan, import_replacement_links, import_specifications,
    },
};
use quanheng_domain::people::Actor;
use quanheng_tables::{
    Limits,
    formats::{
        Announcements, Committees, Format, Holidays, Plan, Reading, ReplacementLinks,
        Specifications, read_as,
    },
};

use super::world::World;

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../config/register/", $name)).as_slice())
    };
}

type Import<R> =
    fn(&mut Tx<'_, '_>, &Actor, &Reading<R>, &ImportOptions) -> Result<ImportReport, ActionError>;

fn enter<F>(
    world: &World,
    (name, bytes): (&str, &[u8]),
    import: Import<F::Row>,
) -> anyhow::Result<()>
where
    F: Format,
    F::Row: Send + Clone + 'static,
{
    let reading = read_as::<F>(bytes, &Limits::default()).with_context(|| name.to_owned())?;
    let options = ImportOptions { source: name.to_owned(), dry_run: false };
    world
        .write(move |tx| import(tx, &Actor::System, &reading, &options))
        .with_context(|| name.to_owned())?;
    Ok(())
}

/// Committees, days off, editions and what replaced them.
pub fn bodies(world: &World) -> anyhow::Result<()> {
    enter::<Holidays>(world, file!("holidays.csv"), import_holidays)?;
    enter::<Committees>(world, file!("committees.csv"), import_committees)?;
    enter::<Specifications>(world, file!("specifications.csv"), import_specifications)?;
    enter::<ReplacementLinks>(world, file!("replacement_links.csv"), import_replacement_links)?;
    enter::<Announcements>(world, file!("announcements.csv"), import_announcements)
}

/// The real plan, as the register knows it on the day of the demo.
pub fn plan(world: &World) -> anyhow::Result<()> {
    enter::<Plan>(world, file!("plans.csv"), import_plan)
}
