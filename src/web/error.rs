//! What went wrong, as a page for people and a problem document for programs.

use quanheng_actions::ActionError;
use quanheng_db::DbError;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::refusal::{Refusal, RefusalCode};
use quanheng_store::StoreError;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use crate::app::App;
use crate::fairings::RequestId;
use crate::frame;
use crate::page::Page;
use crate::problem::{Problem, ProblemRule};
use crate::typed::Kept;
use crate::views::{RuleCite, Text};
use crate::voice;

/// Why a request was not answered as asked.
#[derive(Debug, Clone)]
pub struct WebError {
    /// The HTTP status.
    pub status: Status,
    /// Stable key, the end of the problem's `type`.
    pub kind: String,
    /// What happened, instead of the general words of the status.
    pub detail: Option<Text>,
    /// The refusal behind it.
    pub refusal: Option<Box<Refusal>>,
    /// Faults at fields.
    pub fields: Vec<FieldFault>,
    /// Seconds to wait.
    pub retry_after: Option<i64>,
}

impl WebError {
    /// An error with the general words of its status.
    pub fn new(status: Status, kind: &str) -> Self {
        Self {
            status,
            kind: kind.to_owned(),
            detail: None,
            refusal: None,
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// The same error with its own words.
    #[must_use]
    pub fn saying(mut self, detail: Text) -> Self {
        self.detail = Some(detail);
        self
    }

    /// There is no such thing, or none that the reader may know of.
    pub fn not_found() -> Self {
        Self::new(Status::NotFound, "not_found")
    }

    /// The reader may know of it and may not do it.
    pub fn forbidden() -> Self {
        Self::new(Status::Forbidden, "forbidden")
    }

    /// The request makes no sense.
    pub fn malformed() -> Self {
        Self::new(Status::BadRequest, "malformed")
    }

    /// Nobody has signed in, or the token is not valid.
    pub fn unauthorized() -> Self {
        Self::new(Status::Unauthorized, "unauthorized")
    }

    /// Input with faults; forms show them at their fields instead.
    pub fn invalid(fields: Vec<FieldFault>) -> Self {
        Self { fields, ..Self::new(Status::UnprocessableEntity, "invalid") }
    }

    /// Try again shortly.
    pub fn busy() -> Self {
        Self { retry_after: Some(5), ..Self::new(Status::ServiceUnavailable, "busy") }
    }

    /// The disk is full; nothing of the request was kept.
    pub fn no_room(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "there is no room on the disk");
        Self::new(Status::InsufficientStorage, "no_room")
    }

    /// A file of more bytes than the setting allows.
    pub fn too_large(limit: u64) -> Self {
        let said = Text::said("projects-file-too-large").with("most", limit / 1_048_576);
        Self::new(Status::PayloadTooLarge, "too_large").saying(said)
    }

    /// The budget is used up; try again after so many seconds.
    pub fn too_many(seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            ..Self::new(Status::TooManyRequests, "too_many_requests")
        }
    }

    /// A fault of the program or the installation; logged here, told as 500 without details.
    pub fn fault(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(Status::InternalServerError, "fault")
    }

    /// The general error of a status, for catchers.
    pub fn of_status(status: Status) -> Self {
        let kind = match status.code {
            400 => "malformed",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            405 => "method_not_allowed",
            409 => "conflict",
            413 => "too_large",
            415 => "unsupported_media_type",
            422 => "invalid",
            429 => "too_many_requests",
            503 => "busy",
            507 => "no_room",
            code if code < 500 => "malformed",
            _ => "fault",
        };
        Self::new(status, kind)
    }

    /// The faults of a form, so that the handler can show it again with what was typed; any other error comes back unchanged.
    pub fn into_faults(self) -> Result<Vec<FieldFault>, Self> {
        if self.status == Status::UnprocessableEntity && !self.fields.is_empty() {
            Ok(self.fields)
        } else {
            Err(self)
        }
    }

    /// What happened in words: its own, those of the refusal, or the general ones of the status.
    pub fn sentence(&self) -> Text {
        let of_refusal = || self.refusal.as_deref().map(voice::refusal);
        self.detail
            .clone()
            .or_else(of_refusal)
            .unwrap_or_else(|| Text::said(format!("error-text-{}", known(self.status.code))))
    }

    /// The rule that refused, as pages cite it.
    pub fn cite(&self) -> Option<RuleCite> {
        self.refusal.as_deref()?.cited.as_deref().map(voice::cite)
    }

    /// The rule that refused.
    pub fn rule(&self) -> Option<ProblemRule> {
        let refusal = self.refusal.as_deref()?;
        let key = refusal.rule?.to_string();
        let cited = refusal.cited.as_deref();
        Some(ProblemRule {
            key,
            value: cited.map(|rule| rule.value.clone()),
            article: cited.map(|rule| rule.article.clone()),
            source: cited.map(|rule| rule.source.clone()),
            mark: cited.map(|rule| rule.mark.clone()),
            confirmed: cited.is_some_and(|rule| rule.confirmed),
        })
    }
}

/// The statuses that have words of their own; others take those of their kind.
fn known(code: u16) -> u16 {
    match code {
        400 | 401 | 403 | 404 | 405 | 406 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 507 => code,
        code if code < 500 => 400,
        _ => 500,
    }
}

impl From<Refusal> for WebError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code {
            RefusalCode::InvalidInput | RefusalCode::DispositionReason => {
                Status::UnprocessableEntity
            }
            RefusalCode::NotYours => Status::Forbidden,
            RefusalCode::TooMany => Status::TooManyRequests,
            _ => Status::Conflict,
        };
        Self {
            // The exact instant is in the words; a client that only waits comes back after an hour.
            retry_after: (status == Status::TooManyRequests).then_some(3_600),
            fields: refusal.fields.clone(),
            refusal: Some(Box::new(refusal.clone())),
            ..Self::new(status, &refusal.code.to_string())
        }
    }
}

