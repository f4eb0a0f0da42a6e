//! Words for what rules and checks say: refusals, faults, rules. Pages get a [`Text`], the API the spoken sentence.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use quanheng_domain::Locale;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::refusal::Refusal;
use quanheng_domain::rules::RuleText;
use quanheng_i18n::Words;

use crate::helpers;
use crate::views::{RuleCite, Text};

/// The sentence of a refusal with its facts.
pub fn refusal(refusal: &Refusal) -> Text {
    let mut text = Text::word("refusal", &refusal.code.to_string());
    for (name, value) in &refusal.facts {
        text = fact(text, name, value);
    }
    text
}

/// A fact by its shape: a day, an instant, a number, or words.
fn fact(text: Text, name: &str, value: &str) -> Text {
    if NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok() {
        return text.with_date(name, value);
    }
    if value.len() > 18 && DateTime::parse_from_rfc3339(value).is_ok() {
        return text.with_deadline(name, value);
    }
    match value.parse::<i64>() {
        Ok(number) => text.with(name, number),
        Err(_) => text.with(name, value),
    }
}

/// The sentence of a fault at a field.
pub fn fault(fault: &FieldFault) -> Text {
    let text = Text::word("fault", &fault.code.to_string());
    match fault.bound {
        Some(bound) => text.with("bound", bound),
        None => text.with("bound", 0),
    }
}

/// The first fault of a field, for its place in the form.
pub fn fault_at(faults: &[FieldFault], field: &str) -> Option<Text> {
    faults.iter().find(|found| found.field == field).map(fault)
}

/// A rule as it is cited.
pub fn cite(rule: &RuleText) -> RuleCite {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    RuleCite {
        key: rule.key.clone(),
        value: Text::plain(rule.value.clone()),
        article: some(&rule.article),
        source: some(&rule.source),
        mark: rule.mark.clone(),
        confirmed: rule.confirmed,
        href: None,
    }
}

/// The spoken sentence, for JSON.
pub fn speak(words: &Words, zone: Tz, locale: Locale, text: &Text) -> String {
    helpers::speak(words, zone, locale, text)
}
