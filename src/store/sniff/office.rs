//! Office documents: told by their list of parts, refused when they hold macros or fetch something when opened.

use quick_xml::{Reader, events::Event};

use super::{FileKind, Mark, Unfit};

/// What is known of a document while its parts go by.
#[derive(Debug, Default)]
pub(super) struct Office {
    /// Main parts announced in the list of content types.
    mains: Vec<FileKind>,
    has_list: bool,
    marks: Vec<Mark>,
}

impl Office {
    /// Whether the bytes of a part are needed as a whole.
    pub(super) fn wants(lower: &str) -> bool {
        lower == "[content_types].xml" || lower.ends_with(".rels")
    }

    /// Judges a part by its name.
    pub(super) fn name(&mut self, name: &str, lower: &str) -> Result<(), Unfit> {
        self.has_list |= lower == "[content_types].xml";
        let file = lower.rsplit('/').next().unwrap_or(lower);
        let macros = file.starts_with("vbaproject") || file.starts_with("vbadata");
        let folders = ["macrosheets/", "dialogsheets/", "activex/"];
        if macros || folders.iter().any(|folder| lower.contains(folder)) {
            return Err(Unfit::Macros { part: name.to_owned() });
        }
        Ok(())
    }

    /// Looks at the first bytes of a part.
    pub(super) fn begins(&mut self, name: &str, bytes: &[u8], outer: bool) {
        if outer && bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            self.marks.push(Mark::EmbeddedObject(name.to_owned()));
        }
    }

    /// Reads a list of content types or of links.
    pub(super) fn part(&mut self, name: &str, lower: &str, bytes: &[u8]) -> Result<(), Unfit> {
        let mut reader = Reader::from_reader(bytes);
        loop {
            let event =
                reader.read_event().map_err(|error| Unfit::Damaged(format!("{name}: {error}")))?;
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let attributes = attributes(&tag, name)?;
                    if lower.ends_with(".rels") {
                        self.link(name, &attributes)?;
                    } else {
                        self.content_type(name, &attributes)?;
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn content_type(&mut self, name: &str, attributes: &[(String, String)]) -> Result<(), Unfit> {
        let kind = value(attributes, "contenttype").to_lowercase();
        if kind.contains("macroenabled") || kind.contains("vbaproject") || kind.contains("activex")
        {
            return Err(Unfit::Macros { part: name.to_owned() });
        }
        let main = [
            ("wordprocessingml.document.main+xml", FileKind::Docx),
            ("spreadsheetml.sheet.main+xml", FileKind::Xlsx),
            ("presentationml.presentation.main+xml", FileKind::Pptx),
            ("presentationml.slideshow.main+xml", FileKind::Pptx),
        ];
        self.mains.extend(
            main.iter().filter(|(suffix, _)| kind.ends_with(suffix)).map(|(_, kind)| *kind),
        );
        Ok(())
    }

    fn link(&mut self, name: &str, attributes: &[(String, String)]) -> Result<(), Unfit> {
        if !value(attributes, "targetmode").eq_ignore_ascii_case("external") {
            return Ok(());
        }
        let kind = value(attributes, "type").rsplit('/').next().unwrap_or_default().to_lowercase();
        let target: String = value(attributes, "target").chars().take(200).collect();
        // A link is followed only when the reader clicks it.
        if kind == "hyperlink" {
            return Ok(());
        }
        // Word notes the template that its writer used; on nobody else's disk does it exist.
        if kind == "attachedtemplate" && is_on_own_disk(&target) {
            self.marks.push(Mark::LocalTemplate(target));
            return Ok(());
        }
        Err(Unfit::External { part: name.to_owned(), target })
    }

    /// The kind of document, or nothing if the archive is none.
    pub(super) fn kind(&self) -> Result<Option<FileKind>, Unfit> {
        match (self.has_list, self.mains.as_slice()) {
            (false, _) => Ok(None),
            (true, [kind]) => Ok(Some(*kind)),
            (true, []) => Err(Unfit::Damaged("the document has no main part".into())),
            (true, _) => Err(Unfit::Damaged("the document has several main parts".into())),
        }
    }

    /// The marks found.
    pub(super) fn into_marks(mut self) -> Vec<Mark> {
        self.marks.sort();
        self.marks.dedup();
        self.marks
    }
}

/// The attributes of a tag with lower-case names without prefix.
fn attributes(
    tag: &quick_xml::events::BytesStart<'_>,
    name: &str,
) -> Result<Vec<(String, String)>, Unfit> {
    let damaged = |error: &dyn std::fmt::Display| Unfit::Damaged(format!("{name}: {error}"));
    let mut found = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| damaged(&error))?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).to_lowercase();
        let value = attribute.unescape_value().map_err(|error| damaged(&error))?;
        found.push((key, value.into_owned()));
    }
    Ok(found)
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// Whether a target is a path of the writer's own machine: `file:///C:\…` or `Normal.dotm`, not `\\server\…`, not `http://…`.
fn is_on_own_disk(target: &str) -> bool {
    // Word writes three strokes before a letter of a drive, older versions four; with two a computer follows.
    let path = target.strip_prefix("file:///").unwrap_or(target);
    let path = path.strip_prefix('/').unwrap_or(path);
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    drive || !path.contains([':', '/', '\\'])
}
