//! Into a database: everything that was there is replaced by what is fed, in one transaction.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use quanheng_db::conn::AnyConn;
use quanheng_db::whole::{self, Shape};
use quanheng_db::{Db, DbError, WriteConn};

use super::Table;

/// Tables of which a single row says that somebody works with the instance; what every new instance is founded on is not among them.
const OCCUPIED: [&str; 6] =
    ["people", "organisations", "committees", "projects", "specifications", "announcements"];

/// Whether anybody has worked with an instance.
pub fn is_occupied(db: &Db) -> anyhow::Result<bool> {
    let rows: Result<i64, DbError> = db.read_blocking(|conn: &mut AnyConn| {
        let shapes = whole::shapes(conn)?;
        let counted = shapes.iter().filter(|shape| OCCUPIED.contains(&shape.name.as_str()));
        counted.map(|shape| whole::count(conn, shape)).sum()
    });
    Ok(rows? > 0)
}

/// How many rows of each table were entered.
pub type Filled = BTreeMap<String, u64>;

/// Replaces all rows of a database by those that `feed` hands on, all or nothing. `feed` may be called again when the transaction
/// lost against another.
///
/// # Errors
/// A table or column that this database does not have; rows that it refuses; rows that are missing afterwards.
pub fn fill(
    db: &Db,
    now: DateTime<Utc>,
    feed: impl Fn(&mut dyn FnMut(&Table, &[String]) -> anyhow::Result<()>) -> anyhow::Result<()>
    + Send
    + 'static,
) -> anyhow::Result<Filled> {
    db.write_blocking(
        move || now,
        move |tx| {
            let shapes = whole::shapes(tx)?;
            let guards = whole::suspend_guards(tx)?;
            whole::defer_references(tx, &shapes)?;
            whole::clear(tx, &shapes)?;
            let mut filled = Filled::new();
            feed(&mut |table, lines| enter(tx, &shapes, table, lines, &mut filled))?;
            whole::settle_references(tx, &shapes)?;
            whole::settle_sequences(tx, &shapes)?;
            whole::restore_guards(tx, guards)?;
            compare(tx, &shapes, &filled)?;
            Ok(filled)
        },
    )
}

fn enter(
    tx: &mut WriteConn<'_>,
    shapes: &[Shape],
    table: &Table,
    lines: &[String],
    filled: &mut Filled,
) -> anyhow::Result<()> {
    let shape = shapes
        .iter()
        .find(|shape| shape.name == table.name)
        .with_context(|| format!("this version has no table {}", table.name))?;
    let rows = format!("[{}]", lines.join(","));
    let entered = whole::insert(tx, shape, &table.columns, &rows)
        .with_context(|| format!("rows of {}", table.name))?;
    *filled.entry(table.name.clone()).or_default() += entered as u64;
    Ok(())
}

/// Counts what is there against what was entered.
fn compare(tx: &mut WriteConn<'_>, shapes: &[Shape], filled: &Filled) -> anyhow::Result<()> {
    for shape in shapes {
        let (there, entered) =
            (whole::count(tx, shape)?, filled.get(&shape.name).copied().unwrap_or(0));
        if u64::try_from(there) != Ok(entered) {
            anyhow::bail!("{}: {there} rows are there, {entered} were entered", shape.name);
        }
    }
    Ok(())
}
