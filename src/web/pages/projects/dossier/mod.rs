//! The dossier of a project: what the rules ask for and what is missing, forms made from the record, defects of a return, and the
//! sealed archive that proves itself without this site.

mod forms;
mod pack;
mod page;

use rocket::Route;

pub use pack::seal;
pub use page::line as paper_line;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    page::routes()
}
