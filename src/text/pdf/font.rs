//! Fonts: which characters their codes stand for, and how wide they are.

use std::{collections::HashMap, rc::Rc};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{LARGEST_STREAM, cmap::CMap};

/// How the codes of a font become characters.
enum Codes {
    Map(CMap),
    /// Codes of two bytes are characters themselves.
    Utf16,
    /// Codes are those of a Chinese character set.
    Gbk,
    /// One byte each, by the table of the font.
    Bytes(Vec<String>),
    /// Two bytes each, and nobody knows what they stand for.
    Unknown,
}

/// A font.
pub(super) struct Font {
    codes: Codes,
    /// Widths in thousandths of the size, by code.
    widths: HashMap<u32, f32>,
    usual: f32,
    wide: bool,
}

/// Fonts that were read, by the place of their dictionary.
#[derive(Default)]
pub(super) struct Fonts {
    read: HashMap<ObjectId, Rc<Font>>,
}

impl Fonts {
    /// The font of a dictionary or of a reference to one.
    pub(super) fn get(&mut self, document: &Document, object: &Object) -> Option<Rc<Font>> {
        let id = object.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.read.get(&id)) {
            return Some(Rc::clone(font));
        }
        let (_, object) = document.dereference(object).ok()?;
        let font = Rc::new(Font::read(document, object.as_dict().ok()?));
        if let Some(id) = id {
            self.read.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

impl Font {
    fn read(document: &Document, font: &Dictionary) -> Self {
        let name = |key: &[u8]| {
            font.get_deref(key, document).and_then(Object::as_name).unwrap_or_default()
        };
        let wide = name(b"Subtype") == b"Type0";
        let map = font
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream)
            .and_then(|stream| stream.get_plain_content_with_limit(LARGEST_STREAM))
            .map(|bytes| CMap::read(&bytes))
            .ok()
            .filter(|map| !map.is_empty());
        let encoding = name(b"Encoding");
        let codes = match map {
            Some(map) => Codes::Map(map),
            None if !wide => Codes::Bytes(table(document, font)),
            None if encoding.starts_with(b"UniGB")
                || encoding.starts_with(b"UniCNS")
                || encoding.starts_with(b"UniJIS") =>
            {
                Codes::Utf16
            }
            None if encoding.starts_with(b"GB") => Codes::Gbk,
            None => Codes::Unknown,
        };
        let (widths, usual) =
            if wide { cid_widths(document, font) } else { widths(document, font) };
        Self { codes, widths, usual, wide }
    }

    /// The characters of a string with their widths in parts of the size, and whether each is one space.
    pub(super) fn read_string(&self, bytes: &[u8]) -> Vec<(String, f32, bool)> {
        let mut found = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (length, code, text) = self.next(rest);
            let space = length == 1 && rest[0] == b' ';
            let width = self.widths.get(&code).copied().unwrap_or(self.usual) / 1000.0;
            found.push((text, width, space));
            rest = rest.get(length.max(1)..).unwrap_or_default();
        }
        found
    }

    fn next(&self, bytes: &[u8]) -> (usize, u32, String) {
        let two = |bytes: &[u8]| {
            bytes.iter().take(2).fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte))
        };
        match &self.codes {
            Codes::Map(map) => {
                let (length, code, text) = map.next(bytes);
                let length = if self.wide && text.is_none() { 2.min(bytes.len()) } else { length };
                (length, code, text.unwrap_or("\u{fffd}").to_owned())
            }
            Codes::Utf16 => {
                let high = two(bytes);
                let length = if (0xd800..0xdc00).contains(&high) { 4 } else { 2 };
                let length = length.min(bytes.len());
                (
                    length,
                    high,
                    encoding_rs::UTF_16BE
                        .decode_without_bom_handling(&bytes[..length])
                        .0
                        .into_owned(),
                )
            }
            Codes::Gbk => {
                let length = if bytes[0] < 0x80 { 1 } else { 2.min(bytes.len()) };
                (
                    length,
                    two(&bytes[..length]),
                    encoding_rs::GBK.decode_without_bom_handling(&bytes[..length]).0.into_owned(),
                )
            }
            Codes::Bytes(table) => (
                1,
                u32::from(bytes[0]),
                table.get(usize::from(bytes[0])).cloned().unwrap_or_default(),
            ),
            Codes::Unknown => (2.min(bytes.len()), two(bytes), "\u{fffd}".to_owned()),
        }
    }
}

/// The characters of the 256 codes of a simple font.
fn table(document: &Document, font: &Dictionary) -> Vec<String> {
    let encoding = font.get_font_encoding_with_limit(document, LARGEST_STREAM);
    let text = |byte: u8| {
        let known =
            encoding.as_ref().ok().and_then(|known| Document::decode_text(known, &[byte]).ok());
        known.unwrap_or_else(|| char::from(byte).to_string())
    };
    (0..=u8::MAX).map(text).collect()
}

fn widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
    let first = u32::try_from(first).unwrap_or(0);
    let list =
        font.get_deref(b"Widths", document).and_then(Object::as_array).cloned().unwrap_or_default();
    let width =
        |(at, object): (u32, &Object)| Some((first.checked_add(at)?, number(document, object)?));
    ((0_u32..256).zip(&list).filter_map(width).collect(), 500.0)
}

fn cid_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let descendant = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let Some(font) = descendant else { return (HashMap::new(), 1000.0) };
    let usual = font
        .get_deref(b"DW", document)
        .ok()
        .and_then(|width| number(document, width))
        .unwrap_or(1000.0);
    let list =
        font.get_deref(b"W", document).and_then(Object::as_array).cloned().unwrap_or_default();
    let mut widths = HashMap::new();
    let mut list = list.iter();
    while let (Some(first), Some(second)) = (list.next(), list.next()) {
        let Some(first) = code(document, first) else { break };
        if let Ok((_, Object::Array(each))) = document.dereference(second) {
            for (at, width) in (first..).zip(each).take(65_536) {
                widths.extend(number(document, width).map(|width| (at, width)));
            }
        } else if let (Some(last), Some(width)) =
            (code(document, second), list.next().and_then(|width| number(document, width)))
        {
            widths.extend((first..=last).take(65_536).map(|code| (code, width)));
        }
    }
    (widths, usual)
}

fn code(document: &Document, object: &Object) -> Option<u32> {
    number(document, object).filter(|code| (0.0..65_536.0).contains(code)).map(|code| code as u32)
}

fn number(document: &Document, object: &Object) -> Option<f32> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().filter(|number| number.is_finite())
}
