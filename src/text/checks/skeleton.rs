//! The chapters that a text of a kind is to have, in their order (章节结构).

use quanheng_domain::{
    check::{CheckKind, Skeleton},
    clause::ClauseKind,
};

use super::{
    Finding,
    outline::{Outline, tight},
};

/// A chapter: the names by which it is known, the usual one first, and whether a text may do without it.
struct Chapter {
    names: &'static [&'static str],
    needed: bool,
    /// Sections, wherever below the chapter they stand.
    sections: &'static [&'static [&'static str]],
}

const fn needed(names: &'static [&'static str]) -> Chapter {
    Chapter { names, needed: true, sections: &[] }
}
const fn may(names: &'static [&'static str]) -> Chapter {
    Chapter { names, needed: false, sections: &[] }
}

const INTRODUCTION: Chapter = needed(&["引言"]);
const SCOPE: Chapter = needed(&["范围"]);
const REFERENCES: Chapter = needed(&["引用文件", "引用文献"]);
const TERMS: Chapter = may(&["术语", "计量单位"]);
const CONTROL: Chapter = Chapter {
    names: &["计量器具控制"],
    needed: true,
    sections: &[
        &["检定条件"],
        &["检定项目"],
        &["检定方法"],
        &["检定结果的处理", "检定结果处理"],
        &["检定周期"],
    ],
};

const VERIFICATION: &[Chapter] = &[
    INTRODUCTION,
    SCOPE,
    REFERENCES,
    TERMS,
    needed(&["概述"]),
    needed(&["计量性能要求"]),
    needed(&["通用技术要求"]),
    CONTROL,
];
const VERIFICATION_REVISED: &[Chapter] = &[
    INTRODUCTION,
    SCOPE,
    REFERENCES,
    TERMS,
    needed(&["计量器具类别说明", "计量器具类别描述", "类别说明", "类别描述"]),
    needed(&["计量性能要求"]),
    needed(&["通用技术要求"]),
    CONTROL,
];
const CALIBRATION: &[Chapter] = &[
    INTRODUCTION,
    SCOPE,
    REFERENCES,
    TERMS,
    may(&["概述"]),
    needed(&["计量特性"]),
    Chapter {
        names: &["校准条件"],
        needed: true,
        sections: &[&["环境条件"], &["测量标准", "校准用设备", "标准器", "设备"]],
    },
    Chapter {
        names: &["校准项目和校准方法", "校准项目", "校准方法"],
        needed: true,
        sections: &[&["校准项目"]],
    },
    needed(&["校准结果"]),
    needed(&["复校时间间隔", "复校间隔"]),
];
const TYPE_EVALUATION: &[Chapter] = &[
    INTRODUCTION,
    SCOPE,
    REFERENCES,
    TERMS,
    needed(&["概述"]),
    needed(&["法制管理要求"]),
    needed(&["计量要求", "计量性能要求"]),
    needed(&["通用技术要求"]),
    needed(&["型式评价项目"]),
    needed(&["样机"]),
    needed(&["试验方法", "试验项目的试验"]),
    needed(&["计量器具和设备表", "设备表", "计量器具和设备"]),
    may(&["记录格式"]),
];
const SCHEME: &[Chapter] = &[
    SCOPE,
    REFERENCES,
    TERMS,
    needed(&["基准"]),
    needed(&["计量标准"]),
    needed(&["工作计量器具"]),
    needed(&["框图"]),
];

/// Annexes that texts of a kind have, by words of their headings, the usual name first.
const fn annexes(kind: Skeleton) -> &'static [&'static [&'static str]] {
    match kind {
        Skeleton::Verification | Skeleton::VerificationRevised => {
            &[&["证书内页格式", "内页格式", "内页"]]
        }
        Skeleton::Calibration => {
            &[&["不确定度评定示例", "不确定度"], &["证书内页格式", "内页格式", "内页"]]
        }
        Skeleton::TypeEvaluation => &[&["记录格式"]],
        Skeleton::Scheme => &[],
    }
}

const fn chapters(kind: Skeleton) -> &'static [Chapter] {
    match kind {
        Skeleton::Verification => VERIFICATION,
        Skeleton::VerificationRevised => VERIFICATION_REVISED,
        Skeleton::Calibration => CALIBRATION,
        Skeleton::TypeEvaluation => TYPE_EVALUATION,
        Skeleton::Scheme => SCHEME,
    }
}

