//! One edition: may it be used, since when and until when, what stands before and after it, and what was reported about it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError,
    search::index,
    specification::{
        care,
        catalogue::Catalogue,
        recognition::{self, Recognition},
    },
};
use quanheng_db::{
    catalogue,
    conn::AnyConn,
    covers::{self, CoverRow, MeasurementStandardRow},
    documents::DocumentRow,
    events::{self, EventRow},
    projects::{self, ProjectRow},
    reads,
    register::{self, AuthorityRow},
    slips::{self, SlipRow},
    specifications::{
        self, AnnouncementItemRow, AnnouncementRow, EvaluationRow, FeedbackRow, SpecificationRow,
        TrainingRow,
    },
};
use quanheng_domain::{
    Keyed, Locale, deadline,
    event::ObjectKind,
    ids::SpecificationId,
    lifecycle::{FieldFault, Openness},
};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::{
    Shelf,
    cover::{self, Cover},
    edition,
    fulltext::{self, Access},
    markup::Schema,
    reported::{self, Told},
    slip,
};
use crate::pages::address;
use crate::qr::Qr;
use crate::views::{
    Cell, Column, Crumb, DataBlock, EventRow as EventLine, Field, FieldKind, FormFault, PageHead,
    Row, Table, Text, Tone, Validity, faults_of,
};
use crate::voice::fault_at;
use crate::{Answer, App, Asked, Found, KeptPage, Page, SignedIn, Typed, Visitor, WebError};

/// The template of the page.
const TEMPLATE: &str = "pages/public/specification";

#[derive(Serialize)]
struct SpecificationPage {
    head: PageHead,
    validity: Validity,
    day: Field,
    cover: DataBlock,
    standards: Table,
    slips: Table,
    family: Table,
    announcements: Table,
    projects: Table,
    trainings: Vec<Told>,
    evaluations: Vec<Told>,
    feedback: Vec<Told>,
    care: Option<Care>,
    history: Vec<EventLine>,
    citations: Vec<String>,
    qr: Option<Qr>,
    text: FullText,
    schema: Schema,
    permanent: String,
    path: String,
    faults: Vec<FormFault>,
    fields: Vec<Field>,
}

/// Whether and where the full text can be read.
#[derive(Serialize)]
struct FullText {
    href: String,
    closed: Option<Text>,
    reads: Option<Text>,
}

impl FullText {
    fn of(read: &Read) -> Self {
        let access = Access::of(read.published.as_ref());
        let open = access == Access::Open;
        Self {
            href: fulltext::href(&read.row),
            closed: access.words(),
            reads: open.then(|| Text::said("fulltext-reads").with("n", read.reads)),
        }
    }
}

/// The way to the records of what happens in force, for those in whose care the text is.
#[derive(Serialize)]
struct Care {
    href: String,
    cover: String,
    waiting: Text,
}

impl Care {
    fn of(read: &Read) -> Self {
        let open = read.feedback.iter().filter(|row| row.answered_at.is_none()).count();
        Self {
            href: format!("{}/care", edition::href(&read.row)),
            cover: format!("{}/cover", edition::href(&read.row)),
            waiting: Text::said("care-waiting").with("n", open as u64),
        }
    }
}

struct Read {
    catalogue: Arc<Catalogue>,
    row: SpecificationRow,
    authorities: Vec<AuthorityRow>,
    agreements: Vec<Recognition>,
    announcements: Vec<(AnnouncementRow, AnnouncementItemRow)>,
    projects: Vec<ProjectRow>,
    trainings: Vec<TrainingRow>,
    evaluations: Vec<EvaluationRow>,
    feedback: Vec<FeedbackRow>,
    events: Vec<EventRow>,
    published: Option<(ProjectRow, DocumentRow)>,
    reads: i64,
    cover: Option<CoverRow>,
    standards: Vec<MeasurementStandardRow>,
    slips: Vec<SlipRow>,
}

impl Read {
    /// Who issued the edition.
    fn authority(&self) -> Option<&AuthorityRow> {
        self.authorities.iter().find(|row| row.id == self.row.authority_id)
    }
}

fn read(
    conn: &mut AnyConn,
    shelf: &Shelf,
    number: &str,
    now: DateTime<Utc>,
) -> Result<Read, ActionError> {
    let catalogue = shelf.catalogue(conn, now)?;
    let row = catalogue.find(number).cloned().ok_or(ActionError::NotFound)?;
    let mut projects = projects::of_specification(conn, row.id)?;
    projects.retain(|project| project.openness == Openness::Open);
    Ok(Read {
        authorities: register::all_authorities(conn)?,
        agreements: recognition::of_edition(conn, row.id)?,
        announcements: catalogue::announcements_naming(conn, row.id)?,
        projects,
        trainings: specifications::trainings_of(conn, row.id)?,
        evaluations: specifications::evaluations_of(conn, row.id)?,
        feedback: specifications::feedback_of(conn, row.id)?,
        events: events::of_object(conn, row.id.cast())?,
        published: index::published(conn, &row)?,
        reads: reads::total(conn, row.id)?,
        cover: covers::cover(conn, row.id)?,
        standards: covers::standards_of(conn, row.id)?,
        slips: slips::of_edition(conn, row.id)?,
        catalogue,
        row,
    })
}

