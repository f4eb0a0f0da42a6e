//! The project page and everything that is done on it.

mod acts;
mod asking;
mod cards;
mod documents;
pub mod dossier;
mod file;
mod forms;
mod letter;
mod list;
mod moves;
mod show;
mod slip;

use rocket::Route;

pub use documents::take as take_file;
pub use dossier::paper_line;
pub use forms::{Again, Fold, FormView, Part, joined, word};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    let mut routes = show::routes();
    routes.extend(list::routes());
    routes.extend(moves::routes());
    routes.extend(documents::routes());
    routes.extend(acts::routes());
    routes.extend(asking::routes());
    routes.extend(letter::routes());
    routes.extend(dossier::routes());
    routes.extend(slip::routes());
    routes
}

#[cfg(test)]
pub(crate) use show::{Section, rendered_for};
