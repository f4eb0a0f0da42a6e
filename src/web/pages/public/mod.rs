//! The public pages: what is in force, what is being made, who makes it. They need no account and keep nothing about their readers.

mod announcements;
pub mod binding;
mod catalogue;
pub mod committees;
mod cover;
pub mod edition;
mod feeds;
mod fields;
mod found;
mod fulltext;
mod home;
mod international;
mod markup;
mod matters;
mod open_data;
mod overlaps;
mod proposals;
mod recognitions;
mod reexaminations;
mod relations;
pub mod reported;
mod search;
mod shelf;
mod slip;
mod specification;
mod stages;

use rocket::{Build, Rocket, Route};

pub use committees::pill as committee_pill;
pub use fulltext::{clause_href, href as text_href};
pub use shelf::Shelf;
pub use specification::identity;

/// The routes of the public pages.
pub fn routes() -> Vec<Route> {
    [
        home::routes(),
        catalogue::routes(),
        specification::routes(),
        fulltext::routes(),
        fields::routes(),
        overlaps::routes(),
        recognitions::routes(),
        committees::routes(),
        matters::routes(),
        binding::routes(),
        announcements::routes(),
        proposals::routes(),
        search::routes(),
        feeds::routes(),
        open_data::routes(),
        international::routes(),
        relations::routes(),
        reexaminations::routes(),
        stages::routes(),
    ]
    .concat()
}

/// Puts the public pages and the catalogue they share into a server.
pub fn stage(rocket: Rocket<Build>) -> Rocket<Build> {
    rocket.manage(Shelf::default()).mount("/", routes())
}
