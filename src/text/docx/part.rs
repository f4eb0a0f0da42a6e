//! A part of the archive, unpacked.

use super::xml::Xml;
use crate::TextError;

/// A part of the archive, unpacked; XML in UTF-8.
pub(super) struct Part {
    name: String,
    text: String,
}

impl Part {
    pub(super) fn new(name: &str, bytes: Vec<u8>) -> Result<Self, TextError> {
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => {
                encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned()
            }
            [0xfe, 0xff, rest @ ..] => {
                encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
            }
            _ => String::from_utf8(bytes).map_err(|_| TextError::broken(name))?,
        };
        Ok(Self { name: name.to_owned(), text })
    }

    /// Reads the part from its beginning.
    pub(super) fn xml(&self) -> Xml<'_> {
        Xml::new(&self.name, self.text.trim_start_matches('\u{feff}'))
    }
}