fn validity(read: &Read, on: NaiveDate) -> Validity {
    let state = read.catalogue.state(&read.row.id, on);
    let in_force = state.is_in_force();
    let instead = if in_force { Vec::new() } else { read.catalogue.instead_of(&read.row.id, on) };
    Validity {
        pill: edition::pill(state),
        sentence: Text::word("specification-validity", state.key()).with_date("day", on),
        instead: instead.into_iter().map(edition::link).collect(),
        stop: !in_force,
    }
}

fn family(read: &Read, on: NaiveDate, locale: Locale) -> Table {
    let family = read.catalogue.family(&read.row);
    let mut table = edition::table("specification-family", &family, &read.catalogue, on, locale);
    for (line, row) in table.rows.iter_mut().zip(&family) {
        if row.id == read.row.id {
            line.tone = Tone::Info;
            line.cells[0].note = Some(Text::said("specification-this"));
        }
    }
    table
}

fn announcements(read: &Read) -> Table {
    let line = |(row, item): &(AnnouncementRow, AnnouncementItemRow)| Row {
        cells: vec![
            Cell::text(row.number.clone()).note(row.title.clone()),
            Cell::text(Text::word("announcements-act", item.act.key())),
            edition::day_cell(&row.on_day.map(|day| day.to_string()).unwrap_or_default()),
        ],
        ..Row::default()
    };
    plain_table(
        "specification-announcements",
        ["announcements-column-number", "announcements-column-act", "announcements-column-day"],
        read.announcements.iter().map(line).collect(),
    )
}

fn slips(read: &Read) -> Table {
    let line = |row: &SlipRow| Row {
        cells: vec![
            Cell::link(format!("/projects/{}", row.project_id), slip::name(row)),
            Cell::text(row.announcement.clone()),
            edition::day_cell(&row.effective_on.to_string()),
        ],
        ..Row::default()
    };
    plain_table(
        "slip-title",
        ["slip-column-name", "announcements-column-number", "catalogue-column-effective"],
        read.slips.iter().map(line).collect(),
    )
}

fn projects(read: &Read, locale: Locale) -> Table {
    let line = |row: &ProjectRow| Row {
        cells: vec![
            Cell::link(format!("/projects/{}", row.id), edition::project_title(row, locale)),
            Cell::text(Text::word("project-kind", row.kind.key())),
            Cell::text(Text::word("stage", row.stage.key())),
        ],
        ..Row::default()
    };
    plain_table(
        "specification-projects",
        ["home-column-text", "home-column-kind", "specification-stage"],
        read.projects.iter().map(line).collect(),
    )
}

fn plain_table(caption: &str, columns: [&str; 3], rows: Vec<Row>) -> Table {
    let columns = columns.map(|key| Column::new(Text::said(key))).to_vec();
    Table { caption: Text::said(caption), caption_hidden: true, columns, rows, empty: None }
}

fn history(read: &Read) -> Vec<EventLine> {
    let line = |row: &EventRow| EventLine {
        id: format!("e-{}", row.object_seq),
        at: row.at.to_rfc3339(),
        // The public reads what happened; who did it is told on the desk.
        who: Text::said("specification-recorded"),
        on_behalf_of: None,
        what: Text::word("specification-event", &row.kind),
        object: None,
        reason: None,
        facts: Vec::new(),
        hash: row.hash.clone(),
        tone: Tone::Plain,
    };
    let public = [
        "imported",
        "import_changed",
        "published",
        "amended",
        "in_force",
        "confirmed",
        "abolished",
        "training_held",
        "evaluated",
        "reexamination_asked",
        "replaced",
        "reexamination_opened",
        "citation_confirmed",
        "impact_asked",
        "cover_entered",
        "standard_entered",
        "standard_removed",
        "recognition_proposed",
        "recognition_confirmed",
        "recognition_ended",
        "survey_opened",
        "overlap_found",
        "overlap_decided",
        "comparison_begun",
        "comparison_concluded",
    ];
    read.events.iter().rev().filter(|row| public.contains(&row.kind.as_str())).map(line).collect()
}

fn fields(typed: Option<&Typed>, faults: &[FieldFault]) -> Vec<Field> {
    let field = |kind, name: &str, label: &str| {
        Field::new(kind, name, Text::word("specification-field", label))
            .value(typed.map_or("", |typed| typed.raw(name)))
            .fault(fault_at(faults, name))
    };
    vec![
        field(FieldKind::Text, "name", "name")
            .required()
            .attr("maxlength", 120)
            .attr("autocomplete", "name"),
        field(FieldKind::Email, "contact", "contact")
            .required()
            .hint(Text::said("specification-contact-hint"))
            .attr("autocomplete", "email"),
        field(FieldKind::Text, "clause", "clause").attr("maxlength", 60),
        field(FieldKind::Textarea, "text", "text")
            .required()
            .attr("rows", 6)
            .attr("maxlength", 8_000)
            .draft("feedback"),
    ]
}

