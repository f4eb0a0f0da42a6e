//! A letter as it leaves: addresses, subject, both bodies and exactly the headers we mean.

use chrono::{DateTime, Utc};
use lettre::{
    Address,
    message::{
        MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

/// A name and an address, as in a From or To line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name shown; may be Chinese, may be empty.
    pub name: String,
    /// The address.
    pub email: String,
}

/// A letter that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Sender, always the system.
    pub from: Mailbox,
    /// Where answers go, if anybody reads them.
    pub reply_to: Option<String>,
    /// The one recipient.
    pub to: Mailbox,
    /// Subject, one line.
    pub subject: String,
    /// Body for readers of plain text.
    pub text: String,
    /// Body for readers of HTML.
    pub html: String,
    /// Message-ID with its angle brackets; a repeated attempt has the same.
    pub message_id: String,
    /// Date header.
    pub date: DateTime<Utc>,
    /// Further headers in their order: name, value.
    pub headers: Vec<(&'static str, String)>,
}

/// What cannot be put into a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// A text bound for a header holds a control character, such as a line break that would begin another header.
    #[error("the {field} holds a control character")]
    ControlCharacter {
        /// Which text.
        field: &'static str,
    },
    /// No mail address.
    #[error("the {field} is no mail address")]
    Address {
        /// Which address.
        field: &'static str,
    },
    /// The library refused to build the letter.
    #[error("the letter cannot be built: {0}")]
    Build(String),
}

/// Refuses control characters (line breaks among them) in a text bound for a header.
pub fn header_safe(field: &'static str, text: &str) -> Result<(), MessageError> {
    if text.chars().any(char::is_control) {
        return Err(MessageError::ControlCharacter { field });
    }
    Ok(())
}

impl Mailbox {
    /// Checks name and address; `field` names it in the error.
    pub fn check(&self, field: &'static str) -> Result<Address, MessageError> {
        header_safe(field, &self.name)?;
        header_safe(field, &self.email)?;
        self.email.parse().map_err(|_| MessageError::Address { field })
    }

    fn to_lettre(&self, field: &'static str) -> Result<lettre::message::Mailbox, MessageError> {
        let address = self.check(field)?;
        let name = self.name.trim();
        Ok(lettre::message::Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address))
    }
}

impl Message {
    /// Refuses a letter with a broken header or address.
    pub fn check(&self) -> Result<(), MessageError> {
        self.from.check("sender")?;
        self.to.check("recipient")?;
        self.answers().map(|answers| answers.check("reply address")).transpose()?;
        header_safe("subject", &self.subject)?;
        header_safe("message id", &self.message_id)?;
        self.headers.iter().try_for_each(|(name, value)| header_safe(name, value))
    }

    fn answers(&self) -> Option<Mailbox> {
        self.reply_to.as_ref().map(|email| Mailbox { name: String::new(), email: email.clone() })
    }

    /// The letter in the library's form, which encodes names and bodies.
    pub fn to_lettre(&self) -> Result<lettre::Message, MessageError> {
        self.check()?;
        let mut builder = lettre::Message::builder().from(self.from.to_lettre("sender")?);
        if let Some(answers) = self.answers() {
            builder = builder.reply_to(answers.to_lettre("reply address")?);
        }
        let mut message = builder
            .to(self.to.to_lettre("recipient")?)
            .subject(self.subject.clone())
            .message_id(Some(self.message_id.clone()))
            .date(self.date.into())
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))
            .map_err(|error| MessageError::Build(error.to_string()))?;
        for (name, value) in &self.headers {
            let name = HeaderName::new_from_ascii((*name).to_owned())
                .map_err(|error| MessageError::Build(error.to_string()))?;
            message.headers_mut().insert_raw(HeaderValue::new(name, value.clone()));
        }
        Ok(message)
    }
}
