//! The connection to either database, opened by the scheme of its address.

pub use any::{AnyConn, MultiBackend, MultiField, MultiRawValue, MultiRow};

mod any {
    #![allow(missing_docs, reason = "the derive writes public items without comments")]

    use diesel::{MultiConnection, PgConnection, SqliteConnection};

    /// A connection to one of the two databases; every query of the room is written once against it.
    #[derive(MultiConnection)]
    pub enum AnyConn {
        /// PostgreSQL, for several instances and for machines that fail.
        Pg(PgConnection),
        /// SQLite, for one machine and no administrator.
        Sqlite(SqliteConnection),
    }
}
