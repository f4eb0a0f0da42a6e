//! Finds the comment that each row of a table means, and enters those that are new, sender by sender.

use quanheng_db::comment_imports::ImportRow;
use quanheng_domain::{
    Locale,
    ids::CommentId,
    lifecycle::FieldFault,
    people::{Actor, Party},
    rules::RecipientClass,
};
use quanheng_tables::formats::{BadRow, OpinionRow, Parsed, Reading, content_key};

use super::super::{
    paper::{self, EnterPaper},
    text::{Author, Remark},
};
use super::Known;
use crate::{ActionError, Tx, document::place::nearest, limits, names::fold};

/// The comment that a row means, and whether it is new; nothing for rows that are listed as bad.
type Target = Option<(CommentId, bool)>;

/// Finds or enters the comments of all rows.
pub fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<OpinionRow>,
    import: &ImportRow,
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
        let paper = match paper_of(import, known, parsed) {
            Ok(paper) => paper,
            Err((column, reason, found)) => {
                refuse(column, reason, found);
                continue;
            }
        };
        if let Some(id) = known.by_content.get(&key_of(&paper)) {
            targets[at] = Some((*id, false));
            continue;
        }
        if !may_enter {
            refuse("comment", "import-bad-only-secretariat", String::new());
            continue;
        }
        match fault(tx, known, &paper)? {
            Some((column, reason, found)) => refuse(column, reason, found),
            None => add(&mut batches, paper, at),
        }
    }
    for (paper, places) in batches {
        let text = std::mem::take(&mut known.text);
        let entered = paper::enter_with(tx, actor, &known.case, &text, &paper);
        known.text = text;
        for (at, row) in places.into_iter().zip(entered?.1) {
            targets[at] = Some((row.id, true));
            known.add(row);
        }
    }
    Ok(targets)
}

/// The key of a comment that is to be entered, as of one that is there.
fn key_of(paper: &EnterPaper) -> String {
    let words = paper.remarks.first();
    let word = |of: fn(&Remark) -> &String| words.map_or("", |remark| of(remark).trim());
    let (unit, name) = (paper.author.unit.trim(), paper.author.name.trim());
    content_key(&[unit, name, word(|r| &r.clause), word(|r| &r.body), word(|r| &r.proposal)])
}

/// Comments of the same sender, day and way are one letter with one receipt.
fn add(batches: &mut Vec<(EnterPaper, Vec<usize>)>, paper: EnterPaper, at: usize) {
    let same = |other: &EnterPaper| {
        other.author == paper.author
            && other.source == paper.source
            && other.received_on == paper.received_on
            && other.remarks.len() < limits::COMMENTS_AT_ONCE
    };
    match batches.iter_mut().find(|(other, _)| same(other)) {
        Some((other, places)) => {
            other.remarks.extend(paper.remarks);
            places.push(at);
        }
        None => batches.push((paper, vec![at])),
    }
}

fn paper_of(
    import: &ImportRow,
    known: &Known,
    parsed: &Parsed<OpinionRow>,
) -> Result<EnterPaper, Refused> {
    let row = &parsed.value;
    let nameless = row.unit.is_empty() && row.author.is_empty();
    let unit = if nameless { &import.sender } else { &row.unit };
    let contact = if row.email.is_empty() { &import.address } else { &row.email };
    let name = fold(if unit.is_empty() { &row.author } else { unit });
    let recipient = known
        .asked
        .iter()
        .find(|line| !name.is_empty() && fold(&line.name) == name)
        .or_else(|| known.asked.iter().find(|line| fold(&line.name) == fold(&row.author)));
    let (clause, body) = placed(import, known, row)?;
    Ok(EnterPaper {
        round: known.case.round.id,
        author: Author {
            name: row.author.clone(),
            contact: contact.clone(),
            unit: unit.clone(),
            publish_name: false,
            locale: Locale::Chinese,
        },
        class: RecipientClass::Public,
        source: row.source.unwrap_or(import.source),
        received_on: row.received_on.unwrap_or(import.received_on),
        remarks: vec![Remark {
            clause,
            kind: row.kind,
            body,
            proposal: row.proposal.clone(),
            reason: row.reason.clone(),
            quote: String::new(),
        }],
        scan: Some(import.document_id),
        recipient: recipient.map(|line| line.id),
    })
}

/// Where a row stands, and its words with what the place cannot hold before them: no reference of a sender is lost.
fn placed(
    import: &ImportRow,
    known: &Known,
    row: &OpinionRow,
) -> Result<(String, String), Refused> {
    let mut before: Vec<String> = Vec::new();
    let mut clause = row.clause.clone();
    if !clause.is_empty() && !known.text.is_empty() && nearest(&known.text, &clause).is_none() {
        if !import.as_whole {
            return Err(("clause", "import-bad-no-such-clause", clause));
        }
        before.push(std::mem::take(&mut clause));
    }
    if !row.element.is_empty() {
        match nearest(&known.text, &row.element) {
            Some(part) => {
                if !clause.is_empty() {
                    before.push(std::mem::take(&mut clause));
                }
                clause = if part.number.is_empty() { part.title() } else { part.number.clone() };
            }
            None => before.push(row.element.clone()),
        }
    }
    if !row.line_number.is_empty() {
        before.push(format!("L{}", row.line_number));
    }
    let body = match before.is_empty() {
        true => row.comment.clone(),
        false => format!("[{}] {}", before.join(", "), row.comment),
    };
    Ok((clause, body))
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
