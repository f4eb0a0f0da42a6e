//! Files in a folder of this machine. Written here rather than through `object_store`, whose local store does not force bytes and
//! names to the disk, and a row must never name a file that a power loss can take.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use crate::{
    error::{StoreError, disk},
    hash::Hash,
    received::Received,
    store::Listed,
};

/// A folder with one sub-folder per first two digits of the hash, and `tmp` for what is on its way in.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    root: PathBuf,
    #[cfg(test)]
    pub(crate) broken: Option<Step>,
}

/// The steps of keeping a file, each of which may meet a full or failing disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Sync,
    Rename,
    SyncFolder,
}

impl Local {
    /// Opens the folder, making it if needed.
    pub(crate) fn open(root: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(root.join("tmp")).map_err(disk)?;
        Ok(Self {
            root: root.to_owned(),
            #[cfg(test)]
            broken: None,
        })
    }

    /// Where files on their way in lie: on the same volume, so that keeping is a rename.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    fn path(&self, hash: Hash) -> PathBuf {
        self.root.join(hash.shard()).join(hash.to_string())
    }

    /// Makes a received file permanent: bytes to the disk, name into its folder, folder to the disk. A file that is there already
    /// is replaced by the same bytes, which renews its age for the sweeper and heals it if it was damaged.
    pub(crate) fn keep(&self, received: Received) -> Result<(), StoreError> {
        let target = self.path(received.hash());
        let folder = self.root.join(received.hash().shard());
        let fresh = !folder.exists();
        fs::create_dir_all(&folder).map_err(disk)?;
        self.may(Step::Sync)?;
        received.file.as_file().sync_all().map_err(disk)?;
        self.may(Step::Rename)?;
        received.file.persist(&target).map_err(|error| disk(error.error))?;
        self.may(Step::SyncFolder)?;
        sync_folder(&folder)?;
        if fresh {
            sync_folder(&self.root)?;
        }
        Ok(())
    }

    /// Opens a file for reading.
    pub(crate) fn open_file(&self, hash: Hash) -> Result<File, StoreError> {
        File::open(self.path(hash)).map_err(|error| missing(error, hash))
    }

    /// Every file whose hash begins with the byte `shard`.
    pub(crate) fn list(&self, shard: u8) -> Result<Vec<Listed>, StoreError> {
        let folder = self.root.join(hex::encode([shard]));
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(disk(error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(disk)?;
            // Anything else in the folder is not ours to list or to sweep.
            let Some(hash) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            let about = entry.metadata().map_err(disk)?;
            let modified = DateTime::<Utc>::from(about.modified().map_err(disk)?);
            found.push(Listed { hash, size: about.len(), modified });
        }
        Ok(found)
    }

    /// Removes a file; one that is gone already is fine.
    pub(crate) fn delete(&self, hash: Hash) -> Result<(), StoreError> {
        gone(fs::remove_file(self.path(hash)))
    }

    /// Removes what was left on its way in before the instant `before`, for example by a killed process; tells how many.
    pub(crate) fn sweep_temporary(&self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut swept = 0;
        for entry in fs::read_dir(self.temporary()).map_err(disk)? {
            let entry = entry.map_err(disk)?;
            let modified = entry.metadata().and_then(|about| about.modified()).map_err(disk)?;
            if DateTime::<Utc>::from(modified) < before {
                gone(fs::remove_file(entry.path()))?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    #[cfg(test)]
    fn may(&self, step: Step) -> Result<(), StoreError> {
        if self.broken == Some(step) {
            return Err(StoreError::Full(io::ErrorKind::StorageFull.into()));
        }
        Ok(())
    }
    #[cfg(not(test))]
    #[allow(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "tests let each step fail here"
    )]
    fn may(&self, _step: Step) -> Result<(), StoreError> {
        Ok(())
    }
}

fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)
}

fn missing(error: io::Error, hash: Hash) -> StoreError {
    if error.kind() == io::ErrorKind::NotFound { StoreError::NotFound(hash) } else { disk(error) }
}

fn gone(result: io::Result<()>) -> Result<(), StoreError> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(disk(error)),
        _ => Ok(()),
    }
}
