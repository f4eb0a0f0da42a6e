//! Rows into tables in bulk: kept back until there are many, then entered parents first in one transaction.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};
use quanheng_db::Db;
use quanheng_db::whole::{self, Kind, Shape};
use serde_json::{Map, Value};

/// Rows kept back at most.
const KEPT: usize = 20_000;
/// Rows of one statement.
const AT_ONCE: usize = 2_000;

/// Takes rows of any table.
pub struct Writer<'t> {
    db: Db,
    shapes: Vec<Shape>,
    waiting: BTreeMap<usize, Vec<String>>,
    kept: usize,
    /// Rows written so far.
    pub rows: u64,
    tell: Box<dyn FnMut(u64) + 't>,
}

impl<'t> Writer<'t> {
    /// A writer into a database that is up to date.
    pub fn open(db: &Db, tell: Box<dyn FnMut(u64) + 't>) -> anyhow::Result<Self> {
        let shapes = db.read_blocking(whole::shapes)?;
        Ok(Self { db: db.clone(), shapes, waiting: BTreeMap::new(), kept: 0, rows: 0, tell })
    }

    /// Takes a row as an object. Columns that it does not name are empty: nothing, or the empty text, 0 and false where something
    /// must stand.
    pub fn row(&mut self, table: &str, mut row: Value) -> anyhow::Result<()> {
        let place = self
            .shapes
            .iter()
            .position(|shape| shape.name == table)
            .with_context(|| format!("no table {table}"))?;
        let cells = row.as_object_mut().context("a row is an object")?;
        let line: Vec<Value> = columns(&self.shapes[place])
            .map(|column| cell(cells, &column.name, column.kind, column.nullable))
            .collect();
        self.waiting.entry(place).or_default().push(serde_json::to_string(&line)?);
        self.kept += 1;
        if self.kept >= KEPT { self.flush() } else { Ok(()) }
    }

    /// Writes what was kept back.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        let (waiting, shapes) = (std::mem::take(&mut self.waiting), self.shapes.clone());
        let entered: usize = self.db.write_blocking(
            || DateTime::<Utc>::UNIX_EPOCH,
            move |tx| {
                let mut entered = 0;
                for (place, lines) in &waiting {
                    let shape = &shapes[*place];
                    let names: Vec<String> =
                        columns(shape).map(|column| column.name.clone()).collect();
                    for slice in lines.chunks(AT_ONCE) {
                        let rows = format!("[{}]", slice.join(","));
                        entered += whole::insert(tx, shape, &names, &rows)
                            .with_context(|| shape.name.clone())?;
                    }
                }
                Ok::<_, anyhow::Error>(entered)
            },
        )?;
        self.rows += entered as u64;
        self.kept = 0;
        (self.tell)(self.rows);
        Ok(())
    }
}

/// The columns to enter; a key that the database counts itself is left to it.
fn columns(shape: &Shape) -> impl Iterator<Item = &whole::Column> {
    shape.columns.iter().filter(|column| column.name != "seq")
}

fn cell(cells: &mut Map<String, Value>, name: &str, kind: Kind, nullable: bool) -> Value {
    match cells.remove(name) {
        Some(value) => value,
        None if nullable => Value::Null,
        None => match kind {
            Kind::Bool => Value::Bool(false),
            Kind::Number => Value::from(0),
            _ => Value::from(""),
        },
    }
}

/// An instant as rows hold it.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S%.6f").to_string()
}

/// An instant as facts hold it.
pub fn told(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
