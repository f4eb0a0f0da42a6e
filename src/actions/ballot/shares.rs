//! The user side's share of those who vote (使用方代表): told as a warning before and on a ballot, and never in its way.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_db::{
    AnyConn,
    register::{self, SeatRow},
};
use quanheng_domain::{
    ids::{CommitteeId, PersonId},
    people::Interest,
    rules::{Profile, RuleText, keys},
};

use crate::ActionError;

/// How many of those who vote come from users.
#[derive(Debug, Clone)]
pub struct UserSide {
    /// Voters whose unit is a user.
    pub users: u32,
    /// All voters.
    pub voters: u32,
    /// How many the rule asks for.
    pub needed: u32,
    /// The rule.
    pub rule: RuleText,
}

impl UserSide {
    /// True where the rule asks for more users than there are.
    pub fn is_short(&self) -> bool {
        self.users < self.needed
    }
}

/// The user side among people who vote, by the seats they hold on a day.
///
/// # Errors
/// What the database says.
pub fn user_side(
    conn: &mut AnyConn,
    committee: CommitteeId,
    voters: &BTreeSet<PersonId>,
    profile: &Profile,
    day: NaiveDate,
) -> Result<UserSide, ActionError> {
    let seats = register::seats_on(conn, committee, day)?;
    among(conn, &seats, voters, profile)
}

/// The user side among people who vote, by seats that are at hand.
///
/// # Errors
/// What the database says.
pub fn among(
    conn: &mut AnyConn,
    seats: &[SeatRow],
    voters: &BTreeSet<PersonId>,
    profile: &Profile,
) -> Result<UserSide, ActionError> {
    let mut met = BTreeSet::new();
    let (mut units, mut unnamed) = (Vec::new(), Vec::new());
    for seat in seats {
        if !voters.contains(&seat.person_id) || !met.insert(seat.person_id) {
            continue;
        }
        match seat.organisation_id {
            Some(unit) => units.push(unit),
            None => unnamed.push(seat.person_id),
        }
    }
    // A seat that names no unit stands for the person's own.
    if !unnamed.is_empty() {
        let people = register::people_by(conn, &unnamed)?;
        units.extend(people.into_iter().filter_map(|person| person.organisation_id));
    }
    let of_users: BTreeSet<_> = register::organisations_by(conn, &units)?
        .into_iter()
        .filter(|row| row.interest == Interest::User)
        .map(|row| row.id)
        .collect();
    let users = units.iter().filter(|unit| of_users.contains(unit)).count();
    let users = u32::try_from(users).unwrap_or(u32::MAX);
    let all = u32::try_from(voters.len()).unwrap_or(u32::MAX);
    let needed = profile.get(keys::USER_SHARE_MIN).at_least_of(all);
    let rule = RuleText::from(profile.rule(keys::USER_SHARE_MIN.key()));
    Ok(UserSide { users, voters: all, needed, rule })
}
