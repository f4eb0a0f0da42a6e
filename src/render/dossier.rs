//! A sealed dossier (封存卷宗): one archive with an index, a check file over every part and a seal over the whole, so that anybody can
//! see without this program's server that nothing in it was changed.
//!
//! `CHECK.sha256` is written as `sha256sum -c` reads it. The comment at the end of the archive holds the SHA-256 of every byte before
//! it, so that a change outside the parts (a name, a date, the list of contents) is found as well. The fingerprint of the check file
//! is what the ledger keeps: who seals anew cannot get the same.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::docx::RenderError;

/// The name of the check file within the dossier.
pub const CHECK: &str = "CHECK.sha256";
/// The name of the index within the dossier.
pub const INDEX: &str = "index.json";

const MARK: &[u8] = b"quanheng-dossier-1 sha256=";
const HEX: usize = 64;
/// More than any dossier holds once unpacked; an archive that pretends to more is not opened.
const LARGEST: u64 = 4 << 30;

/// One part of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its path within the archive, with slashes.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Piece {
    /// A part.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// A dossier that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The archive.
    pub bytes: Vec<u8>,
    /// SHA-256 of the check file, lower-case hex: the fingerprint that the ledger keeps.
    pub root: String,
}

/// A dossier that was opened and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// SHA-256 of the check file.
    pub root: String,
    /// The parts by path, without the check file.
    pub pieces: BTreeMap<String, Vec<u8>>,
}

/// Why a dossier is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// No archive, or one without check file and seal.
    #[error("this is not a sealed dossier")]
    NotADossier,
    /// The check file is not written as such a file is.
    #[error("the check file cannot be read")]
    CheckFile,
    /// A part cannot be unpacked.
    #[error("{path} cannot be read: {why}")]
    Unreadable {
        /// The part.
        path: String,
        /// What the archive says.
        why: String,
    },
    /// A part does not have the fingerprint that the check file gives.
    #[error("{path} was changed")]
    Changed {
        /// The part.
        path: String,
    },
    /// The check file names a part that is not there.
    #[error("{path} is missing")]
    Missing {
        /// The part.
        path: String,
    },
    /// A part is there that the check file does not name.
    #[error("{path} was added")]
    Added {
        /// The part.
        path: String,
    },
    /// Every part is as it was, but the archive around them is not.
    #[error("the archive was changed outside its parts")]
    Around,
}

/// Seals the parts; a check file among them is made anew.
///
/// # Errors
/// The archive cannot be written, which in memory means that it grew too large.
pub fn seal(pieces: &[Piece]) -> Result<Sealed, RenderError> {
    let mut check = String::new();
    for piece in pieces.iter().filter(|piece| piece.path != CHECK) {
        check.push_str(&format!("{}  {}\n", digest(&piece.bytes), piece.path));
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().large_file(false);
    for piece in pieces.iter().filter(|piece| piece.path != CHECK) {
        archive.start_file(piece.path.as_str(), options)?;
        archive.write_all(&piece.bytes)?;
    }
    archive.start_file(CHECK, options)?;
    archive.write_all(check.as_bytes())?;
    let room = [MARK, &[b'0'; HEX]].concat();
    archive.set_raw_comment(room.into_boxed_slice())?;
    let mut bytes = archive.finish()?.into_inner();
    let end = bytes.len() - HEX;
    let whole = digest(&bytes[..end]);
    bytes[end..].copy_from_slice(whole.as_bytes());
    Ok(Sealed { bytes, root: digest(check.as_bytes()) })
}

/// Opens a dossier and compares every byte with what was sealed.
///
/// # Errors
/// The first thing that is not as it was sealed.
pub fn open(bytes: &[u8]) -> Result<Whole, Unsound> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unsound::NotADossier)?;
    let mut pieces = BTreeMap::new();
    let mut room = LARGEST;
    for at in 0..archive.len() {
        let name = match archive.name_for_index(at) {
            Some(Ok(name)) => name.into_owned(),
            _ => return Err(Unsound::CheckFile),
        };
        let unreadable = |why: String| Unsound::Unreadable { path: name.clone(), why };
        let part = archive.by_index(at).map_err(|error| unreadable(error.to_string()))?;
        let mut unpacked = Vec::new();
        let read = part.take(room).read_to_end(&mut unpacked);
        read.map_err(|error| unreadable(error.to_string()))?;
        room -= unpacked.len() as u64;
        if room == 0 {
            return Err(unreadable("too large".to_owned()));
        }
        if pieces.insert(name.clone(), unpacked).is_some() {
            return Err(Unsound::Added { path: name });
        }
    }
    let check = pieces.remove(CHECK).ok_or(Unsound::NotADossier)?;
    compare(&check, &pieces)?;
    let end = bytes.len().checked_sub(HEX).ok_or(Unsound::NotADossier)?;
    let sealed = bytes[..end].ends_with(MARK) && bytes[end..] == *digest(&bytes[..end]).as_bytes();
    if !sealed {
        return Err(Unsound::Around);
    }
    Ok(Whole { root: digest(&check), pieces })
}

