//! Every written form that was met, every refusal, and every number of the register's sources.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Parsed {
    SpecNumber::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
fn fault(text: &str) -> NumberError {
    match SpecNumber::parse(text) {
        Ok(parsed) => panic!("{text} reads as {}", parsed.number),
        Err(error) => error,
    }
}

#[test]
fn one_number_in_many_forms() {
    let plain = [
        "JJG 266-2018",
        "JJG266-2018",
        "jjg 266-2018",
        "ＪＪＧ　２６６－２０１８",
        "JJG 266—2018",
        "JJG 266–2018",
        "JJG 266 - 2018",
        "  JJG\u{a0}266 ‐ 2018 ",
        "J J G 2 6 6 - 2 0 1 8",
        "JJG 266−2018",
        "JJG_266-2018",
        "JJG+266-2018",
        "JJG-266-2018",
        "JJG 266－－2018",
        "\u{feff}JJG\u{200b} 266—— 2018",
        "JJG 266～2018",
    ];
    for text in plain {
        let parsed = read(text);
        assert_eq!(parsed.number.canonical(), "JJG 266-2018", "{text}");
        assert_eq!(parsed.warnings, [], "{text}");
    }
    let marked = [
        "JJG(铁道) 157-2004",
        "JJG（铁道）157—2004",
        "jjg (铁道)157-2004",
        "ＪＪＧ（铁 道）１５７－２００４",
        "JJG【铁道】157-2004",
        "JJG〔铁道〕 157-2004",
        "JJG[铁道]157-2004",
        "JJG-铁道-157-2004",
        "JJG (铁道) - 157-2004",
    ];
    for text in marked {
        let parsed = read(text);
        assert_eq!(parsed.number.canonical(), "JJG(铁道) 157-2004", "{text}");
        assert_eq!(parsed.warnings, [], "{text}");
    }
}

#[test]
fn what_had_to_be_assumed_is_told() {
    use NumberWarning::*;
    let table = [
        ("JJG(铁道157-2004", "JJG(铁道) 157-2004", BracketMissing),
        ("JJG铁道）157-2004", "JJG(铁道) 157-2004", BracketMissing),
        ("JJG 铁道 157-2004", "JJG(铁道) 157-2004", BracketMissing),
        ("JJG 41-90", "JJG 41-1990", TwoDigitYear { assumed: 1990 }),
        ("JJG 41-05", "JJG 41-2005", TwoDigitYear { assumed: 2005 }),
        ("JJG 266 2018", "JJG 266-2018", DashMissing),
        ("JJG 266一2018", "JJG 266-2018", DashMissing),
        ("JJG 266/2018", "JJG 266-2018", DashMissing),
        ("JJG266:2018", "JJG 266-2018", DashMissing),
        ("JJF(沪、苏、浙、皖)4002-2021", "JJF(沪苏浙皖) 4002-2021", MarkJoined),
        ("JJF(沪·苏·浙·皖)4002-2021", "JJF(沪苏浙皖) 4002-2021", MarkJoined),
        ("JJG(粤) 055-2019", "JJG(粤) 55-2019", LeadingZeros),
        ("JJG 164-2000 (部分)", "JJG 164-2000", Remark),
    ];
    for (text, wanted, warning) in table {
        let parsed = read(text);
        assert_eq!(parsed.number.canonical(), wanted, "{text}");
        assert_eq!(parsed.warnings, [warning], "{text}");
    }
    assert_eq!(read("JJG 517-2009（附录A）").remark.as_deref(), Some("附录A"));
    assert_eq!(read("JJG 266-2018《卧式金属罐容量》").remark.as_deref(), Some("卧式金属罐容量"));
    assert_eq!(read(" JJG（粤） 055—2019 ").printed, "JJG（粤） 055—2019");
}

