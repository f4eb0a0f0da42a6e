//! Questionnaires about a text in force (实施效果调查), and what was answered.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{ObjectId, PersonId, SpecificationId},
    records::EvaluationSuggestion,
    survey::{SurveyGroup, UseDegree},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{evaluation_surveys, survey_answers, survey_invites, surveys},
};

row! {
    /// A row of `surveys`.
    pub struct SurveyRow in surveys {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The edition.
        specification_id: SpecificationId,
        /// What is asked besides the usual questions.
        question: String,
        /// Last day.
        closes_on: NaiveDate,
        /// When it was opened.
        opened_at: DateTime<Utc>,
        /// By whom.
        opened_by: Option<PersonId>,
        /// Whether everybody may answer who has the address of the page (公开调查), not only those who were asked.
        open_link: bool,
    }
}

row! {
    /// A row of `survey_invites`: somebody who was asked, with a link of his own among the one-time links.
    pub struct SurveyInviteRow in survey_invites {
        key {
            /// Identity; the object of the links.
            id: ObjectId,
        }
        /// The questionnaire.
        survey_id: ObjectId,
        /// Unit or person; may be empty.
        name: String,
        /// Mail address, in lower case.
        address: String,
        /// `zh-CN` or `en`.
        locale: String,
        /// When asked.
        invited_at: DateTime<Utc>,
        /// When last reminded.
        reminded_at: Option<DateTime<Utc>>,
        /// The answer; none while silent.
        answer_id: Option<ObjectId>,
    }
}

row! {
    /// A row of `evaluation_surveys`: the questionnaire on which an evaluation of effect rests.
    pub struct EvaluationSurveyRow in evaluation_surveys {
        key {
            /// The evaluation.
            evaluation_id: ObjectId,
        }
        /// The questionnaire.
        survey_id: ObjectId,
    }
}

row! {
    /// A row of `survey_answers`.
    pub struct SurveyAnswerRow in survey_answers {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The questionnaire.
        survey_id: ObjectId,
        /// When.
        at: DateTime<Utc>,
        /// Who answers.
        who: SurveyGroup,
        /// The unit, where it is told.
        unit: String,
        /// How much the text is used.
        degree: UseDegree,
        /// Verifications or calibrations a year by this text (年检定、校准量).
        volume: i32,
        /// Problems, clause by clause.
        problems: String,
        /// Benefit for economy and society.
        benefit: String,
        /// The answer to the question of this questionnaire.
        answer: String,
        /// What should follow.
        suggestion: EvaluationSuggestion,
    }
}

/// The questionnaires of an edition, the newest first.
pub fn of_edition(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<SurveyRow>> {
    surveys::table
        .filter(surveys::specification_id.eq(bind(id)))
        .order((surveys::opened_at.desc(), surveys::id))
        .select(SurveyRow::as_select())
        .load(conn)
}

/// A questionnaire by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<SurveyRow>> {
    surveys::table.find(bind(id)).select(SurveyRow::as_select()).first(conn).optional()
}

/// Enters a questionnaire.
pub fn add(conn: &mut AnyConn, row: &SurveyRow) -> QueryResult<()> {
    diesel::insert_into(surveys::table).values(row).execute(conn).map(drop)
}

/// The answers of some questionnaires, the oldest first.
pub fn answers_of(conn: &mut AnyConn, ids: &[ObjectId]) -> QueryResult<Vec<SurveyAnswerRow>> {
    survey_answers::table
        .filter(survey_answers::survey_id.eq_any(ids.iter().copied().map(bind)))
        .order((survey_answers::at, survey_answers::id))
        .select(SurveyAnswerRow::as_select())
        .load(conn)
}

/// Enters an answer.
pub fn add_answer(conn: &mut AnyConn, row: &SurveyAnswerRow) -> QueryResult<()> {
    diesel::insert_into(survey_answers::table).values(row).execute(conn).map(drop)
}

/// Those who were asked in some questionnaires, in the order of asking.
pub fn invites_of(conn: &mut AnyConn, ids: &[ObjectId]) -> QueryResult<Vec<SurveyInviteRow>> {
    survey_invites::table
        .filter(survey_invites::survey_id.eq_any(ids.iter().copied().map(bind)))
        .order((survey_invites::invited_at, survey_invites::id))
        .select(SurveyInviteRow::as_select())
        .load(conn)
}

/// Somebody who was asked, by identity.
pub fn invite(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<SurveyInviteRow>> {
    survey_invites::table.find(bind(id)).select(SurveyInviteRow::as_select()).first(conn).optional()
}

/// Enters somebody who is asked.
pub fn add_invite(conn: &mut AnyConn, row: &SurveyInviteRow) -> QueryResult<()> {
    diesel::insert_into(survey_invites::table).values(row).execute(conn).map(drop)
}

/// Keeps when somebody was reminded.
pub fn note_reminder(conn: &mut AnyConn, id: ObjectId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(survey_invites::table.find(bind(id)))
        .set(survey_invites::reminded_at.eq(bind(Some(at))))
        .execute(conn)
        .map(drop)
}

/// Keeps the answer of somebody who was asked; false when there is one already.
pub fn note_answer(conn: &mut AnyConn, id: ObjectId, answer: ObjectId) -> QueryResult<bool> {
    let silent = survey_invites::table.find(bind(id)).filter(survey_invites::answer_id.is_null());
    diesel::update(silent)
        .set(survey_invites::answer_id.eq(bind(Some(answer))))
        .execute(conn)
        .map(|changed| changed == 1)
}

/// Rests an evaluation on a questionnaire.
pub fn rest_on(conn: &mut AnyConn, row: &EvaluationSurveyRow) -> QueryResult<()> {
    diesel::insert_into(evaluation_surveys::table).values(row).execute(conn).map(drop)
}

/// The questionnaires on which some evaluations rest.
pub fn rested_on(conn: &mut AnyConn, ids: &[ObjectId]) -> QueryResult<Vec<EvaluationSurveyRow>> {
    evaluation_surveys::table
        .filter(evaluation_surveys::evaluation_id.eq_any(ids.iter().copied().map(bind)))
        .select(EvaluationSurveyRow::as_select())
        .load(conn)
}
