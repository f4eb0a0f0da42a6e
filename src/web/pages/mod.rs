//! The pages, one file an area; each exports its routes.

pub mod account;
pub mod links;
pub mod preferences;
pub mod public;
pub mod rules;
pub mod sign_in;
