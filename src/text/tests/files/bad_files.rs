//! Files made to harm, cut, locked, or of another kind.

use crate::paper::{Paper, cell, p, r, t, table, zip};
use proptest::prelude::*;
use quanheng_text::{TextError, read_docx, read_pdf, read_typed};

fn broken(part: &str) -> TextError {
    TextError::Broken { part: part.to_owned() }
}

fn with_document(document: String) -> Vec<u8> {
    let mut parts = Paper::default().parts();
    let main = parts.iter_mut().find(|(name, _)| *name == "word/document.xml").unwrap();
    main.1 = document;
    zip(&parts)
}

#[test]
fn a_part_that_unpacks_to_a_mountain_is_refused() {
    let bomb = Paper::of(" ".repeat(70 << 20)).bytes();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read_docx(&bomb), Err(TextError::TooBig));
}

#[test]
fn an_archive_of_countless_files_is_refused() {
    let names: Vec<String> = (0..10_100).map(|at| format!("f{at}")).collect();
    let parts: Vec<(&str, String)> =
        names.iter().map(|name| (name.as_str(), String::new())).collect();
    assert_eq!(read_docx(&zip(&parts)), Err(TextError::TooBig));
}

#[test]
fn elements_that_nest_without_end_are_refused() {
    let deep =
        |open: &str, close: &str| Paper::of(open.repeat(20_000) + &close.repeat(20_000)).bytes();
    assert_eq!(
        read_docx(&deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")),
        Err(TextError::TooBig)
    );
    assert_eq!(
        read_docx(&deep("<m:oMath><m:f><m:num>", "</m:num></m:f></m:oMath>")),
        Err(TextError::TooBig)
    );
    assert_eq!(read_docx(&deep("<w:foreign>", "</w:foreign>")), Err(TextError::TooBig));
}

#[test]
fn external_entities_and_document_types_are_refused() {
    let document = Paper::of(t("&x;")).document().replace("&amp;x;", "&x;");
    let (head, rest) = document.split_once('\n').unwrap();
    let evil =
        format!("{head}<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{rest}");
    assert_eq!(read_docx(&with_document(evil)), Err(broken("word/document.xml")));
    assert_eq!(read_docx(&with_document(document)), Err(broken("word/document.xml")));
}

#[test]
fn files_with_a_password_say_so() {
    let mut container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert_eq!(read_docx(&container), Err(TextError::NotThatKind));
    container.extend([0; 600]);
    container.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read_docx(&container), Err(TextError::Locked));
}

#[test]
fn other_kinds_are_told_apart_from_broken_ones() {
    assert_eq!(read_docx(b""), Err(TextError::NotThatKind));
    assert_eq!(read_docx(b"%PDF-1.7"), Err(TextError::NotThatKind));
    assert_eq!(read_docx(&zip(&[("mimetype", "text".to_owned())])), Err(TextError::NotThatKind));
    assert_eq!(read_docx(&with_document("<x/>".to_owned())), Err(TextError::NotThatKind));
    assert_eq!(read_pdf(b"PK\x03\x04"), Err(TextError::NotThatKind));
    let whole = Paper::of(t("1 范围")).bytes();
    assert_eq!(read_docx(&whole[..whole.len() / 2]), Err(broken("zip")));
    let document = Paper::of(t("1 范围")).document();
    let cut = document[..document.len() - 30].to_owned();
    assert_eq!(read_docx(&with_document(cut)), Err(broken("word/document.xml")));
}

#[test]
fn macros_are_not_looked_at() {
    let mut parts = Paper::of(t("1 范围")).parts();
    parts.push(("word/vbaProject.bin", "\u{1}not a macro at all".to_owned()));
    assert_eq!(read_docx(&zip(&parts)).unwrap().clauses.len(), 1);
}

#[test]
fn a_number_as_large_as_it_gets_is_no_harm() {
    let list = "<w:pPr><w:numPr><w:ilvl w:val=\"255\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let mut paper = Paper::of(p(&(list.to_owned() + &r("甲"))) + &p(&(list.to_owned() + &r("乙"))));
    paper.numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"8\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"upperLetter\"/><w:lvlText w:val=\"%9%\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>".into();
    paper.body += &table(&vec![
        vec![
            cell("<w:gridSpan w:val=\"4000000000\"/><w:vMerge/>", "a"),
            cell("<w:gridSpan w:val=\"0\"/>", "b"),
        ];
        200
    ]);
    assert!(read_docx(&paper.bytes()).is_ok());
}

fn sample() -> String {
    let formula = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den/></m:f></m:oMath>";
    Paper::of(
        t("1 范围") + &p(formula) + &table(&[vec![cell("<w:vMerge w:val=\"restart\"/>", "a"), cell("", "b")], vec![cell("<w:vMerge/>", ""), cell("", "c")]])
            + &p("<w:ins w:author=\"甲\"><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>")
            + "<w:sdt><w:sdtPr/><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    )
    .document()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_docx(&bytes);
        let _ = read_pdf(&[b"%PDF-1.7\n", bytes.as_slice()].concat());
        let _ = read_typed(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_mutilated_file_makes_a_reader_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = Paper::of(t("1 范围")).bytes();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let _ = read_docx(&bytes);
    }

    #[test]
    fn no_mutilated_text_makes_a_reader_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..4), 1..8)) {
        // Elements are taken out, doubled or moved, so that the file stays one that is read to its end more often.
        let document = sample();
        let mut pieces: Vec<&str> = document.split_inclusive('>').collect();
        for (from, to, how) in &cuts {
            let (from, to) = (from.index(pieces.len()), to.index(pieces.len()));
            match how {
                0 => { pieces.remove(from); }
                1 => pieces.insert(to, pieces[from]),
                2 => pieces.swap(from, to),
                _ => pieces.truncate(from.max(pieces.len() / 2)),
            }
            if pieces.is_empty() {
                break;
            }
        }
        let _ = read_docx(&with_document(pieces.concat()));
    }
}