pub(super) fn check(kind: Skeleton, text: &Outline) -> Vec<Finding> {
    let wanted = chapters(kind);
    let mut taken: Vec<usize> = Vec::new();
    // The place of every chapter of the skeleton; a heading serves once.
    let places: Vec<Option<usize>> = wanted
        .iter()
        .map(|chapter| {
            let place = find(text, chapter, &taken);
            taken.extend(place);
            place
        })
        .collect();
    let mut found = order(text, wanted, &places);
    let mut before: Option<usize> = None;
    for (chapter, place) in wanted.iter().zip(&places) {
        match place {
            Some(place) => {
                found.extend(sections(text, chapter, *place));
                before = Some(text.within(*place).end - 1);
            }
            None if chapter.needed => {
                found.push(missing(CheckKind::ChapterMissing, text, before, chapter.names[0]))
            }
            None => {}
        }
    }
    found.extend(annex_findings(kind, text));
    found
}

fn find(text: &Outline, chapter: &Chapter, taken: &[usize]) -> Option<usize> {
    let named = |exact: bool| {
        text.chapters().find(|(at, clause)| {
            let heading = tight(&clause.heading);
            let fits =
                |name: &&str| if exact { heading == **name } else { heading.contains(*name) };
            !taken.contains(at)
                && clause.kind != ClauseKind::Annex
                && chapter.names.iter().any(fits)
        })
    };
    named(true).or_else(|| named(false)).map(|(at, _)| at)
}

fn missing(rule: CheckKind, text: &Outline, after: Option<usize>, name: &str) -> Finding {
    let at = after.or((!text.clauses.is_empty()).then_some(0));
    Finding::new(rule, at.map_or("", |at| &text.clauses[at].key), name)
}

/// Chapters that do not belong to the longest run in the order of the skeleton.
fn order(text: &Outline, wanted: &[Chapter], places: &[Option<usize>]) -> Vec<Finding> {
    let present: Vec<(usize, usize)> =
        places.iter().enumerate().filter_map(|(rank, place)| Some((rank, (*place)?))).collect();
    // length, and the one before, of the best run that ends with each.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(present.len());
    for (at, (_, place)) in present.iter().enumerate() {
        let before = (0..at)
            .filter(|other| present[*other].1 < *place)
            .max_by_key(|other| (best[*other].0, std::cmp::Reverse(*other)));
        best.push((1 + before.map_or(0, |before| best[before].0), before));
    }
    let mut kept = vec![false; present.len()];
    let mut end = (0..best.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    while let Some(at) = end {
        kept[at] = true;
        end = best[at].1;
    }
    let astray = (0..present.len()).filter(|at| !kept[*at]);
    astray
        .map(|at| {
            let (rank, place) = present[at];
            let clause = &text.clauses[place];
            let neighbour =
                |other: Option<usize>| other.map_or("", |other| wanted[present[other].0].names[0]);
            let before = (0..at).rev().find(|other| kept[*other]);
            Finding::new(CheckKind::ChapterOrder, &clause.key, clause.title())
                .with("chapter", wanted[rank].names[0])
                .with("after", neighbour(before))
        })
        .collect()
}

fn sections(text: &Outline, chapter: &Chapter, place: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut before = place;
    for names in chapter.sections {
        match text.named(text.within(place), names) {
            Some(at) => before = before.max(at),
            None => {
                let finding = missing(CheckKind::ChapterMissing, text, Some(before), names[0]);
                found.push(finding.with("chapter", text.clauses[place].title()));
            }
        }
    }
    found
}

fn annex_findings(kind: Skeleton, text: &Outline) -> Vec<Finding> {
    let all: Vec<_> =
        text.chapters().filter(|(_, clause)| clause.kind == ClauseKind::Annex).collect();
    let held = |names: &[&str]| {
        all.iter().any(|(_, annex)| names.iter().any(|name| tight(&annex.heading).contains(name)))
    };
    let last = text.clauses.len().checked_sub(1);
    let mut found: Vec<Finding> = annexes(kind)
        .iter()
        .filter(|names| !held(names))
        // The formats of a type evaluation may be a chapter of their own.
        .filter(|names| text.chapter(names).is_none())
        .map(|names| missing(CheckKind::AnnexMissing, text, last, names[0]))
        .collect();
    if kind == Skeleton::VerificationRevised {
        let silent = all.iter().filter(|(_, annex)| {
            let said = format!("{}{}", annex.number, annex.heading);
            !["规范性", "资料性"].iter().any(|word| said.contains(word))
        });
        found.extend(
            silent
                .map(|(_, annex)| Finding::new(CheckKind::AnnexStatus, &annex.key, annex.title())),
        );
    }
    found
}
