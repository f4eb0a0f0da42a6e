//! An instance as one thing to carry: every table and every file, in a zip archive (`backup`), in a folder that people can read too
//! (`export`), or straight into another database (`copy`). `restore` takes the first two.
//!
//! ```text
//! manifest.json            what made it, from which schema, how many rows of each table, how many files
//! tables/<table>.jsonl     one row a line, a JSON array in the order of the manifest's columns (see `quanheng_db::whole`)
//! tables/<table>.csv       the same for spreadsheets, in exports only
//! files/<sha256>           the stored files by the hash of their bytes
//! ```

mod dump;
mod fill;
mod sink;
mod source;

pub use dump::{Dumped, Scope, dump};
pub use fill::{Filled, fill, is_occupied};
pub use sink::{FolderSink, Sink, ZipSink};
pub use source::Source;

use serde::{Deserialize, Serialize};

/// The version of the layout above.
pub const FORMAT: u32 = 1;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// The newest migration of the database it was made from.
    pub schema: String,
    /// The database it was made from.
    pub product: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// Whether passwords, sessions and keys were left out.
    pub without_secrets: bool,
    /// The tables in the order in which they can be entered.
    pub tables: Vec<Table>,
    /// The hashes of the files.
    pub files: Vec<String>,
    /// The hashes of files that rows name and that could not be read.
    pub missing: Vec<String>,
}

/// One table of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in the order of the rows.
    pub columns: Vec<String>,
    /// How many rows it has.
    pub rows: u64,
}

/// Where a table's rows stand.
fn rows_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Where a file stands.
fn file_of(hash: &str) -> String {
    format!("files/{hash}")
}

/// Where the manifest stands.
const MANIFEST: &str = "manifest.json";
