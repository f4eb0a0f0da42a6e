//! The helpers of the page templates: words, dates, numbers, assets. They return values, so the engine escapes them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable, ScopedJson,
};
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::{Value as Word, Words};
use serde_json::Value;

use crate::assets::AssetBook;
use crate::views::word_key;
use crate::weave::PART;

const HOW_DEEP_SENTENCES_NEST: u8 = 4;

/// Registers every helper of the page templates; instants are shown in `zone`.
pub fn register(
    registry: &mut Handlebars<'static>,
    words: Arc<Words>,
    zone: Tz,
    assets: Arc<AssetBook>,
) {
    let mut add = |name: &'static str, verb: Verb| {
        registry.register_helper(
            name,
            Box::new(Speaker { name, verb, zone, words: Arc::clone(&words) }),
        );
    };
    add("t", Verb::Key);
    add("say", Verb::Say);
    add("word", Verb::Word);
    add("date", Verb::Date);
    add("instant", Verb::Instant);
    add("moment", Verb::Moment);
    add("deadline", Verb::Deadline);
    add("number", Verb::Number);
    add("bytes", Verb::Bytes);
    registry.register_helper(PART, Box::new(Part));
    registry.register_helper("asset", Box::new(AssetHelper(assets)));
    for (name, join) in [
        ("concat", concat as fn(&[String]) -> String),
        ("lower", lower),
        ("short", short),
        ("suffix", suffix),
    ] {
        registry.register_helper(name, Box::new(Join(name, join)));
    }
}

#[derive(Clone, Copy)]
enum Verb {
    Key,
    Say,
    Word,
    Date,
    Instant,
    Moment,
    Deadline,
    Number,
    Bytes,
}

struct Speaker {
    name: &'static str,
    verb: Verb,
    zone: Tz,
    words: Arc<Words>,
}

impl HelperDef for Speaker {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let locale = context
            .data()
            .pointer("/frame/locale")
            .and_then(Value::as_str)
            .and_then(|key| Locale::from_key(key).ok());
        let voice = Voice {
            words: &self.words,
            zone: self.zone,
            locale: locale.unwrap_or(Locale::Chinese),
        };
        let first = match helper.param(0) {
            Some(param) if !param.is_value_missing() => param.value(),
            _ => return Err(RenderErrorReason::ParamNotFoundForIndex(self.name, 0).into()),
        };
        let bad = |reason: &str| {
            RenderError::from(RenderErrorReason::Other(format!(
                "{{{{{} {first}}}}}: {reason}",
                self.name
            )))
        };
        let text = match self.verb {
            Verb::Key => {
                let key = first.as_str().ok_or_else(|| bad("the key must be a string"))?;
                let args = helper.hash().iter().map(|(name, value)| (*name, value.value()));
                voice.key(key, args, 0)
            }
            Verb::Say => voice.say(first, 0),
            Verb::Word => {
                let code = helper
                    .param(1)
                    .and_then(|p| p.value().as_str())
                    .ok_or_else(|| bad("needs a set and a code"))?;
                let key = word_key(first.as_str().unwrap_or_default(), code);
                voice.key(&key, std::iter::empty(), 0)
            }
            Verb::Date => voice.date(first).ok_or_else(|| bad("no calendar day"))?,
            Verb::Instant => voice.instant(first).ok_or_else(|| bad("no instant"))?,
            Verb::Deadline => voice.deadline(first).ok_or_else(|| bad("no instant"))?,
            Verb::Moment => voice.moment(first).ok_or_else(|| bad("no instant"))?,
            Verb::Number => Words::number(first.as_i64().ok_or_else(|| bad("no whole number"))?),
            Verb::Bytes => Words::bytes(first.as_u64().ok_or_else(|| bad("no size"))?),
        };
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}

/// A text of a view as a sentence in a language, for what is no page.
pub fn speak(words: &Words, zone: Tz, locale: Locale, text: &crate::views::Text) -> String {
    let value = serde_json::to_value(text).unwrap_or_default();
    Voice { words, zone, locale }.say(&value, 0)
}

struct Voice<'a> {
    words: &'a Words,
    zone: Tz,
    locale: Locale,
}