#[test]
fn what_is_no_number_is_told_apart() {
    use NumberError::*;
    let other = |prefix: &str| OtherSeries { prefix: prefix.into() };
    let year = |text: &str| Year { text: text.into() };
    let table = [
        ("", Empty),
        ("  \u{3000} ", Empty),
        ("GB/T 27025-2019", other("GB/T")),
        ("OIML R 76-2006", other("OIMLR")),
        ("GJB 1-2000", other("GJB")),
        ("JJE 266-2018", other("JJE")),
        ("266-2018", NoSeries),
        ("电子天平检定规程", NoSeries),
        ("JJG", Sequence),
        ("JJG 0-2018", Sequence),
        ("JJG 1000000-2018", Sequence),
        ("JJG 1059.0-2012", Sequence),
        ("JJG x-2018", other("JJGX")),
        ("JJG 266", NoYear),
        ("JJG 266-", NoYear),
        ("JJG 266.2018", Sequence),
        ("JJG 266-201", year("201")),
        ("JJG 266-20188", year("20188")),
        ("JJG 266-1890", year("1890")),
        ("JJG 266-2100", year("2100")),
        ("JJG 1-4-1990", year("4")),
        ("JJG() 266-2018", Mark),
        ("JJG 34-2008;JJG 379-2009", Several),
        ("JJG 34-2008 and JJG 379-2009", Several),
        ("JJG 34-2008、379-2009", Several),
        ("JJG 34-2008和JJG 379-2009", Several),
        ("JJG 34-2008 JJG 379-2009", Several),
        ("JJG 34-2008(JJG 379-2009)", Several),
        ("JJG(京)/(津)/(冀)3001-2017", Several),
        ("JJG 266-2018 修改单", Trailing { text: "修改单".into() }),
        ("JJG 266-2018《卧式金属罐容量", Trailing { text: "(卧式金属罐容量".into() }),
        ("JJG 266-2018\0", Trailing { text: String::new() }),
    ];
    for (text, wanted) in table {
        assert_eq!(fault(text), wanted, "{text}");
    }
    assert_eq!(fault(&"J".repeat(1_000_000)), TooLong);
    assert_eq!(fault(&format!("JJG {}-2018", "9".repeat(100))), Sequence);
}

/// Every number of the collected register, replacement and plan data, one a line.
const NUMBERS: &str = include_str!("numbers.txt");

#[test]
fn every_number_that_was_met_can_be_read() {
    assert!(NUMBERS.lines().count() > 400);
    for text in NUMBERS.lines() {
        let parsed = read(text);
        let bare = text.split(" (").next().unwrap();
        let zeros = parsed.warnings.contains(&NumberWarning::LeadingZeros);
        assert!(zeros || parsed.number.canonical() == bare, "{text} reads as {}", parsed.number);
        assert_eq!(read(&parsed.number.print()).number, parsed.number, "{text}");
        assert_eq!(read(&parsed.number.url_segment()).number, parsed.number, "{text}");
    }
}

#[test]
fn forms_of_print_and_address() {
    let number = read("JJG(铁道) 157-2004").number;
    assert_eq!(number.print(), "JJG（铁道）157—2004");
    assert_eq!(number.url_segment(), "JJG-铁道-157-2004");
    let part = read("JJF 1059.1-2012").number;
    assert_eq!((part.sequence(), part.part()), (1059, Some(1)));
    assert_eq!(
        (part.canonical(), part.print()),
        ("JJF 1059.1-2012".into(), "JJF 1059.1—2012".into())
    );
    assert_eq!(part.url_segment(), "JJF-1059.1-2012");
}

#[test]
fn the_mark_tells_the_level() {
    let level = |text: &str| read(text).number.level();
    assert_eq!(level("JJG 266-2018"), Level::National);
    assert_eq!(level("JJG(铁道) 157-2004"), Level::Departmental);
    assert_eq!(level("JJF(苏) 107-2021"), Level::Provincial);
    assert_eq!(level("JJF(沪苏浙皖) 4002-2021"), Level::Regional);
    assert_eq!(level("JJG(军工) 1-1999"), Level::Defence);
}

