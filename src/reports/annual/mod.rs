//! The annual report of a committee: every figure is computed from the ledger and the register, for a year of the authority's calendar.

mod counts;
mod paper;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_db::{DbError, conn::AnyConn, register::CommitteeRow};
use quanheng_domain::{deadline, ids::CommitteeId};

use crate::{
    figure::{Figure, complete},
    records::Records,
};

pub use paper::{Paper, PartState, groups, paper};

/// The half-open span of a year at the authority's place.
pub fn span(year: i32) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let start = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let end = NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?;
    Some((deadline::start_of(start), deadline::start_of(end)))
}

/// The records of these committees for a year and the one before; `None` when the year is none of the calendar.
///
/// # Errors
/// Storage trouble.
pub fn records(
    conn: &mut AnyConn,
    committees: &[CommitteeId],
    year: i32,
) -> Result<Option<Records>, DbError> {
    let (Some((_, to)), Some((from, _))) = (span(year), span(year.saturating_sub(1))) else {
        return Ok(None);
    };
    Records::read(conn, committees, from, to).map(Some)
}

/// The figures of a committee for a year, last year's beside them, from records that hold both years; `None` when the year is none of the
/// calendar.
pub fn figures(records: &Records, committee: &CommitteeRow, year: i32) -> Option<Vec<Figure>> {
    let (this, last) = (span(year)?, span(year.checked_sub(1)?)?);
    let mut now = of_span(records, committee, this);
    for (figure, old) in now.iter_mut().zip(of_span(records, committee, last)) {
        figure.previous = Some(old.value);
    }
    Some(now)
}

/// The figures as a signature keeps them.
pub fn frozen(figures: &[Figure]) -> serde_json::Value {
    serde_json::to_value(figures).expect("figures are numbers, texts and days")
}

fn of_span(
    records: &Records,
    committee: &CommitteeRow,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Figure> {
    let shelf = records.of(committee.id);
    let mut all = counts::of_projects(shelf, from, to);
    all.extend(counts::of_comments(shelf, &records.opinions, from, to));
    all.extend(counts::of_reviews(shelf, from, to));
    all.extend(counts::of_texts(shelf, &records.replaced, from, to));
    all.extend(counts::of_reexaminations(shelf, from, to));
    all.extend(counts::of_members(shelf, committee, from, to));
    complete(all)
}
