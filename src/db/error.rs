//! What can go wrong with storage, said the same way for both databases.
//!
//! Diesel tells unique and foreign key violations apart by itself, but a full disk, a locked file or a lock time-out only
//! by the text of the driver; all such reading of texts is in this file. PostgreSQL may speak Chinese, so the texts are
//! tried in both languages.

use std::{fmt::Display, path::PathBuf, sync::Arc};

use diesel::result::{
    ConnectionError, DatabaseErrorInformation, DatabaseErrorKind, DeserializeFieldError,
    Error as DieselError,
};

/// Trouble with storage.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// The row that was asked for does not exist.
    #[error("no such row")]
    NotFound,
    /// The row was changed by somebody else since it was read (its `version` moved on).
    #[error("the row was changed by somebody else")]
    Conflict,
    /// A value that must be unique exists already.
    #[error("{table}.{column} must be unique")]
    Unique {
        /// The table; empty where SQLite names only an index on an expression.
        table: String,
        /// The column, or several joined with `", "`, or the name of an index on an expression.
        column: String,
    },
    /// A row refers to one that is missing, or one is deleted that others refer to.
    #[error("a reference between rows is broken ({constraint})")]
    ForeignKey {
        /// The constraint on PostgreSQL; empty on SQLite, which does not tell.
        constraint: String,
    },
    /// A stored value makes no sense; the database was changed by other hands or a migration is wrong.
    #[error("{table}.{column} of row {row} holds what it cannot: {found}")]
    Inconsistent {
        /// The table, where known (see [`DbError::located`]).
        table: String,
        /// The column.
        column: String,
        /// The row's key, where known.
        row: String,
        /// What was found.
        found: String,
    },
    /// No connection or lock came free in time; try again shortly.
    #[error("the database is busy")]
    Busy,
    /// The database cannot be reached now.
    #[error("the database cannot be reached: {reason}")]
    Unreachable {
        /// What the driver said, without the address.
        reason: String,
    },
    /// The connection broke, or the answer did not come in time, while a change was being committed: it may or may not
    /// have happened. Look before repeating.
    #[error("it is unknown whether the change was made")]
    OutcomeUnknown,
    /// The database refuses writes (a demoted primary, a read-only disk, or a write inside `Db::read`).
    #[error("the database is read-only")]
    ReadOnly,
    /// The disk of the database is full.
    #[error("the disk of the database is full")]
    Full,
    /// The tables are not those of this program; see [`SchemaError`].
    #[error(transparent)]
    Schema(SchemaError),
    /// The database cannot be opened as it was asked for.
    #[error(transparent)]
    Open(OpenError),
    /// A job panicked; its changes were rolled back.
    #[error("a database job panicked: {what}")]
    Panicked {
        /// The message of the panic.
        what: String,
    },
    /// A file beside the database could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: Arc<std::io::Error>,
    },
    /// Anything else that the driver said; a fault of the program or of the installation.
    #[error("the database said: {0}")]
    Driver(Arc<DieselError>),
}

/// Why the tables do not fit the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The database was last migrated by a newer program; this one would damage it.
    #[error(
        "the database has schema {found}, this program knows up to {known}; take a newer program"
    )]
    Newer {
        /// The newest migration in the database.
        found: String,
        /// The newest migration in the program.
        known: String,
    },
    /// Migrations wait to be run.
    #[error("the database has schema {found}, this program needs {known}; run the migrations")]
    Older {
        /// The newest migration in the database, `none` when it is empty.
        found: String,
        /// The newest migration in the program.
        known: String,
    },
    /// A migration failed and was rolled back.
    #[error("migration {version} failed: {reason}")]
    Failed {
        /// The migration.
        version: String,
        /// What the driver said.
        reason: String,
    },
}

/// Why a database is not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The address begins with none of the known schemes.
    #[error(
        "{address:?} is no database address; write sqlite://PATH or postgresql://USER@HOST/NAME"
    )]
    Scheme {
        /// The address up to its first colon.
        address: String,
    },
    /// A database in memory would be lost at stop, and each connection would see its own.
    #[error(
        "a database in memory is refused: it is lost at stop and every connection would see its own; name a file"
    )]
    InMemory,
    /// The address has parts that a file path cannot have.
    #[error("sqlite:// takes a plain file path, without {part:?}")]
    SqlitePath {
        /// The part that is not understood.
        part: String,
    },
    /// TLS is demanded from a build that has none.
    #[error(
        "sslmode={mode} needs TLS, which this build's libpq lacks; take the packaged build, or build with \
         --no-default-features --features pq-system"
    )]
    NoTls {
        /// The mode that was demanded.
        mode: String,
    },
    /// Another process works on the same SQLite file.
    #[error("{path} is in use by another process ({holder}); one process may work on a SQLite file", path = path.display())]
    InUse {
        /// The database.
        path: PathBuf,
        /// What the lock file tells of the other process.
        holder: String,
    },
    /// The database does not store UTF-8.
    #[error("the database stores {encoding}, but must store UTF8")]
    Encoding {
        /// Its encoding.
        encoding: String,
    },
}

