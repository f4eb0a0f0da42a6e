//! Published editions: numbering, publication, force, confirmation and abolition.

pub mod publish;

use chrono::NaiveDate;
use quanheng_db::{conn::AnyConn, projects::ProjectRow, specifications::SpecificationRow};
use quanheng_domain::{lifecycle::Change, people::Actor};

use crate::{ActionError, Tx, project::carry::Carried};

/// STUB
pub struct ValidityStub;
impl ValidityStub {
    /// s
    pub fn is_in_force(&self) -> bool {
        true
    }
}
/// STUB
pub fn validity_on(
    _conn: &mut AnyConn,
    _row: &SpecificationRow,
    _on: NaiveDate,
) -> Result<ValidityStub, ActionError> {
    Ok(ValidityStub)
}

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
