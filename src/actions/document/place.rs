//! Where comments stand in a text: by the place that was noted, else by the clause that their author named.

use std::collections::{BTreeMap, HashMap};

use quanheng_db::{
    clauses::{self, PlaceRow},
    conn::AnyConn,
    documents::DocumentRow,
    projects::ProjectRow,
    rounds::{self, CommentRow, RoundRow},
};
use quanheng_domain::{
    clause::Clause,
    comment::Disposition,
    draft::Fate,
    ids::{CommentId, DocumentId},
    people::{Actor, Party},
};
use quanheng_text::anchor::{self, Anchor};

use super::{text, versions::inside};
use crate::{ActionError, Tx, names::fold, project::load::standing};

/// A comment at its place in a text.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The comment.
    pub comment: CommentRow,
    /// Its round.
    pub round: RoundRow,
    /// Clause of the text; empty for the whole text and for clauses that the text does not have.
    pub key: String,
    /// What was noted of the place in this text; none for comments that only name a clause.
    pub noted: Option<PlaceRow>,
}

/// The names under which people refer to the clauses of a text, folded once for many references.
pub struct Names<'c> {
    all: &'c [Clause],
    /// The first clause of each name, and whether others share it.
    by_name: HashMap<String, (usize, bool)>,
    /// The first clause of each key.
    by_key: HashMap<String, usize>,
}

impl<'c> Names<'c> {
    /// The names of a text.
    pub fn of(all: &'c [Clause]) -> Self {
        let mut by_name: HashMap<String, (usize, bool)> = HashMap::new();
        let mut by_key = HashMap::new();
        for (at, clause) in all.iter().enumerate() {
            let key = fold(&clause.key);
            for name in [fold(&clause.number), fold(&clause.heading), fold(&clause.title())] {
                shared(&mut by_name, name, at);
            }
            shared(&mut by_name, key.clone(), at);
            by_key.entry(key).or_insert(at);
        }
        Self { all, by_name, by_key }
    }

    /// Whether the text has no clauses.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The clause that a printed reference names, if it names just one: `5.2.3`, `第5.2.3条`, `表3`, `附录A`, `5.2 计量性能`.
    pub fn named(&self, reference: &str) -> Option<&'c Clause> {
        let folded = fold(reference);
        let bare = bare(&folded);
        if bare.is_empty() {
            return None;
        }
        match self.by_name.get(bare)? {
            (at, false) => self.all.get(*at),
            // Of the same number twice the first is meant only if it is its key.
            (_, true) => self.by_key.get(bare).and_then(|at| self.all.get(*at)),
        }
    }

    /// The clause that a reference names, or that it begins with: `5.2 a)`, `5.2第3段`, `表3第2行`, `Table 3`.
    pub fn nearest(&self, reference: &str) -> Option<&'c Clause> {
        self.named(reference).or_else(|| self.named(&beginning(reference)?))
    }
}

fn shared(by_name: &mut HashMap<String, (usize, bool)>, name: String, at: usize) {
    by_name.entry(name).and_modify(|(first, twice)| *twice |= *first != at).or_insert((at, false));
}

/// The clause that a printed reference names; for one reference, see [`Names::named`].
pub fn named<'c>(all: &'c [Clause], reference: &str) -> Option<&'c Clause> {
    Names::of(all).named(reference)
}

/// What a reference begins with, as the text would name it: `表3` of `Table 3, row 2`.
fn beginning(reference: &str) -> Option<String> {
    let native = [
        ("table", "\u{8868}"),
        ("figure", "\u{56fe}"),
        ("annex", "\u{9644}\u{5f55}"),
        ("clause", ""),
        ("subclause", ""),
    ];
    let mut text = reference.trim().to_lowercase();
    for (foreign, own) in native {
        if let Some(rest) = text.strip_prefix(foreign) {
            text = format!("{own}{}", rest.trim_start());
            break;
        }
    }
    let text = text.strip_prefix('\u{7b2c}').unwrap_or(&text);
    let word: String = text.chars().take_while(|c| !c.is_ascii_alphanumeric()).collect();
    let rest = &text[word.len()..];
    let number: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let number = number.trim_end_matches('.');
    (!number.is_empty()).then(|| format!("{word}{number}"))
}

/// A reference without the words around it: ordinal marks, and what sort of part it is.
fn bare(folded: &str) -> &str {
    let inner = folded.strip_prefix('\u{7b2c}').unwrap_or(folded);
    inner.trim_end_matches(['\u{6761}', '\u{6b3e}', '\u{7ae0}', '\u{8282}', '.', ':'])
}

/// The clauses of the draft that is put to comment, if it was read by clause.
pub fn text_of(
    conn: &mut AnyConn,
    document: Option<DocumentId>,
) -> Result<Vec<Clause>, ActionError> {
    let Some(document) = document else { return Ok(Vec::new()) };
    Ok(text::kept(conn, document)?.map(|kept| kept.text.clauses).unwrap_or_default())
}

/// A proposed wording that is the present one, left in its box as it was, proposes nothing.
pub fn without_copy(mut row: CommentRow, names: &Names<'_>) -> CommentRow {
    let is_copy = |clause: &Clause| fold(&clause.plain()) == fold(&row.proposal);
    if !row.proposal.is_empty() && names.named(&row.clause).is_some_and(is_copy) {
        row.proposal.clear();
    }
    row
}

