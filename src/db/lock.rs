//! The lock file beside a SQLite database: one process works on it at a time.
//!
//! The operating system gives the lock back when the process ends, however it ends, so that no stale lock is left.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use crate::error::{DbError, OpenError};

/// Held as long as the database is open.
#[derive(Debug)]
pub(crate) struct LockFile {
    _file: File,
}

impl LockFile {
    /// Takes the lock or says who holds it.
    pub fn take(database: &Path) -> Result<Self, DbError> {
        let path = lock_path(database);
        let failed = |error| DbError::file(&path, error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Who holds it is only a help to the reader of the message.
                let read = file.take(200).read_to_string(&mut holder);
                let holder = if read.is_ok() { holder.trim().to_owned() } else { String::new() };
                return Err(OpenError::InUse { path: database.to_owned(), holder }.into());
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        file.rewind().map_err(failed)?;
        write!(file, "process {}", std::process::id()).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// `quanheng.db` is locked by `quanheng.db.lock`.
fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    database.with_file_name(name)
}
