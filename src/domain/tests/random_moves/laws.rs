//! What must hold of every move and every state, written from the domain rules (3.3, 3.7, 3.8) and not from the table.

use proptest::{prelude::TestCaseError, prop_assert, prop_assert_eq};
use quanheng_domain::{
    deadline,
    lifecycle::{Change, Facts, Field, Move, Openness, Outcome, ProjectKind, Row, Target},
    rules::keys,
    stage::Stage,
};

use super::project::Walker;

const MAKING: [ProjectKind; 3] = [ProjectKind::Make, ProjectKind::Revise, ProjectKind::Amendment];

/// What must hold of a move that is allowed; the walker still stands before it.
pub fn of_a_move(
    walker: &Walker,
    row: &Row,
    outcome: &Outcome,
    facts: &Facts<'_>,
) -> Result<(), TestCaseError> {
    let standing = &walker.standing;
    let from = standing.stage;
    // An end is left by the reopening of what the committee had withdrawn, and by nothing else (E-20).
    if from.is_final() {
        prop_assert_eq!(outcome.key, Move::Reopen);
        prop_assert_eq!(standing.withdrawn_from, Some(outcome.to));
        prop_assert!(!outcome.to.is_final());
    }
    if outcome.key == Move::Withdraw {
        let back = match from {
            Stage::Commenting => Stage::CommentsAgain,
            Stage::Reviewing => Stage::PapersReleased,
            from => from,
        };
        prop_assert!(outcome.changes.contains(&Change::Withdrawn(back)));
    }
    if outcome.to.is_final() && facts.round.as_ref().is_some_and(|round| round.running) {
        let ended = outcome.changes.iter().any(|change| matches!(change, Change::Round(_)));
        prop_assert!(ended, "a round goes on for a project that ended");
    }
    prop_assert_eq!(outcome.changes.contains(&Change::EndBallots), outcome.to.is_final());
    match row.to {
        Target::Abandoned => prop_assert!(outcome.to.is_final() && outcome.to == from.abandoned()),
        Target::Stay => prop_assert_eq!(outcome.to, from),
        Target::To(stage) => prop_assert_eq!(outcome.to, stage),
        Target::Before => {}
    }
    for open in &outcome.opens {
        let planned = matches!(outcome.key, Move::IncludeInPlan | Move::Extend);
        // A plan may be entered late, with a due day that is over; every other clock runs ahead.
        prop_assert!(
            open.due_at > facts.now || planned || asked_day_is_past(walker, outcome),
            "{:?}",
            open
        );
    }
    enters(walker, outcome, facts)?;
    bounds(walker, outcome, facts)
}

// A comment round or ballot whose last day the fields name may be refused by other rules; its clock acts at once.
fn asked_day_is_past(walker: &Walker, outcome: &Outcome) -> bool {
    let today = deadline::day_of(walker.now);
    [Field::ClosesOn, Field::BallotClosesOn, Field::DueOn]
        .iter()
        .filter_map(|field| outcome.facts.get(&field.to_string()))
        .any(|day| day.parse::<chrono::NaiveDate>().is_ok_and(|day| day < today))
}

