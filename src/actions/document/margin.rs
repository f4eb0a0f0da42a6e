//! What stands on the margin of a draft's file (修订、批注), entered as comments of the running round, on the secretariat's word.

use std::collections::BTreeMap;

use quanheng_db::{clauses, rounds};
use quanheng_domain::{
    Locale,
    clause::Margin,
    comment::CommentSource,
    event::ObjectKind,
    ids::{ProjectId, RoundId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
    rules::RecipientClass,
};
use serde_json::json;

use super::text::{kept, of_reader};
use crate::{
    ActionError, NewEvent, Tx,
    round::{Author, EnterPaper, Remark, enter_paper},
};

/// Pieces of the margin to enter as comments.
#[derive(Debug, Clone)]
pub struct EnterMargin {
    /// The project.
    pub project: ProjectId,
    /// Place of the document in the project.
    pub ordinal: i32,
    /// The round that takes them.
    pub round: RoundId,
    /// The version of the text that was seen.
    pub if_version: Option<i64>,
    /// Each piece by its place on the margin, with the comment it becomes.
    pub picked: Vec<(usize, Remark)>,
}

/// Enters pieces of the margin as comments, those of one author together, and takes them off the margin; gives how many.
///
/// # Errors
/// `Refused` to others than the secretariat and when the round takes none, `Invalid` when nothing is picked, `Conflict`, `NotFound`.
pub fn enter_margin(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &EnterMargin,
) -> Result<usize, ActionError> {
    tx.lock(command.project.cast())?;
    let (project, document) = of_reader(tx.conn(), actor, command.project, command.ordinal)?;
    let Some(kept) = kept(tx.conn(), document.id)? else { return Err(ActionError::NotFound) };
    if command.if_version.is_some_and(|version| version != kept.row.version) {
        return Err(ActionError::Conflict);
    }
    let round = rounds::find(tx.conn(), command.round)?
        .filter(|round| round.project_id == project.id)
        .ok_or(ActionError::NotFound)?;
    let margin = kept.text.margin;
    let mut by_author: BTreeMap<&str, Vec<Remark>> = BTreeMap::new();
    let mut taken = Vec::new();
    for (at, remark) in &command.picked {
        let piece = margin.get(*at).ok_or(ActionError::Conflict)?;
        taken.push(piece);
        by_author.entry(piece.author.as_str()).or_default().push(remark.clone());
    }
    if taken.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("margin", FaultCode::Missing)]));
    }
    for (name, remarks) in by_author {
        let author = Author {
            name: name.to_owned(),
            contact: String::new(),
            unit: String::new(),
            publish_name: false,
            locale: Locale::Chinese,
        };
        let paper = EnterPaper {
            round: round.id,
            author,
            class: RecipientClass::Public,
            source: CommentSource::Import,
            received_on: tx.today(),
            remarks,
            scan: None,
            recipient: None,
        };
        enter_paper(tx, actor, &paper)?;
    }
    let gone = |at: &usize| command.picked.iter().any(|(picked, _)| picked == at);
    let left: Vec<&Margin> =
        margin.iter().enumerate().filter(|(at, _)| !gone(at)).map(|(_, piece)| piece).collect();
    let mut row = kept.row;
    row.margin = serde_json::to_value(&left).map_err(ActionError::unwritable)?;
    if !clauses::save_text(tx.conn(), &mut row)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({
        "document": document.id, "ordinal": command.ordinal, "round": round.id, "taken": taken, "left": left.len(),
    });
    let event = NewEvent::new(ObjectKind::Project, project.id.cast(), actor, "margin_entered");
    tx.record(event.facts(facts))?;
    Ok(taken.len())
}
