//! Small Word files written by hand: only the parts and elements that a test is about.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>"#;

/// A Word file while it is written.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    pub body: String,
    pub styles: String,
    pub numbering: String,
    pub footnotes: String,
    pub comments: String,
    /// Instead of the usual namespace.
    pub namespace: Option<&'static str>,
}

impl Paper {
    pub fn of(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    fn root(&self, name: &str, inside: &str) -> String {
        let word = self.namespace.unwrap_or(WORD);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} xmlns:w=\"{word}\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">{inside}</w:{name}>"
        )
    }

    pub fn document(&self) -> String {
        self.root("document", &format!("<w:body>{}<w:sectPr/></w:body>", self.body))
    }

    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let link = |at: usize, kind: &str, target: &str| {
            format!("<Relationship Id=\"r{at}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let links = |inside: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
            )
        };
        let kinds = ["styles", "numbering", "footnotes", "comments"];
        let all: String = kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| link(at, kind, &format!("{kind}.xml")))
            .collect();
        let mut parts = vec![
            ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
            ("_rels/.rels", links(&link(0, "officeDocument", "word/document.xml"))),
            ("word/_rels/document.xml.rels", links(&all)),
            ("word/document.xml", self.document()),
        ];
        let more = [
            ("word/styles.xml", "styles", &self.styles),
            ("word/numbering.xml", "numbering", &self.numbering),
            ("word/footnotes.xml", "footnotes", &self.footnotes),
            ("word/comments.xml", "comments", &self.comments),
        ];
        for (name, root, inside) in more {
            if !inside.is_empty() {
                parts.push((name, self.root(root, inside)));
            }
        }
        parts
    }

    pub fn bytes(&self) -> Vec<u8> {
        zip(&self.parts())
    }
}

/// A zip file of these parts.
pub fn zip(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A run of words.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// A run with properties.
pub fn rp(properties: &str, text: &str) -> String {
    format!(
        "<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

/// A paragraph of what stands in it.
pub fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

/// A paragraph of words.
pub fn t(text: &str) -> String {
    p(&r(text))
}

/// A paragraph of words in a style.
pub fn styled(style: &str, text: &str) -> String {
    p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}", r(text)))
}

/// A cell with properties, of words.
pub fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", t(text))
}

/// A table of rows of cells.
pub fn table(rows: &[Vec<String>]) -> String {
    let rows: String = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.concat())).collect();
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}

/// A style: id, name, the one it is based on, properties of its paragraphs.
pub fn style(id: &str, name: &str, based: &str, properties: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"{based}\"/><w:pPr>{properties}</w:pPr></w:style>"
    )
}

/// A level of a list: number format, what is printed, more.
pub fn level(at: usize, format: &str, print: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{print}\"/></w:lvl>"
    )
}

/// A list by itself: number of the list and its levels.
pub fn list(id: usize, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}