async fn show(
    app: &App,
    shelf: &Shelf,
    visitor: &Visitor,
    number: String,
    on: Option<NaiveDate>,
    fields: Vec<Field>,
) -> Result<Page, WebError> {
    let (now, shelf, locale, actor) = (app.now(), shelf.clone(), visitor.locale, &visitor.actor);
    let on = on.unwrap_or_else(|| deadline::day_of(now));
    let read = app.read(move |conn| read(conn, &shelf, &number, now)).await?;
    let row = &read.row;
    let path = edition::href(row);
    let mut head = PageHead::new(edition::title_text(row, locale));
    head.crumbs = vec![Crumb {
        text: Text::said("catalogue-title"),
        href: Some("/specifications".to_owned()),
    }];
    head.code = Some(row.number.clone());
    head.facts =
        vec![Text::word("category", row.category.key()), Text::word("level", row.level.key())];
    let cover = Cover {
        catalogue: &read.catalogue,
        row,
        entered: read.cover.as_ref(),
        authority: read.authority(),
        authorities: &read.authorities,
        agreements: &read.agreements,
        on,
    };
    let view = SpecificationPage {
        head,
        validity: validity(&read, on),
        day: Field::new(FieldKind::Date, "on", Text::said("specification-on"))
            .value(on.to_string()),
        cover: cover.block(locale),
        standards: cover::standards(&read.standards),
        slips: slips(&read),
        family: family(&read, on, locale),
        announcements: announcements(&read),
        projects: projects(&read, locale),
        trainings: read.trainings.iter().map(reported::training).collect(),
        evaluations: read.evaluations.iter().map(reported::evaluation).collect(),
        feedback: read.feedback.iter().filter_map(reported::feedback).collect(),
        care: care::keeps(actor, row).then(|| Care::of(&read)),
        history: history(&read),
        citations: cover.citations(),
        qr: Qr::of(&format!("{}{path}", app.base_url)),
        text: FullText::of(&read),
        schema: Schema::of(&read.catalogue, row, read.authority(), (on, &app.base_url)),
        permanent: format!("{}{path}", app.base_url),
        faults: faults_of(&fields),
        path,
        fields,
    };
    Ok(Page::new(TEMPLATE, &view))
}

/// The edition of a number as written in an address.
pub async fn identity(app: &App, shelf: &Shelf, number: &str) -> Result<SpecificationId, WebError> {
    let (held, kept, now) = (shelf.clone(), number.to_owned(), app.now());
    app.read(move |conn| Ok(held.catalogue(conn, now)?.find(&kept).map(|row| row.id)))
        .await?
        .ok_or_else(WebError::not_found)
}

#[get("/specifications/<number>?<on>")]
async fn one(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    asked: Asked<'_>,
    number: String,
    on: Option<&str>,
) -> Result<Result<KeptPage, Page>, WebError> {
    let on = address::day(on)?;
    let version = match asked.kept(app, TEMPLATE).await? {
        Found::Page(page) => return Ok(Ok(page)),
        Found::Render(version) => version,
    };
    let page = show(app, shelf, &visitor, number, on, fields(None, &[])).await?;
    Ok(Err(page.keep_if(version)))
}

#[post("/specifications/<number>/feedback", data = "<typed>")]
async fn feedback(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    number: String,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    app.budgets
        .spend(&format!("feedback:{}", visitor.address), 10, std::time::Duration::from_secs(3_600))
        .await?;
    let id = identity(app, shelf, &number).await?;
    let command = care::Feedback {
        specification: id,
        name: typed.line("name"),
        contact: typed.line("contact"),
        clause: typed.line("clause"),
        text: typed.text("text"),
    };
    let (actor, back) =
        (visitor.actor.clone(), format!("/specifications/{}", address::encoded(&number)));
    let done = app.once(typed.once(), move |tx| {
        care::feedback(tx, &actor, &command)?;
        Ok(Answer::see(&back).saying(Tone::Good, &Text::said("specification-feedback-received")))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let fields = fields(Some(&typed), &faults);
            let page = show(app, shelf, &visitor, number, None, fields).await?;
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

#[post("/specifications/<number>/follow", data = "<typed>")]
async fn follow(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: String,
    typed: Typed,
) -> Result<Answer, WebError> {
    let id = identity(app, shelf, &number).await?;
    let wanted = typed.raw("wanted") != "false";
    let (actor, back) =
        (signed_in.actor.clone(), format!("/specifications/{}", address::encoded(&number)));
    let said = if wanted { "specification-followed" } else { "specification-unfollowed" };
    app.once(typed.once(), move |tx| {
        care::follow(tx, &actor, ObjectKind::Specification, id.cast(), wanted)?;
        Ok(Answer::see(&back).saying(Tone::Good, &Text::said(said)))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![one, feedback, follow]
}
