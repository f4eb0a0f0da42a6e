//! Accounts, sessions, one-time links, tokens, idempotency keys, budgets and settings.

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_domain::{
    ids::{AuthorityId, ObjectId, PersonId, SessionId, TokenId},
    records::LinkPurpose,
};

use crate::{
    row,
    schema::{
        accounts, api_tokens, budgets, idempotency_keys, officers, one_time_links, sessions,
        settings,
    },
};

row! {
    /// A row of `accounts`.
    pub struct AccountRow in accounts {
        key {
            /// `person_id`
            person_id: PersonId,
        }
        /// `password_hash`
        password_hash: Option<String>,
        /// `administrator`
        administrator: bool,
        /// `disabled`
        disabled: bool,
        /// `failures`
        failures: i32,
        /// `locked_until`
        locked_until: Option<DateTime<Utc>>,
        /// `password_changed_at`
        password_changed_at: Option<DateTime<Utc>>,
        /// `optional_mail`
        optional_mail: bool,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `officers`.
    pub struct OfficerRow in officers {
        key {
            /// `person_id`
            person_id: PersonId,
            /// `authority_id`
            authority_id: AuthorityId,
        }
        /// `since`
        since: NaiveDate,
        /// `until`
        until: Option<NaiveDate>,
    }
}

row! {
    /// A row of `sessions`.
    pub struct SessionRow in sessions {
        key {
            /// Identity.
            id: SessionId,
        }
        /// `secret_hash`
        secret_hash: String,
        /// `person_id`
        person_id: PersonId,
        /// When it was entered.
        created_at: DateTime<Utc>,
        /// `seen_at`
        seen_at: DateTime<Utc>,
        /// `ends_at`
        ends_at: DateTime<Utc>,
        /// `agent`
        agent: String,
    }
}

row! {
    /// A row of `one_time_links`.
    pub struct LinkRow in one_time_links {
        key {
            /// `token_hash`
            token_hash: String,
        }
        /// `purpose`
        purpose: LinkPurpose,
        /// `person_id`
        person_id: Option<PersonId>,
        /// `object_id`
        object_id: Option<ObjectId>,
        /// When it was entered.
        created_at: DateTime<Utc>,
        /// `ends_at`
        ends_at: DateTime<Utc>,
        /// `used_at`
        used_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `api_tokens`.
    pub struct TokenRow in api_tokens {
        key {
            /// Identity.
            id: TokenId,
        }
        /// `person_id`
        person_id: PersonId,
        /// `name`
        name: String,
        /// `token_hash`
        token_hash: String,
        /// When it was entered.
        created_at: DateTime<Utc>,
        /// `used_at`
        used_at: Option<DateTime<Utc>>,
        /// `revoked_at`
        revoked_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `idempotency_keys`.
    pub struct IdempotencyRow in idempotency_keys {
        key {
            /// `actor`
            actor: String,
            /// `key`
            key: String,
        }
        /// `route`
        route: String,
        /// `status`
        status: i32,
        /// `response`
        response: String,
        /// When it was entered.
        created_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `budgets`.
    pub struct BudgetRow in budgets {
        key {
            /// `bucket`
            bucket: String,
            /// `period`
            period: i64,
        }
        /// `used`
        used: i32,
    }
}

row! {
    /// A row of `settings`.
    pub struct SettingRow in settings {
        key {
            /// `key`
            key: String,
        }
        /// `value`
        value: String,
        /// `changed_at`
        changed_at: DateTime<Utc>,
    }
}
