//! People, organisations, mails and events by what an administrator looks for.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    event::ObjectKind,
    ids::{OrganisationId, PersonId},
    records::MailState,
};

use crate::{
    bind,
    conn::AnyConn,
    events::EventRow,
    outbox::MailRow,
    register::{OrganisationRow, PersonRow},
    schema::{events, organisations, outbox, people},
};

/// A part of a text as a pattern of LIKE, with its own signs taken literally.
fn part(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// People whose name or address holds the text, by name; the total beside them.
pub fn people(
    conn: &mut AnyConn,
    text: &str,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<PersonRow>, i64)> {
    let narrowed = || {
        let mut query = people::table.into_boxed();
        if !text.is_empty() {
            let (as_is, folded) = (part(text), part(&text.to_lowercase()));
            query = query.filter(
                people::name_zh
                    .like(as_is.clone())
                    .escape('\\')
                    .or(people::name_en.like(as_is).escape('\\'))
                    .or(people::email_key
                        .is_not_null()
                        .and(people::email_key.assume_not_null().like(folded).escape('\\'))),
            );
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((people::name_zh, people::id))
        .limit(limit)
        .offset(offset)
        .select(PersonRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// People of an organisation, by name.
pub fn people_of(conn: &mut AnyConn, organisation: OrganisationId) -> QueryResult<Vec<PersonRow>> {
    people::table
        .filter(people::organisation_id.eq(bind(Some(organisation))))
        .order((people::name_zh, people::id))
        .select(PersonRow::as_select())
        .load(conn)
}

/// Organisations whose folded name holds the folded text, by name; the total beside them.
pub fn organisations(
    conn: &mut AnyConn,
    folded: &str,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<OrganisationRow>, i64)> {
    let narrowed = || {
        let mut query = organisations::table.into_boxed();
        if !folded.is_empty() {
            query = query.filter(organisations::name_key.like(part(folded)).escape('\\'));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order(organisations::name_key)
        .limit(limit)
        .offset(offset)
        .select(OrganisationRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Mails in a state or all, to an address that holds the text, the newest first; the total beside them.
pub fn mails(
    conn: &mut AnyConn,
    state: Option<MailState>,
    text: &str,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<MailRow>, i64)> {
    let narrowed = || {
        let mut query = outbox::table.into_boxed();
        if let Some(state) = state {
            query = query.filter(outbox::state.eq(bind(state)));
        }
        if !text.is_empty() {
            let pattern = part(text);
            query = query.filter(
                outbox::address
                    .like(pattern.clone())
                    .escape('\\')
                    .or(outbox::subject.like(pattern).escape('\\')),
            );
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(MailRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// What events are looked for by.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Kind of the object.
    pub object_kind: Option<ObjectKind>,
    /// Part of the act's key.
    pub kind: String,
    /// Part of the actor's name.
    pub actor: String,
    /// The actor.
    pub actor_id: Option<PersonId>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
}

/// Events of the whole ledger, the newest first; the total beside them.
pub fn events(
    conn: &mut AnyConn,
    filter: &EventFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<EventRow>, i64)> {
    let narrowed = || {
        let mut query = events::table.into_boxed();
        if let Some(kind) = filter.object_kind {
            query = query.filter(events::object_kind.eq(bind(kind)));
        }
        if !filter.kind.is_empty() {
            query = query.filter(events::kind.like(part(&filter.kind)).escape('\\'));
        }
        if !filter.actor.is_empty() {
            query = query.filter(events::actor.like(part(&filter.actor)).escape('\\'));
        }
        if let Some(person) = filter.actor_id {
            query = query.filter(events::actor_id.eq(bind(Some(person))));
        }
        if let Some(from) = filter.from {
            query = query.filter(events::at.ge(bind(from)));
        }
        if let Some(until) = filter.until {
            query = query.filter(events::at.lt(bind(until)));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order(events::seq.desc())
        .limit(limit)
        .offset(offset)
        .select(EventRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}