impl DbError {
    /// Names table and row of an [`DbError::Inconsistent`]; leaves every other error as it is.
    #[must_use]
    pub fn located(mut self, in_table: &str, of_row: impl Display) -> Self {
        if let Self::Inconsistent { table, row, .. } = &mut self {
            *table = in_table.into();
            *row = of_row.to_string();
        }
        self
    }

    /// Whether this is the violation of uniqueness of that column (or columns joined with `", "`, or named index).
    pub fn is_unique(&self, of_table: &str, of_column: &str) -> bool {
        matches!(self, Self::Unique { table, column }
            if column == of_column && (table == of_table || table.is_empty()))
    }

    /// Whether the same request may succeed shortly, so that the answer is "try again" (HTTP 503) and no fault.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Busy
                | Self::Unreachable { .. }
                | Self::OutcomeUnknown
                | Self::ReadOnly
                | Self::Full
        )
    }

    /// An error of reading or writing a file.
    pub(crate) fn file(path: impl Into<PathBuf>, error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::File { path: path.into(), error: Arc::new(error) },
        }
    }
}

impl From<OpenError> for DbError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}
impl From<SchemaError> for DbError {
    fn from(error: SchemaError) -> Self {
        Self::Schema(error)
    }
}
impl From<ConnectionError> for DbError {
    fn from(error: ConnectionError) -> Self {
        match error {
            ConnectionError::BadConnection(reason) => Self::Unreachable { reason },
            ConnectionError::CouldntSetupConfiguration(error) => error.into(),
            other => Self::Unreachable { reason: other.to_string() },
        }
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(kind, info) => of_database(kind, info),
            DieselError::DeserializationError(cause) => {
                match cause.downcast::<DeserializeFieldError>() {
                    Ok(field) => Self::Inconsistent {
                        table: String::new(),
                        column: field.field_name.clone().unwrap_or_default(),
                        row: String::new(),
                        found: field.error.to_string(),
                    },
                    Err(cause) => Self::Driver(Arc::new(DieselError::DeserializationError(cause))),
                }
            }
            DieselError::RollbackErrorOnCommit { commit_error, .. } => (*commit_error).into(),
            other => Self::Driver(Arc::new(other)),
        }
    }
}

fn of_database(
    kind: DatabaseErrorKind,
    info: Box<dyn DatabaseErrorInformation + Send + Sync>,
) -> DbError {
    match kind {
        DatabaseErrorKind::UniqueViolation => unique(&*info),
        DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => {
            DbError::ForeignKey { constraint: info.constraint_name().unwrap_or_default().into() }
        }
        DatabaseErrorKind::SerializationFailure => DbError::Busy,
        DatabaseErrorKind::ReadOnlyTransaction => DbError::ReadOnly,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
            DbError::Unreachable { reason: info.message().trim().into() }
        }
        _ => match trouble(&*info) {
            Some(Trouble::Waited | Trouble::Deadlock) => DbError::Busy,
            Some(Trouble::ReadOnly) => DbError::ReadOnly,
            Some(Trouble::Full) => DbError::Full,
            None => DbError::Driver(Arc::new(DieselError::DatabaseError(kind, info))),
        },
    }
}

/// Which table and column: SQLite says `UNIQUE constraint failed: t.a, t.b`, PostgreSQL `Key (a, b)=(…) …` in its detail.
fn unique(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> DbError {
    if let Some((_, named)) = info.message().split_once("constraint failed: ") {
        let index = named.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\''));
        let (table, column) = match index {
            Some(index) => (String::new(), index.to_owned()),
            None => {
                let table = named.split('.').next().unwrap_or_default().to_owned();
                let plain = |part: &str| {
                    part.trim().split_once('.').map_or(part, |(_, column)| column).trim().to_owned()
                };
                (table, named.split(',').map(plain).collect::<Vec<_>>().join(", "))
            }
        };
        return DbError::Unique { table, column };
    }
    let detail = info.details().unwrap_or_default();
    let columns = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("))
        .map(|(columns, _)| columns);
    let constraint = info.constraint_name().unwrap_or_default();
    let column = match columns {
        Some(columns) if !columns.contains('(') => columns.replace('"', ""),
        _ => constraint.to_owned(),
    };
    DbError::Unique { table: info.table_name().unwrap_or_default().into(), column }
}

/// Trouble that Diesel does not tell apart from unknown errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A lock or the statement's time ran out.
    Waited,
    /// PostgreSQL ended a circle of waiting transactions (SQLSTATE 40P01).
    Deadlock,
    /// The file or file system is read-only.
    ReadOnly,
    /// The disk is full.
    Full,
}

