//! Measures the comparison of two versions against the bare diff library on the same text, and how it grows with the text.
//!
//! `cargo run --release -p quanheng-text --example compare`

use std::{
    hint::black_box,
    io::Write,
    time::{Duration, Instant},
};

use quanheng_domain::{
    check::{Skeleton, Standing},
    clause::{Block, Clause, ClauseKind},
};
use quanheng_text::{checks, diff, map};
use similar::TextDiff;

const PHRASES: [&str; 24] = [
    "天平应放置在稳固的台面上",
    "避免振动和气流的影响",
    "示值误差不超过最大允许误差",
    "连续称量不少于六次",
    "以标准砝码加载",
    "读取平衡位置并记录",
    "温度波动不大于规定值",
    "相对湿度应予监测",
    "横梁摆动应自由平稳",
    "计算各次结果的平均值",
    "取最大值与最小值之差",
    "不确定度按附录评定",
    "在规定的频率点上测量",
    "逐点比较参考值",
    "被检器具应预热三十分钟",
    "铭牌上应有型号和编号",
    "外观检查合格后方可进行",
    "重复性以标准偏差表示",
    "由检定机构出具证书",
    "环境条件应满足要求",
    "测量标准应有有效证书",
    "输出端接匹配负载",
    "接线应牢固可靠",
    "按式计算相对误差",
];

/// A figure that looks like chance and is the same in every run.
fn chance(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap_or_default()
}

fn text(clauses: usize) -> Vec<Clause> {
    let mut seed = 42;
    (0..clauses)
        .map(|at| {
            let words: Vec<String> = (0..8)
                .map(|_| format!("{}{}", PHRASES[chance(&mut seed) % 24], chance(&mut seed) % 1000))
                .collect();
            let key = format!("{}.{}.{}", at / 100 + 1, at / 10 % 10 + 1, at % 10 + 1);
            let blocks = vec![Block::Words { text: words.join("，") + "。" }];
            Clause {
                number: key.clone(),
                key,
                kind: ClauseKind::Clause,
                heading: String::new(),
                level: 3,
                blocks,
            }
        })
        .collect()
}

/// One clause in ten with other words: an insertion, a deletion and another figure.
fn changed(old: &[Clause]) -> Vec<Clause> {
    let mut new = old.to_vec();
    for clause in new.iter_mut().step_by(10) {
        let Some(Block::Words { text }) = clause.blocks.first_mut() else { continue };
        *text = text
            .replacen("应", "不应", 1)
            .replacen('，', "；必要时", 1)
            .replacen("的", "", 1)
            .replacen('9', "71", 1);
    }
    new
}

fn plain(text: &[Clause]) -> String {
    text.iter().map(|clause| format!("{} {}\n", clause.key, clause.plain())).collect()
}

/// The shortest of some runs.
fn time<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let one = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..runs).map(one).min().unwrap_or_default()
}

/// A register without texts.
struct Nobody;

impl checks::Known for Nobody {
    fn status(&self, _: &str) -> Option<Standing> {
        None
    }
}

fn ours(old: &[Clause], new: &[Clause]) -> usize {
    let links = map::map(old, new);
    diff::texts(old, new, &links).iter().filter(|pair| pair.changed).count()
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let sizes = [2000, 4000, 8000].map(|clauses| {
        let old = text(clauses);
        let new = changed(&old);
        (clauses, old, new)
    });
    let mut before: Option<Duration> = None;
    for (clauses, old, new) in &sizes {
        let all = time(9, || ours(old, new));
        let mapping = time(9, || map::map(old, new).len());
        writeln!(
            out,
            "{clauses} clauses, {} changed: {all:?}, of which mapping {mapping:?}",
            ours(old, new)
        )?;
        if let Some(before) = before {
            writeln!(
                out,
                "  double size: {:.2} times (at most 2.2)",
                all.as_secs_f64() / before.as_secs_f64()
            )?;
        }
        before = Some(all);
    }
    for (clauses, old, _) in &sizes {
        let found = time(3, || checks::check(Skeleton::Verification, old, &Nobody).len());
        writeln!(out, "checks of {clauses} clauses: {found:?}")?;
    }
    let (_, old, new) = &sizes[0];
    let (left, right) = (plain(old), plain(new));
    let all = time(9, || ours(old, new)).as_secs_f64();
    let characters = time(3, || TextDiff::from_chars(&left, &right).ops().len());
    let lines = time(9, || {
        // The library's own way for changed lines: lines first, then what changed within them.
        let found = TextDiff::from_lines(&left, &right);
        found.ops().iter().flat_map(|op| found.iter_inline_changes(op)).count()
    });
    for (name, bare) in [("by characters", characters), ("by lines, then within lines", lines)] {
        writeln!(
            out,
            "bare library {name}: {bare:?}; ours {:.2} times (at most 3)",
            all / bare.as_secs_f64()
        )?;
    }
    Ok(())
}
