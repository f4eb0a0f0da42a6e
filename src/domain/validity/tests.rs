//! True courses of replacement, unknown dates, and properties of every life.

use proptest::prelude::*;

use super::*;
use crate::{Keyed, number::SpecNumber};

type Numbers = Register<SpecNumber>;

fn number(text: &str) -> SpecNumber {
    text.parse().unwrap()
}
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
fn date(text: &str) -> Option<PartialDate> {
    if text.is_empty() { None } else { Some(text.parse().unwrap()) }
}

/// Editions as `number, issued, effective, abolished` and links as `old, new, whole`.
fn register(editions: &[(&str, &str, &str, &str)], links: &[(&str, &str, bool)]) -> Numbers {
    let mut register = Register::new(Term::months(12));
    for (text, issued, effective, abolished) in editions {
        let life = Life {
            issued: date(issued),
            effective: date(effective),
            abolished: date(abolished),
            ..Life::default()
        };
        register.enter(number(text), life.issued_at_least_in(number(text).year()));
    }
    for (old, new, whole) in links {
        register.link(number(old), number(new), *whole);
    }
    register
}
fn state(register: &Numbers, text: &str, on: &str) -> ValidityState {
    register.validity(&number(text), day(on)).unwrap().state
}
fn instead(register: &Numbers, text: &str, on: &str) -> Vec<String> {
    register.use_instead(&number(text), day(on)).iter().map(SpecNumber::canonical).collect()
}

#[test]
fn an_old_edition_keeps_its_force_until_the_new_one_has_it() {
    let register = register(
        &[
            ("JJG 266-1996", "1996-06-01", "1997-01-01", ""),
            ("JJG 266-2018", "2018-12-25", "2019-06-25", ""),
        ],
        &[("JJG 266-1996", "JJG 266-2018", true)],
    );
    use ValidityState::*;
    for (on, old, new) in [
        ("1996-05-31", Draft, Draft),
        ("1996-06-01", Pending, Draft),
        ("1997-01-01", InForce, Draft),
        ("2018-12-24", InForce, Draft),
        ("2018-12-25", InForce, Pending),
        ("2019-06-24", InForce, Pending),
        ("2019-06-25", Replaced, InForce),
        ("2026-01-01", Replaced, InForce),
    ] {
        assert_eq!(
            (state(&register, "JJG 266-1996", on), state(&register, "JJG 266-2018", on)),
            (old, new),
            "{on}"
        );
    }
    assert_eq!(instead(&register, "JJG 266-1996", "2019-06-24"), [""; 0]);
    assert_eq!(instead(&register, "JJG 266-1996", "2019-06-25"), ["JJG 266-2018"]);
    let coming = register.validity(&number("JJG 266-1996"), day("2019-01-01")).unwrap().coming;
    assert_eq!(coming, [Successor { edition: number("JJG 266-2018"), whole: true }]);
    let in_force =
        |on| register.in_force_on(day(on)).map(SpecNumber::canonical).collect::<Vec<_>>();
    assert_eq!(in_force("2019-06-24"), ["JJG 266-1996"]);
    assert_eq!(in_force("2019-06-25"), ["JJG 266-2018"]);
}

#[test]
fn one_text_replaced_by_two() {
    let register = register(
        &[
            ("JJG 195-2002", "2002-09-13", "2003-03-13", ""),
            ("JJG 195-2019", "2019", "2020-03-31", ""),
            ("JJF 1791-2019", "2019-12-31", "2020-06-30", ""),
        ],
        &[("JJG 195-2002", "JJG 195-2019", true), ("JJG 195-2002", "JJF 1791-2019", false)],
    );
    let at = |on| register.validity(&number("JJG 195-2002"), day(on)).unwrap();
    assert_eq!(at("2020-03-30").state, ValidityState::InForce);
    assert_eq!(at("2020-03-31").state, ValidityState::Replaced);
    assert_eq!((at("2020-03-31").replaced_by.len(), at("2020-03-31").coming.len()), (1, 1));
    assert_eq!(instead(&register, "JJG 195-2002", "2020-07-01"), ["JJG 195-2019", "JJF 1791-2019"]);
}

#[test]
fn parts_that_were_taken_over_leave_the_rest_in_force() {
    let register = register(
        &[
            ("JJG 198-1994", "1994", "1994-12-01", ""),
            ("JJG 1030-2007", "2007-08-21", "2007-11-21", ""),
            ("JJG 1037-2008", "2008-03-25", "2008-09-25", ""),
        ],
        &[("JJG 198-1994", "JJG 1030-2007", false), ("JJG 198-1994", "JJG 1037-2008", false)],
    );
    assert_eq!(state(&register, "JJG 198-1994", "2007-11-20"), ValidityState::InForce);
    assert_eq!(state(&register, "JJG 198-1994", "2007-11-21"), ValidityState::PartlyReplaced);
    assert_eq!(
        instead(&register, "JJG 198-1994", "2009-01-01"),
        ["JJG 1030-2007", "JJG 1037-2008"]
    );
    assert!(
        register.in_force_on(day("2009-01-01")).any(|edition| *edition == number("JJG 198-1994"))
    );
}

