//! Annual reports and the protocol of imports.

use chrono::{DateTime, Utc};
use quanheng_domain::{
    ids::{CommitteeId, ObjectId, PersonId, ReportId},
    records::ReportState,
};
use serde_json::Value;

use crate::{
    row,
    schema::{annual_reports, imports},
};

row! {
    /// A row of `annual_reports`.
    pub struct ReportRow in annual_reports {
        key {
            /// Identity.
            id: ReportId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `committee_id`
        committee_id: CommitteeId,
        /// `year`
        year: i32,
        /// `state`
        state: ReportState,
        /// `figures`
        figures: Value,
        /// `narratives`
        narratives: Value,
        /// `corrections`
        corrections: Value,
        /// `written_by`
        written_by: Option<PersonId>,
        /// `signed_by`
        signed_by: Option<PersonId>,
        /// `signed_at`
        signed_at: Option<DateTime<Utc>>,
        /// `submitted_at`
        submitted_at: Option<DateTime<Utc>>,
        /// `decided_by`
        decided_by: Option<PersonId>,
        /// `decided_at`
        decided_at: Option<DateTime<Utc>>,
        /// `decision_note`
        decision_note: String,
        /// `updated_at`
        updated_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `imports`.
    pub struct ImportRow in imports {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `kind`
        kind: String,
        /// `file_name`
        file_name: String,
        /// `sha256`
        sha256: String,
        /// `at`
        at: DateTime<Utc>,
        /// `imported_by`
        imported_by: String,
        /// `created`
        created: i32,
        /// `changed`
        changed: i32,
        /// `unchanged`
        unchanged: i32,
        /// `bad`
        bad: i32,
        /// `report`
        report: Value,
    }
}
