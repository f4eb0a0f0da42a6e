//! Measures the comment desk of a round with ten thousand comments: its index, the list, filters, the table written out, and a table of as
//! many new ones taken in.
//!
//! `cargo run --release -p quanheng-actions --example desk [comments]`
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/world/mod.rs"]
mod world;

use std::{
    borrow::Cow,
    hint::black_box,
    io::{self, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use quanheng_actions::{
    ActionError, Tx,
    document::{
        Upload,
        text::{Reading, keep},
    },
    round::{
        Author, Remark, Steps, Submit, TakeTable, TakenTable, UndoTable, enter_next, index,
        submit_comments, take_table, undo_table,
    },
};
use quanheng_db::{
    comment_counts,
    comment_index::{self, Owner, Standing, Wanted},
    comments,
    rounds::{self, CommentRow},
    testing::TestDb,
};
use quanheng_domain::{
    Locale,
    comment::{CommentKind, CommentSource},
    document::DocumentKind,
    ids::RoundId,
    people::Actor,
    stage::Stage,
};
use quanheng_tables::{Cell, Mapping, Paper, Row, Sheet, Table, write_long_docx, write_long_xlsx};
use world::{Plan, World};

const HEADINGS: [&str; 7] =
    ["序号", "章节号", "类型", "意见内容", "建议修改为", "提出单位", "处理意见"];

/// One comment sent as a member sends it, and as many more like it.
fn fill(world: &World, round: RoundId, count: usize) {
    world.act(submit_comments, world.members[0], &one(round)).unwrap();
    let first = world.read(|conn| rounds::confirmed_comments(conn, round)).remove(0);
    let write = move |tx: &mut Tx<'_, '_>| {
        let from = rounds::take_serials(tx.conn(), round, i32::try_from(count).unwrap())?;
        for n in 1..count {
            let like = n % 10 == 0;
            let body = if like {
                "建议将示值误差的最大允许误差由±0.2%放宽到±0.5%，现场难以满足。".to_owned()
            } else {
                format!(
                    "第{n}条：环境温度{}℃时的重复性{}需结合试验数据再作论证。",
                    n * 7 % 97,
                    n * 31
                )
            };
            let row = CommentRow {
                id: tx.id(),
                serial: from + i32::try_from(n).unwrap(),
                clause: format!("{}.{}", 5 + n % 7, 1 + n % 23),
                proposal: format!("最大允许误差为±{}.{} %。", n % 300, n % 10),
                author_unit: format!("某计量技术机构{}", n % 400),
                ..first.clone()
            };
            comments::insert(tx.conn(), &CommentRow { body, ..row })?;
        }
        Ok(())
    };
    world.write(write).unwrap();
}

/// The verb as the world takes verbs.
fn look(tx: &mut Tx<'_, '_>, actor: &Actor, round: &RoundId) -> Result<usize, ActionError> {
    index(tx, actor, *round, 850)
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..5).map(|_| once(&mut work)).min().unwrap()
}

fn cells(row: &CommentRow) -> Vec<String> {
    vec![
        row.serial.to_string(),
        row.clause.clone(),
        row.kind.to_string(),
        row.body.clone(),
        row.proposal.clone(),
        row.author_unit.clone(),
        row.disposition_reason.clone(),
    ]
}

fn xlsx(rows: &[CommentRow]) -> Vec<u8> {
    let headers = HEADINGS.map(str::to_owned).to_vec();
    let line = |row: &CommentRow| cells(row).into_iter().map(Cell::from).collect::<Vec<_>>();
    let sheet = Sheet { name: "意见".into(), headers, rows: Vec::new() };
    write_long_xlsx(&sheet, (rows.iter().map(line), rows.len()), &[]).unwrap().bytes
}

fn docx(rows: &[CommentRow]) -> Vec<u8> {
    let paper = Paper {
        title: "征求意见汇总处理表".into(),
        columns: HEADINGS.iter().map(|head| ((*head).to_owned(), 1)).collect(),
        language: "zh-CN".into(),
        ..Paper::default()
    };
    write_long_docx(&paper, rows.iter().map(|row| (cells(row), ""))).unwrap()
}

fn main() -> io::Result<()> {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let base = TestDb::sqlite();
    let world = World::build(base.handle(), &Plan::default());
    let project = world.project_at(Stage::Commenting);
    let round = world.round(project);
    fill(&world, round, count);
    let mut out = io::stdout().lock();
    let mut say = |what: &str, took: Duration| {
        writeln!(out, "{what:<44}{:>9.2} ms", took.as_secs_f64() * 1_000.0)
    };
    let start = Instant::now();
    let indexed = world.act(look, world.drafter, &round).unwrap();
    say(&format!("index of {indexed} comments, once"), start.elapsed())?;
    let start = Instant::now();
    world.act(submit_comments, world.members[1], &one(round)).unwrap();
    world.act(look, world.drafter, &round).unwrap();
    say("one more comment sent and indexed", start.elapsed())?;
    let all = || world.read(|conn| rounds::confirmed_comments(conn, round));
    say("all comments read (as the table is)", best(all))?;
    let none = Wanted::default();
    for (name, wanted) in [
        ("list: first page of 50", none.clone()),
        ("filter: clause", Wanted { clause: Some("5.3".into()), ..none.clone() }),
        ("filter: words", Wanted { words: Some("97℃时的重复性31".into()), ..none.clone() }),
        (
            "filter: open, of nobody",
            Wanted { standing: Some(Standing::Open), owner: Some(Owner::Nobody), ..none.clone() },
        ),
        ("filter: those alike", Wanted { alike: Some(11), ..none.clone() }),
    ] {
        let ask = || {
            world.read(|conn| {
                let count = comment_index::count(conn, round, &wanted)?;
                Ok((count, comment_index::page(conn, round, &wanted, (50, 0))?))
            })
        };
        let (found, _) = ask();
        say(&format!("{name} ({found} found)"), best(ask))?;
    }
    let counts = || world.read(|conn| comment_counts::of_round(conn, round, 5));
    say("all figures of the desk", best(counts))?;
    let rows = all();
    say("table read and written as xlsx", best(|| xlsx(&all())))?;
    say("the same, writing alone", best(|| xlsx(&rows)))?;
    say("table read and written as docx", best(|| docx(&all())))?;
    say("the same, writing alone", best(|| docx(&rows)))?;
    drop((rows, world));
    let handed = hand_in(count);
    say(&format!("{count} rows written bare, one by one"), handed.bare)?;
    say("a table of as many new comments taken in", handed.taken)?;
    say("its longest transaction", handed.longest)?;
    say("the table taken back", handed.undone)
}

/// A table of comments as a unit sends them.
fn table(count: usize) -> Table {
    let headers = ["章节号", "意见内容", "修改建议", "提出单位"].map(str::to_owned).to_vec();
    let line = |n: usize| Row {
        line: n as u64 + 2,
        cells: vec![
            format!("{}.{}", 5 + n % 7, 1 + n % 100),
            format!("第{n}条：环境温度{}℃时的重复性需结合试验数据再作论证。", n * 7 % 97),
            format!("最大允许误差为±{}.{} %。", n % 300, n % 10),
            format!("某计量技术机构{}", n % 400),
        ],
        faults: Vec::new(),
    };
    Table { headers, rows: (0..count).map(line).collect(), notes: Vec::new() }
}

/// The verb as the world takes verbs.
fn take(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    (command, table): &(TakeTable, Table),
) -> Result<TakenTable, ActionError> {
    take_table(tx, actor, command, table)
}

/// How long a table took.
struct Handed {
    bare: Duration,
    taken: Duration,
    longest: Duration,
    undone: Duration,
}

/// A table of new comments of four hundred units, on clauses of a draft of seven hundred: the rows alone, taken in, and taken back.
fn hand_in(count: usize) -> Handed {
    let base = TestDb::sqlite();
    let world = World::build(base.handle(), &Plan::default());
    let project = world.project_at(Stage::Commenting);
    let round = world.round(project);
    let draft = world.read(|conn| rounds::find(conn, round)).unwrap().document_id.unwrap();
    let clause =
        |n: usize| format!("{}.{} 要求{n}\n应符合表{n}的规定。\n", 5 + n / 100, n % 100 + 1);
    let typed: String = (0..700).map(clause).collect();
    let text = Ok(quanheng_text::read_typed(&typed));
    let (actor, reading) =
        (world.actor(world.secretary), Reading { document: draft, text, typed: true });
    world.write(move |tx| keep(tx, &actor, &reading)).unwrap();
    let table = table(count);
    let command = TakeTable {
        round,
        source: CommentSource::Mail,
        received_on: world.today(),
        sender: "省计量协会".into(),
        address: String::new(),
        as_whole: true,
        columns: Mapping::default(),
        ask: false,
        file: Upload {
            project,
            kind: DocumentKind::Other,
            title: String::new(),
            file_name: "意见.xlsx".into(),
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
            size: 1,
            sha256: "a".repeat(64),
            note: String::new(),
        },
    };
    let start = Instant::now();
    let taken = world.act(take, world.staff, &(command, table.clone()));
    let mut longest = start.elapsed();
    let taken = taken.unwrap();
    let steps = Arc::new(Steps::of(Cow::Owned(table), &Mapping::default()));
    loop {
        let (steps, start) = (Arc::clone(&steps), Instant::now());
        let part = world.write(move |tx| enter_next(tx, taken.import, &steps)).unwrap();
        longest = longest.max(start.elapsed());
        if part.is_none() {
            break;
        }
    }
    let took = start.elapsed();
    let rows = world.read(|conn| rounds::confirmed_comments(conn, round));
    let again = UndoTable { import: taken.import, reason: "重复".into(), if_version: None };
    let start = Instant::now();
    world.act(undo_table, world.staff, &again).unwrap();
    let undone = start.elapsed();
    let start = Instant::now();
    world
        .write(move |tx| Ok(rows.iter().try_for_each(|row| comments::insert(tx.conn(), row))?))
        .unwrap();
    Handed { bare: start.elapsed(), taken: took, longest, undone }
}

/// One comment more.
fn one(round: RoundId) -> Submit {
    let remark = Remark {
        clause: "7".into(),
        kind: CommentKind::General,
        body: "总体同意".into(),
        proposal: String::new(),
        reason: String::new(),
        quote: String::new(),
    };
    let author = Author {
        name: String::new(),
        contact: String::new(),
        unit: String::new(),
        publish_name: false,
        locale: Locale::Chinese,
    };
    Submit {
        round,
        author,
        remarks: vec![remark],
        source: CommentSource::Page,
        confirm_within: TimeDelta::days(3),
        most_a_day: 20,
    }
}
