//! Rule profiles as they stood on a day, and the engine behind "try it".

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{ActionError, profiles};
use quanheng_domain::{
    ballot::{self, BallotForm, BallotPurpose, Count, Figures, Tally, TallyRule},
    deadline::{self, Direction, Why},
    lifecycle::{FaultCode, FieldFault},
    rules::{Profile, RuleText, keys},
    term::{Term, TermUnit},
};
use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};

use super::{
    Reply, day,
    sent::{Body, body},
};
use crate::{App, Visitor, WebError, views::Text, voice};

/// A profile as the API tells it.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileTold {
    name: String,
    valid_from: NaiveDate,
    on: NaiveDate,
    rules: Vec<RuleTold>,
}

/// A rule with its ground.
#[derive(Debug, Clone, Serialize)]
pub struct RuleTold {
    #[serde(flatten)]
    text: RuleText,
    unit: String,
}

async fn profile(
    app: &App,
    name: String,
    on: NaiveDate,
) -> Result<std::sync::Arc<Profile>, WebError> {
    Ok(app.read(move |conn| profiles::in_force(conn, &name, on)).await?)
}

#[get("/rules/<name>?<on>")]
async fn one(app: &State<App>, name: String, on: Option<String>) -> Reply<ProfileTold> {
    let on = day(on.as_deref())?.unwrap_or_else(|| deadline::day_of(app.now()));
    let profile = profile(app, name, on).await?;
    let rule = |rule: &quanheng_domain::rules::Rule| RuleTold {
        text: RuleText::from(rule),
        unit: rule.unit().to_string(),
    };
    Ok(ProfileTold {
        name: profile.name.clone(),
        valid_from: profile.valid_from,
        on,
        rules: profile.rules().map(rule).collect(),
    }
    .into())
}

/// The figures of a tally to try.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TryTally {
    members: u32,
    present: u32,
    #[serde(default)]
    recused: u32,
    yes: u32,
    #[serde(default)]
    no: u32,
    #[serde(default)]
    abstain: u32,
    #[serde(default = "meeting")]
    form: BallotForm,
    #[serde(default = "review")]
    purpose: BallotPurpose,
}

fn meeting() -> BallotForm {
    BallotForm::Meeting
}
fn review() -> BallotPurpose {
    BallotPurpose::Review
}

/// A tally with its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct TallyTold {
    #[serde(flatten)]
    tally: Tally,
    sentence: String,
}

impl TallyTold {
    /// The tally with the sentence of what is missing, in the reader's language; of a sealed one, that it is counted later.
    pub fn of(app: &App, visitor: &Visitor, tally: Tally, sealed: bool) -> Self {
        let said = match sealed {
            true => crate::tally::sealed(&tally),
            false => crate::tally::sentence(&tally),
        };
        let (words, zone) = (&app.words, app.settings.site.zone);
        Self { tally, sentence: voice::speak(words, zone, visitor.locale, &said) }
    }
}

#[post("/rules/<name>/try/tally", data = "<figures>")]
async fn try_tally(
    app: &State<App>,
    visitor: Visitor,
    name: String,
    figures: Body<TryTally>,
) -> Reply<TallyTold> {
    let tried = body(figures)?;
    let profile = profile(app, name, deadline::day_of(app.now())).await?;
    let figures = Figures {
        members: tried.members,
        present: tried.present,
        recused: tried.recused,
        yes: tried.yes,
        no: tried.no,
        abstain: tried.abstain,
    };
    let count = Count::new(figures).map_err(|faults| {
        let fields = faults
            .iter()
            .map(|fault| FieldFault::new(field_of(fault), FaultCode::NotANumber))
            .collect();
        let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        WebError::invalid(fields).saying(Text::plain(words.join("; ")))
    })?;
    let tally = ballot::tally(&count, &TallyRule::for_form(&profile, tried.purpose, tried.form));
    Ok(TallyTold::of(app, &visitor, tally, false).into())
}

fn field_of(fault: &ballot::CountFault) -> &'static str {
    let told = fault.to_string();
    ["recused", "present", "members", "yes"]
        .into_iter()
        .find(|field| told.contains(field))
        .unwrap_or("yes")
}

/// A term to try.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TryDeadline {
    from: NaiveDate,
    amount: u32,
    unit: TermUnit,
    #[serde(default = "after")]
    direction: Direction,
}

fn after() -> Direction {
    Direction::After
}

/// The day a term ends on, and every step that led there.
#[derive(Debug, Clone, Serialize)]
pub struct DeadlineTold {
    last_day: NaiveDate,
    ends_at: String,
    why: Vec<Why>,
}

#[post("/rules/<name>/try/deadline", data = "<term>")]
async fn try_deadline(
    app: &State<App>,
    name: String,
    term: Body<TryDeadline>,
) -> Reply<DeadlineTold> {
    let tried = body(term)?;
    let today = deadline::day_of(app.now());
    let answer = app
        .read(move |conn| {
            let profile = profiles::in_force(conn, &name, today)?;
            let calendar = profiles::calendar(conn)?;
            let term = Term::new(tried.amount, tried.unit);
            deadline::try_compute(
                profile.get(keys::DAY_COUNT),
                tried.from,
                term,
                tried.direction,
                &calendar,
            )
            .map_err(|_| ActionError::Invalid(vec![FieldFault::new("amount", FaultCode::TooLong)]))
        })
        .await?;
    Ok(DeadlineTold { last_day: answer.last_day, ends_at: local(answer.ends_at), why: answer.why }
        .into())
}

// With the offset of the authority's zone, as people of the field read it.
fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&deadline::ZONE).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![one, try_tally, try_deadline]
}
