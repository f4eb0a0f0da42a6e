//! What a file is by its bytes, whatever its name says.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::TableError;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Text, to be read as CSV.
    Text,
    /// A workbook of the Office Open XML family.
    Xlsx,
    /// The same with macros, which are ignored.
    Xlsm,
    /// A spreadsheet of the old binary format (`.xls`) or another old office file.
    OldOffice,
    /// A workbook behind a password.
    Encrypted,
    /// A workbook in the binary variant (`.xlsb`).
    Xlsb,
    /// A spreadsheet of the OpenDocument family.
    OpenDocument,
    /// A text document of the Office Open XML family; its tables are read.
    Docx,
    /// A presentation of the Office Open XML family.
    OfficeDocument,
    /// A web page, often saved as `.xls` by web systems.
    WebPage,
    /// Another XML file, such as the XML spreadsheet of 2003.
    Xml,
    /// A PDF file.
    Pdf,
    /// A picture.
    Picture,
    /// Another archive.
    Archive,
    /// No file at all: zero bytes.
    Nothing,
}

impl FileKind {
    /// The key of the sentence that refuses such a file and says what to do.
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Text | Self::Xlsx | Self::Xlsm | Self::Docx => "import-refused-damaged",
            Self::OldOffice => "import-refused-old-office",
            Self::Encrypted => "import-refused-encrypted",
            Self::Xlsb => "import-refused-xlsb",
            Self::OpenDocument => "import-refused-open-document",
            Self::OfficeDocument => "import-refused-office-document",
            Self::WebPage => "import-refused-web-page",
            Self::Xml => "import-refused-xml",
            Self::Pdf => "import-refused-pdf",
            Self::Picture => "import-refused-picture",
            Self::Archive => "import-refused-archive",
            Self::Nothing => "import-refused-nothing",
        }
    }
}

/// Magic numbers at the start of files that are no tables.
const MAGIC: [(&[u8], FileKind); 11] = [
    (b"%PDF-", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xFF\xD8\xFF", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"\x1F\x8B", FileKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (b"Rar!\x1A\x07", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xFD7zXZ\0", FileKind::Archive),
    (b"\x28\xB5\x2F\xFD", FileKind::Archive),
    (b"PK\x05\x06", FileKind::Archive),
];

/// Tells what the bytes are, without trusting a file name.
pub(crate) fn sniff(bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        return FileKind::Nothing;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = bytes.windows(name.len()).any(|window| window == name);
        return if locked { FileKind::Encrypted } else { FileKind::OldOffice };
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *kind;
    }
    sniff_markup(bytes)
}

fn sniff_markup(bytes: &[u8]) -> FileKind {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = &bytes[..bytes.len().min(512)];
    let start = String::from_utf8_lossy(start).trim_start().to_lowercase();
    if ["<html", "<!doctype html", "<table", "<meta", "<head"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        FileKind::WebPage
    } else if start.starts_with("<?xml") {
        if start.contains("<html") { FileKind::WebPage } else { FileKind::Xml }
    } else {
        FileKind::Text
    }
}

fn sniff_zip(bytes: &[u8]) -> FileKind {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return FileKind::Archive;
    };
    let has = |part: &str| archive.index_for_name(part).is_some();
    if has("xl/workbook.xml") {
        if has("xl/vbaProject.bin") { FileKind::Xlsm } else { FileKind::Xlsx }
    } else if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("word/document.xml") {
        FileKind::Docx
    } else if has("ppt/presentation.xml") {
        FileKind::OfficeDocument
    } else if has("mimetype") && has("content.xml") {
        FileKind::OpenDocument
    } else {
        FileKind::Archive
    }
}

/// Unpacks every part into nothing, to know the true size before a parser sees it: declared sizes can lie.
pub(crate) fn check_inflated(bytes: &[u8], limit: u64) -> Result<(), TableError> {
    let damaged = |fault: &dyn std::fmt::Display| TableError::Damaged { detail: fault.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| damaged(&fault))?;
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|fault| damaged(&fault))?;
        let unpacked =
            io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|fault| damaged(&fault))?;
        left = left.checked_sub(unpacked).ok_or(TableError::Inflates { limit })?;
    }
    Ok(())
}
