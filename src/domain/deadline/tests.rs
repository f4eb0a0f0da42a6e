//! The counting against the cases of the law, an independent month arithmetic, and random terms.

use proptest::prelude::*;

use super::*;
use crate::{
    Keyed,
    calendar::tests::{calendar, day},
};

fn last(from: &str, term: &str, direction: Direction) -> String {
    compute(day(from), term.parse().unwrap(), direction, calendar()).last_day.to_string()
}

#[test]
fn terms_that_run_on() {
    let table = [
        // 1 March + 30 days: the first day is not counted; 31 March 2024 is a Sunday.
        ("2024-03-01", "30 days", "2024-04-01"),
        ("2024-03-01", "31 days", "2024-04-01"),
        ("2025-03-02", "30 days", "2025-04-01"),
        // Spring Festival: the tenth of February and the days after it are off, Sunday the 18th is worked.
        ("2024-01-11", "30 days", "2024-02-18"),
        ("2024-02-09", "1 working_day", "2024-02-18"),
        ("2024-02-09", "7 working_days", "2024-02-26"),
        // National Day 2024, with Sunday 29 September worked.
        ("2024-09-27", "1 working_day", "2024-09-29"),
        ("2024-09-27", "3 working_days", "2024-10-08"),
        ("2024-09-01", "30 days", "2024-10-08"),
        // A weekend day that is worked ends a term; an ordinary one does not.
        ("2025-01-25", "1 days", "2025-01-26"),
        ("2025-01-18", "1 days", "2025-01-20"),
        // Months: corresponding day, month end, leap day.
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2024-02-29", "1 month", "2024-03-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-08-31", "1 month", "2024-09-30"),
        ("2024-07-31", "13 months", "2025-09-01"),
        ("2024-03-05", "0 days", "2024-03-05"),
    ];
    for (from, term, wanted) in table {
        assert_eq!(last(from, term, Direction::After), wanted, "{from} + {term}");
    }
    // Years that nobody entered still know their weekends: 28 February 2029 is a Wednesday.
    assert_eq!(last("2024-02-29", "5 years", Direction::After), "2029-02-28");
    assert_eq!(last("2024-02-29", "4 years", Direction::After), "2028-02-29");
}

#[test]
fn terms_that_count_back_never_move_towards_the_event() {
    let table = [
        ("2024-05-20", "1 month", "2024-04-20"),
        ("2024-03-31", "1 month", "2024-02-29"),
        ("2025-03-30", "1 month", "2025-02-28"),
        ("2024-11-01", "1 month", "2024-10-01"),
        ("2024-10-08", "1 working_day", "2024-09-30"),
        ("2024-10-08", "2 working_days", "2024-09-29"),
        ("2024-03-01", "30 days", "2024-01-31"),
        ("2024-02-29", "1 year", "2023-02-28"),
    ];
    for (from, term, wanted) in table {
        assert_eq!(last(from, term, Direction::Before), wanted, "{from} - {term}");
    }
    let answer = compute(day("2024-11-01"), Term::months(1), Direction::Before, calendar());
    assert!(
        answer
            .why
            .iter()
            .any(|why| matches!(why, Why::NotRolled { off: DayOff::Holiday { .. }, .. }))
    );
}

#[test]
fn the_last_day_ends_at_midnight_in_beijing() {
    let answer = compute(day("2026-03-02"), Term::days(30), Direction::After, calendar());
    assert_eq!(answer.last_day, day("2026-04-01"));
    assert_eq!(answer.ends_at.to_rfc3339(), "2026-04-01T16:00:00+00:00");
    assert_eq!(answer.ends_at.with_timezone(&ZONE).to_rfc3339(), "2026-04-02T00:00:00+08:00");
    assert_eq!(day_of(answer.ends_at), day("2026-04-02"));
    assert_eq!(day_of(answer.ends_at - Duration::milliseconds(1)), day("2026-04-01"));
    assert_eq!(start_of(day("1940-06-01")), start_of(day("1940-05-31")) + Duration::days(1));
    assert_eq!(end_of(day("1990-06-30")) - start_of(day("1990-06-30")), Duration::days(1));
}

