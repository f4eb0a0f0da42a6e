//! What the templates of mail see: ready values only, so that templates choose and loop but never compute.

use quanheng_domain::{
    Keyed, Locale,
    notice::{Audience, Fact, Notice, NoticeFacts},
    stage::Stage,
};
use quanheng_i18n::Words;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::compose::{ComposeError, Frame, Recipient};

/// The context of all templates of mail; every field is there, so that strict mode finds typing errors.
#[derive(Clone, Serialize)]
pub(crate) struct LetterContext {
    pub locale: &'static str,
    /// What stands in brackets before the subject: the committee's code, or the site.
    pub tag: String,
    pub to: String,
    pub because: String,
    pub mandatory: bool,
    /// Where an optional notice is switched off.
    pub stop: Option<String>,
    pub link: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    pub committee: String,
    /// False where the letter is about the committee itself, which would be named twice.
    pub show_committee: bool,
    pub title: String,
    /// The title, cut where the subject would grow too long.
    pub title_cut: String,
    pub draft: Option<String>,
    /// False where what is asked about is the project itself and no draft of it.
    pub show_draft: bool,
    pub number: Option<String>,
    pub receipt: Option<String>,
    pub person: Option<String>,
    pub role: Option<String>,
    pub reason: Option<String>,
    /// What was decided, in words.
    pub outcome: Option<String>,
    /// True where there is a time limit that the notice's own words do not mention.
    pub by_due: bool,
    pub due: Option<Due>,
    pub date: Option<String>,
    pub figures: Vec<Figure>,
    pub items: Vec<Line>,
    /// The arguments that every word may use.
    pub arguments: Map<String, Value>,
}

/// A time limit, for the letter and for the subject.
#[derive(Clone, Serialize)]
pub(crate) struct Due {
    pub long: String,
    pub short: String,
}

/// A number with its label.
#[derive(Clone, Serialize)]
pub(crate) struct Figure {
    pub label: String,
    pub value: i64,
}

/// A line of a list: a comment with its answer, a replaced text.
#[derive(Clone, Serialize)]
pub(crate) struct Line {
    pub place: String,
    pub text: String,
    pub note: String,
    pub disposition: Option<String>,
    pub clause_act: Option<String>,
}

impl LetterContext {
    /// Looks up every word and date that depends on the facts.
    pub fn new(
        words: &Words,
        notice: &Notice,
        recipient: &Recipient,
        frame: &Frame,
    ) -> Result<Self, ComposeError> {
        let facts = &notice.facts;
        let locale = recipient.locale;
        let row = notice.key.row();
        let due = facts.due.map(|at| Due {
            long: words.deadline_end(locale, frame.zone, at),
            short: words.deadline_short(locale, frame.zone, at),
        });
        let mandatory = row.mandatory_for(recipient.reason);
        let stop = recipient.unsubscribe.as_deref().filter(|_| !mandatory);
        let mut context = Self {
            locale: locale.key(),
            tag: if facts.committee_code.is_empty() {
                frame.site.clone()
            } else {
                facts.committee_code.clone()
            },
            to: if recipient.name.trim().is_empty() {
                recipient.email.clone()
            } else {
                recipient.name.clone()
            },
            because: because(words, recipient, &facts.committee)?,
            mandatory,
            stop: stop.map(|path| frame.link(path)).transpose()?,
            link: frame.link(facts.secret_path.as_deref().unwrap_or(&facts.path))?,
            reply_to: frame.reply_to.clone(),
            committee: facts.committee.clone(),
            show_committee: !facts.committee.is_empty() && facts.committee != facts.title,
            title: facts.title.clone(),
            title_cut: facts.title.clone(),
            draft: facts.draft.clone(),
            show_draft: facts.draft.as_ref().is_some_and(|draft| *draft != facts.title),
            number: facts.number.clone(),
            receipt: facts.receipt.clone(),
            person: facts.person.clone(),
            role: facts
                .role
                .map(|role| word(words, locale, "mail-role", role.key()))
                .transpose()?,
            reason: facts.reason.clone(),
            outcome: facts.outcome.map(|stage| outcome(words, locale, stage)).transpose()?,
            by_due: due.is_some() && !row.needs.contains(&Fact::Due),
            due,
            date: facts.date.map(|day| words.date(locale, day)),
            figures: figures(words, locale, facts)?,
            items: lines(words, locale, facts)?,
            arguments: Map::new(),
        };
        context.arguments = context.arguments_for(facts, recipient.reason, frame);
        Ok(context)
    }

    fn arguments_for(
        &self,
        facts: &NoticeFacts,
        reason: Audience,
        frame: &Frame,
    ) -> Map<String, Value> {
        let mut arguments = Map::new();
        let mut put = |name: &str, value: Option<&String>| {
            if let Some(value) = value {
                arguments.insert(name.to_owned(), Value::String(value.clone()));
            }
        };
        put("site", Some(&frame.site));
        put("title", Some(&self.title));
        put("committee", Some(&self.committee));
        put("draft", self.draft.as_ref());
        put("number", self.number.as_ref());
        put("receipt", self.receipt.as_ref());
        put("person", self.person.as_ref());
        put("role", self.role.as_ref());
        put("reply", self.reply_to.as_ref());
        put("due", self.due.as_ref().map(|due| &due.long));
        put("date", self.date.as_ref());
        arguments.insert("audience".to_owned(), Value::from(reason.key()));
        for (count, value) in &facts.counts {
            arguments.insert(word_key("n", count.key()), Value::from(*value));
        }
        arguments
    }
}

// Why somebody gets the letter.
fn because(words: &Words, recipient: &Recipient, committee: &str) -> Result<String, ComposeError> {
    let key = word_key("mail-because", recipient.reason.key());
    words
        .find(recipient.locale, &key, &[("committee", committee.into())])
        .ok_or(ComposeError::NoWords(key))
}

fn figures(
    words: &Words,
    locale: Locale,
    facts: &NoticeFacts,
) -> Result<Vec<Figure>, ComposeError> {
    facts
        .counts
        .iter()
        .map(|(count, value)| {
            Ok(Figure { label: word(words, locale, "mail-count", count.key())?, value: *value })
        })
        .collect()
}

fn lines(words: &Words, locale: Locale, facts: &NoticeFacts) -> Result<Vec<Line>, ComposeError> {
    facts
        .items
        .iter()
        .map(|item| {
            Ok(Line {
                place: item.label.clone(),
                text: item.text.clone(),
                note: item.note.clone(),
                disposition: item
                    .code
                    .map(|code| word(words, locale, "mail-disposition", code.key()))
                    .transpose()?,
                clause_act: item
                    .act
                    .map(|act| word(words, locale, "slip-act", act.key()))
                    .transpose()?,
            })
        })
        .collect()
}

/// The full name of the stage at which a decision arrived.
fn outcome(words: &Words, locale: Locale, stage: Stage) -> Result<String, ComposeError> {
    let key = format!("stage-{}-long", stage.key().replace('.', "-"));
    words.find(locale, &key, &[]).ok_or(ComposeError::NoWords(key))
}

/// The name of a value of a closed set.
fn word(words: &Words, locale: Locale, prefix: &str, key: &str) -> Result<String, ComposeError> {
    let key = word_key(prefix, key);
    words.find(locale, &key, &[]).ok_or(ComposeError::NoWords(key))
}

fn word_key(prefix: &str, key: &str) -> String {
    format!("{prefix}-{}", key.to_lowercase().replace('_', "-"))
}
