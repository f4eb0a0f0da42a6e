//! The words and formats a page needs, seen from the web room.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;

/// One value of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum WordArg {
    /// A number, for plurals and grouping.
    Number(f64),
    /// Any words.
    Words(String),
}

/// Gives words, dates and numbers in the reader's language.
pub trait Wording: Send + Sync + 'static {
    /// The sentence of a key, or none if the key is unknown.
    fn text(&self, locale: &str, key: &str, args: &[(String, WordArg)]) -> Option<String>;
    /// A calendar day.
    fn date(&self, locale: &str, day: NaiveDate) -> String;
    /// An instant with hour and zone.
    fn instant(&self, locale: &str, instant: DateTime<FixedOffset>) -> String;
    /// The end of a period as "last day, 24:00"; `ends_at` is the first instant after it.
    fn deadline(&self, locale: &str, ends_at: DateTime<FixedOffset>) -> String;
    /// A number with its thousands grouped.
    fn number(&self, locale: &str, number: f64) -> String;
}

#[derive(RustEmbed)]
#[folder = "../../templates/locales/"]
struct Locales;

/// Fluent files of `templates/locales`, read once.
pub struct FluentWording {
    bundles: HashMap<String, FluentBundle<FluentResource>>,
    reload: bool,
}

impl FluentWording {
    /// Reads every file; with `reload` they are read again for each text.
    pub fn load(reload: bool) -> Self {
        Self { bundles: if reload { HashMap::new() } else { read() }, reload }
    }
}

fn read() -> HashMap<String, FluentBundle<FluentResource>> {
    let mut bundles = HashMap::new();
    for name in Locales::iter() {
        let Some((locale, _)) = name.split_once('/') else { continue };
        let Some(source) = Locales::get(&name).and_then(|file| String::from_utf8(file.data.into_owned()).ok()) else { continue };
        let bundle = bundles.entry(locale.to_owned()).or_insert_with(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![locale.parse().unwrap_or_default()]);
            bundle.set_use_isolating(false);
            bundle
        });
        match FluentResource::try_new(source) {
            Ok(resource) => {
                if let Err(errors) = bundle.add_resource(resource) {
                    tracing::error!(file = %name, ?errors, "locale file repeats a key");
                }
            }
            Err((_, errors)) => tracing::error!(file = %name, ?errors, "locale file does not parse"),
        }
    }
    bundles
}

fn say(bundles: &HashMap<String, FluentBundle<FluentResource>>, locale: &str, key: &str, args: &[(String, WordArg)]) -> Option<String> {
    let bundle = bundles.get(locale)?;
    let pattern = bundle.get_message(key)?.value()?;
    let mut values = FluentArgs::new();
    for (name, value) in args {
        values.set(
            Cow::Borrowed(name.as_str()),
            match value {
                WordArg::Number(number) => FluentValue::from(*number),
                WordArg::Words(words) => FluentValue::from(words.as_str()),
            },
        );
    }
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
}

const SHANGHAI_SECONDS: i32 = 8 * 3600;

fn local(instant: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(SHANGHAI_SECONDS).expect("eight hours are a zone");
    instant.with_timezone(&zone)
}

impl Wording for FluentWording {
    fn text(&self, locale: &str, key: &str, args: &[(String, WordArg)]) -> Option<String> {
        if self.reload { say(&read(), locale, key, args) } else { say(&self.bundles, locale, key, args) }
    }

    fn date(&self, locale: &str, day: NaiveDate) -> String {
        if locale == "en" { day.format("%-d %b %Y").to_string() } else { day.format("%Y年%-m月%-d日").to_string() }
    }

    fn instant(&self, locale: &str, instant: DateTime<FixedOffset>) -> String {
        let at = local(instant);
        format!("{} {}", self.date(locale, at.date_naive()), at.format("%H:%M"))
    }

    fn deadline(&self, locale: &str, ends_at: DateTime<FixedOffset>) -> String {
        let at = local(ends_at);
        if at.time() == chrono::NaiveTime::MIN {
            format!("{} 24:00", self.date(locale, (at - TimeDelta::days(1)).date_naive()))
        } else {
            self.instant(locale, ends_at)
        }
    }

    fn number(&self, _locale: &str, number: f64) -> String {
        let whole = format!("{:.0}", number.abs());
        let mut out = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        if number < 0.0 { format!("-{out}") } else { out }
    }
}
