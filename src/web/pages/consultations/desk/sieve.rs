//! What the desk shows of a round, as it stands in the address.

use quanheng_actions::names::fold;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::{
    comment::{CommentKind, CommentSource, Disposition, Reaction},
    ids::RoundId,
    rules::RecipientClass,
};
use rocket::FromForm;

use super::read::DeskFile;
use crate::error::WebError;
use crate::pages::address;

/// What the reader chose.
#[derive(Debug, Clone, Default, FromForm)]
pub struct Sieve {
    status: Option<String>,
    kind: Option<String>,
    source: Option<String>,
    class: Option<String>,
    clause: Option<String>,
    q: Option<String>,
    same: Option<String>,
    owner: Option<String>,
    page: Option<String>,
    at: Option<String>,
}

/// The choices in the order of the address; `page` and `at` only say where on the list.
const NAMES: [&str; 8] = ["status", "kind", "source", "class", "clause", "q", "same", "owner"];

/// Values of `status` besides the codes of dispositions.
pub const OPEN: &str = "open";
/// Comments that came after the end.
pub const LATE: &str = "late";
/// Comments whose author objects to the answer.
pub const OBJECTED: &str = "objected";
/// Comments whose ruling is not confirmed.
pub const PROPOSED: &str = "proposed";
/// The value of `owner` that means nobody.
pub const NOBODY: &str = "none";
/// The value of `owner` that means the reader.
pub const ME: &str = "me";
/// The value of `clause` that means the text as a whole.
pub const WHOLE: &str = "-";

impl Sieve {
    /// A choice as it was typed, trimmed.
    pub fn value(&self, name: &str) -> &str {
        let value = match name {
            "status" => &self.status,
            "kind" => &self.kind,
            "source" => &self.source,
            "class" => &self.class,
            "clause" => &self.clause,
            "q" => &self.q,
            "same" => &self.same,
            "owner" => &self.owner,
            "page" => &self.page,
            _ => &self.at,
        };
        value.as_deref().map_or("", str::trim)
    }

    /// The number of the page, from 1.
    pub fn page(&self) -> u64 {
        self.value("page").parse().unwrap_or(1).max(1)
    }

    /// The serial number of the comment whose form is open.
    pub fn at(&self) -> Option<i32> {
        self.value("at").parse().ok()
    }

    /// Whether anything was chosen.
    pub fn narrows(&self) -> bool {
        NAMES.iter().any(|name| !self.value(name).is_empty())
    }

    /// What was chosen, name by name.
    pub fn chosen(&self) -> impl Iterator<Item = (&'static str, &str)> {
        NAMES.iter().map(|name| (*name, self.value(name))).filter(|(_, value)| !value.is_empty())
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        NAMES.iter().map(|name| (*name, self.value(name))).collect()
    }

    /// The address of the desk with one choice changed; the list begins anew.
    pub fn with(&self, round: RoundId, changed: &str, to: &str) -> String {
        let pairs: Vec<(&str, &str)> = self
            .pairs()
            .into_iter()
            .map(|(name, value)| (name, if name == changed { to } else { value }))
            .collect();
        address::with(&format!("/consultations/{round}/desk"), &pairs)
    }

    /// The address of a page of the same list.
    pub fn on_page(&self, round: RoundId, page: u64) -> String {
        let number = page.to_string();
        let mut pairs = self.pairs();
        pairs.push(("page", &number));
        address::with(&format!("/consultations/{round}/desk"), &pairs)
    }

    /// The address of the same list with the form of a comment open.
    pub fn at_comment(&self, round: RoundId, serial: i32) -> String {
        let serial = serial.to_string();
        let mut pairs = self.pairs();
        pairs.extend([("page", self.value("page")), ("at", serial.as_str())]);
        format!("{}#c{serial}", address::with(&format!("/consultations/{round}/desk"), &pairs))
    }

    /// The address of a form below the desk, carrying the choices along.
    pub fn form(&self, round: RoundId, below: &str) -> String {
        let mut pairs = self.pairs();
        pairs.push(("page", self.value("page")));
        address::with(&format!("/consultations/{round}/desk{below}"), &pairs)
    }

    /// Unknown keys are told, not ignored: a list that silently shows more than was asked for misleads.
    pub fn check(&self) -> Result<(), WebError> {
        let status = self.value("status");
        if !matches!(status, "" | OPEN | LATE | OBJECTED | PROPOSED) {
            address::key::<Disposition>(Some(status))?;
        }
        address::key::<CommentKind>(self.kind.as_deref())?;
        address::key::<CommentSource>(self.source.as_deref())?;
        address::key::<RecipientClass>(self.class.as_deref())?;
        Ok(())
    }

    /// Whether a comment is among what was chosen.
    pub fn keeps(&self, file: &DeskFile, row: &CommentRow) -> bool {
        let status = match self.value("status") {
            "" => true,
            OPEN => is_open(row),
            LATE => row.late,
            PROPOSED => is_proposed(file, row),
            OBJECTED => {
                file.reactions.get(&row.id).is_some_and(|last| last.reaction == Reaction::Objects)
            }
            code => row.disposition.is_some_and(|given| given.to_string() == code),
        };
        let same = |name: &str, key: String| {
            let wanted = self.value(name);
            wanted.is_empty() || wanted == key
        };
        let clause = match self.value("clause") {
            "" => true,
            WHOLE => row.clause.is_empty(),
            clause => fold(clause) == fold(&row.clause),
        };
        let words = fold(self.value("q"));
        let found = words.is_empty()
            || [&row.body, &row.proposal, &row.reason, &row.author_unit, &row.author_name]
                .iter()
                .any(|text| fold(text).contains(&words));
        let alike = match self.value("same") {
            "" => true,
            first => file.alike.get(&row.id).is_some_and(|(serial, _)| serial.to_string() == first),
        };
        let owner = file.care.get(&row.id).and_then(|care| care.owner_id);
        let owned = match self.value("owner") {
            "" => true,
            NOBODY => owner.is_none(),
            ME => owner.is_some() && owner == file.me,
            id => owner.is_some_and(|owner| owner.to_string() == id),
        };
        status
            && owned
            && same("kind", row.kind.to_string())
            && same("source", row.source.to_string())
            && same("class", row.author_class.to_string())
            && clause
            && found
            && alike
    }
}

/// Whether a ruling was given that nobody has confirmed and that is not published (拟).
pub fn is_proposed(file: &DeskFile, row: &CommentRow) -> bool {
    let confirmed = file.care.get(&row.id).is_some_and(|care| care.confirmed_by.is_some());
    !is_open(row)
        && !confirmed
        && row.published_at.is_none()
        && row.disposition != Some(Disposition::Withdrawn)
}

/// Whether a comment waits for its disposition.
pub fn is_open(row: &CommentRow) -> bool {
    row.disposition.is_none_or(|code| !code.is_settled())
}