fn enters(walker: &Walker, outcome: &Outcome, facts: &Facts<'_>) -> Result<(), TestCaseError> {
    let from = walker.standing.stage;
    if outcome.to == from {
        return Ok(());
    }
    // Coming back from a withdrawal is no new entry.
    if outcome.key == Move::Reopen {
        return Ok(());
    }
    match outcome.to {
        Stage::Published => {
            prop_assert!(matches!(from, Stage::Numbered | Stage::Approved));
            prop_assert!(walker.path.contains(&Stage::Approved), "published without approval");
            let dossier = walker.path.iter().rposition(|stage| *stage == Stage::DossierReceived);
            let approved = walker.path.iter().rposition(|stage| *stage == Stage::Approved);
            prop_assert!(dossier < approved, "the dossier that was approved is the last one");
        }
        Stage::Numbered => prop_assert!(from == Stage::Approved && !facts.number_taken),
        Stage::Approved => {
            prop_assert_eq!(from, Stage::DossierCheck);
            prop_assert_eq!(facts.parties_pending, 0);
        }
        Stage::ReviewPassed => {
            let ballot = facts.review.as_ref().expect("a review that passed was voted on");
            prop_assert!(ballot.tally.quorum_met && ballot.tally.passed && ballot.signed);
        }
        Stage::ReviewFailed => {
            let ballot = facts.review.as_ref().expect("a review that failed was voted on");
            prop_assert!(ballot.tally.quorum_met && !ballot.tally.passed);
        }
        Stage::ReviewInvalid => {
            prop_assert!(facts.review.as_ref().is_some_and(|ballot| !ballot.tally.quorum_met));
        }
        Stage::Reviewing => {
            prop_assert!(facts.voters > 0);
            prop_assert!(walker.path.contains(&Stage::PapersReleased), "papers come first");
        }
        Stage::CommentsTreated if from == Stage::CommentsClosed => {
            prop_assert_eq!(facts.round.as_ref().map_or(0, |round| round.open_comments), 0);
        }
        Stage::CommentsClosed => {
            prop_assert!(facts.round.as_ref().is_some_and(|round| round.closes_at <= facts.now));
        }
        Stage::Commenting | Stage::Publicity => {
            prop_assert!(walker.standing.openness != Openness::Placeholder);
        }
        Stage::Planned => prop_assert_eq!(facts.objections_open, 0),
        Stage::Abolished => prop_assert!(facts.abolition_ends.is_some_and(|end| end <= facts.now)),
        Stage::Applied => {
            prop_assert!(!facts.term_ended);
            prop_assert!(
                facts.proposal.as_ref().is_some_and(|vote| vote.closed && vote.tally.passed)
            );
        }
        _ => {}
    }
    Ok(())
}

fn bounds(walker: &Walker, outcome: &Outcome, facts: &Facts<'_>) -> Result<(), TestCaseError> {
    let standing = &walker.standing;
    for change in &outcome.changes {
        match change {
            Change::Failure => {
                prop_assert!(standing.failures < facts.profile.get(keys::REVIEW_FAILURES_MAX));
                let last = standing.failures + 1 >= facts.profile.get(keys::REVIEW_FAILURES_MAX);
                prop_assert_eq!(outcome.to == Stage::ReviewAbandoned, last);
            }
            Change::Due(day) => {
                prop_assert!(standing.extensions < facts.profile.get(keys::EXTENSION_TIMES));
                prop_assert!(standing.due_on.is_none_or(|due| *day > due));
            }
            Change::Publish { issued_on, effective_on, .. } => {
                prop_assert!(issued_on <= effective_on && *issued_on <= facts.today);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What must hold of a project wherever it stands.
pub fn of_a_state(walker: &Walker) -> Result<(), TestCaseError> {
    let standing = &walker.standing;
    let (stage, kind) = (standing.stage, standing.kind);
    let profile = walker.profile();
    prop_assert!(standing.failures <= profile.get(keys::REVIEW_FAILURES_MAX));
    prop_assert!(standing.extensions <= profile.get(keys::EXTENSION_TIMES));
    let planned = walker.path.contains(&Stage::Planned);
    prop_assert_eq!(standing.plan_on.is_some(), planned, "the plan is where the plan's date is");
    let beyond_the_plan =
        ["20", "30", "40", "50", "60"].contains(&stage.phase().to_string().as_str());
    if MAKING.contains(&kind) && beyond_the_plan {
        prop_assert!(planned, "{} without a plan at {}", kind, stage);
    }
    if kind == ProjectKind::Reexamination {
        prop_assert!(["90", "95"].contains(&stage.phase().to_string().as_str()));
    }
    if kind == ProjectKind::Corrigendum {
        prop_assert!(!["10", "20", "30", "40"].contains(&stage.phase().to_string().as_str()));
    }
    Ok(())
}