fn compare(check: &[u8], pieces: &BTreeMap<String, Vec<u8>>) -> Result<(), Unsound> {
    let text = std::str::from_utf8(check).map_err(|_| Unsound::CheckFile)?;
    let mut named = BTreeMap::new();
    for line in text.lines() {
        let (hash, path) = line.split_once("  ").ok_or(Unsound::CheckFile)?;
        named.insert(path, hash);
    }
    for (path, bytes) in pieces {
        match named.get(path.as_str()) {
            None => return Err(Unsound::Added { path: path.clone() }),
            Some(hash) if *hash != digest(bytes) => {
                return Err(Unsound::Changed { path: path.clone() });
            }
            Some(_) => {}
        }
    }
    match named.keys().find(|path| !pieces.contains_key(**path)) {
        Some(path) => Err(Unsound::Missing { path: (*path).to_owned() }),
        None => Ok(()),
    }
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Sealed {
        let pieces = [
            Piece::new(INDEX, "{}"),
            Piece::new("documents/01-报批稿.txt", "范围\n".repeat(40)),
            Piece::new("record/events.jsonl", ""),
        ];
        seal(&pieces).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_with_the_same_fingerprint() {
        let sealed = sealed();
        let whole = open(&sealed.bytes).unwrap();
        assert_eq!(whole.root, sealed.root);
        assert_eq!(whole.pieces.len(), 3);
        assert_eq!(whole.pieces["documents/01-报批稿.txt"], "范围\n".repeat(40).into_bytes());
    }

    #[test]
    fn a_change_of_any_single_byte_is_refused() {
        let sealed = sealed();
        for at in 0..sealed.bytes.len() {
            let mut changed = sealed.bytes.clone();
            changed[at] ^= 1;
            assert!(open(&changed).is_err(), "byte {at} of {}", sealed.bytes.len());
        }
        for end in [0, 1, 30, sealed.bytes.len() - 1] {
            assert!(open(&sealed.bytes[..end]).is_err());
        }
        let longer = [sealed.bytes.as_slice(), b"x"].concat();
        assert!(open(&longer).is_err());
    }

    #[test]
    fn a_part_that_is_exchanged_added_or_left_out_is_named() {
        let pieces = |text: &str| vec![Piece::new("a.txt", text), Piece::new("b.txt", "b")];
        let check = open(&seal(&pieces("a")).unwrap().bytes).unwrap();
        assert_eq!(check.pieces["a.txt"], b"a");
        let forged = |named: &[Piece], there: &[Piece]| {
            let lines = named.iter().map(|one| format!("{}  {}\n", digest(&one.bytes), one.path));
            let there = there.iter().map(|one| (one.path.clone(), one.bytes.clone())).collect();
            compare(lines.collect::<String>().as_bytes(), &there)
        };
        let (old, new) = (pieces("a"), pieces("A"));
        assert_eq!(forged(&old, &new), Err(Unsound::Changed { path: "a.txt".into() }));
        assert_eq!(forged(&old, &old[..1]), Err(Unsound::Missing { path: "b.txt".into() }));
        assert_eq!(forged(&old[..1], &old), Err(Unsound::Added { path: "b.txt".into() }));
    }
}
