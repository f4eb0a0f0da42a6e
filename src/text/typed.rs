//! Text typed in the browser: one paragraph a line, a clause for each numbered line.

use quanheng_domain::clause::{Block, Clause, ClauseKind, ClauseText};

/// Reads typed text: one paragraph a line, a clause for each line that begins with a number.
pub fn read_typed(text: &str) -> ClauseText {
    let mut read = ClauseText::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let number: &str = line.split_whitespace().next().unwrap_or(line);
        let numbered = number.starts_with(|first: char| first.is_ascii_digit());
        if numbered || read.clauses.is_empty() {
            let (number, heading) =
                if numbered { (number, line[number.len()..].trim()) } else { ("", line) };
            let clause = Clause {
                key: if numbered { number } else { heading }.to_owned(),
                kind: if numbered { ClauseKind::Clause } else { ClauseKind::Front },
                number: number.to_owned(),
                heading: heading.to_owned(),
                level: 1,
                blocks: Vec::new(),
            };
            read.clauses.push(clause);
        } else if let Some(last) = read.clauses.last_mut() {
            last.blocks.push(Block::Words { text: line.to_owned() });
        }
    }
    read
}

/// Writes clauses as text that `read_typed` reads as the same clauses.
pub fn write_typed(text: &ClauseText) -> String {
    let mut written = String::new();
    for clause in &text.clauses {
        written += &clause.title();
        written.push('\n');
        for block in &clause.blocks {
            written += &block.plain();
            written.push('\n');
        }
    }
    written
}
