//! Comment rounds, comments and their settlement; the table of both is in `round_table`.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    document::place,
    project::{self, Advance},
    round::{
        OpenHearing,
        dispose::{Dispose, Ruling, dispose},
        hold, open_reexamination_round,
        submit::{Submit, Submitted, limits, submit_comments},
        text::{Author, Remark},
    },
};
use quanheng_db::{
    comment_counts,
    conn::AnyConn,
    projects,
    round_comments::{self, Seen},
    rounds::{self, CommentRow, RoundRow},
};
use quanheng_domain::{
    comment::{Answers, CommentKind, CommentSource, Disposition, RoundPurpose},
    ids::{CommentId, DocumentId, ProjectId, RoundId},
    lifecycle::{Field, Input, Move, ProjectKind, RoundStatus},
    people::{Actor, Party},
    rules::RecipientClass,
};
use rocket::{Route, State, get, http::Status, post, put, routes};
use serde::{Deserialize, Serialize};

use super::comment_files::FileTold;
use super::{
    Listed, Reply, id,
    projects::known,
    sent::{Body, body},
    slice,
};
use crate::proof::Door;
use crate::{Answer, ApiActor, App, Once, Visitor, WebError};

/// A round as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Round {
    id: RoundId,
    project: ProjectId,
    ordinal: i32,
    purpose: RoundPurpose,
    status: RoundStatus,
    document: Option<DocumentId>,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    asked: usize,
    answered: usize,
    answers: Answered,
    comments: i64,
    open_comments: i64,
}

/// How those asked have answered.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    with_comments: usize,
    no_comment: usize,
    cannot: usize,
    silent: usize,
}

/// A comment as the API tells it; who wrote it only to those who may know.
#[derive(Debug, Clone, Serialize)]
pub struct Comment {
    id: CommentId,
    version: i64,
    serial: i32,
    author: Option<String>,
    unit: Option<String>,
    class: RecipientClass,
    clause: String,
    kind: CommentKind,
    text: String,
    proposal: String,
    reason: String,
    received_at: DateTime<Utc>,
    late: bool,
    hidden: bool,
    disposition: Option<Disposition>,
    disposition_reason: String,
    text_changed: Option<bool>,
    duplicate_of: Option<CommentId>,
    files: Vec<FileTold>,
}

/// A round that the actor may know of, and whether the actor treats its comments.
pub fn readable(
    conn: &mut AnyConn,
    round: RoundId,
    actor: &Actor,
) -> Result<(RoundRow, bool), ActionError> {
    let row = rounds::find(conn, round)?.ok_or(ActionError::NotFound)?;
    let project = known(conn, row.project_id, actor)?;
    let parties = actor.parties(&project::load::standing(&project).owners);
    let inside = [Party::Secretariat, Party::Drafter, Party::Officer]
        .iter()
        .any(|party| parties.contains(party));
    Ok((row, inside))
}

/// A comment for a reader: personal data only inside, answers only once they were published.
pub fn shown(row: CommentRow, inside: bool, own: bool) -> Comment {
    let named = inside || own || row.publish_name;
    let answered = inside || row.published_at.is_some();
    let hidden = !row.hidden_reason.is_empty();
    let text = |text: String| if hidden && !inside { String::new() } else { text };
    Comment {
        id: row.id,
        version: row.version,
        serial: row.serial,
        author: named.then_some(row.author_name),
        unit: named.then_some(row.author_unit).filter(|unit| !unit.is_empty()),
        class: row.author_class,
        clause: row.clause,
        kind: row.kind,
        text: text(row.body),
        proposal: text(row.proposal),
        reason: text(row.reason),
        received_at: row.received_at,
        late: row.late,
        hidden,
        disposition: row.disposition.filter(|_| answered),
        disposition_reason: if answered { row.disposition_reason } else { String::new() },
        text_changed: row.text_changed.filter(|_| answered),
        duplicate_of: row.duplicate_of.filter(|_| answered),
        files: Vec::new(),
    }
}

/// The body that opens a round; the move of the life cycle behind it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRound {
    closes_on: NaiveDate,
    #[serde(default)]
    note: String,
    #[serde(default)]
    if_version: Option<i64>,
}

