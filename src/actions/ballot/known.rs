//! Who knows of a ballot: the committee's record is not public, its result is.

use std::collections::BTreeSet;

use quanheng_db::{
    ballots::{BallotRow, RollRow},
    projects::ProjectRow,
    register::CommitteeRow,
};
use quanheng_domain::people::{Actor, Party, ProjectRole};

use crate::project::load::standing;

/// True for those on the roll, seated in the committee or on duty for its authority; for the principal reviewers of the project,
/// who sign the conclusion without a seat; and for its drafters once it is counted.
pub fn may_know(
    ballot: &BallotRow,
    project: Option<&ProjectRow>,
    committee: Option<&CommitteeRow>,
    roll: &[RollRow],
    actor: &Actor,
) -> bool {
    let Some(person) = actor.person() else { return false };
    let works = project.is_some_and(|project| {
        let parties: BTreeSet<Party> = actor.parties(&standing(project).owners);
        let reviews = person.projects.contains(&(project.id, ProjectRole::PrincipalReviewer));
        // Drafters learn the result: they do what it requires and put the papers into the dossier.
        let drafts = parties.contains(&Party::Drafter) && ballot.is_counted();
        reviews
            || drafts
            || parties.contains(&Party::Officer)
            || parties.contains(&Party::Administrator)
    });
    works
        || person.administrator
        || committee.is_some_and(|committee| person.authorities.contains(&committee.authority_id))
        || person.seats.iter().any(|seat| seat.committee == ballot.committee_id)
        || roll.iter().any(|line| line.person_id == person.person)
}
