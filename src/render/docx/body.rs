//! The text itself: paragraphs, tables with merged cells, and the page they stand on.

use std::fmt::Write as _;

use super::escaped;
use crate::columns;
use crate::paper::{Align, Block, Cell, Paper, Signature, Table};

/// The page in twentieths of a point: A4, and the margins of official papers (上 37 mm, 下 35 mm, 左 28 mm, 右 26 mm).
struct Sheet {
    wide: u32,
    high: u32,
    top: u32,
    right: u32,
    bottom: u32,
    left: u32,
}

const UPRIGHT: Sheet =
    Sheet { wide: 11_906, high: 16_838, top: 2_098, right: 1_474, bottom: 1_984, left: 1_588 };
const ACROSS: Sheet =
    Sheet { wide: 16_838, high: 11_906, top: 1_588, right: 1_984, bottom: 1_474, left: 2_098 };

impl Sheet {
    const fn of(paper: &Paper) -> Self {
        if paper.landscape { ACROSS } else { UPRIGHT }
    }

    const fn width(&self) -> u32 {
        self.wide - self.left - self.right
    }
}

/// The whole document.
pub(super) fn document(paper: &Paper) -> String {
    let sheet = Sheet::of(paper);
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
    );
    paragraph(&mut text, "Title", Align::Centre, &paper.title, false);
    if !paper.subtitle.is_empty() {
        paragraph(&mut text, "Subtitle", Align::Centre, &paper.subtitle, false);
    }
    for part in &paper.blocks {
        block(&mut text, part, &sheet);
    }
    let turned = if paper.landscape { r#" w:orient="landscape""# } else { "" };
    let Sheet { wide, high, top, right, bottom, left } = sheet;
    let _ = write!(
        text,
        r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    text
}

fn block(text: &mut String, part: &Block, sheet: &Sheet) {
    match part {
        Block::Heading { text: words } => paragraph(text, "Heading1", Align::Left, words, false),
        // Running text keeps the justification of its style.
        Block::Paragraph { text: words } => {
            for line in words.lines() {
                paragraph(text, "Running", Align::Left, line, false);
            }
        }
        Block::Line { text: words, align } => paragraph(text, "Line", *align, words, false),
        Block::Note { text: words } => paragraph(text, "Note", Align::Left, words, false),
        Block::Fields { fields } => {
            for (label, value) in fields {
                field(text, label, value);
            }
            // Air before the table that mostly follows.
            paragraph(text, "Cell", Align::Left, "", false);
        }
        Block::Table(rows) => table(text, rows, sheet),
        Block::Signatures { signatures } => signed(text, signatures, sheet),
        Block::PageBreak => text.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
    }
}

fn paragraph(text: &mut String, style: &str, align: Align, words: &str, bold: bool) {
    let _ = write!(text, r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>"#);
    match align {
        Align::Left => {}
        Align::Centre => text.push_str(r#"<w:jc w:val="center"/>"#),
        Align::Right => text.push_str(r#"<w:jc w:val="right"/>"#),
    }
    text.push_str("</w:pPr>");
    run(text, words, bold);
    text.push_str("</w:p>");
}

fn field(text: &mut String, label: &str, value: &str) {
    text.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Line"/></w:pPr>"#);
    run(text, label, true);
    run(text, value, false);
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

fn table(text: &mut String, table: &Table, sheet: &Sheet) {
    let widths = widths(&table.columns, &least(table), sheet.width());
    open_table(text, &widths, true);
    let mut below = vec![None; widths.len()];
    for cells in &table.head {
        row(text, cells, &widths, &mut below, true);
    }
    for cells in &table.rows {
        row(text, cells, &widths, &mut below, false);
    }
    // A paragraph between two tables keeps Word from joining them.
    text.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>"#);
}

fn widths(shares: &[u32], least: &[f32], width: u32) -> Vec<u32> {
    // Twentieths of a point: what is below one is not seen.
    columns::widths(shares, least, width as f32).into_iter().map(|wide| wide as u32).collect()
}

/// What the longest word of each column takes; cells over several columns ask for nothing.
fn least(table: &Table) -> Vec<f32> {
    /// The size of the words of a cell, and the room at both its sides.
    const SIZE: f32 = 210.0;
    const SIDES: f32 = 240.0;
    let mut least = vec![0.0; table.columns.len()];
    for cells in table.head.iter().chain(&table.rows) {
        // Rows that cells from above reach into begin later: only whole ones tell the column of a cell.
        if cells.len() != least.len() {
            continue;
        }
        for (cell, least) in cells.iter().zip(&mut least) {
            let word = columns::longest_word(&cell.text, columns::usual_width);
            *least = f32::max(*least, word * SIZE + SIDES);
        }
    }
    least
}

fn open_table(text: &mut String, widths: &[u32], ruled: bool) {
    text.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>"#);
    if ruled {
        text.push_str("<w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ =
                write!(text, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
        }
        text.push_str("</w:tblBorders>");
    }
    text.push_str(r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for width in widths {
        let _ = write!(text, r#"<w:gridCol w:w="{width}"/>"#);
    }
    text.push_str("</w:tblGrid>");
}

/// What a cell above leaves open in a column: rows still to go, and the columns it spans.
type Below = Option<(u32, usize)>;

fn row(text: &mut String, cells: &[Cell], widths: &[u32], below: &mut [Below], head: bool) {
    text.push_str("<w:tr><w:trPr><w:cantSplit/>");
    if head {
        text.push_str("<w:tblHeader/>");
    }
    text.push_str("</w:trPr>");
    let mut cells = cells.iter();
    let mut at = 0;
    while at < widths.len() {
        if let Some((left, span)) = below[at] {
            let wide: u32 = widths.iter().skip(at).take(span).sum();
            properties(text, wide, span, r#"<w:vMerge/>"#);
            text.push_str("</w:tcPr><w:p/></w:tc>");
            below[at] = (left > 1).then_some((left - 1, span));
            at += span;
            continue;
        }
        let empty = Cell::new("");
        let cell = cells.next().unwrap_or(&empty);
        let span = usize::try_from(cell.columns).unwrap_or(1).clamp(1, widths.len() - at);
        let wide: u32 = widths.iter().skip(at).take(span).sum();
        let merged = if cell.rows > 1 { r#"<w:vMerge w:val="restart"/>"# } else { "" };
        properties(text, wide, span, merged);
        if head {
            text.push_str(r#"<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>"#);
        }
        text.push_str(r#"<w:vAlign w:val="center"/></w:tcPr>"#);
        paragraph(text, "Cell", cell.align, &cell.text, head);
        text.push_str("</w:tc>");
        if cell.rows > 1 {
            below[at] = Some((cell.rows - 1, span));
        }
        at += span;
    }
    text.push_str("</w:tr>");
}

fn properties(text: &mut String, wide: u32, span: usize, merged: &str) {
    let _ = write!(text, r#"<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>"#);
    if span > 1 {
        let _ = write!(text, r#"<w:gridSpan w:val="{span}"/>"#);
    }
    text.push_str(merged);
}

/// Places to sign, two in a row, without rules around them.
fn signed(text: &mut String, signatures: &[Signature], sheet: &Sheet) {
    let widths = widths(&[1, 1], &[], sheet.width());
    open_table(text, &widths, false);
    for pair in signatures.chunks(2) {
        text.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (at, width) in widths.iter().enumerate() {
            properties(text, *width, 1, "");
            text.push_str("</w:tcPr>");
            match pair.get(at) {
                Some(one) => {
                    text.push_str(
                        r#"<w:p><w:pPr><w:pStyle w:val="Line"/><w:spacing w:before="360"/></w:pPr>"#,
                    );
                    run(text, &one.label, false);
                    run(text, &one.name, true);
                    text.push_str("</w:p>");
                    paragraph(text, "Cell", Align::Left, &one.at, false);
                }
                None => text.push_str("<w:p/>"),
            }
            text.push_str("</w:tc>");
        }
        text.push_str("</w:tr>");
    }
    text.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>"#);
}
