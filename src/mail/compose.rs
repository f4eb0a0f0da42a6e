//! From a notice and a recipient to a letter.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use handlebars::RenderError;
use quanheng_domain::{
    Locale,
    ids::{MailId, ObjectId},
    notice::{Audience, Fact, Notice},
};
use quanheng_i18n::Words;

use crate::{
    context::LetterContext,
    message::{Mailbox, Message, MessageError, header_safe},
    templates::{TemplateFault, Templates},
};

/// Longest subject in characters; a longer title is cut, because phones and lists cut it anyway and worse.
const SUBJECT_LENGTH: usize = 118;

/// Who gets the letter, in which language and why.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// The name shown.
    pub name: String,
    /// The address.
    pub email: String,
    /// The language.
    pub locale: Locale,
    /// The group that brought this person in; printed as the reason.
    pub reason: Audience,
    /// Path of the page that stops notices of this kind or ends the following; never printed where the notice is mandatory.
    pub unsubscribe: Option<String>,
}

/// What every letter of an instance and attempt has in common.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Name of the site, as in the footer.
    pub site: String,
    /// Address of the site (`https://quanheng.example`).
    pub base_url: String,
    /// The sender.
    pub from: Mailbox,
    /// Where answers go; without it the letter asks not to be answered.
    pub reply_to: Option<String>,
    /// Message-ID with brackets, see [`message_id`].
    pub message_id: String,
    /// What the letter belongs to; letters about the same object are shown as one conversation.
    pub conversation: Option<ObjectId>,
    /// The zone in which time limits are told.
    pub zone: Tz,
    /// The instant for the Date header.
    pub now: DateTime<Utc>,
}

/// Why there is no letter.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// Facts that the words rely on are not there.
    #[error("the notice lacks {0:?}")]
    MissingFacts(Vec<Fact>),
    /// A word is missing.
    #[error("no words for {0}")]
    NoWords(String),
    /// The link would leave the site.
    #[error("{0:?} is no path of the site")]
    Path(String),
    /// The letter cannot be addressed or would break its headers.
    #[error(transparent)]
    Message(#[from] MessageError),
    /// A template failed.
    #[error(transparent)]
    Render(#[from] Box<RenderError>),
}

/// The Message-ID of an outbox row: the same at every attempt, so that a repeat is recognised as one.
pub fn message_id(mail: MailId, base_url: &str) -> String {
    format!("<{mail}@{}>", host(base_url))
}

/// The host of an address, without scheme, port and path.
fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    }
}

impl Frame {
    /// An address of the site; refuses what a browser would take for another host.
    pub(crate) fn link(&self, path: &str) -> Result<String, ComposeError> {
        let safe = path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && !path.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        if !safe {
            return Err(ComposeError::Path(path.to_owned()));
        }
        Ok(format!("{}{path}", self.base_url.trim_end_matches('/')))
    }
}

/// Makes letters; holds the parsed templates, so make one and share it.
pub struct Composer {
    templates: Templates,
    words: Arc<Words>,
}

impl Composer {
    /// Reads the templates; `folder` is the operator's own folder of templates.
    pub fn new(words: Arc<Words>, folder: Option<&Path>) -> Result<Self, TemplateFault> {
        Ok(Self { templates: Templates::load(words.clone(), folder)?, words })
    }

    /// The templates, for checks that compare them with the table of notices.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The letter of one notice for one recipient.
    pub fn compose(
        &self,
        notice: &Notice,
        recipient: &Recipient,
        frame: &Frame,
    ) -> Result<Message, ComposeError> {
        let missing = notice.missing();
        if !missing.is_empty() {
            return Err(ComposeError::MissingFacts(missing));
        }
        let to = Mailbox { name: recipient.name.clone(), email: recipient.email.clone() };
        check(notice, &to, frame)?;
        let context = LetterContext::new(&self.words, notice, recipient, frame)?;
        let name = |part: &str| format!("{}/{part}", notice.key);
        let message = Message {
            from: frame.from.clone(),
            reply_to: frame.reply_to.clone(),
            to,
            subject: self.subject(notice, &context)?,
            text: tidy(&self.templates.text(&name("body.txt"), &context).map_err(Box::new)?),
            html: self.templates.html(&name("body.html"), &context).map_err(Box::new)?,
            message_id: frame.message_id.clone(),
            date: frame.now,
            headers: headers(notice, &context, frame),
        };
        message.check()?;
        Ok(message)
    }

    fn subject(&self, notice: &Notice, context: &LetterContext) -> Result<String, ComposeError> {
        let name = format!("{}/subject.txt", notice.key);
        let render = |context: &LetterContext| -> Result<String, ComposeError> {
            Ok(self.templates.text(&name, context).map_err(Box::new)?.trim().to_owned())
        };
        let full = render(context)?;
        let excess = full.chars().count().saturating_sub(SUBJECT_LENGTH);
        if excess == 0 {
            return Ok(full);
        }
        let keep = context.title.chars().count().saturating_sub(excess + 1);
        let mut cut = context.clone();
        cut.title_cut = context.title.chars().take(keep).chain(['…']).collect();
        render(&cut)
    }
}

/// Refuses a letter whose facts would break a header, before any of them is put into one.
fn check(notice: &Notice, to: &Mailbox, frame: &Frame) -> Result<(), MessageError> {
    let facts = &notice.facts;
    to.check("recipient")?;
    frame.from.check("sender")?;
    header_safe("title", &facts.title)?;
    header_safe("draft", facts.draft.as_deref().unwrap_or_default())?;
    header_safe("committee code", &facts.committee_code)?;
    header_safe("site name", &frame.site)
}

/// The headers beside the ordinary ones: automatic, list, conversation, way to stop.
fn headers(notice: &Notice, context: &LetterContext, frame: &Frame) -> Vec<(&'static str, String)> {
    let host = host(&frame.base_url);
    let list = match notice.facts.committee_code.as_str() {
        "" => format!("<notices.{host}>"),
        code => format!("<{}.committees.{host}>", slug(code)),
    };
    let mut headers = vec![("Auto-Submitted", "auto-generated".to_owned()), ("List-Id", list)];
    if let Some(object) = frame.conversation {
        let thread = format!("<{object}.thread@{host}>");
        headers.push(("In-Reply-To", thread.clone()));
        headers.push(("References", thread));
    }
    if let Some(stop) = &context.stop {
        headers.push(("List-Unsubscribe", format!("<{stop}>")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

fn slug(code: &str) -> String {
    code.chars()
        .map(
            |letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' },
        )
        .collect()
}

/// Takes out the runs of empty lines that blocks leave when they stay silent.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && empty) {
            tidy.push_str(line);
            tidy.push('\n');
        }
        empty = line.is_empty();
    }
    tidy.truncate(tidy.trim_end().len());
    tidy.push('\n');
    tidy
}
