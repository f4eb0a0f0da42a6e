//! Questionnaires to users and laboratories about a text in force (实施效果调查, FM-20, F23): opened by its keepers, answered by link, summed
//! up for the evaluation.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    specifications::{self, SpecificationRow},
    surveys::{self, SurveyAnswerRow, SurveyInviteRow, SurveyRow},
};
use quanheng_domain::{
    Keyed, deadline,
    event::ObjectKind,
    ids::{ObjectId, SpecificationId},
    lifecycle::{DeadlineKind, FaultCode, FieldFault, reminders},
    people::Actor,
    records::EvaluationSuggestion,
    refusal::{Refusal, RefusalCode},
    survey::{SurveyGroup, UseDegree},
};
use serde_json::json;

use super::{care, invite};
use crate::{ActionError, NewEvent, Tx, clock, limits};

/// A questionnaire to open.
#[derive(Debug, Clone)]
pub struct Open {
    /// The edition.
    pub specification: SpecificationId,
    /// What is asked besides the usual questions; may be empty.
    pub question: String,
    /// Last day.
    pub closes_on: NaiveDate,
    /// Whether everybody may answer who has the address of the page, not only those who are asked.
    pub open_link: bool,
    /// Who is asked: one a line, a name and a mail address.
    pub invited: String,
}

/// Opens a questionnaire and asks those who are named, each by a link of its own.
///
/// # Errors
/// `Refused` for others than secretariat and officers; `Invalid` for a day that is over, for a line without an address, and where
/// nobody could answer; `NotFound`.
pub fn open(tx: &mut Tx<'_, '_>, actor: &Actor, command: &Open) -> Result<ObjectId, ActionError> {
    let edition =
        specifications::find(tx.conn(), command.specification)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let mut faults = Vec::new();
    if command.closes_on < tx.today() {
        faults.push(FieldFault::new("closes_on", FaultCode::Over));
    }
    if command.question.chars().count() > limits::NOTE {
        faults.push(limits::too_long("question", limits::NOTE));
    }
    let asked = match invite::listed(&command.invited) {
        Ok(asked) => asked,
        Err(fault) => {
            faults.push(fault);
            Vec::new()
        }
    };
    if faults.is_empty() && asked.is_empty() && !command.open_link {
        faults.push(FieldFault::new("invited", FaultCode::Missing));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let row = SurveyRow {
        id: tx.id(),
        specification_id: edition.id,
        question: command.question.trim().to_owned(),
        closes_on: command.closes_on,
        opened_at: tx.now(),
        opened_by: actor.person().map(|person| person.person),
        open_link: command.open_link,
    };
    surveys::add(tx.conn(), &row)?;
    let event = NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "survey_opened");
    tx.record(NewEvent {
        source: "26",
        ..event.facts(json!({ "survey": row.id, "closes_on": row.closes_on }))
    })?;
    clocks(tx, &row, &edition)?;
    if !asked.is_empty() {
        invite::ask(tx, actor, (&row, &edition), &asked)?;
    }
    Ok(row.id)
}

/// The reminders of the silent, by the rule for rounds of comments.
fn clocks(
    tx: &mut Tx<'_, '_>,
    row: &SurveyRow,
    edition: &SpecificationRow,
) -> Result<(), ActionError> {
    let profile = clock::profile_of(tx, edition)?;
    let closes = deadline::end_of(row.closes_on);
    for one in reminders(DeadlineKind::SurveyWarning, &profile, tx.now(), closes) {
        tx.add_deadline(ObjectKind::Specification, edition.id.cast(), &one)?;
    }
    Ok(())
}

/// A questionnaire with its text.
///
/// # Errors
/// `NotFound`.
pub fn find(
    conn: &mut AnyConn,
    id: ObjectId,
) -> Result<(SurveyRow, SpecificationRow), ActionError> {
    let row = surveys::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let edition = specifications::find(conn, row.specification_id)?.ok_or(ActionError::NotFound)?;
    Ok((row, edition))
}

/// The way to a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By the address of its page, where the survey is an open one.
    Open(ObjectId),
    /// By the secret of one who was asked.
    Link(String),
}

/// What somebody finds who goes a way to a questionnaire.
#[derive(Debug, Clone)]
pub struct Found {
    /// The questionnaire.
    pub survey: SurveyRow,
    /// The text.
    pub edition: SpecificationRow,
    /// Who was asked, by a link of its own.
    pub invite: Option<SurveyInviteRow>,
}

/// The questionnaire that a way leads to.
///
/// # Errors
/// `NotFound` for a secret that is none, and for a survey that is not open to everybody.
pub fn along(conn: &mut AnyConn, way: &Way) -> Result<Found, ActionError> {
    let invite = match way {
        Way::Open(_) => None,
        Way::Link(secret) => Some(invite::of_secret(conn, secret)?),
    };
    let id = match (way, &invite) {
        (_, Some(invite)) => invite.survey_id,
        (Way::Open(id), None) => *id,
        (Way::Link(_), None) => return Err(ActionError::NotFound),
    };
    let (survey, edition) = find(conn, id)?;
    if invite.is_none() && !survey.open_link {
        return Err(ActionError::NotFound);
    }
    Ok(Found { survey, edition, invite })
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The way to the questionnaire.
    pub way: Way,
    /// Who answers.
    pub who: SurveyGroup,
    /// The unit; may be empty.
    pub unit: String,
    /// How much the text is used.
    pub degree: UseDegree,
    /// Verifications or calibrations a year.
    pub volume: i32,
    /// Problems; may be empty.
    pub problems: String,
    /// Benefit; may be empty.
    pub benefit: String,
    /// The answer to the question; may be empty.
    pub answer: String,
    /// What should follow.
    pub suggestion: EvaluationSuggestion,
}

