//! Writing a table as a Word document: landscape A4, the heading row repeated on every page, Chinese in a Chinese face.
//!
//! The few parts that Word, WPS and LibreOffice need are written by hand: libraries at hand cannot repeat a heading row.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use quanheng_render::columns;
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::WriteError;

/// A table with what stands above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// The title, centred.
    pub title: String,
    /// Lines between title and table.
    pub lines: Vec<String>,
    /// Headings with the share of the width that each column takes; the shares need not sum to anything.
    pub columns: Vec<(String, u32)>,
    /// Rows; a row may be shorter than the headings.
    pub rows: Vec<Vec<String>>,
    /// Identities of the rows, so that the table can come back with its rows in any order; none for tables that do not.
    pub marks: Vec<String>,
    /// Lines below the table.
    pub footer: Vec<String>,
    /// Language tag of the text (`zh-CN`, `en`).
    pub language: String,
}

/// Bookmarks of this beginning carry the identity of a row: 32 hexadecimal digits follow. Word, WPS and LibreOffice keep them with
/// the row when it is moved.
pub(crate) const MARK: &str = "qh_";

/// Width between the margins of a landscape A4 page, in twentieths of a point.
const WIDTH: u32 = 16_838 - 2 * MARGIN;
/// Margin on every side: 2 cm.
const MARGIN: u32 = 1_134;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;

/// Page number, centred.
const PAGE_FOOTER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>"#;

/// Writes the document.
pub fn write_docx(paper: &Paper) -> Result<Vec<u8>, WriteError> {
    let marks = paper.marks.iter().map(Some).chain(std::iter::repeat(None));
    let rows = paper.rows.iter().zip(marks);
    write_long_docx(paper, rows.map(|(row, mark)| (row, mark.map_or("", String::as_str))))
}

/// Rows that are looked at for the widths of the columns.
const SEEN: usize = 2_000;

/// Writes a document whose rows are made one by one, each with its mark or none, in place of those of the paper; they are never all in memory.
pub fn write_long_docx<R: AsRef<[String]>, M: AsRef<str>>(
    paper: &Paper,
    rows: impl Iterator<Item = (R, M)>,
) -> Result<Vec<u8>, WriteError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles(&paper.language)),
        ("word/footer1.xml", PAGE_FOOTER.to_owned()),
    ];
    let written: Result<Cursor<Vec<u8>>, ZipError> = (|| {
        for (name, text) in &parts {
            archive.start_file(*name, SimpleFileOptions::default())?;
            archive.write_all(text.as_bytes())?;
        }
        archive.start_file("word/document.xml", SimpleFileOptions::default())?;
        document(&mut archive, paper, rows)?;
        archive.finish()
    })();
    Ok(written?.into_inner())
}

fn styles(language: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="18"/><w:szCs w:val="18"/><w:lang w:val="{}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="20" w:after="20" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="120" w:after="160"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="SimHei"/><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style></w:styles>"#,
        escaped(&paper_language(language))
    )
}

fn paper_language(language: &str) -> String {
    if language.is_empty() { "zh-CN".to_owned() } else { language.to_owned() }
}

