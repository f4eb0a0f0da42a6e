//! Organisations: the list, entering, correcting; the interest category is what the balance of committees is counted by.

use quanheng_actions::account::organisation;
use quanheng_actions::{ActionError, names};
use quanheng_db::directory;
use quanheng_db::register::{self, OrganisationRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::OrganisationId;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Interest;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::{Act, ListPage, ObjectPage, action, head, kept, pager, slice};
use crate::views::{
    Cell, Column, DataBlock, DataRow, Datum, Empty, Field, FieldKind, Filters, Row, Table, Text,
    Tone, faults_of,
};
use crate::voice::fault_at;
use crate::{Admin, Answer, App, Page, Typed, WebError};

#[get("/admin/organisations?<q>&<page>")]
async fn list(
    app: &State<App>,
    _admin: Admin,
    q: Option<&str>,
    page: Option<u32>,
) -> Result<Page, WebError> {
    let text: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let (number, offset) = slice(page);
    let folded = names::fold(&text);
    let (rows, total) = app
        .read(move |conn| Ok(directory::organisations(conn, &folded, super::PAGE, offset)?))
        .await?;
    let row = |unit: &OrganisationRow| Row {
        cells: vec![
            Cell::link(format!("/admin/organisations/{}", unit.id), unit.name_zh.clone()),
            Cell::text(Text::word("interest", unit.interest.key())),
            Cell::text(if unit.small_firm {
                Text::said("admin-small-firm")
            } else {
                Text::plain("")
            }),
            Cell::text(unit.region.clone()),
        ],
        ..Row::default()
    };
    let mut head = head(Text::said("admin-organisations"));
    head.actions = vec![action("/admin/organisations/new", "admin-organisation-new")];
    let search = Field::new(FieldKind::Search, "q", Text::said("admin-organisations-search"))
        .value(text.clone());
    let columns = ["admin-unit", "admin-interest", "admin-small-firm-column", "admin-region"];
    let view = ListPage {
        head,
        filters: Some(Filters {
            action: "/admin/organisations".to_owned(),
            fields: vec![search],
            chosen: Vec::new(),
            clear_href: (!text.is_empty()).then(|| "/admin/organisations".to_owned()),
            total: Text::said("admin-organisations-total").with("n", total),
        }),
        table: Table {
            caption: Text::said("admin-organisations"),
            caption_hidden: true,
            columns: columns.map(|key| Column::new(Text::said(key))).into(),
            rows: rows.iter().map(row).collect(),
            empty: Some(Empty {
                title: Text::said("admin-nothing-found"),
                text: None,
                action: None,
            }),
        },
        pager: pager(number, total, &kept(&[("q", &text)])),
    };
    Ok(Page::new("pages/admin/list", &view))
}

fn fields(
    unit: Option<&OrganisationRow>,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> Vec<Field> {
    let stored = |name: &str| match (name, unit) {
        (_, None) => String::new(),
        ("name_zh", Some(unit)) => unit.name_zh.clone(),
        ("name_en", Some(unit)) => unit.name_en.clone(),
        ("interest", Some(unit)) => unit.interest.key().to_owned(),
        ("region", Some(unit)) => unit.region.clone(),
        _ => String::new(),
    };
    let value = |name: &str| typed.map_or_else(|| stored(name), |typed| typed.raw(name).to_owned());
    let field = |kind, name: &str, label: &str| {
        Field::new(kind, name, Text::said(label))
            .value(value(name))
            .attr("maxlength", 200)
            .fault(fault_at(faults, name))
    };
    let mut interest = field(FieldKind::Select, "interest", "admin-interest")
        .hint(Text::said("admin-interest-hint"));
    for one in Interest::ALL {
        interest = interest.choice(one.key(), Text::word("interest", one.key()));
    }
    let small =
        typed.map_or(unit.is_some_and(|unit| unit.small_firm), |typed| typed.ticked("small_firm"));
    vec![
        field(FieldKind::Text, "name_zh", "admin-unit").required(),
        field(FieldKind::Text, "name_en", "field-name-en"),
        interest,
        Field::new(FieldKind::Checkbox, "small_firm", Text::said("admin-small-firm"))
            .value(small.to_string()),
        field(FieldKind::Text, "region", "admin-region"),
    ]
}

fn entry(typed: &Typed) -> organisation::Entry {
    organisation::Entry {
        name_zh: typed.line("name_zh"),
        name_en: typed.line("name_en"),
        interest: Interest::from_key(typed.raw("interest")).unwrap_or(Interest::Unknown),
        small_firm: typed.ticked("small_firm"),
        region: typed.line("region"),
    }
}

fn page(title: Text, action: String, fields: Vec<Field>, blocks: Vec<DataBlock>) -> Page {
    let mut head = head(title);
    let list = Some("/admin/organisations".to_owned());
    head.crumbs.push(crate::views::Crumb { text: Text::said("admin-organisations"), href: list });
    let faults = faults_of(&fields);
    let status = if faults.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    let form = Act::new(action, Text::said("button-save")).fields(fields);
    let view = ObjectPage {
        head,
        secret: None,
        faults,
        form: Some(form),
        blocks,
        acts: Vec::new(),
        letter: None,
    };
    Page::new("pages/admin/object", &view).status(status)
}

#[get("/admin/organisations/new")]
fn new(_admin: Admin) -> Page {
    page(
        Text::said("admin-organisation-new"),
        "/admin/organisations".to_owned(),
        fields(None, None, &[]),
        Vec::new(),
    )
}

#[post("/admin/organisations", data = "<typed>")]
async fn add(
    app: &State<App>,
    admin: Admin,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (actor, entry) = (admin.actor().clone(), entry(&typed));
    let done = app
        .once(typed.once(), move |tx| {
            let id = organisation::enter(tx, &actor, &entry)?;
            Ok(Answer::see(format!("/admin/organisations/{id}"))
                .saying(Tone::Good, &Text::said("account-saved")))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let fields = fields(None, Some(&typed), &error.into_faults()?);
            let title = Text::said("admin-organisation-new");
            Ok(Err(page(title, "/admin/organisations".to_owned(), fields, Vec::new())))
        }
    }
}

async fn shown(
    app: &App,
    id: OrganisationId,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> Result<Page, WebError> {
    let (unit, people) = app
        .read(move |conn| {
            let unit = register::organisation(conn, id)?.ok_or(ActionError::NotFound)?;
            Ok((unit, directory::people_of(conn, id)?))
        })
        .await?;
    let values = people
        .iter()
        .map(|person| Datum::link(format!("/admin/people/{}", person.id), person.name_zh.clone()));
    let block = DataBlock {
        title: Text::said("admin-people"),
        rows: vec![DataRow::new(Text::said("admin-people"), values.collect())],
        next: None,
    };
    let fields = fields(Some(&unit), typed, faults);
    Ok(page(
        Text::plain(unit.name_zh.clone()),
        format!("/admin/organisations/{id}"),
        fields,
        vec![block],
    ))
}

fn id(text: &str) -> Result<OrganisationId, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

#[get("/admin/organisations/<unit>", rank = 2)]
async fn show(app: &State<App>, _admin: Admin, unit: &str) -> Result<Page, WebError> {
    shown(app, id(unit)?, None, &[]).await
}

#[post("/admin/organisations/<unit>", data = "<typed>")]
async fn save(
    app: &State<App>,
    admin: Admin,
    unit: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let id = id(unit)?;
    let (actor, entry) = (admin.actor().clone(), entry(&typed));
    let done = app
        .once(typed.once(), move |tx| {
            organisation::correct(tx, &actor, id, &entry)?;
            Ok(Answer::see(format!("/admin/organisations/{id}"))
                .saying(Tone::Good, &Text::said("account-saved")))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => Ok(Err(shown(app, id, Some(&typed), &error.into_faults()?).await?)),
    }
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![list, new, add, show, save]
}
