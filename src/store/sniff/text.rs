//! Whether bytes are text, and in which character set.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};

use super::Unfit;
use crate::received::PIECE;

/// The character sets that texts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, with or without a mark at its beginning.
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

/// The character set in which all bytes are text without control characters; nothing if there is none.
pub(super) fn charset(file: &mut (impl Read + Seek)) -> Result<Option<Charset>, Unfit> {
    for (charset, encoding) in [(Charset::Utf8, UTF_8), (Charset::Gb18030, GB18030)] {
        file.seek(SeekFrom::Start(0))?;
        if is_text(file, encoding)? {
            return Ok(Some(charset));
        }
    }
    Ok(None)
}

fn is_text(file: &mut impl Read, encoding: &'static Encoding) -> Result<bool, Unfit> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut piece = vec![0; PIECE];
    let mut decoded = String::with_capacity(PIECE);
    loop {
        let count = file.read(&mut piece)?;
        let mut rest = &piece[..count];
        loop {
            decoded.clear();
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut decoded, count == 0);
            if decoded.chars().any(is_binary) {
                return Ok(false);
            }
            match result {
                DecoderResult::Malformed(..) => return Ok(false),
                DecoderResult::OutputFull => rest = &rest[read..],
                DecoderResult::InputEmpty => break,
            }
        }
        if count == 0 {
            return Ok(true);
        }
    }
}

fn is_binary(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}'))
        || c == '\u{fffe}'
        || c == '\u{ffff}'
}
