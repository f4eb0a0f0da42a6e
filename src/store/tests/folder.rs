//! The store in a folder.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    pin::Pin,
    task::{Context, Poll},
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncRead, ReadBuf};

use crate::{Hash, Store, StoreError, local::Step};

fn files_under(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_under(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn what_is_put_comes_back_once_for_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::local(folder.path()).unwrap();
    let bytes: Vec<u8> = (0..200_000u32).map(|n| n as u8).collect();
    let one = store.put(&bytes[..], 1 << 20).await.unwrap();
    let two = store.put(&bytes[..], 1 << 20).await.unwrap();
    assert_eq!(one, two);
    assert_eq!((one.hash, one.size), (Hash::of(&bytes), 200_000));
    assert_eq!(files_under(folder.path()).len(), 1);
    assert_eq!(store.read(one.hash, 1 << 20).await.unwrap(), bytes);
    let mut text = String::new();
    let small = store.put(&b"abc"[..], 3).await.unwrap();
    store.get(small.hash).await.unwrap().file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
    assert!(matches!(store.read(one.hash, 10).await, Err(StoreError::TooLarge { limit: 10 })));
    store.probe().await.unwrap();
}

/// F50: the limit, one byte more, a body without end.
#[tokio::test]
async fn f50_the_limit_is_counted_while_reading_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::local(folder.path()).unwrap();
    assert_eq!(store.receive(&[7u8; 1_000][..], 1_000).await.unwrap().size(), 1_000);
    let over = store.receive(&[7u8; 1_001][..], 1_000).await.unwrap_err();
    assert!(matches!(over, StoreError::TooLarge { limit: 1_000 }));
    let endless = store.receive(tokio::io::repeat(1), 1_000_000).await.unwrap_err();
    assert!(matches!(endless, StoreError::TooLarge { .. }));
    assert_eq!(files_under(folder.path()), Vec::<PathBuf>::new());
}

struct Broken(usize);
impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0 == 0 {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        self.0 -= 1;
        buffer.put_slice(&[1; 100]);
        Poll::Ready(Ok(()))
    }
}

/// F05: an upload that breaks off, or a process that is killed, leaves no file; what a kill leaves in the temporary place is swept.
#[tokio::test]
async fn f05_broken_uploads_leave_nothing_and_leftovers_are_swept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::local(folder.path()).unwrap();
    assert!(matches!(store.receive(Broken(3), 1_000).await, Err(StoreError::Interrupted(_))));
    assert!(files_under(folder.path()).is_empty());
    let left = folder.path().join("tmp/in-left-by-a-kill");
    fs::write(&left, "half").unwrap();
    let written = DateTime::<Utc>::from(fs::metadata(&left).unwrap().modified().unwrap());
    assert_eq!(
        store.sweep_temporary(written).await.unwrap(),
        0,
        "a young file may belong to a running upload"
    );
    assert_eq!(store.sweep_temporary(written + TimeDelta::seconds(1)).await.unwrap(), 1);
    assert!(!left.exists());
}

/// F06: the disk is full at fsync, at rename, at the folder: told as such, the temporary file is gone, the store works afterwards.
#[tokio::test]
async fn f06_a_full_disk_is_told_and_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::local(folder.path()).unwrap();
    for step in [Step::Sync, Step::Rename] {
        store.break_at(Some(step));
        assert!(matches!(store.put(&b"abc"[..], 10).await, Err(StoreError::Full(_))), "{step:?}");
        assert!(files_under(folder.path()).is_empty(), "{step:?}");
    }
    store.break_at(Some(Step::SyncFolder));
    assert!(matches!(store.put(&b"abc"[..], 10).await, Err(StoreError::Full(_))));
    store.break_at(None);
    let stored = store.put(&b"abc"[..], 10).await.unwrap();
    assert_eq!(store.verify(stored.hash).await.unwrap(), 3);
}

/// F06: a device without room refuses the very first bytes.
#[test]
fn f06_no_room_is_not_confused_with_other_trouble() {
    use crate::error::disk;
    assert!(matches!(disk(io::Error::from_raw_os_error(28)), StoreError::Full(_)));
    assert!(matches!(disk(io::Error::from_raw_os_error(122)), StoreError::Full(_)));
    assert!(matches!(disk(io::Error::from_raw_os_error(5)), StoreError::Disk(_)));
}

/// F60: one bit of a stored file flips; putting the right bytes again heals it.
#[tokio::test]
async fn f60_a_flipped_bit_is_found_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::local(folder.path()).unwrap();
    let stored = store.put(&b"measure"[..], 100).await.unwrap();
    let path = files_under(folder.path()).remove(0);
    fs::write(&path, b"measurf").unwrap();
    match store.get(stored.hash).await {
        Err(StoreError::Corrupt { expected, found }) => {
            assert_eq!((expected, found), (stored.hash, Hash::of(b"measurf")));
        }
        other => panic!("{other:?}"),
    }
    store.put(&b"measure"[..], 100).await.unwrap();
    assert_eq!(store.verify(stored.hash).await.unwrap(), 7);
}

#[tokio::test]
async fn the_sweeper_sees_every_file_and_only_files_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::local(folder.path()).unwrap();
    let stored = store.put(&b"abc"[..], 10).await.unwrap();
    let shard = stored.hash.bytes()[0];
    fs::write(folder.path().join(hex::encode([shard])).join("notes.txt"), "not ours").unwrap();
    let mut listed = Vec::new();
    for shard in 0..=255 {
        listed.extend(store.list(shard).await.unwrap());
    }
    assert_eq!(
        listed.iter().map(|one| (one.hash, one.size)).collect::<Vec<_>>(),
        [(stored.hash, 3)]
    );
    store.delete(stored.hash).await.unwrap();
    store.delete(stored.hash).await.unwrap();
    assert!(
        matches!(store.get(stored.hash).await, Err(StoreError::NotFound(hash)) if hash == stored.hash)
    );
}

#[test]
fn hashes_are_read_strictly() {
    let hash = Hash::of(b"abc");
    assert_eq!(
        hash.to_string(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for wrong in ["", "../../etc/passwd", &hash.to_string().to_uppercase(), &format!("{hash}0")] {
        assert!(wrong.parse::<Hash>().is_err(), "{wrong}");
    }
}
