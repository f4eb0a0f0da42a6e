//! Regional mutual recognition of texts (等效互认, F45): an agreement of authorities over texts, from its proposal to its end.

use chrono::NaiveDate;

use crate::keyed;

keyed! {
    /// Where an agreement stands.
    RecognitionState as "recognition state" {
        /// 提出：尚有一方未确认
        Proposed = "proposed",
        /// 各方已确认，尚未生效
        Confirmed = "confirmed",
        /// 生效
        InForce = "in_force",
        /// 终止
        Ended = "ended",
    }
}

/// Where an agreement stands on a day, from how many parties have still to confirm it, its first day and the first day after its end.
pub fn state(
    unconfirmed: usize,
    effective_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    on: NaiveDate,
) -> RecognitionState {
    if ended_on.is_some_and(|end| end <= on) {
        RecognitionState::Ended
    } else if unconfirmed > 0 {
        RecognitionState::Proposed
    } else if effective_on > on {
        RecognitionState::Confirmed
    } else {
        RecognitionState::InForce
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agreement_is_in_force_once_all_have_confirmed_and_its_day_has_come() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let cases = [
            (1, 5, None, 10, RecognitionState::Proposed),
            (0, 15, None, 10, RecognitionState::Confirmed),
            (0, 10, None, 10, RecognitionState::InForce),
            (0, 5, Some(10), 9, RecognitionState::InForce),
            (0, 5, Some(10), 10, RecognitionState::Ended),
            (1, 5, Some(10), 10, RecognitionState::Ended),
        ];
        for (open, from, end, on, wanted) in cases {
            assert_eq!(state(open, day(from), end.map(day), day(on)), wanted, "{open} {from} {on}");
        }
    }
}
