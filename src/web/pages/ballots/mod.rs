//! Ballots: the page, voting, attendance, opinions, closing and signing on it, and the papers that go with it.

mod acts;
mod around;
mod conclusion;
mod duties;
mod earlier;
pub mod file;
mod list;
mod mandates;
mod meeting;
pub mod papers;
pub mod ribbon;
mod rights;
pub mod show;

pub use meeting::Rooms;
use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = show::routes();
    routes.extend(acts::routes());
    routes.extend(conclusion::routes());
    routes.extend(list::routes());
    routes.extend(papers::routes());
    routes.extend(duties::routes());
    routes.extend(mandates::routes());
    routes.extend(meeting::routes());
    routes.extend(rights::routes());
    routes
}
