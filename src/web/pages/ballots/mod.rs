//! Ballots: the page, and voting, attendance, opinions, closing and signing on it.

mod acts;
mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = show::routes();
    routes.extend(acts::routes());
    routes
}
