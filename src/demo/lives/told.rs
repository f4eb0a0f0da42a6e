//! The lives themselves. A day is either a step of the sources or marked as made.

use quanheng_domain::{specification::Category, stage::Stage};

use super::{
    Begin, Examined, Life,
    When::{Listed, Made, Step},
};

const REG: Category = Category::VerificationRegulation;
const CAL: Category = Category::CalibrationSpecification;

/// A life of which nothing is told yet.
const BLANK: Life = Life {
    chain: "",
    committee: "",
    number: "",
    category: REG,
    title: "",
    begin: Begin::Examined,
    base: &[],
    replaces: "",
    plan: None,
    comments: Made(2000, 1, 1),
    again: None,
    review: Made(2000, 1, 1),
    issue: Err((Stage::Published, 0)),
    examined: &[],
    note: "",
};

/// Every life that is told, in the order in which they began.
pub const LIVES: [Life; 13] = [
    Life {
        chain: "C20",
        committee: "mtc5",
        number: "JJG 173-2003",
        title: "信号发生器",
        begin: Begin::Revising("JJG 173-1986", 2001, 10, 8),
        base: &[
            "JJG 173-1986",
            "JJG 174-1985",
            "JJG 324-1983",
            "JJG 325-1983",
            "JJG 339-1983",
            "JJG 438-1986",
        ],
        replaces: "JJG 173-1986\nJJG 174-1985\nJJG 324-1983\nJJG 325-1983\nJJG 339-1983\nJJG 438-1986",
        comments: Made(2002, 8, 5),
        review: Made(2003, 4, 15),
        issue: Ok((Step(1), Listed(2004, 5, 24))),
        examined: &[
            Examined::After(40, "confirmed"),
            Examined::After(35, "confirmed"),
            Examined::Became("JJF 1931-2021"),
        ],
        ..BLANK
    },
    Life {
        chain: "C20",
        committee: "mtc5",
        number: "JJF 1931-2021",
        category: CAL,
        title: "信号发生器校准规范",
        replaces: "JJG 173-2003",
        comments: Made(2020, 11, 9),
        review: Made(2021, 5, 18),
        issue: Ok((Step(2), Step(3))),
        ..BLANK
    },
    Life {
        chain: "C17",
        committee: "mtc20",
        number: "JJG 464-2011",
        title: "半自动生化分析仪",
        begin: Begin::Revising("JJG 464-1996", 2009, 9, 7),
        base: &["JJG 464-1996"],
        replaces: "JJG 464-1996",
        comments: Made(2010, 8, 2),
        review: Made(2011, 3, 22),
        issue: Ok((Step(1), Step(2))),
        examined: &[Examined::On(3, "confirmed"), Examined::After(30, "confirmed")],
        ..BLANK
    },
    Life {
        chain: "C12",
        committee: "chemistry",
        number: "JJG 993-2018",
        title: "电动通风干湿表检定规程",
        begin: Begin::Made(2014, 3, 3),
        comments: Made(2015, 3, 9),
        review: Step(1),
        issue: Ok((Made(2018, 6, 25), Made(2018, 12, 25))),
        examined: &[Examined::After(30, "confirmed")],
        note: "发布日期和实施日期为演示推定，公开资料只载编号年份。",
        ..BLANK
    },
    Life {
        chain: "C04",
        committee: "liquid",
        number: "JJG 162-2019",
        title: "饮用冷水水表",
        begin: Begin::Revising("JJG 162-2009", 2014, 10, 8),
        base: &["JJG 162-2007", "JJG 162-2009"],
        replaces: "JJG 162-2009",
        comments: Made(2015, 10, 12),
        again: Some(Step(1)),
        review: Step(2),
        issue: Ok((Step(3), Step(4))),
        examined: &[Examined::After(25, "confirmed")],
        ..BLANK
    },
    Life {
        chain: "C18",
        committee: "belt",
        number: "JJG 195-2019",
        title: "连续累计自动衡器(皮带秤)",
        begin: Begin::Revising("JJG 195-2002", 2016, 9, 5),
        base: &["JJG 195-2002"],
        replaces: "JJG 195-2002",
        comments: Made(2017, 9, 4),
        review: Made(2018, 6, 12),
        issue: Ok((Made(2019, 12, 31), Step(4))),
        examined: &[Examined::After(28, "confirmed")],
        note: "发布日为演示推定，公开资料载发布年份和实施日期。",
        ..BLANK
    },
    Life {
        chain: "C18",
        committee: "belt",
        number: "JJF 1791-2019",
        category: Category::TypeEvaluation,
        title: "连续累计自动衡器(皮带秤)型式评价大纲",
        begin: Begin::Made(2016, 9, 6),
        replaces: "JJG 195-2002 部分",
        comments: Made(2017, 9, 4),
        review: Made(2018, 6, 13),
        issue: Ok((Step(3), Step(4))),
        examined: &[Examined::After(28, "confirmed")],
        ..BLANK
    },
    Life {
        chain: "C19",
        committee: "pressure",
        number: "JJG 882-2019",
        title: "压力变送器",
        begin: Begin::Revising("JJG 882-2004", 2016, 10, 10),
        base: &["JJG 882-1994", "JJG 882-2004"],
        replaces: "JJG 882-2004",
        comments: Made(2017, 10, 16),
        review: Made(2018, 9, 5),
        issue: Ok((Step(3), Step(4))),
        examined: &[Examined::Revised(Stage::Drafting, 60)],
        ..BLANK
    },
    Life {
        chain: "C02",
        committee: "geometry",
        number: "JJG 34-2022",
        title: "指示表检定规程",
        begin: Begin::Revising("JJG 34-2008", 2016, 11, 7),
        base: &["JJG 34-1984", "JJG 34-1996", "JJG 34-2008", "JJG 379-2009"],
        replaces: "JJG 34-2008\nJJG 379-2009",
        comments: Made(2017, 11, 13),
        review: Step(1),
        issue: Ok((Step(2), Step(3))),
        ..BLANK
    },
    Life {
        chain: "C05",
        committee: "mtc13",
        number: "JJG 1182-2021",
        title: "20 Hz~1 kHz矢量水听器检定规程",
        begin: Begin::Made(2018, 10, 8),
        comments: Made(2019, 11, 4),
        review: Step(1),
        issue: Ok((Step(2), Step(3))),
        ..BLANK
    },
    Life {
        chain: "C01",
        committee: "mtc5",
        number: "JJF 2092-2024",
        category: CAL,
        title: "射频与微波衰减器校准规范",
        begin: Begin::Revising("JJG 387-2005", 2019, 9, 2),
        base: &["JJG 322-1983", "JJG 387-2005"],
        replaces: "JJG 387-2005\nJJG 322-1983",
        comments: Step(1),
        review: Made(2022, 5, 17),
        issue: Ok((Step(2), Made(2024, 8, 7))),
        note: "实施日期为演示推定，公开资料未载。",
        ..BLANK
    },
    Life {
        chain: "C10",
        committee: "mtc3",
        title: "膜式燃气表检定规程",
        begin: Begin::Revising("JJG 577-2012", 2022, 12, 5),
        base: &["JJG 577-2012"],
        replaces: "JJG 577-2012",
        plan: Some(("市监计量发〔2023〕56号", Made(2023, 6, 12))),
        comments: Made(2024, 9, 9),
        review: Made(2025, 4, 22),
        issue: Err((Stage::DossierReceived, 9)),
        ..BLANK
    },
    Life {
        chain: "C16",
        committee: "mtc20",
        category: CAL,
        title: "环氧乙烷灭菌设备校准规范",
        begin: Begin::Made(2023, 2, 6),
        comments: Made(2024, 3, 11),
        review: Step(2),
        issue: Err((Stage::Numbered, 2)),
        ..BLANK
    },
];
