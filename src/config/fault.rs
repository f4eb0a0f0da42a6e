//! What can be wrong with the settings, as facts; the command line turns them into sentences of the operator's language.

use std::fmt;

use crate::layers::Origin;

/// One fault: the setting, where its value came from, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The full key, for example `mail.url`; empty if a whole layer is at fault.
    pub key: String,
    /// The layer that gave the value.
    pub origin: Origin,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// No setting has this name.
    #[error("there is no such setting{}", nearest.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default())]
    Unknown {
        /// The known name that looks most alike, if any does.
        nearest: Option<String>,
    },
    /// The value cannot be read as what the setting needs.
    #[error("{found} is not {wanted}")]
    NotA {
        /// What is needed, for example `a port from 0 to 65535`.
        wanted: &'static str,
        /// What was found, secrets hidden, cut at 80 characters.
        found: String,
    },
    /// Nothing was given where something is needed.
    #[error("needed {because}")]
    Missing {
        /// When the setting is needed.
        because: &'static str,
    },
    /// Two settings contradict each other.
    #[error("does not go together with {other}: {because}")]
    Conflict {
        /// The key of the other setting.
        other: &'static str,
        /// Why not.
        because: &'static str,
    },
    /// The value is readable but may not be used.
    #[error("{because}")]
    Refused {
        /// Why not.
        because: &'static str,
    },
    /// A file that a setting or the command line names cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// A settings file is not valid TOML.
    #[error("{reason}")]
    Malformed {
        /// The parser's message with line and column.
        reason: String,
    },
}

impl FaultKind {
    /// The stable key of the kind, for wording in several languages.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown",
            Self::NotA { .. } => "not-a",
            Self::Missing { .. } => "missing",
            Self::Conflict { .. } => "conflict",
            Self::Refused { .. } => "refused",
            Self::Unreadable { .. } => "unreadable",
            Self::Malformed { .. } => "malformed",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            write!(f, "{}: {}", self.origin, self.kind)
        } else {
            write!(f, "{} ({}): {}", self.key, self.origin, self.kind)
        }
    }
}

/// All faults of one reading, in the order of the settings; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fault(s) in the settings:", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
