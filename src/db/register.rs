//! Authorities, organisations, people, committees and seats.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    committee::{CommitteeKind, CommitteeState},
    ids::{AuthorityId, CommitteeId, ObjectId, OrganisationId, PersonId, SeatId},
    people::{Interest, Role},
    specification::Level,
};

use crate::{bind, conn::AnyConn, row,
    schema::{authorities, committee_names, committees, organisations, people, seats},
};

row! {
    /// A row of `authorities`.
    pub struct AuthorityRow in authorities {
        key {
            /// Identity.
            id: AuthorityId,
        }
        /// `code`
        code: String,
        /// `level`
        level: Level,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `mark`
        mark: Option<String>,
        /// `profile`
        profile: String,
        /// `zone`
        zone: String,
    }
}

row! {
    /// A row of `organisations`.
    pub struct OrganisationRow in organisations {
        key {
            /// Identity.
            id: OrganisationId,
        }
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `name_key`
        name_key: String,
        /// `interest`
        interest: Interest,
        /// `small_firm`
        small_firm: bool,
        /// `region`
        region: String,
    }
}

row! {
    /// A row of `people`.
    pub struct PersonRow in people {
        key {
            /// Identity.
            id: PersonId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `email`
        email: Option<String>,
        /// `email_key`
        email_key: Option<String>,
        /// `locale`
        locale: String,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `post`
        post: String,
        /// `title`
        title: String,
        /// `demo`
        demo: bool,
        /// `mail_failures`
        mail_failures: i32,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `committees`.
    pub struct CommitteeRow in committees {
        key {
            /// Identity.
            id: CommitteeId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// `code`
        code: Option<String>,
        /// `name_key`
        name_key: String,
        /// `name_zh`
        name_zh: String,
        /// `name_en`
        name_en: String,
        /// `kind`
        kind: CommitteeKind,
        /// `parent_id`
        parent_id: Option<CommitteeId>,
        /// `authority_id`
        authority_id: AuthorityId,
        /// `scope_zh`
        scope_zh: String,
        /// `host_id`
        host_id: Option<OrganisationId>,
        /// `established_year`
        established_year: Option<i32>,
        /// `term_no`
        term_no: Option<i32>,
        /// `term_start`
        term_start: Option<NaiveDate>,
        /// `term_end`
        term_end: Option<NaiveDate>,
        /// `state`
        state: CommitteeState,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `committee_names`.
    pub struct CommitteeNameRow in committee_names {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// `committee_id`
        committee_id: CommitteeId,
        /// `name_zh`
        name_zh: String,
        /// `since`
        since: Option<NaiveDate>,
        /// `until`
        until: Option<NaiveDate>,
    }
}

row! {
    /// A row of `seats`.
    pub struct SeatRow in seats {
        key {
            /// Identity.
            id: SeatId,
        }
        /// `committee_id`
        committee_id: CommitteeId,
        /// `person_id`
        person_id: PersonId,
        /// `role`
        role: Role,
        /// `organisation_id`
        organisation_id: Option<OrganisationId>,
        /// `since`
        since: NaiveDate,
        /// `until`
        until: Option<NaiveDate>,
        /// `suspended`
        suspended: bool,
        /// `reason`
        reason: String,
        /// `rank`
        rank: i32,
    }
}
