//! Settings at the top of the file, outside every table.

use std::path::PathBuf;

use super::{Rules, require};
use crate::{reader::Reader, section::section};

section! {
    /// Outside every table, at the top of the file.
    General at "" {
        /// Folder of the embedded database, the files and the keys (数据目录); relative paths below start from it.
        data_dir: PathBuf,
        /// Refuse to start with settings that are unsafe on a public site; `quanheng doctor` lists the same points.
        production: bool,
    }
}

impl Rules for General {
    fn check(&self, reader: &mut Reader<'_>) {
        let named = !self.data_dir.as_os_str().is_empty();
        require::<Self>(reader, "data_dir", named, "the data folder must be named");
    }
}
