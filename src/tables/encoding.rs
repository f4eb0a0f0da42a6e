//! Which encoding a text file is in, told by validity and never by a guess about language.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use crate::TableError;

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark, as spreadsheets save it.
    Utf8WithMark,
    /// UTF-16 with a byte order mark, as the "Unicode text" of spreadsheets.
    Utf16,
    /// GB 18030, which contains GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The name as people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithMark => "UTF-8 (BOM)",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB 18030",
        }
    }
}

/// How many well-formed UTF-8 characters outweigh one broken sequence: beyond it the file is damaged UTF-8, not GB 18030.
const OUTWEIGHS: usize = 8;

/// The text of a file and the encoding it was in.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), TableError> {
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        (Cow::Borrowed(strict_utf8(rest)?), Encoding::Utf8WithMark)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        (Cow::Owned(strict(UTF_16LE, rest)?), Encoding::Utf16)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        (Cow::Owned(strict(UTF_16BE, rest)?), Encoding::Utf16)
    } else if let Some(rest) = bytes.strip_prefix(b"\x84\x31\x95\x33") {
        (Cow::Owned(strict(GB18030, rest)?), Encoding::Gb18030)
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
            Err(fault) if is_damaged_utf8(bytes) => {
                return Err(TableError::Undecodable {
                    line: line_of(&bytes[..fault.valid_up_to()]),
                });
            }
            Err(_) => (Cow::Owned(strict(GB18030, bytes)?), Encoding::Gb18030),
        }
    };
    match text.find('\0') {
        Some(at) => Err(TableError::ZeroByte { line: line_of(&text.as_bytes()[..at]) }),
        None => Ok((text, encoding)),
    }
}

fn strict_utf8(bytes: &[u8]) -> Result<&str, TableError> {
    std::str::from_utf8(bytes)
        .map_err(|fault| TableError::Undecodable { line: line_of(&bytes[..fault.valid_up_to()]) })
}

/// Decodes without replacing anything: the first broken sequence refuses the file and names its line.
fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, TableError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room =
        decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        _ => Err(TableError::Undecodable { line: line_of(text.as_bytes()) }),
    }
}

/// Whether the bytes are UTF-8 with a few broken places, which GB 18030 would read as nonsense without complaint.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken > 0 && sound >= broken * OUTWEIGHS
}

fn line_of(before: &[u8]) -> u64 {
    1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_told_by_validity() {
        let said = "编号,名称\nJJG 1-1999,钢直尺\n";
        let (gb, ..) = GB18030.encode(said);
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(said.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let marked = [b"\xEF\xBB\xBF".as_slice(), said.as_bytes()].concat();
        for (bytes, expected) in [
            (said.as_bytes(), Encoding::Utf8),
            (&marked, Encoding::Utf8WithMark),
            (&gb, Encoding::Gb18030),
            (&utf16, Encoding::Utf16),
        ] {
            assert_eq!(decode(bytes), Ok((Cow::Borrowed(said), expected)));
        }
    }

    #[test]
    fn four_byte_gb18030_survives() {
        let (gb, ..) = GB18030.encode("名称\n𠮷㐀");
        assert_eq!(decode(&gb).unwrap().0, "名称\n𠮷㐀");
    }

    #[test]
    fn damage_is_named_with_its_line_instead_of_read_as_nonsense() {
        let mut bytes = "名称,机构\n钢直尺检定规程,某某研究院\n".repeat(3).into_bytes();
        let at = bytes.iter().rposition(|&b| b == b'\n').unwrap() - 1;
        bytes[at] = b'x';
        assert_eq!(decode(&bytes), Err(TableError::Undecodable { line: 6 }));
        assert_eq!(decode(b"a\nb\xFF"), Err(TableError::Undecodable { line: 2 }));
        assert_eq!(decode(b"a\nb\0"), Err(TableError::ZeroByte { line: 2 }));
    }
}
