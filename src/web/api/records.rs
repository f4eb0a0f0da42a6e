//! The ledger and the outbox.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_db::{
    conn::AnyConn,
    events::{self, EventRow},
    outbox::{self, MailRow},
    projects,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{EventId, MailId, ObjectId, PersonId},
    notice::{Audience, NoticeKey},
    people::{Actor, Party},
    records::MailState,
};
use rocket::{Route, State, get, routes};
use serde::Serialize;
use serde_json::Value;

use super::{Listed, Reply, id, slice};
use crate::{ApiActor, App, Visitor};

/// An event as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct EventTold {
    seq: i64,
    id: EventId,
    object_kind: ObjectKind,
    object_id: ObjectId,
    object_seq: i32,
    at: DateTime<Utc>,
    actor_id: Option<PersonId>,
    actor: String,
    kind: String,
    source: String,
    from_stage: String,
    to_stage: String,
    note: String,
    facts: Value,
    previous_hash: String,
    hash: String,
}

impl From<EventRow> for EventTold {
    fn from(row: EventRow) -> Self {
        Self {
            seq: row.seq,
            id: row.id,
            object_kind: row.object_kind,
            object_id: row.object_id,
            object_seq: row.object_seq,
            at: row.at,
            actor_id: row.actor_id,
            actor: row.actor,
            kind: row.kind,
            source: row.source,
            from_stage: row.from_stage,
            to_stage: row.to_stage,
            note: row.note,
            facts: row.facts,
            previous_hash: row.previous_hash,
            hash: row.hash,
        }
    }
}

// What one may not know of has no events either.
fn may_know_object(
    conn: &mut AnyConn,
    object: ObjectId,
    actor: &Actor,
) -> Result<bool, ActionError> {
    Ok(match projects::find(conn, object.cast())? {
        Some(row) => quanheng_actions::document::may_know(&row, actor),
        None => true,
    })
}

#[get("/events?<object>")]
async fn ledger(app: &State<App>, visitor: Visitor, object: &str) -> Reply<Listed<EventTold>> {
    let object: ObjectId = id(object)?;
    let all = app
        .read(move |conn| {
            if !may_know_object(conn, object, &visitor.actor)? {
                return Err(ActionError::NotFound);
            }
            let rows = events::of_object(conn, object)?;
            let person = visitor.actor.person();
            // Accounts are nobody's business but the person's own and the administrators'.
            let own =
                person.is_some_and(|person| person.administrator || person.person.cast() == object);
            let shown = rows.into_iter().filter(|row| own || row.object_kind != ObjectKind::Person);
            Ok(shown.map(EventTold::from).collect())
        })
        .await?;
    Ok(Listed::whole(all).into())
}

/// A mail as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct MailTold {
    id: MailId,
    notice: NoticeKey,
    audience: Audience,
    to: String,
    object_kind: ObjectKind,
    object_id: ObjectId,
    state: MailState,
    subject: String,
    attempts: i32,
    created_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    last_error: String,
    payload: Value,
}

impl From<MailRow> for MailTold {
    fn from(row: MailRow) -> Self {
        Self {
            id: row.id,
            notice: row.notice,
            audience: row.audience,
            to: row.address,
            object_kind: row.object_kind,
            object_id: row.object_id,
            state: row.state,
            subject: row.subject,
            attempts: row.attempts,
            created_at: row.created_at,
            sent_at: row.sent_at,
            last_error: row.last_error,
            // A secret link is nobody's but the addressee's.
            payload: if row.payload.get("secret_path").is_some_and(|path| !path.is_null()) {
                Value::Null
            } else {
                row.payload
            },
        }
    }
}

#[get("/outbox?<object>&<limit>&<offset>")]
async fn mails(
    app: &State<App>,
    actor: ApiActor,
    object: Option<&str>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<MailTold>> {
    let (limit, offset) = slice(limit, offset)?;
    let object: Option<ObjectId> = object.map(id).transpose()?;
    let listed = app
        .read(move |conn| {
            let everything = actor.person.administrator;
            let (rows, total) = match object {
                Some(object) => {
                    let row = projects::find(conn, object.cast())?;
                    let inside = row.as_ref().is_some_and(|row| {
                        let parties = actor
                            .actor
                            .parties(&quanheng_actions::project::load::standing(row).owners);
                        parties.contains(&Party::Secretariat) || parties.contains(&Party::Officer)
                    });
                    if !everything && !inside {
                        return Err(ActionError::NotFound);
                    }
                    outbox::list(conn, Some(object), None, limit, offset)?
                }
                None if everything => outbox::list(conn, None, None, limit, offset)?,
                // Others see the mail that went to themselves.
                None => outbox::list(conn, None, Some(actor.person.person), limit, offset)?,
            };
            Ok(Listed::new(rows.into_iter().map(MailTold::from).collect(), total, offset))
        })
        .await?;
    Ok(listed.into())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![ledger, mails]
}
