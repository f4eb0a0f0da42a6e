//! The site in process: real routes, real database, a clock turned by hand, mail into memory.

#![allow(dead_code, reason = "the kit serves the tests of every area")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fall")]

mod access;
mod accounts;
mod admin;
mod bad_drafts;
mod bad_input;
mod care;
mod committee;
mod conclusions;
mod crawl;
mod desk;
mod drafts;
mod forms;
mod joint;
mod keeping;
mod ledger;
mod matters;
mod meeting;
mod moves;
mod operations;
mod outlines;
mod queries;
mod reports;
mod rounds;
mod voting;
mod world;
