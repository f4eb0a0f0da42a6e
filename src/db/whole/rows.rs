//! Rows in and out: a whole table as JSON arrays, and JSON arrays as rows, many in one statement.

use diesel::{
    QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Nullable, Text},
};

use super::catalog::{Column, Kind, Reference, Shape};
use crate::{conn::AnyConn, error::DbError, transaction::WriteConn};

/// Rows that are fetched and handed on at once.
const SLICE: usize = 1_000;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

/// How many rows a table has.
pub fn count(conn: &mut AnyConn, shape: &Shape) -> Result<i64, DbError> {
    let sql = format!("SELECT count(*) AS value FROM \"{}\"", shape.name);
    Ok(sql_query(sql).get_result::<Number>(conn)?.value)
}

/// Hands every row of a table on as a JSON array, in slices and in the order of the primary key.
///
/// The connection must be in a transaction, so that all tables of one walk are of one instant.
pub fn stream<E: From<DbError>>(
    conn: &mut AnyConn,
    shape: &Shape,
    mut take: impl FnMut(&[String]) -> Result<(), E>,
) -> Result<(), E> {
    let mut slice = Vec::with_capacity(SLICE);
    match conn {
        AnyConn::Sqlite(c) => {
            let lines = sql_query(select_sql(shape, true))
                .load_iter::<Line, _>(c)
                .map_err(DbError::from)?;
            for line in lines {
                slice.push(line.map_err(DbError::from)?.line);
                if slice.len() == SLICE {
                    take(&slice)?;
                    slice.clear();
                }
            }
        }
        AnyConn::Pg(c) => {
            // A cursor, because each statement may take only so long and a table may not fit into memory.
            let select = select_sql(shape, false);
            c.batch_execute(&format!("DECLARE whole NO SCROLL CURSOR FOR {select}"))
                .map_err(DbError::from)?;
            loop {
                let lines: Vec<Line> = sql_query(format!("FETCH FORWARD {SLICE} FROM whole"))
                    .load(c)
                    .map_err(DbError::from)?;
                if lines.is_empty() {
                    break;
                }
                slice.extend(lines.into_iter().map(|line| line.line));
                take(&slice)?;
                slice.clear();
            }
            c.batch_execute("CLOSE whole").map_err(DbError::from)?;
        }
    }
    if slice.is_empty() { Ok(()) } else { take(&slice) }
}

fn select_sql(shape: &Shape, sqlite: bool) -> String {
    let values: Vec<String> = shape.columns.iter().map(|column| outward(column, sqlite)).collect();
    let order: Vec<String> = shape.key().into_iter().map(|key| ordering(key, sqlite)).collect();
    let order = if order.is_empty() { "1".to_owned() } else { order.join(", ") };
    let array = if sqlite { "json_array" } else { "json_build_array" };
    let cast = if sqlite { "" } else { "::text" };
    format!(
        "SELECT {array}({}){cast} AS line FROM \"{}\" ORDER BY {order}",
        values.join(", "),
        shape.name
    )
}

fn outward(column: &Column, sqlite: bool) -> String {
    let name = format!("\"{}\"", column.name);
    match (column.kind, sqlite) {
        (Kind::Uid, true) => format!(
            "CASE WHEN {name} IS NOT NULL THEN lower(substr(hex({name}), 1, 8) || '-' || substr(hex({name}), 9, 4) || '-' || \
             substr(hex({name}), 13, 4) || '-' || substr(hex({name}), 17, 4) || '-' || substr(hex({name}), 21)) END"
        ),
        (Kind::Bool, true) => {
            format!("json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)")
        }
        (Kind::Instant, false) => format!("to_char({name}, 'YYYY-MM-DD HH24:MI:SS.US')"),
        (Kind::Day, false) => format!("to_char({name}, 'YYYY-MM-DD')"),
        _ => name,
    }
}

fn ordering(column: &Column, sqlite: bool) -> String {
    let collation = if column.kind == Kind::Text && !sqlite { " COLLATE \"C\"" } else { "" };
    format!("\"{}\"{collation}", column.name)
}

/// Enters rows: `rows` is a JSON array of arrays whose places are those of `columns`. Tells how many were entered.
///
/// # Errors
/// [`DbError::Inconsistent`] for a column that the table does not have; what the database refuses.
pub fn insert(
    tx: &mut WriteConn<'_>,
    shape: &Shape,
    columns: &[String],
    rows: &str,
) -> Result<usize, DbError> {
    let sqlite = matches!(tx.conn(), AnyConn::Sqlite(_));
    let mut values = Vec::with_capacity(columns.len());
    for (place, name) in columns.iter().enumerate() {
        let Some(column) = shape.columns.iter().find(|column| column.name == *name) else {
            return Err(DbError::Inconsistent {
                table: shape.name.clone(),
                column: name.clone(),
                row: String::new(),
                found: "a column that is not known".into(),
            });
        };
        values.push(inward(column, place, sqlite));
    }
    let each = if sqlite { "json_each($1) r" } else { "jsonb_array_elements($1::jsonb) r(value)" };
    let sql = format!(
        "INSERT INTO \"{}\" (\"{}\") SELECT {} FROM {each}",
        shape.name,
        columns.join("\", \""),
        values.join(", ")
    );
    Ok(sql_query(sql).bind::<Text, _>(rows).execute(tx.conn())?)
}

