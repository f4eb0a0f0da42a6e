//! Comment rounds: what is open, the page of one round with its comments and answers, and the table to take away.

mod export;
mod file;
mod list;
mod send;
mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = list::routes();
    routes.extend(show::routes());
    routes.extend(export::routes());
    routes.extend(send::routes());
    routes
}
