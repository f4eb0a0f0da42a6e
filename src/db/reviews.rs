//! Principal reviewers (主审人): the register of qualifications, reviews and their findings (FM-14); and observers (旁听) of reviews.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::count_star, prelude::*};
use quanheng_domain::{
    ids::{CommitteeId, DocumentId, ObjectId, PersonId, ProjectId},
    records::{Recommendation, Severity},
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{observers, principal_reviews, review_findings, reviewer_qualifications},
};

row! {
    /// A row of `reviewer_qualifications` (主审人资格).
    pub struct QualificationRow in reviewer_qualifications {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The committee that keeps it.
        committee_id: CommitteeId,
        /// Whose.
        person_id: PersonId,
        /// Number of the certificate.
        number: String,
        /// What it covers.
        scope: String,
        /// First day.
        valid_from: NaiveDate,
        /// Last day.
        valid_until: NaiveDate,
        /// Last day of an absence; the turn passes on meanwhile.
        absent_until: Option<NaiveDate>,
        /// When it was taken away.
        revoked_at: Option<DateTime<Utc>>,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `principal_reviews` (主审意见表).
    pub struct ReviewRow in principal_reviews {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The project.
        project_id: ProjectId,
        /// The reviewer.
        person_id: PersonId,
        /// The text reviewed, when the form was submitted.
        document_id: Option<DocumentId>,
        /// Number of the qualification; empty where none is kept.
        qualification: String,
        /// Its last day.
        valid_until: Option<NaiveDate>,
        /// Who assigned the review.
        assigned_by: PersonId,
        /// When.
        assigned_at: DateTime<Utc>,
        /// What was found about each point (`BTreeMap<ReviewPoint, String>`).
        checklist: Value,
        /// The opinion as a whole.
        opinion: String,
        /// The recommendation.
        recommendation: Option<Recommendation>,
        /// When the form was submitted.
        submitted_at: Option<DateTime<Utc>>,
        /// When the assignment was taken back.
        ended_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `review_findings`.
    pub struct FindingRow in review_findings {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The review.
        review_id: ObjectId,
        /// Number within the review, from 1.
        ordinal: i32,
        /// Clause; may be empty.
        clause: String,
        /// How grave it is.
        severity: Severity,
        /// What was found.
        body: String,
        /// What is proposed.
        proposal: String,
        /// What the drafter answers.
        answer: String,
        /// Who answered.
        answered_by: Option<PersonId>,
        /// When.
        answered_at: Option<DateTime<Utc>>,
        /// When the reviewer took the answer as settling it.
        settled_at: Option<DateTime<Utc>>,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `observers`: an application to listen to a review.
    pub struct ObserverRow in observers {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The project.
        project_id: ProjectId,
        /// Name.
        name: String,
        /// Unit; may be empty.
        unit: String,
        /// How to reach the applicant; never shown in public.
        contact: String,
        /// Why.
        reason: String,
        /// When.
        applied_at: DateTime<Utc>,
        /// Admitted or not, once decided.
        admitted: Option<bool>,
        /// Who decided.
        decided_by: Option<PersonId>,
        /// When.
        decided_at: Option<DateTime<Utc>>,
        /// Reason of the decision.
        decision: String,
        /// When secrecy was promised.
        promised_at: Option<DateTime<Utc>>,
        /// When the observer came.
        attended_at: Option<DateTime<Utc>>,
        /// What is on record about the observer.
        record: String,
        /// When the chair sent the observer out (edge case 63).
        removed_at: Option<DateTime<Utc>>,
    }
}

/// The qualifications a committee keeps, those that end first at the head.
pub fn qualifications_of(
    conn: &mut AnyConn,
    committee: CommitteeId,
) -> QueryResult<Vec<QualificationRow>> {
    reviewer_qualifications::table
        .filter(reviewer_qualifications::committee_id.eq(bind(committee)))
        .order((reviewer_qualifications::valid_until, reviewer_qualifications::id))
        .select(QualificationRow::as_select())
        .load(conn)
}

/// A qualification by identity.
pub fn qualification(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<QualificationRow>> {
    reviewer_qualifications::table
        .find(bind(id))
        .select(QualificationRow::as_select())
        .first(conn)
        .optional()
}

/// Enters a qualification.
pub fn add_qualification(conn: &mut AnyConn, row: &QualificationRow) -> QueryResult<()> {
    diesel::insert_into(reviewer_qualifications::table).values(row).execute(conn).map(drop)
}

/// Saves a qualification if nobody changed it since it was read; false when somebody did.
pub fn save_qualification(conn: &mut AnyConn, row: &mut QualificationRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        reviewer_qualifications::table
            .find(bind(row.id))
            .filter(reviewer_qualifications::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// The reviews of a project, the first first.
pub fn of_project(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ReviewRow>> {
    principal_reviews::table
        .filter(principal_reviews::project_id.eq(bind(project)))
        .order((principal_reviews::assigned_at, principal_reviews::id))
        .select(ReviewRow::as_select())
        .load(conn)
}

/// The reviews that were given to these people, the first first.
pub fn of_people(conn: &mut AnyConn, people: &[PersonId]) -> QueryResult<Vec<ReviewRow>> {
    principal_reviews::table
        .filter(principal_reviews::person_id.eq_any(people.iter().copied().map(bind)))
        .order((principal_reviews::assigned_at, principal_reviews::id))
        .select(ReviewRow::as_select())
        .load(conn)
}

/// A review by identity.
pub fn find(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<ReviewRow>> {
    principal_reviews::table.find(bind(id)).select(ReviewRow::as_select()).first(conn).optional()
}

/// Enters a review.
pub fn add(conn: &mut AnyConn, row: &ReviewRow) -> QueryResult<()> {
    diesel::insert_into(principal_reviews::table).values(row).execute(conn).map(drop)
}

/// Saves a review if nobody changed it since it was read; false when somebody did.
pub fn save(conn: &mut AnyConn, row: &mut ReviewRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        principal_reviews::table.find(bind(row.id)).filter(principal_reviews::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// The findings of a review, in their order.
pub fn findings_of(conn: &mut AnyConn, review: ObjectId) -> QueryResult<Vec<FindingRow>> {
    review_findings::table
        .filter(review_findings::review_id.eq(bind(review)))
        .order(review_findings::ordinal)
        .select(FindingRow::as_select())
        .load(conn)
}

/// A finding by identity.
pub fn finding(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<FindingRow>> {
    review_findings::table.find(bind(id)).select(FindingRow::as_select()).first(conn).optional()
}

/// Enters a finding.
pub fn add_finding(conn: &mut AnyConn, row: &FindingRow) -> QueryResult<()> {
    diesel::insert_into(review_findings::table).values(row).execute(conn).map(drop)
}

/// Saves a finding if nobody changed it since it was read; false when somebody did.
pub fn save_finding(conn: &mut AnyConn, row: &mut FindingRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        review_findings::table.find(bind(row.id)).filter(review_findings::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// How many fatal findings of a project are not settled; those of assignments taken back do not count.
pub fn open_fatal_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<usize> {
    let running = principal_reviews::table
        .filter(principal_reviews::project_id.eq(bind(project)))
        .filter(principal_reviews::ended_at.is_null())
        .select(principal_reviews::id);
    let open: i64 = review_findings::table
        .filter(review_findings::review_id.eq_any(running))
        .filter(review_findings::severity.eq(bind(Severity::Fatal)))
        .filter(review_findings::settled_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(open).unwrap_or(0))
}

/// The applications to listen to the review of a project, the first first.
pub fn observers_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<Vec<ObserverRow>> {
    observers::table
        .filter(observers::project_id.eq(bind(project)))
        .order((observers::applied_at, observers::id))
        .select(ObserverRow::as_select())
        .load(conn)
}

/// Of these projects, those with applications to listen that nobody has decided, with how many.
pub fn applications_of(
    conn: &mut AnyConn,
    all: &[ProjectId],
) -> QueryResult<Vec<(ProjectId, i64)>> {
    observers::table
        .filter(observers::project_id.eq_any(all.iter().copied().map(bind)))
        .filter(observers::admitted.is_null())
        .group_by(observers::project_id)
        .select((observers::project_id, count_star()))
        .load(conn)
}

/// An application by identity.
pub fn observer(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<ObserverRow>> {
    observers::table.find(bind(id)).select(ObserverRow::as_select()).first(conn).optional()
}

/// Enters an application.
pub fn add_observer(conn: &mut AnyConn, row: &ObserverRow) -> QueryResult<()> {
    diesel::insert_into(observers::table).values(row).execute(conn).map(drop)
}

/// Saves an application if nobody changed it since it was read; false when somebody did.
pub fn save_observer(conn: &mut AnyConn, row: &mut ObserverRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed =
        diesel::update(observers::table.find(bind(row.id)).filter(observers::version.eq(read)))
            .set(&*row)
            .execute(conn)?;
    Ok(changed == 1)
}
