//! Random walks over the table of moves, with random facts, people and fields, never reach an impossible state.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "random_moves/chance.rs"]
mod chance;
#[path = "random_moves/laws.rs"]
mod laws;
#[path = "random_moves/project.rs"]
mod project;

use proptest::prelude::*;
use quanheng_domain::{
    Keyed, deadline,
    lifecycle::{self, Case, Move, ProjectKind, ROWS, rows_from},
    refusal::RefusalCode,
    stage::Stage,
};

use chance::Chance;
use project::{Walker, beginnings};

/// Steps of one walk at most; the main line has 24.
const LONGEST: usize = 90;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_walk_reaches_an_impossible_state(kind in 0..ProjectKind::ALL.len(), seeds in prop::collection::vec(any::<u64>(), 1..LONGEST)) {
        let mut walker = Walker::new(ProjectKind::ALL[kind]);
        for seed in seeds {
            step(&mut walker, &mut Chance::new(seed))?;
        }
    }
}

#[test]
fn the_walks_come_far_enough_to_prove_anything() {
    let mut seen = std::collections::BTreeSet::new();
    for (at, kind) in ProjectKind::ALL.iter().cycle().take(900).enumerate() {
        let mut walker = Walker::new(*kind);
        for turn in 0..120 {
            step(&mut walker, &mut Chance::new((at * 1_000 + turn) as u64)).unwrap();
        }
        seen.extend(walker.path);
    }
    for stage in [Stage::Published, Stage::Abolished, Stage::Confirmed, Stage::ReviewFailed] {
        assert!(seen.contains(&stage), "no walk reached {stage}: {seen:?}");
    }
    assert!(seen.len() * 10 > Stage::ALL.len() * 8, "{} of {}", seen.len(), Stage::ALL.len());
}

fn step(walker: &mut Walker, chance: &mut Chance) -> Result<(), TestCaseError> {
    walker.time_passes(chance);
    let known = walker.known(chance);
    let facts = known.facts(walker);
    let (key, row) = choose(walker, chance);
    let actor = walker.somebody(chance, row);
    let input = walker.fields(chance, row);
    let decided = lifecycle::decide(&walker.standing, key, &actor, &input, &facts);
    let again = lifecycle::decide(&walker.standing, key, &actor, &input, &facts);
    prop_assert_eq!(&decided, &again, "the same facts give the same answer");

    let parties = actor.parties(&walker.standing.owners);
    let row = lifecycle::row_of(key, walker.standing.kind, walker.standing.stage);
    match decided {
        Ok(outcome) => {
            let row = row.expect("only a row of the table is taken");
            prop_assert!(row.who.iter().any(|party| parties.contains(party)));
            prop_assert!(input.faults(row, deadline::day_of(facts.now)).is_empty());
            let case = Case { project: &walker.standing, facts: &facts, input: &input };
            for need in row.needs {
                prop_assert_eq!(case.check(*need).refusal, None, "{} in spite of a need", key);
            }
            laws::of_a_move(walker, row, &outcome, &facts)?;
            walker.carry(row, &outcome);
            laws::of_a_state(walker)?;
        }
        Err(refusal) => {
            let expected = match row {
                None => refusal.code == RefusalCode::NotFromHere,
                Some(row) if !row.who.iter().any(|party| parties.contains(party)) => {
                    refusal.code == RefusalCode::NotYours
                }
                Some(row) if !input.faults(row, deadline::day_of(facts.now)).is_empty() => {
                    refusal.code == RefusalCode::InvalidInput && !refusal.fields.is_empty()
                }
                Some(row) => {
                    let case = Case { project: &walker.standing, facts: &facts, input: &input };
                    let first = row.needs.iter().find_map(|need| case.check(*need).refusal);
                    first.as_ref() == Some(&refusal)
                }
            };
            prop_assert!(expected, "{}: {:?}", key, refusal);
        }
    }
    Ok(())
}

// Mostly a move that leaves from here, and mostly the next one; sometimes any move at all.
fn choose(walker: &Walker, chance: &mut Chance) -> (Move, Option<&'static lifecycle::Row>) {
    let standing = &walker.standing;
    let open: Vec<_> = rows_from(standing.kind, standing.stage).collect();
    let main: Vec<_> = open.iter().copied().filter(|row| row.main).collect();
    let rows = if chance.of(10) < 6 && !main.is_empty() { &main } else { &open };
    if rows.is_empty() || chance.of(20) == 0 {
        let key = Move::ALL[chance.of(Move::ALL.len())];
        return (key, lifecycle::row_of(key, standing.kind, standing.stage));
    }
    let row = rows[chance.of(rows.len())];
    (row.key, Some(row))
}

#[test]
fn every_stage_is_reached_and_left_unless_it_is_an_end() {
    use std::collections::BTreeSet;
    let mut reached: BTreeSet<(ProjectKind, Stage)> = BTreeSet::new();
    let mut open: Vec<(ProjectKind, Stage)> = Vec::new();
    for kind in ProjectKind::ALL {
        open.extend(beginnings(*kind).iter().map(|stage| (*kind, *stage)));
    }
    while let Some((kind, stage)) = open.pop() {
        if !reached.insert((kind, stage)) {
            continue;
        }
        for row in rows_from(kind, stage) {
            let to = match row.to {
                lifecycle::Target::To(stage) => stage,
                lifecycle::Target::Abandoned => stage.abandoned(),
                // Back to a stage from which it was withdrawn, which was reached before.
                lifecycle::Target::Stay | lifecycle::Target::Before => stage,
            };
            open.push((kind, to));
        }
    }
    for stage in Stage::ALL {
        assert!(reached.iter().any(|(_, there)| there == stage), "nothing leads to {stage}");
    }
    for (kind, stage) in &reached {
        let ways = rows_from(*kind, *stage).filter(|row| row.main).count();
        assert_eq!(ways == 0, stage.is_final(), "{kind} at {stage} has {ways} ways on");
    }
    for row in ROWS {
        let kinds =
            ProjectKind::ALL.iter().filter(|kind| row.kinds.is_empty() || row.kinds.contains(kind));
        let takes = |kind: &ProjectKind| {
            reached.iter().any(|(of, at)| of == kind && row.leaves(*kind, *at))
        };
        assert!(
            kinds.clone().any(takes),
            "{} ({}) leaves from where nobody comes",
            row.key,
            row.source
        );
    }
}
