//! What a file really is, found from its bytes and never from its name, and whether the house takes it in.
//!
//! Reading is bounded: archives are inflated only to be counted, text is decoded in pieces, nothing is held whole in memory.

mod archive;
mod office;
mod text;
mod xml;

use std::io::{self, Read, Seek, SeekFrom};

use quanheng_domain::{Keyed, keyed};

pub use archive::Bounds;
pub use text::Charset;

use crate::names;

keyed! {
    /// The kinds of file that are taken in.
    FileKind as "file kind" {
        /// A text document of Word or WPS.
        Docx = "docx",
        /// A workbook.
        Xlsx = "xlsx",
        /// A presentation.
        Pptx = "pptx",
        /// A PDF.
        Pdf = "pdf",
        /// A picture in PNG.
        Png = "png",
        /// A picture in JPEG.
        Jpeg = "jpeg",
        /// Plain text.
        Text = "txt",
        /// Values separated by commas, tabs or semicolons.
        Csv = "csv",
        /// An archive.
        Zip = "zip",
    }
}

impl FileKind {
    /// The media type to send it with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Zip => "application/zip",
        }
    }

    /// The kind that an extension (lower case, no dot) promises.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "jpg" => Some(Self::Jpeg),
            other => Self::from_key(other).ok(),
        }
    }
}

/// Something in a file that does no harm by itself but that a reader should be told of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Another program's object is embedded (an equation, a drawing); the part is named.
    EmbeddedObject(String),
    /// The document names a template on its writer's own disk.
    LocalTemplate(String),
}

/// What a file was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The kind.
    pub kind: FileKind,
    /// The character set of text and CSV; for text in GB18030 the media type must say so.
    pub charset: Option<Charset>,
    /// What readers should be told of.
    pub marks: Vec<Mark>,
}

/// Why a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// Its name has no extension, so nobody could say what it ought to be.
    #[error("the file name has no extension")]
    NoExtension,
    /// Its name promises a kind that is not taken in.
    #[error("files with the extension .{extension} are not taken in")]
    UnknownExtension {
        /// The extension.
        extension: String,
    },
    /// Its bytes are of no kind that is taken in.
    #[error("the content is of no known kind")]
    UnknownContent,
    /// Its name promises one kind and its bytes are another.
    #[error("the name says .{extension}, the content is {content}")]
    Disagrees {
        /// The extension.
        extension: String,
        /// The kind found, one of [`FileKind`]'s keys or of [`Active`]'s.
        content: &'static str,
    },
    /// It is of a kind that runs by itself in a browser or on a machine.
    #[error("the content is {0}, which is never taken in")]
    Active(Active),
    /// It is an Office file of the old binary form, or an encrypted one; the two cannot be told apart without opening it.
    #[error("the content is an old or encrypted Office file")]
    OldOffice,
    /// It holds macros or controls.
    #[error("the document holds macros in {part}")]
    Macros {
        /// The part.
        part: String,
    },
    /// It fetches something from elsewhere when it is opened.
    #[error("the document fetches {target} from outside ({part})")]
    External {
        /// The part.
        part: String,
        /// What is fetched, cut at 200 characters.
        target: String,
    },
    /// A part cannot be read without a password.
    #[error("the part {part} is encrypted")]
    Encrypted {
        /// The part.
        part: String,
    },
    /// Its XML declares entities or nests beyond reason.
    #[error("the XML of {part} is not acceptable: {why}")]
    Xml {
        /// The part.
        part: String,
        /// Why.
        why: &'static str,
    },
    /// It unpacks to more than allowed.
    #[error("the archive unpacks to too much: more than {limit} {unit}")]
    Bomb {
        /// The bound that was passed.
        limit: u64,
        /// What is bounded: `bytes`, `entries`, `times its own size`, `levels`.
        unit: &'static str,
    },
    /// Its structure is damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It could not be read.
    #[error("the file could not be read: {0}")]
    Unreadable(#[from] io::Error),
}

keyed! {
    /// Content that runs by itself.
    Active as "active content" {
        /// A web page.
        Html = "html",
        /// A drawing that can hold scripts.
        Svg = "svg",
        /// A program of any system.
        Program = "program",
        /// A script.
        Script = "script",
    }
}

/// Bytes looked at to recognise a kind.
const HEAD: usize = 1024;

/// Finds out what a file is and whether its name agrees; the file is read from its beginning.
pub fn judge(file: &mut (impl Read + Seek), name: &str, bounds: Bounds) -> Result<Judged, Unfit> {
    let head = head(file)?;
    if head.is_empty() {
        return Err(Unfit::Empty);
    }
    let extension = names::extension(&names::clean(name));
    if let Some(active) = active(&head) {
        // A web page under a harmless name is the more telling fault.
        return Err(match extension {
            Some(extension) if FileKind::from_extension(&extension).is_some() => {
                Unfit::Disagrees { extension, content: active.key() }
            }
            _ => Unfit::Active(active),
        });
    }
    let extension = extension.ok_or(Unfit::NoExtension)?;
    let promised = FileKind::from_extension(&extension)
        .ok_or_else(|| Unfit::UnknownExtension { extension: extension.clone() })?;
    let judged = content(file, &head, promised, bounds)?;
    if judged.kind != promised {
        return Err(Unfit::Disagrees { extension, content: judged.kind.key() });
    }
    Ok(judged)
}

fn head(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}

fn content(
    file: &mut (impl Read + Seek),
    head: &[u8],
    promised: FileKind,
    bounds: Bounds,
) -> Result<Judged, Unfit> {
    let plain = |kind| Ok(Judged { kind, charset: None, marks: Vec::new() });
    match head {
        _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => {
            archive::judge(file, bounds)
        }
        _ if head.starts_with(b"%PDF-") => plain(FileKind::Pdf),
        _ if head.starts_with(b"\x89PNG\r\n\x1a\n") => plain(FileKind::Png),
        _ if head.starts_with(b"\xff\xd8\xff") => plain(FileKind::Jpeg),
        _ if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => Err(Unfit::OldOffice),
        _ => {
            let charset = text::charset(file)?.ok_or(Unfit::UnknownContent)?;
            // Only its writer knows whether a text is a table.
            let kind = if promised == FileKind::Csv { FileKind::Csv } else { FileKind::Text };
            Ok(Judged { kind, charset: Some(charset), marks: Vec::new() })
        }
    }
}

/// Whether the beginning is of something that runs by itself.
fn active(head: &[u8]) -> Option<Active> {
    const PROGRAMS: [&[u8]; 6] = [
        b"MZ",
        b"\x7fELF",
        b"\xcf\xfa\xed\xfe",
        b"\xce\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"\0asm",
    ];
    // A text may begin with the letters MZ; a program goes on with bytes that no text has.
    let binary = head.contains(&0);
    if binary && PROGRAMS.iter().any(|magic| head.starts_with(magic)) {
        return Some(Active::Program);
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("#!") {
        return Some(Active::Script);
    }
    if text.starts_with('<') || text.starts_with("<?xml") {
        if text.contains("<svg") {
            return Some(Active::Svg);
        }
        const PAGES: [&str; 12] = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<script",
            "<iframe",
            "<img",
            "<style",
            "<title",
            "<meta",
            "<a ",
            "<table",
        ];
        if PAGES.iter().any(|tag| text.contains(tag)) {
            return Some(Active::Html);
        }
    }
    None
}

#[cfg(test)]
mod tests;
