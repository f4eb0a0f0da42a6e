//! The zip file around a Word text: which part is the text, which parts belong to it, and how large they may be.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::part::Part;
use crate::TextError;

/// Largest part that is read, unpacked; a thick standard is a few megabytes.
const LARGEST_PART: u64 = 64 << 20;

/// Most files in one archive; Word writes a few dozen and one for each picture.
const MOST_FILES: usize = 10_000;

/// First bytes of the container that Word wraps around a file with a password, and of its old format.
const CONTAINER: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const DOCUMENT: &str = "word/document.xml";

/// An opened archive.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// A link from one part to another: the last word of its type, and the name of the part.
pub(super) struct Link {
    kind: String,
    target: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, TextError> {
        if bytes.starts_with(CONTAINER) {
            let name: Vec<u8> =
                "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let locked = bytes.windows(name.len()).any(|window| window == name);
            return Err(if locked { TextError::Locked } else { TextError::NotThatKind });
        }
        if !bytes.starts_with(b"PK") {
            return Err(TextError::NotThatKind);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TextError::broken("zip"))?;
        if zip.len() > MOST_FILES {
            return Err(TextError::TooBig);
        }
        Ok(Self { zip })
    }

    /// Name of the part that holds the text.
    pub(super) fn main(&mut self) -> Result<String, TextError> {
        let named = match self.optional("_rels/.rels")? {
            Some(part) => links(&part, "")?.into_iter().find(|link| link.kind == "officeDocument"),
            None => None,
        };
        let name = named.map_or_else(|| DOCUMENT.to_owned(), |link| link.target);
        if self.zip.index_for_name(&name).is_none() {
            return Err(TextError::NotThatKind);
        }
        Ok(name)
    }

    /// Links of a part to others.
    pub(super) fn links(&mut self, name: &str) -> Result<Vec<Link>, TextError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let list = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        self.optional(&list)?.map_or_else(|| Ok(Vec::new()), |part| links(&part, folder))
    }

    /// The part that is linked as of such a kind; none if there is no such link or nothing at its end.
    pub(super) fn linked(&mut self, links: &[Link], kind: &str) -> Result<Option<Part>, TextError> {
        match links.iter().find(|link| link.kind == kind) {
            Some(link) => self.optional(&link.target),
            None => Ok(None),
        }
    }

    /// A part that must be there.
    pub(super) fn part(&mut self, name: &str) -> Result<Part, TextError> {
        self.optional(name)?.ok_or(TextError::NotThatKind)
    }

    fn optional(&mut self, name: &str) -> Result<Option<Part>, TextError> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(TextError::Locked);
            }
            Err(_) => return Err(TextError::broken(name)),
        };
        if entry.size() > LARGEST_PART {
            return Err(TextError::TooBig);
        }
        let mut bytes = Vec::new();
        entry
            .take(LARGEST_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| TextError::broken(name))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(TextError::TooBig);
        }
        Part::new(name, bytes).map(Some)
    }
}

fn links(part: &Part, folder: &str) -> Result<Vec<Link>, TextError> {
    let mut found = Vec::new();
    let mut xml = part.xml();
    while let Some(tag) = xml.next_open()? {
        let outside = tag.attr("TargetMode").is_some_and(|mode| mode == "External");
        if let (Some(kind), Some(target), false) = (tag.attr("Type"), tag.attr("Target"), outside) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Link { kind, target: resolved(folder, &target) });
        }
    }
    Ok(found)
}

/// A target as a name within the archive.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
