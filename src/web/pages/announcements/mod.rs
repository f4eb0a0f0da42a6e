//! The officers' desk of announcements (公告): what waits, what is being prepared, which numbers were given; and every issued
//! announcement as an official paper.

mod desk;
mod draft;
mod issued;
mod sheet;

use rocket::Route;

/// The routes of announcements.
pub fn routes() -> Vec<Route> {
    [desk::routes(), draft::routes(), issued::routes()].concat()
}
