//! What is mapped, what is asked, and what never happens.

use proptest::prelude::*;
use quanheng_domain::clause::Relation::{self, Moved, MovedReworded, New, Removed, Reworded, Same};

use super::*;
use crate::sample::{clause, formula, regulation, table};

/// The relation of the old clause of this key, with the key that it has now.
fn became(old: &[Clause], new: &[Clause], key: &str) -> (Relation, Option<String>, bool) {
    let link =
        map(old, new).into_iter().find(|link| link.old.is_some_and(|o| old[o].key == key)).unwrap();
    (link.relation, link.new.map(|n| new[n].key.clone()), link.sure)
}

fn renamed(text: &mut [Clause], from: &str, to: &str) {
    let found = text.iter_mut().find(|clause| clause.key == from).unwrap();
    (found.key, found.number) = (to.into(), to.into());
}

#[test]
fn a_clause_is_reworded_under_its_own_name() {
    let old = regulation();
    let mut new = regulation();
    new[10] = clause("5.1", "准确度等级", "按检定分度值和分度数，天平划分为特种、高和中三级。");
    assert_eq!(became(&old, &new, "5.1"), (Reworded, Some("5.1".into()), true));
    assert_eq!(became(&old, &new, "5.2"), (Same, Some("5.2".into()), true));
}

#[test]
fn inserting_a_chapter_moves_what_follows() {
    let old = regulation();
    let mut new = regulation();
    for at in (9..new.len()).filter(|at| old[*at].key.starts_with(['5', '6', '7'])) {
        let rest = old[at].key[1..].to_owned();
        let chapter: u32 = old[at].key[..1].parse().unwrap();
        new[at].key = format!("{}{rest}", chapter + 1);
    }
    new.insert(9, clause("5", "计量器具类别说明", "说明本规程所管的各类计量器具。"));
    for (key, now) in [("5", "6"), ("5.3", "6.3"), ("7.3.4", "8.3.4"), ("7.5", "8.5")] {
        assert_eq!(became(&old, &new, key), (Moved, Some(now.into()), true), "{key}");
    }
    assert_eq!(became(&old, &new, "表2"), (Same, Some("表2".into()), true));
    let added: Vec<Link> = map(&old, &new).into_iter().filter(|l| l.relation == New).collect();
    assert_eq!(added.len(), 1);
    assert!(added[0].sure && new[added[0].new.unwrap()].key == "5");
}

#[test]
fn a_clause_may_move_and_change_at_once() {
    let old = regulation();
    let mut new = regulation();
    let mut moved = new.remove(16);
    assert_eq!(moved.key, "6.2");
    (moved.key, moved.number) = ("5.4".into(), "5.4".into());
    moved.blocks = clause("", "", "开关机构应平稳，横梁摆动应自由，无卡滞现象。").blocks;
    new.insert(14, moved);
    assert_eq!(became(&old, &new, "6.2"), (MovedReworded, Some("5.4".into()), true));
}

#[test]
fn the_same_words_under_several_names_follow_their_parents() {
    let old = vec![
        clause("6", "甲类天平", "本章规定甲类天平。"),
        clause("6.1", "外观", "目视检查。"),
        clause("7", "乙类天平", "本章规定乙类天平。"),
        clause("7.1", "外观", "目视检查。"),
    ];
    let mut new = old.clone();
    for (at, key) in ["7", "7.1", "8", "8.1"].iter().enumerate() {
        new[at].key = (*key).into();
    }
    new.insert(0, clause("6", "丙类天平", "本章规定丙类天平。"));
    assert_eq!(became(&old, &new, "6.1"), (Moved, Some("7.1".into()), true));
    assert_eq!(became(&old, &new, "7.1"), (Moved, Some("8.1".into()), true));
}

