//! Comments follow the clauses they are about from one version of a text to the next (意见锚点随稿), and never move silently:
//! what became of each place is written down, and what is not certain waits for a person.

use std::collections::{BTreeMap, BTreeSet};

use quanheng_db::{
    clauses::{self, PlaceRow},
    comments,
    conn::AnyConn,
    documents::{self, DocumentRow},
    rounds,
};
use quanheng_domain::{
    clause::Clause,
    comment::Disposition,
    draft::Fate,
    event::ObjectKind,
    ids::{CommentId, DocumentId},
    lifecycle::{FaultCode, FieldFault},
    people::Actor,
};
use quanheng_text::anchor::{self, Anchor, Followed};
use serde_json::json;

use super::{place, text, versions};
use crate::{ActionError, NewEvent, Tx, round::Case, round::case::not_yours};

/// The version of the same project that comes before a document and was read by clause.
pub fn before(
    conn: &mut AnyConn,
    document: &DocumentRow,
) -> Result<Option<DocumentRow>, ActionError> {
    let all = clauses::readable_of(conn, document.project_id)?;
    Ok(all.into_iter().rfind(|row| row.ordinal < document.ordinal))
}

/// Where a comment stands in a version.
struct Stand {
    comment: CommentId,
    anchor: Anchor,
    /// Whether even in that version nobody has said yet where.
    open: bool,
}

/// The comments that stand in a version: those noted there, and those of its rounds that name a clause.
fn standing_in(
    conn: &mut AnyConn,
    version: &DocumentRow,
    text: &[Clause],
) -> Result<Vec<Stand>, ActionError> {
    let mut stands = Vec::new();
    let mut noted = BTreeSet::new();
    for row in clauses::places_in(conn, version.id)? {
        noted.insert(row.comment_id);
        let open = row.fate == Fate::Ask;
        if open || !row.clause_key.is_empty() {
            stands.push(Stand { comment: row.comment_id, anchor: anchor_of(&row), open });
        }
    }
    let names = place::Names::of(text);
    for round in rounds::of_project(conn, version.project_id)? {
        if round.document_id != Some(version.id) {
            continue;
        }
        for comment in rounds::confirmed_comments(conn, round.id)? {
            let gone = comment.disposition == Some(Disposition::Withdrawn);
            if gone || noted.contains(&comment.id) {
                continue;
            }
            if let Some(clause) = names.named(&comment.clause) {
                let anchor = anchor::anchor(clause, None);
                stands.push(Stand { comment: comment.id, anchor, open: false });
            }
        }
    }
    Ok(stands)
}

/// The anchor that a row of places stands for.
pub fn anchor_of(row: &PlaceRow) -> Anchor {
    Anchor {
        key: row.clause_key.clone(),
        quote: row.quote.clone(),
        before: row.quote_before.clone(),
        after: row.quote_after.clone(),
        fingerprint: row.fingerprint.clone(),
    }
}

/// Carries the comments of the version before to this one; done anew when the clauses or their links change. What a person decided stays.
///
/// # Errors
/// Storage trouble.
pub fn follow(tx: &mut Tx<'_, '_>, actor: &Actor, document: DocumentId) -> Result<(), ActionError> {
    let document = documents::get(tx.conn(), document)?.ok_or(ActionError::NotFound)?;
    let Some(earlier) = before(tx.conn(), &document)? else { return Ok(()) };
    let Some(kept) = text::kept(tx.conn(), earlier.id)? else { return Ok(()) };
    let stands = standing_in(tx.conn(), &earlier, &kept.text.clauses)?;
    if stands.is_empty() {
        return Ok(());
    }
    let compared = versions::compared(tx.conn(), earlier.id, document.id)?;
    let there: BTreeMap<CommentId, PlaceRow> = clauses::places_in(tx.conn(), document.id)?
        .into_iter()
        .map(|row| (row.comment_id, row))
        .collect();
    let mut counts: BTreeMap<Fate, usize> = BTreeMap::new();
    for stand in stands {
        let row = place_of(&stand, document.id, &compared);
        let fate = match there.get(&stand.comment) {
            // Its author put it here, or a person decided: the machine has no say.
            Some(held) if held.fate == Fate::Given || held.decided_by.is_some() => held.fate,
            Some(_) => {
                clauses::save_place(tx.conn(), &row)?;
                row.fate
            }
            None => {
                clauses::insert_places(tx.conn(), std::slice::from_ref(&row))?;
                row.fate
            }
        };
        *counts.entry(fate).or_default() += 1;
    }
    let counts: BTreeMap<String, usize> =
        counts.into_iter().map(|(fate, count)| (fate.to_string(), count)).collect();
    let facts = json!({
        "document": document.id, "ordinal": document.ordinal, "from": earlier.id, "places": counts,
    });
    let project = document.project_id;
    let event = NewEvent::new(ObjectKind::Project, project.cast(), actor, "comments_followed");
    tx.record(event.facts(facts))?;
    Ok(())
}