#[test]
fn six_texts_merged_into_one_and_a_change_of_kind() {
    let old = ["JJG 1-1985", "JJG 2-1985", "JJG 3-1985", "JJG 4-1985", "JJG 5-1985", "JJG 6-1985"];
    let mut editions: Vec<_> = old.iter().map(|text| (*text, "", "", "")).collect();
    editions.extend([
        ("JJG 173-2003", "2003-03-05", "2003-09-01", ""),
        ("JJF 1638-2017", "2017-11-20", "2018-05-20", ""),
    ]);
    let mut links: Vec<_> = old.iter().map(|text| (*text, "JJG 173-2003", true)).collect();
    links.push(("JJG 173-2003", "JJF 1638-2017", true));
    let register = register(&editions, &links);
    for text in old {
        assert_eq!(state(&register, text, "2003-08-31"), ValidityState::InForce);
        assert_eq!(instead(&register, text, "2003-09-01"), ["JJG 173-2003"]);
        assert_eq!(instead(&register, text, "2018-05-20"), ["JJF 1638-2017"], "down the chain");
    }
}

#[test]
fn gaps_abolitions_and_circles() {
    let register = register(
        &[
            ("JJG 10-1990", "1990-01-01", "1990-06-01", "2000-01-01"),
            ("JJG 10-2005", "2005-01-01", "2005-06-01", "2015-01-01"),
            ("JJG 20-1990", "1990", "", ""),
            ("JJG 21-1990", "1990", "", ""),
        ],
        &[
            ("JJG 10-1990", "JJG 10-2005", true),
            ("JJG 20-1990", "JJG 21-1990", true),
            ("JJG 21-1990", "JJG 20-1990", true),
        ],
    );
    assert_eq!(state(&register, "JJG 10-1990", "1999-12-31"), ValidityState::InForce);
    assert_eq!(state(&register, "JJG 10-1990", "2000-01-01"), ValidityState::Abolished);
    assert_eq!(state(&register, "JJG 10-1990", "2005-06-01"), ValidityState::Replaced);
    assert_eq!(instead(&register, "JJG 10-1990", "2014-12-31"), ["JJG 10-2005"]);
    assert_eq!(
        instead(&register, "JJG 10-1990", "2015-01-01"),
        [""; 0],
        "the successor is gone as well"
    );
    assert_eq!(instead(&register, "JJG 20-1990", "2015-01-01"), [""; 0], "a circle ends");
    assert_eq!(register.validity(&number("JJG 99-1999"), day("2015-01-01")), None);
}

#[test]
fn what_is_not_known_is_not_claimed() {
    let mut register = register(
        &[
            ("JJG 30-1990", "1990", "1990", ""),
            ("JJG 31-1990", "", "", ""),
            ("JJG 32-1990", "1990-03-01", "1990-09-01", ""),
        ],
        &[],
    );
    let at = |register: &Numbers, text, on| {
        let validity = register.validity(&number(text), day(on)).unwrap();
        (validity.state, validity.between)
    };
    use ValidityState::*;
    assert_eq!(at(&register, "JJG 30-1990", "1990-06-01"), (Unknown, Some((Draft, InForce))));
    assert_eq!(at(&register, "JJG 30-1990", "1990-12-31"), (InForce, None));
    // Only the year of the number is known: within a year after it, it is taken to be in force.
    assert_eq!(at(&register, "JJG 31-1990", "1989-12-31"), (Draft, None));
    assert_eq!(at(&register, "JJG 31-1990", "1991-12-30"), (Unknown, Some((Pending, InForce))));
    assert_eq!(at(&register, "JJG 31-1990", "1991-12-31"), (InForce, None));
    // Abolished at some time before it was reported so.
    let life = Life {
        issued: date("1990-03-01"),
        effective: date("1990-09-01"),
        abolished_by: Some(day("2020-05-01")),
        ..Life::default()
    };
    register.enter(number("JJG 32-1990"), life);
    assert_eq!(at(&register, "JJG 32-1990", "1990-08-31"), (Pending, None));
    assert_eq!(at(&register, "JJG 32-1990", "2010-01-01"), (Unknown, Some((InForce, Abolished))));
    assert_eq!(at(&register, "JJG 32-1990", "2020-05-01"), (Abolished, None));
    register.enter(number("JJG 33-1990"), Life::default());
    assert_eq!(at(&register, "JJG 33-1990", "2020-05-01"), (Unknown, Some((Draft, InForce))));
}

