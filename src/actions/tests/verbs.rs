//! The verbs against both databases, in a small world with a clock that is turned by hand.
#![allow(clippy::unwrap_used, missing_docs)]

mod announcements;
mod ballots;
mod care;
mod catalogue;
mod committees;
mod dossiers;
mod imports;
mod lifecycle;
mod profiles;
mod regions;
mod relations;
mod reviewers;
mod rounds;
mod slips;
mod sources;
mod units;
mod walk;
mod world;
