//! The address of a database: which of the two it is, and whether this build can open it.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::error::OpenError;

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL address as libpq reads it, password and all.
    Postgresql(String),
}

impl Address {
    /// Reads `sqlite://PATH`, `postgres://…` or `postgresql://…`; everything else is refused with a reason.
    pub fn parse(url: &str) -> Result<Self, OpenError> {
        let url = url.trim();
        if url == ":memory:"
            || url.starts_with("sqlite:") && url.contains(":memory:")
            || url.contains("mode=memory")
        {
            return Err(OpenError::InMemory);
        }
        if let Some(path) = url.strip_prefix("sqlite://") {
            return sqlite_path(path).map(Self::Sqlite);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            refuse_tls_without_tls(url)?;
            return Ok(Self::Postgresql(url.to_owned()));
        }
        // Only up to the first colon, since an address may hold a password.
        Err(OpenError::Scheme {
            address: url.split(':').next().unwrap_or_default().chars().take(40).collect(),
        })
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgresql(_) => None,
        }
    }

    /// What Diesel opens.
    pub(crate) fn for_driver(&self) -> String {
        match self {
            // A leading "./" keeps a name such as "file:x" from being read as an address by SQLite.
            Self::Sqlite(path) if path.is_relative() => {
                Path::new(".").join(path).display().to_string()
            }
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgresql(url) => with_defaults(url),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgresql(url) => f.write_str(&without_password(url)),
        }
    }
}
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn sqlite_path(path: &str) -> Result<PathBuf, OpenError> {
    let part = path.find(['?', '#']).map(|at| &path[at..]);
    match part {
        Some(part) => Err(OpenError::SqlitePath { part: part.into() }),
        None if path.is_empty() => Err(OpenError::SqlitePath { part: String::new() }),
        None => Ok(PathBuf::from(path)),
    }
}

/// libpq without TLS would fail too, but with words that tell nobody what to do.
fn refuse_tls_without_tls(url: &str) -> Result<(), OpenError> {
    let demanded = parameter(url, "sslmode")
        .filter(|mode| matches!(*mode, "require" | "verify-ca" | "verify-full"));
    match demanded {
        Some(mode) if !HAS_TLS => Err(OpenError::NoTls { mode: mode.into() }),
        _ => Ok(()),
    }
}

/// Whether the libpq of this build can encrypt; the bundled one cannot.
const HAS_TLS: bool = !cfg!(feature = "pq-bundled");

fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Adds what libpq needs to give up on a dead server, unless the address says otherwise.
fn with_defaults(url: &str) -> String {
    const DEFAULTS: [(&str, &str); 4] = [
        ("connect_timeout", "5"),
        ("keepalives_idle", "10"),
        ("tcp_user_timeout", "15000"),
        ("application_name", "quanheng"),
    ];
    let mut whole = url.to_owned();
    for (name, value) in DEFAULTS {
        if parameter(url, name).is_none() {
            whole.push(if whole.contains('?') { '&' } else { '?' });
            whole.push_str(&format!("{name}={value}"));
        }
    }
    whole
}

fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgresql", url));
    let (rest, query) =
        rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split(':').next().unwrap_or_default()),
        None => rest.to_owned(),
    };
    let query: Vec<&str> = query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| !pair.contains("password"))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{scheme}://{rest}{mark}{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_schemes_are_read() {
        assert_eq!(Address::parse("sqlite://data/q.db"), Ok(Address::Sqlite("data/q.db".into())));
        assert_eq!(Address::parse("sqlite:///var/q.db"), Ok(Address::Sqlite("/var/q.db".into())));
        for url in ["postgres://u@h/d", "postgresql://u@h/d?sslmode=prefer"] {
            assert_eq!(Address::parse(url), Ok(Address::Postgresql(url.into())));
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for url in [":memory:", "sqlite::memory:", "sqlite://:memory:", "file:x?mode=memory"] {
            assert_eq!(Address::parse(url), Err(OpenError::InMemory), "{url}");
        }
        for url in ["mysql://u:secret@h/d", "q.db", "sqlite:q.db", ""] {
            let Err(OpenError::Scheme { address }) = Address::parse(url) else { panic!("{url}") };
            assert!(!address.contains("secret"));
        }
        assert_eq!(
            Address::parse("sqlite://q.db?mode=ro"),
            Err(OpenError::SqlitePath { part: "?mode=ro".into() })
        );
        assert_eq!(Address::parse("sqlite://"), Err(OpenError::SqlitePath { part: String::new() }));
    }

    #[cfg(feature = "pq-bundled")]
    #[test]
    fn a_demand_for_tls_names_the_build_to_take() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let error = Address::parse(&format!("postgresql://h/d?sslmode={mode}")).unwrap_err();
            assert!(error.to_string().contains("pq-system"), "{error}");
        }
    }

    #[test]
    fn passwords_are_never_shown() {
        let shown = Address::parse("postgresql://u:p%40ss@h:5433/d?password=x&sslmode=disable")
            .unwrap()
            .to_string();
        assert_eq!(shown, "postgresql://u@h:5433/d?sslmode=disable");
    }

    #[test]
    fn the_driver_gets_timeouts_unless_given() {
        let url = Address::parse("postgresql://h/d?connect_timeout=9").unwrap().for_driver();
        assert!(url.contains("?connect_timeout=9&keepalives_idle=10&"), "{url}");
        assert_eq!(Address::Sqlite("file:x".into()).for_driver(), "./file:x");
    }
}