impl From<ActionError> for WebError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(refusal) => refusal.into(),
            ActionError::Invalid(fields) => Self::invalid(fields),
            ActionError::Forbidden => Self::forbidden(),
            ActionError::NotFound => Self::not_found(),
            ActionError::Conflict => Refusal::new(RefusalCode::Stale).into(),
            ActionError::Db(error) => error.into(),
            other => Self::fault(&other),
        }
    }
}

impl From<DbError> for WebError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::NotFound => Self::not_found(),
            DbError::Conflict => Refusal::new(RefusalCode::Stale).into(),
            DbError::Unique { .. } => {
                tracing::warn!(%error, "a value is taken");
                Self::new(Status::Conflict, "taken")
            }
            DbError::OutcomeUnknown => {
                tracing::error!(%error, "a change may or may not have been made");
                Self {
                    retry_after: Some(5),
                    ..Self::new(Status::ServiceUnavailable, "outcome_unknown")
                }
                .saying(Text::said("error-text-unknown"))
            }
            DbError::Full => Self::no_room(&error),
            error if error.is_transient() => {
                tracing::warn!(%error, "the database is not ready");
                Self::busy()
            }
            error => Self::fault(&error),
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::TooLarge { limit } => Self::too_large(limit),
            StoreError::Full(_) => Self::no_room(&error),
            error if error.is_temporary() => {
                tracing::warn!(%error, "the file store is not ready");
                Self::busy()
            }
            error => Self::fault(&error),
        }
    }
}

/// The view of `pages/errors/error`.
#[derive(Serialize)]
struct ErrorView {
    status: u16,
    detail: Text,
    rule: Option<RuleCite>,
    typed: Vec<Kept>,
    /// The page on which the form stood.
    back: Option<String>,
}

/// The page of this site from which a form was sent; nothing for a link, which the browser's own way back undoes.
fn came_from(request: &Request<'_>) -> Option<String> {
    let app = request.rocket().state::<App>()?;
    let sent = crate::csrf::changes(request.method()) || !crate::typed::kept(request).is_empty();
    let page = request.headers().get_one("Referer")?.strip_prefix(&*app.base_url)?;
    (sent && page.starts_with('/') && !page.starts_with("//")).then(|| page.to_owned())
}

/// Whether the answer is for a program.
pub fn for_program(request: &Request<'_>) -> bool {
    let path = request.uri().path();
    path.starts_with("/api/v1") || path.starts_with("/api/openapi")
}

impl<'r> Responder<'r, 'static> for WebError {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response =
            if crate::gate::asked_path(request).is_some_and(is_api) || for_program(request) {
                problem(&self, request)?
            } else {
                // What was typed is handed back for copying where it would be lost.
                let typed = match self.status.code {
                    403 | 409 | 429 | 500 | 503 | 507 => crate::typed::kept(request),
                    _ => Vec::new(),
                };
                let view = ErrorView {
                    status: known(self.status.code),
                    detail: self.sentence(),
                    rule: self.cite(),
                    typed,
                    back: came_from(request),
                };
                Page::new("pages/errors/error", &view)
                    .status(self.status)
                    .private()
                    .respond_to(request)?
            };
        if let Some(seconds) = self.retry_after {
            response.set_header(Header::new("Retry-After", seconds.to_string()));
        }
        Ok(response)
    }
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/v1")
}

fn problem(error: &WebError, request: &Request<'_>) -> response::Result<'static> {
    let Some(app) = request.rocket().state::<App>() else {
        return Err(Status::InternalServerError);
    };
    let problem = Problem::of(app, error, frame::of(request).locale, RequestId::of(request));
    let body = serde_json::to_vec(&problem).map_err(|_| Status::InternalServerError)?;
    let mut response = Response::build();
    response
        .status(error.status)
        .header(ContentType::new("application", "problem+json"))
        .header(Header::new("Cache-Control", "no-store"));
    if error.status == Status::Unauthorized {
        response.header(Header::new("WWW-Authenticate", "Bearer"));
    }
    response.sized_body(body.len(), std::io::Cursor::new(body)).ok()
}

#[cfg(test)]
mod tests {
    use quanheng_domain::Keyed;

    use super::*;

    #[test]
    fn a_refusal_is_forbidden_invalid_too_many_or_a_conflict() {
        for code in RefusalCode::ALL.iter().copied() {
            let error = WebError::from(Refusal::new(code));
            let status = match code {
                RefusalCode::NotYours => 403,
                RefusalCode::InvalidInput | RefusalCode::DispositionReason => 422,
                RefusalCode::TooMany => 429,
                _ => 409,
            };
            assert_eq!(error.status.code, status, "{code}");
            assert_eq!(error.retry_after.is_some(), status == 429, "{code}");
        }
        assert_eq!(WebError::from(ActionError::Conflict).kind, "stale");
        assert_eq!(WebError::from(DbError::Conflict).kind, "stale");
    }

    #[test]
    fn a_full_disk_is_no_fault_of_the_program_and_no_moment_of_haste() {
        let full = StoreError::Full(std::io::ErrorKind::StorageFull.into());
        for error in [WebError::from(DbError::Full), WebError::from(full)] {
            assert_eq!((error.status.code, error.kind.as_str()), (507, "no_room"));
            assert_eq!(error.retry_after, None);
        }
    }
}
