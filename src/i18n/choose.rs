//! Which language a reader gets.

use quanheng_domain::{Keyed, Locale};

/// The language of a reader: her own setting, else what this browser chose before (the cookie), else what the browser asks for
/// (the header `Accept-Language`), else the site's default.
pub fn choose(
    own: Option<Locale>,
    cookie: Option<&str>,
    accept_language: Option<&str>,
    default: Locale,
) -> Locale {
    own.or_else(|| cookie.and_then(|key| Locale::from_key(key).ok()))
        .or_else(|| accept_language.and_then(from_accept_language))
        .unwrap_or(default)
}

/// The language that a header `Accept-Language` wants most, or nothing if it wants none of ours. Any Chinese counts as
/// Chinese; equal weights keep the order of the header.
pub fn from_accept_language(header: &str) -> Option<Locale> {
    let mut best: Option<(u32, Locale)> = None;
    // A header is bounded by the server; a reader has no use for more than a few languages.
    for part in header.split(',').take(32) {
        let mut pieces = part.trim().split(';');
        let Some(locale) = pieces.next().and_then(language) else { continue };
        let weight = pieces
            .find_map(|piece| piece.trim().strip_prefix("q="))
            .map_or(Some(1_000), thousandths);
        match weight {
            Some(weight) if weight > 0 && best.is_none_or(|(most, _)| weight > most) => {
                best = Some((weight, locale));
            }
            _ => {}
        }
    }
    best.map(|(_, locale)| locale)
}

fn language(tag: &str) -> Option<Locale> {
    match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "zh" => Some(Locale::Chinese),
        "en" => Some(Locale::English),
        _ => None,
    }
}

/// A weight such as `0.8` in thousandths; nothing if it is none.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 3 {
        return None;
    }
    let padded = format!("{fraction:0<3}");
    let value =
        whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(padded.parse::<u32>().ok()?)?;
    (value <= 1_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_decides_before_the_browser_and_the_browser_before_the_site() {
        let (zh, en) = (Locale::Chinese, Locale::English);
        assert_eq!(choose(Some(en), Some("zh-CN"), Some("zh"), zh), en);
        assert_eq!(choose(None, Some("en"), Some("zh"), zh), en);
        assert_eq!(choose(None, Some("klingon"), Some("en-GB"), zh), en);
        assert_eq!(choose(None, None, None, zh), zh);
    }

    #[test]
    fn weights_decide_and_nonsense_is_passed_over() {
        for (header, wanted) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Locale::Chinese)),
            ("fr, en;q=0.3, zh-TW;q=0.31", Some(Locale::Chinese)),
            ("en;q=0, zh;q=0.001", Some(Locale::Chinese)),
            ("EN_us", Some(Locale::English)),
            ("de,fr", None),
            ("en;q=9, zh;q=x, ;;;q=,", None),
            ("", None),
        ] {
            assert_eq!(from_accept_language(header), wanted, "{header}");
        }
    }
}