#[test]
fn the_steps_are_told() {
    let why = |from, term: Term| compute(day(from), term, Direction::After, calendar()).why;
    assert_eq!(
        why("2024-09-01", Term::days(30)),
        [
            Why::FirstDayExcluded { day: day("2024-09-01") },
            Why::RolledOver {
                from: day("2024-10-01"),
                to: day("2024-10-08"),
                off: DayOff::Holiday { name: "国庆节".into() }
            },
            Why::EndsAtMidnight { day: day("2024-10-08") },
        ]
    );
    assert!(
        why("2024-01-31", Term::months(1))
            .contains(&Why::MonthEnd { wanted: 31, day: day("2024-02-29") })
    );
    assert!(
        why("2024-02-09", Term::new(1, TermUnit::WorkingDays))
            .contains(&Why::DaysOffSkipped { count: 8 })
    );
    let uncovered = compute(
        day("2025-12-20"),
        Term::new(20, TermUnit::WorkingDays),
        Direction::After,
        calendar(),
    );
    assert_eq!(uncovered.years_not_covered().collect::<Vec<_>>(), [2026]);
    let json = serde_json::to_value(why("2024-09-01", Term::days(30))).unwrap();
    assert_eq!(json[1]["reason"], "rolled_over");
    assert_eq!(json[1]["off"]["name"], "国庆节");
}

#[test]
fn a_plain_count_never_moves() {
    let answer = compute_under(
        DayCount::Plain,
        day("2024-09-01"),
        Term::days(30),
        Direction::After,
        calendar(),
    );
    assert_eq!(answer.last_day, day("2024-10-01"));
}

/// Month arithmetic written a second time, on numbers alone.
fn corresponding(year: i32, month: u32, date: u32, months: i32) -> (i32, u32, u32) {
    let total = year * 12 + i32::try_from(month).unwrap() - 1 + months;
    let (year, month) = (total.div_euclid(12), u32::try_from(total.rem_euclid(12)).unwrap() + 1);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (year, month, date.min(length))
}

#[test]
fn every_day_from_1990_to_2100_has_its_corresponding_day() {
    let calendar = Calendar::default();
    for from in day("1990-01-01").iter_days().take_while(|from| from.year() <= 2100) {
        for months in [1_u32, 2, 3, 6, 12, 18, 60] {
            for (direction, sign) in [(Direction::After, 1), (Direction::Before, -1)] {
                let found =
                    count(from, Term::months(months), direction, &calendar, &mut Vec::new())
                        .unwrap();
                let wanted = corresponding(
                    from.year(),
                    from.month(),
                    from.day(),
                    sign * i32::try_from(months).unwrap(),
                );
                assert_eq!(
                    (found.year(), found.month(), found.day()),
                    wanted,
                    "{from} {direction} {months}"
                );
            }
        }
    }
}

#[test]
fn what_leaves_the_calendar_is_refused() {
    let far = |from: &str, amount, unit| {
        let term = Term::new(amount, unit);
        let cut = compute(day(from), term, Direction::After, &Calendar::default());
        let refused = try_compute(
            DayCount::CivilCode,
            day(from),
            term,
            Direction::After,
            &Calendar::default(),
        )
        .is_err();
        assert_eq!(refused, cut.why.iter().any(|why| matches!(why, Why::LeftTheCalendar { .. })));
        refused
    };
    for unit in TermUnit::ALL.iter().copied() {
        assert!(far("2024-01-01", u32::MAX, unit), "{unit}");
        assert!(far("0001-01-01", 1, unit), "{unit}");
    }
    assert!(far("2999-12-31", 1, TermUnit::Days));
    assert!(!far("2999-12-30", 1, TermUnit::Days));
    let before = compute(day("1900-01-01"), Term::days(1), Direction::Before, &Calendar::default());
    assert_eq!(before.last_day, day("1900-01-01"));
    assert_eq!(corresponding_day(day("2024-01-31"), Term::months(1)), day("2024-02-29"));
    assert_eq!(
        corresponding_day(day("2024-09-01"), Term::days(30)),
        day("2024-10-01"),
        "a holiday does not move it"
    );
    assert_eq!(corresponding_day(day("2024-09-01"), Term::months(u32::MAX)), day("2999-12-31"));
}

