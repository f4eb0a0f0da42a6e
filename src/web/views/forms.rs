//! Forms: fields with label, hint and fault, and the summary of faults.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Text;

/// The control a field is shown as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// One line of text.
    #[default]
    Text,
    /// Several lines.
    Textarea,
    /// A list to choose one from.
    Select,
    /// A few choices to choose one from, all visible.
    Radio,
    /// Choices to choose any number from.
    Checks,
    /// One yes or no.
    Checkbox,
    /// A calendar day.
    Date,
    /// Day and hour in the zone of the authority.
    #[serde(rename = "datetime-local")]
    DateTime,
    /// A number.
    Number,
    /// A mail address.
    Email,
    /// A secret.
    Password,
    /// Search words.
    Search,
    /// A file to upload.
    File,
    /// Carried along, not shown.
    Hidden,
}

/// One choice of a select, radio or checks field.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Value sent.
    pub value: String,
    /// Words shown.
    pub text: Text,
    /// A line below the words.
    pub hint: Option<Text>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One field; partial `field`.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Form name; the element's id is `f-<name>`.
    pub name: String,
    /// Which control.
    pub kind: FieldKind,
    /// Label, always visible.
    pub label: Text,
    /// Help below the label.
    pub hint: Option<Text>,
    /// Present value.
    pub value: String,
    /// Choices, for the kinds that have them.
    pub choices: Vec<Choice>,
    /// Whether an answer is needed.
    pub required: bool,
    /// What is wrong with the answer.
    pub fault: Option<Text>,
    /// Further attributes of the control (`rows`, `min`, `max`, `maxlength`, `autocomplete`, `accept`, `inputmode`, `placeholder`).
    pub attrs: BTreeMap<String, String>,
    /// Where the browser keeps unsent words of a textarea, if it should.
    pub draft_key: Option<String>,
}

impl Field {
    /// An optional one-line field.
    pub fn new(kind: FieldKind, name: &str, label: impl Into<Text>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            label: label.into(),
            hint: None,
            value: String::new(),
            choices: Vec::new(),
            required: false,
            fault: None,
            attrs: BTreeMap::new(),
            draft_key: None,
        }
    }

    /// The same field, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Text>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same field with its present value; choices with that value become chosen.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        for choice in &mut self.choices {
            choice.chosen = choice.value == self.value;
        }
        self
    }

    /// The same field with one more choice, chosen if it equals the present value.
    #[must_use]
    pub fn choice(mut self, value: &str, text: impl Into<Text>) -> Self {
        let chosen = self.value == value;
        self.choices.push(Choice {
            value: value.to_owned(),
            text: text.into(),
            hint: None,
            chosen,
        });
        self
    }

    /// The same field with a fault.
    #[must_use]
    pub fn fault(mut self, fault: Option<Text>) -> Self {
        self.fault = fault;
        self
    }

    /// The same field with one more attribute of the control.
    #[must_use]
    pub fn attr(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.attrs.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same field keeping unsent words in the browser under this key.
    #[must_use]
    pub fn draft(mut self, key: &str) -> Self {
        self.draft_key = Some(key.to_owned());
        self
    }
}

/// One line of the fault summary on top of a form; partial `faults`.
#[derive(Debug, Clone, Serialize)]
pub struct FormFault {
    /// Name of the field, empty if the fault belongs to the whole form.
    pub field: String,
    /// What is wrong and how to put it right.
    pub text: Text,
}

/// A page that is one form; template `pages/forms/form`.
#[derive(Debug, Clone, Serialize)]
pub struct FormPage {
    /// Head of the page.
    pub head: super::PageHead,
    /// Where the form goes.
    pub action: String,
    /// Faults of the whole form and of its fields.
    pub faults: Vec<FormFault>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Words of the button.
    pub button: Text,
    /// Whether the button does what cannot be undone.
    pub grave: bool,
    /// Ways elsewhere.
    pub links: Vec<super::Link>,
}

impl FormPage {
    /// A form with its title, where it goes, its fields and the words of its button.
    pub fn new(
        title: Text,
        action: impl std::fmt::Display,
        fields: Vec<Field>,
        button: Text,
    ) -> Self {
        Self {
            head: super::PageHead::new(title),
            action: action.to_string(),
            faults: faults_of(&fields),
            fields,
            button,
            grave: false,
            links: Vec::new(),
        }
    }

    /// The same form with a sentence below the title.
    #[must_use]
    pub fn lead(mut self, lead: Text) -> Self {
        self.head.lead = Some(lead);
        self
    }

    /// The same form with one more way elsewhere.
    #[must_use]
    pub fn link(mut self, href: impl std::fmt::Display, text: Text) -> Self {
        self.links.push(super::Link::new(href.to_string(), text));
        self
    }

    /// The same form with a fault that belongs to no field.
    #[must_use]
    pub fn refused(mut self, text: Text) -> Self {
        self.faults.insert(0, FormFault { field: String::new(), text });
        self
    }
}

/// The summary of the faults of these fields, in their order.
pub fn faults_of(fields: &[Field]) -> Vec<FormFault> {
    fields
        .iter()
        .filter_map(|field| {
            field.fault.clone().map(|text| FormFault { field: field.name.clone(), text })
        })
        .collect()
}