fn inward(column: &Column, place: usize, sqlite: bool) -> String {
    let value = format!("r.value ->> {place}");
    match (column.kind, sqlite) {
        (Kind::Uid, true) => format!("unhex({value}, '-')"),
        (_, true) => value,
        (_, false) => format!("({value})::{}", column.declared),
    }
}

/// Removes every row of every table, children first.
pub fn clear(tx: &mut WriteConn<'_>, shapes: &[Shape]) -> Result<(), DbError> {
    for shape in shapes.iter().rev() {
        tx.batch_execute(&format!("DELETE FROM \"{}\"", shape.name))?;
    }
    Ok(())
}

fn circular(shapes: &[Shape]) -> impl Iterator<Item = (&Shape, &Reference)> {
    shapes.iter().flat_map(|shape| {
        shape.references.iter().filter(|to| to.circular).map(move |to| (shape, to))
    })
}

/// Lets rows come before the rows they refer to, where tables refer to themselves or in a circle, until [`settle_references`].
pub fn defer_references(tx: &mut WriteConn<'_>, shapes: &[Shape]) -> Result<(), DbError> {
    match tx.conn() {
        // Ends with the transaction by itself.
        AnyConn::Sqlite(c) => c.batch_execute("PRAGMA defer_foreign_keys = ON")?,
        AnyConn::Pg(c) => {
            for (shape, to) in circular(shapes) {
                c.batch_execute(&format!(
                    "ALTER TABLE \"{}\" ALTER CONSTRAINT \"{}\" DEFERRABLE INITIALLY DEFERRED",
                    shape.name, to.constraint
                ))?;
            }
        }
    }
    Ok(())
}

/// Checks what was deferred and makes references as strict as before.
pub fn settle_references(tx: &mut WriteConn<'_>, shapes: &[Shape]) -> Result<(), DbError> {
    match tx.conn() {
        AnyConn::Sqlite(_) => {}
        AnyConn::Pg(c) => {
            c.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
            for (shape, to) in circular(shapes) {
                c.batch_execute(&format!(
                    "ALTER TABLE \"{}\" ALTER CONSTRAINT \"{}\" NOT DEFERRABLE",
                    shape.name, to.constraint
                ))?;
            }
        }
    }
    Ok(())
}

/// Lets counted keys go on after the highest that was entered; SQLite does so by itself.
pub fn settle_sequences(tx: &mut WriteConn<'_>, shapes: &[Shape]) -> Result<(), DbError> {
    let AnyConn::Pg(c) = tx.conn() else { return Ok(()) };
    for shape in shapes {
        let counted = shape.key().into_iter().find(|key| key.kind == Kind::Number);
        let Some(key) = counted else { continue };
        let (table, column) = (&shape.name, &key.name);
        let sequence =
            sql_query(format!("SELECT pg_get_serial_sequence('\"{table}\"', '{column}') AS value"))
                .get_result::<Name>(c)?;
        if let Some(sequence) = sequence.value {
            c.batch_execute(&format!(
                "SELECT setval('{sequence}', coalesce(max(\"{column}\"), 1), count(*) > 0) FROM \"{table}\""
            ))?;
        }
    }
    Ok(())
}

/// A row that refers to a row that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangling {
    /// The table of the row.
    pub table: String,
    /// The row as a JSON array, cut to a line.
    pub row: String,
    /// The column that refers.
    pub column: String,
    /// The table referred to.
    pub to: String,
}

/// The first row, in the order of the tables, that refers to a row that is missing. Neither database lets one arise, but other
/// hands can make one.
pub fn dangling(conn: &mut AnyConn, shapes: &[Shape]) -> Result<Option<Dangling>, DbError> {
    let sqlite = matches!(conn, AnyConn::Sqlite(_));
    for shape in shapes {
        let key: Vec<String> =
            shape.key().into_iter().map(|column| outward(column, sqlite)).collect();
        let (array, cast) =
            if sqlite { ("json_array", "") } else { ("json_build_array", "::text") };
        for to in &shape.references {
            let (table, column) = (&shape.name, &to.column);
            let sql = format!(
                "SELECT {array}({}){cast} AS line FROM \"{table}\" WHERE \"{column}\" IS NOT NULL AND NOT EXISTS \
                 (SELECT 1 FROM \"{}\" o WHERE o.\"{}\" = \"{table}\".\"{column}\") LIMIT 1",
                key.join(", "),
                to.table,
                to.target
            );
            if let Some(Line { line }) = sql_query(sql).load::<Line>(conn)?.into_iter().next() {
                return Ok(Some(Dangling {
                    table: table.clone(),
                    row: line.chars().take(120).collect(),
                    column: column.clone(),
                    to: to.table.clone(),
                }));
            }
        }
    }
    Ok(None)
}
