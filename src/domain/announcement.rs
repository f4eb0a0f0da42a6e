//! Announcements (公告) before they are issued: the day of force that the rules suggest, and what to look at before it is fixed.

use chrono::NaiveDate;

use crate::{
    calendar::Calendar,
    deadline::corresponding_day,
    keyed,
    rules::{Profile, RuleKey, keys},
};

keyed! {
    /// What an officer should look at before a day of force is fixed.
    ForceDoubt as "force doubt" {
        /// Sooner after issue than the rules allow; the text cannot be issued so.
        TooSoon = "too_soon",
        /// Sooner after issue than usual.
        Short = "short",
        /// A day on which nobody works (edge case 25: allowed).
        DayOff = "day_off",
        /// Issue is dated in the future.
        IssueAhead = "issue_ahead",
    }
}

keyed! {
    /// The state of a specification number that an authority gave.
    NumberState as "number state" {
        /// 已预留: given to a text that is not issued yet.
        Reserved = "reserved",
        /// 已使用: the text is issued.
        Used = "used",
        /// 作废: the project ended without an issue; the number is never given again.
        Void = "void",
    }
}

impl NumberState {
    /// The state by what became of the text and of its project.
    pub const fn of(issued: bool, project_ended: bool) -> Self {
        match (issued, project_ended) {
            (true, _) => Self::Used,
            (false, true) => Self::Void,
            (false, false) => Self::Reserved,
        }
    }
}

/// A doubt about a day of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// What is doubtful.
    pub kind: ForceDoubt,
    /// The rule behind it, where there is one.
    pub rule: Option<RuleKey>,
    /// The day that the rule speaks of, or the doubtful day itself.
    pub day: NaiveDate,
}

/// The day of force that is usual for a day of issue.
pub fn usual_force(issued: NaiveDate, profile: &Profile) -> NaiveDate {
    corresponding_day(issued, profile.get(keys::FORCE_LEAD_MONTHS))
}

/// What is doubtful about issue and force of a text under its profile.
pub fn doubts(
    issued: NaiveDate,
    force: NaiveDate,
    today: NaiveDate,
    profile: &Profile,
    calendar: &Calendar,
) -> Vec<Doubt> {
    let least = corresponding_day(issued, profile.get(keys::FORCE_LEAD_MIN));
    let usual = usual_force(issued, profile);
    let mut found = Vec::new();
    if force < least {
        let rule = Some(keys::FORCE_LEAD_MIN.key());
        found.push(Doubt { kind: ForceDoubt::TooSoon, rule, day: least });
    } else if force < usual {
        let rule = Some(keys::FORCE_LEAD_MONTHS.key());
        found.push(Doubt { kind: ForceDoubt::Short, rule, day: usual });
    }
    if !calendar.is_working(force) {
        found.push(Doubt { kind: ForceDoubt::DayOff, rule: None, day: force });
    }
    if issued > today {
        found.push(Doubt { kind: ForceDoubt::IssueAhead, rule: None, day: issued });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_force_is_weighed_by_the_rules_and_the_calendar() {
        let (profile, calendar) = (&rules::seeds()[0], Calendar::from_days(Default::default()));
        let issued = day("2026-03-02");
        assert_eq!(usual_force(issued, profile), day("2026-09-02"));
        let kinds = |force: &str, today: &str| -> Vec<ForceDoubt> {
            let found = doubts(issued, day(force), day(today), profile, &calendar);
            found.into_iter().map(|doubt| doubt.kind).collect()
        };
        assert_eq!(kinds("2026-09-02", "2026-03-02"), []);
        assert_eq!(kinds("2026-09-05", "2026-03-02"), [ForceDoubt::DayOff], "a Saturday");
        assert_eq!(kinds("2026-07-01", "2026-03-02"), [ForceDoubt::Short]);
        let early = [ForceDoubt::TooSoon, ForceDoubt::IssueAhead];
        assert_eq!(kinds("2026-04-01", "2026-03-01"), early);
    }

    #[test]
    fn a_number_is_void_once_its_project_ended_without_an_issue() {
        assert_eq!(NumberState::of(false, false), NumberState::Reserved);
        assert_eq!(NumberState::of(false, true), NumberState::Void);
        assert_eq!(NumberState::of(true, true), NumberState::Used);
    }
}
