//! Ballots: the page, voting, attendance, opinions, closing and signing on it, and the papers that go with it.

mod acts;
pub mod file;
mod list;
pub mod papers;
pub mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = show::routes();
    routes.extend(acts::routes());
    routes.extend(list::routes());
    routes.extend(papers::routes());
    routes
}
