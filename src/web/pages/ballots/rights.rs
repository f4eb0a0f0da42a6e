//! A member's own page: where I may vote, how, and why (我的表决权).

use chrono::{DateTime, Utc};
use quanheng_actions::ballot::missed;
use quanheng_actions::{ActionError, profiles};
use quanheng_db::ballots::{self, BallotRow, RollRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::{register, rule_profiles};
use quanheng_domain::ballot::BallotPurpose;
use quanheng_domain::ballot::kind::{BallotKind, Opened, Secrecy};
use quanheng_domain::people::{PersonActor, Role};
use quanheng_domain::rules::{Profile, keys};
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::duties::right_of;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::projects::word;
use crate::views::{Crumb, PageHead, RuleCite, Text};
use crate::voice;

/// Open ballots shown; a person has fewer in hand.
const MOST: i64 = 200;

#[derive(Serialize)]
struct RightsPage {
    head: PageHead,
    running: Vec<RunningLine>,
    seats: Vec<SeatPart>,
}

/// A running ballot on whose roll the reader stands.
#[derive(Serialize)]
struct RunningLine {
    title: String,
    href: String,
    purpose: Text,
    right: Text,
}

/// A committee in which the reader has a seat.
#[derive(Serialize)]
struct SeatPart {
    committee: String,
    right: Text,
    missed: Option<Text>,
    kinds: Vec<KindLine>,
}

/// A kind of ballot under the rules of that committee today.
#[derive(Serialize)]
struct KindLine {
    name: Text,
    opened: Text,
    secrecy: Text,
    rules: Vec<RuleCite>,
}

struct Seat {
    committee: String,
    role: Role,
    profile: std::sync::Arc<Profile>,
    missed: u32,
}

struct Found {
    running: Vec<(BallotRow, RollRow)>,
    seats: Vec<Seat>,
}

fn read(
    conn: &mut AnyConn,
    person: &PersonActor,
    now: DateTime<Utc>,
) -> Result<Found, ActionError> {
    let today = deadline::day_of(now);
    let (open, _) = ballots::known_to(conn, person.person, &[], true, MOST, 0)?;
    let ids: Vec<_> = open.iter().map(|row| row.id).collect();
    let lines = ballots::rolls_of(conn, &ids)?;
    let own = |row: BallotRow| {
        let line = lines
            .iter()
            .find(|line| line.ballot_id == row.id && line.person_id == person.person)?;
        Some((row, line.clone()))
    };
    let running = open.into_iter().filter_map(own).collect();
    let mut seats = Vec::new();
    for seat in &person.seats {
        if seat.since > today || seat.until.is_some_and(|until| until <= today) {
            continue;
        }
        let Some(row) = register::committee(conn, seat.committee)? else { continue };
        let name = profiles::name_for(conn, row.authority_id, Some(row.id))?;
        let Some(version) = rule_profiles::in_force(conn, &name, today)? else { continue };
        seats.push(Seat {
            committee: row.name_zh,
            role: seat.role,
            profile: profiles::load(conn, version.id)?,
            missed: missed::in_a_row(conn, row.id, person.person)?,
        });
    }
    Ok(Found { running, seats })
}

fn kind(kind: &BallotKind, profile: &Profile) -> KindLine {
    let opened = match kind.opened {
        Opened::ByMove(key) => Text::said("rights-opened-move").with_text("move", &word(key)),
        Opened::In(stage) => Text::said("rights-opened-stage").with_text("stage", &word(stage)),
        Opened::WhileItRuns => Text::said("rights-opened-running"),
        Opened::ByTheCommittee => Text::said("rights-opened-committee"),
    };
    let secrecy = match kind.secrecy {
        Secrecy::Recorded => "rights-recorded",
        Secrecy::MayBeSecret => "rights-may-be-secret",
        Secrecy::ByRule(rule) if profile.get(rule) => "rights-secret",
        Secrecy::ByRule(_) => "rights-recorded",
    };
    let mut cited = Vec::new();
    for form in kind.forms {
        for key in kind.rules(*form) {
            if !cited.contains(&key) {
                cited.push(key);
            }
        }
    }
    KindLine {
        name: word(kind.purpose),
        opened,
        secrecy: Text::said(secrecy),
        rules: cited.into_iter().map(|key| voice::cite_rule(profile.rule(key))).collect(),
    }
}

fn seat(seat: &Seat) -> SeatPart {
    let profile = &seat.profile;
    let key = match seat.role {
        role if role.is_voting() => "rights-seat-votes",
        role if role.may_speak() && profile.get(keys::NON_VOTERS_SPEAK) => "rights-seat-speaks",
        _ => "rights-seat-none",
    };
    let (warn, remove) =
        (profile.get(keys::MISSED_BALLOTS_WARN), profile.get(keys::MISSED_BALLOTS_REMOVE));
    let missed = (seat.role.is_voting() && seat.missed > 0).then(|| {
        let said = Text::said("rights-missed").with("n", seat.missed);
        said.with("warn", warn).with("remove", remove)
    });
    SeatPart {
        committee: seat.committee.clone(),
        right: Text::said(key).with_text("role", &word(seat.role)),
        missed,
        kinds: BallotPurpose::ALL.iter().map(|purpose| kind(purpose.kind(), profile)).collect(),
    }
}

#[get("/ballots/rights")]
async fn rights(app: &State<App>, signed_in: SignedIn) -> Result<Page, WebError> {
    let (person, now) = (signed_in.person.clone(), app.now());
    let found = app.read(move |conn| read(conn, &person, now)).await?;
    let mut head = PageHead::new(Text::said("rights-title"));
    head.lead = Some(Text::said("rights-lead"));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-ballots"), href: Some("/ballots".to_owned()) },
        Crumb { text: Text::said("rights-title"), href: None },
    ];
    let line = |(row, line): &(BallotRow, RollRow)| RunningLine {
        title: row.question.clone(),
        href: format!("/ballots/{}", row.id),
        purpose: word(row.purpose),
        right: right_of(line),
    };
    let view = RightsPage {
        head,
        running: found.running.iter().map(line).collect(),
        seats: found.seats.iter().map(seat).collect(),
    };
    Ok(Page::new("pages/ballots/rights", &view).private())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![rights]
}
