//! Synthetic full texts in the index of the search, and how long questions take among them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use quanheng_actions::search::{self, cut, index};
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::{ActionError, Tx};
use quanheng_clock::{Chance, ManualClock, SeededChance};
use quanheng_db::{AnyConn, Db, DbError, catalogue, search as store};
use quanheng_domain::{deadline, ids::SpecificationId};

/// Sentences that texts are made of, so that words are as frequent as in real ones.
const SENTENCES: [&str; 16] = [
    "本规范适用于测量范围内该类仪器的校准。",
    "环境温度为20℃±2℃，相对湿度不大于80%。",
    "示值误差的最大允许误差应符合表1的规定。",
    "校准前仪器应在规定环境中放置不少于2小时。",
    "在测量范围内均匀选取不少于5个校准点，每点重复测量3次。",
    "重复性以实验标准偏差表示。",
    "标准器的扩展不确定度应不大于被校仪器最大允许误差的三分之一。",
    "复校时间间隔由用户根据使用情况自主确定，建议不超过1年。",
    "压力传感器的零点漂移在预热后测量。",
    "电磁兼容性试验按有关标准进行。",
    "磁感应强度用霍尔传感器测量。",
    "量块的中心长度用干涉法测量。",
    "流量计的特性曲线应在参比条件下给出。",
    "型式评价大纲规定了试验项目和合格判据。",
    "校准证书应给出校准结果及其测量不确定度。",
    "外观检查用目测和手感方法进行。",
];
/// What is asked: frequent and rare words, one character, initials, a number, two terms, and one that nothing holds.
const QUESTIONS: [&str; 9] = [
    "校准",
    "湿度",
    "表",
    "压力传感器",
    "型式评价大纲",
    "量块 磁感应强度",
    "ylbsq",
    "JJF 20001",
    "无此一词",
];
const RUNS: usize = 20;
const AT_ONCE: usize = 500;

/// What one question took.
#[derive(Debug, Clone)]
pub struct Timed {
    /// The question.
    pub question: &'static str,
    /// How many texts it found.
    pub found: usize,
    /// Half of the runs took less.
    pub median: Duration,
    /// The longest run.
    pub longest: Duration,
    /// The longest run of the bare query of the index.
    pub bare: Duration,
}

/// Gives every edition a text of its own in the index; how many there are.
pub fn write(db: &Db, seed: u64, today: NaiveDate) -> anyhow::Result<usize> {
    let all: Result<Vec<SpecificationId>, DbError> = db.read_blocking(|conn| {
        Ok(catalogue::editions(conn)?.into_iter().map(|row| row.id).collect())
    });
    let all = all?;
    let chance = Arc::new(SeededChance::new(seed));
    let clock = ManualClock::new(deadline::start_of(today));
    for ids in all.chunks(AT_ONCE) {
        let texts: Vec<_> = ids.iter().map(|id| index::indexed(*id, &text(&chance))).collect();
        let (now, chance) = (quanheng_clock::Clock::now(&clock), Arc::clone(&chance));
        let put: Result<(), ActionError> = db.write_blocking(
            move || now,
            move |writer| {
                let mut tx = Tx::new(writer, &*chance);
                for text in &texts {
                    store::put(tx.conn(), text)?;
                }
                Ok(())
            },
        );
        put?;
    }
    Ok(all.len())
}

/// About a thousand characters.
fn text(chance: &SeededChance) -> String {
    let chance: &dyn Chance = chance;
    let pick = |_| SENTENCES[usize::try_from(chance.below(16)).unwrap_or_default()];
    (0..45).map(pick).collect::<Vec<_>>().join("\n")
}

/// Asks every question some times and tells what it took, beside the bare query of the index.
pub fn time(db: &Db, today: NaiveDate) -> anyhow::Result<Vec<Timed>> {
    let timed: Result<Vec<Timed>, ActionError> = db.read_blocking(|conn: &mut AnyConn| {
        let held = Catalogue::load(conn, today)?;
        // The keys of the catalogue are made by the first question.
        search::search(conn, &held, QUESTIONS[0], today)?;
        QUESTIONS.iter().map(|question| one(conn, &held, question, today)).collect()
    });
    Ok(timed?)
}

fn one(
    conn: &mut AnyConn,
    held: &Catalogue,
    question: &'static str,
    today: NaiveDate,
) -> Result<Timed, ActionError> {
    let (mut whole, mut bare, mut found) = (Vec::new(), Vec::new(), 0);
    for _ in 0..RUNS {
        let began = Instant::now();
        found = search::search(conn, held, question, today)?.hits.len();
        whole.push(began.elapsed());
        let began = Instant::now();
        for term in cut::terms(question) {
            if let Some(wanted) = cut::wanted(&term) {
                store::matching(conn, &wanted)?;
            }
        }
        bare.push(began.elapsed());
    }
    whole.sort_unstable();
    Ok(Timed {
        question,
        found,
        median: whole[RUNS / 2],
        longest: whole[RUNS - 1],
        bare: bare.into_iter().max().unwrap_or_default(),
    })
}
