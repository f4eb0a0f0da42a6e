//! The public pages: what is in force, what is being made, who makes it. They need no account and keep nothing about their readers.

mod announcements;
pub mod binding;
mod care;
mod catalogue;
mod committees;
mod comparisons;
mod cover;
mod cover_form;
pub mod edition;
mod feeds;
mod fields;
mod found;
mod fulltext;
mod home;
mod international;
pub mod keeping;
mod markup;
mod matters;
mod open_data;
mod overlaps;
mod proposals;
mod recognitions;
mod reexaminations;
mod relations;
mod reported;
mod search;
mod shelf;
mod slip;
mod specification;
mod stages;
mod surveys;

use rocket::{Build, Rocket, Route};

pub use committees::pill as committee_pill;
pub use fulltext::href as text_href;
pub use shelf::Shelf;

/// The routes of the public pages.
pub fn routes() -> Vec<Route> {
    [
        home::routes(),
        catalogue::routes(),
        specification::routes(),
        fulltext::routes(),
        cover_form::routes(),
        surveys::routes(),
        comparisons::routes(),
        fields::routes(),
        overlaps::routes(),
        recognitions::routes(),
        care::routes(),
        committees::routes(),
        matters::routes(),
        keeping::routes(),
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
