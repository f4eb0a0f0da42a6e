//! What all ways of receiving comments share: the row, the serial number, the receipt, and the note that who was asked has answered.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_db::{
    comments,
    outbox::Recipient,
    rounds::{self, CommentRow, RecipientRow},
};
use quanheng_domain::{
    comment::{CommentSource, RecipientAnswer},
    ids::{CommentId, EventId},
    notice::{Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
    rules::RecipientClass,
};
use quanheng_tables::clean::tidy;
use serde_json::json;

use super::{
    case::Case,
    own,
    text::{Author, Remark},
};
use crate::{ActionError, Tx, project::notices, tell};

/// What the sender gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Receipt number (回执号): the day and the serial numbers.
    pub number: String,
    /// The comments with their serial numbers.
    pub comments: Vec<(CommentId, i32)>,
    /// Whether they came after the end and are only kept.
    pub late: bool,
    /// Whether a person looks at them before they count; then they have no number yet.
    pub held: bool,
}

impl Receipt {
    /// The receipt of comments whose author confirmed the address while a person still looks at them.
    pub fn held(rows: &[CommentRow]) -> Self {
        Self {
            number: String::new(),
            comments: rows.iter().map(|row| (row.id, row.serial)).collect(),
            late: rows.iter().any(|row| row.late),
            held: true,
        }
    }
}

/// Path of the page where a public commenter confirms the address.
pub fn confirm_path(token: &str) -> String {
    format!("/consultations/confirm/{token}")
}

/// Path of the page that shows a commenter's own comments without an account.
pub fn own_path(token: &str) -> String {
    format!("/consultations/mine/{token}")
}

/// A comment as it is when it has just come, not confirmed.
pub fn row(
    tx: &Tx<'_, '_>,
    case: &Case,
    author: &Author,
    class: RecipientClass,
    remark: &Remark,
    source: CommentSource,
) -> CommentRow {
    CommentRow {
        id: tx.id(),
        version: 1,
        round_id: case.round.id,
        serial: 0,
        person_id: None,
        author_name: author.name.trim().to_owned(),
        author_contact: author.contact.trim().to_owned(),
        author_unit: author.unit.trim().to_owned(),
        author_class: class,
        publish_name: author.publish_name,
        // What is pasted brings marks that nobody sees; they would turn the words around or hide them from a search.
        clause: tidy(&remark.clause).text,
        kind: remark.kind,
        body: tidy(&remark.body).text,
        proposal: tidy(&remark.proposal).text,
        reason: tidy(&remark.reason).text,
        source,
        received_at: tx.now(),
        confirmed_at: None,
        late: false,
        disposition: None,
        disposition_reason: String::new(),
        text_changed: None,
        duplicate_of: None,
        disposed_by: None,
        disposed_at: None,
        published_at: None,
        hidden_reason: String::new(),
        token_hash: None,
        locale: author.locale.to_string(),
        scan_id: None,
    }
}

/// Enters comments that count at once, with the next serial numbers, and sends the receipt.
pub fn enter(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    mut rows: Vec<CommentRow>,
    asked: Option<RecipientRow>,
) -> Result<Receipt, ActionError> {
    number(tx, case, &mut rows)?;
    comments::insert_all(tx.conn(), &rows)?;
    finish(tx, actor, case, &rows, asked, None)
}

/// Comments of one sender that came together.
pub struct Letter {
    /// The comments, without numbers.
    pub rows: Vec<CommentRow>,
    /// Whose answer they are among those asked.
    pub asked: Option<RecipientRow>,
}

/// Enters the letters of many senders, which count at once, and gives their comments with their numbers. A sender with an address gets a
/// receipt and an event; the others are told of together.
pub fn enter_letters(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    letters: Vec<Letter>,
) -> Result<Vec<CommentRow>, ActionError> {
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for letter in letters {
        rows.extend(letter.rows);
        ends.push((rows.len(), letter.asked));
    }
    if rows.is_empty() {
        return Ok(rows);
    }
    number(tx, case, &mut rows)?;
    comments::insert_all(tx.conn(), &rows)?;
    let mut silent: BTreeMap<(CommentSource, bool), Vec<i32>> = BTreeMap::new();
    let mut from = 0;
    for (end, asked) in ends {
        let letter = rows.get(from..end).unwrap_or_default();
        from = end;
        if letter.first().and_then(recipient_of).is_some() {
            finish(tx, actor, case, letter, asked, None)?;
            continue;
        }
        if let Some(line) = asked {
            answered(tx, line, RecipientAnswer::Comments)?;
        }
        for row in letter {
            silent.entry((row.source, row.late)).or_default().push(row.serial);
        }
    }
    for ((source, late), serials) in silent {
        let facts = json!({
            "round": case.round.id, "serials": serials, "late": late, "source": source,
        });
        case.record(tx, actor, "comments_received", "", facts)?;
    }
    Ok(rows)
}

/// Gives rows the next serial numbers and marks them confirmed.
pub fn number(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    rows: &mut [CommentRow],
) -> Result<(), ActionError> {
    let count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let first = rounds::take_serials(tx.conn(), case.round.id, count)?;
    let now = tx.now();
    for (serial, row) in (first..).zip(rows.iter_mut()) {
        row.serial = serial;
        row.confirmed_at = Some(now);
    }
    Ok(())
}

