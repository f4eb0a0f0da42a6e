//! Projects: suggesting, moving, people, documents, consents, objections and adjustments.

pub mod advance;
mod carry;
pub mod load;
pub mod notices;
pub mod suggest;

pub use advance::{Advance, advance};
pub use load::{Loaded, load};
pub use suggest::{Suggest, suggest};
