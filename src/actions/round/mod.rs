//! Comment rounds: opening, receiving, settling and publishing comments.

pub mod open;
pub mod publish;
