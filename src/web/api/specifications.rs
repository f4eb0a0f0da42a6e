//! The catalogue: editions, their validity on any day, what they replace and what replaces them.

use chrono::NaiveDate;
use quanheng_actions::{ActionError, names, specification::validity};
use quanheng_db::{
    conn::AnyConn,
    recognitions,
    specifications::{self, SpecificationFilter, SpecificationRow},
};
use quanheng_domain::{
    deadline,
    ids::SpecificationId,
    lifecycle::Adoption,
    number::SpecNumber,
    specification::{Category, Level},
    validity::ValidityState,
};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Listed, Reply, day, key, slice};
use crate::App;

/// An edition as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Edition {
    id: SpecificationId,
    number: String,
    kind: Category,
    level: Level,
    title_zh: String,
    title_en: String,
    issued_on: String,
    effective_on: String,
    abolished_on: String,
    adoption: Adoption,
    committee: String,
    drafting_units: Vec<String>,
    announcement: String,
    status: ValidityState,
    on: NaiveDate,
    replaces: Vec<Link>,
    replaced_by: Vec<Link>,
    use_instead: Vec<String>,
    reported_status: String,
}

/// A replacement between two editions.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    number: String,
    whole: bool,
    detail: String,
}

/// An edition by any written form of its number, its address segment, or its identity.
pub fn find(conn: &mut AnyConn, text: &str) -> Result<SpecificationRow, ActionError> {
    if let Ok(parsed) = SpecNumber::parse(text)
        && let Some(row) = specifications::by_number(conn, &parsed.number.canonical())?
    {
        return Ok(row);
    }
    if let Ok(parsed) = SpecNumber::parse(text)
        && let Some(id) = recognitions::edition_of(conn, &parsed.number.canonical())?
    {
        return specifications::find(conn, id)?.ok_or(ActionError::NotFound);
    }
    match text.parse::<SpecificationId>() {
        Ok(id) => specifications::find(conn, id)?.ok_or(ActionError::NotFound),
        Err(_) => Err(ActionError::NotFound),
    }
}

/// Editions with their validity on a day.
pub fn told(
    conn: &mut AnyConn,
    rows: &[SpecificationRow],
    on: NaiveDate,
) -> Result<Vec<Edition>, ActionError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let around = validity::surroundings(conn, &ids, on)?;
    let links = specifications::links_of(conn, &ids)?;
    let number = |id: &SpecificationId| {
        around.rows.get(id).map(|row| row.number.clone()).unwrap_or_default()
    };
    let edition = |row: &SpecificationRow| {
        let status = around
            .register
            .validity(&row.id, on)
            .map_or(ValidityState::Unknown, |validity| validity.state);
        let link = |id: &SpecificationId, link: &specifications::ReplacementRow| Link {
            number: number(id),
            whole: link.whole,
            detail: link.detail.clone(),
        };
        Edition {
            id: row.id,
            number: row.number.clone(),
            kind: row.category,
            level: row.level,
            title_zh: row.title_zh.clone(),
            title_en: row.title_en.clone(),
            issued_on: row.issued_on.clone(),
            effective_on: row.effective_on.clone(),
            abolished_on: row.abolished_on.clone(),
            adoption: row.adoption,
            committee: row.committee_printed.clone(),
            drafting_units: row
                .drafting_units
                .split(';')
                .filter(|unit| !unit.is_empty())
                .map(str::to_owned)
                .collect(),
            announcement: row.announcement.clone(),
            status,
            on,
            replaces: links
                .iter()
                .filter(|l| l.new_id == row.id)
                .map(|l| link(&l.old_id, l))
                .collect(),
            replaced_by: links
                .iter()
                .filter(|l| l.old_id == row.id)
                .map(|l| link(&l.new_id, l))
                .collect(),
            use_instead: if status.is_in_force() {
                Vec::new()
            } else {
                around.register.use_instead(&row.id, on).iter().map(&number).collect()
            },
            reported_status: row.reported_status.clone(),
        }
    };
    Ok(rows.iter().map(edition).collect())
}

#[allow(clippy::too_many_arguments, reason = "the query parameters of the contract")]
#[get("/specifications?<q>&<kind>&<level>&<status>&<committee>&<on>&<limit>&<offset>")]
async fn list(
    app: &State<App>,
    q: Option<String>,
    kind: Option<String>,
    level: Option<String>,
    status: Option<String>,
    committee: Option<String>,
    on: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> Reply<Listed<Edition>> {
    let (limit, offset) = slice(limit, offset)?;
    let on = day(on.as_deref())?.unwrap_or_else(|| deadline::day_of(app.now()));
    let status = key::<ValidityState>(status.as_deref())?;
    let filter = SpecificationFilter {
        text: q.map(|text| folded(&text)).filter(|text| !text.is_empty()),
        category: key(kind.as_deref())?,
        level: key(level.as_deref())?,
        ..SpecificationFilter::default()
    };
    let listed = app
        .read(move |conn| {
            let mut filter = filter;
            if let Some(code) = committee.filter(|code| !code.trim().is_empty()) {
                filter.committee = Some(super::committees::find(conn, &code)?.id);
            }
            // Validity is computed and never stored, so a filter on it looks at every candidate.
            let Some(status) = status else {
                let (rows, total) = specifications::list(conn, &filter, limit, offset)?;
                return Ok(Listed::new(told(conn, &rows, on)?, total, offset));
            };
            let (rows, _) = specifications::list(conn, &filter, i64::from(i32::MAX), 0)?;
            let all: Vec<Edition> = told(conn, &rows, on)?
                .into_iter()
                .filter(|edition| edition.status == status)
                .collect();
            let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
            let from = usize::try_from(offset).unwrap_or(usize::MAX);
            let slice =
                all.into_iter().skip(from).take(usize::try_from(limit).unwrap_or(0)).collect();
            Ok(Listed::new(slice, total, offset))
        })
        .await?;
    Ok(listed.into())
}

/// What is looked for, folded as the search column is; a number in any written form becomes its plain form.
pub fn folded(text: &str) -> String {
    let plain = SpecNumber::parse(text)
        .map(|parsed| parsed.number.canonical())
        .unwrap_or_else(|_| text.to_owned());
    names::fold(&plain).chars().take(100).collect()
}

#[get("/specifications/<number>?<on>")]
async fn one(app: &State<App>, number: String, on: Option<String>) -> Reply<Edition> {
    let on = day(on.as_deref())?.unwrap_or_else(|| deadline::day_of(app.now()));
    let one = app
        .read(move |conn| {
            let row = find(conn, &number)?;
            told(conn, &[row], on)?.pop().ok_or(ActionError::NotFound)
        })
        .await?;
    Ok(one.into())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one]
}
