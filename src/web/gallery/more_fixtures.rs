//! Invented pages: comments, ballot, forms, records, rules, reports, paper.

use super::fixtures::{Fixture, cite, due};
use super::{merged, value};
use crate::views::*;

pub(super) fn all() -> Vec<Fixture> {
    vec![consultation(), ballot(), form(), records(), report()]
}

fn comment(number: &str, code: Option<&str>) -> CommentCard {
    CommentCard {
        number: number.to_owned(),
        id: format!("c{number}"),
        clause: "5.2.3 示值误差".into(),
        clause_href: Some("#5.2.3".to_owned()),
        kind: Some(Pill::new("技术", Tone::Plain)),
        author: "检定员·演示".to_owned(),
        unit: Some("某省计量科学研究院".to_owned()),
        source: Some("网页".into()),
        at: "2026-03-12T10:24:00+08:00".to_owned(),
        quote: Some("最大允许误差为±1.5%，在流量 0.1qmax 至 qmax 范围内。".to_owned()),
        remark: "建议将分界流量改为 0.1qmax，并注明环境温度条件。现行写法在低温环境下难以复现，附对比试验数据。".to_owned(),
        proposal: Some("在 (20±2)℃ 条件下，流量 qt 至 qmax 的最大允许误差为 ±1.5%。".to_owned()),
        attachments: vec![Link::new("/f", "对比试验.xlsx")],
        support: 3,
        late: code == Some("L"),
        disposition: code.map(|code| Disposition {
            code: code.to_owned(),
            reason: (code != "A").then(|| "与 OIML R137 的分界流量定义保持一致，温度条件另列于 6.1。".to_owned()),
            text_changed: Some(code != "N"),
            proposed: code == "P",
            merged_into: (code == "M").then(|| Link::new("#c2", "第 2 条")),
            by: Some("起草组 3月15日".into()),
        }),
        replies: vec![Reply { author: "起草人·演示".to_owned(), at: "2026-03-14T09:00:00+08:00".to_owned(), text: "请补充低温试验的环境箱型号。".to_owned() }],
        actions: vec![Link::new("/x", "回复"), Link::new("/x", "赞同")],
    }
}