#[test]
fn what_could_be_two_is_asked() {
    let words = "在规定的载荷下连续测量六次，取其最大值与最小值之差";
    let old = vec![clause("5.1", "", &format!("{words}作为结果。"))];
    let new = vec![
        clause("6.1", "", &format!("{words}作为甲结果。")),
        clause("6.2", "", &format!("{words}作为乙结果。")),
    ];
    let links = map(&old, &new);
    assert_eq!(
        links[0],
        Link { old: Some(0), new: None, relation: Removed, sure: false, rivals: vec![0, 1] }
    );
    assert!(links[1..].iter().all(|l| l.relation == New && !l.sure && l.rivals == [0]));
    // Two of the same words that went to two other places, with nothing to tell them apart.
    let twins = |keys: [&str; 2]| keys.map(|key| clause(key, "外观", "目视检查。"));
    let links = map(&twins(["5.1", "5.2"]), &twins(["6.1", "6.2"]));
    assert_eq!(links.len(), 4);
    assert!(links.iter().all(|link| !link.sure && link.rivals == [0, 1]));
}

#[test]
fn other_words_under_the_same_number_are_asked() {
    let old = vec![clause("5.1", "", "天平应置于稳固的台面。")];
    let new = vec![clause("5.1", "", "示值误差按附录计算。")];
    let links = map(&old, &new);
    assert!(links.iter().all(|link| !link.sure && link.rivals == [0]));
}

#[test]
fn a_container_follows_its_clauses() {
    let old = regulation();
    let mut new = regulation();
    new[17].heading = "管理".into();
    renamed(&mut new, "7", "8");
    for part in ["7.1", "7.2", "7.3", "7.3.1", "7.3.2", "7.3.3", "7.3.4", "7.3.5", "7.4", "7.5"] {
        renamed(&mut new, part, &part.replacen('7', "8", 1));
    }
    assert_eq!(became(&old, &new, "7"), (MovedReworded, Some("8".into()), true));
}

#[test]
fn a_table_stays_a_table() {
    let old = vec![table("表1", "误差", &["等级|误差", "特种|3"]), formula("式1", "E = I - m")];
    let mut new = old.clone();
    new[1] = formula("式1", "E = I - m + b");
    new.push(clause("5", "等级", "等级\t误差\n特种\t3"));
    assert_eq!(became(&old, &new, "表1").0, Same);
    assert_eq!(became(&old, &new, "式1"), (Reworded, Some("式1".into()), true));
    assert_eq!(map(&old[..1], &new[2..])[0].relation, Removed);
}

#[test]
fn people_decide_and_correct() {
    let twins = |keys: [&str; 2]| keys.map(|key| clause(key, "外观", "目视检查。"));
    let (old, new) = (twins(["5.1", "5.2"]), twins(["6.1", "6.2"]));
    let links = map(&old, &new);
    let first = Decision { old: Some(0), new: Some(1) };
    let now = decided(&old, &new, &links, &[first]);
    assert_eq!((now[0].new, now[0].relation, now[0].sure), (Some(1), Moved, true));
    assert_eq!((now[1].new, now[1].sure, &now[1].rivals[..]), (None, false, &[0][..]));
    let gone = Decision { old: Some(1), new: None };
    let now = decided(&old, &new, &links, &[first, gone]);
    assert!(now.iter().all(|link| link.sure && link.rivals.is_empty()));
    assert_eq!(now.last().unwrap().relation, New);
    // A correction takes the counterpart from whoever had it, and says so.
    let stolen = Decision { old: Some(1), new: Some(1) };
    let now = decided(&old, &new, &links, &[first, stolen]);
    assert_eq!((now[1].new, now[1].sure), (Some(1), true));
    assert_eq!((now[0].new, now[0].sure), (None, false));
    let nowhere = Decision { old: Some(9), new: Some(0) };
    assert_eq!(decided(&old, &new, &links, &[nowhere]), links);
}

const WORDS: [&str; 8] = [
    "天平应置于稳固台面",
    "示值误差不超过允许误差",
    "目视检查铭牌和涂层",
    "连续称量不少于六次",
    "检定周期不超过一年",
    "砝码应有有效证书",
    "温度波动应予记录",
    "横梁摆动应自由",
];

