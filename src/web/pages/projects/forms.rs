//! Several forms on one page: every field is named `<form>.<field>`, so that names and anchors stay apart.

use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::FieldFault;
use rocket::http::Status;
use serde::Serialize;

use crate::error::WebError;
use crate::typed::{Kept, Typed};
use crate::views::{Field, FieldKind, FormFault, RuleCite, Text};
use crate::voice;

/// A form that comes back: which, what was typed, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Again {
    /// Key of the form.
    pub form: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Vec<FieldFault>,
    /// A field at which something is wrong that has words of its own.
    pub told: Option<(String, Text)>,
    /// The rule that refused it.
    pub cite: Option<RuleCite>,
}

impl Again {
    /// A form that comes back with faults at its fields.
    pub fn new(form: impl Into<String>, typed: Typed, faults: Vec<FieldFault>) -> Self {
        Self { form: form.into(), typed, faults, told: None, cite: None }
    }

    /// A form that was not taken: with its faults, or with the words of what stood against it and the rule; any other error comes back.
    pub fn of(form: &str, typed: Typed, error: WebError) -> Result<Self, WebError> {
        if error.status != Status::Conflict {
            return Ok(Self::new(form, typed, error.into_faults()?));
        }
        let changed = || Text::said("error-text-changed");
        let words = if error.kind == "stale" { changed() } else { error.sentence() };
        let (told, cite) = (Some((String::new(), words)), error.cite());
        Ok(Self { told, cite, ..Self::new(form, typed, Vec::new()) })
    }

    /// What was typed into a form that was refused: the page may have no form for it any more.
    pub fn refused_words(&self) -> Vec<Kept> {
        let refused = self.told.as_ref().is_some_and(|(field, _)| field.is_empty());
        if refused { self.typed.kept() } else { Vec::new() }
    }

    /// What is wrong at a field.
    fn at(&self, field: &str) -> Option<Text> {
        let told = || self.told.as_ref().filter(|(name, _)| name == field);
        voice::fault_at(&self.faults, field).or_else(|| told().map(|(_, text)| text.clone()))
    }

    /// The faults for the head of the page, each leading to its field.
    pub fn summary(&self) -> Vec<FormFault> {
        let coded = self.faults.iter().map(|fault| (&fault.field, voice::fault(fault)));
        let told = self.told.iter().map(|(field, text)| (field, text.clone()));
        let fault = |(field, text): (&String, Text)| {
            let whole = || format!("{}.{field}", self.form);
            FormFault { field: if field.is_empty() { String::new() } else { whole() }, text }
        };
        coded.chain(told).map(fault).collect()
    }
}

/// A form as the partial `form` shows it.
#[derive(Serialize)]
pub struct FormView {
    /// Where it is sent.
    pub action: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Words of its button.
    pub button: Text,
}

/// A form that is folded away until it is wanted or has come back; partial `fold`.
#[derive(Serialize)]
pub struct Fold {
    /// Whether it is unfolded.
    pub open: bool,
    /// Words that unfold it.
    pub summary: Text,
    /// The form.
    pub form: FormView,
}

/// One form of a page, empty or come back.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    key: &'a str,
    again: Option<&'a Again>,
}

impl<'a> Part<'a> {
    /// The form of this key; filled if it is the one that came back.
    pub fn new(key: &'a str, again: Option<&'a Again>) -> Self {
        Self { key, again: again.filter(|again| again.form == key) }
    }

    /// Whether this is the form that came back.
    pub fn is_back(&self) -> bool {
        self.again.is_some()
    }

    /// The form with its words, unfolded if it has come back.
    pub fn fold(&self, summary: &str, form: FormView) -> Fold {
        Fold { open: self.is_back(), summary: Text::said(summary), form }
    }

    /// The name of a field as the form sends it.
    pub fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.key)
    }

    /// A field with what was typed and what is wrong with it.
    pub fn field(&self, kind: FieldKind, field: &str, label: impl Into<Text>) -> Field {
        let name = self.name(field);
        let made = Field::new(kind, &name, label);
        match self.again {
            Some(again) => made.value(again.typed.raw(&name)).fault(again.at(field)),
            None => made,
        }
    }

    /// A field with what is stored, unless the form came back with what was typed.
    pub fn stored(
        &self,
        kind: FieldKind,
        field: &str,
        label: impl Into<Text>,
        stored: impl Into<String>,
    ) -> Field {
        let made = self.field(kind, field, label);
        if self.is_back() { made } else { made.value(stored) }
    }

    /// A choice among the values of a closed set, in words.
    pub fn choice<K: Keyed>(
        &self,
        kind: FieldKind,
        field: &str,
        label: impl Into<Text>,
        values: &[K],
    ) -> Field {
        values.iter().fold(self.field(kind, field, label), |made, value| {
            made.choice(value.key(), word(*value))
        })
    }
}

/// The word of a value of a closed set: `stage-30-20`, `document-kind-comment-draft`.
pub fn word<K: Keyed>(value: K) -> Text {
    // A notice is called as its letter calls its matter.
    if K::SET == "notice" {
        return Text::said(format!("mail-{}-matter", value.key().replace('_', "-")));
    }
    // The sets that the public pages name too are worded once, under their short names.
    let set = match K::SET {
        "deadline" => "deadline-kind".to_owned(),
        "degree of adoption" => "adoption".to_owned(),
        "interest category" => "interest".to_owned(),
        "choice" => "vote".to_owned(),
        "answer" => "recipient-answer".to_owned(),
        "specification category" => "category".to_owned(),
        "specification level" => "level".to_owned(),
        other => other.replace(' ', "-"),
    };
    Text::word(&set, value.key())
}

/// Several texts as a list in the reader's language.
pub fn joined(texts: Vec<Text>) -> Option<Text> {
    (!texts.is_empty()).then(|| Text::said("projects-all").with_list("all", &texts))
}