impl Voice<'_> {
    fn key<'v>(
        &self,
        key: &str,
        args: impl Iterator<Item = (&'v str, &'v Value)>,
        depth: u8,
    ) -> String {
        let args: Vec<(&str, Word<'v>)> =
            args.map(|(name, value)| (name, self.arg(value, depth))).collect();
        self.words.find(self.locale, key, &args).unwrap_or_else(|| {
            tracing::warn!(locale = %self.locale, key, "a text is missing");
            self.words.text(self.locale, key, &args)
        })
    }

    fn arg<'v>(&self, value: &'v Value, depth: u8) -> Word<'v> {
        let part = |name: &str| value.as_object().and_then(|map| map.get(name));
        match value {
            Value::Number(number) => {
                number.as_i64().map_or_else(|| Word::from(number.to_string()), Word::from)
            }
            Value::String(words) => Word::from(words),
            _ => Word::from(
                part("date")
                    .and_then(|day| self.date(day))
                    .or_else(|| part("instant").and_then(|at| self.instant(at)))
                    .or_else(|| part("deadline").and_then(|at| self.deadline(at)))
                    .or_else(|| part("list").and_then(|list| self.list(list, depth)))
                    .unwrap_or_else(|| self.say(part("said").unwrap_or(value), depth + 1)),
            ),
        }
    }

    fn list(&self, value: &Value, depth: u8) -> Option<String> {
        let said: Vec<String> =
            value.as_array()?.iter().map(|one| self.say(one, depth + 1)).collect();
        Some(said.join(&self.words.text(self.locale, "list-comma", &[])))
    }

    fn say(&self, value: &Value, depth: u8) -> String {
        match value {
            Value::String(words) => words.clone(),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| number.to_string(), Words::number)
            }
            Value::Object(said) if depth < HOW_DEEP_SENTENCES_NEST => {
                let key = said.get("key").and_then(Value::as_str).unwrap_or_default();
                let args = said.get("args").and_then(Value::as_object);
                self.key(
                    key,
                    args.into_iter().flatten().map(|(name, value)| (name.as_str(), value)),
                    depth,
                )
            }
            _ => String::new(),
        }
    }

    fn date(&self, value: &Value) -> Option<String> {
        let day = NaiveDate::parse_from_str(value.as_str()?.get(..10)?, "%Y-%m-%d").ok()?;
        Some(self.words.date(self.locale, day))
    }

    fn instant(&self, value: &Value) -> Option<String> {
        Some(self.words.instant(self.locale, self.zone, parse_instant(value)?))
    }

    fn deadline(&self, value: &Value) -> Option<String> {
        Some(self.words.deadline_end(self.locale, self.zone, parse_instant(value)?))
    }

    /// Day, hour and minute without the zone, for dense lists whose frame names the zone.
    fn moment(&self, value: &Value) -> Option<String> {
        let local = parse_instant(value)?.with_timezone(&self.zone);
        Some(format!(
            "{} {}",
            self.words.date(self.locale, local.date_naive()),
            local.format("%H:%M")
        ))
    }
}

fn parse_instant(value: &Value) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|instant| instant.with_timezone(&Utc))
}

/// A partial over the value where it lies: `{{part "partials/pill" state}}`. The engine's own call of a partial copies the value.
struct Part;

impl HelperDef for Part {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = helper.param(0).and_then(|p| p.value().as_str()).unwrap_or_default();
        let value = helper.param(1).ok_or(RenderErrorReason::ParamNotFoundForIndex(PART, 1))?;
        let template = registry
            .get_template(name)
            .ok_or_else(|| RenderErrorReason::PartialNotFound(name.to_owned()))?;
        let mut block = BlockContext::new();
        match value.context_path() {
            Some(path) => block.base_path_mut().clone_from(path),
            None => block.set_base_value(value.value().clone()),
        }
        let caller = render.get_current_template_name();
        render.push_block(block);
        let outcome = template.render(registry, context, render, out);
        render.pop_block();
        render.set_current_template_name(caller);
        outcome
    }
}

struct AssetHelper(Arc<AssetBook>);

impl HelperDef for AssetHelper {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let name = helper.param(0).and_then(|p| p.value().as_str()).unwrap_or_default();
        match self.0.address(name) {
            Some(address) => Ok(ScopedJson::Derived(Value::String(address))),
            None => Err(RenderErrorReason::Other(format!("no asset {name:?}")).into()),
        }
    }
}

/// A helper that turns its arguments into one string, the same in every language.
struct Join(&'static str, fn(&[String]) -> String);

impl HelperDef for Join {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        if helper.params().iter().any(|param| param.is_value_missing()) {
            return Err(RenderErrorReason::ParamNotFoundForIndex(self.0, 0).into());
        }
        let parts: Vec<String> = helper
            .params()
            .iter()
            .map(|param| match param.value() {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            })
            .collect();
        Ok(ScopedJson::Derived(Value::String((self.1)(&parts))))
    }
}

fn concat(parts: &[String]) -> String {
    parts.concat()
}

fn lower(parts: &[String]) -> String {
    parts.concat().to_lowercase()
}

/// The first twelve characters of a hash.
fn short(parts: &[String]) -> String {
    parts.concat().chars().take(12).collect()
}

/// The suffix of a file name, at most four characters.
fn suffix(parts: &[String]) -> String {
    let name = parts.concat();
    name.rsplit_once('.').map_or(String::new(), |(_, suffix)| suffix.chars().take(4).collect())
}
