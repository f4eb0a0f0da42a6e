//! Questionnaires to users and laboratories about a text in force (实施效果调查, FM-20, F23): opened by its keepers, answered by link, summed
//! up for the evaluation.

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    specifications::{self, SpecificationRow},
    surveys::{self, SurveyAnswerRow, SurveyRow},
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    records::EvaluationSuggestion,
    refusal::{Refusal, RefusalCode},
    survey::{SurveyGroup, UseDegree},
};
use serde_json::json;

use super::care;
use crate::{ActionError, NewEvent, Tx, limits};

/// A questionnaire to open.
#[derive(Debug, Clone)]
pub struct Open {
    /// The edition.
    pub specification: SpecificationId,
    /// What is asked besides the usual questions; may be empty.
    pub question: String,
    /// Last day.
    pub closes_on: NaiveDate,
}

/// Opens a questionnaire; who has its link may answer.
///
/// # Errors
/// `Refused` for others than secretariat and officers, `Invalid` for a day that is over, `NotFound`.
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
    };
    surveys::add(tx.conn(), &row)?;
    let event = NewEvent::new(ObjectKind::Specification, edition.id.cast(), actor, "survey_opened");
    tx.record(NewEvent {
        source: "26",
        ..event.facts(json!({ "survey": row.id, "closes_on": row.closes_on }))
    })?;
    Ok(row.id)
}

/// The questionnaire of a link with its text.
///
/// # Errors
/// `NotFound`.
pub fn of_link(
    conn: &mut AnyConn,
    id: ObjectId,
) -> Result<(SurveyRow, SpecificationRow), ActionError> {
    let row = surveys::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let edition = specifications::find(conn, row.specification_id)?.ok_or(ActionError::NotFound)?;
    Ok((row, edition))
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The questionnaire.
    pub survey: ObjectId,
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

/// Takes an answer from anybody who has the link.
///
/// # Errors
/// `Refused` after the last day; `Invalid` for what is too long or no count, and for a change that is asked for without a problem;
/// `NotFound`.
pub fn answer(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Answer,
) -> Result<ObjectId, ActionError> {
    let (survey, edition) = of_link(tx.conn(), command.survey)?;
    if survey.closes_on < tx.today() {
        return Err(Refusal::new(RefusalCode::LinkEnded).into());
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
}

/// Sums answers up.
pub fn sum(answers: &[SurveyAnswerRow]) -> Sum {
    use quanheng_domain::Keyed;
    fn count<K: Keyed + PartialEq>(
        all: &[SurveyAnswerRow],
        of: fn(&SurveyAnswerRow) -> K,
    ) -> Vec<(K, usize)> {
        let one = |value: &K| (*value, all.iter().filter(|row| of(row) == *value).count());
        K::ALL.iter().map(one).filter(|(_, n)| *n > 0).collect()
    }
    Sum {
        groups: count(answers, |row| row.who),
        degrees: count(answers, |row| row.degree),
        suggestions: count(answers, |row| row.suggestion),
        volume: answers.iter().map(|row| i64::from(row.volume)).sum(),
    }
}
