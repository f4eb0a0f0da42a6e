//! The site in process: real routes, real database, a clock turned by hand, mail into memory.

#![allow(dead_code, reason = "the kit serves the tests of every area")]

mod access;
mod accounts;
mod admin;
mod committee;
mod forms;
mod ledger;
mod moves;
mod operations;
mod reports;
mod rounds;
mod world;
