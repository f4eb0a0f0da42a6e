//! The user side's share of those who will vote, told before the review opens （使用方比例提示）.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_actions::ballot::shares::{UserSide, user_side};
use quanheng_actions::{ActionError, profiles};
use quanheng_db::conn::AnyConn;
use quanheng_db::projects::ProjectRow;
use quanheng_db::register;
use quanheng_domain::ids::PersonId;
use quanheng_domain::stage::Stage;
use serde::Serialize;

use crate::views::{RuleCite, Text};
use crate::voice;

/// That users are few, with the rule.
#[derive(Serialize)]
pub struct FewUsers {
    text: Text,
    rule: RuleCite,
}

/// The user side among those who would vote on the text today, where it is less than the rule asks for; until the review opens.
pub fn few_users(
    conn: &mut AnyConn,
    project: &ProjectRow,
    drafters: &BTreeSet<PersonId>,
    today: NaiveDate,
) -> Result<Option<UserSide>, ActionError> {
    let before = [Stage::ReviewSubmitted, Stage::PapersReleased, Stage::ReviewInvalid];
    let Some(committee) = project.committee_id.filter(|_| before.contains(&project.stage)) else {
        return Ok(None);
    };
    let seats = register::seats_on(conn, committee, today)?.into_iter();
    let voters = seats
        .filter(|seat| seat.role.is_voting() && !seat.suspended)
        .map(|seat| seat.person_id)
        .filter(|person| !drafters.contains(person))
        .collect();
    let profile = profiles::load(conn, project.profile_id)?;
    let side = user_side(conn, committee, &voters, &profile, today)?;
    Ok(Some(side).filter(UserSide::is_short))
}

/// The words of the warning.
pub fn told(side: &UserSide) -> FewUsers {
    let text = Text::said("ballots-few-users").with("users", side.users);
    let text = text.with("voters", side.voters).with("needed", side.needed);
    FewUsers { text, rule: voice::cite(&side.rule) }
}
