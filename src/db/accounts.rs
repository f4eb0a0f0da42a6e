//! Accounts, sessions, one-time links, tokens, idempotency keys, budgets and settings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{AuthorityId, ObjectId, PersonId, SessionId, TokenId},
    records::LinkPurpose,
};

use crate::{
    bind,
    conn::AnyConn,
    on_each,
    register::PersonRow,
    row,
    schema::{
        accounts, api_tokens, budgets, idempotency_keys, officers, one_time_links, people,
        sessions, settings,
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

/// What a session is judged by, read in one query.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The session.
    pub session: SessionRow,
    /// The person.
    pub person: PersonRow,
    /// The account.
    pub account: AccountRow,
}

/// The session of a secret with its person and account, whatever their state.
pub fn session_by_hash(conn: &mut AnyConn, secret_hash: &str) -> QueryResult<Option<Seen>> {
    sessions::table
        .inner_join(people::table.on(people::id.eq(sessions::person_id)))
        .inner_join(accounts::table.on(accounts::person_id.eq(sessions::person_id)))
        .filter(sessions::secret_hash.eq(secret_hash))
        .select((SessionRow::as_select(), PersonRow::as_select(), AccountRow::as_select()))
        .first(conn)
        .optional()
        .map(|found| found.map(|(session, person, account)| Seen { session, person, account }))
}

/// The sessions of a person, newest first.
pub fn sessions_of(conn: &mut AnyConn, person: PersonId) -> QueryResult<Vec<SessionRow>> {
    sessions::table
        .filter(sessions::person_id.eq(bind(person)))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .select(SessionRow::as_select())
        .load(conn)
}

/// Enters a session.
pub fn insert_session(conn: &mut AnyConn, row: &SessionRow) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(row).execute(conn).map(drop)
}

/// Notes that a session was used.
pub fn touch_session(conn: &mut AnyConn, id: SessionId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(sessions::table.find(bind(id)))
        .set(sessions::seen_at.eq(bind(at)))
        .execute(conn)
        .map(drop)
}

/// Ends one session of a person; false when it was not hers or is gone.
pub fn end_session(conn: &mut AnyConn, person: PersonId, id: SessionId) -> QueryResult<bool> {
    diesel::delete(sessions::table.find(bind(id)).filter(sessions::person_id.eq(bind(person))))
        .execute(conn)
        .map(|gone| gone == 1)
}

/// Ends all sessions of a person except one; says how many ended.
pub fn end_sessions(
    conn: &mut AnyConn,
    person: PersonId,
    except: Option<SessionId>,
) -> QueryResult<usize> {
    let of_person = sessions::table.filter(sessions::person_id.eq(bind(person)));
    match except {
        Some(kept) => diesel::delete(of_person.filter(sessions::id.ne(bind(kept)))).execute(conn),
        None => diesel::delete(of_person).execute(conn),
    }
}

/// Ends every session of everybody, after a restore.
pub fn end_all_sessions(conn: &mut AnyConn) -> QueryResult<usize> {
    diesel::delete(sessions::table).execute(conn)
}

/// Deletes sessions whose absolute end has passed.
pub fn sweep_sessions(conn: &mut AnyConn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::ends_at.le(bind(now)))).execute(conn)
}

/// The account of a person.
pub fn account(conn: &mut AnyConn, person: PersonId) -> QueryResult<Option<AccountRow>> {
    accounts::table.find(bind(person)).select(AccountRow::as_select()).first(conn).optional()
}

/// The accounts of these people.
pub fn accounts_by(conn: &mut AnyConn, ids: &[PersonId]) -> QueryResult<Vec<AccountRow>> {
    accounts::table
        .filter(accounts::person_id.eq_any(ids.iter().copied().map(bind)))
        .select(AccountRow::as_select())
        .load(conn)
}

/// Enters an account.
pub fn insert_account(conn: &mut AnyConn, row: &AccountRow) -> QueryResult<()> {
    diesel::insert_into(accounts::table).values(row).execute(conn).map(drop)
}

