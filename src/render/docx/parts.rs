//! The parts around the text: what the archive holds, styles, the head and the foot of every page.

use super::escaped;
use crate::paper::PageNumber;

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

pub(super) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

pub(super) const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;

const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The styles: running text in 仿宋 16 pt at 28 pt between lines, headings in 黑体, tables in 宋体.
pub(super) fn styles(language: &str) -> String {
    let language = if language.is_empty() { "zh-CN" } else { language };
    // In Chinese the first line of a paragraph stands two characters in.
    let indent = if language.starts_with("zh") {
        r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#
    } else {
        ""
    };
    let face = |name: &str| {
        format!(
            r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" w:cs="Times New Roman"/>"#
        )
    };
    let size = |half_points: u32| {
        format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
    };
    let style = |id: &str, paragraph: &str, run: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
        )
    };
    let (song, hei, fang) = (face("宋体"), face("黑体"), face("仿宋"));
    [
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{SPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{fang}{}<w:lang w:val="{}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
            size(32),
            escaped(language)
        ),
        style(
            "Title",
            r#"<w:keepNext/><w:spacing w:before="120" w:after="120" w:line="660" w:lineRule="exact"/><w:jc w:val="center"/>"#,
            &format!("{hei}{}", size(44)),
        ),
        style(
            "Subtitle",
            r#"<w:spacing w:after="160" w:line="480" w:lineRule="exact"/><w:jc w:val="center"/>"#,
            &size(30),
        ),
        style(
            "Heading1",
            r#"<w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="0"/>"#,
            &format!("{hei}{}", size(32)),
        ),
        style(
            "Running",
            &format!(r#"<w:spacing w:line="560" w:lineRule="exact"/>{indent}<w:jc w:val="both"/>"#),
            "",
        ),
        style("Line", r#"<w:spacing w:line="520" w:lineRule="exact"/>"#, &size(28)),
        style("Note", r#"<w:spacing w:before="80" w:after="40"/>"#, &format!("{song}{}", size(21))),
        style("Cell", r#"<w:spacing w:before="30" w:after="30"/>"#, &format!("{song}{}", size(21))),
        style("Margin", "", &format!("{song}{}", size(18))),
        "</w:styles>".to_owned(),
    ]
    .concat()
}

/// What stands at the head of every page.
pub(super) fn header(words: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="{SPACE}"><w:p><w:pPr><w:pStyle w:val="Margin"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:hdr>"#,
        escaped(words)
    )
}

/// The number of the page at the foot of every page.
pub(super) fn footer(number: &PageNumber) -> String {
    let words = |text: &str| match text.is_empty() {
        true => String::new(),
        false => format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text)),
    };
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let whole = if number.between.is_empty() {
        String::new()
    } else {
        words(&number.between) + &field("NUMPAGES")
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="{SPACE}"><w:p><w:pPr><w:pStyle w:val="Margin"/><w:jc w:val="center"/></w:pPr>{}{}{whole}{}</w:p></w:ftr>"#,
        words(&number.before),
        field("PAGE"),
        words(&number.after)
    )
}
