//! What holds for every answer: request identity and log line, security headers, compression.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use flate2::{Compress, Compression, FlushCompress, Status as Packed};
use quanheng_clock::Chance;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Status};
use rocket::{Data, Request, Response};

use crate::metrics::Figures;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'";
const SMALLEST_BODY_WORTH_ZIPPING: usize = 1024;
/// The widest window of the format.
const WINDOW_BITS: u8 = 15;
const LARGEST_BODY_ZIPPED_AT_ONCE: usize = 8 * 1024 * 1024;

/// The identity of a request: taken from `X-Request-Id` if it is well formed, else made by the fairing [`RequestLog`].
pub struct RequestId {
    id: String,
    began: Instant,
}

impl RequestId {
    /// The identity of this request; empty if the fairing is not attached.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r str {
        &Self::cached(request, String::new).id
    }

    fn cached<'r>(request: &'r Request<'_>, make: impl FnOnce() -> String) -> &'r Self {
        request.local_cache(|| {
            let given = request.headers().get_one("X-Request-Id").filter(|id| well_formed(id));
            Self { id: given.map_or_else(make, str::to_owned), began: Instant::now() }
        })
    }
}

fn well_formed(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Gives every request an identity and writes one log line for every answer.
pub struct RequestLog {
    chance: Arc<dyn Chance>,
}

impl RequestLog {
    /// The fairing with its source of identities.
    pub fn new(chance: Arc<dyn Chance>) -> Self {
        Self { chance }
    }

    fn id(&self) -> String {
        let mut bytes = [0_u8; 8];
        self.chance.fill(&mut bytes);
        hex::encode(bytes)
    }
}

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info { name: "request identity and log", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        RequestId::cached(request, || self.id());
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let cached = RequestId::cached(request, || self.id());
        response.set_raw_header("X-Request-Id", cached.id.clone());
        let micros = u64::try_from(cached.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        let (method, status) = (request.method(), response.status().code);
        let path = shown(request);
        if let Some(figures) = request.rocket().state::<Arc<Figures>>() {
            let route = request.route().map_or("none", |route| route.uri.as_str());
            figures.answered(method, route, status, micros);
        }
        if status >= 500 {
            tracing::error!(request_id = %cached.id, %method, %path, status, micros, "answered");
        } else {
            tracing::info!(request_id = %cached.id, %method, %path, status, micros, "answered");
        }
    }
}

/// The path for the log; the address of a private link is a secret, so the pattern of its route stands for it.
fn shown(request: &Request<'_>) -> String {
    match request.route() {
        Some(route) if route.uri.as_str().contains("<token>") => route.uri.as_str().to_owned(),
        _ => request.uri().path().to_string(),
    }
}

/// Headers that keep pages from being framed, sniffed or fed with foreign scripts.
pub struct SecurityHeaders {
    https: bool,
}

impl SecurityHeaders {
    /// Headers for a site with this public address; HSTS is added if it is an `https` one.
    pub fn new(base_url: &str) -> Self {
        Self { https: base_url.starts_with("https://") }
    }
}

#[rocket::async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info { name: "security headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, _: &'r Request<'_>, response: &mut Response<'r>) {
        response.set_raw_header("Content-Security-Policy", POLICY);
        response.set_raw_header("X-Content-Type-Options", "nosniff");
        response.set_raw_header("X-Frame-Options", "DENY");
        response.set_raw_header("Referrer-Policy", "same-origin");
        response.set_raw_header("Cross-Origin-Opener-Policy", "same-origin");
        response.set_raw_header(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        );
        if self.https {
            response
                .set_raw_header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }
}

/// Compresses text answers whose size is known, for clients that take gzip.
pub struct Gzip;

/// Whether the client takes gzip.
pub(crate) fn takes_gzip(request: &Request<'_>) -> bool {
    request.headers().get("Accept-Encoding").flat_map(|line| line.split(',')).any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        matches!(pieces.next(), Some("gzip" | "*"))
            && !pieces.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn is_text(response: &Response<'_>) -> bool {
    response.content_type().is_some_and(|kind| {
        let (top, sub) =
            (kind.top().as_str().to_ascii_lowercase(), kind.sub().as_str().to_ascii_lowercase());
        top == "text"
            || sub == "json"
            || sub.ends_with("+json")
            || sub == "xml"
            || sub.ends_with("+xml")
            || sub == "javascript"
    })
}

#[rocket::async_trait]
impl Fairing for Gzip {
    fn info(&self) -> Info {
        Info { name: "gzip", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let size = response.body_mut().size().await.unwrap_or(0);
        let worth = (SMALLEST_BODY_WORTH_ZIPPING..=LARGEST_BODY_ZIPPED_AT_ONCE).contains(&size);
        if !worth
            || !is_text(response)
            || response.headers().contains("Content-Encoding")
            || response.status() == Status::PartialContent
        {
            return;
        }
        if !response.headers().get("Vary").any(|line| line.contains("Accept-Encoding")) {
            response.adjoin_header(Header::new("Vary", "Accept-Encoding"));
        }
        if !takes_gzip(request) {
            return;
        }
        match response.body_mut().to_bytes().await.and_then(|bytes| zipped(&bytes)) {
            Ok(bytes) => {
                response.set_raw_header("Content-Encoding", "gzip");
                response.set_sized_body(bytes.len(), std::io::Cursor::new(bytes));
            }
            Err(error) => {
                tracing::error!(%error, "an answer could not be compressed");
                response.set_status(Status::InternalServerError);
            }
        }
    }
}

thread_local! {
    /// Making one takes longer than packing a page with it.
    static PACKER: RefCell<Compress> =
        RefCell::new(Compress::new_gzip(Compression::new(4), WINDOW_BITS));
}

/// These bytes as gzip.
pub(crate) fn zipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut out = Vec::with_capacity(bytes.len() / 3 + SMALLEST_BODY_WORTH_ZIPPING);
        loop {
            let taken = usize::try_from(packer.total_in()).unwrap_or(bytes.len());
            let packed = packer.compress_vec(&bytes[taken..], &mut out, FlushCompress::Finish)?;
            if packed == Packed::StreamEnd {
                return Ok(out);
            }
            out.reserve(out.len().max(SMALLEST_BODY_WORTH_ZIPPING));
        }
    })
}
