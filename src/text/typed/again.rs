//! Doubts about the order of the numbers after a part of a text was corrected: a clause by itself does not tell what stands before it.

use std::collections::HashMap;

use quanheng_domain::clause::{Clause, ClauseText, Doubt, DoubtKind};

use super::{read_typed, write_typed};

/// The text with its numbers judged as they stand in the whole. A doubt about a clause that nobody touched comes back only if it was there:
/// somebody may have said that the place is right.
pub fn judged_again(was: &ClauseText, now: ClauseText) -> ClauseText {
    let counted = |doubt: &Doubt| matches!(doubt.kind, DoubtKind::Gap | DoubtKind::Twice);
    let whole = read_typed(&write_typed(&now));
    let before: HashMap<&str, &Clause> = by_key(was);
    let after: HashMap<&str, &Clause> = by_key(&now);
    let touched = |key: &str| before.get(key) != after.get(key);
    let stood = |one: &Doubt| was.doubts.iter().any(|old| old.at == one.at && old.kind == one.kind);
    let mut doubts: Vec<Doubt> = now.doubts.iter().filter(|one| !counted(one)).cloned().collect();
    let found = whole.doubts.into_iter().filter(|one| counted(one));
    doubts.extend(found.filter(|one| touched(&one.at) || stood(one)));
    let place: HashMap<&str, usize> =
        now.clauses.iter().enumerate().map(|(at, clause)| (clause.key.as_str(), at)).collect();
    doubts.sort_by_key(|doubt| place.get(doubt.at.as_str()).copied());
    ClauseText { doubts, ..now }
}

fn by_key(text: &ClauseText) -> HashMap<&str, &Clause> {
    text.clauses.iter().map(|clause| (clause.key.as_str(), clause)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "1 范围\n甲。\n2 方法\n2.1 外观\n乙。\n2.2 计算\n丙。\n2.2 记录\n丁。\n";

    fn kinds(text: &ClauseText) -> Vec<(&str, DoubtKind)> {
        text.doubts.iter().map(|doubt| (doubt.at.as_str(), doubt.kind)).collect()
    }

    fn corrected(was: &ClauseText, key: &str, words: &str) -> ClauseText {
        let text = quanheng_domain::draft::with_clause(was, key, read_typed(words)).unwrap();
        judged_again(was, text)
    }

    #[test]
    fn a_number_that_was_put_right_leaves_no_doubt_and_one_that_is_wrong_leaves_its_own() {
        let was = read_typed(TEXT);
        let twice = was.doubts.iter().find(|doubt| doubt.kind == DoubtKind::Twice).unwrap();
        let at = twice.at.clone();
        let right = corrected(&was, &at, "2.3 记录\n丁。\n");
        assert!(!right.doubts.iter().any(|doubt| doubt.at == "2.3"), "{:?}", right.doubts);
        assert!(!kinds(&right).iter().any(|(_, kind)| *kind == DoubtKind::Twice));
        let wrong = corrected(&was, &at, "2.5 记录\n丁。\n");
        assert!(kinds(&wrong).contains(&("2.5", DoubtKind::Gap)), "{:?}", wrong.doubts);
        // Another clause does not stir up what somebody has said to be right.
        let said = ClauseText { doubts: Vec::new(), ..was.clone() };
        assert_eq!(kinds(&corrected(&said, "1", "1 范围\n改过。\n")), []);
    }
}
