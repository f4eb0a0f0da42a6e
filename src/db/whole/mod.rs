//! The database as a whole: every table as a portable stream of rows, for backups, exports and moves between the two databases.
//!
//! Nothing here names a table: what there is to carry is asked of the database's own catalogue, so that a new table is carried
//! from the migration on that makes it. A row travels as one JSON array in the order of [`Shape::columns`], the same on both databases:
//!
//! | type     | in the array                               |
//! | -------- | ------------------------------------------ |
//! | identity | `"0190f0c2-…"`, 36 characters              |
//! | instant  | `"2026-07-01 08:30:00.000000"` in UTC      |
//! | day      | `"2026-07-01"`                             |
//! | truth    | `true`, `false`                            |
//! | number   | a number                                   |
//! | text     | a text; JSON columns are texts too         |
//! | nothing  | `null`                                     |

mod catalog;
mod guards;
mod rows;

pub use catalog::{Column, Kind, Reference, Shape, shapes};
pub use guards::{Guards, restore_guards, suspend_guards};
pub use rows::{
    Dangling, clear, count, dangling, defer_references, insert, settle_references,
    settle_sequences, stream,
};