prop_compose! {
    fn any_text()(parts in prop::collection::vec(prop::collection::vec(0..8_usize, 0..4), 0..24)) -> Vec<Clause> {
        let sentence = |part: &Vec<usize>| part.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join("，");
        parts.iter().enumerate().map(|(at, part)| clause(&format!("{}.{}", at / 5 + 1, at % 5 + 1), "", &sentence(part))).collect()
    }
}

fn counted(links: &[Link], relation: Relation) -> usize {
    links.iter().filter(|link| link.relation == relation).count()
}

proptest! {
    #[test]
    fn a_text_is_itself(text in any_text()) {
        let links = map(&text, &text);
        prop_assert_eq!(links.len(), text.len());
        for (at, link) in links.iter().enumerate() {
            prop_assert_eq!((link.old, link.new, link.relation, link.sure), (Some(at), Some(at), Same, true));
        }
    }

    #[test]
    fn every_clause_stands_in_one_link_and_the_machine_is_steady(old in any_text(), new in any_text()) {
        let links = map(&old, &new);
        let mut olds: Vec<usize> = links.iter().filter_map(|link| link.old).collect();
        let mut news: Vec<usize> = links.iter().filter_map(|link| link.new).collect();
        news.sort_unstable();
        prop_assert!(olds.is_sorted());
        olds.dedup();
        prop_assert_eq!(olds, (0..old.len()).collect::<Vec<_>>());
        prop_assert_eq!(news, (0..new.len()).collect::<Vec<_>>());
        prop_assert_eq!(&links, &map(&old, &new));
        for link in &links {
            prop_assert_eq!(link.sure, link.rivals.is_empty());
            let told = match (link.old, link.new) {
                (Some(o), Some(n)) => relation(&old[o], &new[n]),
                (Some(_), None) => Removed,
                _ => New,
            };
            prop_assert_eq!(link.relation, told);
            prop_assert!(link.sure || link.old.is_none() || link.new.is_none());
        }
    }

    #[test]
    fn both_directions_tell_the_same(old in any_text(), new in any_text()) {
        let (there, back) = (map(&old, &new), map(&new, &old));
        for (one, other) in [(Same, Same), (Moved, Moved), (Reworded, Reworded), (MovedReworded, MovedReworded), (Removed, New), (New, Removed)] {
            prop_assert_eq!(counted(&there, one), counted(&back, other), "{}", one);
        }
        for link in there.iter().filter(|link| link.old.is_some() && link.new.is_some()) {
            prop_assert!(back.iter().any(|other| (other.old, other.new) == (link.new, link.old)));
        }
    }

    #[test]
    fn other_names_for_the_same_words_are_moves(order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let text = |keys: &[usize]| keys.iter().enumerate().map(|(at, key)| clause(&format!("{}", key + 1), "", &format!("{}{}", WORDS[at % 8], at * 7919))).collect::<Vec<_>>();
        let straight: Vec<usize> = (0..20).collect();
        let (old, new) = (text(&straight), text(&order));
        for (at, link) in map(&old, &new).iter().enumerate() {
            let wanted = if order[at] == at { Same } else { Moved };
            prop_assert_eq!((link.new, link.relation, link.sure), (Some(at), wanted, true));
        }
    }

    #[test]
    fn a_clause_that_was_taken_out_maps_to_nothing(at in 0..20_usize) {
        let distinct = |n: usize| format!("{}第{}款，编号{}。", WORDS[n % 8], n * 31 + 7, n * 7919);
        let old: Vec<Clause> = (0..20).map(|n| clause(&format!("4.{}", n + 1), "", &distinct(n))).collect();
        let mut new = old.clone();
        new.remove(at);
        let links = map(&old, &new);
        prop_assert_eq!(links.len(), 20);
        for (o, link) in links.iter().enumerate() {
            let wanted = if o == at { (None, Removed, true) } else { (Some(o - usize::from(o > at)), Same, true) };
            prop_assert_eq!((link.new, link.relation, link.sure), wanted);
        }
    }
}