/// Notes at which clause of the draft a comment stands, with the words it is about; nothing for the whole text and unknown clauses.
pub fn note(
    tx: &mut Tx<'_, '_>,
    document: Option<DocumentId>,
    names: &Names<'_>,
    row: &CommentRow,
    quote: &str,
) -> Result<(), ActionError> {
    if let Some(place) = given(document, names, row, quote) {
        clauses::insert_places(tx.conn(), &[place])?;
    }
    Ok(())
}

/// The place that a comment names in the draft; none for the whole text and unknown clauses.
pub fn given(
    document: Option<DocumentId>,
    names: &Names<'_>,
    row: &CommentRow,
    quote: &str,
) -> Option<PlaceRow> {
    let (document, clause) = (document?, names.nearest(&row.clause)?);
    let quote = quote.trim();
    // Words that stand there more than once, or not at all, are kept as they were quoted, without a place among the others.
    let made = anchor::quoted(clause, quote)
        .unwrap_or_else(|| Anchor { quote: quote.to_owned(), ..anchor::anchor(clause, None) });
    Some(PlaceRow {
        comment_id: row.id,
        document_id: document,
        clause_key: made.key,
        quote: made.quote,
        quote_before: made.before,
        quote_after: made.after,
        fingerprint: made.fingerprint,
        fate: Fate::Given,
        decided_by: None,
        decided_at: None,
    })
}

/// The comments on a text that the actor may read: those of its own rounds by the clause they name, and those that followed from earlier ones.
pub fn placed(
    conn: &mut AnyConn,
    actor: &Actor,
    project: &ProjectRow,
    document: &DocumentRow,
    all: &[Clause],
) -> Result<Vec<Placed>, ActionError> {
    let noted: BTreeMap<CommentId, PlaceRow> = clauses::places_in(conn, document.id)?
        .into_iter()
        .map(|place| (place.comment_id, place))
        .collect();
    let inside = inside(project, actor);
    let me = actor.person().map(|person| person.person);
    let names = Names::of(all);
    let mut found = Vec::new();
    for round in rounds::of_project(conn, project.id)? {
        let here = round.document_id == Some(document.id);
        for comment in rounds::confirmed_comments(conn, round.id)? {
            let mine = me.is_some() && comment.person_id == me;
            let place = noted.get(&comment.id).cloned();
            if !(inside || mine || is_public(&comment)) || !(here || place.is_some()) {
                continue;
            }
            let key = match &place {
                Some(place) => place.clause_key.clone(),
                None => names.named(&comment.clause).map_or_else(String::new, |c| c.key.clone()),
            };
            found.push(Placed { comment, round: round.clone(), key, noted: place });
        }
    }
    Ok(found)
}

/// Whether somebody may read the comments of a project before their answers are published: who holds a seat in its committee, or has a
/// part in it. Everybody else reads comments and answers together, once they are out (domain rules, 3.8: 已公布处理结果).
pub fn reads_all(actor: &Actor, project: &ProjectRow) -> bool {
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    seated || actor.parties(&standing(project).owners).iter().any(|party| *party != Party::Anyone)
}

/// Whether everybody may read a comment: its answer is published, and nobody hid or took it back.
pub fn is_public(row: &CommentRow) -> bool {
    row.published_at.is_some()
        && row.hidden_reason.is_empty()
        && row.disposition != Some(Disposition::Withdrawn)
}

#[cfg(test)]
mod tests {
    use quanheng_domain::clause::ClauseKind;

    use super::*;

    fn clause(key: &str, number: &str, heading: &str) -> Clause {
        Clause {
            key: key.into(),
            kind: ClauseKind::Clause,
            number: number.into(),
            heading: heading.into(),
            level: 1,
            blocks: Vec::new(),
        }
    }

    #[test]
    fn a_reference_names_one_clause_or_none() {
        let all = [
            clause("5.2", "5.2", "计量性能"),
            clause("A", "附录A", "原始记录"),
            clause("表3", "表3", ""),
            clause("6", "6", "条件"),
            clause("6#2", "6", "方法"),
        ];
        for (reference, key) in [
            ("5.2", Some("5.2")),
            ("第5.2条", Some("5.2")),
            ("５．２", Some("5.2")),
            ("5.2 计量性能", Some("5.2")),
            ("附录 A", Some("A")),
            ("表 3", Some("表3")),
            ("6", Some("6")),
            ("方法", Some("6#2")),
            ("5.9", None),
            ("", None),
        ] {
            assert_eq!(named(&all, reference).map(|c| c.key.as_str()), key, "{reference}");
        }
        for (reference, key) in [
            ("5.2 a)", Some("5.2")),
            ("第5.2条第3段", Some("5.2")),
            ("Table 3", Some("表3")),
            ("表3第2行", Some("表3")),
            ("Annex A", Some("A")),
            ("第一章", None),
            ("5.9", None),
        ] {
            assert_eq!(
                Names::of(&all).nearest(reference).map(|c| c.key.as_str()),
                key,
                "{reference}"
            );
        }
    }
}