#[post("/projects/<project>/rounds", data = "<new>")]
async fn open(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    new: Body<NewRound>,
) -> Result<Answer, WebError> {
    let (project, new) = (id(project)?, body(new)?);
    let hearing = OpenHearing { project, closes_on: new.closes_on, note: new.note.clone() };
    let fields = [(Field::ClosesOn, new.closes_on.to_string()), (Field::Note, new.note)];
    let input = Input(fields.into_iter().filter(|(_, text)| !text.is_empty()).collect());
    let command = Advance { project, key: Move::OpenComments, input, if_version: new.if_version };
    app.once(&once, move |tx| {
        let row = known(tx.conn(), project, &actor.actor)?;
        // Users are heard on a text under re-examination without a move: the case stays where it is.
        if row.kind == ProjectKind::Reexamination {
            if command.if_version.is_some_and(|seen| seen != row.version) {
                return Err(ActionError::Conflict);
            }
            open_reexamination_round(tx, &actor.actor, &hearing)?;
        } else {
            project::advance(tx, &actor.actor, &command)?;
        }
        let round = rounds::latest_of(tx.conn(), project)?.ok_or(ActionError::NotFound)?;
        Ok(Answer::json(Status::Created, &serde_json::json!({ "id": round.id }))?
            .at(format!("/api/v1/rounds/{}", round.id)))
    })
    .await
}

#[get("/rounds/<round>")]
async fn one(app: &State<App>, visitor: Visitor, round: &str) -> Reply<Round> {
    let round = id(round)?;
    let one = app
        .read(move |conn| {
            let (row, _) = readable(conn, round, &visitor.actor)?;
            let asked = rounds::recipients_of(conn, round)?;
            let (comments, open_comments) = rounds::comment_counts(conn, round, false)?;
            let answers = Answers::count(asked.iter().map(|line| line.answer));
            Ok(Round {
                id: row.id,
                project: row.project_id,
                ordinal: row.ordinal,
                purpose: row.purpose,
                status: row.status,
                document: row.document_id,
                opens_at: row.opens_at,
                closes_at: row.closes_at,
                asked: answers.sent,
                answered: answers.answered(),
                answers: Answered {
                    with_comments: answers.comments,
                    no_comment: answers.none,
                    cannot: answers.cannot,
                    silent: answers.silent(),
                },
                comments,
                open_comments,
            })
        })
        .await?;
    Ok(one.into())
}

#[get("/rounds/<round>/comments?<limit>&<offset>")]
async fn comments(
    app: &State<App>,
    visitor: Visitor,
    round: &str,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<Comment>> {
    let (round, part): (RoundId, _) = (id(round)?, slice(limit, offset)?);
    let all = app
        .read(move |conn| {
            let actor = &visitor.actor;
            let (row, inside) = readable(conn, round, actor)?;
            let project = projects::find(conn, row.project_id)?.ok_or(ActionError::NotFound)?;
            let all = place::reads_all(actor, &project);
            let person = actor.person().map(|person| person.person);
            // As on the page: comments go out together with their answers.
            let seen = if all { Seen::All } else { Seen::Public { own: person } };
            let total = round_comments::count(conn, round, seen)?;
            let rows = round_comments::slice(conn, round, seen, part)?;
            let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
            let files = comment_counts::files(conn, &ids)?;
            let of = |id| files.iter().filter(move |file| file.comment_id == id);
            let told = rows
                .into_iter()
                .map(|row| {
                    let own = row.person_id.is_some() && row.person_id == person;
                    // Files go with what everybody may read; before that they are for those inside and the author.
                    let open = inside || own || place::is_public(&row);
                    let files = of(row.id).filter(|_| open).map(FileTold::from).collect();
                    Comment { files, ..shown(row, inside, own) }
                })
                .collect();
            Ok(Listed::new(told, total, part.1))
        })
        .await?;
    Ok(all.into())
}

/// The body of comments: one or many, from the public with name and address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewComments {
    #[serde(default)]
    name: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    publish_name: bool,
    /// A challenge of the round with the number that was found for it; without one a person may look at the comments first.
    #[serde(default)]
    proof: String,
    comments: Vec<NewComment>,
}

