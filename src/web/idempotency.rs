//! Repeats that do nothing twice: every form carries a random key, the API may send one, and the first answer is given again.
//!
//! The answer is stored in the transaction of the change itself, so a key is used exactly when the change happened.

use quanheng_actions::ActionError;
use quanheng_db::DbError;
use quanheng_db::accounts::{self, IdempotencyRow};
use rocket::request::{FromRequest, Outcome, Request};
use sha2::{Digest, Sha256};

use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::viewer::Viewer;

/// The key of a request under which its first answer is kept; without a key every request counts.
#[derive(Debug, Clone, Default)]
pub struct Once {
    actor: String,
    route: String,
    key: Option<String>,
}

impl Once {
    /// The key that came with the request, as the gate saw it.
    pub fn of(request: &Request<'_>) -> Self {
        let viewer = Viewer::of(request);
        let route = format!("{} {}", request.method(), request.uri().path());
        let key = viewer.once().map(|key| hash(&[key.as_bytes(), route.as_bytes()]));
        Self { actor: viewer.actor_key(), route, key }
    }

    /// The same key for this body alone: who goes back and types something else means something else.
    #[must_use]
    pub fn over(mut self, body: &[u8]) -> Self {
        self.key = self.key.map(|key| hash(&[key.as_bytes(), body]));
        self
    }
}

fn hash(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part);
    }
    hex::encode(sha.finalize())
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Once {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self::of(request))
    }
}

impl App {
    /// Runs an action in one transaction unless this key was answered before; then the first answer is given again.
    pub async fn once<F>(&self, once: &Once, mut job: F) -> Result<Answer, WebError>
    where
        F: FnMut(&mut quanheng_actions::Tx<'_, '_>) -> Result<Answer, ActionError> + Send + 'static,
    {
        let held = once.clone();
        let done = self
            .write(move |tx| {
                let Some(key) = held.key.as_deref() else { return job(tx) };
                if let Some(row) = accounts::answered(tx.conn(), &held.actor, key)? {
                    return Answer::read(&row);
                }
                let answer = job(tx)?;
                let row = IdempotencyRow {
                    actor: held.actor.clone(),
                    key: key.to_owned(),
                    route: held.route.clone(),
                    status: i32::from(answer.status()),
                    response: answer.to_text()?,
                    created_at: tx.now(),
                };
                accounts::keep_answer(tx.conn(), &row)?;
                Ok(answer)
            })
            .await;
        match done {
            // Two of the same came together: the one that lost gives the answer of the one that won.
            Err(ActionError::Db(DbError::Unique { table, column })) if is_key(&table, &column) => {
                self.answer_of_the_first(once).await
            }
            done => Ok(done?),
        }
    }

    async fn answer_of_the_first(&self, once: &Once) -> Result<Answer, WebError> {
        let (actor, key) = (once.actor.clone(), once.key.clone().unwrap_or_default());
        let row = self.read(move |conn| Ok(accounts::answered(conn, &actor, &key)?)).await?;
        Ok(Answer::read(&row.ok_or_else(WebError::busy)?)?)
    }
}

fn is_key(table: &str, column: &str) -> bool {
    table == "idempotency_keys" || column.contains("idempotency_keys")
}
