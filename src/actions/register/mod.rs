//! The register: what enters it from tables, and the ground it stands on.
//!
//! An import is one verb a format, one transaction a file: good rows enter, bad rows are listed, and the same file a second time
//! changes nothing and leaves no trace in the ledger. An empty cell never erases what the register knows.

pub mod authorities;
pub mod import;
pub mod import_announcements;
pub mod import_committees;
pub mod import_holidays;
pub mod import_members;
pub mod import_numbers;
pub mod import_plan;
pub mod import_replacement_links;
pub mod import_source_editions;
pub mod import_specifications;
mod lookups;

pub use lookups::STUB;

pub use import::{Effect, ImportOptions, ImportReport, RowReport};
pub use import_announcements::import_announcements;
pub use import_committees::import_committees;
pub use import_holidays::import_holidays;
pub use import_members::import_members;
pub use import_numbers::import_numbers;
pub use import_plan::import_plan;
pub use import_replacement_links::import_replacement_links;
pub use import_source_editions::import_source_editions;
pub use import_specifications::import_specifications;
