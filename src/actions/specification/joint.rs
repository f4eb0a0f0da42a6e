//! Numbers of texts that several authorities issue together (联合编号, 4.2): one number for each of them with the same sequence (model A),
//! or one number whose mark names them all (model B).

use std::collections::BTreeSet;

use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectRow},
    recognitions::{self, JointNumberRow},
    register::{self, AuthorityRow},
    specifications,
};
use quanheng_domain::{
    ids::{AuthorityId, SpecificationId},
    lifecycle::{FaultCode, Field, FieldFault},
    number::SpecNumber,
};

use crate::{ActionError, Tx};

fn fault(code: FaultCode) -> ActionError {
    ActionError::Invalid(vec![FieldFault::new(Field::SpecificationNumber.to_string(), code)])
}

/// Whether one of the numbers of a text is taken, by an edition or by a party of a joint text.
///
/// # Errors
/// Storage trouble.
pub fn is_taken(conn: &mut AnyConn, numbers: &[SpecNumber]) -> Result<bool, ActionError> {
    for number in numbers {
        let key = number.canonical();
        if specifications::by_number(conn, &key)?.is_some()
            || recognitions::is_joint_number(conn, &key)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The authorities of a project: the one that leads, then those that joined and did not leave.
fn authorities(conn: &mut AnyConn, row: &ProjectRow) -> Result<Vec<AuthorityRow>, ActionError> {
    let parties = projects::parties_of(conn, row.id)?;
    let mut wanted = vec![row.authority_id];
    let stand = parties.iter().filter(|party| party.dropped_at.is_none());
    wanted.extend(stand.map(|party| party.authority_id));
    let all = register::all_authorities(conn)?;
    let one = |id: &AuthorityId| all.iter().find(|row| row.id == *id).cloned();
    Ok(wanted.iter().filter_map(one).collect())
}

/// The numbers of a text as they were typed, the number of the leading authority first, each with whose it is.
///
/// # Errors
/// `Invalid` for what is no number, for a mark of an authority that takes no part, and where one that takes part is left out.
pub fn read(
    conn: &mut AnyConn,
    row: &ProjectRow,
    typed: &str,
) -> Result<Vec<(SpecNumber, AuthorityId)>, ActionError> {
    let numbers = SpecNumber::parse_joint(typed).map_err(|_| fault(FaultCode::NotANumber))?;
    let authorities = authorities(conn, row)?;
    let marks: BTreeSet<&str> = authorities.iter().filter_map(|one| one.mark.as_deref()).collect();
    let told = marks.len() == authorities.len();
    if let [number] = numbers.as_slice() {
        let mark = number.mark().unwrap_or_default();
        let letters: BTreeSet<String> = mark.chars().map(String::from).collect();
        let named = letters.iter().map(String::as_str).eq(marks.iter().copied());
        // Of authorities without a mark of their own nothing can be told.
        if authorities.len() > 1 && told && !named {
            return Err(fault(FaultCode::NotSame));
        }
        return Ok(vec![(number.clone(), row.authority_id)]);
    }
    let mut given = Vec::with_capacity(numbers.len());
    for number in numbers {
        let whose = authorities.iter().find(|one| one.mark.as_deref() == number.mark());
        let whose = whose.ok_or_else(|| fault(FaultCode::Unknown))?;
        given.push((number, whose.id));
    }
    if given.len() != authorities.len() {
        return Err(fault(FaultCode::NotSame));
    }
    given.sort_by_key(|(_, authority)| *authority != row.authority_id);
    Ok(given)
}

/// Keeps the numbers of the other authorities.
///
/// # Errors
/// Storage trouble.
pub fn keep(
    tx: &mut Tx<'_, '_>,
    edition: SpecificationId,
    others: &[(SpecNumber, AuthorityId)],
) -> Result<(), ActionError> {
    for (number, authority) in others {
        let row = JointNumberRow {
            specification_id: edition,
            authority_id: *authority,
            number: number.canonical(),
            void_at: None,
        };
        recognitions::add_joint_number(tx.conn(), &row)?;
    }
    Ok(())
}

/// Makes the number of an authority that left void; it is never given again.
///
/// # Errors
/// Storage trouble.
pub fn void(
    tx: &mut Tx<'_, '_>,
    edition: SpecificationId,
    authority: AuthorityId,
) -> Result<Option<String>, ActionError> {
    let own = recognitions::joint_numbers_of(tx.conn(), edition)?;
    let own = own.into_iter().find(|row| row.authority_id == authority && row.void_at.is_none());
    let Some(mut row) = own else { return Ok(None) };
    row.void_at = Some(tx.now());
    recognitions::save_joint_number(tx.conn(), &row)?;
    Ok(Some(row.number))
}
