//! Shares of those who will vote that fall short of the rules, told before the review opens （使用方、专家组比例提示）.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_actions::ballot::shares::{Share, shares};
use quanheng_actions::{ActionError, profiles};
use quanheng_db::conn::AnyConn;
use quanheng_db::projects::ProjectRow;
use quanheng_db::register;
use quanheng_domain::ids::PersonId;
use quanheng_domain::stage::Stage;
use serde::Serialize;

use crate::pages::ballots::show::few;
use crate::views::{RuleCite, Text};
use crate::voice;

/// That some are few, with the rule.
#[derive(Serialize)]
pub struct FewVoters {
    text: Text,
    rule: RuleCite,
}

/// The shares of those who would vote on the text today that are less than the rules ask for; until the review opens.
pub fn short(
    conn: &mut AnyConn,
    project: &ProjectRow,
    drafters: &BTreeSet<PersonId>,
    today: NaiveDate,
) -> Result<Vec<Share>, ActionError> {
    let before = [Stage::ReviewSubmitted, Stage::PapersReleased, Stage::ReviewInvalid];
    let Some(committee) = project.committee_id.filter(|_| before.contains(&project.stage)) else {
        return Ok(Vec::new());
    };
    let seats = register::seats_on(conn, committee, today)?.into_iter();
    let voters = seats
        .filter(|seat| seat.role.is_voting() && !seat.suspended)
        .map(|seat| seat.person_id)
        .filter(|person| !drafters.contains(person))
        .collect();
    let profile = profiles::load(conn, project.profile_id)?;
    let mut all = shares(conn, committee, &voters, &profile, today)?;
    all.retain(Share::is_short);
    Ok(all)
}

/// The words of the warning.
pub fn told(share: &Share) -> FewVoters {
    FewVoters { text: few(share), rule: voice::cite(&share.rule) }
}
