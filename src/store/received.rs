//! A file on its way in: counted and hashed while it arrives, in a temporary place that vanishes unless the file is kept.

use std::{fs::File, io, path::Path};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use crate::{
    error::{StoreError, disk},
    hash::Hash,
};

/// Bytes read at once.
pub(crate) const PIECE: usize = 64 * 1024;

/// A file that has arrived whole but is not stored yet; dropping it removes it.
#[derive(Debug)]
pub struct Received {
    pub(crate) file: NamedTempFile,
    hash: Hash,
    size: u64,
}

impl Received {
    /// The hash of its bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Opens it at its beginning, to judge or parse it before it is kept.
    pub fn open(&self) -> io::Result<File> {
        self.file.reopen()
    }
}

/// Takes a file from a reader; the first byte beyond `limit` ends the taking, whatever length was announced.
pub(crate) async fn receive(
    mut reader: impl AsyncRead + Unpin,
    limit: u64,
    folder: &Path,
) -> Result<Received, StoreError> {
    let file = NamedTempFile::with_prefix_in("in-", folder).map_err(disk)?;
    let mut writer = tokio::fs::File::from_std(file.reopen().map_err(disk)?);
    let mut digest = Sha256::new();
    let mut size = 0u64;
    let mut piece = vec![0; PIECE];
    loop {
        let count = reader.read(&mut piece).await.map_err(StoreError::Interrupted)?;
        if count == 0 {
            break;
        }
        size += count as u64;
        if size > limit {
            return Err(StoreError::TooLarge { limit });
        }
        digest.update(&piece[..count]);
        writer.write_all(&piece[..count]).await.map_err(disk)?;
    }
    writer.flush().await.map_err(disk)?;
    Ok(Received { file, hash: Hash::new(digest.finalize().into()), size })
}
