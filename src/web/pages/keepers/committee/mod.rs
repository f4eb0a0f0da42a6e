//! Keeping a committee on its own page: its data, its terms and its seats for its authority, and for its secretariat too what the
//! rules advise about the composition.

mod acts;
pub mod data;
mod forms;

use std::sync::Arc;

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::committee::composition::{self, About, Advice};
use quanheng_actions::committee::found::{self, Entry};
use quanheng_actions::report;
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::conn::AnyConn;
use quanheng_db::register::{self, AuthorityRow, CommitteeRow, SeatRow};
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::rules::{Profile, RuleKey};
use rocket::Route;
use serde::Serialize;

use crate::pages::address;
use crate::pages::projects::{Again, Fold};
use crate::views::{RuleCite, Text};
use crate::voice;

/// The section of the page.
#[derive(Serialize)]
pub struct Keeping {
    points: Vec<Point>,
    folds: Vec<Fold>,
}

/// What a rule of composition advises against.
#[derive(Serialize)]
struct Point {
    text: Text,
    rule: RuleCite,
}

/// What the section shows: the advice, and what the forms are filled with for those who keep the committee.
pub struct Read {
    advice: Vec<Advice>,
    profile: Arc<Profile>,
    kept: Option<Kept>,
    today: NaiveDate,
}

/// What the forms are filled with.
struct Kept {
    entry: Entry,
    version: i64,
    authorities: Vec<AuthorityRow>,
    parents: Vec<CommitteeRow>,
    /// Seats that have not ended, with the names of their holders.
    seats: Vec<(SeatRow, String)>,
}

/// The address of a committee's page.
pub fn path(row: &CommitteeRow) -> String {
    format!("/committees/{}", address::encoded(&row.segment()))
}

/// The authorities whose committees somebody keeps.
pub fn authorities(conn: &mut AnyConn, actor: &Actor) -> Result<Vec<AuthorityRow>, ActionError> {
    let mut rows = register::all_authorities(conn)?;
    rows.retain(|row| found::keeps(actor, row.id));
    Ok(rows)
}

/// What the section shows to a reader; nothing for others than the authority, the administrators and the secretariat.
pub fn read(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    row: &CommitteeRow,
    (actor, today): (&Actor, NaiveDate),
) -> Result<Option<Read>, ActionError> {
    let keeps = found::keeps(actor, row.authority_id);
    if !keeps && !report::parties(actor, row).contains(&Party::Secretariat) {
        return Ok(None);
    }
    let (advice, profile) = composition::advice(conn, row, today)?;
    let kept = if keeps { Some(kept(conn, catalogue, row, (actor, today))?) } else { None };
    Ok(Some(Read { advice, profile, kept, today }))
}

fn kept(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    row: &CommitteeRow,
    (actor, today): (&Actor, NaiveDate),
) -> Result<Kept, ActionError> {
    let mut seats = register::seats_of_committee(conn, row.id)?;
    seats.retain(|seat| seat.until.is_none_or(|until| until > today));
    let people: Vec<_> = seats.iter().map(|seat| seat.person_id).collect();
    let people = register::people_by(conn, &people)?;
    let name = |seat: &SeatRow| {
        let person = people.iter().find(|person| person.id == seat.person_id);
        person.map(|person| person.name_zh.clone()).unwrap_or_default()
    };
    Ok(Kept {
        entry: Entry::of(conn, row)?,
        version: row.version,
        authorities: authorities(conn, actor)?,
        parents: catalogue.committees.iter().filter(|one| one.id != row.id).cloned().collect(),
        seats: seats
            .into_iter()
            .map(|seat| {
                let name = name(&seat);
                (seat, name)
            })
            .collect(),
    })
}

fn cite(profile: &Profile, key: RuleKey) -> RuleCite {
    let mut cite = voice::cite_rule(profile.rule(key));
    cite.href =
        Some(format!("/rules/{}?on={}#rule-{}", profile.name, profile.valid_from, cite.key));
    cite
}

fn point(profile: &Profile, advice: &Advice) -> Point {
    let rule = advice.rule.to_string();
    let said = || Text::word("keeping-advice", &rule).with("n", advice.found);
    let text = match &advice.about {
        About::Whole => said(),
        About::Unit(name) | About::Person(name) => said().with("name", name.clone()),
        About::Group(group) => {
            said().with_text("group", &Text::word("interest-group", group.key()))
        }
        About::Unknown => Text::said("keeping-interest-unknown").with("n", advice.found),
    };
    Point { text, rule: cite(profile, advice.rule) }
}

/// The section as the page shows it.
pub fn view(read: &Read, row: &CommitteeRow, again: Option<&Again>) -> Keeping {
    Keeping {
        points: read.advice.iter().map(|advice| point(&read.profile, advice)).collect(),
        folds: read
            .kept
            .as_ref()
            .map(|kept| forms::folds(read, kept, row, again))
            .unwrap_or_default(),
    }
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    acts::routes()
}
