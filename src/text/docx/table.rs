//! Tables: merged cells, headings, tables that only lay out a formula or figures.

use quanheng_domain::clause::{Cell, ClauseKind, Doubt, DoubtKind, Margin};

use super::{
    body::{Story, enter_content},
    xml::{Tag, Xml},
};
use crate::{
    TextError, label,
    tree::{Piece, What, clean, doubt},
};

/// Widest table; more columns are an attack.
const WIDEST: u32 = 512;

/// A cell as the file has it.
#[derive(Debug, Default)]
struct Raw {
    across: u16,
    /// Whether it goes on from above; `None` if it is not merged upwards or downwards.
    goes_on: Option<bool>,
    pieces: Vec<Piece>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Raw>,
    heading: bool,
    deleted: Option<String>,
    before: u16,
}

impl Story<'_> {
    pub(super) fn table(
        &mut self,
        xml: &mut Xml<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), TextError> {
        let mut rows = Vec::new();
        self.rows(xml, &mut rows)?;
        if !laid_out(&mut rows, out) {
            out.extend(finished(rows));
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml<'_>, rows: &mut Vec<Row>) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            match tag.name() {
                b"tr" => {
                    let mut row = Row::default();
                    let before = self.revisions.deleted.clone();
                    let read = self.row(xml, &mut row);
                    self.revisions.deleted = before;
                    read?;
                    rows.push(row);
                }
                b"sdt" => {
                    if enter_content(xml)? {
                        self.rows(xml, rows)?;
                        xml.skip()?;
                    }
                }
                b"customXml" | b"ins" => self.rows(xml, rows)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml<'_>, row: &mut Row) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            match tag.name() {
                b"trPr" => {
                    row_properties(xml, row)?;
                    if row.deleted.is_some() {
                        self.revisions.deleted.clone_from(&row.deleted);
                    }
                }
                b"tc" => {
                    let cell = self.cell(xml)?;
                    row.cells.push(cell);
                }
                b"sdt" => {
                    if enter_content(xml)? {
                        self.row(xml, row)?;
                        xml.skip()?;
                    }
                }
                b"customXml" => self.row(xml, row)?,
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn cell(&mut self, xml: &mut Xml<'_>) -> Result<Raw, TextError> {
        let mut cell = Raw { across: 1, ..Raw::default() };
        let carried = self.carried.take();
        while let Some(tag) = xml.child()? {
            if tag.is("tcPr") {
                while let Some(tag) = xml.child()? {
                    match tag.name() {
                        b"gridSpan" => cell.across = columns(&tag).max(1),
                        b"vMerge" => {
                            cell.goes_on = Some(tag.val().is_none_or(|value| value != "restart"))
                        }
                        _ => {}
                    }
                    xml.skip()?;
                }
            } else {
                self.block(xml, &tag, &mut cell.pieces)?;
            }
        }
        // A deleted end of the last paragraph has nothing to go on with within the cell.
        if let Some(line) = std::mem::replace(&mut self.carried, carried) {
            line.into_pieces(super::line::About::default(), &mut cell.pieces);
        }
        Ok(cell)
    }
}

fn columns(tag: &Tag<'_>) -> u16 {
    u16::try_from(tag.count().unwrap_or(1).min(WIDEST)).unwrap_or(1)
}

fn row_properties(xml: &mut Xml<'_>, row: &mut Row) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"tblHeader" => row.heading = tag.on(),
            b"gridBefore" => row.before = columns(&tag),
            b"del" => row.deleted = Some(tag.attr("author").unwrap_or_default().into_owned()),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}

/// A table without words of its own that only sets a formula beside its number, or figures beside one another.
fn laid_out(rows: &mut Vec<Row>, out: &mut Vec<Piece>) -> bool {
    let number = |piece: &Piece| match &piece.what {
        What::Words(words) => {
            let text = clean(&words.text);
            label::formula_number(&text)
                .filter(|(before, ..)| before.is_empty())
                .map(|(_, number, _)| number.to_owned())
        }
        _ => None,
    };
    let visible = |piece: &&Piece| !matches!(&piece.what, What::Words(words) if clean(&words.text).is_empty() && words.number.is_empty());
    let formula = |row: &Row| {
        let mut seen = row.cells.iter().flat_map(|cell| cell.pieces.iter().filter(visible));
        let (first, second, more) = (seen.next(), seen.next(), seen.next());
        first.is_some_and(|piece| matches!(piece.what, What::Formula { .. }))
            && second.is_none_or(|piece| number(piece).is_some())
            && more.is_none()
    };
    let caption = |piece: &Piece| matches!(&piece.what, What::Words(words) if label::label(&clean(&words.text)).is_some_and(|found| found.kind == ClauseKind::Figure));
    let pieces = || {
        rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.pieces.iter().filter(visible))
    };
    let figures = pieces().any(|piece| matches!(piece.what, What::Figure { .. }))
        && pieces().all(|piece| matches!(piece.what, What::Figure { .. }) || caption(piece));
    if rows.is_empty() || !(figures || rows.iter().all(formula)) {
        return false;
    }
    for row in std::mem::take(rows) {
        let mut pieces: Vec<Piece> = row
            .cells
            .into_iter()
            .flat_map(|cell| cell.pieces)
            .filter(|piece| visible(&piece))
            .collect();
        if !figures
            && let Some(printed) = pieces.get(1).and_then(number)
            && let Some(Piece { what: What::Formula { number, .. }, .. }) = pieces.first_mut()
        {
            *number = printed;
            pieces.truncate(1);
        }
        out.extend(pieces);
    }
    true
}

