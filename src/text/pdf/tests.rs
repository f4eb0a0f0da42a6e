//! PDF files written by hand: lines, headers, locked and empty ones.

use lopdf::{
    Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream,
    content::{Content, Operation},
    dictionary,
};
use quanheng_domain::clause::{ClauseKind, ClauseText, DoubtKind};

use crate::{TextError, read_pdf, read_typed, write_typed};

/// Words at a place of a page, in size 10.
type Drawn<'a> = (f32, f32, &'a str);

/// A PDF file of these pages in a font without its own file, written in the codes of UTF-16.
fn document(pages: &[Vec<Drawn<'_>>]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let inner = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light", "DW" => 1000 });
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UTF16-H", "DescendantFonts" => vec![inner.into()] });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for drawn in pages {
        let mut operations =
            vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 10.into()])];
        for (x, y, text) in drawn {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let place = [1.0, 0.0, 0.0, 1.0, *x, *y].map(Object::from).to_vec();
            operations.push(Operation::new("Tm", place));
            operations.push(Operation::new("Tj", vec![Object::string_literal(bytes)]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = document
            .add_object(Stream::new(dictionary! {}, Content { operations }.encode().unwrap()));
        kids.push(
            document
                .add_object(
                    dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content },
                )
                .into(),
        );
    }
    let count = i64::try_from(kids.len()).unwrap();
    let node = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
    document.objects.insert(tree, node.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document.trailer.set(
        "ID",
        vec![
            Object::string_literal("0123456789abcdef"),
            Object::string_literal("0123456789abcdef"),
        ],
    );
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn keys(text: &ClauseText) -> Vec<&str> {
    text.clauses.iter().map(|clause| clause.key.as_str()).collect()
}

#[test]
fn lines_become_paragraphs_and_heads_and_page_numbers_are_left_out() {
    let page = |number: &'static str, middle: Vec<Drawn<'static>>| {
        let mut all = vec![(70.0, 800.0, "JJF 2124-2024 三环天线校准规范")];
        all.extend(middle);
        all.push((290.0, 40.0, number));
        all
    };
    let pages = [
        page(
            "1",
            vec![
                (70.0, 760.0, "1 范围"),
                (90.0, 740.0, "本规范用于三环天线的校准,也可用于其他环形天线的校准,其频率范围为九"),
                (70.0, 720.0, "千赫兹至三十兆赫兹。"),
                (90.0, 700.0, "另起一段。"),
                (70.0, 680.0, "5 计量特性"),
            ],
        ),
        page(
            "2",
            vec![
                (70.0, 760.0, "5.1 误差"),
                (200.0, 740.0, "表1 限值"),
                (70.0, 720.0, "频率"),
                (200.0, 720.0, "限值"),
                (70.0, 700.0, "9 kHz"),
                (200.0, 700.0, "±2 dB"),
                (
                    70.0,
                    680.0,
                    "限值以外的要求见第六章,这一行写得足够长以便到达右边的版心边缘为止吧",
                ),
            ],
        ),
        page("3", vec![(70.0, 760.0, "6 方法"), (90.0, 740.0, "目视检查。")]),
    ];
    let text = read_pdf(&bytes(document(&pages))).unwrap();
    assert_eq!(keys(&text), ["1", "5", "5.1", "表1", "6"]);
    let one: Vec<String> =
        text.clauses[0].blocks.iter().map(quanheng_domain::clause::Block::plain).collect();
    assert_eq!(
        one[0],
        "本规范用于三环天线的校准,也可用于其他环形天线的校准,其频率范围为九千赫兹至三十兆赫兹。"
    );
    assert_eq!(one[1], "另起一段。");
    assert_eq!(text.clauses[3].plain(), "频率\t限值\n9 kHz\t±2 dB");
    assert_eq!(text.clauses[4].plain(), "目视检查。");
    assert_eq!(read_typed(&write_typed(&text)).clauses, text.clauses);
}

#[test]
fn a_scan_is_accepted_and_each_page_is_a_place_for_comments() {
    let text = read_pdf(&bytes(document(&[vec![], vec![]]))).unwrap();
    assert_eq!(keys(&text), ["页1", "页2"]);
    assert!(text.clauses.iter().all(|clause| clause.kind == ClauseKind::Front));
    let doubts: Vec<_> = text.doubts.iter().map(|doubt| (doubt.at.as_str(), doubt.kind)).collect();
    assert_eq!(doubts, [("页1", DoubtKind::Unreadable), ("页2", DoubtKind::Unreadable)]);
}

#[test]
fn a_page_without_text_among_others_raises_a_doubt_where_it_stands() {
    let text = read_pdf(&bytes(document(&[vec![(70.0, 760.0, "1 范围")], vec![]]))).unwrap();
    assert_eq!(keys(&text), ["1"]);
    assert_eq!((text.doubts[0].at.as_str(), text.doubts[0].words.as_str()), ("1", "页2"));
}

#[test]
fn a_file_with_a_password_says_so() {
    let mut locked = document(&[vec![(70.0, 760.0, "1 范围")]]);
    let version = EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    locked.encrypt(&state).unwrap();
    assert_eq!(read_pdf(&bytes(locked)), Err(TextError::Locked));
}

#[test]
fn cut_and_empty_files_are_broken_and_no_panic() {
    let whole = bytes(document(&[vec![(70.0, 760.0, "1 范围")]]));
    assert!(matches!(read_pdf(&whole[..40]), Err(TextError::Broken { .. })));
    for end in (0..whole.len()).step_by(7) {
        let _ = read_pdf(&whole[..end]);
    }
}
