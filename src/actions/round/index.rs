//! The index of the desk: made of comments when somebody wants to see them, so that nobody who sends one in the last minute waits for it.

use std::collections::HashMap;

use quanheng_db::{
    comment_index::{self, IndexRow},
    comments,
    rounds::CommentRow,
};
use quanheng_domain::{
    comment::clause_place,
    ids::{CommentId, RoundId},
    people::Actor,
};
use quanheng_text::likeness::{Firsts, Trigrams};

use super::case::{Case, not_yours};
use crate::{ActionError, Tx, document::may_know, names::fold};

/// Enters the comments of a round that are not in the index yet and tells how many there were. Two say the same from a likeness of `alike`
/// per mille on: one or two words of a sentence may differ (edge case 17). What is kept follows from the comments
/// alone, so it is no change of state and no event.
///
/// # Errors
/// `NotFound` for rounds one may not know of; `Refused` for all who do not settle comments here.
pub fn index(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    round: RoundId,
    alike: u16,
) -> Result<usize, ActionError> {
    let case = Case::peek(tx, round)?;
    if !may_know(&case.project, actor) {
        return Err(ActionError::NotFound);
    }
    if !case.settles(actor) {
        return Err(not_yours(case.settlers()));
    }
    // Two who look at once must not enter the same comments.
    tx.lock(case.project.id.cast())?;
    let missing = comment_index::missing(tx.conn(), round)?;
    if missing.is_empty() {
        return Ok(0);
    }
    let mut known = Known::read(tx, round, alike)?;
    for row in &missing {
        let line = known.line(tx, row)?;
        comment_index::insert(tx.conn(), &line)?;
    }
    Ok(missing.len())
}

/// The first comments of their like.
struct Known {
    alike: u16,
    firsts: Firsts,
    /// By number: whose, and the trigrams once they were asked for.
    comments: HashMap<usize, (CommentId, Option<Trigrams>)>,
}

impl Known {
    fn read(tx: &mut Tx<'_, '_>, round: RoundId, alike: u16) -> Result<Self, ActionError> {
        let mut known = Self { alike, firsts: Firsts::default(), comments: HashMap::new() };
        for (serial, id, sketch) in comment_index::firsts(tx.conn(), round)? {
            let place = usize::try_from(serial).unwrap_or_default();
            known.firsts.add(place, &grams(&sketch));
            known.comments.insert(place, (id, None));
        }
        Ok(known)
    }

    /// What is kept of a comment, which is remembered if it is the first of its like.
    fn line(&mut self, tx: &mut Tx<'_, '_>, row: &CommentRow) -> Result<IndexRow, ActionError> {
        let own = Trigrams::of(&said(row));
        let sketch = own.sketch();
        let mut like = None;
        let alike = self.alike;
        for place in self.firsts.maybe(&sketch) {
            if self.of(tx, place)?.is_some_and(|other| other.is_alike(&own, alike)) {
                like = i32::try_from(place).ok();
                break;
            }
        }
        let written = if like.is_some() { String::new() } else { hex(&sketch) };
        if like.is_none() {
            let place = usize::try_from(row.serial).unwrap_or_default();
            self.firsts.add(place, &sketch);
            self.comments.insert(place, (row.id, Some(own)));
        }
        let words = [&row.body, &row.proposal, &row.reason, &row.author_unit, &row.author_name];
        Ok(IndexRow {
            comment_id: row.id,
            round_id: row.round_id,
            serial: row.serial,
            place: clause_place(&row.clause),
            clause: fold(&row.clause),
            // A search does not find what only the end of one and the beginning of the next make together.
            words: words.map(|text| fold(text)).join("\n"),
            alike: like.unwrap_or(row.serial),
            sketch: written,
        })
    }

    fn of(&mut self, tx: &mut Tx<'_, '_>, place: usize) -> Result<Option<&Trigrams>, ActionError> {
        let Some((id, trigrams)) = self.comments.get_mut(&place) else { return Ok(None) };
        if trigrams.is_none() {
            let row = comments::find(tx.conn(), *id)?.ok_or(ActionError::NotFound)?;
            *trigrams = Some(Trigrams::of(&said(&row)));
        }
        Ok(trigrams.as_ref())
    }
}

fn said(row: &CommentRow) -> String {
    fold(&format!("{}{}", row.body, row.proposal))
}

fn hex(sketch: &[u64]) -> String {
    let grams: Vec<String> = sketch.iter().map(|gram| format!("{gram:x}")).collect();
    grams.join(" ")
}

fn grams(written: &str) -> Vec<u64> {
    written.split(' ').filter_map(|gram| u64::from_str_radix(gram, 16).ok()).collect()
}
