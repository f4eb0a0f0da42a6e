//! Documents of projects and who downloaded them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    document::DocumentKind,
    ids::{DocumentId, ObjectId, PersonId, ProjectId},
    records::Visibility,
};

use crate::{bind, conn::AnyConn, row,
    schema::{documents, downloads},
};

row! {
    /// A row of `documents`.
    pub struct DocumentRow in documents {
        key {
            /// Identity.
            id: DocumentId,
        }
        /// `project_id`
        project_id: ProjectId,
        /// `ordinal`
        ordinal: i32,
        /// `kind`
        kind: DocumentKind,
        /// `revision`
        revision: i32,
        /// `title`
        title: String,
        /// `file_name`
        file_name: String,
        /// `media_type`
        media_type: String,
        /// `size`
        size: i64,
        /// `sha256`
        sha256: String,
        /// `visibility`
        visibility: Visibility,
        /// `uploaded_by`
        uploaded_by: Option<PersonId>,
        /// `uploaded_at`
        uploaded_at: DateTime<Utc>,
        /// `frozen_at`
        frozen_at: Option<DateTime<Utc>>,
        /// `withdrawn_at`
        withdrawn_at: Option<DateTime<Utc>>,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `downloads`.
    pub struct DownloadRow in downloads {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `document_id`
        document_id: DocumentId,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `at`
        at: DateTime<Utc>,
    }
}
