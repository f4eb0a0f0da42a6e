//! The work that nobody waits for.

use super::{Rules, require};
use crate::{reader::Reader, section::section, value::Span};

section! {
    /// The work that nobody waits for: mail, deadlines, housekeeping (后台任务).
    Jobs at "jobs" {
        /// Run the jobs inside `serve`; `false` leaves them to `quanheng work`.
        in_process: bool,
        /// Time between two looks for due work.
        tick: Span,
        /// How long a job holds what it took before another may take it over.
        lease: Span,
    }
}

impl Rules for Jobs {
    fn check(&self, reader: &mut Reader<'_>) {
        let seconds = self.tick.get().as_secs();
        require::<Self>(reader, "tick", (1..=3_600).contains(&seconds), "must be from 1 s to 1 h");
        require::<Self>(reader, "lease", self.lease.get().as_secs() >= 30, "must be at least 30 s");
    }
}
