//! A line of progress for long work: written over on a terminal, absent when piped.

use std::io::{IsTerminal, Write};

/// A line of progress that is written over.
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// Progress on standard error, if that is a terminal.
    pub fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal() }
    }

    /// Shows where the work stands.
    pub fn tell(&self, text: &str) {
        if self.shown {
            let mut out = std::io::stderr().lock();
            // A terminal that is gone needs no progress.
            drop(write!(out, "\r{text}\u{1b}[K").and_then(|()| out.flush()));
        }
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.tell("");
    }
}
