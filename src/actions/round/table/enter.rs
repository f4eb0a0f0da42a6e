//! Finds the comment that each row of a table means, and enters those that are new, sender by sender.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use quanheng_db::{clauses, comment_imports::ImportRow, rounds::CommentRow};
use quanheng_domain::{
    Locale,
    comment::CommentSource,
    ids::CommentId,
    lifecycle::FieldFault,
    people::{Actor, Party},
    rules::{LatePolicy, RecipientClass, keys},
};
use quanheng_tables::formats::{BadRow, OpinionRow, Parsed, Reading, content_key};

use super::super::{
    paper::{self, EnterPaper},
    receive::{self, Letter},
    text::{Author, Remark},
};
use super::Known;
use crate::{
    ActionError, Tx,
    document::place::{self, Names},
    limits,
    names::fold,
};

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
    let policy = known.case.profile(tx)?.get(keys::COMMENT_LATE_POLICY);
    let text = std::mem::take(&mut known.text);
    let names = Names::of(&text);
    let mut targets: Vec<Target> = vec![None; reading.rows.len()];
    let mut batches = Batches::default();
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
        let paper = match paper_of(import, known, &names, parsed) {
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
        match fault(tx, known, policy, &paper)? {
            Some((column, reason, found)) => refuse(column, reason, found),
            None => batches.add(paper, at),
        }
    }
    for (at, row) in send(tx, actor, known, &names, policy, batches)? {
        targets[at] = Some((row.id, true));
        known.add(row);
    }
    known.text = text;
    Ok(targets)
}

/// Enters the letters, all at once, with the places that they name; gives the comment of each row of the table.
fn send(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    known: &Known,
    names: &Names<'_>,
    policy: LatePolicy,
    batches: Batches,
) -> Result<Vec<(usize, CommentRow)>, ActionError> {
    let (mut letters, mut places) = (Vec::new(), Vec::new());
    let mut answered = BTreeSet::new();
    for (paper, lines) in batches.all {
        let asked = known.asked.iter().find(|line| Some(line.id) == paper.recipient);
        let rows = paper::rows_of(tx, &known.case, policy, &paper, asked)?;
        let asked = asked.filter(|line| answered.insert(line.id)).cloned();
        letters.push(Letter { rows, asked });
        places.extend(lines);
    }
    let rows = receive::enter_letters(tx, actor, &known.case, letters)?;
    let draft = known.case.round.document_id;
    let given: Vec<_> = rows.iter().filter_map(|row| place::given(draft, names, row, "")).collect();
    clauses::insert_places(tx.conn(), &given)?;
    Ok(places.into_iter().zip(rows).collect())
}

/// The key of a comment that is to be entered, as of one that is there.
fn key_of(paper: &EnterPaper) -> String {
    let words = paper.remarks.first();
    let word = |of: fn(&Remark) -> &String| words.map_or("", |remark| of(remark).trim());
    let (unit, name) = (paper.author.unit.trim(), paper.author.name.trim());
    content_key(&[unit, name, word(|r| &r.clause), word(|r| &r.body), word(|r| &r.proposal)])
}

/// Comments of the same sender, day and way are one letter with one receipt.
#[derive(Default)]
struct Batches {
    /// The letters, each with the rows of the table that it holds.
    all: Vec<(EnterPaper, Vec<usize>)>,
    /// The letter of each sender that may still grow.
    growing: HashMap<(String, String, String, CommentSource, NaiveDate), usize>,
}

impl Batches {
    fn add(&mut self, paper: EnterPaper, at: usize) {
        let Author { name, contact, unit, .. } = paper.author.clone();
        let key = (name, contact, unit, paper.source, paper.received_on);
        let growing = self.growing.get(&key).and_then(|place| self.all.get_mut(*place));
        match growing.filter(|(other, _)| other.remarks.len() < limits::COMMENTS_AT_ONCE) {
            Some((other, rows)) => {
                other.remarks.extend(paper.remarks);
                rows.push(at);
            }
            None => {
                self.growing.insert(key, self.all.len());
                self.all.push((paper, vec![at]));
            }
        }
    }
}

fn paper_of(
    import: &ImportRow,
    known: &Known,
    names: &Names<'_>,
    parsed: &Parsed<OpinionRow>,
) -> Result<EnterPaper, Refused> {
    let row = &parsed.value;
    let nameless = row.unit.is_empty() && row.author.is_empty();
    let unit = if nameless { &import.sender } else { &row.unit };
    let contact = if row.email.is_empty() { &import.address } else { &row.email };
    let name = fold(if unit.is_empty() { &row.author } else { unit });
    let by_name = |name: &str| known.asked_by_name.get(name).copied();
    let recipient = by_name(&name).or_else(|| by_name(&fold(&row.author)));
    let (clause, body) = placed(import, names, row)?;
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
        recipient,
    })
}

/// Where a row stands, and its words with what the place cannot hold before them: no reference of a sender is lost.
fn placed(
    import: &ImportRow,
    names: &Names<'_>,
    row: &OpinionRow,
) -> Result<(String, String), Refused> {
    let mut before: Vec<String> = Vec::new();
    let mut clause = row.clause.clone();
    if !clause.is_empty() && !names.is_empty() && names.nearest(&clause).is_none() {
        if !import.as_whole {
            return Err(("clause", "import-bad-no-such-clause", clause));
        }
        before.push(std::mem::take(&mut clause));
    }
    if !row.element.is_empty() {
        match names.nearest(&row.element) {
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
    policy: LatePolicy,
    paper: &EnterPaper,
) -> Result<Option<Refused>, ActionError> {
    if known.case.must_not_have_ended().is_err() {
        return Ok(Some(("comment", "import-bad-round-ended", String::new())));
    }
    if let Some(first) = paper::faults(tx.today(), &known.case, paper).first() {
        return Ok(Some(of_field(first, paper)));
    }
    match paper::arrived(tx, &known.case, policy, paper.received_on) {
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
