//! Annual reports: the list, the report with the records behind every figure, writing, signing and deciding; and the national overview.

mod acts;
mod figure;
pub mod file;
mod list;
pub mod overview;
mod part;
pub mod show;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    [
        list::routes(),
        show::routes(),
        acts::routes(),
        part::routes(),
        figure::routes(),
        overview::routes(),
    ]
    .concat()
}
