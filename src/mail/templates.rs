//! The templates of mail: compiled in, each file replaceable by one of the same name in the operator's folder.
//!
//! Two registries, because Handlebars has one escape function per registry: HTML escapes, plain text does not.

use std::{path::Path, sync::Arc};

use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason,
    ScopedJson, no_escape,
};
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::{Value as Word, Words};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value;

#[derive(RustEmbed)]
#[folder = "../../templates/emails"]
struct Files;

/// A template that cannot be read or parsed; found at start, never when a letter is due.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFault {
    /// The operator's file cannot be read.
    #[error("mail template {name}: {source}")]
    Read {
        /// Which template.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no UTF-8 text.
    #[error("mail template {name} is not UTF-8")]
    Encoding {
        /// Which template.
        name: String,
    },
    /// The file is no valid template.
    #[error("mail template {name}: {source}")]
    Parse {
        /// Which template.
        name: String,
        /// Why.
        source: Box<handlebars::TemplateError>,
    },
}

/// Both registries.
pub struct Templates {
    text: Handlebars<'static>,
    html: Handlebars<'static>,
}

impl Templates {
    /// Reads every template, the operator's version first (`folder/emails/<name>`).
    pub fn load(words: Arc<Words>, folder: Option<&Path>) -> Result<Self, TemplateFault> {
        let mut templates = Self { text: registry(words.clone()), html: registry(words) };
        templates.text.register_escape_fn(no_escape);
        for path in Files::iter() {
            let Some(name) = path.strip_suffix(".hbs") else { continue };
            let source = source(&path, folder)?;
            let registry =
                if name.ends_with(".html") { &mut templates.html } else { &mut templates.text };
            registry.register_template_string(name, source).map_err(|source| {
                TemplateFault::Parse { name: name.to_owned(), source: Box::new(source) }
            })?;
        }
        Ok(templates)
    }

    /// The names of all templates, without `.hbs`.
    pub fn names(&self) -> Vec<String> {
        self.text.get_templates().keys().chain(self.html.get_templates().keys()).cloned().collect()
    }

    /// Renders a plain-text template.
    pub fn text(&self, name: &str, context: &impl Serialize) -> Result<String, RenderError> {
        self.text.render(name, context)
    }

    /// Renders an HTML template.
    pub fn html(&self, name: &str, context: &impl Serialize) -> Result<String, RenderError> {
        self.html.render(name, context)
    }
}

fn registry(words: Arc<Words>) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.set_prevent_indent(true);
    registry.register_helper("t", Box::new(Translate(words)));
    registry
}

fn source(path: &str, folder: Option<&Path>) -> Result<String, TemplateFault> {
    let encoding = || TemplateFault::Encoding { name: path.to_owned() };
    if let Some(folder) = folder {
        match std::fs::read(folder.join("emails").join(path)) {
            Ok(bytes) => return String::from_utf8(bytes).map_err(|_| encoding()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(TemplateFault::Read { name: path.to_owned(), source }),
        }
    }
    let file = Files::get(path).ok_or_else(|| TemplateFault::Read {
        name: path.to_owned(),
        source: std::io::ErrorKind::NotFound.into(),
    })?;
    String::from_utf8(file.data.into_owned()).map_err(|_| encoding())
}

/// `{{t "key" name=value}}`: words of the letter's language; the letter's facts are arguments of every key.
struct Translate(Arc<Words>);

impl HelperDef for Translate {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let fault = |what: String| RenderError::from(RenderErrorReason::Other(what));
        let key = helper
            .param(0)
            .and_then(|key| key.value().as_str())
            .ok_or_else(|| fault("t needs a key".to_owned()))?;
        let root = context.data();
        let locale = root
            .get("locale")
            .and_then(Value::as_str)
            .and_then(|locale| Locale::from_key(locale).ok())
            .ok_or_else(|| fault("the context has no locale".to_owned()))?;
        let facts = root.get("arguments").and_then(Value::as_object).into_iter().flatten();
        let facts = facts.map(|(name, value)| (name.as_str(), value));
        let given = helper.hash().iter().map(|(name, value)| (*name, value.value()));
        // What is given at the place comes last and so wins over the facts of the letter.
        let values: Vec<(&str, Word<'_>)> =
            facts.chain(given).filter_map(|(name, value)| Some((name, word(value)?))).collect();
        let text = self
            .0
            .find(locale, key, &values)
            .ok_or_else(|| fault(format!("no words for {key} in {locale}")))?;
        Ok(ScopedJson::Derived(Value::String(text)))
    }
}

fn word(value: &Value) -> Option<Word<'_>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => number.as_i64().map(Word::from),
        _ => None,
    }
}
