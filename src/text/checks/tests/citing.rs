//! Cited numbers.

use super::*;

fn numbers(sentence: &str) -> Vec<String> {
    citations(&[clause("5", "", sentence)]).into_iter().map(|c| c.number).collect()
}

#[test]
fn numbers_are_found_in_any_written_form() {
    let table: [(&str, &[&str]); 16] = [
        ("按 JJG 99—2022《砝码》进行。", &["JJG 99-2022"]),
        ("按ＪＪＧ　９９－２０２２进行", &["JJG 99-2022"]),
        ("见JJG（铁道）157—2004。", &["JJG(铁道) 157-2004"]),
        (
            "JJF 1059.1-2012、JJF 1001—2011和JJG 34-2008",
            &["JJF 1059.1-2012", "JJF 1001-2011", "JJG 34-2008"],
        ),
        ("按 JJG 99 的规定", &["JJG 99"]),
        ("按 JJG 99 称量 20 次", &["JJG 99"]),
        ("JJG 99 20 次", &["JJG 99"]),
        ("符合 GB/T 27025-2019 和 GB 3100—1993", &["GB/T 27025-2019", "GB 3100-1993"]),
        ("ISO/IEC 17025:2017、OIML R 76", &["ISO/IEC 17025:2017", "OIML R 76"]),
        ("IEC 60068-2-1", &["IEC 60068-2-1"]),
        ("OIML R111-1", &["OIML R 111-1"]),
        ("JJGX 99-2022 和 XJJG 99-2022", &[]),
        ("GBT 27025", &[]),
        ("JJG 41-90", &["JJG 41-1990"]),
        ("由 JJG 98-2006修订", &["JJG 98-2006"]),
        ("JJF(沪苏浙皖) 4002-2021", &["JJF(沪苏浙皖) 4002-2021"]),
    ];
    for (sentence, wanted) in table {
        assert_eq!(numbers(sentence), wanted, "{sentence}");
    }
    let found = citations(&[clause("5", "", "按 ＪＪＧ 99—2022 进行")]);
    assert_eq!((found[0].words.as_str(), found[0].year), ("ＪＪＧ 99—2022", Some(2022)));
}

#[test]
fn list_and_text_have_to_agree() {
    let text = |list: &str, words: &str| {
        vec![clause("2", "引用文件", list), clause("5", "计量性能要求", words)]
    };
    let rules = |text: &[Clause]| -> Vec<(CheckKind, String)> {
        super::cited::check(&Outline::new(text), &in_force())
            .into_iter()
            .map(|finding| (finding.rule, finding.at))
            .collect()
    };
    use CheckKind::*;
    let list = "JJG 99—2022 砝码";
    type Wanted = &'static [(CheckKind, &'static str)];
    let table: [(&str, &str, Wanted); 8] = [
        (list, "按 JJG 99—2022。", &[]),
        (list, "按 JJG 99。", &[(CitedUndated, "5")]),
        (list, "按 JJG 99—2006。", &[(CitedUnknown, "5"), (CitedOtherYear, "5")]),
        (list, "按 JJF 1001—2011。", &[(CitedNotListed, "5"), (ListedNotCited, "2")]),
        (list, "无。", &[(ListedNotCited, "2")]),
        ("JJG 99—2022\nJJG 99—2022", "按 JJG 99—2022。", &[(ListedTwice, "2")]),
        ("GB/T 27025", "按 GB/T 27025—2019。", &[(CitedOtherYear, "5")]),
        ("GB/T 27025", "按 GB/T 27025。", &[]),
    ];
    for (list, words, wanted) in table {
        let wanted: Vec<(CheckKind, String)> =
            wanted.iter().map(|(rule, at)| (*rule, (*at).to_owned())).collect();
        assert_eq!(rules(&text(list, words)), wanted, "{list} {words}");
    }
}

#[test]
fn what_became_of_a_cited_text_is_told() {
    let known = Register(HashMap::from([
        ("JJG 1-2000", Standing::Replaced { by: "JJG 1-2020".into() }),
        ("JJG 2-2000", Standing::Abolished),
        ("JJG 3-2030", Standing::NotYet),
        ("JJG 4-2000", Standing::Unknown),
        ("GB/T 5-2000", Standing::Abolished),
    ]));
    let list =
        "JJG 1—2000\nJJG 2—2000\nJJG 3—2030\nJJG 4—2000\nGB/T 5—2000\nGB/T 6—2000\nJJG 7—2000";
    let text = [
        clause("引言", "引言", "代替 JJG 2—2000。"),
        clause("2", "引用文件", list),
        clause("5", "", &list.replace('\n', "，")),
    ];
    let found = check(Calibration, &text, &known);
    let told: Vec<(CheckKind, &str, &str)> = found
        .iter()
        .filter(|f| f.rule.key().starts_with("cited"))
        .map(|f| (f.rule, f.at.as_str(), f.args["number"].as_str()))
        .collect();
    use CheckKind::*;
    assert_eq!(
        told,
        [
            (CitedReplaced, "2", "JJG 1-2000"),
            (CitedAbolished, "2", "JJG 2-2000"),
            (CitedNotYet, "2", "JJG 3-2030"),
            (CitedUnknown, "2", "JJG 4-2000"),
            (CitedAbolished, "2", "GB/T 5-2000"),
            (CitedUnknown, "2", "JJG 7-2000"),
        ]
    );
    assert_eq!(found.iter().find(|f| f.rule == CitedReplaced).unwrap().args["by"], "JJG 1-2020");
}
