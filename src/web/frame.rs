//! The frame of a request: language and theme of the reader, and the page frame in the request-local cache.

use quanheng_domain::Locale;
use rocket::request::Request;

use crate::fairings::RequestId;
use crate::views::{Frame, Theme};

/// Cookie that keeps the chosen language.
pub const LOCALE_COOKIE: &str = "locale";
/// Cookie that keeps the chosen theme.
pub const THEME_COOKIE: &str = "theme";

/// The frame of this request. Whoever fills the cache first decides: the session fairing with [`fill`], else it is a guest's frame.
pub fn of<'r>(request: &'r Request<'_>) -> &'r Frame {
    request.local_cache(|| guest(request))
}

/// Puts a frame into the request-local cache; later calls and [`of`] see the first one.
pub fn fill<'r>(request: &'r Request<'_>, frame: Frame) -> &'r Frame {
    request.local_cache(move || frame)
}

/// The frame of a guest: language, theme, path and search words from the request.
pub fn guest(request: &Request<'_>) -> Frame {
    let path = request.uri().to_string();
    let cookie = request.cookies().get(LOCALE_COOKIE).map(|cookie| cookie.value());
    let accepted = request.headers().get_one("Accept-Language");
    let locale = quanheng_i18n::choose(None, cookie, accepted, Locale::Chinese);
    let mut frame = Frame::guest(locale, &path);
    frame.theme = request
        .cookies()
        .get(THEME_COOKIE)
        .map(|cookie| Theme::from_key(cookie.value()))
        .unwrap_or_default();
    frame.request_id = RequestId::of(request).to_owned();
    frame.query = request.query_value::<String>("q").and_then(Result::ok).unwrap_or_default();
    frame
}
