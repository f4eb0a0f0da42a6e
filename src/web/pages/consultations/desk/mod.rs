//! The comment desk (意见处理): everything that came in on a round, what is left to do, and the forms that settle it.
//!
//! Every way of looking stands in the address, every form works without a script, and a form with faults comes back filled.

mod act;
mod read;
mod row;
mod sieve;
mod view;

use rocket::{Route, routes};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![
        act::desk,
        act::comment,
        act::many,
        act::one,
        act::admit_late,
        act::hide_comment,
        act::note,
        act::gather,
        act::stock
    ]
}
