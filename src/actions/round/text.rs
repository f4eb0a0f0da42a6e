//! What people fill in: single comments and who sends them, checked before any rule is asked.

use quanheng_domain::{
    Locale,
    comment::CommentKind,
    lifecycle::{FaultCode, FieldFault},
};
use serde::{Deserialize, Serialize};

use crate::{ActionError, limits, names};

/// One comment as filled in (FM-07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Clause, table or figure (章节号); empty for the text as a whole.
    #[serde(default)]
    pub clause: String,
    /// General, technical or editorial.
    pub kind: CommentKind,
    /// The comment (意见内容).
    pub body: String,
    /// Wording proposed (建议修改为).
    #[serde(default)]
    pub proposal: String,
    /// Reason (理由).
    #[serde(default)]
    pub reason: String,
    /// Words of the clause that the comment is about (引文); empty for the whole clause.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
}

/// Who sends comments without an account, or for whom the secretariat enters them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Mail address.
    #[serde(default)]
    pub contact: String,
    /// Unit; may be empty.
    #[serde(default)]
    pub unit: String,
    /// Whether name and unit may be shown in public; not unless it was ticked.
    #[serde(default)]
    pub publish_name: bool,
    /// Language of mails.
    pub locale: Locale,
}

/// Checks a text of one line.
pub fn line(faults: &mut Vec<FieldFault>, field: &str, text: &str, required: bool, most: usize) {
    let control = |c: char| c.is_control();
    check(faults, field, text, (required, most), control);
}

/// Checks a text of several lines.
pub fn lines(faults: &mut Vec<FieldFault>, field: &str, text: &str, required: bool, most: usize) {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    check(faults, field, text, (required, most), control);
}

fn check(
    faults: &mut Vec<FieldFault>,
    field: &str,
    text: &str,
    (required, most): (bool, usize),
    forbidden: impl Fn(char) -> bool,
) {
    let text = text.trim();
    if required && text.is_empty() {
        faults.push(FieldFault::new(field, FaultCode::Missing));
    } else if text.chars().count() > most {
        faults.push(limits::too_long(field, most));
    } else if text.chars().any(forbidden) {
        faults.push(FieldFault::new(field, FaultCode::BadCharacters));
    }
}

impl Remark {
    /// The faults of this comment; `at` is put before the names of its fields.
    pub fn faults(&self, at: &str, faults: &mut Vec<FieldFault>) {
        line(faults, &format!("{at}clause"), &self.clause, false, limits::NAME);
        lines(faults, &format!("{at}body"), &self.body, true, limits::TEXT);
        lines(faults, &format!("{at}proposal"), &self.proposal, false, limits::TEXT);
        lines(faults, &format!("{at}reason"), &self.reason, false, limits::TEXT);
        lines(faults, &format!("{at}quote"), &self.quote, false, limits::TEXT);
    }
}

/// The faults of comments sent together, with the place of each before its fields (`comments.0.body`).
pub fn faults_of(remarks: &[Remark], faults: &mut Vec<FieldFault>) {
    if remarks.is_empty() {
        faults.push(FieldFault::new("comments", FaultCode::Missing));
    }
    if remarks.len() > limits::COMMENTS_AT_ONCE {
        faults.push(limits::too_long("comments", limits::COMMENTS_AT_ONCE));
        return;
    }
    for (at, remark) in remarks.iter().enumerate() {
        remark.faults(&format!("comments.{at}."), faults);
    }
}

impl Author {
    /// The faults of an author; a name and an address that mail can reach are asked of the public, not of letters.
    pub fn faults(&self, named: bool, faults: &mut Vec<FieldFault>) {
        line(faults, "name", &self.name, named, limits::NAME);
        line(faults, "unit", &self.unit, false, limits::TITLE);
        let contact = self.contact.trim();
        if named && contact.is_empty() {
            faults.push(FieldFault::new("contact", FaultCode::Missing));
        } else if named && names::email_key(contact).is_none() {
            faults.push(FieldFault::new("contact", FaultCode::BadCharacters));
        } else {
            line(faults, "contact", contact, false, limits::TITLE);
        }
    }
}

/// Faults, if there are any, as the error of an action.
pub fn refuse(faults: Vec<FieldFault>) -> Result<(), ActionError> {
    if faults.is_empty() { Ok(()) } else { Err(ActionError::Invalid(faults)) }
}
