//! Triggers that watch over single changes stand aside while whole tables are entered: what is restored was allowed when it happened.

use diesel::{
    QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text,
};

use crate::{conn::AnyConn, error::DbError, transaction::WriteConn};

/// What stands aside, to be put back by [`restore_guards`] before the transaction ends.
#[derive(Debug)]
#[must_use = "guards that are not put back are gone"]
pub struct Guards(Vec<Guard>);

#[derive(Debug, QueryableByName)]
struct Guard {
    /// The trigger on SQLite, the table on PostgreSQL.
    #[diesel(sql_type = Text)]
    name: String,
    /// What makes the trigger again; empty on PostgreSQL, where triggers are switched off by table.
    #[diesel(sql_type = Text)]
    sql: String,
}

/// Lets rows enter without the program's triggers until [`restore_guards`].
pub fn suspend_guards(tx: &mut WriteConn<'_>) -> Result<Guards, DbError> {
    let (sql, away) = match tx.conn() {
        AnyConn::Sqlite(_) => (
            "SELECT name AS name, sql AS sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid",
            "DROP TRIGGER \"{}\"",
        ),
        AnyConn::Pg(_) => (
            "SELECT DISTINCT c.relname::text AS name, '' AS sql FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY 1",
            "ALTER TABLE \"{}\" DISABLE TRIGGER USER",
        ),
    };
    let guards: Vec<Guard> = sql_query(sql).load(tx.conn())?;
    for guard in &guards {
        tx.batch_execute(&away.replace("{}", &guard.name))?;
    }
    Ok(Guards(guards))
}

/// Puts back what stood aside.
pub fn restore_guards(tx: &mut WriteConn<'_>, guards: Guards) -> Result<(), DbError> {
    for guard in guards.0 {
        let back = match tx.conn() {
            AnyConn::Sqlite(_) => guard.sql,
            AnyConn::Pg(_) => format!("ALTER TABLE \"{}\" ENABLE TRIGGER USER", guard.name),
        };
        tx.batch_execute(&back)?;
    }
    Ok(())
}
