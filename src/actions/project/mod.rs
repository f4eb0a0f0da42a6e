//! Projects: suggesting, moving, people, documents, consents, objections and adjustments.

pub mod adjust;
pub mod advance;
pub mod carry;
pub mod consent;
pub mod details;
mod family;
mod higher;
pub mod load;
pub(crate) mod milestone;
pub mod notices;
pub mod objection;
pub mod parties;
pub mod suggest;
pub mod units;

pub use advance::{Advance, Advanced, advance};
pub use load::{Loaded, load};
pub use suggest::{Suggest, Suggested, suggest};
