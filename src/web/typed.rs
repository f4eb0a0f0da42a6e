//! A form as it was typed: bounded, cleaned, and kept so that it can come back filled.
//!
//! Handlers read fields by name and leave the judging to the action; what the action finds wrong is shown at the field, and the
//! same `Typed` fills the form again. Forms with files use Rocket's own guards and the guard [`crate::Once`].

use chrono::NaiveDate;
use quanheng_domain::Keyed;
use quanheng_domain::ids::Id;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use rocket::data::{Data, FromData, Outcome};
use rocket::http::Status;
use rocket::request::Request;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::app::App;
use crate::csrf;
use crate::error::WebError;
use crate::idempotency::Once;
use crate::receive;

/// Most fields of a form.
const MOST_FIELDS: usize = 1_000;

/// A form as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    fields: Vec<(String, String)>,
    once: Once,
}

impl Typed {
    /// A form made by hand, for tests and for showing an empty one.
    pub fn of<const N: usize>(fields: [(&str, &str); N]) -> Self {
        let fields =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { fields, once: Once::default() }
    }

    /// Adds a field to a form that was read in parts.
    pub fn push(&mut self, name: String, value: &str) {
        self.fields.push((name, value.to_owned()));
    }

    /// The field as it was sent, for filling the form again and for passwords; empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// One line: trimmed, in composed form, without invisible characters, breaks as blanks.
    pub fn line(&self, name: &str) -> String {
        clean(self.raw(name))
            .split(['\n', '\t'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Several lines: trimmed, in composed form, without invisible characters.
    pub fn text(&self, name: &str) -> String {
        clean(self.raw(name)).trim().to_owned()
    }

    /// Every value of a field that may be chosen several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Every field that begins like this, with the rest of its name.
    pub fn beginning<'t>(&'t self, prefix: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.fields.iter().filter_map(move |(name, value)| {
            name.strip_prefix(prefix).map(|rest| (rest, value.as_str()))
        })
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.raw(name), "true" | "on" | "1" | "yes")
    }

    /// A calendar day; absent when empty.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, FieldFault> {
        let text = self.line(name);
        if text.is_empty() {
            return Ok(None);
        }
        NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .map(Some)
            .map_err(|_| FieldFault::new(name, FaultCode::NotADay))
    }

    /// What was chosen of a closed set. The fault names the field without the form that stands before it (`paper.kind` is `kind`).
    pub fn choice<K: Keyed>(&self, name: &str) -> Result<K, FieldFault> {
        let text = self.raw(name);
        let code = if text.is_empty() { FaultCode::Missing } else { FaultCode::NotAChoice };
        let field = name.rsplit('.').next().unwrap_or(name);
        K::from_key(text).map_err(|_| FieldFault::new(field, code))
    }

    /// An identity; absent when empty.
    pub fn id<T>(&self, name: &str) -> Result<Option<Id<T>>, FieldFault> {
        let text = self.line(name);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| FieldFault::new(name, FaultCode::Unknown))
    }

    /// The version of the thing that the form showed (`if_version`); zero when absent, which no thing has.
    pub fn version(&self) -> i64 {
        self.line("if_version").parse().unwrap_or(0)
    }

    /// What a person typed, for handing back where the form itself cannot come back.
    pub fn kept(&self) -> Vec<Kept> {
        let typed = self.fields.iter().filter(|(name, value)| is_typed(name, value));
        typed.map(|(name, value)| Kept { name: name.clone(), value: value.clone() }).collect()
    }

    /// The key that makes a repeat of this very form harmless.
    pub fn once(&self) -> &Once {
        &self.once
    }
}

/// Composed form (NFC), line breaks of one kind, no control characters, no direction marks, no zero-width characters.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .nfc()
        .collect()
}

/// A field that is handed back for copying.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// Name of the field.
    pub name: String,
    /// What was typed.
    pub value: String,
}

/// What was typed into the form of this request, without secrets; nothing when there was none.
pub fn kept(request: &Request<'_>) -> Vec<Kept> {
    request.local_cache(Vec::<Kept>::new).clone()
}

/// Fields that a page fills and nobody types.
const OF_THE_PAGE: [&str; 9] =
    ["back", "if_version", "locale", "move", "next", "proof", "seen", "theme", "view"];

/// Whether a person typed this, and would miss it: neither a secret nor what the page itself put into the form.
fn is_typed(name: &str, value: &str) -> bool {
    let secret = name.starts_with('_') || name.contains("password") || name.contains("token");
    let value = value.trim();
    let identity = value.len() == 36 && value.parse::<uuid::Uuid>().is_ok();
    !(secret || identity || value.is_empty() || OF_THE_PAGE.contains(&name))
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Typed {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await {
            Ok(typed) => {
                request.local_cache(|| typed.kept());
                Outcome::Success(typed)
            }
            Err(error) => Outcome::Error((error.status, error)),
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Typed, WebError> {
    if !request.content_type().is_some_and(|kind| kind.is_form()) {
        return Err(WebError::of_status(Status::UnsupportedMediaType));
    }
    let limit =
        request.rocket().state::<App>().map_or(262_144, |app| app.settings.limits.form.bytes());
    let body = receive::body(data, limit).await?;
    let once = Once::of(request).over(&body);
    let text = std::str::from_utf8(&body).map_err(|_| WebError::malformed())?;
    let mut fields = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if fields.len() >= MOST_FIELDS {
            return Err(WebError::of_status(Status::PayloadTooLarge));
        }
        if name != csrf::FIELD && name != csrf::ONCE_FIELD {
            fields.push((name, value));
        }
    }
    Ok(Typed { fields, once })
}

fn decode(text: &str) -> Result<String, WebError> {
    let decoded = rocket::http::RawStr::new(text)
        .url_decode()
        .map_err(|_| WebError::malformed())?
        .into_owned();
    // NUL is text to nobody, and PostgreSQL refuses it.
    if decoded.contains('\0') { Err(WebError::malformed()) } else { Ok(decoded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_cleaned_of_what_cannot_be_seen() {
        let typed = Typed::of([
            ("name", " 王\u{202e}小\u{200b}明\r\n "),
            ("note", "一\r\n二\u{7} e\u{301}"),
            ("day", "2026-02-29"),
        ]);
        assert_eq!(typed.line("name"), "王小明");
        assert_eq!(typed.text("note"), "一\n二 é");
        assert_eq!(typed.day("day").unwrap_err().code, FaultCode::NotADay);
        assert_eq!(typed.day("absent").unwrap(), None);
        assert_eq!(typed.raw("absent"), "");
    }

    #[test]
    fn what_is_handed_back_is_what_a_person_typed() {
        let typed = Typed::of([
            ("move", "decline"),
            ("if_version", "3"),
            ("person", "018feb2a-c5c0-7000-81e8-84d85a0965f0"),
            ("password", "secret"),
            ("decline.note", "资料不全"),
            ("number", "12"),
            ("empty", " "),
        ]);
        let names: Vec<String> = typed.kept().into_iter().map(|kept| kept.name).collect();
        assert_eq!(names, ["decline.note", "number"]);
    }
}
