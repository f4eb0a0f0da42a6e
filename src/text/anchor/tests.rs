//! Anchors are followed where that is certain, and asked about where it is not.

use proptest::prelude::*;

use super::*;
use crate::{
    map::map,
    sample::{clause, regulation},
};

fn followed(anchor: &Anchor, old: &[Clause], new: &[Clause]) -> Followed {
    follow(anchor, old, new, &map(old, new))
}

fn at(text: &[Clause], key: &str) -> usize {
    text.iter().position(|clause| clause.key == key).unwrap()
}

#[test]
fn nothing_changed() {
    let text = regulation();
    let to = at(&text, "6.1");
    let on = quoted(&text[to], "涂层应无脱落").unwrap();
    assert_eq!(followed(&on, &text, &text), Followed::Same { to });
    assert_eq!((on.before.as_str(), on.after.as_str()), ("铭牌信息应完整，", "。"));
}

#[test]
fn the_words_are_found_again_in_a_reworded_clause() {
    let old = regulation();
    let mut new = regulation();
    let to = at(&new, "6.1");
    new[to] = clause("6.1", "外观要求", "铭牌信息应完整清晰，涂层应无脱落和锈蚀。");
    let on = quoted(&old[to], "涂层应无脱落").unwrap();
    let Followed::Changed { to: there, found_quote: Some(range) } = followed(&on, &old, &new)
    else {
        panic!("not found")
    };
    assert_eq!((there, &new[to].plain()[range]), (to, "涂层应无脱落"));
    let whole = anchor(&old[to], None);
    assert_eq!(followed(&whole, &old, &new), Followed::Changed { to, found_quote: None });
    let gone = quoted(&old[to], "完整，涂层").unwrap();
    assert_eq!(followed(&gone, &old, &new), Followed::Changed { to, found_quote: None });
}

#[test]
fn words_that_stand_twice_need_their_context() {
    let old = vec![clause("5", "", "甲类不超过 1 年；乙类不超过 2 年。")];
    assert_eq!(quoted(&old[0], "不超过"), None);
    let second = old[0].plain().rfind("不超过").unwrap();
    let on = anchor(&old[0], Some(second..second + "不超过".len()));
    let new = vec![clause("5", "", "按类规定：甲类不超过 1 年；乙类不超过 2 年。")];
    let Followed::Changed { found_quote: Some(range), .. } = followed(&on, &old, &new) else {
        panic!("not found")
    };
    assert_eq!(range.start, new[0].plain().rfind("不超过").unwrap());
    let new = vec![clause("5", "", "甲类不超过 3 年；丙类不超过 4 年，并不超过规定次数。")];
    assert!(matches!(
        followed(&on, &old, &new),
        Followed::Changed { found_quote: None, .. } | Followed::Ask { .. }
    ));
}

#[test]
fn a_clause_that_is_gone_is_said_to_be_gone() {
    let old = regulation();
    let mut new = regulation();
    new.remove(at(&old, "7.5"));
    let on = anchor(&old[at(&old, "7.5")], None);
    assert_eq!(followed(&on, &old, &new), Followed::Removed);
}

#[test]
fn words_that_went_into_another_clause_are_asked_about() {
    let old = regulation();
    let mut new = regulation();
    new.remove(at(&old, "7.5"));
    let to = at(&new, "7.4");
    new[to] = clause(
        "7.4",
        "检定结果的处理",
        "检定合格的发给检定证书，不合格的发给检定结果通知书。检定周期一般不超过 1 年。",
    );
    let on = quoted(&old[at(&old, "7.5")], "检定周期一般不超过").unwrap();
    assert_eq!(followed(&on, &old, &new), Followed::Ask { rivals: vec![to] });
}

#[test]
fn an_anchor_of_another_version_is_not_guessed() {
    let old = regulation();
    let strange = Anchor { key: "6.1".into(), fingerprint: "0".into(), ..Anchor::default() };
    assert_eq!(followed(&strange, &old, &old), Followed::Ask { rivals: Vec::new() });
    let renumbered = Anchor { key: "9.9".into(), ..anchor(&old[at(&old, "6.1")], None) };
    assert_eq!(followed(&renumbered, &old, &old), Followed::Moved { to: at(&old, "6.1") });
}

#[test]
fn a_range_that_cuts_a_character_is_the_whole_clause() {
    let text = clause("5", "", "天平");
    assert_eq!(anchor(&text, Some(1..2)).quote, "");
    assert_eq!(anchor(&text, Some(0..99)).quote, "");
    assert_eq!(anchor(&text, Some(0..3)).quote, "天");
}

proptest! {
    #[test]
    fn an_anchor_on_an_unchanged_clause_stays(at in 0..31_usize, dropped in 0..31_usize) {
        let old = regulation();
        let mut new = regulation();
        let gone = new.remove(dropped);
        let on = anchor(&old[at], None);
        match followed(&on, &old, &new) {
            Followed::Same { to } => prop_assert_eq!(&new[to], &old[at]),
            Followed::Removed => prop_assert_eq!(&gone, &old[at]),
            // A sub-clause of the same heading may stand elsewhere.
            Followed::Ask { .. } => prop_assert_eq!(&gone, &old[at]),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn found_words_are_the_quoted_words(words in "[甲乙丙。]{4,30}", from in 0..4_usize, long in 1..6_usize, more in "[甲乙丙。]{0,8}") {
        let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        let range = ends[from]..ends[(from + long).min(ends.len() - 1)];
        let old = [clause("5", "", &words)];
        let new = [clause("5", "", &format!("{more}{words}"))];
        let on = anchor(&old[0], Some(range.clone()));
        if let Some(found) = find(&on, &new[0].plain()) {
            prop_assert_eq!(&new[0].plain()[found], &words[range]);
        }
    }
}
