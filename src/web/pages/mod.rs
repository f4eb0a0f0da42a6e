//! The pages, one file an area; each exports its routes.

pub mod account;
pub mod address;
pub mod admin;
pub mod announcements;
pub mod ballots;
pub mod consultations;
pub mod desk;
pub mod drafts;
pub mod help;
pub mod keepers;
pub mod links;
pub mod mail_stop;
pub mod preferences;
pub mod projects;
pub mod public;
pub mod reader;
pub mod reports;
pub mod reviewers;
pub mod rules;
pub mod sections;
pub mod sign_in;
pub mod suggest;
