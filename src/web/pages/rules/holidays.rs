//! The calendar of holidays and make-up working days, kept by administrators.

use quanheng_actions::profile::holidays;
use quanheng_db::rule_profiles::{self, HolidayRow};
use quanheng_domain::{
    Keyed,
    calendar::DayKind,
    lifecycle::{FaultCode, FieldFault},
};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::show;
use crate::views::{Field, FieldKind, FormFault, PageHead, Text, Tone, faults_of};
use crate::voice::fault_at;
use crate::{Admin, Answer, App, Page, Typed, WebError};

#[derive(Serialize)]
struct HolidaysPage {
    head: PageHead,
    days: Vec<Day>,
    faults: Vec<FormFault>,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Day {
    day: String,
    kind: Text,
    name: String,
    basis: String,
}

fn fields(typed: Option<&Typed>, faults: &[FieldFault]) -> Vec<Field> {
    let field = |kind, name: &str, label: &str| {
        Field::new(kind, name, Text::said(label))
            .value(typed.map_or("", |typed| typed.raw(name)))
            .fault(fault_at(faults, name))
    };
    let mut kind = field(FieldKind::Select, "kind", "holidays-kind");
    for one in DayKind::ALL {
        kind = kind.choice(one.key(), Text::word("day-kind", one.key()));
    }
    vec![
        field(FieldKind::Date, "day", "holidays-day").required(),
        kind,
        field(FieldKind::Text, "name", "holidays-name").attr("maxlength", 60),
        field(FieldKind::Text, "basis", "holidays-basis")
            .required()
            .hint(Text::said("holidays-basis-hint"))
            .attr("maxlength", 200),
    ]
}

async fn view(app: &App, fields: Vec<Field>) -> Result<Page, WebError> {
    let rows = app.read(|conn| Ok(rule_profiles::holidays(conn)?)).await?;
    let day = |row: &HolidayRow| Day {
        day: row.day.to_string(),
        kind: Text::word("day-kind", &row.kind),
        name: row.name.clone(),
        basis: row.basis.clone(),
    };
    let mut head = PageHead::new(Text::said("holidays-title"));
    head.lead = Some(Text::said("holidays-lead"));
    let view = HolidaysPage {
        head,
        days: rows.iter().rev().map(day).collect(),
        faults: faults_of(&fields),
        fields,
    };
    Ok(Page::new("pages/rules/holidays", &view).private())
}

#[get("/admin/holidays")]
async fn list(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    view(app, fields(None, &[])).await
}

#[post("/admin/holidays", data = "<typed>")]
async fn put(
    app: &State<App>,
    admin: Admin,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let kind = DayKind::from_key(&typed.line("kind")).map_err(|_| WebError::malformed())?;
    let day = match typed.day("day") {
        Ok(Some(day)) => day,
        Ok(None) => {
            return faulty(app, &typed, &[FieldFault::new("day", FaultCode::Missing)])
                .await
                .map(Err);
        }
        Err(fault) => return faulty(app, &typed, &[fault]).await.map(Err),
    };
    let holiday =
        holidays::Holiday { day, kind, name: typed.line("name"), basis: typed.line("basis") };
    let actor = admin.actor().clone();
    let done = app.once(typed.once(), move |tx| {
        holidays::put(tx, &actor, &holiday)?;
        Ok(Answer::see("/admin/holidays")
            .saying(Tone::Good, &Text::said("holidays-saved").with_date("day", day)))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => faulty(app, &typed, &error.into_faults()?).await.map(Err),
    }
}

async fn faulty(app: &App, typed: &Typed, faults: &[FieldFault]) -> Result<Page, WebError> {
    Ok(view(app, fields(Some(typed), faults)).await?.status(Status::UnprocessableEntity))
}

#[post("/admin/holidays/<day>/remove", data = "<typed>")]
async fn remove(
    app: &State<App>,
    admin: Admin,
    day: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let day = show::day(Some(day))?.ok_or_else(WebError::not_found)?;
    let actor = admin.actor().clone();
    app.once(typed.once(), move |tx| {
        holidays::remove(tx, &actor, day)?;
        Ok(Answer::see("/admin/holidays")
            .saying(Tone::Good, &Text::said("holidays-removed").with_date("day", day)))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, put, remove]
}
