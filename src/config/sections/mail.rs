//! How mail leaves the house.

use std::path::{Path, PathBuf};

use quanheng_domain::keyed;

use super::{Rules, need, require};
use crate::{
    reader::Reader,
    secret::SecretUrl,
    section::section,
    value::{Span, choice},
};

keyed! {
    /// The ways out for mail.
    MailTransport as "mail transport" {
        /// Through an SMTP server.
        Smtp = "smtp",
        /// Into one file per mail.
        Files = "files",
        /// Into the memory of the process, for tests.
        Memory = "memory",
        /// Nowhere: mails stay readable on the outbox page.
        None = "none",
    }
}
choice! { MailTransport = "smtp, files, memory or none"; }

section! {
    /// How mail leaves the house (邮件).
    Mail at "mail" {
        /// `smtp`, `files` (one file per mail), `memory` (tests) or `none` (mails stay readable on the outbox page).
        transport: MailTransport,
        /// SMTP server, `smtps://user:password@host:465` or `smtp://host:587?tls=required`.
        url: SecretUrl,
        /// Name of the sender; empty means the name of the site.
        from_name: String,
        /// Address of the sender.
        from_address: String,
        /// Address that answers go to; empty means that answers are not read.
        reply_to: String,
        /// Certificates in PEM of a private authority that signed the server's certificate.
        ca_file: Option<PathBuf>,
        /// Folder for the transport `files`, from the data folder unless absolute.
        dir: PathBuf,
        /// Connections to the SMTP server, and mails in the air at once.
        pool_size: u16,
        /// Most mails that one run of the delivery takes.
        batch: u16,
        /// Longest wait for one answer of the SMTP server.
        timeout: Span,
        /// Most mails to one address within an hour; the rest waits.
        per_address_hour: u16,
        /// How long a mail is tried again before it is given up and shown to the administrators.
        give_up_after: Span,
    }
}

impl Rules for Mail {
    fn check(&self, reader: &mut Reader<'_>) {
        if self.transport == MailTransport::Smtp {
            let because = "when transport is smtp";
            need::<Self>(reader, "url", !self.url.is_empty(), because);
            need::<Self>(reader, "from_address", !self.from_address.is_empty(), because);
        }
        let known = matches!(self.url.scheme(), None | Some("smtp" | "smtps"));
        require::<Self>(reader, "url", known, "must begin with smtp:// or smtps://");
        for (name, address) in [("from_address", &self.from_address), ("reply_to", &self.reply_to)]
        {
            let fair = address.is_empty() || is_address(address);
            require::<Self>(reader, name, fair, "is no mail address");
        }
        let fair = !self.from_name.chars().any(char::is_control);
        require::<Self>(reader, "from_name", fair, "must not hold control characters");
        require::<Self>(reader, "pool_size", self.pool_size > 0, "must be at least 1");
        require::<Self>(reader, "batch", self.batch > 0, "must be at least 1");
        require::<Self>(
            reader,
            "per_address_hour",
            self.per_address_hour > 0,
            "must be at least 1",
        );
        if let Some(Err(error)) = self.ca_file.as_ref().map(std::fs::metadata) {
            let path =
                self.ca_file.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
            reader.fault(
                "mail.ca_file",
                crate::FaultKind::Unreadable { path, reason: error.to_string() },
            );
        }
    }
}

impl Mail {
    /// The folder of the transport `files`.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(&self.dir)
    }
}

/// A rough look at a mail address: one `@`, something on both sides, no blanks or control characters.
fn is_address(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    parts.len() == 2
        && parts.iter().all(|part| !part.is_empty())
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
}