/// More than any laboratory verifies in a year.
const MOST_VOLUME: i32 = 100_000_000;

/// Takes an answer; who was asked by a link answers once.
///
/// # Errors
/// `Refused` after the last day and for a second answer by one link; `Invalid` for what is too long or no count, and for a change that is asked for without a problem;
/// `NotFound`.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Answer,
) -> Result<ObjectId, ActionError> {
    let Found { survey, edition, invite } = along(tx.conn(), &command.way)?;
    if survey.closes_on < tx.today() {
        return Err(Refusal::new(RefusalCode::LinkEnded).into());
    }
    if invite.as_ref().is_some_and(|invite| invite.answer_id.is_some()) {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let mut faults = Vec::new();
    for (field, text, most) in [
        ("unit", &command.unit, limits::TITLE),
        ("problems", &command.problems, limits::TEXT),
        ("benefit", &command.benefit, limits::TEXT),
        ("answer", &command.answer, limits::TEXT),
    ] {
        if text.chars().count() > most {
            faults.push(limits::too_long(field, most));
        }
    }
    if !(0..=MOST_VOLUME).contains(&command.volume) {
        let bound = Some(MOST_VOLUME.into());
        faults.push(FieldFault { bound, ..FieldFault::new("volume", FaultCode::NotACount) });
    }
    // Who wants the text changed says what is wrong with it.
    if command.suggestion != EvaluationSuggestion::Keep && command.problems.trim().is_empty() {
        faults.push(FieldFault::new("problems", FaultCode::Missing));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    let text = |text: &str| text.trim().to_owned();
    let row = SurveyAnswerRow {
        id: tx.id(),
        survey_id: survey.id,
        at: tx.now(),
        who: command.who,
        unit: text(&command.unit),
        degree: command.degree,
        volume: command.volume,
        problems: text(&command.problems),
        benefit: text(&command.benefit),
        answer: text(&command.answer),
        suggestion: command.suggestion,
    };
    surveys::add_answer(tx.conn(), &row)?;
    if let Some(invite) = &invite
        && !surveys::note_answer(tx.conn(), invite.id, row.id)?
    {
        return Err(Refusal::new(RefusalCode::AlreadySubmitted).into());
    }
    let event =
        NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "survey_answered");
    tx.record(event.facts(json!({ "survey": survey.id, "answer": row.id, "who": row.who })))?;
    Ok(row.id)
}

/// What the answers of a questionnaire come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many answered, of each group.
    pub groups: Vec<(SurveyGroup, usize)>,
    /// How many use the text how much.
    pub degrees: Vec<(UseDegree, usize)>,
    /// How many want what.
    pub suggestions: Vec<(EvaluationSuggestion, usize)>,
    /// Verifications and calibrations a year, of all together.
    pub volume: i64,
    /// The same for each group that answered.
    pub classes: Vec<ClassSum>,
}

/// What the answers of one group come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassSum {
    /// The group.
    pub who: SurveyGroup,
    /// How many use the text how much.
    pub degrees: Vec<(UseDegree, usize)>,
    /// How many want what.
    pub suggestions: Vec<(EvaluationSuggestion, usize)>,
    /// Verifications and calibrations a year.
    pub volume: i64,
}

/// Sums answers up, of all and of each group.
pub fn sum(answers: &[SurveyAnswerRow]) -> Sum {
    let all: Vec<&SurveyAnswerRow> = answers.iter().collect();
    let groups = count(&all, |row| row.who);
    let class = |(who, _): &(SurveyGroup, usize)| {
        let own: Vec<&SurveyAnswerRow> = answers.iter().filter(|row| row.who == *who).collect();
        ClassSum {
            who: *who,
            degrees: count(&own, |row| row.degree),
            suggestions: count(&own, |row| row.suggestion),
            volume: volume(&own),
        }
    };
    Sum {
        degrees: count(&all, |row| row.degree),
        suggestions: count(&all, |row| row.suggestion),
        volume: volume(&all),
        classes: groups.iter().map(class).collect(),
        groups,
    }
}

fn count<K: Keyed + PartialEq>(
    all: &[&SurveyAnswerRow],
    of: fn(&SurveyAnswerRow) -> K,
) -> Vec<(K, usize)> {
    let one = |value: &K| (*value, all.iter().filter(|row| of(row) == *value).count());
    K::ALL.iter().map(one).filter(|(_, n)| *n > 0).collect()
}

fn volume(all: &[&SurveyAnswerRow]) -> i64 {
    all.iter().map(|row| i64::from(row.volume)).sum()
}

/// The questionnaire on which each of some evaluations rests, with what its answers come to.
///
/// # Errors
/// Storage trouble.
pub fn behind(
    conn: &mut AnyConn,
    evaluations: &[ObjectId],
) -> Result<HashMap<ObjectId, Sum>, ActionError> {
    let rests = surveys::rested_on(conn, evaluations)?;
    let ids: Vec<ObjectId> = rests.iter().map(|row| row.survey_id).collect();
    let answers = surveys::answers_of(conn, &ids)?;
    let sum_of = |id: ObjectId| {
        let own: Vec<SurveyAnswerRow> =
            answers.iter().filter(|row| row.survey_id == id).cloned().collect();
        sum(&own)
    };
    Ok(rests.iter().map(|row| (row.evaluation_id, sum_of(row.survey_id))).collect())
}
