//! API tokens: shown once, kept as a hash, revoked at any time.

use chrono::{DateTime, Duration, Utc};
use quanheng_db::{
    accounts::{self, TokenRow},
    conn::AnyConn,
    register::PersonRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{PersonId, TokenId},
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, PersonActor},
};
use serde_json::json;

use super::{digest, session};
use crate::{ActionError, NewEvent, Tx};

/// What every token begins with, so that secret scanners know one when they see it.
pub const PREFIX: &str = "qh_";
/// Most tokens that one person may hold.
const MOST: usize = 20;
/// How often the use of a token is noted.
const NOTED_EVERY: Duration = Duration::minutes(5);

/// Makes a token for a person; the returned text is shown once.
pub fn create(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    person: PersonId,
    name: &str,
) -> Result<String, ActionError> {
    let name = name.trim();
    let fault = |code, bound| {
        ActionError::Invalid(vec![FieldFault { field: "name".to_owned(), code, bound }])
    };
    if name.is_empty() {
        return Err(fault(FaultCode::Missing, None));
    }
    if name.chars().count() > 60 {
        return Err(fault(FaultCode::TooLong, Some(60)));
    }
    if name.chars().any(char::is_control) {
        return Err(fault(FaultCode::BadCharacters, None));
    }
    let held = accounts::tokens_of(tx.conn(), person)?
        .iter()
        .filter(|token| token.revoked_at.is_none())
        .count();
    if held >= MOST {
        return Err(fault(FaultCode::TooLong, i64::try_from(MOST).ok()));
    }
    let token = format!("{PREFIX}{}", tx.token());
    let row = TokenRow {
        id: tx.id(),
        person_id: person,
        name: name.to_owned(),
        token_hash: digest(&token),
        created_at: tx.now(),
        used_at: None,
        revoked_at: None,
    };
    accounts::insert_token(tx.conn(), &row)?;
    let facts = json!({ "token": row.id, "name": name });
    tx.record(
        NewEvent::new(ObjectKind::Person, person.cast(), actor, "token_created").facts(facts),
    )?;
    Ok(token)
}

/// Revokes one of the actor's tokens.
pub fn revoke(tx: &mut Tx<'_, '_>, actor: &PersonActor, token: TokenId) -> Result<(), ActionError> {
    let now = tx.now();
    if !accounts::revoke_token(tx.conn(), actor.person, token, now)? {
        return Err(ActionError::NotFound);
    }
    let who = Actor::Person(actor.clone());
    tx.record(
        NewEvent::new(ObjectKind::Person, actor.person.cast(), &who, "token_revoked")
            .facts(json!({ "token": token })),
    )?;
    Ok(())
}

/// Who a token belongs to.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// Who acts, with the rights of this moment.
    pub actor: PersonActor,
    /// The person.
    pub person: PersonRow,
    /// The token.
    pub token: TokenId,
    /// Whether it is time to note that the token was used.
    pub note_due: bool,
}

/// The bearer of a token; nothing when it is unknown or revoked, or the account is closed.
pub fn bearer(
    conn: &mut AnyConn,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<Bearer>, ActionError> {
    let Some((token, person, account)) = accounts::token_by_hash(conn, &digest(token))? else {
        return Ok(None);
    };
    if account.disabled {
        return Ok(None);
    }
    let actor = session::actor_of(conn, &person, account.administrator, now)?;
    let note_due = token.used_at.is_none_or(|at| now.signed_duration_since(at) >= NOTED_EVERY);
    Ok(Some(Bearer { actor, person, token: token.id, note_due }))
}
