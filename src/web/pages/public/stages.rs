//! The stages and the moves between them, told from the very table that the program works by.

use quanheng_domain::{
    Keyed,
    lifecycle::{ROWS, Row, Target},
    stage::{Phase, Stage},
};
use rocket::{Route, get, routes};
use serde::Serialize;

use crate::Page;
use crate::views::{PageHead, Text};

#[derive(Serialize)]
struct StagesPage {
    head: PageHead,
    phases: Vec<PhaseTold>,
}

#[derive(Serialize)]
struct PhaseTold {
    code: &'static str,
    title: Text,
    help: Text,
    stages: Vec<StageTold>,
}

#[derive(Serialize)]
struct StageTold {
    code: &'static str,
    title: Text,
    help: Text,
    last: bool,
    moves: Vec<MoveTold>,
}

#[derive(Serialize)]
struct MoveTold {
    title: Text,
    source: &'static str,
    to: Option<Text>,
    stays: bool,
    main: bool,
    who: Vec<Text>,
    kinds: Vec<Text>,
    needs: Vec<Text>,
    opens: Vec<Text>,
}

fn told(row: &Row, from: Stage) -> MoveTold {
    let to = match row.to {
        Target::To(stage) => Some(Text::word("stage", stage.key())),
        Target::Abandoned => Some(Text::word("stage", from.abandoned().key())),
        Target::Before => Some(Text::said("stages-before")),
        Target::Stay => None,
    };
    MoveTold {
        title: Text::word("move", row.key.key()),
        source: row.source,
        stays: to.is_none(),
        to,
        main: row.main,
        who: row.who.iter().map(|party| Text::word("party", party.key())).collect(),
        kinds: row.kinds.iter().map(|kind| Text::word("project-kind", kind.key())).collect(),
        needs: row.needs.iter().map(|need| Text::word("need", need.key())).collect(),
        opens: row.opens.iter().map(|kind| Text::word("deadline-kind", kind.key())).collect(),
    }
}

fn stage(stage: Stage) -> StageTold {
    let from_here = ROWS
        .iter()
        .filter(|row| row.from.contains(&stage) || (row.from.is_empty() && !stage.is_final()));
    StageTold {
        code: stage.key(),
        title: Text::word("stage", stage.key()),
        help: Text::said(format!("{}-help", crate::views::word_key("stage", stage.key()))),
        last: stage.is_final(),
        moves: from_here.map(|row| told(row, stage)).collect(),
    }
}

#[get("/stages")]
fn stages() -> Page {
    let phases = Phase::ALL
        .iter()
        .map(|phase| PhaseTold {
            code: phase.key(),
            title: Text::word("stage", phase.key()),
            help: Text::said(format!("{}-help", crate::views::word_key("stage", phase.key()))),
            stages: Stage::ALL
                .iter()
                .filter(|one| one.phase() == *phase)
                .map(|one| stage(*one))
                .collect(),
        })
        .collect();
    let mut head = PageHead::new(Text::said("stages-title"));
    head.lead = Some(Text::said("stages-lead"));
    Page::new("pages/public/stages", &StagesPage { head, phases })
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![stages]
}
