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
    schema::{survey_answers, surveys},
};

row! {
    /// A row of `surveys`.
    pub struct SurveyRow in surveys {
        key {
            /// Identity; whoever has it may answer.
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
