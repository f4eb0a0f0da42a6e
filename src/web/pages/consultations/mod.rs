//! Comment rounds: what is open, the page of one round with its comments and answers, and the table to take away.

mod answers;
mod desk;
pub mod export;
mod file;
mod import;
mod letters;
mod list;
mod mine;
mod mine_view;
mod reading;
mod send;
mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = list::routes();
    routes.extend(show::routes());
    routes.extend(export::routes());
    routes.extend(send::routes());
    routes.extend(desk::routes());
    routes.extend(mine::routes());
    routes.extend(import::routes());
    routes.extend(letters::routes());
    routes.extend(reading::routes());
    routes
}