/// Saves an account.
pub fn save_account(conn: &mut AnyConn, row: &AccountRow) -> QueryResult<()> {
    diesel::update(accounts::table.find(bind(row.person_id))).set(row).execute(conn).map(drop)
}

/// How many administrators can sign in or be invited.
pub fn administrators(conn: &mut AnyConn) -> QueryResult<i64> {
    accounts::table
        .filter(accounts::administrator.eq(true))
        .filter(accounts::disabled.eq(false))
        .count()
        .get_result(conn)
}

/// The authorities a person serves as officer on a day.
pub fn authorities_of(
    conn: &mut AnyConn,
    person: PersonId,
    day: NaiveDate,
) -> QueryResult<Vec<AuthorityId>> {
    officers::table
        .filter(officers::person_id.eq(bind(person)))
        .filter(officers::since.le(day))
        .filter(officers::until.is_null().or(officers::until.gt(day)))
        .select(officers::authority_id)
        .load(conn)
}

/// All officers, past ones included.
pub fn officers(conn: &mut AnyConn) -> QueryResult<Vec<OfficerRow>> {
    officers::table
        .order((officers::authority_id, officers::since))
        .select(OfficerRow::as_select())
        .load(conn)
}

/// Makes a person an officer, or saves the dates of the office.
pub fn put_officer(conn: &mut AnyConn, row: &OfficerRow) -> QueryResult<()> {
    let key = (bind(row.person_id), bind(row.authority_id));
    let changed = diesel::update(officers::table.find(key)).set(row).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(officers::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// A one-time link by the hash of its token.
pub fn link(conn: &mut AnyConn, token_hash: &str) -> QueryResult<Option<LinkRow>> {
    one_time_links::table.find(token_hash).select(LinkRow::as_select()).first(conn).optional()
}

/// Enters a one-time link.
pub fn insert_link(conn: &mut AnyConn, row: &LinkRow) -> QueryResult<()> {
    diesel::insert_into(one_time_links::table).values(row).execute(conn).map(drop)
}

/// Uses up a link; false when it was used before, so that of two who open it together one wins.
pub fn use_link(conn: &mut AnyConn, token_hash: &str, at: DateTime<Utc>) -> QueryResult<bool> {
    diesel::update(one_time_links::table.find(token_hash).filter(one_time_links::used_at.is_null()))
        .set(one_time_links::used_at.eq(bind(Some(at))))
        .execute(conn)
        .map(|used| used == 1)
}

/// Deletes links that ended before that instant.
pub fn sweep_links(conn: &mut AnyConn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(one_time_links::table.filter(one_time_links::ends_at.le(bind(before))))
        .execute(conn)
}

/// Uses up every open link of a purpose, of one person or (for the set-up) of nobody.
pub fn use_links_of(
    conn: &mut AnyConn,
    purpose: LinkPurpose,
    person: Option<PersonId>,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    let open = one_time_links::table
        .filter(one_time_links::purpose.eq(bind(purpose)))
        .filter(one_time_links::used_at.is_null());
    let used = one_time_links::used_at.eq(bind(Some(at)));
    match person {
        Some(person) => {
            diesel::update(open.filter(one_time_links::person_id.eq(bind(Some(person)))))
                .set(used)
                .execute(conn)
        }
        None => {
            diesel::update(open.filter(one_time_links::person_id.is_null())).set(used).execute(conn)
        }
    }
}

/// The tokens of a person, newest first.
pub fn tokens_of(conn: &mut AnyConn, person: PersonId) -> QueryResult<Vec<TokenRow>> {
    api_tokens::table
        .filter(api_tokens::person_id.eq(bind(person)))
        .order(api_tokens::created_at.desc())
        .select(TokenRow::as_select())
        .load(conn)
}

/// A token that was not revoked, with its person and account.
pub fn token_by_hash(
    conn: &mut AnyConn,
    hash: &str,
) -> QueryResult<Option<(TokenRow, PersonRow, AccountRow)>> {
    api_tokens::table
        .inner_join(people::table.on(people::id.eq(api_tokens::person_id)))
        .inner_join(accounts::table.on(accounts::person_id.eq(api_tokens::person_id)))
        .filter(api_tokens::token_hash.eq(hash))
        .filter(api_tokens::revoked_at.is_null())
        .select((TokenRow::as_select(), PersonRow::as_select(), AccountRow::as_select()))
        .first(conn)
        .optional()
}

/// Enters a token.
pub fn insert_token(conn: &mut AnyConn, row: &TokenRow) -> QueryResult<()> {
    diesel::insert_into(api_tokens::table).values(row).execute(conn).map(drop)
}

/// Notes that a token was used.
pub fn touch_token(conn: &mut AnyConn, id: TokenId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(api_tokens::table.find(bind(id)))
        .set(api_tokens::used_at.eq(bind(Some(at))))
        .execute(conn)
        .map(drop)
}

/// Revokes a token of a person; false when it is not hers or was revoked before.
pub fn revoke_token(
    conn: &mut AnyConn,
    person: PersonId,
    id: TokenId,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(
        api_tokens::table
            .find(bind(id))
            .filter(api_tokens::person_id.eq(bind(person)))
            .filter(api_tokens::revoked_at.is_null()),
    )
    .set(api_tokens::revoked_at.eq(bind(Some(at))))
    .execute(conn)
    .map(|revoked| revoked == 1)
}

/// The first answer to a key of an actor.
pub fn answered(conn: &mut AnyConn, actor: &str, key: &str) -> QueryResult<Option<IdempotencyRow>> {
    idempotency_keys::table
        .find((actor, key))
        .select(IdempotencyRow::as_select())
        .first(conn)
        .optional()
}

/// Keeps the first answer to a key.
pub fn keep_answer(conn: &mut AnyConn, row: &IdempotencyRow) -> QueryResult<()> {
    diesel::insert_into(idempotency_keys::table).values(row).execute(conn).map(drop)
}

/// Deletes answers that were kept before an instant.
pub fn sweep_answers(conn: &mut AnyConn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(bind(before))))
        .execute(conn)
}

