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
    }
}

impl Rules for Templates {
    fn check(&self, reader: &mut Reader<'_>) {
        let Some(folder) = &self.dir else { return };
        if let Err(error) = std::fs::read_dir(folder) {
            let path = folder.display().to_string();
            let unreadable = FaultKind::Unreadable { path, reason: error.to_string() };
            reader.fault("templates.dir", unreadable);
        }
    }
}
