//! The list of people, and entering one.

use quanheng_actions::ActionError;
use quanheng_actions::account::people;
use quanheng_db::accounts::{self, AccountRow};
use quanheng_db::register::{OrganisationRow, PersonRow};
use quanheng_db::{directory, register};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::{Keyed, Locale};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::{ListPage, action, head, kept, organisation_choices, pager, slice};
use crate::views::{
    Cell, Column, Empty, Field, FieldKind, Filters, FormPage, Pill, Row, Table, Text, Tone,
};
use crate::voice::fault_at;
use crate::{Admin, Answer, App, Page, Typed, WebError};

/// How an account stands, in a pill.
pub(super) fn standing(account: Option<&AccountRow>) -> Pill {
    match account {
        None => Pill::new(Text::said("admin-account-none"), Tone::Faded),
        Some(account) if account.disabled => {
            Pill::new(Text::said("admin-account-closed"), Tone::Bad)
        }
        Some(account) if account.password_hash.is_none() => {
            Pill::new(Text::said("admin-account-invited"), Tone::Warn)
        }
        Some(account) if account.administrator => {
            Pill::new(Text::said("admin-account-administrator"), Tone::Info)
        }
        Some(_) => Pill::new(Text::said("admin-account-open"), Tone::Good),
    }
}

fn row(person: &PersonRow, accounts: &[AccountRow], units: &[OrganisationRow]) -> Row {
    let account = accounts.iter().find(|account| account.person_id == person.id);
    let unit = units.iter().find(|unit| Some(unit.id) == person.organisation_id);
    Row {
        cells: vec![
            Cell::link(format!("/admin/people/{}", person.id), person.name_zh.clone()),
            Cell::text(person.email.clone().unwrap_or_default()),
            Cell::text(unit.map(|unit| unit.name_zh.clone()).unwrap_or_default()),
            Cell::pill(standing(account)),
        ],
        ..Row::default()
    }
}

#[get("/admin/people?<q>&<page>")]
async fn list(
    app: &State<App>,
    _admin: Admin,
    q: Option<&str>,
    page: Option<u32>,
) -> Result<Page, WebError> {
    let text: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let (number, offset) = slice(page);
    let sought = text.clone();
    let (people, total, accounts, units) = app
        .read(move |conn| {
            let (people, total) = directory::people(conn, &sought, super::PAGE, offset)?;
            let ids: Vec<_> = people.iter().map(|person| person.id).collect();
            let units: Vec<_> = people.iter().filter_map(|person| person.organisation_id).collect();
            let units = register::organisations_by(conn, &units)?;
            Ok((people, total, accounts::accounts_by(conn, &ids)?, units))
        })
        .await?;
    let rows = people.iter().map(|person| row(person, &accounts, &units)).collect();
    let mut head = head(Text::said("admin-people"));
    head.actions = vec![action("/admin/people/new", "admin-person-new")];
    let search =
        Field::new(FieldKind::Search, "q", Text::said("admin-people-search")).value(text.clone());
    let view = ListPage {
        head,
        filters: Some(Filters {
            action: "/admin/people".to_owned(),
            fields: vec![search],
            chosen: Vec::new(),
            clear_href: (!text.is_empty()).then(|| "/admin/people".to_owned()),
            total: Text::said("count-people").with("n", total),
        }),
        table: Table {
            caption: Text::said("admin-people"),
            caption_hidden: true,
            columns: ["field-name", "field-email", "admin-unit", "admin-account"]
                .map(|key| Column::new(Text::said(key)))
                .into(),
            rows,
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

/// The fields of a person, filled from what was typed or from the row.
pub(super) fn fields(
    person: Option<&PersonRow>,
    typed: Option<&Typed>,
    units: &[(String, String)],
    faults: &[FieldFault],
) -> Vec<Field> {
    let stored = |name: &str| match (name, person) {
        (_, None) => String::new(),
        ("name_zh", Some(person)) => person.name_zh.clone(),
        ("name_en", Some(person)) => person.name_en.clone(),
        ("email", Some(person)) => person.email.clone().unwrap_or_default(),
        ("post", Some(person)) => person.post.clone(),
        ("title", Some(person)) => person.title.clone(),
        ("locale", Some(person)) => person.locale.clone(),
        ("organisation", Some(person)) => {
            person.organisation_id.map(|id| id.to_string()).unwrap_or_default()
        }
        ("if_version", Some(person)) => person.version.to_string(),
        _ => String::new(),
    };
    let value = |name: &str| typed.map_or_else(|| stored(name), |typed| typed.raw(name).to_owned());
    let field = |kind, name: &str, label: &str| {
        Field::new(kind, name, Text::said(label))
            .value(value(name))
            .attr("maxlength", 100)
            .fault(fault_at(faults, name))
    };
    let mut unit = field(FieldKind::Select, "organisation", "admin-unit")
        .choice("", Text::said("admin-unit-none"));
    for (id, name) in units {
        unit = unit.choice(id, name.as_str());
    }
    let mut locale = field(FieldKind::Select, "locale", "field-locale");
    for one in Locale::ALL {
        locale = locale.choice(one.key(), Text::word("locale", one.key()));
    }
    vec![
        Field::new(FieldKind::Hidden, "if_version", Text::plain("")).value(value("if_version")),
        field(FieldKind::Text, "name_zh", "field-name").required(),
        field(FieldKind::Text, "name_en", "field-name-en"),
        field(FieldKind::Email, "email", "field-email")
            .attr("maxlength", 254)
            .hint(Text::said("admin-email-hint")),
        unit,
        field(FieldKind::Text, "post", "field-post"),
        field(FieldKind::Text, "title", "field-title"),
        locale,
    ]
}

/// What was typed as the command of the action.
pub(super) fn entry(typed: &Typed) -> Result<people::Entry, FieldFault> {
    Ok(people::Entry {
        name_zh: typed.line("name_zh"),
        name_en: typed.line("name_en"),
        email: typed.line("email"),
        locale: Locale::from_key(typed.raw("locale")).unwrap_or(Locale::Chinese),
        organisation: typed.id("organisation")?,
        post: typed.line("post"),
        title: typed.line("title"),
    })
}

async fn new_form(
    app: &App,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> Result<Page, WebError> {
    let units = app.read(organisation_choices).await?;
    let mut form = FormPage::new(
        Text::said("admin-person-new"),
        "/admin/people",
        fields(None, typed, &units, faults),
        Text::said("button-save"),
    );
    super::crumbs(&mut form.head);
    let status = if faults.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    Ok(Page::new("pages/forms/form", &form).status(status))
}

#[get("/admin/people/new")]
async fn new(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    new_form(app, None, &[]).await
}

#[post("/admin/people", data = "<typed>")]
async fn add(
    app: &State<App>,
    admin: Admin,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let entry = match entry(&typed) {
        Ok(entry) => entry,
        Err(fault) => return Ok(Err(new_form(app, Some(&typed), &[fault]).await?)),
    };
    let actor = admin.actor().clone();
    let done = app
        .once(typed.once(), move |tx| {
            let person = people::enter(tx, &actor, &entry)?;
            Ok::<_, ActionError>(
                Answer::see(format!("/admin/people/{}", person.id))
                    .saying(Tone::Good, &Text::said("admin-person-entered")),
            )
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => Ok(Err(new_form(app, Some(&typed), &error.into_faults()?).await?)),
    }
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![list, new, add]
}
