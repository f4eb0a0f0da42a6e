//! What templates are given: one plain struct for every partial under `templates/partials/`.
//!
//! A view holds ready values, never a domain object: handlers choose, templates show. Words of closed sets and
//! sentences are carried as [`Text`], so that a view is the same for every language and may be cached.
//! The mapping from partial to struct is listed in `templates/README.md`.

mod forms;
mod frame;
mod lists;
mod opinions;
mod project;
mod records;
mod text;

pub use forms::*;
pub use frame::*;
pub use lists::*;
pub use opinions::*;
pub use project::*;
pub use records::*;
pub use text::*;
