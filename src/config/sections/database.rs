//! Where the rows live.

use std::path::Path;

use quanheng_domain::keyed;

use super::{Rules, require};
use crate::{
    reader::Reader,
    secret::SecretUrl,
    section::section,
    value::{Span, choice},
};

keyed! {
    /// How hard SQLite makes sure that a commit has reached the disk.
    Synchronous as "synchronous level" {
        /// A commit that was answered survives a power loss.
        Full = "full",
        /// The last commits may be lost at a power loss; nothing is ever damaged.
        Normal = "normal",
    }
}
choice! { Synchronous = "full or normal"; }

section! {
    /// Where the rows live (数据库).
    Database at "database" {
        /// `sqlite:FILE` or `postgres://…`; empty means SQLite in the data folder. `database_url` at the top of the file is the same setting.
        url: SecretUrl,
        /// Connections for reading on SQLite.
        read_pool: u16,
        /// Connections on PostgreSQL, for reading and writing together.
        pool_size: u16,
        /// How hard SQLite makes sure that a commit has reached the disk: `full`, or `normal` to trade the last seconds for speed.
        synchronous: Synchronous,
        /// How long SQLite waits for another process that holds the lock.
        busy_timeout: Span,
        /// How long a request waits for a free connection before it is answered 503.
        acquire_timeout: Span,
        /// Most actions that the writer of SQLite commits together.
        batch: u16,
    }
}

impl Rules for Database {
    fn check(&self, reader: &mut Reader<'_>) {
        let known = matches!(self.url.scheme(), None | Some("sqlite" | "postgres" | "postgresql"));
        require::<Self>(
            reader,
            "url",
            known,
            "must begin with sqlite:, postgres:// or postgresql://",
        );
        let memory = self.url.reveal().contains(":memory:");
        require::<Self>(
            reader,
            "url",
            !memory,
            "must be a file, since several connections share it",
        );
        require::<Self>(reader, "read_pool", self.read_pool > 0, "must be at least 1");
        require::<Self>(
            reader,
            "pool_size",
            self.pool_size > 1,
            "must be at least 2, one for the jobs",
        );
        require::<Self>(reader, "batch", self.batch > 0, "must be at least 1");
    }
}

impl Database {
    /// The URL in force: the one set, or the embedded database of the data folder; SQLite paths are made relative to that folder.
    pub fn effective_url(&self, data_dir: &Path) -> SecretUrl {
        let given = self.url.reveal();
        let file =
            if given.is_empty() { Some("quanheng.sqlite3") } else { given.strip_prefix("sqlite:") };
        match file {
            Some(file) => {
                let file = file.strip_prefix("//").unwrap_or(file);
                SecretUrl::new(format!("sqlite:{}", data_dir.join(file).display()))
            }
            None => self.url.clone(),
        }
    }

    /// Whether the rows live in PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.url.scheme(), Some("postgres" | "postgresql"))
    }
}
