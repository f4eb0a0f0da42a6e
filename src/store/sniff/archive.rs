//! Archives: inflated once, in small pieces, only to be counted and looked through; what an archive says about its own sizes is not believed.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use zip::{ZipArchive, result::ZipError};

use super::{FileKind, Judged, Unfit, office::Office, xml::Scanner};
use crate::received::PIECE;

/// How much an archive may unpack to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most bytes of all parts together.
    pub bytes: u64,
    /// Most parts.
    pub entries: u64,
    /// Most bytes unpacked per byte packed, once more than 1 MiB was unpacked.
    pub ratio: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 200 << 20, entries: 2_000, ratio: 100 }
    }
}

/// Small archives may pack well; the ratio counts beyond this many bytes.
const RATIO_FROM: u64 = 1 << 20;
/// The largest part that is kept in memory to be parsed (lists of parts and links, archives inside).
const KEPT: u64 = 16 << 20;
/// An archive may hold archives, but those none again.
const LEVELS: u32 = 2;

/// What was counted so far, over all levels.
struct Count {
    bounds: Bounds,
    packed: u64,
    bytes: u64,
    entries: u64,
}

impl Count {
    fn add(&mut self, bytes: u64) -> Result<(), Unfit> {
        self.bytes += bytes;
        if self.bytes > self.bounds.bytes {
            return Err(Unfit::Bomb { limit: self.bounds.bytes, unit: "bytes" });
        }
        if self.bytes > RATIO_FROM && self.bytes / self.packed.max(1) >= self.bounds.ratio {
            return Err(Unfit::Bomb { limit: self.bounds.ratio, unit: "times its own size" });
        }
        Ok(())
    }

    fn add_entries(&mut self, entries: u64) -> Result<(), Unfit> {
        self.entries += entries;
        if self.entries > self.bounds.entries {
            return Err(Unfit::Bomb { limit: self.bounds.entries, unit: "entries" });
        }
        Ok(())
    }
}

/// Judges an archive: an Office document of three kinds, or a plain archive.
pub(super) fn judge(file: &mut (impl Read + Seek), bounds: Bounds) -> Result<Judged, Unfit> {
    let packed = file.seek(SeekFrom::End(0))?;
    let mut count = Count { bounds, packed, bytes: 0, entries: 0 };
    let mut office = Office::default();
    walk(file, &mut count, &mut office, 1)?;
    let kind = office.kind()?;
    Ok(Judged { kind: kind.unwrap_or(FileKind::Zip), charset: None, marks: office.into_marks() })
}

fn walk(
    file: &mut (impl Read + Seek),
    count: &mut Count,
    office: &mut Office,
    level: u32,
) -> Result<(), Unfit> {
    if level > LEVELS {
        return Err(Unfit::Bomb { limit: u64::from(LEVELS), unit: "levels" });
    }
    count.add_entries(announced(file)?)?;
    file.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Unfit::Encrypted { part: index.to_string() }
            }
            other => damaged(other),
        })?;
        let name: String = part.name().map_err(damaged)?.chars().take(200).collect();
        if part.encrypted() {
            return Err(Unfit::Encrypted { part: name });
        }
        if part.enclosed_name().is_none() {
            return Err(Unfit::Damaged(format!("the part {name} would leave the archive")));
        }
        look_through(&mut part, &name, count, office, level)?;
    }
    Ok(())
}

/// Inflates one part to its real end.
fn look_through(
    part: &mut impl Read,
    name: &str,
    count: &mut Count,
    office: &mut Office,
    level: u32,
) -> Result<(), Unfit> {
    let lower = name.to_lowercase();
    let outer = level == 1;
    if outer {
        office.name(name, &lower)?;
    }
    let mut scanner = (lower.ends_with(".xml") || lower.ends_with(".rels")).then(Scanner::default);
    let mut kept = (outer && Office::wants(&lower)).then(Vec::new);
    let mut first = true;
    let mut piece = vec![0; PIECE];
    loop {
        let read =
            part.read(&mut piece).map_err(|error| Unfit::Damaged(format!("{name}: {error}")))?;
        if read == 0 {
            break;
        }
        count.add(read as u64)?;
        let bytes = &piece[..read];
        if first {
            first = false;
            office.begins(name, bytes, outer);
            if bytes.starts_with(b"PK\x03\x04") {
                kept.get_or_insert_default();
            }
        }
        if let Some(scanner) = &mut scanner {
            scanner.feed(bytes).map_err(|why| Unfit::Xml { part: name.to_owned(), why })?;
        }
        if let Some(kept) = &mut kept {
            if (kept.len() + read) as u64 > KEPT {
                return Err(Unfit::Bomb { limit: KEPT, unit: "bytes in one part" });
            }
            kept.extend_from_slice(bytes);
        }
    }
    match kept {
        Some(bytes) if bytes.starts_with(b"PK\x03\x04") => {
            walk(&mut Cursor::new(bytes), count, office, level + 1)
        }
        Some(bytes) => office.part(name, &lower, &bytes),
        None => Ok(()),
    }
}

/// How many entries the end of the archive announces, so that a list of a million entries is never read into memory.
fn announced(file: &mut (impl Read + Seek)) -> Result<u64, Unfit> {
    const LONGEST_END: u64 = 22 + 65_535;
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(LONGEST_END)))?;
    let mut tail = Vec::new();
    file.by_ref().take(LONGEST_END).read_to_end(&mut tail)?;
    let found = |mark: &[u8]| {
        tail.windows(4)
            .enumerate()
            .filter(|(_, w)| *w == mark)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    if !found(b"PK\x06\x07").is_empty() {
        return Err(Unfit::Damaged("it is an archive of the 64-bit kind".into()));
    }
    // The end with the most entries counts, whichever of several the reader would take.
    found(b"PK\x05\x06")
        .into_iter()
        .filter_map(|at| tail.get(at + 10..at + 12))
        .map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])))
        .max()
        .ok_or_else(|| Unfit::Damaged("the archive has no end".into()))
}

fn damaged(error: ZipError) -> Unfit {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Unfit::Unreadable(error)
        }
        other => Unfit::Damaged(other.to_string()),
    }
}
