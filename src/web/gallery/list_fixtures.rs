//! Invented pages: the catalogue and the board.

use serde_json::json;

use super::fixtures::{Fixture, due};
use super::{merged, value};
use crate::views::*;

pub(super) fn catalogue() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}目录{{/inline}}
{{> partials/page-head head}}{{> partials/filters filters}}
<div class="split side-first"><aside>{{> partials/facets facets}}</aside><div class="stack">{{> partials/validity validity}}{{> partials/validity stopped}}{{> partials/table table}}{{> partials/pager pager}}</div></div>{{/layouts/page}}"#;
    let mut head = PageHead::new(Text::said("nav-specifications"));
    head.lead = Some(
        "国家、部门与地方计量技术规范。可按某一天的效力状态查询：当天哪些现行、哪些已被代替。"
            .into(),
    );
    let option = |text: &str, count, chosen| FacetOption {
        text: text.into(),
        count,
        href: "?kind=x".to_owned(),
        chosen,
    };
    let facets = vec![
        Facet {
            title: "类别".into(),
            options: vec![
                option("检定规程 JJG", 862, true),
                option("校准规范 JJF", 1204, false),
                option("检定系统表", 95, false),
                option("型式评价大纲", 148, false),
            ],
        },
        Facet {
            title: "效力".into(),
            options: vec![
                option("现行", 1930, true),
                option("即将实施", 41, false),
                option("已被代替", 713, false),
                option("废止", 96, false),
            ],
        },
    ];
    let kind = Field::new(FieldKind::Select, "kind", "类别")
        .choice("", "全部")
        .choice("JJG", "检定规程 JJG")
        .value("JJG");
    let filters = Filters {
        action: "/specifications".to_owned(),
        fields: vec![
            Field::new(FieldKind::Search, "q", "编号或名称").value("流量"),
            kind,
            Field::new(FieldKind::Date, "on", "按此日效力").value("2026-03-17"),
        ],
        chosen: vec![
            Chosen { text: "检定规程 JJG".into(), href: "?".to_owned() },
            Chosen { text: "现行".into(), href: "?".to_owned() },
        ],
        clear_href: Some("/specifications".to_owned()),
        total: "共 38 项".into(),
    };
    let row = |number: &str, title: &str, pill: Pill, tone| Row {
        cells: vec![
            Cell {
                code: Some(number.to_owned()),
                text: Some(title.into()),
                href: Some("/s".to_owned()),
                note: Some("代替 JJG 1030-2007".into()),
                ..Cell::default()
            },
            Cell::pill(pill),
            Cell::text("2026年9月2日"),
            Cell::link("/committees/MTC18", "MTC18"),
        ],
        tone,
        id: None,
    };
    let mut columns = vec![
        Column::new("编号与名称"),
        Column::new("效力"),
        Column::new("实施日期"),
        Column::new("归口"),
    ];
    columns[0].sort_href = Some("?sort=number".to_owned());
    columns[0].sorted = Some("ascending");
    let table = Table {
        caption: "检索结果".into(),
        caption_hidden: true,
        columns,
        rows: vec![
            row(
                "JJG 1030-2026",
                "超声流量计检定规程",
                Pill::new("即将实施", Tone::Info),
                Tone::Plain,
            ),
            row("JJG 1037-2008", "涡轮流量计检定规程", Pill::new("现行", Tone::Good), Tone::Plain),
            row(
                "JJG 198-1994",
                "速度式流量计检定规程",
                Pill::new("已被代替", Tone::Faded),
                Tone::Faded,
            ),
        ],
        empty: None,
    };
    let pager = Pager::new(3, 20, 400, |n| format!("?page={n}"));
    let validity = Validity {
        pill: Pill::new("现行", Tone::Good),
        sentence: "自 2008 年 9 月 1 日起实施，现行有效。".into(),
        instead: vec![],
        stop: false,
    };
    let stopped = Validity {
        pill: Pill::new("已被代替", Tone::Bad),
        sentence: "本规程自 2026 年 9 月 2 日起不再使用。".into(),
        instead: vec![Link::new("/s", "JJG 1030-2026")],
        stop: true,
    };
    let view = merged(vec![
        ("head", value(&head)),
        ("facets", value(&facets)),
        ("filters", value(&filters)),
        ("table", value(&table)),
        ("pager", value(&pager)),
        ("validity", value(&validity)),
        ("stopped", value(&stopped)),
    ]);
    ("catalogue", template, "/specifications?kind=JJG", view)
}

