//! When a term ends: the counting of the Civil Code (民法典第二百条至第二百零四条), with every step it took.
//!
//! The day from which a term runs is not counted; a month or year ends on the corresponding day, or the last day of a shorter
//! month; a last day off moves to the next working day; the last day ends at 24:00 in Beijing. Counting back from an event never
//! moves towards the event: papers due one month before are out by the corresponding earlier day.

use chrono::{DateTime, Datelike, Days, Duration, LocalResult, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::{Asia::Shanghai, Tz};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, DayOff},
    keyed,
    rules::DayCount,
    term::{Reminder, Term, TermUnit},
};

/// The zone in which days begin and end.
pub const ZONE: Tz = Shanghai;

keyed! {
    /// Which way a term is counted.
    Direction as "direction of a term" {
        /// From a day on (起算).
        After = "after",
        /// Back from an event (提前).
        Before = "before",
    }
}

/// One step of the computation, for the reader who wants to check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Why {
    /// The day from which the term runs is not counted.
    FirstDayExcluded {
        /// That day.
        day: NaiveDate,
    },
    /// The term ends on the corresponding day of its last month.
    CorrespondingDay {
        /// That day.
        day: NaiveDate,
    },
    /// The last month has no corresponding day, so the term ends with the month.
    MonthEnd {
        /// The day of the month that does not exist.
        wanted: u32,
        /// The last day of that month.
        day: NaiveDate,
    },
    /// Days off were not counted.
    DaysOffSkipped {
        /// How many.
        count: u32,
    },
    /// The last day was a day off and moved to the next working day.
    RolledOver {
        /// The day off.
        from: NaiveDate,
        /// The working day.
        to: NaiveDate,
        /// Why nobody works on the first.
        off: DayOff,
    },
    /// The last day is a day off and stays, because it is counted back from an event or the profile says so.
    NotRolled {
        /// The day off.
        day: NaiveDate,
        /// Why nobody works on it.
        off: DayOff,
    },
    /// Nobody entered the holidays of this year, so only weekends were known.
    YearNotCovered {
        /// The year.
        year: i32,
    },
    /// The term leaves the years in which days are counted and is cut at their edge.
    LeftTheCalendar {
        /// The first or last day that is counted.
        day: NaiveDate,
    },
    /// The last day ends at 24:00 in Beijing.
    EndsAtMidnight {
        /// The last day.
        day: NaiveDate,
    },
}

/// The end of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineAnswer {
    /// The last day that still belongs to the term.
    pub last_day: NaiveDate,
    /// The first instant after the last day; what happens then is late.
    pub ends_at: DateTime<Utc>,
    /// The steps, in order.
    pub why: Vec<Why>,
}

impl DeadlineAnswer {
    /// The years whose holidays nobody entered although the answer depends on them.
    pub fn years_not_covered(&self) -> impl Iterator<Item = i32> {
        self.why.iter().filter_map(|why| {
            if let Why::YearNotCovered { year } = why { Some(*year) } else { None }
        })
    }
}

/// Why no end can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// The term begins or ends outside the years in which days are counted.
    #[error("the term leaves the years {FIRST_YEAR} to {LAST_YEAR}")]
    OutOfRange,
}

/// The first year in which days are counted: older than any specification of the field.
const FIRST_YEAR: i32 = 1900;
/// The last year in which days are counted; it bounds the work that one question can cause.
const LAST_YEAR: i32 = 2999;

/// The end of a term under the Civil Code; a term that leaves the calendar is cut at its edge and says so.
pub fn compute(
    from: NaiveDate,
    term: Term,
    direction: Direction,
    calendar: &Calendar,
) -> DeadlineAnswer {
    compute_under(DayCount::CivilCode, from, term, direction, calendar)
}

/// The end of a term under the day count of a profile; a term that leaves the calendar is cut at its edge and says so.
pub fn compute_under(
    day_count: DayCount,
    from: NaiveDate,
    term: Term,
    direction: Direction,
    calendar: &Calendar,
) -> DeadlineAnswer {
    try_compute(day_count, from, term, direction, calendar).unwrap_or_else(
        |DeadlineError::OutOfRange| {
            let day = edge(direction);
            let why = vec![
                Why::FirstDayExcluded { day: from },
                Why::LeftTheCalendar { day },
                Why::EndsAtMidnight { day },
            ];
            DeadlineAnswer { last_day: day, ends_at: end_of(day), why }
        },
    )
}

