//! Citations between texts (引用关系) and the questions that go to those who cite when a text is to change (影响核查).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{CommitteeId, ObjectId, PersonId, SpecificationId},
    relation::{CitationState, ImpactAnswer},
};

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{citations, impact_tasks},
};

row! {
    /// A row of `citations`.
    pub struct CitationRow in citations {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The edition that cites.
        specification_id: SpecificationId,
        /// What is cited, in the plain form: `JJG 99-2022`, without year where none is written: `JJG 99`.
        cited: String,
        /// Name of the clause where it stands first; empty for one that a person entered.
        clause: String,
        /// As written.
        words: String,
        /// How sure it is.
        state: CitationState,
        /// When it was found or entered.
        entered_at: DateTime<Utc>,
        /// Who decided.
        decided_by: Option<PersonId>,
        /// When it was decided.
        decided_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `impact_tasks`.
    pub struct ImpactRow in impact_tasks {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The edition that is to change.
        changed_id: SpecificationId,
        /// The edition that cites it.
        dependent_id: SpecificationId,
        /// The committee that is asked.
        committee_id: Option<CommitteeId>,
        /// Where the citation stands.
        clause: String,
        /// Why it is asked.
        reason: String,
        /// When it was asked.
        opened_at: DateTime<Utc>,
        /// By whom.
        opened_by: Option<PersonId>,
        /// The answer; none while it waits.
        answer: Option<ImpactAnswer>,
        /// In the words of who answered.
        note: String,
        /// When it was answered.
        answered_at: Option<DateTime<Utc>>,
        /// By whom.
        answered_by: Option<PersonId>,
    }
}

/// What an edition cites, in order.
pub fn cited_by(conn: &mut AnyConn, id: SpecificationId) -> QueryResult<Vec<CitationRow>> {
    citations::table
        .filter(citations::specification_id.eq(bind(id)))
        .order((citations::cited, citations::id))
        .select(CitationRow::as_select())
        .load(conn)
}

/// Citations of any of these numbers.
pub fn citing(conn: &mut AnyConn, cited: &[String]) -> QueryResult<Vec<CitationRow>> {
    citations::table
        .filter(citations::cited.eq_any(cited))
        .filter(citations::state.ne(bind(CitationState::Dismissed)))
        .order((citations::specification_id, citations::cited))
        .select(CitationRow::as_select())
        .load(conn)
}

/// Citations of some editions.
pub fn of_editions(conn: &mut AnyConn, ids: &[SpecificationId]) -> QueryResult<Vec<CitationRow>> {
    citations::table
        .filter(citations::specification_id.eq_any(ids.iter().copied().map(bind)))
        .filter(citations::state.ne(bind(CitationState::Dismissed)))
        .order((citations::specification_id, citations::cited))
        .select(CitationRow::as_select())
        .load(conn)
}

/// A citation by identity.
pub fn citation(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<CitationRow>> {
    citations::table.find(bind(id)).select(CitationRow::as_select()).first(conn).optional()
}

/// Enters a citation.
pub fn add_citation(conn: &mut AnyConn, row: &CitationRow) -> QueryResult<()> {
    diesel::insert_into(citations::table).values(row).execute(conn).map(drop)
}

/// Saves a citation.
pub fn save_citation(conn: &mut AnyConn, row: &CitationRow) -> QueryResult<()> {
    diesel::update(citations::table.find(bind(row.id))).set(row).execute(conn).map(drop)
}

/// Takes a citation away that the text no longer has and nobody decided on.
pub fn forget_citation(conn: &mut AnyConn, id: ObjectId) -> QueryResult<()> {
    diesel::delete(citations::table.find(bind(id))).execute(conn).map(drop)
}

/// The questions about a text that is to change, the last first.
pub fn impact_of(conn: &mut AnyConn, changed: SpecificationId) -> QueryResult<Vec<ImpactRow>> {
    impact_tasks::table
        .filter(impact_tasks::changed_id.eq(bind(changed)))
        .order((impact_tasks::opened_at.desc(), impact_tasks::id))
        .select(ImpactRow::as_select())
        .load(conn)
}

/// The questions to the keepers of an edition, the last first.
pub fn asked_about(conn: &mut AnyConn, dependent: SpecificationId) -> QueryResult<Vec<ImpactRow>> {
    impact_tasks::table
        .filter(impact_tasks::dependent_id.eq(bind(dependent)))
        .order((impact_tasks::opened_at.desc(), impact_tasks::id))
        .select(ImpactRow::as_select())
        .load(conn)
}

/// What waits for the answer of some committees, the oldest first.
pub fn waiting_for(conn: &mut AnyConn, committees: &[CommitteeId]) -> QueryResult<Vec<ImpactRow>> {
    impact_tasks::table
        .filter(impact_tasks::committee_id.eq_any(committees.iter().copied().map(Some).map(bind)))
        .filter(impact_tasks::answered_at.is_null())
        .order((impact_tasks::opened_at, impact_tasks::id))
        .select(ImpactRow::as_select())
        .load(conn)
}

/// A question by identity.
pub fn impact(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<ImpactRow>> {
    impact_tasks::table.find(bind(id)).select(ImpactRow::as_select()).first(conn).optional()
}

/// Enters a question.
pub fn add_impact(conn: &mut AnyConn, row: &ImpactRow) -> QueryResult<()> {
    diesel::insert_into(impact_tasks::table).values(row).execute(conn).map(drop)
}

/// Saves an answer unless one was given before; false then.
pub fn answer_impact(conn: &mut AnyConn, row: &ImpactRow) -> QueryResult<bool> {
    let open = impact_tasks::table.find(bind(row.id)).filter(impact_tasks::answered_at.is_null());
    Ok(diesel::update(open).set(row).execute(conn)? == 1)
}
