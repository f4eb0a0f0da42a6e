//! The forms of those in whose care the register is: a text after publication, its cover, surveys of its effect, and a committee.

mod care;
pub mod committee;
mod cover;
mod surveys;

use rocket::Route;

/// The routes of the keepers.
pub fn routes() -> Vec<Route> {
    [care::routes(), cover::routes(), surveys::routes(), committee::routes()].concat()
}
