//! The web room: pages, API, guards, forms. It knows addresses, cookies, headers and statuses, and nothing of tables.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod assets;
pub mod fairings;
pub mod frame;
#[cfg(test)]
mod gallery;
pub mod helpers;
pub mod kept;
#[cfg(test)]
mod look_tests;
pub mod page;
pub mod pages;
pub mod views;

pub use kept::KeptPage;
pub use page::{Page, PageError, Pages};

/// Puts the view layer into a server: templates and assets in managed state, the fairings of every answer, the routes of
/// assets and preferences. `chance` makes the identities of requests. `base_url` is the public address of the site; an `https` one switches HSTS on.
pub fn dress(
    rocket: rocket::Rocket<rocket::Build>,
    pages: Pages,
    assets: std::sync::Arc<assets::AssetBook>,
    chance: std::sync::Arc<dyn quanheng_clock::Chance>,
    base_url: &str,
) -> rocket::Rocket<rocket::Build> {
    rocket
        .manage(pages)
        .manage(assets)
        // Response fairings run in this order: compress, then headers, then the log line.
        .attach(fairings::Gzip)
        .attach(fairings::SecurityHeaders::new(base_url))
        .attach(fairings::RequestLog::new(chance))
        .mount("/", assets::routes())
        .mount("/", pages::preferences::routes())
}
