//! Changing what the rules are read from: dated versions of rule profiles, and the holiday calendar.

pub mod holidays;
pub mod publish;
