//! Why a verb did not happen.

use quanheng_db::error::DbError;
use quanheng_domain::{lifecycle::FieldFault, refusal::Refusal, rules::ProfileFaults};

/// Why an action did not happen; nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// A rule of the field forbids it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Fields are missing or wrong.
    #[error("fields are missing or wrong")]
    Invalid(Vec<FieldFault>),
    /// The actor may know of it and may not do it.
    #[error("not allowed")]
    Forbidden,
    /// There is no such thing, or the actor may not know of it.
    #[error("no such thing")]
    NotFound,
    /// It changed meanwhile; the form was stale.
    #[error("changed meanwhile")]
    Conflict,
    /// Storage trouble.
    #[error(transparent)]
    Db(DbError),
    /// A stored rule profile is no profile.
    #[error(transparent)]
    Profile(#[from] ProfileFaults),
}

impl From<DbError> for ActionError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => Self::NotFound,
            DbError::Conflict => Self::Conflict,
            other => Self::Db(other),
        }
    }
}

impl From<diesel::result::Error> for ActionError {
    fn from(error: diesel::result::Error) -> Self {
        Self::from(DbError::from(error))
    }
}

impl ActionError {
    /// Facts that cannot be written as JSON; a fault of the program.
    pub fn unwritable(error: serde_json::Error) -> Self {
        Self::Db(DbError::Driver(std::sync::Arc::new(diesel::result::Error::SerializationError(
            Box::new(error),
        ))))
    }
}

impl ActionError {
    /// A stored value that makes no sense.
    pub(crate) fn inconsistent(
        table: &str,
        column: &str,
        row: impl std::fmt::Display,
        found: &str,
    ) -> Self {
        Self::Db(DbError::Inconsistent {
            table: table.to_owned(),
            column: column.to_owned(),
            row: row.to_string(),
            found: found.to_owned(),
        })
    }
}
