//! Projects under publicity before their approval, and the form with which anybody may object.

use quanheng_actions::{ActionError, project::objection};
use quanheng_db::catalogue;
use quanheng_db::projects::{self, ProjectRow};
use quanheng_domain::{
    Keyed, deadline, ids::ProjectId, lifecycle::FieldFault, records::Origin, stage::Stage,
};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::{Shelf, edition, home};
use crate::pages::address;
use crate::views::{
    DataBlock, DataRow, Datum, Deadline, Field, FieldKind, FormFault, PageHead, Pager, Table, Text,
    Tone, faults_of,
};
use crate::voice::fault_at;
use crate::{Answer, App, Page, Typed, Visitor, WebError};

const PAGE: i64 = 20;

#[derive(Serialize)]
struct ProposalsPage {
    head: PageHead,
    table: Table,
    pager: Pager,
}

#[derive(Serialize)]
struct ProposalPage {
    head: PageHead,
    data: DataBlock,
    deadline: Option<Deadline>,
    open: bool,
    action: String,
    faults: Vec<FormFault>,
    fields: Vec<Field>,
}

#[get("/proposals?<page>")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    page: Option<i64>,
) -> Result<Page, WebError> {
    let (now, shelf, page) = (app.now(), Shelf::clone(shelf), address::page(page));
    let ((rows, total), catalogue) = app
        .read(move |conn| {
            let noticed = catalogue::under_notice(conn, None, PAGE, (page - 1) * PAGE)?;
            Ok((noticed, shelf.catalogue(conn, now)?))
        })
        .await?;
    let mut head = PageHead::new(Text::said("proposals-title"));
    head.lead = Some(Text::said("proposals-lead"));
    let table = home::proposals(&rows, &catalogue, visitor.locale, now);
    let pager = Pager::at("/proposals", page, PAGE, total);
    Ok(Page::new("pages/public/proposals", &ProposalsPage { head, table, pager }))
}

fn fields(typed: Option<&Typed>, faults: &[FieldFault]) -> Vec<Field> {
    let field = |kind, name: &str, label: &str| {
        Field::new(kind, name, Text::said(label))
            .value(typed.map_or("", |typed| typed.raw(name)))
            .fault(fault_at(faults, name))
    };
    vec![
        field(FieldKind::Text, "name", "proposals-field-name")
            .required()
            .attr("maxlength", 120)
            .attr("autocomplete", "name"),
        field(FieldKind::Email, "contact", "proposals-field-contact")
            .required()
            .hint(Text::said("proposals-field-contact-hint"))
            .attr("autocomplete", "email"),
        field(FieldKind::Text, "unit", "proposals-field-unit")
            .attr("maxlength", 200)
            .attr("autocomplete", "organization"),
        field(FieldKind::Textarea, "text", "proposals-field-text")
            .required()
            .attr("rows", 8)
            .attr("maxlength", 8_000)
            .draft("objection"),
    ]
}

async fn show(
    app: &App,
    shelf: &Shelf,
    visitor: &Visitor,
    id: ProjectId,
    fields: Vec<Field>,
) -> Result<Page, WebError> {
    let (now, shelf) = (app.now(), shelf.clone());
    let (row, end, catalogue) = app
        .read(move |conn| {
            let (found, _) = catalogue::under_notice(conn, Some(id), 1, 0)?;
            let (row, end) = found.into_iter().next().ok_or(ActionError::NotFound)?;
            Ok((row, end, shelf.catalogue(conn, now)?))
        })
        .await?;
    let mut head = PageHead::new(Text::plain(edition::project_title(&row, visitor.locale)));
    head.crumbs = vec![crate::views::Crumb {
        text: Text::said("proposals-title"),
        href: Some("/proposals".to_owned()),
    }];
    head.facts = vec![
        Text::word("category", row.category.key()),
        Text::word("project-kind", row.kind.key()),
    ];
    if row.stage == Stage::DossierCheck {
        head.lead = Some(Text::said("proposals-result"));
    }
    let committee = catalogue
        .committee(row.committee_id)
        .map(|one| edition::committee_link(one, visitor.locale));
    let view = ProposalPage {
        head,
        data: data(&row, committee),
        deadline: end.map(|end| Deadline::new(end, now).labelled(Text::said("proposals-until"))),
        open: end.is_none_or(|end| end > now),
        action: format!("/proposals/{id}/objections"),
        faults: faults_of(&fields),
        fields,
    };
    Ok(Page::new("pages/public/proposal", &view))
}

fn data(row: &ProjectRow, committee: Option<crate::views::Link>) -> DataBlock {
    let text = |label: &str, value: &str| {
        let values = if value.is_empty() { Vec::new() } else { vec![Datum::text(value)] };
        DataRow::new(Text::said(label), values)
    };
    let since = deadline::day_of(row.stage_since);
    let mut rows = vec![
        text("proposals-title-zh", &row.title_zh),
        text("proposals-title-en", &row.title_en),
        DataRow::new(
            Text::said("proposals-level"),
            vec![Datum::text(Text::word("level", row.level.key()))],
        ),
        DataRow::new(
            Text::said("proposals-committee"),
            committee.map(|link| Datum::link(link.href, link.text)).into_iter().collect(),
        ),
        DataRow::new(
            Text::said("proposals-since"),
            vec![Datum::text(Text::said("catalogue-day").with_date("day", since))],
        ),
    ];
    if row.origin == Origin::Imported {
        rows.push(DataRow::new(
            Text::said("proposals-origin"),
            vec![Datum::text(Text::said("proposals-imported"))],
        ));
    }
    DataBlock { title: Text::said("proposals-data"), rows, next: None }
}

#[get("/proposals/<id>")]
async fn one(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    id: &str,
) -> Result<Page, WebError> {
    let id = id.parse().map_err(|_| WebError::not_found())?;
    show(app, shelf, &visitor, id, fields(None, &[])).await
}

#[post("/proposals/<id>/objections", data = "<typed>")]
async fn object(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let id: ProjectId = id.parse().map_err(|_| WebError::not_found())?;
    app.budgets
        .spend(
            &format!("objections:{}", visitor.address),
            10,
            std::time::Duration::from_secs(3_600),
        )
        .await?;
    let command = objection::Object {
        project: id,
        name: typed.line("name"),
        contact: typed.line("contact"),
        unit: typed.line("unit"),
        text: typed.text("text"),
    };
    let actor = visitor.actor.clone();
    let done = app.once(typed.once(), move |tx| {
        // What one may not know of cannot be objected to.
        let row = projects::find(tx.conn(), command.project)?.ok_or(ActionError::NotFound)?;
        if row.openness != quanheng_domain::lifecycle::Openness::Open {
            return Err(ActionError::NotFound);
        }
        objection::object(tx, &actor, &command)?;
        Ok(Answer::see(format!("/proposals/{id}"))
            .saying(Tone::Good, &Text::said("proposals-received")))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let page = show(app, shelf, &visitor, id, fields(Some(&typed), &faults)).await?;
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one, object]
}
