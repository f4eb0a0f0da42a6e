//! What official papers are set in when they are made as PDF files.

use std::path::PathBuf;

use super::Rules;
use crate::{FaultKind, reader::Reader, section::section};

section! {
    /// How official papers are set as PDF files (公文、表格).
    Papers at "papers" {
        /// File of the typeface of running text, with Chinese; empty takes what the system has, for example Debian's `fonts-noto-cjk`.
        font: Option<PathBuf>,
        /// File of the typeface of headings and labels; empty takes what the system has.
        heading_font: Option<PathBuf>,
    }
}

impl Rules for Papers {
    fn check(&self, reader: &mut Reader<'_>) {
        for (name, file) in [("font", &self.font), ("heading_font", &self.heading_font)] {
            let Some(file) = file else { continue };
            if let Err(error) = std::fs::File::open(file) {
                let path = file.display().to_string();
                reader.fault(
                    &format!("papers.{name}"),
                    FaultKind::Unreadable { path, reason: error.to_string() },
                );
            }
        }
    }
}
