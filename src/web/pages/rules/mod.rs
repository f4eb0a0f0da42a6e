//! The rules: every number, share and list the program works by, with its ground; trying them, comparing them, changing them.

mod holidays;
mod publish;
mod show;
mod trial;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    [show::routes(), trial::routes(), publish::routes(), holidays::routes()].concat()
}
