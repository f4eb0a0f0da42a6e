//! What a unit gathers before it sends (单位汇总): its people write, its contact puts right, drops and sends all at once.

use chrono::{DateTime, Utc};
use quanheng_actions::round::Remark;
use quanheng_actions::round::unit::{
    ChangeRemark, NoteRemark, SendUnit, change_remark, note_remark, of_unit, send_unit,
};
use quanheng_db::unit_remarks::{self, UnitRemarkRow};
use quanheng_domain::comment::CommentKind;
use quanheng_domain::ids::{ObjectId, OrganisationId, PersonId, RoundId};
use rocket::{Route, State, get, http::Status, post, put, routes};
use serde::{Deserialize, Serialize};

use super::{
    Reply, id,
    rounds::{NewComment, named_as_sent},
    sent::{Body, body},
};
use crate::{Answer, ApiActor, App, Once, WebError};

/// What a unit has gathered, as its people read it.
#[derive(Serialize)]
struct Gathered {
    round: RoundId,
    unit: OrganisationId,
    name: String,
    closes_at: DateTime<Utc>,
    /// Whether the caller answers for the unit and may send.
    contact: bool,
    answered_at: Option<DateTime<Utc>>,
    remarks: Vec<RemarkTold>,
}

/// Something that somebody of the unit said.
#[derive(Serialize)]
struct RemarkTold {
    id: ObjectId,
    version: i64,
    person: PersonId,
    clause: String,
    kind: CommentKind,
    text: String,
    proposal: String,
    reason: String,
    quote: String,
    written_at: DateTime<Utc>,
    dropped_at: Option<DateTime<Utc>>,
    sent_at: Option<DateTime<Utc>>,
}

impl From<UnitRemarkRow> for RemarkTold {
    fn from(row: UnitRemarkRow) -> Self {
        Self {
            id: row.id,
            version: row.version,
            person: row.person_id,
            clause: row.clause,
            kind: row.kind,
            text: row.body,
            proposal: row.proposal,
            reason: row.reason,
            quote: row.quote,
            written_at: row.written_at,
            dropped_at: row.dropped_at,
            sent_at: row.sent_at,
        }
    }
}

#[get("/rounds/<round>/unit")]
async fn gathered(app: &State<App>, actor: ApiActor, round: &str) -> Reply<Gathered> {
    let round: RoundId = id(round)?;
    let told = app
        .read(move |conn| {
            let file = of_unit(conn, &actor.actor, round)?;
            let remarks = unit_remarks::of_unit(conn, round, file.unit.id)?;
            Ok(Gathered {
                round,
                unit: file.unit.id,
                contact: file.is_contact(),
                name: file.unit.name_zh,
                closes_at: file.case.round.closes_at,
                answered_at: file.line.answered_at,
                remarks: remarks.into_iter().map(RemarkTold::from).collect(),
            })
        })
        .await?;
    Ok(told.into())
}

#[post("/rounds/<round>/unit/remarks", data = "<said>")]
async fn write(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    said: Body<NewComment>,
) -> Result<Answer, WebError> {
    let command = NoteRemark { round: id(round)?, remark: Remark::from(body(said)?) };
    app.once(&once, move |tx| {
        let id = note_remark(tx, &actor.actor, &command).map_err(named_as_sent)?;
        Answer::json(Status::Created, &serde_json::json!({ "id": id, "version": 1 }))
    })
    .await
}

/// The body that changes something that was said, or drops it where there is no remark.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    #[serde(default)]
    remark: Option<NewComment>,
    #[serde(default)]
    if_version: Option<i64>,
}

#[put("/rounds/<round>/unit/remarks/<remark>", data = "<changed>")]
async fn change(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    remark: &str,
    changed: Body<Changed>,
) -> Result<Answer, WebError> {
    let (which, changed): (ObjectId, _) = (id(remark)?, body(changed)?);
    let dropped = changed.remark.is_none();
    let command = ChangeRemark {
        round: id(round)?,
        id: which,
        remark: changed.remark.map(Remark::from),
        if_version: changed.if_version,
    };
    app.once(&once, move |tx| {
        change_remark(tx, &actor.actor, &command).map_err(named_as_sent)?;
        Answer::json(Status::Ok, &serde_json::json!({ "id": which, "dropped": dropped }))
    })
    .await
}

/// The body that sends what was gathered: what the contact has read, each with its version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sending {
    seen: Vec<Seen>,
    #[serde(default)]
    publish_name: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    id: ObjectId,
    version: i64,
}

#[post("/rounds/<round>/unit/send", data = "<sent>")]
async fn send(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    round: &str,
    sent: Body<Sending>,
) -> Result<Answer, WebError> {
    let (round, sent): (RoundId, _) = (id(round)?, body(sent)?);
    let command = SendUnit {
        round,
        seen: sent.seen.into_iter().map(|seen| (seen.id, seen.version)).collect(),
        publish_name: sent.publish_name,
    };
    app.once(&once, move |tx| {
        let receipt = send_unit(tx, &actor.actor, &command)?;
        let comments: Vec<_> = receipt
            .comments
            .iter()
            .map(|(id, serial)| serde_json::json!({ "id": id, "serial": serial }))
            .collect();
        let told = serde_json::json!({
            "receipt": receipt.number, "late": receipt.late, "comments": comments,
        });
        Answer::json(Status::Created, &told)
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![gathered, write, change, send]
}