fn document<R: AsRef<[String]>, M: AsRef<str>>(
    out: &mut impl std::io::Write,
    paper: &Paper,
    mut rows: impl Iterator<Item = (R, M)>,
) -> std::io::Result<()> {
    let seen: Vec<(R, M)> = rows.by_ref().take(SEEN).collect();
    let widths = widths(paper, seen.iter().map(|(row, _)| row.as_ref()));
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
    );
    text.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>"#);
    run(&mut text, &paper.title, false);
    text.push_str("</w:p>");
    for line in &paper.lines {
        paragraph(&mut text, line, false);
    }
    begin_table(&mut text, paper, &widths);
    for (number, (cells, mark)) in seen.into_iter().chain(rows).enumerate() {
        row(&mut text, number, &widths, (cells.as_ref(), mark.as_ref()));
        if text.len() >= PORTION {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str("</w:tbl>");
    for line in &paper.footer {
        paragraph(&mut text, line, false);
    }
    let _ = write!(
        text,
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    out.write_all(text.as_bytes())
}

/// Bytes that are handed on at once.
const PORTION: usize = 1 << 16;

fn begin_table(text: &mut String, paper: &Paper, widths: &[u32]) {
    text.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>"#);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(text, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    }
    text.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for width in widths {
        let _ = write!(text, r#"<w:gridCol w:w="{width}"/>"#);
    }
    text.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for ((heading, _), width) in paper.columns.iter().zip(widths) {
        cell(text, heading, *width, true);
    }
    text.push_str("</w:tr>");
}

fn row(text: &mut String, number: usize, widths: &[u32], (cells, mark): (&[String], &str)) {
    text.push_str("<w:tr>");
    let mark = Some((number, mark)).filter(|(_, mark)| !mark.is_empty());
    for (at, width) in widths.iter().enumerate() {
        let words = cells.get(at).map_or("", String::as_str);
        marked_cell(text, words, *width, false, mark.filter(|_| at == 0));
    }
    text.push_str("</w:tr>");
}

/// The widths of the columns: wide enough for the longest word of the heading, and for the numbers and names that stand below it.
fn widths<'r>(paper: &Paper, rows: impl Iterator<Item = &'r [String]>) -> Vec<u32> {
    /// The size of the words, and the room at both sides of a cell.
    const SIZE: f32 = 180.0;
    const SIDES: f32 = 240.0;
    let shares: Vec<u32> = paper.columns.iter().map(|(_, share)| *share).collect();
    // A heading goes on in the next line after a stroke.
    let parts = |words: &str| words.split_inclusive('/').map(word).fold(0.0, f32::max);
    let mut least: Vec<f32> = paper.columns.iter().map(|(words, _)| parts(words)).collect();
    for row in rows {
        for (words, least) in row.iter().zip(&mut least) {
            *least = least.max(word(words));
        }
    }
    let least: Vec<f32> = least.into_iter().map(|word| word * SIZE + SIDES).collect();
    // Twentieths of a point: what is below one is not seen.
    columns::widths(&shares, &least, WIDTH as f32).into_iter().map(|wide| wide as u32).collect()
}

fn word(words: &str) -> f32 {
    columns::longest_word(words, columns::usual_width)
}

fn cell(text: &mut String, words: &str, width: u32, heading: bool) {
    marked_cell(text, words, width, heading, None);
}

fn marked_cell(
    text: &mut String,
    words: &str,
    width: u32,
    heading: bool,
    mark: Option<(usize, &str)>,
) {
    let _ = write!(text, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#);
    if heading {
        text.push_str(
            r#"<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/><w:vAlign w:val="center"/>"#,
        );
    }
    text.push_str("</w:tcPr>");
    match mark {
        Some((number, mark)) => {
            let _ = write!(
                text,
                r#"<w:p><w:bookmarkStart w:id="{number}" w:name="{MARK}{}"/>"#,
                escaped(mark)
            );
            run(text, words, heading);
            let _ = write!(text, r#"<w:bookmarkEnd w:id="{number}"/></w:p>"#);
        }
        None => paragraph(text, words, heading),
    }
    text.push_str("</w:tc>");
}

fn paragraph(text: &mut String, words: &str, heading: bool) {
    text.push_str("<w:p>");
    if heading {
        text.push_str(r#"<w:pPr><w:jc w:val="center"/></w:pPr>"#);
    }
    run(text, words, heading);
    text.push_str("</w:p>");
}

/// Words with their line breaks.
fn run(text: &mut String, words: &str, bold: bool) {
    if words.is_empty() {
        return;
    }
    text.push_str("<w:r>");
    if bold {
        text.push_str("<w:rPr><w:b/></w:rPr>");
    }
    for (at, line) in words.lines().enumerate() {
        if at > 0 {
            text.push_str("<w:br/>");
        }
        let _ = write!(text, r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line));
    }
    text.push_str("</w:r>");
}

/// Text for XML; characters that XML cannot hold are left out.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' => text.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_document_repeats_its_headings_and_escapes_what_people_wrote() {
        let paper = Paper {
            title: "征求意见汇总处理表".into(),
            lines: vec!["某规范".into()],
            columns: vec![("序号".into(), 1), ("意见内容".into(), 4)],
            rows: vec![vec!["1".into(), "a<b & \"c\"\n第二行\u{7}".into()]],
            marks: Vec::new(),
            footer: vec!["意见 1 条".into()],
            language: "zh-CN".into(),
        };
        let bytes = write_docx(&paper).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        for part in [
            "w:tblHeader",
            "w:orient=\"landscape\"",
            "a&lt;b &amp; &quot;c&quot;</w:t><w:br/>",
            "第二行</w:t>",
            "意见 1 条",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        let mut styles = String::new();
        archive.by_name("word/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
        assert!(styles.contains("w:eastAsia=\"SimSun\""));
    }
}
