//! Ballots: the page, and voting, attendance, opinions, closing and signing on it.

mod acts;
mod list;
mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = show::routes();
    routes.extend(acts::routes());
    routes.extend(list::routes());
    routes
}
