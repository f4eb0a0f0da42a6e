//! The forms of those in whose care the register is: a text after publication, its cover, surveys of its effect, and a committee.

mod care;
pub mod committee;
pub mod comparisons;
mod cover;
mod effect;
mod surveys;

use quanheng_actions::ActionError;
use quanheng_db::conn::AnyConn;
use quanheng_db::specifications::{self, SpecificationRow};
use quanheng_domain::ids::SpecificationId;
use quanheng_domain::people::Actor;
use rocket::Route;

use super::reader::Reader;
use super::sections::Sections;
use crate::{Page, WebError};

/// A page of sections about an edition: what it shows is read in one snapshot, and refused there to whom it is not for.
async fn page<T: Send + 'static>(
    reader: Reader<'_>,
    id: SpecificationId,
    read: impl FnOnce(&mut AnyConn, &Actor, SpecificationRow) -> Result<T, ActionError> + Send + 'static,
    sections: impl FnOnce(&T) -> Sections,
) -> Result<Page, WebError> {
    let actor = reader.actor;
    let read = reader.app.read(move |conn| {
        let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
        read(conn, &actor, edition)
    });
    Ok(sections(&read.await?).page())
}

/// The routes of the keepers.
pub fn routes() -> Vec<Route> {
    [
        care::routes(),
        comparisons::routes(),
        cover::routes(),
        effect::routes(),
        surveys::routes(),
        committee::routes(),
    ]
    .concat()
}
