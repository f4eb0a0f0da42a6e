//! The principal reviewers (主审人) of a project: whose turn it is, the register, the form with its findings; and its observers (旁听).

mod acts;
pub mod notice;
mod observers;
mod paper;
mod show;
mod users;

use rocket::Route;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    [show::routes(), acts::routes(), observers::routes(), paper::routes(), notice::routes()]
        .concat()
}
