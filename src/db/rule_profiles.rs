//! Dated versions of rule profiles and the holiday calendar.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::ids::{AuthorityId, CommitteeId, PersonId, ProfileId};

use crate::{bind, conn::AnyConn, row,
    schema::{holidays, rule_profiles, rule_values},
};

row! {
    /// A row of `rule_profiles`.
    pub struct ProfileRow in rule_profiles {
        key {
            /// Identity.
            id: ProfileId,
        }
        /// `name`
        name: String,
        /// `title_zh`
        title_zh: String,
        /// `title_en`
        title_en: String,
        /// `authority_id`
        authority_id: Option<AuthorityId>,
        /// `committee_id`
        committee_id: Option<CommitteeId>,
        /// `valid_from`
        valid_from: NaiveDate,
        /// `published_at`
        published_at: DateTime<Utc>,
        /// `published_by`
        published_by: Option<PersonId>,
        /// `reason`
        reason: String,
    }
}

row! {
    /// A row of `rule_values`.
    pub struct RuleValueRow in rule_values {
        key {
            /// `profile_id`
            profile_id: ProfileId,
            /// `key`
            key: String,
        }
        /// `value`
        value: String,
        /// `unit`
        unit: String,
        /// `article`
        article: String,
        /// `source`
        source: String,
        /// `mark`
        mark: String,
        /// `confirmed`
        confirmed: bool,
        /// Remark.
        note: String,
    }
}

row! {
    /// A row of `holidays`.
    pub struct HolidayRow in holidays {
        key {
            /// `day`
            day: NaiveDate,
        }
        /// `kind`
        kind: String,
        /// `name`
        name: String,
        /// `basis`
        basis: String,
    }
}
