//! What the desk shows of a round, as it stands in the address.

use quanheng_actions::names::fold;
use quanheng_db::comment_index::{Owner, Standing, Wanted};
use quanheng_db::rounds::CommentRow;
use quanheng_domain::{
    Keyed,
    comment::{CommentKind, CommentSource, Disposition},
    ids::{CommentId, PersonId, RoundId},
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

    /// The address of a comment by itself; `next` is the number of the one below it in this list.
    pub fn alone(&self, round: RoundId, comment: CommentId, next: Option<i32>) -> String {
        let next = next.map(|serial| serial.to_string()).unwrap_or_default();
        let mut pairs = self.pairs();
        pairs.extend([("page", self.value("page")), ("next", next.as_str())]);
        address::with(&format!("/consultations/{round}/desk/{comment}"), &pairs)
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

    /// What was chosen, as the database is asked for it; `besides` is shown whatever was chosen.
    pub fn wanted(
        &self,
        me: Option<PersonId>,
        objecting: Vec<CommentId>,
        besides: Option<i32>,
    ) -> Wanted {
        let standing = match self.value("status") {
            "" => None,
            OPEN => Some(Standing::Open),
            LATE => Some(Standing::Late),
            PROPOSED => Some(Standing::Proposed),
            OBJECTED => Some(Standing::Among(objecting)),
            code => Disposition::from_key(code).ok().map(Standing::Ruled),
        };
        let clause = match self.value("clause") {
            "" => None,
            WHOLE => Some(String::new()),
            clause => Some(fold(clause)),
        };
        let words = fold(self.value("q"));
        // What cannot be a number or a person is on no comment.
        let nothing = Some(0);
        let mut alike = match self.value("same") {
            "" => None,
            first => first.parse().ok().or(nothing),
        };
        let owner = match self.value("owner") {
            "" => None,
            NOBODY => Some(Owner::Nobody),
            ME => me.map(Owner::Person),
            id => id.parse().ok().map(Owner::Person),
        };
        if owner.is_none() && !self.value("owner").is_empty() {
            alike = nothing;
        }
        Wanted {
            standing,
            kind: key_of(self.value("kind")),
            source: key_of(self.value("source")),
            class: key_of(self.value("class")),
            clause,
            words: (!words.is_empty()).then_some(words),
            alike,
            owner,
            besides,
        }
    }
}

/// A choice as the key it is; unknown ones were told by [`Sieve::check`].
fn key_of<K: Keyed>(value: &str) -> Option<K> {
    K::from_key(value).ok()
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