/// The end of a term under a day count, or the error that it leaves the calendar: for terms that people type in.
pub fn try_compute(
    day_count: DayCount,
    from: NaiveDate,
    term: Term,
    direction: Direction,
    calendar: &Calendar,
) -> Result<DeadlineAnswer, DeadlineError> {
    in_range(from)?;
    let mut why = vec![Why::FirstDayExcluded { day: from }];
    let counted = count(from, term, direction, calendar, &mut why)?;
    let last_day = settle(day_count, counted, direction, calendar, &mut why)?;
    why.push(Why::EndsAtMidnight { day: last_day });
    Ok(DeadlineAnswer { last_day, ends_at: end_of(last_day), why })
}

/// The corresponding day a term after `from`, where a date and not a duty is reckoned: days off do not move it.
pub fn corresponding_day(from: NaiveDate, term: Term) -> NaiveDate {
    count(from, term, Direction::After, &Calendar::default(), &mut Vec::new())
        .unwrap_or_else(|DeadlineError::OutOfRange| edge(Direction::After))
}

fn edge(direction: Direction) -> NaiveDate {
    let day = match direction {
        Direction::After => NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31),
        Direction::Before => NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1),
    };
    day.expect("both edges are days of the calendar")
}

/// Counts the term alone; nothing has moved yet.
fn count(
    from: NaiveDate,
    term: Term,
    direction: Direction,
    calendar: &Calendar,
    why: &mut Vec<Why>,
) -> Result<NaiveDate, DeadlineError> {
    let counted = match term.unit {
        TermUnit::Days => {
            let days = Days::new(u64::from(term.amount));
            match direction {
                Direction::After => from.checked_add_days(days),
                Direction::Before => from.checked_sub_days(days),
            }
        }
        TermUnit::WorkingDays => {
            return count_working_days(from, term.amount, direction, calendar, why);
        }
        TermUnit::Months => add_months(from, Some(term.amount), direction, why),
        TermUnit::Years => add_months(from, term.amount.checked_mul(MONTHS_A_YEAR), direction, why),
    };
    counted.ok_or(DeadlineError::OutOfRange).and_then(in_range)
}

const MONTHS_A_YEAR: u32 = 12;

fn add_months(
    from: NaiveDate,
    months: Option<u32>,
    direction: Direction,
    why: &mut Vec<Why>,
) -> Option<NaiveDate> {
    let months = Months::new(months?);
    let day = match direction {
        Direction::After => from.checked_add_months(months),
        Direction::Before => from.checked_sub_months(months),
    }?;
    why.push(if day.day() == from.day() {
        Why::CorrespondingDay { day }
    } else {
        Why::MonthEnd { wanted: from.day(), day }
    });
    Some(day)
}

fn count_working_days(
    from: NaiveDate,
    amount: u32,
    direction: Direction,
    calendar: &Calendar,
    why: &mut Vec<Why>,
) -> Result<NaiveDate, DeadlineError> {
    let (mut day, mut counted, mut skipped) = (from, 0, 0);
    let mut year = None;
    while counted < amount {
        day = neighbour(day, direction)?;
        if year != Some(day.year()) {
            year = Some(day.year());
            note_year(day.year(), calendar, why);
        }
        if calendar.is_working(day) {
            counted += 1;
        } else {
            skipped += 1;
        }
    }
    if skipped > 0 {
        why.push(Why::DaysOffSkipped { count: skipped });
    }
    Ok(day)
}

/// Moves a last day that is a day off, where it may move.
fn settle(
    day_count: DayCount,
    counted: NaiveDate,
    direction: Direction,
    calendar: &Calendar,
    why: &mut Vec<Why>,
) -> Result<NaiveDate, DeadlineError> {
    note_year(counted.year(), calendar, why);
    let Some(off) = calendar.day_off(counted) else { return Ok(counted) };
    if direction == Direction::Before || day_count == DayCount::Plain {
        why.push(Why::NotRolled { day: counted, off });
        return Ok(counted);
    }
    let mut to = counted;
    while !calendar.is_working(to) {
        to = neighbour(to, Direction::After)?;
        note_year(to.year(), calendar, why);
    }
    why.push(Why::RolledOver { from: counted, to, off });
    Ok(to)
}

