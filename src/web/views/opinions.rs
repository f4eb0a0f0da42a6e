//! Opinions: comments and what became of them, votes and their count.

use serde::Serialize;

use super::{Field, Link, Pill, Text, Tone};

/// What became of a comment; partial `disposition`. The words are `disposition-<code>`.
#[derive(Debug, Clone, Serialize)]
pub struct Disposition {
    /// `A`, `P`, `N`, `M`, `Q`, `X` or `L`.
    pub code: String,
    /// Reason as written.
    pub reason: Option<String>,
    /// Whether the text was changed; none if not yet known.
    pub text_changed: Option<bool>,
    /// Whether it is only proposed by the editor ("拟").
    pub proposed: bool,
    /// The comment it was merged with.
    pub merged_into: Option<Link>,
    /// Who decided, and when.
    pub by: Option<Text>,
}

/// An answer below a comment.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    /// Who.
    pub author: String,
    /// When (RFC 3339).
    pub at: String,
    /// What, as written.
    pub text: String,
}

/// One comment as a card; partial `comment`.
#[derive(Debug, Clone, Serialize)]
pub struct CommentCard {
    /// Number within the round.
    pub number: String,
    /// Anchor of the card.
    pub id: String,
    /// Where it belongs: clause, table, formula or the whole text.
    pub clause: Text,
    /// Address of the clause in the text.
    pub clause_href: Option<String>,
    /// General, technical or editorial.
    pub kind: Option<Pill>,
    /// Author as shown.
    pub author: String,
    /// Unit as shown.
    pub unit: Option<String>,
    /// How it came in (web, letter, meeting…).
    pub source: Option<Text>,
    /// When it came in (RFC 3339).
    pub at: String,
    /// The words it is about.
    pub quote: Option<String>,
    /// The remark as written.
    pub remark: String,
    /// The wording proposed instead.
    pub proposal: Option<String>,
    /// Files attached.
    pub attachments: Vec<Link>,
    /// How many support it.
    pub support: u64,
    /// Whether it came after the round closed.
    pub late: bool,
    /// What became of it.
    pub disposition: Option<Disposition>,
    /// Answers.
    pub replies: Vec<Reply>,
    /// What the reader may do.
    pub actions: Vec<Link>,
}

/// One voter of the ribbon.
#[derive(Debug, Clone, Serialize)]
pub struct RibbonCell {
    /// `yes`, `no`, `abstain`, `recused` or `silent`.
    pub choice: String,
    /// Name, in the tooltip.
    pub name: String,
    /// Whether it is the reader.
    pub mine: bool,
}

/// The vote ribbon; partial `ribbon`.
#[derive(Debug, Clone, Serialize)]
pub struct Ribbon {
    /// Cells: those against first, then by option, then silent.
    pub cells: Vec<RibbonCell>,
    /// The same in words.
    pub sentence: Text,
    /// Address of the ballot.
    pub href: Option<String>,
    /// Whether the reader's own vote stands in the way.
    pub blocking: bool,
}

/// One part of a meter; widths are in thousandths of the whole.
#[derive(Debug, Clone, Serialize)]
pub struct MeterPart {
    /// `yes`, `no`, `abstain`, `silent`, `good`, `warn`, `bad` or `info`.
    pub class: String,
    /// Where it begins, 0 to 1000.
    pub from: u32,
    /// How wide it is, 0 to 1000.
    pub width: u32,
    /// What it is and how many, in words.
    pub text: Text,
}

/// A bar of parts with an optional mark for what is needed; partial `meter`.
#[derive(Debug, Clone, Serialize)]
pub struct Meter {
    /// What the bar says, in words.
    pub label: Text,
    /// Parts from the left.
    pub parts: Vec<MeterPart>,
    /// Where the mark stands, 0 to 1000.
    pub needed: Option<u32>,
    /// What the mark means.
    pub needed_text: Option<Text>,
}

impl Meter {
    /// A bar over `(class, amount, words)`; amounts of zero are left out, `needed` is an amount of the same `whole`.
    pub fn of(
        label: Text,
        parts: &[(&str, u64, Text)],
        whole: u64,
        needed: Option<(u64, Text)>,
    ) -> Self {
        let whole = whole.max(parts.iter().map(|p| p.1).sum()).max(1);
        let place =
            |amount: u64| u32::try_from(amount.saturating_mul(1000) / whole).unwrap_or(1000);
        let mut from = 0;
        let parts = parts
            .iter()
            .filter(|part| part.1 > 0)
            .map(|(class, amount, text)| {
                let (begin, end) = (place(from), place(from + amount));
                from += amount;
                MeterPart {
                    class: (*class).to_owned(),
                    from: begin,
                    width: end - begin,
                    text: text.clone(),
                }
            })
            .collect();
        let (needed, needed_text) = match needed {
            Some((amount, text)) => (Some(place(amount)), Some(text)),
            None => (None, None),
        };
        Self { label, parts, needed, needed_text }
    }
}

/// The count of a ballot; partial `tally`.
#[derive(Debug, Clone, Serialize)]
pub struct TallyView {
    /// What is still missing, or the result, in one sentence.
    pub sentence: Text,
    /// Tone of the sentence.
    pub tone: Tone,
    /// Attendance against the quorum.
    pub attendance: Option<Meter>,
    /// Votes against the majority; nothing while the box of a secret vote is shut.
    pub votes: Option<Meter>,
    /// The rules it was counted by.
    pub rules: Vec<RuleCite>,
}

/// One voter on the ballot page.
#[derive(Debug, Clone, Serialize)]
pub struct Voter {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// `yes`, `no`, `abstain`, `recused` or `silent`.
    pub choice: String,
    /// What it was before, if changed.
    pub was: Option<String>,
    /// When (RFC 3339).
    pub at: Option<String>,
    /// Reason as written.
    pub reason: Option<String>,
    /// Remarks on how it was given (by phone, on an older draft, left since).
    pub notes: Vec<Text>,
    /// True for somebody who has left the committee since.
    pub former: bool,
    /// Anchor.
    pub id: String,
}

/// A group of voters under their option; partial `voters` takes a list.
#[derive(Debug, Clone, Serialize)]
pub struct VoterGroup {
    /// `yes`, `no`, `abstain`, `recused` or `silent`.
    pub choice: String,
    /// How many.
    pub count: u64,
    /// Who.
    pub voters: Vec<Voter>,
}

/// The rule behind a refusal, a condition or a number; partial `rule-cite`.
#[derive(Debug, Clone, Serialize)]
pub struct RuleCite {
    /// Key of the rule.
    pub key: String,
    /// Value with its unit, in words.
    pub value: Text,
    /// Article.
    pub article: Option<String>,
    /// Title of the source; a default of the product is named in the reader's language.
    pub source: Option<Text>,
    /// `C`, `S`, `A`, `R` or `D`.
    pub mark: String,
    /// Whether an administrator confirmed it.
    pub confirmed: bool,
    /// Address of the rule in its profile.
    pub href: Option<String>,
}

/// One row of the rule table; partial `rules` takes a list.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    /// Name in words.
    pub title: Text,
    /// The rule with its value and source.
    pub cite: RuleCite,
    /// From which day it holds.
    pub from: Option<String>,
    /// Remark.
    pub note: Option<Text>,
    /// Whether a committee has set its own value.
    pub overridden: bool,
    /// Fields of the form that changes it, for those who may.
    pub fields: Vec<Field>,
    /// Where that form is sent.
    pub action: Option<String>,
}
