//! Addresses of lists: everything a reader chose stands in the query, so that a list can be sent to somebody else.

use chrono::NaiveDate;

use crate::WebError;

/// A path with those of the pairs that have a value.
pub fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// A text as part of a path or query.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A day of a query; an empty one is none, a wrong one a malformed request.
pub fn day(text: Option<&str>) -> Result<Option<NaiveDate>, WebError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| WebError::malformed())
        }
    }
}

/// A value of a closed set in a query; an empty one is none, an unknown one a malformed request.
pub fn key<K: quanheng_domain::Keyed>(text: Option<&str>) -> Result<Option<K>, WebError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => K::from_key(text).map(Some).map_err(|_| WebError::malformed()),
    }
}

/// The page of a list that was asked for, the first where none was.
pub fn page(asked: Option<i64>) -> i64 {
    asked.unwrap_or(1).clamp(1, 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_what_was_chosen_and_nothing_else() {
        assert_eq!(with("/specifications", &[("q", ""), ("kind", "")]), "/specifications");
        assert_eq!(
            with("/specifications", &[("q", "JJG 1"), ("on", "2024-01-01")]),
            "/specifications?q=JJG%201&on=2024-01-01"
        );
        assert_eq!(encoded("铁"), "%E9%93%81");
    }

    #[test]
    fn a_day_that_is_none_is_refused_and_an_absent_one_is_not() {
        assert!(day(Some("2026-02-30")).is_err());
        assert_eq!(day(Some(" ")).unwrap(), None);
    }
}