/// Adds to what a bucket has used in a period and tells the sum.
pub fn spend(conn: &mut AnyConn, bucket: &str, period: i64, amount: i32) -> QueryResult<i32> {
    let row = BudgetRow { bucket: bucket.to_owned(), period, used: amount };
    on_each!(conn, c => diesel::insert_into(budgets::table)
        .values(&row)
        .on_conflict((budgets::bucket, budgets::period))
        .do_update()
        .set(budgets::used.eq(budgets::used + amount))
        .execute(c))?;
    budgets::table.find((bucket, period)).select(budgets::used).first(conn)
}

/// What a bucket has used in a period.
pub fn spent(conn: &mut AnyConn, bucket: &str, period: i64) -> QueryResult<i32> {
    Ok(budgets::table
        .find((bucket, period))
        .select(budgets::used)
        .first(conn)
        .optional()?
        .unwrap_or(0))
}

/// Deletes the counts of periods that began before an instant, in seconds since 1970.
pub fn sweep_budgets(conn: &mut AnyConn, before: i64) -> QueryResult<usize> {
    diesel::delete(budgets::table.filter(budgets::period.lt(before))).execute(conn)
}

/// A value kept by the program itself.
pub fn setting(conn: &mut AnyConn, key: &str) -> QueryResult<Option<String>> {
    settings::table.find(key).select(settings::value).first(conn).optional()
}

/// Keeps a value of the program.
pub fn put_setting(
    conn: &mut AnyConn,
    key: &str,
    value: &str,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let row = SettingRow { key: key.to_owned(), value: value.to_owned(), changed_at: at };
    let changed = diesel::update(settings::table.find(key)).set(&row).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(settings::table).values(&row).execute(conn)?;
    }
    Ok(())
}
