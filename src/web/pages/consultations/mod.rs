//! Comment rounds: what is open, the page of one round with its comments and answers, and the table to take away.

mod answers;
mod asked;
pub mod attached;
mod desk;
pub mod export;
mod file;
mod held;
pub mod imports;
mod iso;
mod letter;
mod letters;
mod list;
mod matrix;
mod mine;
mod mine_view;
mod outcome;
mod reading;
mod remark;
mod send;
mod show;
mod since;
pub mod unit;

use rocket::Route;

pub use letter::recipients;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = list::routes();
    routes.extend(show::routes());
    routes.extend(export::routes());
    routes.extend(send::routes());
    routes.extend(desk::routes());
    routes.extend(mine::routes());
    routes.extend(imports::routes());
    routes.extend(letters::routes());
    routes.extend(matrix::routes());
    routes.extend(reading::routes());
    routes.extend(attached::routes());
    routes.extend(held::routes());
    routes.extend(unit::routes());
    routes.extend(letter::routes());
    routes.extend(outcome::routes());
    routes.extend(since::routes());
    routes
}
