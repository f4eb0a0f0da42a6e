//! Rendered public pages that are kept until the thing they show changes.
//!
//! The handler names a version that changes with everything the page shows (the head of the object's ledger, say, and the day if
//! the page counts days). Only pages of guests without flash and token are kept, so nothing personal can be handed to another reader.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use quanheng_db::catalogue;
use rocket::http::{ContentType, Header, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{self, Responder, Response};
use sha2::{Digest, Sha256};

use crate::views::Frame;
use crate::{App, Pages, WebError};

const MOST_PAGES_KEPT: usize = 512;

/// A page as it is sent: plain, and compressed from the first reader on who takes it so.
#[derive(Debug)]
pub(crate) struct Rendered {
    html: Vec<u8>,
    zipped: OnceLock<Vec<u8>>,
    tag: String,
    locale: &'static str,
}

/// Pages kept in memory, newest version of each only; when full, those asked for least recently go first.
#[derive(Default)]
pub(crate) struct Shelf {
    pages: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    version: String,
    page: Arc<Rendered>,
    asked: u64,
}

/// A kept page, ready to be sent.
#[derive(Debug)]
pub struct KeptPage(Arc<Rendered>);

/// Whether a page in this frame may be kept for other readers.
fn common(frame: &Frame) -> bool {
    frame.user.is_none() && frame.flash.is_empty() && frame.csrf.is_empty()
}

fn place(template: &str, frame: &Frame) -> String {
    format!("{template} {} {:?} {}", frame.locale, frame.theme, frame.path)
}

impl Shelf {
    pub(crate) fn find(&self, template: &str, version: &str, frame: &Frame) -> Option<KeptPage> {
        if !common(frame) {
            return None;
        }
        // A poisoned lock only means that another request panicked; the map itself is whole.
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = pages.values().map(|kept| kept.asked).max().unwrap_or_default();
        let kept = pages.get_mut(&place(template, frame)).filter(|kept| kept.version == version)?;
        kept.asked = newest + 1;
        Some(KeptPage(Arc::clone(&kept.page)))
    }

    pub(crate) fn keep(&self, template: &str, version: &str, frame: &Frame, page: &Arc<Rendered>) {
        if !common(frame) {
            return;
        }
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES_KEPT {
            let mut asked: Vec<u64> = pages.values().map(|kept| kept.asked).collect();
            asked.sort_unstable();
            let limit = asked[asked.len() / 2];
            pages.retain(|_, kept| kept.asked > limit);
        }
        let newest = pages.values().map(|kept| kept.asked).max().unwrap_or_default();
        pages.insert(
            place(template, frame),
            Kept { version: version.to_owned(), page: Arc::clone(page), asked: newest + 1 },
        );
    }
}

/// What a handler asks before it renders a page that other guests may have been given already.
pub struct Asked<'r> {
    pages: Option<&'r Pages>,
    frame: &'r Frame,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asked<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let pages = request.rocket().state::<Pages>();
        Outcome::Success(Self { pages, frame: crate::frame::of(request) })
    }
}

impl Asked<'_> {
    /// The page of a template as it was last rendered for a guest, unless something has happened since; else its version for
    /// [`crate::Page::keep`]. Nothing for readers whose page is their own.
    ///
    /// # Errors
    /// Storage trouble.
    pub async fn kept(&self, app: &App, template: &str) -> Result<Found, WebError> {
        let Some(pages) = self.pages.filter(|_| common(self.frame)) else {
            return Ok(Found::Render(None));
        };
        // Instances that share a database may commit out of order, and pages count down to deadlines, so a page is never older than this.
        let minute = app.now().timestamp().div_euclid(60);
        let head = app.glance(|conn| Ok(catalogue::ledger_head(conn)?)).await?;
        let version = format!("{head}.{minute}");
        Ok(match pages.kept_in(self.frame, template, &version) {
            Some(page) => Found::Page(page),
            None => Found::Render(Some(version)),
        })
    }
}

/// What is to be done about a page.
pub enum Found {
    /// Send this one.
    Page(KeptPage),
    /// Render it, and keep it under the version if there is one.
    Render(Option<String>),
}

impl Rendered {
    pub(crate) fn new(html: String, locale: &'static str) -> Self {
        let html = html.into_bytes();
        let tag = format!("W/\"{}\"", &hex::encode(Sha256::digest(&html))[..24]);
        Self { html, zipped: OnceLock::new(), tag, locale }
    }

    /// The page as gzip; nothing if it cannot be packed, and then it is sent plain.
    fn zipped(&self) -> Option<&[u8]> {
        if let Some(zipped) = self.zipped.get() {
            return Some(zipped);
        }
        match crate::fairings::zipped(&self.html) {
            Ok(zipped) => Some(self.zipped.get_or_init(|| zipped)),
            Err(error) => {
                tracing::error!(%error, "a page could not be compressed");
                None
            }
        }
    }
}

impl From<Arc<Rendered>> for KeptPage {
    fn from(page: Arc<Rendered>) -> Self {
        Self(page)
    }
}

impl<'r> Responder<'r, 'static> for KeptPage {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut answer = Response::build();
        answer
            .header(ContentType::HTML)
            .header(Header::new("Content-Language", self.0.locale))
            .header(Header::new("Cache-Control", "public, no-cache"))
            .header(Header::new("Vary", "Cookie, Accept-Language, Accept-Encoding"))
            .header(Header::new("ETag", self.0.tag.clone()));
        if request
            .headers()
            .get("If-None-Match")
            .any(|known| crate::page::same_tag(known, &self.0.tag))
        {
            return answer.status(Status::NotModified).ok();
        }
        let zipped = crate::fairings::takes_gzip(request) && self.0.zipped().is_some();
        if zipped {
            answer.header(Header::new("Content-Encoding", "gzip"));
        }
        let body = Shared { page: self.0, zipped };
        answer.sized_body(body.as_ref().len(), Cursor::new(body)).ok()
    }
}

/// The bytes of a kept page, shared by all answers.
struct Shared {
    page: Arc<Rendered>,
    zipped: bool,
}

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        match self.zipped.then(|| self.page.zipped()).flatten() {
            Some(zipped) => zipped,
            None => &self.page.html,
        }
    }
}