/// What a table becomes: its cells, and the notes that were referred to in them.
fn finished(rows: Vec<Row>) -> Vec<Piece> {
    let mut gathered = Gathered::default();
    let headings = rows.iter().take_while(|row| row.heading).count();
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    // For each column where a merged cell begins: the row and place of that cell.
    let mut above: Vec<(u16, usize, usize)> = Vec::new();
    for row in rows {
        let (at, mut column) = (cells.len(), row.before);
        let (mut line, mut merged) = (Vec::new(), Vec::new());
        if row.before > 0 && row.deleted.is_none() {
            line.push(Cell { text: String::new(), across: row.before, down: 1 });
        }
        for raw in row.cells {
            let text = gathered.words(raw.pieces);
            if row.deleted.is_some() {
                continue;
            }
            let over = above.iter().find(|(start, of, index)| {
                *start == column
                    && raw.goes_on == Some(true)
                    && cells[*of][*index].across == raw.across
            });
            match over.copied() {
                Some((start, of, index)) => {
                    cells[of][index].down += 1;
                    if !text.is_empty() {
                        cells[of][index].text =
                            clean(&format!("{}\n{text}", cells[of][index].text));
                    }
                    merged.push((start, of, index));
                }
                None => {
                    if raw.goes_on.is_some() {
                        merged.push((column, at, line.len()));
                    }
                    line.push(Cell { text, across: raw.across, down: 1 });
                }
            }
            column = column.saturating_add(raw.across);
        }
        if row.deleted.is_none() {
            cells.push(line);
            above = merged_in(&merged, &cells);
        }
    }
    let head = heading_rows(&cells, headings);
    let Gathered { doubts, margin, notes } = gathered;
    let table = Piece { what: What::Table { rows: cells, head }, doubts, margin };
    std::iter::once(table).chain(notes).collect()
}

fn merged_in(merged: &[(u16, usize, usize)], cells: &[Vec<Cell>]) -> Vec<(u16, usize, usize)> {
    merged
        .iter()
        .copied()
        .filter(|(_, of, index)| cells.get(*of).is_some_and(|row| row.len() > *index))
        .collect()
}

/// How many rows are headings: those marked as such, else the first with all it covers.
fn heading_rows(cells: &[Vec<Cell>], marked: usize) -> u16 {
    let first = cells.first().map_or(0, |row| row.iter().map(|cell| cell.down).max().unwrap_or(1));
    let guessed = if cells.first().is_some_and(|row| row.len() > 1) { first } else { 0 };
    let head = if marked > 0 { u16::try_from(marked).unwrap_or(u16::MAX) } else { guessed };
    if usize::from(head) < cells.len() { head } else { 0 }
}

/// What stands around the words of cells.
#[derive(Default)]
struct Gathered {
    doubts: Vec<Doubt>,
    margin: Vec<Margin>,
    notes: Vec<Piece>,
}

impl Gathered {
    /// The words of a cell, paragraphs divided by line feeds.
    fn words(&mut self, pieces: Vec<Piece>) -> String {
        let mut lines = Vec::new();
        for piece in pieces {
            self.doubts.extend(piece.doubts);
            self.margin.extend(piece.margin);
            match piece.what {
                What::Words(words) => lines.push(format!("{} {}", words.number, words.text)),
                What::Formula { line, picture, number } => {
                    if picture {
                        lines.push("□".to_owned());
                        self.doubts.push(doubt(DoubtKind::Picture, &number));
                    }
                    lines.push(format!("{line} {number}"));
                }
                What::Figure { about } => {
                    self.doubts.push(doubt(DoubtKind::Picture, &about));
                    lines.push(format!("[{about}]"));
                }
                What::Note { mark, text } => self.notes.push(What::Note { mark, text }.into()),
                What::Table { rows, .. } => {
                    let row = |row: Vec<Cell>| {
                        row.into_iter().map(|cell| cell.text).collect::<Vec<_>>().join(" ")
                    };
                    let words = rows.into_iter().map(row).collect::<Vec<_>>().join("\n");
                    self.doubts.push(doubt(DoubtKind::Nested, &words));
                    lines.push(words);
                }
            }
        }
        clean(&lines.join("\n"))
    }
}
