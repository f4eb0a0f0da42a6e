//! When the house starts to worry about its backups.

use std::path::{Path, PathBuf};

use super::Rules;
use crate::{reader::Reader, section::section, value::Span};

section! {
    /// When the house starts to worry about its backups (备份).
    Backup at "backup" {
        /// Folder in which `doctor` looks for backups, from the data folder unless absolute.
        dir: PathBuf,
        /// Age of the newest backup at which `doctor` turns red.
        max_age: Span,
    }
}

impl Rules for Backup {
    fn check(&self, _reader: &mut Reader<'_>) {}
}

impl Backup {
    /// The folder of the backups.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(&self.dir)
    }
}