#[test]
fn an_event_is_not_earlier_than_its_papers_allow() {
    let earliest = |released: &str, lead: &str| {
        earliest_event(day(released), lead.parse().unwrap(), calendar()).unwrap().to_string()
    };
    assert_eq!(earliest("2024-04-20", "1 month"), "2024-05-20");
    assert_eq!(earliest("2024-01-31", "1 month"), "2024-03-01");
    assert_eq!(earliest("2025-02-28", "1 month"), "2025-03-28");
    assert_eq!(earliest("2024-03-04", "5 working_days"), "2024-03-09");
    assert_eq!(earliest("2024-03-04", "0 days"), "2024-03-04");
}

#[test]
fn reminders_keep_their_distance() {
    let opened = start_of(day("2024-03-01"));
    let due = end_of(day("2024-04-30"));
    let offsets: Vec<Reminder> = ["1/2", "7", "1"].map(|text| text.parse().unwrap()).into();
    let found: Vec<_> =
        reminders(opened, due, &offsets).into_iter().map(|at| (due - at).num_hours()).collect();
    assert_eq!(found, [732, 168, 24]);
    // Half of a fortnight is a week: one reminder, not two.
    assert_eq!(reminders(due - Duration::days(14), due, &offsets).len(), 2);
    assert!(reminders(due - Duration::hours(20), due, &offsets).is_empty());
    assert!(reminders(due, opened, &offsets).is_empty());
    let months: Vec<Reminder> = ["6 months", "1 months"].map(|text| text.parse().unwrap()).into();
    let term_ends = end_of(day("2024-08-30"));
    let found: Vec<_> = reminders(start_of(day("2020-09-01")), term_ends, &months)
        .into_iter()
        .map(|at| day_of(at).to_string())
        .collect();
    assert_eq!(found, ["2024-02-29", "2024-07-31"]);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40_000).prop_map(|days| day("1990-01-01") + Days::new(days))
}
fn any_term() -> impl Strategy<Value = Term> {
    (0_u32..80, prop::sample::select(TermUnit::ALL))
        .prop_map(|(amount, unit)| Term::new(amount, unit))
}

proptest! {
    #[test]
    fn a_term_never_ends_before_it_begins_nor_on_a_day_off(from in any_day(), term in any_term()) {
        let answer = compute(from, term, Direction::After, calendar());
        prop_assert!(answer.last_day >= from);
        prop_assert!(term.amount == 0 || answer.last_day > from);
        prop_assert!(calendar().is_working(answer.last_day));
        prop_assert_eq!(day_of(answer.ends_at), answer.last_day.succ_opt().unwrap());
    }

    #[test]
    fn a_longer_term_never_ends_earlier(from in any_day(), term in any_term()) {
        let longer = Term::new(term.amount + 1, term.unit);
        let end = |term| compute(from, term, Direction::After, calendar()).last_day;
        prop_assert!(end(longer) >= end(term));
        let begin = |term| compute(from, term, Direction::Before, calendar()).last_day;
        prop_assert!(begin(longer) <= begin(term));
    }

    #[test]
    fn papers_for_the_earliest_event_are_just_in_time(released in any_day(), term in any_term()) {
        let event = earliest_event(released, term, calendar()).unwrap();
        let out_by = |event| compute(event, term, Direction::Before, calendar()).last_day;
        prop_assert!(out_by(event) >= released);
        prop_assert!(event == released || out_by(event.pred_opt().unwrap()) < released);
    }

    #[test]
    fn reminders_lie_between_opening_and_end(hours in 1_i64..5_000, days in prop::collection::vec(0_u32..400, 0..6)) {
        let opened = start_of(day("2024-03-01"));
        let due = opened + Duration::hours(hours);
        let offsets: Vec<_> = days.into_iter().map(|n| Reminder::Before(Term::days(n))).collect();
        let found = reminders(opened, due, &offsets);
        prop_assert!(found.iter().all(|at| *at > opened && due - *at >= Duration::days(1)));
        prop_assert!(found.windows(2).all(|pair| pair[1] - pair[0] >= Duration::days(1)));
    }
}