/// Reads the driver's text; see the head of this file.
pub(crate) fn trouble(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> Option<Trouble> {
    const TEXTS: [(&str, Trouble); 17] = [
        ("database is locked", Trouble::Waited),
        ("database table is locked", Trouble::Waited),
        ("database schema is locked", Trouble::Waited),
        ("lock timeout", Trouble::Waited),
        ("statement timeout", Trouble::Waited),
        ("锁超时", Trouble::Waited),
        ("语句执行超时", Trouble::Waited),
        ("deadlock detected", Trouble::Deadlock),
        ("检测到死锁", Trouble::Deadlock),
        ("attempt to write a readonly database", Trouble::ReadOnly),
        ("Read-only file system", Trouble::ReadOnly),
        ("只读文件系统", Trouble::ReadOnly),
        ("database or disk is full", Trouble::Full),
        ("No space left on device", Trouble::Full),
        ("设备上没有空间", Trouble::Full),
        ("Disk quota exceeded", Trouble::Full),
        ("could not extend file", Trouble::Full),
    ];
    let message = info.message();
    // A deadlock's detail names the locks, which no translation touches ("waits for ShareLock on transaction …").
    let waits = info
        .details()
        .is_some_and(|detail| detail.contains("ShareLock") || detail.contains("ExclusiveLock"));
    TEXTS
        .iter()
        .find(|(text, _)| message.contains(text))
        .map(|(_, trouble)| *trouble)
        .or(waits.then_some(Trouble::Deadlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Said {
        message: &'static str,
        detail: Option<&'static str>,
    }

    impl DatabaseErrorInformation for Said {
        fn message(&self) -> &str {
            self.message
        }
        fn details(&self) -> Option<&str> {
            self.detail
        }
        fn hint(&self) -> Option<&str> {
            None
        }
        fn table_name(&self) -> Option<&str> {
            Some("seats")
        }
        fn column_name(&self) -> Option<&str> {
            None
        }
        fn constraint_name(&self) -> Option<&str> {
            Some("seats_key")
        }
        fn statement_position(&self) -> Option<i32> {
            None
        }
    }

    fn of(kind: DatabaseErrorKind, message: &'static str, detail: Option<&'static str>) -> DbError {
        DieselError::DatabaseError(kind, Box::new(Said { message, detail })).into()
    }

    #[test]
    fn uniqueness_is_read_in_every_language() {
        use DatabaseErrorKind::UniqueViolation;
        for (message, detail) in [
            ("UNIQUE constraint failed: seats.committee_id, seats.person_id", None),
            ("duplicate key value", Some("Key (committee_id, person_id)=(1, 2) already exists.")),
            ("重复键违反唯一约束", Some("键值\"(committee_id, person_id)=(1, 2)\" 已经存在")),
        ] {
            let error = of(UniqueViolation, message, detail);
            assert!(error.is_unique("seats", "committee_id, person_id"), "{error}");
            assert!(!error.is_unique("votes", "committee_id, person_id"));
        }
        for (message, detail) in [
            ("UNIQUE constraint failed: index 'seats_key'", None),
            ("duplicate key value", Some("Key (lower(name))=(x) already exists.")),
            ("duplicate key value", None),
        ] {
            let error = of(UniqueViolation, message, detail);
            assert!(error.is_unique("seats", "seats_key"), "{error}");
        }
    }

    #[test]
    fn texts_of_drivers_are_recognised() {
        const BUSY: &str = "the database is busy";
        const FULL: &str = "the disk of the database is full";
        let deadlock = "Process 7 waits for ShareLock on transaction 1; blocked by process 8.";
        for (message, detail, expected) in [
            ("database is locked", None, BUSY),
            ("canceling statement due to lock timeout", None, BUSY),
            ("由于锁超时,取消语句操作", None, BUSY),
            ("in a language that nobody here reads", Some(deadlock), BUSY),
            ("attempt to write a readonly database", None, "the database is read-only"),
            ("database or disk is full", None, FULL),
            ("could not write to file \"x\": No space left on device", None, FULL),
        ] {
            let error = of(DatabaseErrorKind::Unknown, message, detail);
            assert_eq!(error.to_string(), expected, "{message}");
            assert!(error.is_transient());
        }
        let other = of(DatabaseErrorKind::Unknown, "syntax error", None);
        assert!(matches!(other, DbError::Driver(_)) && !other.is_transient());
    }

    #[test]
    fn a_located_error_names_table_and_row() {
        let cause = DbError::Inconsistent {
            table: String::new(),
            column: "stage".into(),
            row: String::new(),
            found: "\"x\" is not a stage".into(),
        };
        let text = cause.located("projects", 7).to_string();
        assert_eq!(text, "projects.stage of row 7 holds what it cannot: \"x\" is not a stage");
        assert!(matches!(DbError::NotFound.located("projects", 7), DbError::NotFound));
    }
}
