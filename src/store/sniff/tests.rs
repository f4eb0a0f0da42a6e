//! Files as people, programs and enemies send them.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn types(main: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Types><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    )
}

const WORD: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const SLIDES: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

fn document(main: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = types(main);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", b"<w:document><w:body/></w:document>"),
    ];
    parts.extend(more);
    packed(&parts)
}

fn link(kind: &str, target: &str, mode: &str) -> Vec<u8> {
    format!("<Relationships><Relationship Id=\"r1\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\" TargetMode=\"{mode}\"/></Relationships>")
        .into_bytes()
}

fn judged(bytes: &[u8], name: &str) -> Result<Judged, Unfit> {
    judge(&mut Cursor::new(bytes), name, Bounds::default())
}

/// The refusal as text, or the kind that was taken.
fn verdict(bytes: &[u8], name: &str) -> String {
    match judged(bytes, name) {
        Ok(found) => found.kind.key().to_owned(),
        Err(unfit) => format!("{unfit:?}"),
    }
}

#[test]
fn every_kind_is_known_by_its_bytes() {
    let gb = encoding_rs::GB18030.encode("序号,意见\n1,量块\n").0.into_owned();
    for (bytes, name, kind) in [
        (document(WORD, &[]), "a.docx", FileKind::Docx),
        (document(SHEET, &[]), "a.XLSX", FileKind::Xlsx),
        (document(SLIDES, &[]), "a.pptx", FileKind::Pptx),
        (packed(&[("读我.txt", b"hello")]), "a.zip", FileKind::Zip),
        (b"%PDF-1.7\n%\xe2\xe3\n".to_vec(), "a.pdf", FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a.png", FileKind::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "a.JPG", FileKind::Jpeg),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "a.jpeg", FileKind::Jpeg),
        ("\u{feff}意见：无\n".as_bytes().to_vec(), "a.txt", FileKind::Text),
        (b"MZ is how this text begins".to_vec(), "a.txt", FileKind::Text),
        (gb.clone(), "a.csv", FileKind::Csv),
    ] {
        let found = judged(&bytes, name).unwrap_or_else(|unfit| panic!("{name}: {unfit}"));
        assert_eq!(found.kind, kind, "{name}");
        assert_eq!(FileKind::from_extension(kind.key()), Some(kind));
    }
    assert_eq!(judged(&gb, "a.csv").unwrap().charset, Some(Charset::Gb18030));
    assert_eq!(judged("量".as_bytes(), "a.txt").unwrap().charset, Some(Charset::Utf8));
}

#[test]
fn a_character_on_the_cut_between_two_pieces_is_still_text() {
    let mut bytes = vec![b'a'; crate::received::PIECE - 1];
    bytes.extend("量块".as_bytes());
    assert_eq!(judged(&bytes, "a.txt").unwrap().charset, Some(Charset::Utf8));
    let mut bytes = vec![b'a'; crate::received::PIECE - 1];
    bytes.extend(encoding_rs::GB18030.encode("量块").0.iter());
    assert_eq!(judged(&bytes, "a.txt").unwrap().charset, Some(Charset::Gb18030));
}

/// F54: whatever a PDF holds, it is a PDF by its bytes; how it is served keeps it from running.
#[test]
fn f54_a_pdf_is_only_ever_a_pdf() {
    assert_eq!(verdict(b"%PDF-1.4\n<html><script>alert(1)</script>", "a.pdf"), "pdf");
    assert!(verdict(b"<html>%PDF-1.4", "a.pdf").contains("html"));
    assert!(verdict(b"%PDF-1.4\n<html>", "a.html").contains("UnknownExtension"));
}

/// F55: html, svg, programs under other names; empty file; no extension.
#[test]
fn f55_what_runs_by_itself_and_what_has_no_kind_is_refused() {
    let program = b"MZ\x90\0\x03\0\0\0";
    for (bytes, name, part) in [
        (&b""[..], "a.pdf", "Empty"),
        (b"<!DOCTYPE html><p>", "a.pdf", "Disagrees { extension: \"pdf\", content: \"html\" }"),
        (b"\xef\xbb\xbf \n<HTML>", "a.txt", "content: \"html\""),
        (b"<?xml version='1.0'?><!-- x --><svg onload='x'/>", "a.png", "content: \"svg\""),
        (b"<svg/>", "a.svg", "Active(Svg)"),
        (program, "a.pdf", "content: \"program\""),
        (program, "setup.exe", "Active(Program)"),
        (b"\x7fELF\x02\x01\x01\0", "a.docx", "content: \"program\""),
        (b"#!/bin/sh\n", "a.txt", "content: \"script\""),
        (b"text", "README", "NoExtension"),
        (b"text", ".txt", "NoExtension"),
        (b"text", "a.md5", "UnknownExtension"),
        (b"\0\x01\x02\x03", "a.txt", "UnknownContent"),
        (b"text \x1b[31m", "a.txt", "UnknownContent"),
        (b"\xff\xff\xff\xff", "a.csv", "UnknownContent"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "a.docx", "OldOffice"),
    ] {
        let found = verdict(bytes, name);
        assert!(found.contains(part), "{name}: {found}");
    }
}

#[test]
fn a_name_that_disagrees_is_refused_with_both_named() {
    for (bytes, name, extension, content) in [
        (document(WORD, &[]), "a.zip", "zip", "docx"),
        (document(WORD, &[]), "a.xlsx", "xlsx", "docx"),
        (packed(&[("a.txt", b"x")]), "a.docx", "docx", "zip"),
        (b"%PDF-1.7".to_vec(), "a.docx", "docx", "pdf"),
        (b"plain".to_vec(), "a.pdf", "pdf", "txt"),
    ] {
        match judged(&bytes, name) {
            Err(Unfit::Disagrees { extension: e, content: c }) => {
                assert_eq!((e.as_str(), c), (extension, content))
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// F51: bombs by size, by ratio, by entries, nested, and with forged sizes.
#[test]
fn f51_bombs_are_refused_by_counting_what_really_unpacks() {
    let zeros = vec![0u8; 8 << 20];
    assert!(verdict(&packed(&[("a.bin", &zeros)]), "a.zip").contains("times its own size"));
    let bomb = document(WORD, &[("word/media/a.bin", &zeros)]);
    assert!(verdict(&bomb, "a.docx").contains("times its own size"));
    let inner = packed(&[("a.bin", &zeros)]);
    assert!(verdict(&packed(&[("inner.zip", &inner)]), "a.zip").contains("Bomb"));
    let deep = packed(&[("c.zip", &packed(&[("b.zip", &packed(&[("a.txt", b"x")]))]))]);
    assert!(verdict(&deep, "a.zip").contains("levels"));
    let bounds = Bounds { bytes: 1 << 20, entries: 3, ratio: u64::MAX };
    let many = packed(&[("1", b"x"), ("2", b"x"), ("3", b"x"), ("4", b"x")]);
    assert!(matches!(
        judge(&mut Cursor::new(many), "a.zip", bounds),
        Err(Unfit::Bomb { limit: 3, unit: "entries" })
    ));
    assert!(matches!(
        judge(&mut Cursor::new(packed(&[("a", &zeros)])), "a.zip", bounds),
        Err(Unfit::Bomb { unit: "bytes", .. })
    ));
}

#[test]
fn f51_forged_sizes_are_not_believed() {
    let zeros = vec![0u8; 8 << 20];
    let mut forged = packed(&[("a.bin", &zeros)]);
    let real = (8u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        forged.windows(4).enumerate().filter(|(_, w)| *w == real).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        forged[at..at + 4].copy_from_slice(&1001u32.to_le_bytes());
    }
    let found = verdict(&forged, "a.zip");
    assert!(found.contains("Bomb") || found.contains("Damaged"), "{found}");
    // A list of entries longer than announced is never read, an announcement beyond the bound is refused.
    let mut many = packed(&[("a", b"x")]);
    let end = many.len() - 22;
    many[end + 10..end + 12].copy_from_slice(&60_000u16.to_le_bytes());
    assert!(verdict(&many, "a.zip").contains("entries"));
}

/// F52: macros, objects, templates and pictures from elsewhere.
#[test]
fn f52_macros_and_outside_parts_are_refused() {
    let vba = document(WORD, &[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")]);
    assert!(verdict(&vba, "a.docx").contains("Macros"));
    let docm = document("application/vnd.ms-word.document.macroEnabled.main+xml", &[]);
    assert!(verdict(&docm, "a.docx").contains("Macros"));
    let sheet = document(SHEET, &[("xl/macrosheets/sheet1.xml", b"<a/>")]);
    assert!(verdict(&sheet, "a.xlsx").contains("Macros"));
    for (kind, target) in [
        ("attachedTemplate", "http://evil.example/t.dotm"),
        ("attachedTemplate", "\\\\evil\\share\\t.dotm"),
        ("attachedTemplate", "file://evil/share/t.dotm"),
        ("attachedTemplate", "file:////evil/share/t.dotm"),
        ("oleObject", "http://evil.example/o"),
        ("image", "https://evil.example/track.png"),
        ("frame", "http://evil.example/"),
    ] {
        let rels = link(kind, target, "External");
        let found = verdict(&document(WORD, &[("word/_rels/settings.xml.rels", &rels)]), "a.docx");
        assert!(found.contains("External"), "{kind} {target}: {found}");
    }
    let old = packed(&[("[Content_Types].xml", b"<Types/>")]);
    assert!(verdict(&old, "a.docx").contains("Damaged"));
}

#[test]
fn f52_links_equations_and_the_writers_own_template_pass_with_marks() {
    let links = link("hyperlink", "https://example.org/", "External");
    let template = link("attachedTemplate", "file:///C:\\Users\\w\\Normal.dotm", "External");
    let mapped = link("attachedTemplate", "file:////V:\\标准编写\\模板.dot", "External");
    judged(&document(WORD, &[("word/_rels/settings.xml.rels", &mapped)]), "a.docx").unwrap();
    let found = judged(
        &document(
            WORD,
            &[
                ("word/_rels/document.xml.rels", &links),
                ("word/_rels/settings.xml.rels", &template),
                ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 equation"),
                ("word/embeddings/chart.xlsx", &document(SHEET, &[])),
            ],
        ),
        "a.docx",
    )
    .unwrap();
    assert_eq!(
        found.marks,
        [
            Mark::EmbeddedObject("word/embeddings/oleObject1.bin".into()),
            Mark::LocalTemplate("file:///C:\\Users\\w\\Normal.dotm".into()),
        ]
    );
}

/// F53: entities and depth in the parts of a document.
#[test]
fn f53_xml_attacks_in_documents_are_refused() {
    let laughs = b"<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">]><l>&a;</l>";
    let found = verdict(&document(WORD, &[("word/footnotes.xml", laughs)]), "a.docx");
    assert!(found.contains("Xml"), "{found}");
    let deep = "<a>".repeat(10_000);
    let found = verdict(&document(WORD, &[("word/header1.xml", deep.as_bytes())]), "a.docx");
    assert!(found.contains("nests"), "{found}");
}

/// F62: not a zip, cut in the middle, names that lead out of the archive.
#[test]
fn damaged_archives_are_refused() {
    let whole = document(WORD, &[("word/media/image1.png", &[7u8; 5_000])]);
    for cut in [4, 30, whole.len() / 2, whole.len() - 1] {
        let found = verdict(&whole[..cut], "a.docx");
        assert!(found.contains("Damaged"), "{cut}: {found}");
    }
    let outside = packed(&[("../../evil.txt", b"x")]);
    assert!(verdict(&outside, "a.zip").contains("Damaged"));
    let mut flipped = whole.clone();
    flipped[60] ^= 0xff;
    assert!(judged(&flipped, "a.docx").is_err());
}
