//! The JSON API under `/api/v1`: the same actions as the pages, answers with stable names, errors as problem documents.

pub mod agreements;
pub mod asking;
pub mod ballots;
pub mod checks;
pub mod clauses;
pub mod comment_files;
pub mod committees;
pub mod conclusions;
pub mod docs;
pub mod documents;
pub mod dossiers;
pub mod editions;
pub mod imports;
pub mod keeping;
pub mod life;
pub mod moves;
pub mod openapi;
pub mod projects;
pub mod records;
pub mod relations;
pub mod reports;
pub mod reviews;
pub mod round_table;
pub mod rounds;
pub mod rules;
pub mod sent;
pub mod specifications;
pub mod units;

use rocket::{Route, serde::json::Json};
use serde::Serialize;

use crate::error::WebError;

/// What a handler gives back.
pub type Reply<T> = Result<Json<T>, WebError>;

/// A slice of a list: `{items, total, next}`; `next` is the offset of the next slice, null at the end.
#[derive(Debug, Clone, Serialize)]
pub struct Listed<T> {
    /// The slice.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: i64,
    /// Offset of the next slice.
    pub next: Option<i64>,
}

/// A list is answered in slices of this many unless `limit` asks for less or more.
pub const SLICE: i64 = 50;
/// The most that one slice holds.
pub const LARGEST_SLICE: i64 = 500;

impl<T> Listed<T> {
    /// A slice that began at `offset`.
    pub fn new(items: Vec<T>, total: i64, offset: i64) -> Self {
        let end = offset + i64::try_from(items.len()).unwrap_or(i64::MAX);
        let next = (end < total && !items.is_empty()).then_some(end);
        Self { items, total, next }
    }

    /// All of a list at once.
    pub fn whole(items: Vec<T>) -> Self {
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        Self { items, total, next: None }
    }
}

/// The slice asked for, within bounds.
pub fn slice(limit: Option<i64>, offset: Option<i64>) -> Result<(i64, i64), WebError> {
    let (limit, offset) = (limit.unwrap_or(SLICE), offset.unwrap_or(0));
    if !(1..=LARGEST_SLICE).contains(&limit) || offset < 0 {
        return Err(WebError::malformed());
    }
    Ok((limit, offset))
}

/// A value of a closed set in a query; an unknown key is a malformed request.
pub fn key<K: quanheng_domain::Keyed>(text: Option<&str>) -> Result<Option<K>, WebError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => K::from_key(text).map(Some).map_err(|_| WebError::malformed()),
    }
}

/// A day in a query, `YYYY-MM-DD`.
pub fn day(text: Option<&str>) -> Result<Option<chrono::NaiveDate>, WebError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Some)
            .map_err(|_| WebError::malformed()),
    }
}

/// An identity in a path; what is none names nothing.
pub fn id<T>(text: &str) -> Result<quanheng_domain::ids::Id<T>, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

/// Every route of the API.
pub fn routes() -> Vec<Route> {
    [
        committees::routes(),
        keeping::routes(),
        specifications::routes(),
        editions::routes(),
        agreements::routes(),
        life::routes(),
        projects::routes(),
        moves::routes(),
        documents::routes(),
        dossiers::routes(),
        clauses::routes(),
        rounds::routes(),
        round_table::routes(),
        imports::routes(),
        checks::routes(),
        comment_files::routes(),
        asking::routes(),
        units::routes(),
        ballots::routes(),
        conclusions::routes(),
        reviews::routes(),
        rules::routes(),
        records::routes(),
        relations::routes(),
        reports::routes(),
    ]
    .concat()
}
