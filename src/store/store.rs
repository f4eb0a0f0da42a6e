//! The store as the rest of the house sees it, wherever the bytes lie.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tokio::io::AsyncRead;

use crate::{
    error::{StoreError, disk},
    hash::Hash,
    local::Local,
    received::{PIECE, Received, receive},
    s3::{S3, S3Place},
};

/// A stored file as a row names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The hash of its bytes.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
}

/// A stored file as the sweeper sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The hash that names it.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last stored.
    pub modified: DateTime<Utc>,
}

/// A file opened for reading, at its beginning; its bytes were found to be the ones that were stored.
#[derive(Debug)]
pub struct Opened {
    /// The bytes; a copy in a temporary place when the store is far away.
    pub file: File,
    /// The size in bytes.
    pub size: u64,
}

/// The file store of one instance; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    place: Place,
    temporary: PathBuf,
}

#[derive(Debug, Clone)]
enum Place {
    Local(Local),
    S3(S3),
}

impl Store {
    /// A store in the folder `root`, made if needed.
    pub fn local(root: &Path) -> Result<Self, StoreError> {
        let local = Local::open(root)?;
        Ok(Self { temporary: local.temporary(), place: Place::Local(local) })
    }

    /// A store in a bucket; `temporary` is a local folder for files on their way, made if needed. Nothing is sent yet.
    pub fn s3(place: &S3Place, temporary: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(temporary).map_err(disk)?;
        Ok(Self { place: Place::S3(S3::open(place)?), temporary: temporary.to_owned() })
    }

    /// Takes a file of at most `limit` bytes into a temporary place, counting what really arrives.
    pub async fn receive(
        &self,
        reader: impl AsyncRead + Unpin,
        limit: u64,
    ) -> Result<Received, StoreError> {
        receive(reader, limit, &self.temporary).await
    }

    /// Makes a received file permanent. When this returns the bytes are safe and a row may name them.
    pub async fn keep(&self, received: Received) -> Result<Stored, StoreError> {
        let stored = Stored { hash: received.hash(), size: received.size() };
        match &self.place {
            Place::Local(local) => {
                let local = local.clone();
                blocking(move || local.keep(received)).await?;
            }
            Place::S3(bucket) => bucket.keep(&received).await?,
        }
        Ok(stored)
    }

    /// Receives and keeps in one step, for bytes that the house made itself and need not judge.
    pub async fn put(
        &self,
        reader: impl AsyncRead + Unpin,
        limit: u64,
    ) -> Result<Stored, StoreError> {
        self.keep(self.receive(reader, limit).await?).await
    }

    /// Opens a file for reading after its bytes were hashed once more, so that damage becomes an error and never a download.
    pub async fn get(&self, hash: Hash) -> Result<Opened, StoreError> {
        let file = match &self.place {
            Place::Local(local) => {
                let local = local.clone();
                blocking(move || local.open_file(hash)).await?
            }
            Place::S3(bucket) => {
                let copy = tempfile::tempfile_in(&self.temporary).map_err(disk)?;
                let mut writer = tokio::fs::File::from_std(copy.try_clone().map_err(disk)?);
                bucket.fetch(hash, &mut writer).await?;
                copy
            }
        };
        blocking(move || proven(file, hash)).await
    }

    /// All bytes of a file, for parsing; at most `limit` bytes.
    pub async fn read(&self, hash: Hash, limit: u64) -> Result<Vec<u8>, StoreError> {
        let mut opened = self.get(hash).await?;
        if opened.size > limit {
            return Err(StoreError::TooLarge { limit });
        }
        blocking(move || {
            let mut bytes = Vec::new();
            opened.file.read_to_end(&mut bytes).map_err(disk)?;
            Ok(bytes)
        })
        .await
    }

    /// Reads a file through and tells its size, or what is wrong with it.
    pub async fn verify(&self, hash: Hash) -> Result<u64, StoreError> {
        Ok(self.get(hash).await?.size)
    }

    /// The stored files whose hash begins with the byte `shard`; a walk over all goes from 0 to 255.
    pub async fn list(&self, shard: u8) -> Result<Vec<Listed>, StoreError> {
        match &self.place {
            Place::Local(local) => {
                let local = local.clone();
                blocking(move || local.list(shard)).await
            }
            Place::S3(bucket) => bucket.list(shard).await,
        }
    }

    /// Removes a file for good; only the sweeper may, when no row names it.
    pub async fn delete(&self, hash: Hash) -> Result<(), StoreError> {
        match &self.place {
            Place::Local(local) => {
                let local = local.clone();
                blocking(move || local.delete(hash)).await
            }
            Place::S3(bucket) => bucket.delete(hash).await,
        }
    }

    /// Removes what was left on its way in before the instant `before`; tells how many files.
    pub async fn sweep_temporary(&self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        match &self.place {
            Place::Local(local) => {
                let local = local.clone();
                blocking(move || local.sweep_temporary(before)).await
            }
            // Temporary files there have no name, so the system removes them by itself.
            Place::S3(_) => Ok(0),
        }
    }

    /// Whether the store can be used now.
    pub async fn probe(&self) -> Result<(), StoreError> {
        match &self.place {
            Place::Local(local) => {
                let folder = local.temporary();
                blocking(move || tempfile::tempfile_in(folder).map(drop).map_err(disk)).await
            }
            Place::S3(bucket) => bucket.probe().await,
        }
    }

    #[cfg(test)]
    pub(crate) fn break_at(&mut self, step: Option<crate::local::Step>) {
        if let Place::Local(local) = &mut self.place {
            local.broken = step;
        }
    }
}

/// Hashes an open file and turns it back to its beginning.
fn proven(mut file: File, expected: Hash) -> Result<Opened, StoreError> {
    let mut digest = Sha256::new();
    let mut size = 0u64;
    let mut piece = vec![0; PIECE];
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                size += count as u64;
                digest.update(&piece[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(disk(error)),
        }
    }
    let found = Hash::new(digest.finalize().into());
    if found != expected {
        tracing::error!(%expected, %found, "a stored file is damaged");
        return Err(StoreError::Corrupt { expected, found });
    }
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    Ok(Opened { file, size })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::Disk(io::Error::other(error))),
    }
}
