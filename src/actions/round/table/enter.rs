//! Finds the comment that each row of a table means, and enters those that are new, sender by sender.

use quanheng_db::{comments, rounds};
use quanheng_domain::{
    Locale,
    ids::CommentId,
    lifecycle::FieldFault,
    people::{Actor, Party},
    rules::RecipientClass,
};
use quanheng_tables::formats::{BadRow, OpinionRow, Parsed, Reading, content_key};

use super::super::{
    paper::{self, EnterPaper, enter_paper},
    text::{Author, Remark},
};
use super::{ImportTable, Known, key_of};
use crate::{ActionError, Tx, names::fold};

/// The comment that a row means, and whether it is new; nothing for rows that are listed as bad.
type Target = Option<(CommentId, bool)>;

/// Finds or enters the comments of all rows.
pub fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<OpinionRow>,
    command: &ImportTable,
    known: &mut Known,
    bad: &mut Vec<BadRow>,
) -> Result<Vec<Target>, ActionError> {
    let may_enter = known.case.parties(actor).contains(&Party::Secretariat);
    let mut targets: Vec<Target> = vec![None; reading.rows.len()];
    let mut batches: Vec<(EnterPaper, Vec<usize>)> = Vec::new();
    for (at, parsed) in reading.rows.iter().enumerate() {
        let row = &parsed.value;
        let mut refuse = |column, reason, found: String| {
            bad.push(BadRow { line: parsed.line, column: Some(column), reason, found });
        };
        if let Some(id) = row.id {
            if known.by_id.contains_key(&id) {
                targets[at] = Some((id, false));
            } else {
                refuse("comment_id", "import-bad-no-such-comment", id.to_string());
            }
            continue;
        }
        let key = content_key(&[&row.unit, &row.author, &row.clause, &words(row), &row.proposal]);
        if let Some(id) = known.by_content.get(&key) {
            targets[at] = Some((*id, false));
            continue;
        }
        if !may_enter {
            refuse("comment", "import-bad-only-secretariat", String::new());
            continue;
        }
        let paper = paper_of(tx, command, known, parsed)?;
        match fault(tx, known, &paper)? {
            Some((column, reason, found)) => refuse(column, reason, found),
            None => add(&mut batches, paper, at),
        }
    }
    for (paper, places) in batches {
        let receipt = enter_paper(tx, actor, &paper)?;
        for (at, (id, serial)) in places.into_iter().zip(receipt.comments) {
            let Some(row) = comments::find(tx.conn(), id)? else { continue };
            known.by_serial.insert(serial, id);
            known.by_content.insert(key_of(&row), id);
            known.by_id.insert(id, row);
            targets[at] = Some((id, true));
        }
    }
    Ok(targets)
}

/// Comments of the same sender, day and way are one letter with one receipt.
fn add(batches: &mut Vec<(EnterPaper, Vec<usize>)>, paper: EnterPaper, at: usize) {
    let same = |other: &EnterPaper| {
        other.author == paper.author
            && other.source == paper.source
            && other.received_on == paper.received_on
    };
    match batches.iter_mut().find(|(other, _)| same(other)) {
        Some((other, places)) => {
            other.remarks.extend(paper.remarks);
            places.push(at);
        }
        None => batches.push((paper, vec![at])),
    }
}

/// The comment with what the clause cannot hold before it: no reference of a sender is lost.
fn words(row: &OpinionRow) -> String {
    let mut before = Vec::new();
    if !row.element.is_empty() {
        before.push(row.element.clone());
    }
    if !row.line_number.is_empty() {
        before.push(format!("L{}", row.line_number));
    }
    match before.is_empty() {
        true => row.comment.clone(),
        false => format!("[{}] {}", before.join(", "), row.comment),
    }
}

fn paper_of(
    tx: &mut Tx<'_, '_>,
    command: &ImportTable,
    known: &Known,
    parsed: &Parsed<OpinionRow>,
) -> Result<EnterPaper, ActionError> {
    let row = &parsed.value;
    let name = fold(if row.unit.is_empty() { &row.author } else { &row.unit });
    let asked = rounds::recipients_of(tx.conn(), known.case.round.id)?;
    let recipient = asked
        .iter()
        .find(|line| !name.is_empty() && fold(&line.name) == name)
        .or_else(|| asked.iter().find(|line| fold(&line.name) == fold(&row.author)));
    Ok(EnterPaper {
        round: command.round,
        author: Author {
            name: row.author.clone(),
            contact: row.email.clone(),
            unit: row.unit.clone(),
            publish_name: false,
            locale: Locale::Chinese,
        },
        class: RecipientClass::Public,
        source: row.source.unwrap_or(command.source),
        received_on: row.received_on.unwrap_or(command.received_on),
        remarks: vec![Remark {
            clause: row.clause.clone(),
            kind: row.kind,
            body: words(row),
            proposal: row.proposal.clone(),
            reason: row.reason.clone(),
            quote: String::new(),
        }],
        scan: None,
        recipient: recipient.map(|line| line.id),
    })
}

type Refused = (&'static str, &'static str, String);

/// Why a row cannot enter, as column, reason and what was found.
fn fault(
    tx: &mut Tx<'_, '_>,
    known: &Known,
    paper: &EnterPaper,
) -> Result<Option<Refused>, ActionError> {
    if known.case.must_not_have_ended().is_err() {
        return Ok(Some(("comment", "import-bad-round-ended", String::new())));
    }
    if let Some(first) = paper::faults(tx, &known.case, paper)?.first() {
        return Ok(Some(of_field(first, paper)));
    }
    match paper::arrived(tx, &known.case, paper.received_on) {
        Ok(_) => Ok(None),
        Err(ActionError::Refused(_)) => {
            Ok(Some(("received_on", "import-bad-too-late", paper.received_on.to_string())))
        }
        Err(error) => Err(error),
    }
}

fn of_field(fault: &FieldFault, paper: &EnterPaper) -> Refused {
    let column = match fault.field.rsplit('.').next().unwrap_or_default() {
        "received_on" => {
            return ("received_on", "import-bad-received-on", paper.received_on.to_string());
        }
        "clause" => "clause",
        "proposal" => "proposal",
        "reason" => "comment_reason",
        "name" => "author",
        "unit" => "unit",
        "contact" => "email",
        "source" => "comment_source",
        _ => "comment",
    };
    (column, "import-bad-comment-invalid", fault.code.to_string())
}
