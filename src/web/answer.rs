//! The answer to a change: where to go and what to say, or a JSON body. It can be stored and given again.

use quanheng_actions::ActionError;
use quanheng_db::DbError;
use quanheng_db::accounts::IdempotencyRow;
use rocket::http::{ContentType, Cookie, Header, SameSite, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::views::{Flash, Text, Tone};

/// Cookie that carries what is to be said on the next page; encrypted and signed.
pub const FLASH_COOKIE: &str = "flash";

/// The answer to a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    status: u16,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    said: Option<(String, Value)>,
    #[serde(default)]
    body: Option<Value>,
}

impl Answer {
    /// Go and look there (303); the path comes from `uri!`.
    pub fn see(path: impl std::fmt::Display) -> Self {
        Self {
            status: Status::SeeOther.code,
            location: Some(path.to_string()),
            said: None,
            body: None,
        }
    }

    /// The same answer with something to say on the next page.
    #[must_use]
    pub fn saying(mut self, tone: Tone, text: &Text) -> Self {
        let tone = match serde_json::to_value(tone) {
            Ok(Value::String(tone)) => tone,
            _ => "info".to_owned(),
        };
        self.said = serde_json::to_value(text).ok().map(|text| (tone, text));
        self
    }

    /// A JSON body.
    pub fn json(status: Status, body: &impl Serialize) -> Result<Self, ActionError> {
        let body = serde_json::to_value(body).map_err(|error| unreadable(&error.to_string()))?;
        Ok(Self { status: status.code, location: None, said: None, body: Some(body) })
    }

    /// The same answer with the address of what was made.
    #[must_use]
    pub fn at(mut self, path: impl std::fmt::Display) -> Self {
        self.location = Some(path.to_string());
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn to_text(&self) -> Result<String, ActionError> {
        serde_json::to_string(self).map_err(|error| unreadable(&error.to_string()))
    }

    pub(crate) fn read(row: &IdempotencyRow) -> Result<Self, ActionError> {
        serde_json::from_str(&row.response).map_err(|error| unreadable(&error.to_string()))
    }
}

fn unreadable(found: &str) -> ActionError {
    let (table, column) = ("idempotency_keys".to_owned(), "response".to_owned());
    ActionError::Db(DbError::Inconsistent {
        table,
        column,
        row: String::new(),
        found: found.to_owned(),
    })
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(said) = &self.said
            && let Ok(text) = serde_json::to_string(said)
        {
            // A cookie is small; a long list is better told by the page itself.
            if text.len() < 2_000 {
                request.cookies().add_private(
                    Cookie::build((FLASH_COOKIE, text))
                        .path("/")
                        .http_only(true)
                        .same_site(SameSite::Lax),
                );
            }
        }
        let mut answer = Response::build();
        answer.status(Status::new(self.status)).header(Header::new("Cache-Control", "no-store"));
        if let Some(location) = self.location {
            answer.header(Header::new("Location", location));
        }
        if let Some(body) = self.body {
            let body = body.to_string();
            answer.header(ContentType::JSON).sized_body(body.len(), std::io::Cursor::new(body));
        }
        answer.ok()
    }
}

/// Takes what was to be said from the cookie, once.
pub(crate) fn take_flash(request: &Request<'_>) -> Vec<Flash> {
    let Some(cookie) = request.cookies().get_private(FLASH_COOKIE) else { return Vec::new() };
    request.cookies().remove_private(Cookie::build(FLASH_COOKIE).path("/"));
    let Ok((tone, text)) = serde_json::from_str::<(String, Value)>(cookie.value()) else {
        return Vec::new();
    };
    let tone = match tone.as_str() {
        "good" => Tone::Good,
        "warn" => Tone::Warn,
        "bad" => Tone::Bad,
        _ => Tone::Info,
    };
    Text::from_value(&text).map(|text| Flash { tone, text }).into_iter().collect()
}