pub(super) fn board() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}看板{{/inline}}{{> partials/page-head head}}
<div class="counts"><a href="/x"><b>7</b>待我处理</a><a href="/x" class="bad"><b>2</b>已逾期</a><a href="/x"><b>5</b>七日内到期</a><a href="/x"><b>24</b>在办项目</a></div>
{{> partials/board board}}{{> partials/table table}}{{> partials/steps steps}}{{/layouts/page}}"#;
    let card = |code: &str, title: &str, stage: &str, age: &str, tone, deadline| BoardCard {
        href: "/x".to_owned(),
        code: code.to_owned(),
        title: title.into(),
        stage: Text::word("stage", stage),
        age: age.into(),
        tone,
        turn: Some("起草单位".into()),
        deadline,
    };
    let column = |code: &str, cards: Vec<BoardCard>, more| BoardColumn {
        code: code.to_owned(),
        title: Text::word("stage", code),
        href: "/x".to_owned(),
        count: cards.len() as u64 + more,
        cards,
        more,
    };
    let board = Board {
        columns: vec![
            column("00", vec![], 0),
            column(
                "10",
                vec![card(
                    "2026-JJF-004",
                    "无创血压计校准规范",
                    "10.20",
                    "12 天，目标 30 天",
                    Tone::Good,
                    None,
                )],
                0,
            ),
            column(
                "20",
                vec![
                    card(
                        "2025-JJG-017",
                        "膜式燃气表检定规程",
                        "20.99",
                        "41 天，超过目标 11 天",
                        Tone::Warn,
                        Some(due(3)),
                    ),
                    card(
                        "2025-JJF-022",
                        "便携式可燃气体报警器校准规范",
                        "20.20",
                        "96 天，目标 300 天",
                        Tone::Info,
                        None,
                    ),
                ],
                4,
            ),
            column(
                "30",
                vec![card(
                    "2025-JJG-009",
                    "电子计价秤检定规程",
                    "30.60",
                    "52 天，逾期 22 天",
                    Tone::Bad,
                    Some(due(-22)),
                )],
                0,
            ),
            column("40", vec![], 0),
            column(
                "50",
                vec![card("2024-JJG-031", "热能表检定规程", "50.20", "18 天", Tone::Good, None)],
                0,
            ),
            column("60", vec![], 0),
        ],
    };
    let cell = |choice: &str, mine| RibbonCell {
        choice: choice.to_owned(),
        name: "委员·演示".to_owned(),
        mine,
    };
    let mut cells: Vec<RibbonCell> = vec![cell("no", false)];
    cells.extend((0..9).map(|n| cell("yes", n == 2)));
    cells.push(cell("abstain", false));
    cells.extend((0..4).map(|_| cell("silent", false)));
    let ribbon = Ribbon {
        cells,
        sentence: "同意 9 · 反对 1 · 弃权 1 · 未投 4".into(),
        href: Some("/b".to_owned()),
        blocking: false,
    };
    let row = |title: &str, days, tone| Row {
        cells: vec![
            Cell::link("/x", title).note("MTC1/SC1 · 第 03 稿"),
            Cell { deadline: Some(due(days)), ..Cell::default() },
            Cell { ribbon: Some(ribbon.clone()), ..Cell::default() },
            Cell { mark: Some("D".to_owned()), ..Cell::text("38") },
        ],
        tone,
        id: None,
    };
    let table = Table {
        caption: "需要我表决".into(),
        caption_hidden: false,
        columns: vec![
            Column::new("文本"),
            Column::new("截止"),
            Column::new("表决情况"),
            Column::numeric("意见"),
        ],
        rows: vec![
            row("电子计价秤检定规程", 0, Tone::Warn),
            row("热能表检定规程", 9, Tone::Plain),
            row("超声流量计检定规程", -2, Tone::Bad),
        ],
        empty: None,
    };
    let step = |text: &str, state| Step { text: text.into(), state, href: None };
    let mut head = PageHead::new(Text::said("nav-desk"));
    head.lead = Some("今天是 3 月 17 日，星期二。有 2 项已逾期。".into());
    let steps = vec![
        step("结果", StopState::Done),
        step("标准", StopState::Done),
        step("决定", StopState::Current),
        step("预览", StopState::Ahead),
        step("提交", StopState::Ahead),
    ];
    let view = merged(vec![
        ("head", value(&head)),
        ("board", value(&board)),
        ("table", value(&table)),
        ("steps", value(&steps)),
    ]);
    ("board", template, "/desk", view)
}

pub(super) fn searched() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}搜索{{/inline}}{{> partials/page-head head}}{{> partials/found found}}{{> partials/qr qr}}{{/layouts/page}}"#;
    let found = json!([{
        "href": "/specifications/JJG-162-2019", "code": [{ "text": "JJG 162-2019", "hit": false }],
        "title": [{ "text": "饮用冷水", "hit": false }, { "text": "水表", "hit": true }], "unknown": false,
        "state": Pill::new("现行", Tone::Good), "days": Text::plain("发布 2019-12-31"),
        "lines": [{ "href": "#k-5", "clause": "5 计量性能要求", "pieces": [{ "text": "水表", "hit": true }] }],
    }]);
    let view = merged(vec![
        ("head", value(&PageHead::new("搜索"))),
        ("found", found),
        ("qr", value(&crate::qr::Qr::of("https://quanheng.example"))),
    ]);
    ("searched", template, "/search", view)
}
