//! XML element by element, with the few namespaces that matter; document types and entities of one's own are refused.

use std::borrow::Cow;

use quick_xml::{
    NsReader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use crate::TextError;

/// How deep elements may nest in a file that is no attack.
const DEEPEST: usize = 128;

/// Where the name of an element comes from; transitional and strict are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// Words (`w:`).
    Word,
    /// Formulas (`m:`).
    Math,
    /// Alternatives for older readers (`mc:`).
    Compatibility,
    /// Old drawings and objects (`v:`, `o:`).
    Vml,
    Other,
}

/// An element that begins.
pub(super) struct Tag<'x> {
    pub ns: Ns,
    start: BytesStart<'x>,
}

/// What comes next.
pub(super) enum Item<'x> {
    Open(Tag<'x>),
    Close,
    Text(Cow<'x, str>),
    End,
}

/// A reader of one part.
pub(super) struct Xml<'x> {
    part: &'x str,
    reader: NsReader<&'x [u8]>,
    depth: usize,
}

impl<'x> Xml<'x> {
    pub(super) fn new(part: &'x str, text: &'x str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { part, reader, depth: 0 }
    }

    pub(super) fn broken(&self) -> TextError {
        TextError::broken(self.part)
    }

    /// What comes next; comments and instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Item<'x>, TextError> {
        loop {
            let (ns, event) =
                self.reader.read_resolved_event().map_err(|_| TextError::broken(self.part))?;
            match event {
                Event::Start(start) => {
                    let ns = namespace(&ns);
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(TextError::TooBig);
                    }
                    return Ok(Item::Open(Tag { ns, start }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Item::Close);
                }
                Event::Text(text) => {
                    return text.decode().map(Item::Text).map_err(|_| self.broken());
                }
                Event::CData(text) => {
                    return text.decode().map(Item::Text).map_err(|_| self.broken());
                }
                Event::GeneralRef(name) => {
                    if let Ok(Some(c)) = name.resolve_char_ref() {
                        return Ok(Item::Text(Cow::Owned(c.to_string())));
                    }
                    let known =
                        name.decode().ok().and_then(|name| resolve_predefined_entity(&name));
                    return known
                        .map(|text| Item::Text(Cow::Borrowed(text)))
                        .ok_or_else(|| self.broken());
                }
                Event::DocType(_) => return Err(self.broken()),
                // A file that ends within an element was cut.
                Event::Eof if self.depth > 0 => return Err(self.broken()),
                Event::Eof => return Ok(Item::End),
                _ => {}
            }
        }
    }

    /// The next element that begins, whatever surrounds it.
    pub(super) fn next_open(&mut self) -> Result<Option<Tag<'x>>, TextError> {
        loop {
            match self.next()? {
                Item::Open(tag) => return Ok(Some(tag)),
                Item::End => return Ok(None),
                Item::Close | Item::Text(_) => {}
            }
        }
    }

    /// The next child of the element that is open; none at its end.
    pub(super) fn child(&mut self) -> Result<Option<Tag<'x>>, TextError> {
        loop {
            match self.next()? {
                Item::Open(tag) => return Ok(Some(tag)),
                Item::Close | Item::End => return Ok(None),
                Item::Text(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that is open.
    pub(super) fn skip(&mut self) -> Result<(), TextError> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around {
            if matches!(self.next()?, Item::End) {
                break;
            }
        }
        Ok(())
    }

    /// The characters directly within the element that is open, up to its end.
    pub(super) fn text(&mut self) -> Result<Cow<'x, str>, TextError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Item::Text(more) if text.is_empty() => text = more,
                Item::Text(more) => text.to_mut().push_str(&more),
                Item::Open(_) => self.skip()?,
                Item::Close | Item::End => return Ok(text),
            }
        }
    }
}

impl Tag<'_> {
    /// Name without prefix.
    pub(super) fn name(&self) -> &[u8] {
        self.start.local_name().into_inner()
    }

    /// Whether it is this element of Word.
    pub(super) fn is(&self, name: &str) -> bool {
        self.ns == Ns::Word && self.name() == name.as_bytes()
    }

    /// An attribute by its name without prefix.
    pub(super) fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut all = self.start.attributes();
        let found = all.with_checks(false).flatten();
        let found = found
            .into_iter()
            .find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
        match found.value {
            Cow::Borrowed(bytes) if !bytes.contains(&b'&') => {
                std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
            }
            _ => found.unescape_value().ok().map(|value| Cow::Owned(value.into_owned())),
        }
    }

    /// Attribute `val`.
    pub(super) fn val(&self) -> Option<Cow<'_, str>> {
        self.attr("val")
    }

    /// Attribute `val` as a number.
    pub(super) fn count(&self) -> Option<u32> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a switch is on: it is when it has no value.
    pub(super) fn on(&self) -> bool {
        self.val().is_none_or(|value| !matches!(value.as_ref(), "0" | "false" | "off" | "none"))
    }
}

fn namespace(found: &ResolveResult<'_>) -> Ns {
    let ResolveResult::Bound(Namespace(uri)) = found else { return Ns::Other };
    match *uri {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Ns::Word,
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
        | b"http://purl.oclc.org/ooxml/officeDocument/math" => Ns::Math,
        b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Ns::Compatibility,
        b"urn:schemas-microsoft-com:vml" | b"urn:schemas-microsoft-com:office:office" => Ns::Vml,
        _ => Ns::Other,
    }
}
