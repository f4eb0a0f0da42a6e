//! Forms that only our own pages can send: the origin of the request and a token sealed with the session.
//!
//! Rocket has no such protection. The gate looks at every request that changes something, before any route sees it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use rocket::http::Method;
use rocket::{Data, Request};
use sha2::Sha256;

/// Name of the form field with the token; always the first field.
pub const FIELD: &str = "_csrf";
/// Name of the form field with the key that makes repeats harmless.
pub const ONCE_FIELD: &str = "_once";
/// Header with the token, for scripts.
pub const HEADER: &str = "X-CSRF-Token";
/// How much of a body is looked at for the first fields.
const PEEKED: usize = 512;

/// The key that seals tokens; clones share it.
#[derive(Clone)]
pub struct Seal {
    key: std::sync::Arc<[u8]>,
}

impl Seal {
    /// A seal of this secret.
    pub fn new(secret: &[u8]) -> Self {
        Self { key: secret.into() }
    }

    /// The code of a text for a purpose, in 43 characters of base64url.
    pub fn code(&self, purpose: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose, text).finalize().into_bytes())
    }

    /// Whether the code belongs to purpose and text; takes the same time wherever the difference is.
    pub fn holds(&self, purpose: &str, text: &str, code: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(code)
            .is_ok_and(|code| self.mac(purpose, text).verify_slice(&code).is_ok())
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac
    }
}

/// The first fields of a form that concern the gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstFields {
    /// The token.
    pub token: Option<String>,
    /// The key that makes repeats harmless.
    pub once: Option<String>,
}

/// Whether the request changes something.
pub fn changes(method: Method) -> bool {
    !matches!(method, Method::Get | Method::Head | Method::Options)
}

/// Reads token and key from headers or from the first fields of the body, which stays unread for the route.
pub async fn first_fields(request: &Request<'_>, data: &mut Data<'_>) -> FirstFields {
    let header = |name| request.headers().get_one(name).map(str::to_owned);
    let peeked = data.peek(PEEKED).await;
    let body = match request.content_type() {
        Some(kind) if kind.is_form() => from_urlencoded(peeked),
        Some(kind) if kind.is_form_data() => from_multipart(peeked),
        _ => FirstFields::default(),
    };
    FirstFields {
        token: header(HEADER).or(body.token),
        once: header("Idempotency-Key").or(body.once),
    }
}

fn from_urlencoded(peeked: &[u8]) -> FirstFields {
    let text = String::from_utf8_lossy(peeked);
    let mut fields = FirstFields::default();
    // A field cut by the end of the look is not whole; both fields are far shorter than the look.
    for pair in text.split('&').take(3) {
        match pair.split_once('=') {
            Some((FIELD, value)) => fields.token = plain(value),
            Some((ONCE_FIELD, value)) => fields.once = plain(value),
            _ => {}
        }
    }
    fields
}

fn from_multipart(peeked: &[u8]) -> FirstFields {
    let text = String::from_utf8_lossy(peeked);
    let value = |name: &str| {
        let head = format!("name=\"{name}\"\r\n\r\n");
        let from = text.find(&head)? + head.len();
        plain(text[from..].split("\r\n").next()?)
    };
    FirstFields { token: value(FIELD), once: value(ONCE_FIELD) }
}

/// Tokens and keys are base64url and need no decoding; anything else is none.
fn plain(value: &str) -> Option<String> {
    let fair = (16..=128).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fair.then(|| value.to_owned())
}

/// Whether the browser says that the request comes from a page of this site, or there is no browser to say so.
pub fn own_origin(request: &Request<'_>, base_url: &str) -> bool {
    match request.headers().get_one("Sec-Fetch-Site") {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => match request.headers().get_one("Origin") {
            // A browser that hides the origin (`null`) hides it from us too.
            Some(origin) => origin == base_url || same_host(origin, request),
            None => true,
        },
    }
}

fn same_host(origin: &str, request: &Request<'_>) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some() && host == request.headers().get_one("Host")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_for_its_purpose_and_text_alone() {
        let (seal, other) = (Seal::new(b"key one"), Seal::new(b"key two"));
        let code = seal.code("csrf", "session");
        assert!(seal.holds("csrf", "session", &code));
        assert!(!seal.holds("csrf", "sessiom", &code));
        assert!(!seal.holds("device", "session", &code));
        assert!(!other.holds("csrf", "session", &code));
        assert!(!seal.holds("csrf", "session", "") && !seal.holds("csrf", "session", "%%%"));
    }

    #[test]
    fn the_first_fields_are_found_in_both_kinds_of_form() {
        let token = "abcdefghijklmnop0123";
        let urlencoded = format!("_csrf={token}&_once={token}&note=%E7%94%B2");
        let wanted = FirstFields { token: Some(token.into()), once: Some(token.into()) };
        assert_eq!(from_urlencoded(urlencoded.as_bytes()), wanted);
        let part = |name: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{token}\r\n")
        };
        let multipart = format!("{}{}", part("_csrf"), part("_once"));
        assert_eq!(from_multipart(multipart.as_bytes()), wanted);
        assert_eq!(
            from_urlencoded(b"a=1&b=2&c=3&_csrf=abcdefghijklmnop0123"),
            FirstFields::default()
        );
        assert_eq!(from_urlencoded(b"_csrf=short"), FirstFields::default());
    }
}
