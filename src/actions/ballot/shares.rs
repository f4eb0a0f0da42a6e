//! Shares that some of those who vote must hold: users (使用方代表), and where an expert group stands in for the full committee its size
//! and the experts from outside verification bodies (专家组). Told as warnings before and on a ballot, and never in its way.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_db::{
    AnyConn,
    register::{self, SeatRow},
};
use quanheng_domain::{
    ids::{CommitteeId, PersonId},
    keyed,
    people::Interest,
    rules::{Profile, Rule, RuleText, keys},
};

use crate::ActionError;

keyed! {
    /// Of whom there are too few among those who vote.
    Wanted as "wanted voters" {
        /// From users of what the text is about (使用方).
        Users = "users",
        /// Voters of any kind: an expert group has a size (专家组人数).
        Experts = "experts",
        /// From outside statutory verification bodies (法定计量检定机构以外的专家).
        Outside = "outside",
    }
}

/// How many of those who vote are of a kind that a rule asks for.
#[derive(Debug, Clone)]
pub struct Share {
    /// Of which kind.
    pub wanted: Wanted,
    /// Voters of that kind.
    pub held: u32,
    /// All voters.
    pub voters: u32,
    /// How many the rule asks for.
    pub needed: u32,
    /// The rule.
    pub rule: RuleText,
}

impl Share {
    /// True where the rule asks for more of them than there are.
    pub fn is_short(&self) -> bool {
        self.held < self.needed
    }
}

/// The shares among people who vote, by the seats they hold on a day; those alone that the rules set.
///
/// # Errors
/// What the database says.
pub fn shares(
    conn: &mut AnyConn,
    committee: CommitteeId,
    voters: &BTreeSet<PersonId>,
    profile: &Profile,
    day: NaiveDate,
) -> Result<Vec<Share>, ActionError> {
    let seats = register::seats_on(conn, committee, day)?;
    among(conn, &seats, voters, profile)
}

/// The shares among people who vote, by seats that are at hand.
///
/// # Errors
/// What the database says.
pub fn among(
    conn: &mut AnyConn,
    seats: &[SeatRow],
    voters: &BTreeSet<PersonId>,
    profile: &Profile,
) -> Result<Vec<Share>, ActionError> {
    let interests = interests(conn, seats, voters)?;
    let of = |is: fn(&Interest) -> bool| count(interests.iter().filter(|one| is(one)).count());
    let all = count(voters.len());
    let share = |wanted, held, needed, rule: &Rule| Share {
        wanted,
        held,
        voters: all,
        needed,
        rule: RuleText::from(rule),
    };
    let users = profile.get(keys::USER_SHARE_MIN).at_least_of(all);
    let mut found = vec![share(
        Wanted::Users,
        of(|one| *one == Interest::User),
        users,
        profile.rule(keys::USER_SHARE_MIN.key()),
    )];
    if let Some(size) = profile.get(keys::EXPERT_GROUP_MIN) {
        let rule = profile.rule(keys::EXPERT_GROUP_MIN.key());
        found.push(share(Wanted::Experts, all, size, rule));
    }
    if let Some(least) = profile.get(keys::EXTERNAL_EXPERT_SHARE_MIN) {
        let rule = profile.rule(keys::EXTERNAL_EXPERT_SHARE_MIN.key());
        // Somebody whose unit nobody knows is not shown to be from outside.
        let outside = of(|one| *one != Interest::Testing);
        found.push(share(Wanted::Outside, outside, least.at_least_of(all), rule));
    }
    Ok(found)
}

/// What the units of the voters are to the matter.
fn interests(
    conn: &mut AnyConn,
    seats: &[SeatRow],
    voters: &BTreeSet<PersonId>,
) -> Result<Vec<Interest>, ActionError> {
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
    let rows = register::organisations_by(conn, &units)?;
    let interest = |unit| rows.iter().find(|row| row.id == unit).map(|row| row.interest);
    Ok(units.into_iter().filter_map(interest).collect())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
