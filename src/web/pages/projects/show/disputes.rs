//! The objections to answers that go to the review: comment, answer, and what its author says against it.

use quanheng_db::comments::ReactionRow;
use quanheng_db::rounds::{CommentRow, RoundRow};
use quanheng_domain::Keyed;

use super::super::file::ProjectFile;
use super::super::forms::word;
use crate::views::{CommentCard, Disposition, Link, Pill, Reply, Text, Tone};

/// The objections that stand, in the order of rounds and comments.
pub fn disputes(file: &ProjectFile) -> Vec<CommentCard> {
    file.disputes.iter().map(|(round, row, said)| card(round, row, said)).collect()
}

fn card(round: &RoundRow, row: &CommentRow, said: &ReactionRow) -> CommentCard {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let href = format!("/consultations/{}#c{}", round.id, row.serial);
    CommentCard {
        number: row.serial.to_string(),
        id: format!("r{}-c{}", round.ordinal, row.serial),
        clause: if row.clause.is_empty() {
            Text::said("rounds-whole-text")
        } else {
            Text::plain(&row.clause)
        },
        clause_href: None,
        kind: Some(Pill::new(word(row.kind), Tone::Plain)),
        author: row.author_name.clone(),
        unit: some(&row.author_unit),
        source: Some(word(row.source)),
        at: row.received_at.to_rfc3339(),
        quote: None,
        remark: row.body.clone(),
        proposal: some(&row.proposal),
        attachments: Vec::new(),
        support: 0,
        late: row.late,
        disposition: row.disposition.map(|code| Disposition {
            code: code.key().to_owned(),
            reason: some(&row.disposition_reason),
            text_changed: row.text_changed,
            proposed: row.published_at.is_none(),
            merged_into: None,
            by: None,
        }),
        replies: vec![Reply {
            author: row.author_name.clone(),
            at: said.at.to_rfc3339(),
            text: said.note.clone(),
        }],
        actions: vec![Link::new(
            href,
            Text::said("projects-round")
                .with("n", round.ordinal)
                .with_text("purpose", &word(round.purpose)),
        )],
    }
}
