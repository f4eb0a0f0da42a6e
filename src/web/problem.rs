//! Problem documents (RFC 9457), the errors of the API.

use quanheng_domain::Locale;
use quanheng_domain::lifecycle::FieldFault;
use serde::Serialize;

use crate::app::App;
use crate::error::WebError;
use crate::voice;

/// A problem document. `type` ends in a stable key, so that clients need no English.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// `urn:quanheng:problem:` and the key.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in the reader's language.
    pub detail: String,
    /// The rule that refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<ProblemRule>,
    /// What is wrong with the input, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ProblemField>,
    /// Identity of the request, for asking back; absent in an answer that is kept and given again.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub request_id: String,
}

/// The rule behind a refusal.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemRule {
    /// Key of the rule.
    pub key: String,
    /// Value as the profile writes it.
    pub value: Option<String>,
    /// Article; empty for a default of the product.
    pub article: Option<String>,
    /// Title of the source.
    pub source: Option<String>,
    /// `C`, `S`, `A`, `R` or `D`.
    pub mark: Option<String>,
    /// Whether an officer confirmed it.
    pub confirmed: bool,
}

/// One wrong field.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemField {
    /// Name of the field.
    pub field: String,
    /// Stable code of the fault.
    pub code: String,
    /// What is wrong, in the reader's language.
    pub message: String,
}

impl Problem {
    /// The document of an error.
    pub fn of(app: &App, error: &WebError, locale: Locale, request_id: &str) -> Self {
        let zone = app.settings.site.zone;
        let say = |text| voice::speak(&app.words, zone, locale, &text);
        let field = |fault: &FieldFault| ProblemField {
            field: fault.field.clone(),
            code: fault.code.to_string(),
            message: say(voice::fault(fault)),
        };
        let status = error.status.code;
        Self {
            kind: format!("urn:quanheng:problem:{}", error.kind),
            title: say(crate::views::Text::said(format!("error-title-{status}"))),
            status,
            detail: say(error.sentence()),
            rule: error.rule(),
            fields: error.fields.iter().map(field).collect(),
            request_id: request_id.to_owned(),
        }
    }
}