#[test]
fn a_text_that_was_taken_back_replaces_nothing() {
    let mut register = register(
        &[("JJG 40-1990", "1990-01-01", "1990-06-01", "")],
        &[("JJG 40-1990", "JJG 40-2020", true)],
    );
    let life = Life {
        approved: date("2020-01-10"),
        issued: date("2020-02-01"),
        effective: date("2020-08-01"),
        withdrawn: date("2020-05-01"),
        ..Life::default()
    };
    register.enter(number("JJG 40-2020"), life);
    use ValidityState::*;
    for (on, wanted) in [
        ("2020-01-09", Draft),
        ("2020-01-10", Approved),
        ("2020-02-01", Pending),
        ("2020-05-01", Withdrawn),
        ("2021-01-01", Withdrawn),
    ] {
        assert_eq!(state(&register, "JJG 40-2020", on), wanted, "{on}");
    }
    assert_eq!(state(&register, "JJG 40-1990", "2021-01-01"), InForce);
}

fn any_date() -> impl Strategy<Value = Option<PartialDate>> {
    prop::option::of((1985_i32..2030, 1_u32..13, 1_u32..29, 0_u8..3).prop_map(
        |(year, month, date, precision)| match precision {
            0 => PartialDate::year(year).unwrap(),
            1 => PartialDate::month(year, month).unwrap(),
            _ => PartialDate::day(NaiveDate::from_ymd_opt(year, month, date).unwrap()),
        },
    ))
}
fn any_life() -> impl Strategy<Value = Life> {
    (
        any_date(),
        any_date(),
        any_date(),
        any_date(),
        prop::option::weighted(0.1, any_date()),
        any_date(),
    )
        .prop_map(|(approved, issued, effective, abolished, withdrawn, by)| Life {
            approved,
            issued,
            effective,
            abolished,
            abolished_by: by.map(PartialDate::latest),
            withdrawn: withdrawn.flatten(),
        })
}
fn any_register() -> impl Strategy<Value = Register<u8>> {
    (
        prop::collection::vec(any_life(), 1..7),
        prop::collection::vec((0_u8..7, 0_u8..7, any::<bool>()), 0..9),
    )
        .prop_map(|(lives, links)| {
            let mut register = Register::new(Term::months(12));
            for (edition, life) in (0..).zip(lives) {
                register.enter(edition, life);
            }
            for (old, new, whole) in links {
                register.link(old, new, whole);
            }
            register
        })
}
fn rank(state: ValidityState) -> usize {
    ValidityState::ALL.iter().position(|known| *known == state).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_life_never_runs_backwards(register in any_register()) {
        for edition in register.lives.keys() {
            let (mut least_seen, mut most_seen) = (0, 0);
            for on in day("1984-01-01").iter_days().step_by(397).take_while(|on| *on < day("2032-01-01")) {
                let validity = register.validity(edition, on).unwrap();
                let (least, most) = validity.between.unwrap_or((validity.state, validity.state));
                prop_assert!(rank(least) <= rank(most), "{edition} {on}");
                prop_assert!(rank(least) >= least_seen && rank(most) >= most_seen, "{edition} {on}");
                prop_assert_eq!(validity.state == ValidityState::Unknown, validity.between.is_some());
                prop_assert!(validity.state != ValidityState::Replaced || validity.replaced_by.iter().any(|link| link.whole));
                (least_seen, most_seen) = (rank(least), rank(most));
            }
        }
    }

    #[test]
    fn what_to_use_instead_may_be_used(register in any_register(), days in 0_i64..16_000) {
        let on = day("1985-01-01") + chrono::Duration::days(days);
        for edition in register.lives.keys() {
            let instead = register.use_instead(edition, on);
            prop_assert!(!instead.contains(edition));
            for found in instead {
                let state = register.validity(&found, on).unwrap().state;
                prop_assert!(state.is_in_force() || state == ValidityState::Unknown, "{found} is {state}");
            }
        }
    }

    #[test]
    fn knowing_every_day_leaves_nothing_unknown(first in 0_i64..9_000, second in 0_i64..900, third in 0_i64..9_000, on in 0_i64..20_000) {
        let at = |days: i64| day("1985-01-01") + chrono::Duration::days(days);
        let known = |days: i64| Some(PartialDate::day(at(days)));
        let life = Life { issued: known(first), effective: known(first + second), abolished: known(first + second + third), ..Life::default() };
        let mut register = Register::new(Term::months(12));
        register.enter(0_u8, life);
        let wanted = match on {
            on if on < first => ValidityState::Draft,
            on if on < first + second => ValidityState::Pending,
            on if on < first + second + third => ValidityState::InForce,
            _ => ValidityState::Abolished,
        };
        prop_assert_eq!(register.validity(&0, at(on)).unwrap().state, wanted);
    }
}
