//! Where the letters take their words and dates from.

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::{Asia::Shanghai, Tz};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use quanheng_domain::{Keyed, Locale};
use rust_embed::RustEmbed;
use serde_json::{Map, Value};

/// The words of the product in both languages, as the letters need them.
pub trait Wording: Send + Sync {
    /// The text of a key with its arguments, or nothing where the key or an argument is missing.
    fn text(&self, locale: Locale, key: &str, arguments: &Map<String, Value>) -> Option<String>;
    /// An instant as people write a time limit: midnight is the end of the day before, with the zone (`2026年4月1日24:00（北京时间）`).
    fn deadline(&self, locale: Locale, at: DateTime<Utc>) -> String;
    /// The same in few letters, for a subject line (`4月1日24时`).
    fn deadline_short(&self, locale: Locale, at: DateTime<Utc>) -> String;
    /// A calendar day (`2026年6月30日`).
    fn day(&self, locale: Locale, day: NaiveDate) -> String;
}

#[derive(RustEmbed)]
#[folder = "../../templates/locales"]
struct Locales;

/// The Fluent files of `templates/locales`, read once.
pub struct FluentWords {
    bundles: HashMap<Locale, FluentBundle<FluentResource>>,
}

/// A file of words that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("words in {file}: {fault}")]
pub struct WordsFault {
    /// Which file.
    pub file: String,
    /// Why.
    pub fault: String,
}

impl FluentWords {
    /// Reads the files of both languages.
    pub fn load() -> Result<Self, WordsFault> {
        let mut bundles = HashMap::new();
        for locale in Locale::ALL.iter().copied() {
            let language = locale.key().parse().map_err(|error| fault(locale.key(), error))?;
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            bundle.set_use_isolating(false);
            bundles.insert(locale, bundle);
        }
        for file in Locales::iter() {
            let Some(locale) = file.split('/').next().and_then(|locale| Locale::from_key(locale).ok()) else { continue };
            let Some(bundle) = bundles.get_mut(&locale) else { continue };
            let bytes = Locales::get(&file).map(|file| file.data.into_owned()).unwrap_or_default();
            let source = String::from_utf8(bytes).map_err(|error| fault(&file, error))?;
            let resource = FluentResource::try_new(source).map_err(|(_, errors)| fault(&file, format!("{errors:?}")))?;
            bundle.add_resource(resource).map_err(|errors| fault(&file, format!("{errors:?}")))?;
        }
        Ok(Self { bundles })
    }
}

fn fault(file: &str, fault: impl ToString) -> WordsFault {
    WordsFault { file: file.to_owned(), fault: fault.to_string() }
}

impl Wording for FluentWords {
    fn text(&self, locale: Locale, key: &str, arguments: &Map<String, Value>) -> Option<String> {
        let bundle = self.bundles.get(&locale)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::new();
        for (name, value) in arguments {
            match value {
                Value::Number(number) => values.set(Cow::Borrowed(name.as_str()), FluentValue::from(number.as_f64()?)),
                Value::String(text) => values.set(Cow::Borrowed(name.as_str()), FluentValue::from(text.as_str())),
                _ => {}
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    fn deadline(&self, locale: Locale, at: DateTime<Utc>) -> String {
        let (day, time) = last_moment(at, Shanghai);
        match locale {
            Locale::Chinese => format!("{}{time}（北京时间）", self.day(locale, day)),
            Locale::English => format!("{time} on {} (Beijing time)", self.day(locale, day)),
        }
    }

    fn deadline_short(&self, locale: Locale, at: DateTime<Utc>) -> String {
        let (day, time) = last_moment(at, Shanghai);
        let hour = time.strip_suffix(":00");
        match (locale, hour) {
            (Locale::Chinese, Some(hour)) => format!("{}{hour}时", day.format("%-m月%-d日")),
            (Locale::Chinese, None) => format!("{}{time}", day.format("%-m月%-d日")),
            (Locale::English, _) => format!("{} {time}", day.format("%-d %b")),
        }
    }

    fn day(&self, locale: Locale, day: NaiveDate) -> String {
        match locale {
            Locale::Chinese => day.format("%Y年%-m月%-d日").to_string(),
            Locale::English => day.format("%-d %B %Y").to_string(),
        }
    }
}

/// Day and time of the end of a half-open period; midnight belongs to the day before, as its 24:00.
fn last_moment(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, String) {
    let local = at.with_timezone(&zone).naive_local();
    match local.date().checked_sub_days(Days::new(1)) {
        Some(before) if local.time() == NaiveTime::MIN => (before, "24:00".to_owned()),
        _ => (local.date(), local.format("%H:%M").to_string()),
    }
}