fn consultation() -> Fixture {
    let template = r##"{{#> layouts/page}}{{#*inline "title"}}征求意见{{/inline}}{{> partials/page-head head}}
<div class="reader"><nav class="toc side"><a href="#1">1 范围<span class="count">2</span></a><a href="#5" aria-current="true">5 计量性能要求<span class="count">12</span></a><div class="deep"><a href="#5.2.3">5.2.3 示值误差<span class="count">4</span></a></div></nav>
<div class="prose"><h2>5 计量性能要求</h2><div class="clause" id="5.2.3"><div class="grip"><strong>5.2.3 示值误差</strong><a href="/x">✎ 提意见</a></div><p>燃气表的示值误差在规定的流量范围内不得超过表 2 规定的最大允许误差。初始检定时，误差曲线上任意两点之差不得大于 <mark>0.6%</mark>；流量 q 在 q<sub>min</sub> ≤ q < q<sub>t</sub> 时为 ±3%，在 q<sub>t</sub> ≤ q ≤ q<sub>max</sub> 时为 ±1.5%。</p><p>使用中检查的最大允许误差为初始检定的 2 倍；环境温度偏离参考条件时，应按附录 C 修正。</p></div></div>
<div class="stack side" data-keys>{{#each comments}}{{> partials/comment this}}{{/each}}</div></div>{{/layouts/page}}"##;
    let mut head = PageHead::new("膜式燃气表检定规程（征求意见稿）");
    head.lead =
        Some("任何单位和个人都可以提出意见，不需要账号。每条意见都会得到处理结论和理由。".into());
    head.pill = Some(Pill::new("征求意见中", Tone::Info));
    head.facts = vec!["截止 2026年5月16日 24:00".into(), "MTC1".into()];
    head.actions = vec![Link::new("/x", "提出意见"), Link::new("/x", "下载全文")];
    let comments: Vec<CommentCard> =
        [Some("A"), Some("P"), Some("N"), Some("M"), Some("Q"), Some("X"), Some("L"), None]
            .iter()
            .enumerate()
            .map(|(n, code)| comment(&(n + 1).to_string(), *code))
            .collect();
    (
        "consultation",
        template,
        "/consultations/1",
        merged(vec![("head", value(&head)), ("comments", value(&comments))]),
    )
}

fn ballot() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}表决{{/inline}}{{> partials/page-head head}}<div class="split"><div class="stack">{{> partials/tally tally}}{{> partials/voters voters}}</div><aside class="stack">{{> partials/letter letter}}</aside></div>{{/layouts/page}}"#;
    let attendance = Meter::of(
        "到会 21 人，委员 27 人".into(),
        &[("good", 21, "到会 21".into())],
        27,
        Some((18, "法定人数 18".into())),
    );
    let votes = Meter::of(
        "表决 21 票".into(),
        &[
            ("yes", 15, "同意 15".into()),
            ("no", 2, "反对 2".into()),
            ("abstain", 1, "弃权 1".into()),
            ("silent", 3, "未投 3".into()),
        ],
        21,
        Some((16, "需要 16 票".into())),
    );
    let tally = TallyView {
        sentence: "到会 21/27，已达 2/3；同意 15，还需 1 票。".into(),
        tone: Tone::Info,
        attendance: Some(attendance),
        votes: Some(votes),
        rules: vec![cite("quorum", "2/3", "C"), cite("majority", "3/4", "C")],
    };
    let voter = |n: u32, choice: &str, reason: Option<&str>| Voter {
        name: format!("委员{n:02}·演示"),
        unit: Some("某计量院".to_owned()),
        choice: choice.to_owned(),
        was: (n == 3).then(|| "no".to_owned()),
        at: (choice != "silent").then(|| "2026-03-16T15:02:00+08:00".to_owned()),
        reason: reason.map(str::to_owned),
        former: false,
        notes: if n == 3 { vec!["针对第 02 稿".into()] } else { vec![] },
        id: format!("v{n}"),
    };
    let groups = vec![
        VoterGroup {
            choice: "no".to_owned(),
            count: 1,
            voters: vec![voter(1, "no", Some("误差分界流量缺少试验依据。"))],
        },
        VoterGroup {
            choice: "yes".to_owned(),
            count: 2,
            voters: vec![voter(2, "yes", None), voter(3, "yes", None)],
        },
        VoterGroup {
            choice: "silent".to_owned(),
            count: 1,
            voters: vec![voter(4, "silent", None)],
        },
    ];
    let letter = Letter {
        from: "MTC1 秘书处 <mtc1@demo.example>".to_owned(),
        to: vec!["member-07@demo.example".to_owned()],
        subject: "[MTC1] 表决 – 膜式燃气表检定规程（第03稿）– 截止 3月20日 24时".to_owned(),
        at: Some("2026-03-10T08:00:00+08:00".to_owned()),
        state: Some(Pill::new("已送达", Tone::Good)),
        body: "您好!\n\n请于 3 月 20 日 24:00 前对《膜式燃气表检定规程》报审稿投票。\n\n此致"
            .to_owned(),
        reason: Some("您是 MTC1 的委员。".into()),
        attachments: vec![Link::new("/f", "报审稿.docx")],
    };
    let mut head = PageHead::new("审定表决：膜式燃气表检定规程");
    head.pill = Some(Pill::new("进行中", Tone::Info));
    head.facts = vec![Text::plain("会审"), Text::plain("第 03 稿")];
    (
        "ballot",
        template,
        "/ballots/1",
        merged(vec![
            ("head", value(&head)),
            ("tally", value(&tally)),
            ("voters", value(&groups)),
            ("letter", value(&letter)),
        ]),
    )
}

