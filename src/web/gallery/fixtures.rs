//! Invented pages: the public side, the project page and the board.

use chrono::{DateTime, Duration, TimeZone, Utc};
use serde_json::Value;

use super::{error_view, merged, more_fixtures, value};
use crate::views::*;

pub(super) type Fixture = (&'static str, &'static str, &'static str, Value);

pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 17, 2, 30, 0).unwrap()
}

pub(super) fn due(days: i64) -> Deadline {
    let midnight = Utc.with_ymd_and_hms(2026, 3, 17, 16, 0, 0).unwrap();
    Deadline::new(midnight + Duration::days(days), now())
}

pub(super) fn cite(key: &str, number: &str, mark: &str) -> RuleCite {
    RuleCite {
        key: key.to_owned(),
        value: number.into(),
        article: (mark == "C").then(|| "第三十八条".to_owned()),
        source: (mark == "C").then(|| "全国专业计量技术委员会章程".to_owned()),
        mark: mark.to_owned(),
        confirmed: mark == "C",
        href: Some(format!("/rules/national#rule-{key}")),
    }
}

fn crumbs(last: &str) -> Vec<Crumb> {
    vec![
        Crumb { text: "MTC1 法制计量".into(), href: Some("/committees/MTC1".to_owned()) },
        Crumb { text: Text::said("nav-projects"), href: Some("/projects".to_owned()) },
        Crumb { text: last.into(), href: None },
    ]
}

pub(super) fn all() -> Vec<Fixture> {
    let mut all = vec![
        home(),
        catalogue(),
        project(),
        board(),
        ("error", "{{> pages/errors/error}}", "/nowhere", error_view()),
    ];
    all.extend(more_fixtures::all());
    all
}

