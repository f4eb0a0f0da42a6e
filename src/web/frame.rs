//! The frame of a request: language and theme of the reader, and the page frame in the request-local cache.

use rocket::http::CookieJar;
use rocket::request::Request;

use crate::fairings::RequestId;
use crate::views::{Frame, Theme};

/// Cookie that keeps the chosen language.
pub const LOCALE_COOKIE: &str = "locale";
/// Cookie that keeps the chosen theme.
pub const THEME_COOKIE: &str = "theme";
/// Languages of the product, the first is the default.
pub const LOCALES: [&str; 2] = ["zh-CN", "en"];

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
    let locale = locale_of(request.cookies(), request.headers().get_one("Accept-Language"));
    let mut frame = Frame::guest(locale, &path);
    frame.theme = request.cookies().get(THEME_COOKIE).map(|cookie| Theme::from_key(cookie.value())).unwrap_or_default();
    frame.request_id = RequestId::of(request).to_owned();
    frame.query = request.query_value::<String>("q").and_then(Result::ok).unwrap_or_default();
    frame
}

fn locale_of(cookies: &CookieJar<'_>, accepted: Option<&str>) -> &'static str {
    let chosen = cookies.get(LOCALE_COOKIE).and_then(|cookie| LOCALES.into_iter().find(|locale| *locale == cookie.value()));
    chosen.unwrap_or_else(|| accepted_locale(accepted.unwrap_or_default()))
}

/// The language of an `Accept-Language` header: the known one with the highest weight, else Chinese.
pub fn accepted_locale(header: &str) -> &'static str {
    let mut best = (0.0_f32, LOCALES[0]);
    for part in header.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0_f32);
        let locale = match tag.split('-').next() {
            Some("zh") => LOCALES[0],
            Some("en") => LOCALES[1],
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, locale);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::accepted_locale;

    #[test]
    fn the_weightiest_known_language_wins_and_chinese_is_the_default() {
        assert_eq!(accepted_locale(""), "zh-CN");
        assert_eq!(accepted_locale("en-GB,en;q=0.9,zh;q=0.8"), "en");
        assert_eq!(accepted_locale("fr,zh-TW;q=0.3,en;q=0.7"), "en");
        assert_eq!(accepted_locale("zh-CN,zh;q=0.9,en;q=0.8"), "zh-CN");
        assert_eq!(accepted_locale("de"), "zh-CN");
    }
}
