//! What a clause says, as one string: for likeness, for equality, and as a fingerprint that anchors carry.

use quanheng_domain::clause::{Block, Clause, ClauseKind};
use sha2::{Digest, Sha256};

/// Heading and words in one string, divided by line feeds; numbers, keys and depth are left out.
pub fn content(clause: &Clause) -> String {
    let mut all = clause.heading.clone();
    for block in &clause.blocks {
        all.push('\n');
        all.push_str(&block.plain());
    }
    all
}

/// Whether two clauses say the same: heading and blocks, not number, key and depth, nor the numbers of the tables and formulas that stand in them.
pub fn same(one: &Clause, other: &Clause) -> bool {
    exact(one) == exact(other)
}

/// The fingerprint of what a clause says, 32 hexadecimal digits; equal for two clauses when `same` holds.
pub fn fingerprint(clause: &Clause) -> String {
    hex::encode(&Sha256::digest(exact(clause))[..16])
}

/// Kinds between which a clause may change: running text stays running text, a table stays a table.
pub(crate) const fn family(kind: ClauseKind) -> u8 {
    match kind {
        ClauseKind::Front | ClauseKind::Clause | ClauseKind::Annex => 0,
        ClauseKind::Table => 1,
        ClauseKind::Formula => 2,
        ClauseKind::Figure => 3,
    }
}

/// A string that is equal for two clauses exactly when `same` holds: every piece is led by its mark and its length.
pub(crate) fn exact(clause: &Clause) -> String {
    let mut all = String::new();
    let piece = |all: &mut String, mark: char, text: &str| {
        all.push(mark);
        all.push_str(&text.len().to_string());
        all.push(':');
        all.push_str(text);
    };
    piece(&mut all, char::from(b'0' + family(clause.kind)), &clause.heading);
    for block in &clause.blocks {
        match block {
            Block::Words { text } => piece(&mut all, 'w', text),
            Block::Note { mark, text } => {
                piece(&mut all, 'm', mark);
                piece(&mut all, 'n', text);
            }
            Block::Formula { line, picture } => {
                piece(&mut all, if *picture { 'p' } else { 'f' }, line);
            }
            Block::Figure { about } => piece(&mut all, 'g', about),
            Block::Place { .. } => piece(&mut all, 'l', ""),
            Block::Table { rows, head } => {
                piece(&mut all, 't', &head.to_string());
                for row in rows {
                    piece(&mut all, 'r', "");
                    for cell in row {
                        piece(&mut all, 'c', &cell.text);
                        piece(&mut all, 's', &format!("{}x{}", cell.across, cell.down));
                    }
                }
            }
        }
    }
    all
}