fn form() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}表单{{/inline}}{{> partials/page-head head}}<form class="form sheet" method="post" action="/x">{{> partials/csrf frame}}{{> partials/faults faults}}{{#each fields}}{{> partials/field this}}{{/each}}<p class="actions"><button class="button primary">{{t "button-save"}}</button><button class="button">{{t "button-preview"}}</button><a class="button bare" href="/x">{{t "button-cancel"}}</a><button class="button grave">{{t "button-delete"}}</button></p></form>{{/layouts/page}}"#;
    let fields = vec![
        Field::new(FieldKind::Text, "title", "项目名称")
            .required()
            .hint("写规范的完整名称，不带编号。")
            .value("膜式燃气表"),
        Field::new(FieldKind::Email, "mail", "联系邮箱")
            .required()
            .value("nobody")
            .fault(Some("邮箱缺少“@”，请写成 name@unit.cn 的形式。".into())),
        Field::new(FieldKind::Select, "kind", "类别")
            .choice("JJG", "检定规程 JJG")
            .choice("JJF", "校准规范 JJF")
            .value("JJF"),
        Field::new(FieldKind::Radio, "vote", "表决")
            .required()
            .choice("yes", Text::word("vote", "yes"))
            .choice("no", Text::word("vote", "no"))
            .choice("abstain", Text::word("vote", "abstain"))
            .hint("反对须写明理由。")
            .value("yes"),
        Field::new(FieldKind::Checks, "groups", "通知")
            .choice("members", "全体委员")
            .choice("units", "通讯单位成员")
            .value("members"),
        Field::new(FieldKind::Textarea, "reason", "理由")
            .required()
            .attr("rows", 4)
            .draft("vote-1")
            .fault(Some("反对票须写明理由。".into())),
        Field::new(FieldKind::Date, "due", "期限").value("2026-05-16"),
        Field::new(FieldKind::File, "file", "附件")
            .attr("accept", ".docx,.pdf")
            .hint("不超过 32 MB。"),
        Field::new(FieldKind::Checkbox, "agree", "我确认上述内容属实").required(),
        Field::new(FieldKind::Password, "secret", "口令").attr("autocomplete", "current-password"),
    ];
    let faults = faults_of(&fields);
    (
        "form",
        template,
        "/x",
        merged(vec![
            ("head", value(&PageHead::new("提出意见"))),
            ("fields", value(&fields)),
            ("faults", value(&faults)),
        ]),
    )
}

fn records() -> Fixture {
    let template = r#"{{#> layouts/page}}{{#*inline "title"}}经过{{/inline}}{{> partials/page-head head}}<div class="split"><section>{{> partials/history history}}</section><aside class="stack">{{> partials/data-block block}}</aside></div>{{> partials/compare compare}}{{> partials/rules rules}}{{/layouts/page}}"#;
    let event = |n: u32, what: &str, tone| EventRow {
        id: format!("e{n}"),
        at: "2026-03-11T09:20:00+08:00".to_owned(),
        who: "秘书长·演示".into(),
        on_behalf_of: (n == 2).then(|| "委员07·演示".into()),
        what: what.into(),
        object: (n == 1).then(|| Link::new("/x", "第 03 稿")),
        reason: (n == 3).then(|| "材料缺不确定度评定报告。".to_owned()),
        facts: vec![Fact { label: "期限".into(), value: Text::plain("2026年5月16日 24:00") }],
        hash: "3f2a91bc77de04125f3a91bc77de04123f2a91bc77de04125f3a91bc77de0412".to_owned(),
        tone,
    };
    let run = |class: &str, text: &str| Run { class: class.to_owned(), text: text.to_owned() };
    let row = |state: &str, left: Vec<Run>, right: Vec<Run>| CompareRow {
        id: format!("d-{state}"),
        label: "5.2.3 示值误差".to_owned(),
        state: state.to_owned(),
        left,
        right,
        causes: vec![Link::new("#c3", "意见 3")],
    };
    let compare = Compare {
        left: "第 02 稿".into(),
        right: "第 03 稿".into(),
        rows: vec![
            row(
                "changed",
                vec![
                    run("same", "最大允许误差为 "),
                    run("gone", "±2.0%"),
                    run("same", "，流量不低于 0.1qmax。"),
                ],
                vec![
                    run("same", "最大允许误差为 "),
                    run("new", "±1.5%"),
                    run("same", "，流量不低于 0.1qmax。"),
                ],
            ),
            row("new", vec![], vec![run("new", "使用中检查的最大允许误差为初始检定的 2 倍。")]),
            row("gone", vec![run("gone", "本条自实施之日起一年后停止使用。")], vec![]),
        ],
        folded: 42,
    };
    let rule = |title: &str, key: &str, number: &str, mark: &str| RuleRow {
        title: title.into(),
        cite: cite(key, number, mark),
        from: Some("2024-05-01".to_owned()),
        note: None,
        overridden: mark == "D",
        fields: vec![Field::new(FieldKind::Number, "value", "取值").value("60")],
        action: (mark == "D").then(|| "/x".to_owned()),
    };
    let rules = vec![
        rule("法定人数", "quorum", "2/3", "C"),
        rule("征求意见天数", "comment_days", "60 天", "D"),
        rule("函审材料提前", "post_lead", "2 个月", "A"),
        rule("项目期限", "project_months", "24 个月", "S"),
        rule("复审周期", "review_years", "5 年", "R"),
    ];
    let block = DataBlock {
        title: "校验".into(),
        rows: vec![DataRow::new("记录数", vec![Datum::text("128")])],
        next: None,
    };
    let history = vec![
        event(1, "上传", Tone::Info),
        event(2, "投同意票", Tone::Good),
        event(3, "退回材料", Tone::Bad),
        event(4, "延期", Tone::Warn),
        event(5, "登记建议", Tone::Plain),
    ];
    (
        "records",
        template,
        "/projects/1/history",
        merged(vec![
            ("head", value(&PageHead::new("经过"))),
            ("history", value(&history)),
            ("compare", value(&compare)),
            ("rules", value(&rules)),
            ("block", value(&block)),
        ]),
    )
}

fn report() -> Fixture {
    let template = r#"{{#> layouts/print}}{{#*inline "title"}}年报{{/inline}}<h1>年度工作报告</h1><p class="sub-title">MTC1 法制计量技术委员会 · 2025 年</p><h2>一、制修订工作</h2><ul class="figures">{{#each figures}}{{> partials/figure this}}{{/each}}</ul>{{> partials/bars bars}}{{> partials/meter meter}}<div class="sign"><div>主任委员</div><div>秘书长</div><div>日期</div></div>{{/layouts/print}}"#;
    let figure = |sentence: &str, flag: Option<&str>| Figure {
        sentence: sentence.into(),
        href: Some("/x".to_owned()),
        last_year: Some("上年 5 项".into()),
        flag: flag.map(Text::from),
        correction: None,
    };
    let bars = Bars::of(
        "各阶段在办项目".into(),
        vec![
            ("起草".into(), 12, Some("/x".to_owned())),
            ("征求意见".into(), 5, None),
            ("审定".into(), 3, None),
        ],
    );
    let meter = Meter::of(
        "按期完成率 5/7".into(),
        &[("good", 5, "按期 5".into()), ("bad", 2, "逾期 2".into())],
        7,
        None,
    );
    let _ = due(1);
    let figures = vec![
        figure("本年完成 7 项，其中按期 5 项。", None),
        figure("收到意见 412 条，全部有处理结论。", None),
        figure("宣贯培训 0 次。", Some("上年 4 次，本年为零，请核对。")),
    ];
    (
        "report",
        template,
        "/reports/annual/2025/MTC1",
        merged(vec![
            ("figures", value(&figures)),
            ("bars", value(&bars)),
            ("meter", value(&meter)),
        ]),
    )
}
