//! When a mail is tried again.

use chrono::{DateTime, TimeDelta, Utc};
use quanheng_clock::Chance;

/// The longest wait for one mail.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// The longest wait while the server is out: when it is back, everything shall be gone within half an hour.
const LONGEST_IN_OUTAGE: TimeDelta = TimeDelta::minutes(15);
/// Before this many attempts no mail is too old, so that one that lay in a stopped instance gets its chances.
const FEWEST_ATTEMPTS: i32 = 8;

/// The instant of the next attempt after `failed` attempts (at least 1): one minute, doubling, with up to a tenth more or less.
pub(super) fn next_attempt(
    now: DateTime<Utc>,
    failed: i32,
    outage: bool,
    chance: &dyn Chance,
) -> DateTime<Utc> {
    let longest = if outage { LONGEST_IN_OUTAGE } else { LONGEST };
    let doublings = u32::try_from(failed - 1).unwrap_or(0).min(20);
    let wait = TimeDelta::minutes(1_i64 << doublings).min(longest);
    let tenth = wait.num_seconds() / 10;
    let width = u64::try_from(2 * tenth + 1).unwrap_or(1);
    let jitter = i64::try_from(chance.below(width)).unwrap_or(0) - tenth;
    now + wait + TimeDelta::seconds(jitter)
}

/// Whether a mail that failed again is given up for its age.
pub(super) fn is_too_old(
    now: DateTime<Utc>,
    created_at: DateTime<Utc>,
    failed: i32,
    give_up_after: TimeDelta,
) -> bool {
    failed >= FEWEST_ATTEMPTS && now - created_at >= give_up_after
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanheng_clock::SeededChance;

    #[test]
    fn waits_double_from_a_minute_to_twelve_hours_with_a_tenth_of_jitter() {
        let now = DateTime::from_timestamp(1_775_059_200, 0).unwrap();
        let chance = SeededChance::new(1);
        for (failed, minutes) in
            [(1, 1), (2, 2), (3, 4), (10, 512), (11, 720), (40, 720), (i32::MAX, 720)]
        {
            for _ in 0..50 {
                let wait = (next_attempt(now, failed, false, &chance) - now).num_seconds();
                let exact = minutes * 60;
                assert!((wait - exact).abs() <= exact / 10, "{failed}: {wait}");
            }
        }
        let spread: std::collections::BTreeSet<_> =
            (0..50).map(|_| next_attempt(now, 8, false, &chance)).collect();
        assert!(spread.len() > 30, "mails that failed together do not come back together");
        assert!(next_attempt(now, 30, true, &chance) - now <= TimeDelta::minutes(17));
    }

    #[test]
    fn age_alone_does_not_end_a_mail_that_was_never_tried() {
        let now = DateTime::from_timestamp(1_775_059_200, 0).unwrap();
        let limit = TimeDelta::hours(72);
        assert!(!is_too_old(now, now - TimeDelta::days(9), 1, limit));
        assert!(!is_too_old(now, now - TimeDelta::hours(71), 30, limit));
        assert!(is_too_old(now, now - limit, 8, limit));
    }
}