fn home() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}首页{{/inline}}
{{#*inline "opening"}}<section class="opening"><div class="wrap"><div><h1>量值有据，规范可循</h1><p>查询现行有效的计量检定规程、校准规范与检定系统表；阅读全文；对正在征求意见的草案逐条提出意见，并知悉每一条意见的处理结果。</p>
<form class="big-search" action="/search" role="search" aria-label="目录搜索"><input type="search" name="q" aria-label="搜索" placeholder="如：JJG 693、可燃气体报警器、水表"><button class="button primary">搜索</button></form></div><img class="art" src="{{asset "img/steelyard.svg"}}" alt=""></div></section>{{/inline}}
<section><div class="section-head"><h2>正在征求意见</h2><a href="/consultations">全部 12 项</a></div><ul class="grid list-plain">{{#each rounds}}<li class="card"><h3><a href="/x">{{title}}</a></h3><p class="quiet small">{{code}} · {{committee}}</p><p>{{> partials/deadline deadline}}</p></li>{{/each}}</ul></section>
<div class="split even"><section><div class="section-head"><h2>新近发布</h2><a href="/s">目录</a></div><ul class="list">{{#each issued}}<li><a class="title" href="/s">{{this}}</a><div class="quiet small">2026年3月2日发布，2026年9月2日实施</div></li>{{/each}}</ul></section>
<section><div class="section-head"><h2>项目建议</h2><a href="/p">全部</a></div>{{> partials/empty empty}}</section></div>
{{/layouts/page}}"#;
    let round = |title: &str, days| {
        merged(vec![
            ("title", title.into()),
            ("code", "JJG 制定".into()),
            ("committee", "MTC1 法制计量".into()),
            ("deadline", value(&due(days))),
        ])
    };
    let empty = Empty {
        title: "现在没有公示中的建议".into(),
        text: Some("任何单位和个人都可以提出制修订建议。".into()),
        action: Some(Link::new("/proposals/new", "提出建议")),
    };
    let view = merged(vec![
        (
            "rounds",
            Value::Array(vec![
                round("膜式燃气表", 2),
                round("电子计价秤型式评价大纲", 11),
                round("热能表检定规程（修订）", 46),
            ]),
        ),
        (
            "issued",
            vec![
                "JJG 1030-2026 超声流量计检定规程",
                "JJF 2150-2026 激光粒度仪校准规范",
                "JJG 2065-2026 声学计量器具检定系统表",
            ]
            .into(),
        ),
        ("empty", value(&empty)),
    ]);
    ("home", template, "/", view)
}

fn catalogue() -> Fixture {
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

fn open_move() -> MoveCard {
    let condition = |met, text: &str, key: &str, number: &str, mark: &str| Condition {
        met,
        text: text.into(),
        rule: Some(cite(key, number, mark)),
        href: (!met).then(|| "/x".to_owned()),
    };
    MoveCard {
        key: "open-comments".to_owned(),
        title: "发出征求意见".into(),
        to: Some(Text::word("stage", "30.20")),
        allowed: true,
        refusal: None,
        rule: None,
        conditions: vec![
            condition(
                true,
                "征求意见稿、编写说明、试验报告、不确定度评定报告齐全",
                "comment_documents",
                "4 件",
                "C",
            ),
            condition(true, "征求意见期 60 天，不少于 30 天", "comment_days", "60 天", "D"),
        ],
        mails: vec![
            MailGroup {
                text: "本委员会委员".into(),
                count: 34,
                names: vec![
                    "委员01·演示".to_owned(),
                    "委员02·演示".to_owned(),
                    "委员03·演示".to_owned(),
                ],
                preview_href: Some("/x".to_owned()),
            },
            MailGroup {
                text: "通讯单位成员".into(),
                count: 18,
                names: vec![],
                preview_href: Some("/x".to_owned()),
            },
        ],
        clocks: vec![
            Text::plain("征求意见截止：2026年5月16日 24:00"),
            Text::plain("意见处理期限：截止后 30 天"),
        ],
        action: Some("/projects/1/moves".to_owned()),
        fields: vec![
            Field::new(FieldKind::Textarea, "note", "给委员的话").hint("将写入邮件正文。"),
            Field::new(FieldKind::Hidden, "if_version", "版本").value("7"),
        ],
        button: Some("发出并通知 52 人".into()),
        grave: false,
        open: true,
    }
}

fn project() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}项目{{/inline}}
{{> partials/page-head head}}{{> partials/tabs tabs}}{{> partials/beam beam}}
<div class="split side-early"><div class="stack"><section class="moves">{{#each moves}}{{> partials/move this}}{{/each}}</section>{{> partials/revisions revisions}}<section class="panel"><header><h2>文件</h2></header>{{> partials/files files}}</section></div>
<aside class="stack">{{> partials/turn turn}}{{> partials/data-block block}}</aside></div>{{/layouts/page}}"#;
    let mut head = PageHead::new("膜式燃气表检定规程");
    head.crumbs = crumbs("2025-JJG-017");
    head.code = Some("2025-JJG-017".to_owned());
    head.pill = Some(Pill::new(Text::word("stage", "20.99"), Tone::Info));
    head.facts =
        vec!["修订 JJG 577-2012".into(), "检定规程".into(), "MTC1/SC1".into(), "第 03 稿".into()];
    head.actions = vec![Link::new("/x", "发出征求意见"), Link::new("/x", "导出档案")];
    let tab = |text: &str, current, count| Tab {
        href: "/x".to_owned(),
        text: text.into(),
        current,
        count,
    };
    let tabs = Tabs {
        label: "项目".into(),
        items: vec![
            tab("概况", true, None),
            tab("文本", false, None),
            tab("意见", false, Some(38)),
            tab("审定与表决", false, None),
            tab("经过", false, None),
            tab("邮件", false, Some(4)),
            tab("引用", false, None),
        ],
    };
    let mut refused = open_move();
    refused.key = "submit".to_owned();
    refused.title = "提交审定".into();
    refused.to = Some(Text::word("stage", "40.00"));
    refused.allowed = false;
    refused.refusal = Some("还有 3 条意见没有处理结论，不能提交审定。".into());
    refused.rule = Some(cite("disposition_complete", "全部", "C"));
    refused.conditions[0].met = false;
    refused.conditions[0].href = Some("/x".to_owned());
    let mut closed = refused.clone();
    closed.key = "cancel".to_owned();
    closed.title = "终止项目".into();
    closed.open = false;
    let file = |kind: &str, name: Option<&str>, required| FileRow {
        kind: kind.into(),
        name: name.map(str::to_owned),
        href: name.map(|_| "/f".to_owned()),
        size: name.map(|_| 1_482_113),
        sha256: name
            .map(|_| "3f2a91bc77de04125f3a91bc77de04123f2a91bc77de04125f3a91bc77de0412".to_owned()),
        at: name.map(|_| "2026-03-11T09:20:00+08:00".to_owned()),
        by: name.map(|_| "起草人·演示".to_owned()),
        version: name.map(|_| "第 03 稿".into()),
        required,
        upload_href: Some("/u".to_owned()),
    };
    let row = |label: &str, values: Vec<Datum>, edit: bool| DataRow {
        label: label.into(),
        values,
        edit_href: edit.then(|| "/x".to_owned()),
    };
    let block = DataBlock {
        title: "项目".into(),
        rows: vec![
            row(
                "起草单位",
                vec![Datum::link("/x", "省计量院·演示"), Datum::text("市计量所·演示")],
                true,
            ),
            row("主审人", vec![], true),
            row("计划文号", vec![Datum::text("演示监计量〔2025〕12号")], false),
            row("完成期限", vec![Datum { deadline: Some(due(120)), ..Datum::default() }], false),
            row(
                "在本阶段",
                vec![Datum {
                    text: Some("41 天".into()),
                    pill: Some(Pill::new("超过目标", Tone::Warn)),
                    note: Some("目标 30 天".into()),
                    ..Datum::default()
                }],
                false,
            ),
        ],
        next: Some(Link::new("/x", "发出征求意见")),
    };
    let turn = Turn {
        role: "秘书处".into(),
        people: vec!["秘书长·演示".to_owned(), "秘书02·演示".to_owned()],
        task: "完整性检查并发出征求意见。".into(),
        deadline: Some(due(3)),
        mine: true,
        action: Some(Link::new("#move-open-comments", "去办理")),
    };
    let revision = |number: &str, kind: &str, current| Revision {
        number: number.to_owned(),
        kind: kind.into(),
        date: "2026-03-11".to_owned(),
        href: "/x".to_owned(),
        current,
    };
    let view = merged(vec![
        ("head", value(&head)),
        ("tabs", value(&tabs)),
        (
            "beam",
            value(&Beam::at(
                "20.99",
                "征求意见稿已受理，在本阶段 41 天，目标 30 天。".into(),
                Tone::Warn,
            )),
        ),
        ("moves", value(&vec![open_move(), refused, closed])),
        (
            "revisions",
            value(&vec![
                revision("01", "工作组稿", false),
                revision("02", "征求意见稿", false),
                revision("03", "征求意见稿", true),
            ]),
        ),
        (
            "files",
            value(&vec![
                file("征求意见稿", Some("JJG577_draft03.docx"), true),
                file("编写说明", Some("notes.pdf"), true),
                file("不确定度评定报告", None, true),
                file("国际建议译文", None, false),
            ]),
        ),
        ("turn", value(&turn)),
        ("block", value(&block)),
    ]);
    ("project", template, "/projects/1", view)
}

fn board() -> Fixture {
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
