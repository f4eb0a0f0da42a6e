//! What tables there are, asked of the database itself, parents before children.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Bool, Text},
};

use crate::{conn::AnyConn, error::DbError};

/// What a column holds, as it matters for carrying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An identity of sixteen bytes.
    Uid,
    /// An instant; on SQLite a text like any other.
    Instant,
    /// A text.
    Text,
    /// A day.
    Day,
    /// A truth value.
    Bool,
    /// A whole number.
    Number,
}

impl Kind {
    fn from_declared(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "blob" | "uuid" => Self::Uid,
            "timestamp without time zone" => Self::Instant,
            "text" => Self::Text,
            "date" => Self::Day,
            "boolean" => Self::Bool,
            "integer" | "bigint" => Self::Number,
            _ => return None,
        })
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// The type in the words of the database, for casts.
    pub(super) declared: String,
    /// Place in the primary key, from 1; 0 outside.
    pub(super) key: i64,
}

/// A column that names a row of another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The column.
    pub column: String,
    /// The table that it refers to.
    pub table: String,
    /// The column there.
    pub target: String,
    /// The constraint's name; empty on SQLite, where constraints have none.
    pub(super) constraint: String,
    /// Whether rows can come before the row they refer to although tables are in order.
    pub(super) circular: bool,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// What it refers to.
    pub references: Vec<Reference>,
}

impl Shape {
    /// The columns of the primary key, in the key's order.
    pub fn key(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key
    }
}

#[derive(QueryableByName)]
struct ColumnOf {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    declared: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

#[derive(QueryableByName)]
struct ReferenceOf {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    from_column: String,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = Text)]
    to_column: String,
    #[diesel(sql_type = Text)]
    constraint_name: String,
}

const SQLITE_TABLES: &str = "FROM sqlite_schema m, ";
const SQLITE_OURS: &str = "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'search%'";
const PG_OURS: &str = "t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_%' AND t.relname NOT LIKE 'search%'";

/// Every table of the program, parents before children; the table of the migrations and the index of the search are left out.
///
/// # Errors
/// [`DbError::Inconsistent`] for a column of a type that cannot be carried.
pub fn shapes(conn: &mut AnyConn) -> Result<Vec<Shape>, DbError> {
    let sqlite = matches!(conn, AnyConn::Sqlite(_));
    let columns: Vec<ColumnOf> = sql_query(columns_sql(sqlite)).load(conn)?;
    let references: Vec<ReferenceOf> = sql_query(references_sql(sqlite)).load(conn)?;
    let mut found: BTreeMap<String, Shape> = BTreeMap::new();
    for ColumnOf { of, name, declared, nullable, key } in columns {
        let Some(kind) = Kind::from_declared(&declared) else {
            return Err(DbError::Inconsistent {
                table: of,
                column: name,
                row: String::new(),
                found: declared,
            });
        };
        let shape = found.entry(of.clone()).or_insert_with(|| Shape {
            name: of,
            columns: Vec::new(),
            references: Vec::new(),
        });
        shape.columns.push(Column { name, kind, nullable, declared, key });
    }
    for row in references {
        let Some(shape) = found.get_mut(&row.of) else { continue };
        shape.references.push(Reference {
            column: row.from_column,
            table: row.to_table,
            target: row.to_column,
            constraint: row.constraint_name,
            circular: false,
        });
    }
    Ok(in_order(found))
}

fn columns_sql(sqlite: bool) -> String {
    if sqlite {
        return format!(
            "SELECT m.name AS \"of\", c.name AS name, c.type AS declared, c.\"notnull\" = 0 AS nullable, c.pk AS \"key\" \
             {SQLITE_TABLES} pragma_table_info(m.name) c {SQLITE_OURS} ORDER BY 1, c.cid"
        );
    }
    format!(
        "SELECT t.relname::text AS of, c.attname::text AS name, format_type(c.atttypid, c.atttypmod)::text AS declared, \
         NOT c.attnotnull AS nullable, coalesce(array_position(i.indkey::int2[], c.attnum), -1)::bigint + 1 AS key \
         FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped \
         LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary WHERE {PG_OURS} ORDER BY 1, c.attnum"
    )
}

fn references_sql(sqlite: bool) -> String {
    if sqlite {
        return format!(
            "SELECT m.name AS \"of\", r.\"from\" AS from_column, r.\"table\" AS to_table, r.\"to\" AS to_column, \
             '' AS constraint_name {SQLITE_TABLES} pragma_foreign_key_list(m.name) r {SQLITE_OURS} ORDER BY 1, 2"
        );
    }
    format!(
        "SELECT t.relname::text AS of, f.attname::text AS from_column, o.relname::text AS to_table, \
         k.attname::text AS to_column, c.conname::text AS constraint_name FROM pg_constraint c \
         JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid \
         JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1] \
         JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = c.confkey[1] \
         WHERE c.contype = 'f' AND {PG_OURS} ORDER BY 1, 2"
    )
}

/// Parents first; where tables refer to each other in a circle, by name, and the references that point ahead are marked.
fn in_order(mut waiting: BTreeMap<String, Shape>) -> Vec<Shape> {
    let (mut done, mut ordered) = (BTreeSet::new(), Vec::new());
    while let Some(next) = next_free(&waiting, &done) {
        let Some(mut shape) = waiting.remove(&next) else { break };
        for reference in &mut shape.references {
            reference.circular = !done.contains(&reference.table);
        }
        done.insert(next);
        ordered.push(shape);
    }
    ordered
}

fn next_free(waiting: &BTreeMap<String, Shape>, done: &BTreeSet<String>) -> Option<String> {
    let free = |shape: &&Shape| {
        shape.references.iter().all(|to| done.contains(&to.table) || to.table == shape.name)
    };
    let found = waiting.values().find(free).or_else(|| waiting.values().next());
    found.map(|shape| shape.name.clone())
}