#[test]
fn numbers_sort_by_kind_level_sequence_year() {
    let sorted = [
        "JJG 34-2008",
        "JJG 34-2022",
        "JJG 157-2008",
        "JJG 1182-2021",
        "JJG(航天) 35-1999",
        "JJG(铁道) 157-2004",
        "JJG(冀) 121-2015",
        "JJF 1002-2010",
        "JJF 1059-1999",
        "JJF 1059.1-2012",
        "JJF(苏) 107-2021",
        "JJF(沪苏浙皖) 4002-2021",
    ];
    let mut shuffled: Vec<_> = sorted.iter().rev().map(|text| read(text).number).collect();
    shuffled.sort();
    let found: Vec<_> = shuffled.iter().map(SpecNumber::canonical).collect();
    // Marks stand in the order of their characters; only their grouping is promised.
    assert_eq!(found[..4], sorted[..4]);
    assert_eq!(found[7..], sorted[7..]);
    shuffled.sort_by_key(SpecNumber::sort_key);
    assert_eq!(shuffled.iter().map(SpecNumber::canonical).collect::<Vec<_>>(), found);
}

#[test]
fn editions_of_one_text_differ_in_the_year_alone() {
    let number = |text: &str| read(text).number;
    assert!(number("JJG 34-2008").same_text(&number("JJG 34-2022")));
    assert!(!number("JJG 157-2004").same_text(&number("JJG(铁道) 157-2004")));
    assert_ne!(number("JJG 157-2004"), number("JJG(铁道) 157-2004"));
    let json = serde_json::to_string(&number("JJG(铁道) 157-2004")).unwrap();
    assert_eq!(json, "\"JJG(铁道) 157-2004\"");
    assert_eq!(serde_json::from_str::<SpecNumber>(&json).unwrap(), number("JJG（铁道）157-2004"));
}

fn any_number() -> impl Strategy<Value = SpecNumber> {
    (
        prop::sample::select(Series::ALL),
        prop::option::of(prop::sample::select(vec![
            "铁道",
            "交通",
            "苏",
            "沪",
            "沪苏浙皖",
            "军工",
            "QX",
        ])),
        1_u32..=LARGEST_SEQUENCE,
        prop::option::of(1_u32..=LARGEST_PART),
        FIRST_YEAR..=LAST_YEAR,
    )
        .prop_map(|(series, mark, sequence, part, year)| {
            SpecNumber::new(series, mark, sequence, part, year).unwrap()
        })
}

proptest! {
    #[test]
    fn every_form_of_a_number_reads_back(number in any_number()) {
        for text in [number.canonical(), number.print(), number.url_segment(), number.canonical().to_lowercase()] {
            let read = SpecNumber::parse(&text);
            prop_assert_eq!(read.as_ref().map(|parsed| &parsed.number), Ok(&number), "{}", text);
            prop_assert_eq!(read.unwrap().warnings, vec![]);
        }
    }

    #[test]
    fn spaces_and_widths_change_nothing(number in any_number(), at in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let mut text: Vec<char> = number.canonical().chars().collect();
        for index in at {
            text.insert(index.index(text.len() + 1), '\u{3000}');
        }
        let wide: String = text.iter().map(|letter| match letter {
            '!'..='~' => char::from_u32(u32::from(*letter) + 0xfee0).unwrap(),
            other => *other,
        }).collect();
        prop_assert_eq!(SpecNumber::parse(&wide).map(|parsed| parsed.number), Ok(number));
    }

    #[test]
    fn the_two_orders_agree(left in any_number(), right in any_number()) {
        prop_assert_eq!(left.cmp(&right), left.sort_key().cmp(&right.sort_key()));
    }

    #[test]
    fn nothing_that_is_typed_makes_it_fall(text in "\\PC{0,40}", tail in "(JJG|jjf)[（( ]?.{0,20}") {
        for text in [text, tail] {
            if let Ok(parsed) = SpecNumber::parse(&text) {
                prop_assert_eq!(SpecNumber::parse(&parsed.number.canonical()).unwrap().number, parsed.number);
            }
        }
    }
}