fn note_year(year: i32, calendar: &Calendar, why: &mut Vec<Why>) {
    let note = Why::YearNotCovered { year };
    if !calendar.covers(year) && !why.contains(&note) {
        why.push(note);
    }
}

fn neighbour(day: NaiveDate, direction: Direction) -> Result<NaiveDate, DeadlineError> {
    match direction {
        Direction::After => day.succ_opt(),
        Direction::Before => day.pred_opt(),
    }
    .ok_or(DeadlineError::OutOfRange)
    .and_then(in_range)
}

fn in_range(day: NaiveDate) -> Result<NaiveDate, DeadlineError> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&day.year()) {
        Ok(day)
    } else {
        Err(DeadlineError::OutOfRange)
    }
}

/// The first day on which an event may take place when its papers went out on `released` and must be out this long before:
/// the inverse of counting back.
pub fn earliest_event(
    released: NaiveDate,
    lead: Term,
    calendar: &Calendar,
) -> Result<NaiveDate, DeadlineError> {
    let late_enough = |event| {
        let answer = try_compute(DayCount::CivilCode, event, lead, Direction::Before, calendar)?;
        Ok(answer.last_day >= released)
    };
    let mut event = count(released, lead, Direction::After, calendar, &mut Vec::new())?;
    while !late_enough(event)? {
        event = neighbour(event, Direction::After)?;
    }
    while event > released {
        let earlier = neighbour(event, Direction::Before)?;
        if !late_enough(earlier)? {
            break;
        }
        event = earlier;
    }
    Ok(event)
}

/// The first instant after a day in Beijing.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    // The day after the last day that chrono knows cannot come up: callers stay within the years that are counted.
    start_of(day.succ_opt().unwrap_or(day))
}

/// The first instant of a day in Beijing.
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    match ZONE.from_local_datetime(&midnight) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        // Summer time began at midnight in 1940: that day began an hour later on the clock, at the same instant.
        LocalResult::None => {
            ZONE.from_local_datetime(&(midnight - Duration::days(1))).earliest().map_or_else(
                || Utc.from_utc_datetime(&midnight),
                |before| before.to_utc() + Duration::days(1),
            )
        }
    }
}

/// The day in Beijing on which an instant falls.
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&ZONE).date_naive()
}

/// The instants at which to remind of a deadline, in order: after the opening, at least a day before the end, where the final
/// notice follows anyway, and at least a day apart.
pub fn reminders(
    opened: DateTime<Utc>,
    due: DateTime<Utc>,
    offsets: &[Reminder],
) -> Vec<DateTime<Utc>> {
    let mut instants: Vec<_> =
        offsets.iter().filter_map(|offset| reminder_at(opened, due, *offset)).collect();
    instants.retain(|at| *at > opened && *at <= due - Duration::days(1));
    instants.sort_unstable();
    instants.dedup_by(|later, earlier| *later - *earlier < Duration::days(1));
    instants
}

fn reminder_at(
    opened: DateTime<Utc>,
    due: DateTime<Utc>,
    offset: Reminder,
) -> Option<DateTime<Utc>> {
    match offset {
        Reminder::Elapsed(share) => {
            let seconds = i128::from((due - opened).num_seconds()) * i128::from(share.num())
                / i128::from(share.den());
            opened.checked_add_signed(Duration::try_seconds(i64::try_from(seconds).ok()?)?)
        }
        Reminder::Before(Term { amount, unit }) => match unit {
            // Working days do not come here: a reminder in working days is refused when it is read.
            TermUnit::Days | TermUnit::WorkingDays => {
                due.checked_sub_days(Days::new(u64::from(amount)))
            }
            TermUnit::Months => due
                .with_timezone(&ZONE)
                .checked_sub_months(Months::new(amount))
                .map(|at| at.to_utc()),
            TermUnit::Years => due
                .with_timezone(&ZONE)
                .checked_sub_months(Months::new(amount.checked_mul(MONTHS_A_YEAR)?))
                .map(|at| at.to_utc()),
        },
    }
}

#[cfg(test)]
mod tests;
