//! Trying the rules: what a count of votes gives, and where a term ends and why. Nothing is stored; the figures stand in the address.

use chrono::NaiveDate;
use quanheng_actions::{ActionError, profiles};
use quanheng_domain::{
    Keyed,
    ballot::{
        self, BallotForm, BallotPurpose, Count, CountFault, Figures, Missing, Tally, TallyRule,
    },
    deadline::{self, DeadlineAnswer, Direction, Why},
    lifecycle::{FaultCode, FieldFault},
    rules::keys,
    term::{Term, TermUnit},
};
use rocket::{FromForm, Route, State, get, routes};
use serde::Serialize;

use super::show;
use crate::views::{Crumb, Deadline, Field, FieldKind, FormFault, PageHead, Text, Tone, faults_of};
use crate::voice::fault_at;
use crate::{App, Page, WebError};

/// What stands in the address.
#[derive(Debug, Clone, Default, FromForm)]
pub struct Asked {
    members: Option<String>,
    present: Option<String>,
    recused: Option<String>,
    yes: Option<String>,
    no: Option<String>,
    abstain: Option<String>,
    form: Option<String>,
    from: Option<String>,
    amount: Option<String>,
    unit: Option<String>,
    direction: Option<String>,
}

#[derive(Serialize)]
struct TryPage {
    head: PageHead,
    path: String,
    faults: Vec<FormFault>,
    votes: Vec<Field>,
    result: Option<Told>,
    term: Vec<Field>,
    answer: Option<Answered>,
}

#[derive(Serialize)]
struct Told {
    sentence: Text,
    tone: Tone,
    quorum: Text,
    majority: Text,
}

#[derive(Serialize)]
struct Answered {
    last_day: String,
    deadline: Deadline,
    why: Vec<Text>,
}

fn number(text: &Option<String>, name: &str, faults: &mut Vec<FieldFault>) -> u32 {
    let text = text.as_deref().map_or("", str::trim);
    if text.is_empty() {
        return 0;
    }
    text.parse().unwrap_or_else(|_| {
        faults.push(FieldFault::new(name, FaultCode::NotANumber));
        0
    })
}

fn figures(asked: &Asked, faults: &mut Vec<FieldFault>) -> Figures {
    Figures {
        members: number(&asked.members, "members", faults),
        present: number(&asked.present, "present", faults),
        recused: number(&asked.recused, "recused", faults),
        yes: number(&asked.yes, "yes", faults),
        no: number(&asked.no, "no", faults),
        abstain: number(&asked.abstain, "abstain", faults),
    }
}

fn field_of(fault: &CountFault) -> &'static str {
    match fault {
        CountFault::NoMembers => "members",
        CountFault::PresentAboveMembers { .. } => "present",
        CountFault::RecusedAbovePresent { .. } => "recused",
        CountFault::VotesAboveVoters { .. } => "yes",
    }
}

fn told(tally: &Tally) -> Told {
    let (sentence, tone) = match tally.missing {
        Missing::Nothing => (Text::said("rules-try-passed"), Tone::Good),
        Missing::More { present, yes } => {
            (Text::said("rules-try-missing").with("present", present).with("yes", yes), Tone::Warn)
        }
        Missing::OutOfReach => (Text::said("rules-try-out-of-reach"), Tone::Bad),
    };
    Told {
        sentence,
        tone,
        quorum: Text::said("rules-try-quorum")
            .with("there", tally.present - tally.recused)
            .with("needed", tally.quorum_needed),
        majority: Text::said("rules-try-majority")
            .with("yes", tally.yes)
            .with("needed", tally.yes_needed),
    }
}

fn reason(why: &Why) -> Text {
    let on = |key: &str, day: &NaiveDate| Text::word("rules-why", key).with_date("day", *day);
    match why {
        Why::FirstDayExcluded { day } => on("first-day-excluded", day),
        Why::CorrespondingDay { day } => on("corresponding-day", day),
        Why::MonthEnd { wanted, day } => on("month-end", day).with("wanted", *wanted),
        Why::DaysOffSkipped { count } => {
            Text::word("rules-why", "days-off-skipped").with("n", *count)
        }
        Why::RolledOver { from, to, .. } => on("rolled-over", to).with_date("from", *from),
        Why::NotRolled { day, .. } => on("not-rolled", day),
        Why::YearNotCovered { year } => {
            Text::word("rules-why", "year-not-covered").with("year", year.to_string())
        }
        Why::LeftTheCalendar { day } => on("left-the-calendar", day),
        Why::EndsAtMidnight { day } => on("ends-at-midnight", day),
    }
}

