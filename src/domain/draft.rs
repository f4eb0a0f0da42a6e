//! What becomes of the text of a draft: how it was read, how the clauses of two versions belong together, and where comments stand in a later version.

use std::collections::BTreeSet;

use crate::{
    clause::{Clause, ClauseText, Doubt},
    keyed,
};

keyed! {
    /// How the clauses of a document came to be. A frozen document's clauses no longer change, whatever their state.
    TextState as "text state" {
        /// Read out of the file by the machine; nobody has looked at it yet.
        Read = "read",
        /// Looked through and corrected by a person.
        Corrected = "corrected",
        /// Typed clause by clause; there is no other file.
        Typed = "typed",
        /// The file cannot be read; it is a document without clauses, and comments name the page.
        Unreadable = "unreadable",
    }
}

keyed! {
    /// Why the clauses of a file could not be read. The file is kept all the same.
    TextFault as "text fault" {
        /// Locked with a password.
        Password = "password",
        /// Damaged.
        Broken = "broken",
        /// More text than is read, or a file that unpacks to more than is allowed.
        TooLarge = "too_large",
        /// Neither Word, PDF nor plain text.
        OtherFormat = "other_format",
        /// The file holds no words.
        Empty = "empty",
    }
}

keyed! {
    /// What became of the place of a comment in a version of the text.
    Fate as "fate" {
        /// Where its author put it.
        Given = "given",
        /// The clause stands as it stood.
        Same = "same",
        /// The clause has another number now.
        Moved = "moved",
        /// The clause's words changed.
        Changed = "changed",
        /// The clause is gone; the comment stays at the whole text.
        Removed = "removed",
        /// It is not certain; a person decides.
        Ask = "ask",
    }
}

/// The text with one clause replaced by what was typed for it, which may be several clauses or none; nothing for a name that no clause has.
///
/// What was typed alone stands at the depth of the clause that it replaces. Doubts about other clauses stay.
pub fn with_clause(text: &ClauseText, key: &str, typed: ClauseText) -> Option<ClauseText> {
    let at = text.clauses.iter().position(|clause| clause.key == key)?;
    let was = text.clauses[at].level;
    let base = typed.clauses.first().map_or(was, |first| first.level);
    let deeper = |clause: Clause| {
        let level = clause.level.saturating_sub(base).saturating_add(was).max(1);
        Clause { level, ..clause }
    };
    let mut clauses = text.clauses.clone();
    clauses.splice(at..=at, typed.clauses.into_iter().map(deeper));
    distinct(&mut clauses);
    let keys: BTreeSet<&str> = clauses.iter().map(|clause| clause.key.as_str()).collect();
    let stays = |doubt: &&Doubt| doubt.at != key && keys.contains(doubt.at.as_str());
    let mut doubts: Vec<Doubt> = text.doubts.iter().filter(stays).cloned().collect();
    doubts.extend(typed.doubts.into_iter().filter(|doubt| keys.contains(doubt.at.as_str())));
    Some(ClauseText { clauses, doubts, margin: text.margin.clone() })
}

/// Gives every clause a name of its own: a second one of the same name ends in `#2`.
pub fn distinct(clauses: &mut [Clause]) {
    let mut taken = BTreeSet::new();
    for clause in clauses {
        let bare = clause.key.split('#').next().unwrap_or_default().to_owned();
        let mut key = clause.key.clone();
        let mut count = 2;
        while !taken.insert(key.clone()) {
            key = format!("{bare}#{count}");
            count += 1;
        }
        clause.key = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::{Block, ClauseKind, DoubtKind};

    fn clause(key: &str, level: u8) -> Clause {
        Clause {
            key: key.into(),
            kind: ClauseKind::Clause,
            number: key.into(),
            heading: format!("标题{key}"),
            level,
            blocks: vec![Block::Words { text: "内容。".into() }],
        }
    }

    fn text(clauses: Vec<Clause>) -> ClauseText {
        ClauseText { clauses, ..ClauseText::default() }
    }

    #[test]
    fn one_clause_becomes_two_at_its_own_depth_and_the_others_stay() {
        let mut before = text(vec![clause("5", 1), clause("5.1", 2), clause("6", 1)]);
        let doubt = |at: &str| Doubt { at: at.into(), kind: DoubtKind::Gap, words: "6".into() };
        before.doubts = vec![doubt("5.1"), doubt("6")];
        let after =
            with_clause(&before, "5.1", text(vec![clause("5.1", 1), clause("5.2", 1)])).unwrap();
        let shape: Vec<(&str, u8)> =
            after.clauses.iter().map(|clause| (clause.key.as_str(), clause.level)).collect();
        assert_eq!(shape, [("5", 1), ("5.1", 2), ("5.2", 2), ("6", 1)]);
        assert_eq!(after.doubts, [doubt("6")]);
        assert_eq!(with_clause(&before, "7", text(Vec::new())), None);
    }

    #[test]
    fn a_number_that_is_there_already_gets_a_name_of_its_own() {
        let before = text(vec![clause("5", 1), clause("6", 1)]);
        let after = with_clause(&before, "6", text(vec![clause("5", 1)])).unwrap();
        let keys: Vec<&str> = after.clauses.iter().map(|clause| clause.key.as_str()).collect();
        assert_eq!(keys, ["5", "5#2"]);
    }
}
