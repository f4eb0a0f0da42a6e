//! The web room: pages, API, guards, forms. It knows addresses, cookies, headers and statuses, and nothing of tables.
#![recursion_limit = "256"]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
pub mod answer;
pub mod api;
pub mod app;
pub mod assets;
pub mod budgets;
pub mod catchers;
pub mod csrf;
pub mod error;
pub mod fairings;
pub mod frame;
#[cfg(test)]
mod gallery;
pub mod gate;
pub mod guards;
pub mod health;
pub mod helpers;
pub mod idempotency;
pub mod import_form;
pub mod kept;
#[cfg(test)]
mod look_tests;
pub mod metrics;
pub mod page;
pub mod page_form;
pub mod pages;
#[cfg(test)]
mod pages_tests;
pub mod papers;
pub mod problem;
mod proof;
pub mod qr;
pub mod reading;
pub mod receive;
pub mod tally;
pub mod typed;
pub mod viewer;
pub mod views;
pub mod voice;
pub mod watch;
mod weave;

pub use answer::Answer;
pub use app::App;
pub use error::WebError;
pub use guards::{Admin, ApiActor, Officer, SignedIn, Visitor};
pub use idempotency::Once;
pub use kept::{Asked, Found, KeptPage};
pub use page::{Page, PageError, Pages};
pub use page_form::{Done, Fields, PageForm};
pub use typed::Typed;

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

/// Puts the working site into a dressed server: the app, the gate, every area's routes, and the catchers.
pub fn furnish(rocket: rocket::Rocket<rocket::Build>, app: App) -> rocket::Rocket<rocket::Build> {
    pages::public::stage(rocket)
        .manage(app)
        .manage(std::sync::Arc::new(health::Taking::default()))
        .manage(std::sync::Arc::new(metrics::Figures::default()))
        .manage(std::sync::Arc::new(watch::Watch::default()))
        .manage(std::sync::Arc::new(pages::ballots::Rooms::default()))
        .attach(gate::Gate)
        .mount("/", gate::routes())
        .mount("/", health::routes())
        .mount("/", pages::rules::routes())
        .mount("/", pages::sign_in::routes())
        .mount("/", pages::links::routes())
        .mount("/", pages::mail_stop::routes())
        .mount("/", pages::account::routes())
        .mount("/", pages::admin::routes())
        .mount("/api/v1", api::routes())
        .mount("/api", api::openapi::routes())
        .mount("/api", api::docs::routes())
        .mount("/", pages::announcements::routes())
        .mount("/", pages::ballots::routes())
        .mount("/", pages::consultations::routes())
        .mount("/", pages::desk::routes())
        .mount("/", pages::drafts::routes())
        .mount("/", pages::help::routes())
        .mount("/", pages::keepers::routes())
        .mount("/", pages::suggest::routes())
        .mount("/", pages::projects::routes())
        .mount("/", pages::reports::routes())
        .mount("/", pages::reviewers::routes())
        .register("/", catchers::catchers())
}