/// The end of every way of receiving: the answer of who was asked, event, receipt.
pub fn finish(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    rows: &[CommentRow],
    asked: Option<RecipientRow>,
    link: Option<&str>,
) -> Result<Receipt, ActionError> {
    if let Some(line) = asked {
        answered(tx, line, RecipientAnswer::Comments)?;
    }
    let receipt = receipt_of(tx.today(), rows);
    let serials: Vec<i32> = rows.iter().map(|row| row.serial).collect();
    let source = rows.first().map(|row| row.source);
    let facts = json!({
        "round": case.round.id, "serials": serials, "receipt": receipt.number, "late": receipt.late, "source": source,
    });
    let event = case.record(tx, actor, "comments_received", "", facts)?;
    let Some(recipient) = rows.first().and_then(recipient_of) else { return Ok(receipt) };
    let mut path = format!("/consultations/{}", case.round.id);
    let mut secret = link.map(str::to_owned);
    match rows.first() {
        Some(first) if first.person_id.is_some() => path.push_str("/mine"),
        Some(first) if secret.is_none() => {
            secret = Some(own::private_link(tx, first.id, case.round.closes_at)?);
        }
        _ => {}
    }
    let facts = NoticeFacts {
        receipt: Some(receipt.number.clone()),
        items: items(rows),
        path,
        secret_path: secret.as_deref().map(own_path),
        ..notices::facts(tx, &case.project)?
    };
    mail(tx, case, NoticeKey::CommentReceived, facts, recipient, event)?;
    Ok(receipt)
}

/// The receipt of rows that have their serial numbers.
pub fn receipt_of(day: chrono::NaiveDate, rows: &[CommentRow]) -> Receipt {
    let (first, last) =
        (rows.first().map_or(0, |row| row.serial), rows.last().map_or(0, |row| row.serial));
    let serials = if first == last { first.to_string() } else { format!("{first}~{last}") };
    Receipt {
        number: format!("YJ{}-{serials}", day.format("%Y%m%d")),
        comments: rows.iter().map(|row| (row.id, row.serial)).collect(),
        late: rows.iter().any(|row| row.late),
        held: false,
    }
}

/// Notes the answer of somebody who was asked; comments outweigh every other answer.
pub fn answered(
    tx: &mut Tx<'_, '_>,
    mut line: RecipientRow,
    answer: RecipientAnswer,
) -> Result<(), ActionError> {
    if line.answer == Some(RecipientAnswer::Comments) {
        return Ok(());
    }
    line.answered_at = Some(tx.now());
    line.answer = Some(answer);
    rounds::save_recipient(tx.conn(), &line)?;
    Ok(())
}

/// Sends the link by which a public commenter confirms the address.
pub fn ask_to_confirm(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    rows: &[CommentRow],
    token: &str,
    until: DateTime<Utc>,
    event: EventId,
) -> Result<(), ActionError> {
    let Some(recipient) = rows.first().and_then(recipient_of) else { return Ok(()) };
    let facts = NoticeFacts {
        due: Some(until),
        items: items(rows),
        path: format!("/consultations/{}", case.round.id),
        secret_path: Some(confirm_path(token)),
        ..notices::facts(tx, &case.project)?
    };
    mail(tx, case, NoticeKey::CommentConfirm, facts, recipient, event)
}

/// Tells the author of confirmed comments that the secretariat looks at them first, or with a reason that it did not admit them.
pub(super) fn tell_held(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    rows: &[CommentRow],
    refused: Option<&str>,
    event: EventId,
) -> Result<(), ActionError> {
    let Some(recipient) = rows.first().and_then(recipient_of) else { return Ok(()) };
    let facts = NoticeFacts {
        reason: refused.map(str::to_owned),
        items: items(rows),
        path: format!("/consultations/{}", case.round.id),
        ..notices::facts(tx, &case.project)?
    };
    let key = if refused.is_some() { NoticeKey::CommentRefused } else { NoticeKey::CommentHeld };
    mail(tx, case, key, facts, recipient, event)
}

fn mail(
    tx: &mut Tx<'_, '_>,
    case: &Case,
    key: NoticeKey,
    facts: NoticeFacts,
    recipient: Recipient,
    event: EventId,
) -> Result<(), ActionError> {
    let about = tell::About { concerned: vec![recipient], ..case.about() };
    tell::tell(tx, &Notice { key, facts }, &about, Some(event))?;
    Ok(())
}

fn recipient_of(row: &CommentRow) -> Option<Recipient> {
    row.author_contact.contains('@').then(|| Recipient {
        person: row.person_id,
        name: row.author_name.clone(),
        address: row.author_contact.clone(),
        locale: row.locale.clone(),
    })
}

fn items(rows: &[CommentRow]) -> Vec<NoticeItem> {
    let item = |row: &CommentRow| NoticeItem {
        label: row.clause.clone(),
        text: row.body.clone(),
        ..NoticeItem::default()
    };
    rows.iter().map(item).collect()
}
