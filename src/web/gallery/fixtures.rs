//! Invented pages: the start page and the project page.

use chrono::{DateTime, Duration, TimeZone, Utc};
use serde_json::Value;

use super::{error_view, list_fixtures, merged, more_fixtures, value};
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
        source: (mark == "C").then(|| "全国专业计量技术委员会章程".into()),
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
        list_fixtures::catalogue(),
        list_fixtures::searched(),
        project(),
        list_fixtures::board(),
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