fn place_of(stand: &Stand, document: DocumentId, compared: &versions::Compared) -> PlaceRow {
    let followed = if stand.open {
        Followed::Ask { rivals: Vec::new() }
    } else {
        anchor::follow(&stand.anchor, &compared.old, &compared.new, &compared.links)
    };
    let (fate, to) = match &followed {
        Followed::Same { to } => (Fate::Same, Some(*to)),
        Followed::Moved { to } => (Fate::Moved, Some(*to)),
        Followed::Changed { to, .. } => (Fate::Changed, Some(*to)),
        Followed::Removed => (Fate::Removed, None),
        Followed::Ask { .. } => (Fate::Ask, None),
    };
    // A place that is not certain keeps what it was anchored to, so that nothing is lost when it is asked about again.
    let anchor = match (&followed, to) {
        (Followed::Changed { to, found_quote: Some(range) }, _) => {
            anchor::anchor(&compared.new[*to], Some(range.clone()))
        }
        (_, Some(to)) => {
            let made = anchor::anchor(&compared.new[to], None);
            Anchor { quote: stand.anchor.quote.clone(), ..made }
        }
        (_, None) => stand.anchor.clone(),
    };
    PlaceRow {
        comment_id: stand.comment,
        document_id: document,
        clause_key: to.map(|_| anchor.key.clone()).unwrap_or_default(),
        quote: anchor.quote,
        quote_before: anchor.before,
        quote_after: anchor.after,
        fingerprint: anchor.fingerprint,
        fate,
        decided_by: None,
        decided_at: None,
    }
}

/// A person's decision where a comment stands in a version.
#[derive(Debug, Clone)]
pub struct DecidePlace {
    /// The comment.
    pub comment: CommentId,
    /// The version.
    pub document: DocumentId,
    /// Clause of that version; none when what it was about is gone.
    pub key: Option<String>,
}

/// Says where a comment stands in a version.
///
/// # Errors
/// `Refused` to those who do not settle the comments of its round; `Invalid` for a clause that is not there; `NotFound`.
pub fn decide_place(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &DecidePlace,
) -> Result<(), ActionError> {
    let (case, comment) = Case::of_comment(tx, command.comment)?;
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    let person = actor.person().map(|person| person.person).ok_or(ActionError::Forbidden)?;
    let document = documents::get(tx.conn(), command.document)?
        .filter(|row| row.project_id == case.project.id)
        .ok_or(ActionError::NotFound)?;
    let mut row =
        clauses::place(tx.conn(), comment.id, document.id)?.ok_or(ActionError::NotFound)?;
    let text = place::text_of(tx.conn(), Some(document.id))?;
    let (was, fate) = (row.fate, row.clause_key.clone());
    match &command.key {
        None => {
            row.clause_key.clear();
            row.fate = Fate::Removed;
        }
        Some(key) => {
            let Some(clause) = text.iter().find(|clause| clause.key == *key) else {
                return Err(ActionError::Invalid(vec![FieldFault::new("to", FaultCode::Unknown)]));
            };
            let made = anchor::quoted(clause, &row.quote).unwrap_or_else(|| Anchor {
                quote: row.quote.clone(),
                ..anchor::anchor(clause, None)
            });
            let same = made.fingerprint == row.fingerprint;
            row.fate = if same { Fate::Moved } else { Fate::Changed };
            row.clause_key = made.key;
            row.quote = made.quote;
            row.quote_before = made.before;
            row.quote_after = made.after;
            row.fingerprint = made.fingerprint;
        }
    }
    row.decided_by = Some(person);
    row.decided_at = Some(tx.now());
    clauses::save_place(tx.conn(), &row)?;
    let facts = json!({
        "comment": comment.id, "serial": comment.serial, "document": document.id, "from": fate, "was": was,
        "to": row.clause_key, "fate": row.fate,
    });
    case.record(tx, actor, "comment_place_decided", "", facts)?;
    Ok(())
}

/// A comment of a round with its place in a version, and where it stood before.
#[derive(Debug, Clone)]
pub struct Stood {
    /// The comment.
    pub comment: rounds::CommentRow,
    /// Its place in the version.
    pub place: PlaceRow,
    /// Clause of the version before at which it stood.
    pub before: Option<String>,
}

/// The comments of a round as they stand in a later version.
///
/// # Errors
/// Storage trouble.
pub fn stood(
    conn: &mut AnyConn,
    round: quanheng_domain::ids::RoundId,
    document: &DocumentRow,
    earlier: &DocumentRow,
    old: &[Clause],
) -> Result<Vec<Stood>, ActionError> {
    let (mut found, names) = (Vec::new(), place::Names::of(old));
    for place in clauses::places_of_round(conn, round)? {
        if place.document_id != document.id {
            continue;
        }
        // A comment whose author has not confirmed it is not there yet.
        let comment = comments::find(conn, place.comment_id)?;
        let Some(comment) = comment.filter(|row| row.confirmed_at.is_some()) else { continue };
        let before = match clauses::place(conn, comment.id, earlier.id)? {
            Some(row) => Some(row.clause_key).filter(|key| !key.is_empty()),
            None => names.named(&comment.clause).map(|clause| clause.key.clone()),
        };
        found.push(Stood { comment, place, before });
    }
    found.sort_by_key(|stood| stood.comment.serial);
    Ok(found)
}
