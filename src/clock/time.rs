//! The clock as an argument: the machine's, or one that a test turns by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the present instant in UTC, to the microsecond.
pub trait Clock: Send + Sync {
    /// The present instant, cut to whole microseconds so that it survives both databases unchanged.
    fn now(&self) -> DateTime<Utc>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> DateTime<Utc> {
        (**self).now()
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one reading that all others come from"
    )]
    fn now(&self) -> DateTime<Utc> {
        to_microseconds(Utc::now())
    }
}

/// A clock that stands still until it is set or advanced; it may also go back.
#[derive(Debug)]
pub struct ManualClock {
    /// Microseconds since 1970-01-01T00:00:00Z.
    micros: AtomicI64,
}

impl ManualClock {
    /// A clock that shows `start`.
    pub fn new(start: DateTime<Utc>) -> Self {
        Self { micros: AtomicI64::new(start.timestamp_micros()) }
    }

    /// Makes the clock show `instant`, earlier or later.
    pub fn set(&self, instant: DateTime<Utc>) {
        self.micros.store(instant.timestamp_micros(), Ordering::SeqCst);
    }

    /// Moves the clock by `step` (backwards if negative) and tells what it shows then; a step beyond the calendar has no effect.
    pub fn advance(&self, step: TimeDelta) -> DateTime<Utc> {
        if let Some(next) = self.now().checked_add_signed(step) {
            self.set(next);
        }
        self.now()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::SeqCst))
            .expect("only microsecond counts of valid instants are stored")
    }
}

/// Cuts an instant to whole microseconds, the precision that PostgreSQL keeps.
pub fn to_microseconds(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Timelike;

    #[test]
    fn a_manual_clock_stands_still_moves_both_ways_and_drops_nanoseconds() {
        let start = "2026-04-01T15:59:59.123456789Z".parse::<DateTime<Utc>>().unwrap();
        let clock = ManualClock::new(start);
        assert_eq!(clock.now().nanosecond(), 123_456_000);
        assert_eq!(clock.now(), clock.now());
        assert_eq!(
            clock.advance(TimeDelta::days(9)).to_rfc3339(),
            "2026-04-10T15:59:59.123456+00:00"
        );
        assert_eq!(clock.advance(TimeDelta::days(-9)), to_microseconds(start));
        clock.advance(TimeDelta::MAX);
        assert_eq!(clock.now(), to_microseconds(start));
    }

    #[test]
    fn the_machine_clock_has_whole_microseconds() {
        assert_eq!(SystemClock.now().nanosecond() % 1000, 0);
    }
}
