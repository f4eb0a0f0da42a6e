//! What the process writes about itself.

use quanheng_domain::keyed;

use super::{Rules, require};
use crate::{reader::Reader, section::section, value::choice};

keyed! {
    /// The form of a log line.
    LogFormat as "log format" {
        /// One readable line.
        Text = "text",
        /// One JSON object per line.
        Json = "json",
    }
}
choice! { LogFormat = "text or json"; }

section! {
    /// What the process writes about itself (日志), to standard error.
    Log at "log" {
        /// `text` for people, `json` for collectors.
        format: LogFormat,
        /// What is written, by target and level, for example `info,quanheng_mail=debug`.
        filter: String,
    }
}

impl Rules for Log {
    fn check(&self, reader: &mut Reader<'_>) {
        require::<Self>(
            reader,
            "filter",
            !self.filter.trim().is_empty(),
            "must name a level such as info",
        );
    }
}
