//! Votes of a committee on matters of its own (委员会事项表决): the list on its page for those inside, and the form that opens one.

use quanheng_actions::ActionError;
use quanheng_actions::ballot::matter::{StartMatter, start_matter};
use quanheng_actions::report;
use quanheng_db::ballots::{self, BallotRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::register::CommitteeRow;
use quanheng_domain::Keyed;
use quanheng_domain::ballot::{BallotForm, BallotPurpose};
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::{Actor, Party};
use rocket::{Route, http::Status, post, routes};
use serde::Serialize;

use super::committees::{find, show};
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::reader::{Reader, SignedReader};
use crate::views::{Cell, Column, Empty, FieldKind, Pill, Row, Table, Text, Tone};
use crate::{Answer, Page, Typed, WebError};

/// Matters listed; the list of ballots has all of them.
const MOST: i64 = 50;

/// What a committee votes on by itself.
const KINDS: [BallotPurpose; 2] = [BallotPurpose::Matter, BallotPurpose::Election];

/// The section of the page.
#[derive(Serialize)]
pub struct Matters {
    table: Table,
    fold: Option<Fold>,
}

/// What the section shows to a reader: the ballots, and whether to open one.
pub struct Read {
    rows: Vec<BallotRow>,
    opens: bool,
}

impl Read {
    /// Whether the reader is of the secretariat.
    pub fn opens(&self) -> bool {
        self.opens
    }
}

/// The matters of a committee for those who have a seat in it, serve its authority or administer the system; nothing for others.
pub fn read(
    conn: &mut AnyConn,
    row: &CommitteeRow,
    actor: &Actor,
) -> Result<Option<Read>, ActionError> {
    let Some(person) = actor.person() else { return Ok(None) };
    let inside = person.administrator
        || person.authorities.contains(&row.authority_id)
        || person.seats.iter().any(|seat| seat.committee == row.id);
    if !inside {
        return Ok(None);
    }
    let opens = report::parties(actor, row).contains(&Party::Secretariat);
    Ok(Some(Read { rows: ballots::matters_of(conn, row.id, MOST)?, opens }))
}

fn state(row: &BallotRow) -> Pill {
    let passed = row.result.as_ref().and_then(|result| result.get("passed")?.as_bool());
    match (row.closed_at, passed) {
        (None, _) => Pill::new(Text::said("projects-ballot-open"), Tone::Info),
        (Some(_), Some(true)) => Pill::new(Text::said("ballots-list-passed"), Tone::Good),
        (Some(_), Some(false)) => Pill::new(Text::said("ballots-list-failed"), Tone::Bad),
        (Some(_), None) => Pill::new(Text::said("projects-ballot-closed"), Tone::Plain),
    }
}

fn line(row: &BallotRow) -> Row {
    let until = Text::said("projects-until").with_deadline("until", row.closes_at.to_rfc3339());
    let mut state = Cell::pill(state(row));
    if row.signed_at.is_some() {
        state = state.note(Text::said("projects-ballot-signed"));
    }
    Row {
        cells: vec![
            Cell::link(format!("/ballots/{}", row.id), Text::plain(&row.question))
                .note(word(row.form)),
            state,
            Cell::text(until),
        ],
        ..Row::default()
    }
}

fn form(path: &str, again: Option<&Again>) -> Fold {
    let part = Part::new("matter", again);
    let fields = vec![
        part.field(FieldKind::Textarea, "question", Text::said("committees-matter-question"))
            .hint(Text::said("committees-matter-question-hint"))
            .attr("rows", 3)
            .attr("maxlength", 2_000)
            .required(),
        part.choice(FieldKind::Select, "kind", Text::said("committees-matter-kind"), &KINDS),
        part.field(FieldKind::Checkbox, "secret", Text::said("committees-matter-secret"))
            .hint(Text::said("committees-matter-secret-hint")),
        part.choice(FieldKind::Radio, "form", Text::said("projects-ballot-form"), BallotForm::ALL)
            .required(),
        part.field(FieldKind::Date, "closes_on", Text::said("projects-field-ballot-closes-on"))
            .required(),
    ];
    let (action, button) = (format!("{path}/ballots"), Text::said("committees-matter-open-button"));
    part.fold("committees-matter-open", FormView { action, fields, button })
}

/// The section as the page shows it; `path` is the committee's.
pub fn view(read: &Read, path: &str, again: Option<&Again>) -> Matters {
    let columns = ["committees-matter", "projects-ballot-state", "projects-closes"];
    Matters {
        table: Table {
            caption: Text::said("committees-matters"),
            caption_hidden: true,
            columns: columns.map(|key| Column::new(Text::said(key))).to_vec(),
            rows: read.rows.iter().map(line).collect(),
            empty: Some(Empty {
                title: Text::said("committees-matters-none"),
                text: None,
                action: None,
            }),
        },
        fold: read.opens.then(|| form(path, again)),
    }
}

/// The matter as typed.
fn matter_of(typed: &Typed, committee: CommitteeId) -> Result<StartMatter, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let form = BallotForm::from_key(typed.raw("matter.form")).ok();
    if form.is_none() {
        faults.push(FieldFault::new("form", FaultCode::Missing));
    }
    let closes_on = match typed.day("matter.closes_on") {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            faults.push(FieldFault::new("closes_on", FaultCode::Missing));
            None
        }
        Err(fault) => {
            faults.push(FieldFault::new("closes_on", fault.code));
            None
        }
    };
    let question = typed.text("matter.question");
    match (form, closes_on) {
        (Some(form), Some(closes_on)) => Ok(StartMatter {
            committee,
            form,
            closes_on,
            question,
            election: typed.raw("matter.kind") == "election",
            secret: typed.ticked("matter.secret"),
        }),
        _ => Err(faults),
    }
}

#[post("/committees/<code>/ballots", data = "<typed>")]
async fn open(
    reader: SignedReader<'_>,
    code: String,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let Reader { app, shelf, actor, .. } = reader.0.clone();
    let (held, asked, now) = (shelf.clone(), code.clone(), app.now());
    let committee = app
        .read(move |conn| Ok(find(&*held.catalogue(conn, now)?, &asked).map(|row| row.id)))
        .await?
        .ok_or_else(WebError::not_found)?;
    let done = match matter_of(&typed, committee) {
        Err(faults) => Err(WebError::invalid(faults)),
        Ok(command) => {
            app.once(typed.once(), move |tx| {
                let ballot = start_matter(tx, &actor, &command)?;
                Ok(Answer::see(format!("/ballots/{ballot}"))
                    .saying(Tone::Good, &Text::said("committees-matter-opened")))
            })
            .await
        }
    };
    let faults = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error.into_faults()?,
    };
    let again = Again::new("matter", typed, faults);
    let page = show(&reader.0, code, None, Some(&again)).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![open]
}
