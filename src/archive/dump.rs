//! Out of an instance: all tables of one instant, then the files that they name.

use std::str::FromStr;

use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};
use quanheng_db::conn::AnyConn;
use quanheng_db::whole::{self, Shape};
use quanheng_db::{Db, documents, migrate, portable};
use quanheng_store::{Hash, Store};
use serde_json::Value;

use super::{FORMAT, Manifest, Sink, Table};

/// What is taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything, for restoring.
    All,
    /// Everything but passwords, sessions, keys and links, for handing on.
    WithoutSecrets,
}

/// Tables that hold nothing but secrets and counters of the moment.
const SECRET_TABLES: [&str; 5] =
    ["api_tokens", "budgets", "idempotency_keys", "one_time_links", "sessions"];
/// Columns that hold secrets; they are emptied.
const SECRET_COLUMNS: [(&str, &str); 2] =
    [("accounts", "password_hash"), ("comments", "token_hash")];

/// What was taken out.
#[derive(Debug)]
pub struct Dumped {
    /// The manifest that was written.
    pub manifest: Manifest,
    /// Rows in all.
    pub rows: u64,
}

/// Writes an instance into a sink; `tell` hears table and rows so far. Others go on working meanwhile.
pub fn dump(
    db: &Db,
    store: &Store,
    scope: Scope,
    now: DateTime<Utc>,
    mut sink: Box<dyn Sink>,
    mut tell: impl FnMut(&str, u64),
) -> anyhow::Result<Dumped> {
    let schema = migrate::status(db)?.from.context("the database has no tables")?;
    let snapshot = db.read_blocking(|conn: &mut AnyConn| {
        let product = portable::facts(conn)?.product;
        let (mut tables, mut all) = (Vec::new(), 0);
        for shape in whole::shapes(conn)? {
            if scope == Scope::WithoutSecrets && SECRET_TABLES.contains(&shape.name.as_str()) {
                continue;
            }
            let table = dump_table(conn, &shape, scope, &mut *sink, &mut tell)?;
            all += table.rows;
            tables.push(table);
        }
        Ok::<_, anyhow::Error>((product, tables, all, documents::hashes(conn)?))
    });
    let (product, tables, rows, hashes) = snapshot?;
    let (mut files, mut missing) = (Vec::new(), Vec::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for (hash, _) in hashes {
        tell("files", files.len() as u64);
        let opened = match Hash::from_str(&hash) {
            Ok(parsed) => runtime.block_on(store.get(parsed)).map_err(anyhow::Error::from),
            Err(error) => Err(error.into()),
        };
        match opened {
            Ok(mut opened) => {
                sink.file(&hash, &mut opened.file)?;
                files.push(hash);
            }
            Err(error) => {
                tracing::error!(%error, hash, "a file is not in the archive");
                missing.push(hash);
            }
        }
    }
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        product: product.to_owned(),
        made_at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        without_secrets: scope == Scope::WithoutSecrets,
        tables,
        files,
        missing,
    };
    sink.end(&manifest)?;
    Ok(Dumped { manifest, rows })
}

fn dump_table(
    conn: &mut AnyConn,
    shape: &Shape,
    scope: Scope,
    sink: &mut dyn Sink,
    tell: &mut impl FnMut(&str, u64),
) -> anyhow::Result<Table> {
    let blanked = SECRET_COLUMNS
        .iter()
        .find(|(table, _)| scope == Scope::WithoutSecrets && *table == shape.name);
    let place =
        blanked.and_then(|(_, name)| shape.columns.iter().position(|column| column.name == *name));
    let columns: Vec<String> = shape.columns.iter().map(|column| column.name.clone()).collect();
    let mut rows = 0;
    sink.table(&shape.name, &columns)?;
    whole::stream(conn, shape, |lines| {
        match place {
            None => sink.rows(lines)?,
            Some(place) => {
                let lines: Result<Vec<String>, _> =
                    lines.iter().map(|line| without(line, place)).collect();
                sink.rows(&lines?)?;
            }
        }
        rows += lines.len() as u64;
        tell(&shape.name, rows);
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(Table { name: shape.name.clone(), columns, rows })
}

/// A row with one place emptied.
fn without(line: &str, place: usize) -> serde_json::Result<String> {
    let mut row: Vec<Value> = serde_json::from_str(line)?;
    if let Some(cell) = row.get_mut(place) {
        *cell = Value::Null;
    }
    serde_json::to_string(&row)
}
