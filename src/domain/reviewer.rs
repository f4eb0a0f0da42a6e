//! The principal reviewer (主审人): whose qualification holds, who is free of conflict, and whose turn it is.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    ids::{OrganisationId, PersonId},
    keyed,
};

keyed! {
    /// What a principal reviewer goes through (FM-14).
    ReviewPoint as "point of the principal review" {
        /// 结构是否符合编写规则
        Structure = "structure",
        /// 计量单位与符号
        Units = "units",
        /// 术语
        Terms = "terms",
        /// 每项要求均有对应方法
        Methods = "methods",
        /// 限值有试验依据
        Limits = "limits",
        /// 测量不确定度评定
        Uncertainty = "uncertainty",
        /// 与国际文件的一致性
        International = "international",
        /// 与其他规范的协调
        Clash = "clash",
        /// 证书格式
        Certificate = "certificate",
    }
}

keyed! {
    /// Why somebody is not proposed as principal reviewer.
    Unfit as "reason against a principal reviewer" {
        /// The qualification does not hold that day.
        Expired = "expired",
        /// Drafts the text.
        Drafts = "drafts",
        /// The unit drafts the text.
        DraftingUnit = "drafting_unit",
        /// Away until a later day.
        Away = "away",
    }
}

/// Somebody of the register of principal reviewers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// The unit.
    pub unit: Option<OrganisationId>,
    /// First day of the qualification.
    pub valid_from: NaiveDate,
    /// Last day of the qualification.
    pub valid_until: NaiveDate,
    /// True when it was taken away.
    pub revoked: bool,
    /// Last day of an absence.
    pub absent_until: Option<NaiveDate>,
    /// Reviews that are not submitted yet.
    pub open: u32,
    /// Day of the latest assignment.
    pub last: Option<NaiveDate>,
}

/// What a review must be free of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflict {
    /// People who draft the text.
    pub drafters: BTreeSet<PersonId>,
    /// Units that draft the text.
    pub units: BTreeSet<OrganisationId>,
}

impl Candidate {
    /// True on the days on which the qualification holds.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        !self.revoked && self.valid_from <= day && day <= self.valid_until
    }

    /// Why not this person, on that day, for a text with these drafters; nothing when she may.
    pub fn unfit(&self, conflict: &Conflict, day: NaiveDate) -> Option<Unfit> {
        if conflict.drafters.contains(&self.person) {
            Some(Unfit::Drafts)
        } else if self.unit.is_some_and(|unit| conflict.units.contains(&unit)) {
            Some(Unfit::DraftingUnit)
        } else if !self.is_valid_on(day) {
            Some(Unfit::Expired)
        } else if self.absent_until.is_some_and(|until| day <= until) {
            Some(Unfit::Away)
        } else {
            None
        }
    }
}

/// Those who may review, whose turn it is first: fewest open reviews, then longest without one, then by identity.
pub fn rotation<'c>(
    candidates: &'c [Candidate],
    conflict: &Conflict,
    day: NaiveDate,
) -> Vec<&'c Candidate> {
    let mut fit: Vec<&Candidate> =
        candidates.iter().filter(|one| one.unfit(conflict, day).is_none()).collect();
    fit.sort_by_key(|one| (one.open, one.last, one.person));
    fit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn one(person: u128) -> Candidate {
        Candidate {
            person: PersonId::new(uuid::Uuid::from_u128(person)),
            unit: Some(OrganisationId::new(uuid::Uuid::from_u128(person + 100))),
            valid_from: day(1),
            valid_until: day(20),
            revoked: false,
            absent_until: None,
            open: 0,
            last: None,
        }
    }

    fn turn(all: &[Candidate], conflict: &Conflict, on: u32) -> Vec<u128> {
        let line = rotation(all, conflict, day(on));
        line.iter().map(|one| one.person.uuid().as_u128()).collect()
    }

    #[test]
    fn the_turn_goes_to_the_least_burdened_and_skips_the_absent() {
        let all = [
            Candidate { open: 1, ..one(1) },
            Candidate { last: Some(day(3)), ..one(2) },
            Candidate { last: Some(day(2)), ..one(3) },
            Candidate { absent_until: Some(day(10)), ..one(4) },
            one(5),
        ];
        assert_eq!(turn(&all, &Conflict::default(), 10), [5, 3, 2, 1]);
        assert_eq!(turn(&all, &Conflict::default(), 11), [4, 5, 3, 2, 1], "back the day after");
    }

    #[test]
    fn nobody_reviews_with_a_conflict_or_outside_the_dates() {
        let all = [one(1), one(2), Candidate { revoked: true, ..one(3) }];
        let conflict =
            Conflict { drafters: [all[0].person].into(), units: all[1].unit.into_iter().collect() };
        assert_eq!(all[0].unfit(&conflict, day(5)), Some(Unfit::Drafts));
        assert_eq!(all[1].unfit(&conflict, day(5)), Some(Unfit::DraftingUnit));
        assert_eq!(all[2].unfit(&conflict, day(5)), Some(Unfit::Expired));
        assert!(turn(&all, &conflict, 5).is_empty());
        assert_eq!(turn(&all[..1], &Conflict::default(), 20), [1], "the last day counts");
        assert!(turn(&all[..1], &Conflict::default(), 21).is_empty());
    }
}