/// One comment of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewComment {
    #[serde(default)]
    clause: String,
    #[serde(default = "general")]
    kind: CommentKind,
    text: String,
    #[serde(default)]
    proposal: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    quote: String,
}

/// Faults of what a comment says, at the field in which a program sends it.
pub fn named_as_sent(error: ActionError) -> ActionError {
    let ActionError::Invalid(mut faults) = error else { return error };
    for fault in &mut faults {
        let place = fault.field.strip_suffix("body");
        if let Some(place) = place.filter(|place| place.is_empty() || place.ends_with('.')) {
            fault.field = format!("{place}text");
        }
    }
    ActionError::Invalid(faults)
}

impl From<NewComment> for Remark {
    fn from(new: NewComment) -> Self {
        Self {
            clause: new.clause,
            kind: new.kind,
            body: new.text,
            proposal: new.proposal,
            reason: new.reason,
            quote: new.quote,
        }
    }
}

fn general() -> CommentKind {
    CommentKind::General
}

#[post("/rounds/<round>/comments", data = "<sent>")]
async fn submit(
    app: &State<App>,
    visitor: Visitor,
    once: Once,
    round: &str,
    sent: Body<NewComments>,
) -> Result<Answer, WebError> {
    let (round, sent): (RoundId, _) = (id(round)?, body(sent)?);
    let door = match visitor.actor {
        Actor::Public => {
            let words = sent
                .comments
                .iter()
                .flat_map(|new| [&new.text, &new.proposal, &new.reason].map(String::as_str));
            Some(Door::pass(app, visitor.address, round, &sent.proof, words).await?)
        }
        Actor::Person(_) | Actor::System => None,
    };
    let (confirm_within, most_a_day) = limits(&app.settings.security);
    let command = Submit {
        round,
        author: Author {
            name: sent.name,
            contact: sent.contact,
            unit: sent.unit,
            publish_name: sent.publish_name,
            locale: visitor.locale,
        },
        remarks: sent.comments.into_iter().map(Remark::from).collect(),
        source: CommentSource::Api,
        confirm_within,
        most_a_day,
    };
    app.once(&once, move |tx| {
        readable(tx.conn(), round, &visitor.actor)?;
        let submitted = submit_comments(tx, &visitor.actor, &command);
        let told = match submitted.map_err(named_as_sent)? {
            Submitted::AwaitsConfirmation { comments, until } => {
                let why = door.as_ref().map(|door| door.held(tx)).transpose()?.flatten();
                if let Some(why) = why {
                    hold(tx, &comments, why)?;
                }
                serde_json::json!({ "state": "awaits_confirmation", "comments": comments, "until": until, "held": why })
            }
            Submitted::Received(receipt) => serde_json::json!({
                "state": "received", "receipt": receipt.number, "late": receipt.late,
                "comments": receipt.comments.iter().map(|(id, serial)| serde_json::json!({ "id": id, "serial": serial })).collect::<Vec<_>>(),
            }),
        };
        Answer::json(Status::Created, &told)
    })
    .await
}

/// The body that settles a comment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    code: Disposition,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    text_changed: Option<bool>,
    #[serde(default)]
    duplicate_of: Option<String>,
    #[serde(default)]
    if_version: Option<i64>,
}

#[put("/comments/<comment>/disposition", data = "<settled>")]
async fn settle(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    comment: &str,
    settled: Body<Settle>,
) -> Result<Answer, WebError> {
    let (comment, settled): (CommentId, _) = (id(comment)?, body(settled)?);
    let duplicate_of = settled.duplicate_of.as_deref().map(id).transpose()?;
    let ruling = Ruling {
        code: settled.code,
        reason: settled.reason,
        text_changed: settled.text_changed,
        duplicate_of,
    };
    let command = Dispose { comment, ruling, if_version: settled.if_version };
    app.once(&once, move |tx| {
        let row = dispose(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &shown(row, true, false))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![open, one, comments, submit, settle]
}
