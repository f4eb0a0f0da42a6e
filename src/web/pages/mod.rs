//! The pages, one file an area; each exports its routes.

pub mod preferences;