fn vote_fields(asked: &Asked, faults: &[FieldFault]) -> Vec<Field> {
    let values =
        [&asked.members, &asked.present, &asked.recused, &asked.yes, &asked.no, &asked.abstain];
    let names = ["members", "present", "recused", "yes", "no", "abstain"];
    let mut fields: Vec<Field> = names
        .into_iter()
        .zip(values)
        .map(|(name, value)| {
            Field::new(FieldKind::Number, name, Text::word("rules-try", name))
                .value(value.clone().unwrap_or_default())
                .attr("min", 0)
                .fault(fault_at(faults, name))
        })
        .collect();
    let mut form = Field::new(FieldKind::Select, "form", Text::said("rules-try-form"))
        .value(asked.form.clone().unwrap_or_else(|| "meeting".to_owned()));
    for one in BallotForm::ALL {
        form = form.choice(one.key(), Text::word("ballot-form", one.key()));
    }
    fields.push(form);
    fields
}

fn term_fields(asked: &Asked, today: NaiveDate, faults: &[FieldFault]) -> Vec<Field> {
    let or =
        |value: &Option<String>, other: &str| value.clone().unwrap_or_else(|| other.to_owned());
    let mut unit = Field::new(FieldKind::Select, "unit", Text::said("rules-try-unit"))
        .value(or(&asked.unit, "days"));
    for one in TermUnit::ALL {
        unit = unit.choice(one.key(), Text::word("rules-try-unit", one.key()));
    }
    let mut direction =
        Field::new(FieldKind::Select, "direction", Text::said("rules-try-direction"))
            .value(or(&asked.direction, "after"));
    for one in Direction::ALL {
        direction = direction.choice(one.key(), Text::word("rules-try-direction", one.key()));
    }
    vec![
        Field::new(FieldKind::Date, "from", Text::said("rules-try-from"))
            .value(or(&asked.from, &today.to_string()))
            .fault(fault_at(faults, "from")),
        Field::new(FieldKind::Number, "amount", Text::said("rules-try-amount"))
            .value(or(&asked.amount, ""))
            .attr("min", 0)
            .fault(fault_at(faults, "amount")),
        unit,
        direction,
    ]
}

#[get("/rules/<name>/try?<asked..>")]
async fn try_it(app: &State<App>, name: String, asked: Asked) -> Result<Page, WebError> {
    let now = app.now();
    let today = deadline::day_of(now);
    let mut faults = Vec::new();
    let unknown = |_| WebError::malformed();
    let form = asked
        .form
        .as_deref()
        .map(BallotForm::from_key)
        .transpose()
        .map_err(unknown)?
        .unwrap_or(BallotForm::Meeting);
    let unit = asked
        .unit
        .as_deref()
        .map(TermUnit::from_key)
        .transpose()
        .map_err(unknown)?
        .unwrap_or(TermUnit::Days);
    let direction = asked
        .direction
        .as_deref()
        .map(Direction::from_key)
        .transpose()
        .map_err(unknown)?
        .unwrap_or(Direction::After);
    let wanted = name.clone();
    let (profile, calendar) = app
        .read(move |conn| {
            Ok::<_, ActionError>((
                profiles::in_force(conn, &wanted, today)?,
                profiles::calendar(conn)?,
            ))
        })
        .await?;
    let result = if asked.members.is_some() {
        let figures = figures(&asked, &mut faults);
        match Count::new(figures) {
            Ok(count) if faults.is_empty() => Some(told(&ballot::tally(
                &count,
                &TallyRule::for_form(&profile, BallotPurpose::Review, form),
            ))),
            Ok(_) => None,
            Err(found) => {
                faults.extend(
                    found
                        .iter()
                        .map(|fault| FieldFault::new(field_of(fault), FaultCode::NotANumber)),
                );
                None
            }
        }
    } else {
        None
    };
    let answer = if asked.amount.is_some() {
        let from = show::day(asked.from.as_deref())?.unwrap_or(today);
        let amount = number(&asked.amount, "amount", &mut faults);
        match deadline::try_compute(
            profile.get(keys::DAY_COUNT),
            from,
            Term::new(amount, unit),
            direction,
            &calendar,
        ) {
            Ok(answer) => Some(answered(&answer, now)),
            Err(_) => {
                faults.push(FieldFault {
                    bound: Some(0),
                    ..FieldFault::new("amount", FaultCode::TooLong)
                });
                None
            }
        }
    } else {
        None
    };
    let (votes, term) = (vote_fields(&asked, &faults), term_fields(&asked, today, &faults));
    let mut head = PageHead::new(Text::said("rules-page-try"));
    head.crumbs = vec![
        Crumb { text: Text::said("rules-page-title"), href: Some("/rules".to_owned()) },
        Crumb { text: show::named(&profile.name), href: Some(format!("/rules/{}", profile.name)) },
    ];
    head.lead = Some(Text::said("rules-try-lead"));
    let faults = faults_of(&votes).into_iter().chain(faults_of(&term)).collect();
    let view = TryPage {
        head,
        path: format!("/rules/{}/try", profile.name),
        faults,
        votes,
        result,
        term,
        answer,
    };
    Ok(Page::new("pages/rules/try", &view))
}

fn answered(answer: &DeadlineAnswer, now: chrono::DateTime<chrono::Utc>) -> Answered {
    Answered {
        last_day: answer.last_day.to_string(),
        deadline: Deadline::new(answer.ends_at, now),
        why: answer.why.iter().map(reason).collect(),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![try_it]
}
