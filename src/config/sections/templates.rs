//! Where pages, mails and words may be overridden.

use std::path::PathBuf;

use super::Rules;
use crate::{FaultKind, reader::Reader, section::section};

section! {
    /// Pages, mails and words; all are compiled in and may be overridden file by file (模板).
    Templates at "templates" {
        /// Folder whose files replace the compiled ones of the same path, from the working folder; empty means none.
        dir: Option<PathBuf>,
        /// Look for changed files at each request, for those who write templates.
        reload: bool,
        /// Folder with further fonts for printed reports; empty means the system's and the compiled ones.
        fonts_dir: Option<PathBuf>,
    }
}

impl Rules for Templates {
    fn check(&self, reader: &mut Reader<'_>) {
        for (name, folder) in [("dir", &self.dir), ("fonts_dir", &self.fonts_dir)] {
            let Some(folder) = folder else { continue };
            if let Err(error) = std::fs::read_dir(folder) {
                let path = folder.display().to_string();
                reader.fault(
                    &format!("templates.{name}"),
                    FaultKind::Unreadable { path, reason: error.to_string() },
                );
            }
        }
    }
}
