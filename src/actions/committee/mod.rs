//! Committees: founding and changing them, seats with their dates, terms and their clocks.

pub mod composition;
pub mod enrol;
pub mod found;
pub mod host;
pub mod seats;
pub mod term;
