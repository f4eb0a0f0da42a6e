//! The ways out for a letter: an SMTP server, files, memory for tests, or none at all.

pub mod address;
mod files;
mod memory;
mod smtp;

use std::time::Duration;

use crate::message::{Message, MessageError};

pub use address::{SmtpAddress, Tls};
pub use files::Files;
pub use memory::Memory;
pub use smtp::Smtp;

/// Longest part of a server's reply that is kept.
const REPLY_LENGTH: usize = 300;

/// How letters leave this instance.
pub enum Transport {
    /// Through an SMTP server.
    Smtp(Box<Smtp>),
    /// Into one `.eml` file per letter.
    Files(Files),
    /// Into the memory of the process, for tests.
    Memory(Memory),
    /// Nowhere: letters stay readable in the outbox.
    None,
}

/// What became of a letter that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The next server, or the folder, has it.
    Sent {
        /// What the server answered, masked.
        reply: String,
    },
    /// It stays in the outbox, because no way out is configured.
    Kept,
}

/// Why a letter did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Later it may work.
    #[error("{reply}")]
    Retry {
        /// What the server or the network said, masked.
        reply: String,
        /// What is in the way.
        why: Delay,
    },
    /// It will never work.
    #[error("{reply}")]
    GiveUp {
        /// What the server said, masked.
        reply: String,
        /// What was refused.
        refused: Refused,
    },
}

/// What keeps a letter from leaving now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// The server cannot be reached or takes nothing from us: all letters wait.
    Outage,
    /// The server wants this letter later.
    Postponed,
    /// The letter was handed over and only the answer was lost: it may arrive twice.
    AnswerLost,
}

/// What a server refused for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The recipient's address.
    Address,
    /// The letter: its size, its sender, its content.
    Letter,
}

/// What an SMTP transport needs; holds a password, so it cannot be printed.
pub struct SmtpOptions {
    /// Server, security and credentials.
    pub address: SmtpAddress,
    /// Certificates in PEM of a private authority, besides the public ones.
    pub ca_pem: Option<Vec<u8>>,
    /// Connections, and letters in the air at once.
    pub pool_size: usize,
    /// Longest wait for a connection or an answer.
    pub timeout: Duration,
}

/// A setting of the transport that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum TransportFault {
    /// The server's address.
    #[error(transparent)]
    Address(#[from] address::AddressFault),
    /// The certificates of the private authority.
    #[error("the certificates cannot be used: {0}")]
    Certificates(String),
    /// The folder for files.
    #[error("the folder for mail cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

impl Transport {
    /// Hands over one letter; waits for a free connection.
    pub async fn send(&self, message: &Message) -> Result<Delivery, MailError> {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Files(files) => files.write(message).await,
            Self::Memory(memory) => memory.take(message),
            Self::None => Ok(Delivery::Kept),
        }
    }

    /// Connects and signs in without sending anything, for `quanheng check`.
    pub async fn probe(&self) -> Result<(), MailError> {
        match self {
            Self::Smtp(smtp) => smtp.probe().await,
            Self::Files(_) | Self::Memory(_) | Self::None => Ok(()),
        }
    }

    /// Ends the open connections politely; the next letter makes new ones.
    pub async fn rest(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.rest().await;
        }
    }

    /// How many letters can be in the air at once.
    pub fn width(&self) -> usize {
        match self {
            Self::Smtp(smtp) => smtp.width(),
            // As many as a small SMTP pool, so that tests meet what happens side by side.
            Self::Memory(_) => 8,
            Self::Files(_) | Self::None => 1,
        }
    }
}

impl MailError {
    /// A fault of the way out as a whole, which may pass.
    pub fn outage(reply: impl ToString) -> Self {
        Self::Retry { reply: mask(&reply.to_string()), why: Delay::Outage }
    }
}

impl From<MessageError> for MailError {
    fn from(error: MessageError) -> Self {
        let refused = match error {
            MessageError::Address { .. } => Refused::Address,
            MessageError::ControlCharacter { .. } | MessageError::Build(_) => Refused::Letter,
        };
        Self::GiveUp { reply: mask(&error.to_string()), refused }
    }
}

/// A reply as it may be kept and shown: one line, not too long, addresses reduced to their first letter and domain.
pub fn mask(reply: &str) -> String {
    let line: String =
        reply.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let masked: Vec<String> = line.split_whitespace().map(mask_word).collect();
    let masked = masked.join(" ");
    match masked.char_indices().nth(REPLY_LENGTH) {
        Some((cut, _)) => format!("{}…", &masked[..cut]),
        None => masked,
    }
}

fn mask_word(word: &str) -> String {
    let Some(at) = word.find('@') else { return word.to_owned() };
    let local_starts = word[..at]
        .rfind(|letter: char| !is_atom(letter))
        .map_or(0, |i| i + word[i..].chars().next().map_or(1, char::len_utf8));
    let (before, local) = word[..at].split_at(local_starts);
    let first: String = local.chars().take(1).collect();
    format!("{before}{first}***{}", &word[at..])
}

fn is_atom(letter: char) -> bool {
    letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_masked_and_cut() {
        assert_eq!(
            mask("permanent error (550): 5.1.1 <member-07@demo.example>: user\r\n unknown"),
            "permanent error (550): 5.1.1 <m***@demo.example>: user unknown"
        );
        assert_eq!(mask("委员@demo.example"), "委***@demo.example");
        assert_eq!(mask("to:“委员@demo.example”"), "to:“委***@demo.example”");
        assert_eq!(mask("@"), "***@");
        assert_eq!(mask(&"字".repeat(400)).chars().count(), REPLY_LENGTH + 1);
    }
}
