//! Published editions, what they replace, announcements, and what happens to them in force.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{
        AnnouncementId, AuthorityId, CommitteeId, FeedbackId, ObjectId, PersonId, ProjectId,
        SpecificationId,
    },
    lifecycle::Adoption,
    records::{AnnouncementAct, EvaluationSuggestion, FeedbackOutcome},
    specification::{Category, Level},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{
        announcement_items, announcements, evaluations, feedback, replacements, specifications,
        trainings,
    },
};

row! {
    /// A row of `specifications`.
    pub struct SpecificationRow in specifications {
        key {
            /// Identity.
            id: SpecificationId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `number`
        number: String,
        /// `number_key`
        number_key: String,
        /// `sort_key`
        sort_key: String,
        /// `series`
        series: String,
        /// `mark`
        mark: String,
        /// `sequence`
        sequence: i32,
        /// `year`
        year: i32,
        /// `category`
        category: Category,
        /// `level`
        level: Level,
        /// `title_zh`
        title_zh: String,
        /// `title_en`
        title_en: String,
        /// `title_basis`
        title_basis: String,
        /// `issued_on`
        issued_on: String,
        /// `effective_on`
        effective_on: String,
        /// `abolished_on`
        abolished_on: String,
        /// `reported_status`
        reported_status: String,
        /// `reported_basis`
        reported_basis: String,
        /// `adoption`
        adoption: Adoption,
        /// `adopted_source`
        adopted_source: String,
        /// `committee_id`
        committee_id: Option<CommitteeId>,
        /// `committee_printed`
        committee_printed: String,
        /// `authority_id`
        authority_id: AuthorityId,
        /// `drafting_units`
        drafting_units: String,
        /// `project_id`
        project_id: Option<ProjectId>,
        /// `announcement`
        announcement: String,
        /// `last_reexamined_on`
        last_reexamined_on: Option<NaiveDate>,
        /// Remark.
        note: String,
        /// `search_text`
        search_text: String,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `replacements`.
    pub struct ReplacementRow in replacements {
        key {
            /// `new_id`
            new_id: SpecificationId,
            /// `old_id`
            old_id: SpecificationId,
        }
        /// `whole`
        whole: bool,
        /// `detail`
        detail: String,
        /// `basis`
        basis: String,
    }
}

row! {
    /// A row of `announcements`.
    pub struct AnnouncementRow in announcements {
        key {
            /// Identity.
            id: AnnouncementId,
        }
        /// `number`
        number: String,
        /// `title`
        title: String,
        /// `kind`
        kind: String,
        /// `on_day`
        on_day: Option<NaiveDate>,
        /// `authority_id`
        authority_id: AuthorityId,
        /// `body`
        body: String,
        /// `complete`
        complete: bool,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `announcement_items`.
    pub struct AnnouncementItemRow in announcement_items {
        key {
            /// `announcement_id`
            announcement_id: AnnouncementId,
            /// `specification_id`
            specification_id: SpecificationId,
        }
        /// `act`
        act: AnnouncementAct,
        /// `effective_on`
        effective_on: String,
    }
}

row! {
    /// A row of `trainings`.
    pub struct TrainingRow in trainings {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `specification_id`
        specification_id: SpecificationId,
        /// `held_on`
        held_on: NaiveDate,
        /// `place`
        place: String,
        /// `people`
        people: i32,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `evaluations`.
    pub struct EvaluationRow in evaluations {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `specification_id`
        specification_id: SpecificationId,
        /// `done_on`
        done_on: NaiveDate,
        /// `method`
        method: String,
        /// `findings`
        findings: String,
        /// `suggestion`
        suggestion: EvaluationSuggestion,
    }
}

row! {
    /// A row of `feedback`.
    pub struct FeedbackRow in feedback {
        key {
            /// Identity.
            id: FeedbackId,
        }
        /// `specification_id`
        specification_id: SpecificationId,
        /// `name`
        name: String,
        /// `contact`
        contact: String,
        /// `clause`
        clause: String,
        /// `text`
        text: String,
        /// `at`
        at: DateTime<Utc>,
        /// `answer`
        answer: String,
        /// `answered_at`
        answered_at: Option<DateTime<Utc>>,
        /// `answered_by`
        answered_by: Option<PersonId>,
        /// `outcome`
        outcome: Option<FeedbackOutcome>,
    }
}

/// An edition by identity.
pub fn find(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Option<SpecificationRow>> {
    specifications::table
        .find(bind(id))
        .select(SpecificationRow::as_select())
        .first(conn)
        .optional()
}

/// An edition by the key of its number.
pub fn by_number(conn: &mut AnyConn, number_key: &str) -> QueryResult<Option<SpecificationRow>> {
    specifications::table
        .filter(specifications::number_key.eq(number_key))
        .select(SpecificationRow::as_select())
        .first(conn)
        .optional()
}

/// Editions by identity.
pub fn by_ids(conn: &mut AnyConn, ids: &[SpecificationId]) -> QueryResult<Vec<SpecificationRow>> {
    specifications::table
        .filter(specifications::id.eq_any(ids.iter().copied().map(bind)))
        .order(specifications::sort_key)
        .select(SpecificationRow::as_select())
        .load(conn)
}

/// Enters an edition.
pub fn insert(conn: &mut AnyConn, row: &SpecificationRow) -> QueryResult<()> {
    diesel::insert_into(specifications::table).values(row).execute(conn).map(drop)
}

/// Saves an edition if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut SpecificationRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        specifications::table.find(bind(row.id)).filter(specifications::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// Links in which any of these editions is the new or the old one.
pub fn links_of(conn: &mut AnyConn, ids: &[SpecificationId]) -> QueryResult<Vec<ReplacementRow>> {
    replacements::table
        .filter(
            replacements::new_id
                .eq_any(ids.iter().copied().map(bind))
                .or(replacements::old_id.eq_any(ids.iter().copied().map(bind))),
        )
        .order((replacements::new_id, replacements::old_id))
        .select(ReplacementRow::as_select())
        .load(conn)
}

/// Enters or replaces a link; says whether anything changed.
pub fn put_link(conn: &mut AnyConn, row: &ReplacementRow) -> QueryResult<bool> {
    let key = (bind(row.new_id), bind(row.old_id));
    let there: Option<ReplacementRow> =
        replacements::table.find(key).select(ReplacementRow::as_select()).first(conn).optional()?;
    match there {
        Some(old) if &old == row => Ok(false),
        Some(_) => {
            diesel::update(replacements::table.find(key)).set(row).execute(conn).map(|_| true)
        }
        None => diesel::insert_into(replacements::table).values(row).execute(conn).map(|_| true),
    }
}

/// An announcement by its number.
pub fn announcement_by_number(
    conn: &mut AnyConn,
    number: &str,
) -> QueryResult<Option<AnnouncementRow>> {
    announcements::table
        .filter(announcements::number.eq(number))
        .select(AnnouncementRow::as_select())
        .first(conn)
        .optional()
}

/// An announcement by identity.
pub fn announcement(
    conn: &mut AnyConn,
    id: AnnouncementId,
) -> QueryResult<Option<AnnouncementRow>> {
    announcements::table.find(bind(id)).select(AnnouncementRow::as_select()).first(conn).optional()
}

/// Enters an announcement.
pub fn insert_announcement(conn: &mut AnyConn, row: &AnnouncementRow) -> QueryResult<()> {
    diesel::insert_into(announcements::table).values(row).execute(conn).map(drop)
}

/// Enters a text of an announcement; false when it was there.
pub fn add_announcement_item(conn: &mut AnyConn, row: &AnnouncementItemRow) -> QueryResult<bool> {
    let key = (bind(row.announcement_id), bind(row.specification_id));
    let there: Option<AnnouncementItemRow> = announcement_items::table
        .find(key)
        .select(AnnouncementItemRow::as_select())
        .first(conn)
        .optional()?;
    if there.is_some() {
        return Ok(false);
    }
    diesel::insert_into(announcement_items::table).values(row).execute(conn).map(|_| true)
}

/// National editions of a category with this Chinese title.
pub fn national_with_title(
    conn: &mut AnyConn,
    category: Category,
    title_zh: &str,
) -> QueryResult<Vec<SpecificationRow>> {
    specifications::table
        .filter(specifications::level.eq(bind(Level::National)))
        .filter(specifications::category.eq(bind(category)))
        .filter(specifications::title_zh.eq(title_zh))
        .order(specifications::sort_key)
        .select(SpecificationRow::as_select())
        .load(conn)
}

/// Departmental and local editions of a category with this Chinese title.
pub fn local_with_title(
    conn: &mut AnyConn,
    category: Category,
    title_zh: &str,
) -> QueryResult<Vec<SpecificationRow>> {
    specifications::table
        .filter(specifications::level.ne(bind(Level::National)))
        .filter(specifications::category.eq(bind(category)))
        .filter(specifications::title_zh.eq(title_zh))
        .order(specifications::sort_key)
        .select(SpecificationRow::as_select())
        .load(conn)
}

/// Trainings held for an edition.
pub fn trainings_of(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<TrainingRow>> {
    trainings::table
        .filter(trainings::specification_id.eq(bind(id)))
        .order(trainings::held_on)
        .select(TrainingRow::as_select())
        .load(conn)
}

/// Enters a training.
pub fn add_training(conn: &mut AnyConn, row: &TrainingRow) -> QueryResult<()> {
    diesel::insert_into(trainings::table).values(row).execute(conn).map(drop)
}

/// Enters an effect evaluation.
pub fn add_evaluation(conn: &mut AnyConn, row: &EvaluationRow) -> QueryResult<()> {
    diesel::insert_into(evaluations::table).values(row).execute(conn).map(drop)
}

/// Effect evaluations of an edition.
pub fn evaluations_of(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<EvaluationRow>> {
    evaluations::table
        .filter(evaluations::specification_id.eq(bind(id)))
        .order(evaluations::done_on)
        .select(EvaluationRow::as_select())
        .load(conn)
}

/// Enters a feedback case.
pub fn add_feedback(conn: &mut AnyConn, row: &FeedbackRow) -> QueryResult<()> {
    diesel::insert_into(feedback::table).values(row).execute(conn).map(drop)
}

/// A feedback case by identity.
pub fn find_feedback(conn: &mut AnyConn, id: FeedbackId) -> QueryResult<Option<FeedbackRow>> {
    feedback::table.find(bind(id)).select(FeedbackRow::as_select()).first(conn).optional()
}

/// Saves a feedback case.
pub fn save_feedback(conn: &mut AnyConn, row: &FeedbackRow) -> QueryResult<()> {
    diesel::update(feedback::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Feedback cases of an edition.
pub fn feedback_of(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<FeedbackRow>> {
    feedback::table
        .filter(feedback::specification_id.eq(bind(id)))
        .order(feedback::at)
        .select(FeedbackRow::as_select())
        .load(conn)
}

/// What a list of editions is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct SpecificationFilter {
    /// Part of number or title, folded.
    pub text: Option<String>,
    /// Category.
    pub category: Option<Category>,
    /// Level.
    pub level: Option<Level>,
    /// Responsible committee.
    pub committee: Option<CommitteeId>,
    /// Year of the number.
    pub year: Option<i32>,
}

/// Editions of a filter by kind, level, sequence and year, with the total.
pub fn list(
    conn: &mut AnyConn,
    filter: &SpecificationFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(Vec<SpecificationRow>, i64)> {
    let total = narrowed(filter).count().get_result(conn)?;
    let rows = narrowed(filter)
        .order((specifications::sort_key, specifications::id))
        .limit(limit)
        .offset(offset)
        .select(SpecificationRow::as_select())
        .load(conn)?;
    Ok((rows, total))
}

fn narrowed(
    filter: &SpecificationFilter,
) -> specifications::BoxedQuery<'_, crate::conn::MultiBackend> {
    let mut query = specifications::table.into_boxed();
    if let Some(text) = &filter.text {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query = query.filter(specifications::search_text.like(format!("%{escaped}%")).escape('\\'));
    }
    if let Some(category) = filter.category {
        query = query.filter(specifications::category.eq(bind(category)));
    }
    if let Some(level) = filter.level {
        query = query.filter(specifications::level.eq(bind(level)));
    }
    if let Some(committee) = filter.committee {
        query = query.filter(specifications::committee_id.eq(bind(committee)));
    }
    if let Some(year) = filter.year {
        query = query.filter(specifications::year.eq(year));
    }
    query
}
