//! Why a file could not be stored or read, told so that the page can say what to do.

use std::io;

use crate::hash::Hash;

/// What went wrong with the file store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file has more bytes than allowed; nothing was kept.
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// The largest size allowed, in bytes.
        limit: u64,
    },
    /// The sender stopped before the end; nothing was kept.
    #[error("the file did not arrive whole: {0}")]
    Interrupted(#[source] io::Error),
    /// The store has no room left.
    #[error("the file store is full: {0}")]
    Full(#[source] io::Error),
    /// The store does not answer, or not in time.
    #[error("the file store is not reachable: {why}")]
    Unreachable {
        /// What the network or the service said.
        why: String,
    },
    /// The stored bytes are not those that were stored.
    #[error("the stored file {expected} is damaged: its bytes have the hash {found}")]
    Corrupt {
        /// The hash that names the file.
        expected: Hash,
        /// The hash of the bytes found.
        found: Hash,
    },
    /// No file of this hash is stored.
    #[error("no file {0} is stored")]
    NotFound(Hash),
    /// The store was set up wrongly.
    #[error("the file store is not set up: {why}")]
    Misconfigured {
        /// What is wrong.
        why: String,
    },
    /// Any other trouble of the disk.
    #[error("the file store failed: {0}")]
    Disk(#[source] io::Error),
}

impl StoreError {
    /// Whether trying again later may help without anybody mending something.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Interrupted(_))
    }
}

/// Tells "no room" from other trouble of the disk.
pub(crate) fn disk(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            StoreError::Full(error)
        }
        _ => StoreError::Disk(error),
    }
}
