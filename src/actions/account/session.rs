//! Sessions: who a cookie belongs to, and how a session ends.

use chrono::{DateTime, Duration, Utc};
use quanheng_config::Security;
use quanheng_db::{
    accounts::{self, SessionRow},
    conn::AnyConn,
    projects,
    register::{self, PersonRow, SeatRow},
};
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::{PersonId, SessionId},
    people::{Actor, PersonActor, SeatFact},
};
use serde_json::json;

use super::digest;
use crate::{ActionError, NewEvent, Tx, committee::host};

/// How often a running session is noted as used.
const NOTED_EVERY: Duration = Duration::seconds(60);
/// Age at which the profile `mlps` asks for a new password.
const MLPS_PASSWORD_AGE: Duration = Duration::days(90);

/// A session that holds now.
#[derive(Debug, Clone)]
pub struct Resumed {
    /// Who acts, with the rights of this moment.
    pub actor: PersonActor,
    /// The person of the register.
    pub person: PersonRow,
    /// The session.
    pub session: SessionRow,
    /// Whether it is time to note that the session was used.
    pub note_due: bool,
    /// Whether the password is older than the profile allows.
    pub password_due: bool,
}

/// The session of a cookie, with rights read anew; nothing when it is unknown, has ended, or the account is closed.
pub fn resume(
    conn: &mut AnyConn,
    secret: &str,
    security: &Security,
    now: DateTime<Utc>,
) -> Result<Option<Resumed>, ActionError> {
    let Some(seen) = accounts::session_by_hash(conn, &digest(secret))? else { return Ok(None) };
    let idle = if seen.account.administrator { security.admin_idle } else { security.session_idle };
    let idle = Duration::from_std(idle.get()).unwrap_or(Duration::MAX);
    let unused = now.signed_duration_since(seen.session.seen_at);
    if seen.account.disabled || now >= seen.session.ends_at || unused >= idle {
        return Ok(None);
    }
    let password_due = security.password_profile == quanheng_config::PasswordProfile::Mlps
        && seen
            .account
            .password_changed_at
            .is_none_or(|at| now.signed_duration_since(at) >= MLPS_PASSWORD_AGE);
    let actor = actor_of(conn, &seen.person, seen.account.administrator, now)?;
    Ok(Some(Resumed {
        actor,
        person: seen.person,
        session: seen.session,
        note_due: unused >= NOTED_EVERY,
        password_due,
    }))
}

/// The person as an actor, with the seats, offices and project roles of the day.
pub fn actor_of(
    conn: &mut AnyConn,
    person: &PersonRow,
    administrator: bool,
    now: DateTime<Utc>,
) -> Result<PersonActor, ActionError> {
    let today = deadline::day_of(now);
    let fact = |seat: &SeatRow| SeatFact {
        committee: seat.committee_id,
        role: seat.role,
        since: seat.since,
        until: seat.until,
    };
    let held: Vec<_> = register::seats_with_hosts(conn, person.id)?
        .into_iter()
        .filter(|(seat, _)| !seat.suspended && fact(seat).holds_on(today))
        .collect();
    let aside = host::aside(conn, person, &held, today)?;
    let seats = held.iter().map(|(seat, _)| fact(seat)).collect();
    Ok(PersonActor {
        person: person.id,
        name: person.name_zh.clone(),
        seats,
        authorities: accounts::authorities_of(conn, person.id, today)?.into_iter().collect(),
        projects: projects::roles_of_person(conn, person.id)?.into_iter().collect(),
        aside,
        administrator,
    })
}

/// A new session with its secret, which the owner gets and nobody else.
#[derive(Debug)]
pub struct NewSession {
    /// Who.
    pub person: PersonId,
    /// The session.
    pub id: SessionId,
    /// The secret for the cookie.
    pub secret: String,
}

/// Begins a session; `agent` is what the browser calls itself, cut short.
pub fn begin(
    tx: &mut Tx<'_, '_>,
    person: PersonId,
    agent: &str,
    security: &Security,
) -> Result<NewSession, ActionError> {
    let (now, secret) = (tx.now(), tx.token());
    let longest =
        Duration::from_std(security.session_absolute.get()).unwrap_or_else(|_| Duration::hours(12));
    let row = SessionRow {
        id: tx.id(),
        secret_hash: digest(&secret),
        person_id: person,
        created_at: now,
        seen_at: now,
        ends_at: now + longest,
        agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
    };
    accounts::insert_session(tx.conn(), &row)?;
    Ok(NewSession { person, id: row.id, secret })
}

/// Ends one of the actor's own sessions; the present one is signing out.
pub fn end(
    tx: &mut Tx<'_, '_>,
    actor: &PersonActor,
    session: SessionId,
) -> Result<(), ActionError> {
    if !accounts::end_session(tx.conn(), actor.person, session)? {
        return Err(ActionError::NotFound);
    }
    let who = Actor::Person(actor.clone());
    tx.record(
        NewEvent::new(ObjectKind::Person, actor.person.cast(), &who, "signed_out")
            .facts(json!({ "session": session })),
    )?;
    Ok(())
}

/// Ends all of the actor's sessions but the present one.
pub fn end_others(
    tx: &mut Tx<'_, '_>,
    actor: &PersonActor,
    present: SessionId,
) -> Result<usize, ActionError> {
    let ended = accounts::end_sessions(tx.conn(), actor.person, Some(present))?;
    let who = Actor::Person(actor.clone());
    tx.record(
        NewEvent::new(ObjectKind::Person, actor.person.cast(), &who, "sessions_ended")
            .facts(json!({ "ended": ended })),
    )?;
    Ok(ended)
}
