//! Published editions: numbering, publication, force, confirmation and abolition.

pub mod attached;
pub mod care;
pub mod catalogue;
pub mod comparison;
pub mod cover;
pub mod facets;
pub mod international;
pub mod invite;
pub mod joint;
pub mod open_data;
pub mod overlap;
pub mod publish;
pub mod recognition;
pub mod reexamination;
pub mod relations;
pub mod slip;
pub mod survey;
pub mod validity;

use quanheng_db::projects::ProjectRow;
use quanheng_domain::{lifecycle::Change, people::Actor};

use crate::{ActionError, Tx, project::carry::Carried};

/// Carries out the changes of a move that concern an edition.
pub fn carry(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    row: &mut ProjectRow,
    change: &Change,
    carried: &mut Carried,
) -> Result<(), ActionError> {
    match change {
        Change::Number { number, replaces } => publish::number(tx, row, number, replaces, carried),
        Change::Publish { announcement, issued_on, effective_on } => {
            publish::publish(tx, actor, row, announcement, *issued_on, *effective_on, carried)
        }
        Change::ConfirmEdition => publish::confirm(tx, actor, row, carried),
        Change::AbolishEdition { announcement, on } => {
            publish::abolish(tx, actor, row, announcement, *on, carried)
        }
        _ => Ok(()),
    }
}
