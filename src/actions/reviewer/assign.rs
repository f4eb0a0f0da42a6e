//! Who reviews a text: valid where the rule asks for it, free of conflict always, in fair turn.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectRow},
    register::{self, PersonRow},
    reviews::{self, QualificationRow, ReviewRow},
};
use quanheng_domain::{
    deadline,
    ids::{CommitteeId, PersonId, ProjectId},
    notice::{Notice, NoticeFacts, NoticeKey},
    people::{Actor, ProjectRole},
    refusal::{Refusal, RefusalCode},
    reviewer::{Candidate, Conflict, rotation},
    rules::keys,
};

use crate::{ActionError, Tx, account, profiles, project::notices, tell};

/// What a review of a project must be free of: its drafters and their units.
pub fn conflict(conn: &mut AnyConn, project: ProjectId) -> Result<Conflict, ActionError> {
    let people = projects::people_of(conn, project)?;
    let drafters: Vec<_> = people
        .iter()
        .filter(|row| matches!(row.role, ProjectRole::LeadDrafter | ProjectRole::Drafter))
        .collect();
    // A unit drafts the text by being named, and by its people who do.
    let named = projects::units_of(conn, project)?.into_iter().map(|unit| unit.organisation_id);
    let units = named.chain(drafters.iter().filter_map(|row| row.organisation_id)).collect();
    Ok(Conflict { drafters: drafters.iter().map(|row| row.person_id).collect(), units })
}

/// The people of a committee's register, one each with the qualification that ends last.
pub fn candidates(
    conn: &mut AnyConn,
    committee: CommitteeId,
) -> Result<Vec<(Candidate, PersonRow, QualificationRow)>, ActionError> {
    let mut latest: BTreeMap<PersonId, QualificationRow> = BTreeMap::new();
    for row in reviews::qualifications_of(conn, committee)? {
        // Ordered by their ends, so that the last one stays; one that was taken away yields to one that was not.
        let stays = latest
            .get(&row.person_id)
            .is_some_and(|kept| kept.revoked_at.is_none() && row.revoked_at.is_some());
        if !stays {
            latest.insert(row.person_id, row);
        }
    }
    let ids: Vec<PersonId> = latest.keys().copied().collect();
    let given = reviews::of_people(conn, &ids)?;
    let people = register::people_by(conn, &ids)?;
    let candidate = |person: PersonRow| {
        let row = latest.get(&person.id)?.clone();
        let own = given.iter().filter(|review| review.person_id == person.id);
        let open = own.clone().filter(|review| is_open(review)).count();
        let candidate = Candidate {
            person: person.id,
            unit: person.organisation_id,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            revoked: row.revoked_at.is_some(),
            absent_until: row.absent_until,
            open: u32::try_from(open).unwrap_or(u32::MAX),
            last: own.map(|review| deadline::day_of(review.assigned_at)).max(),
        };
        Some((candidate, person, row))
    };
    Ok(people.into_iter().filter_map(candidate).collect())
}

fn is_open(review: &ReviewRow) -> bool {
    review.submitted_at.is_none() && review.ended_at.is_none()
}

/// Whose turn it is for a project, the first first.
pub fn turn(
    conn: &mut AnyConn,
    project: &ProjectRow,
    today: NaiveDate,
) -> Result<Vec<PersonRow>, ActionError> {
    let Some(committee) = project.committee_id else { return Ok(Vec::new()) };
    let conflict = conflict(conn, project.id)?;
    let named = reviews::of_project(conn, project.id)?;
    let mut found = candidates(conn, committee)?;
    // Whoever reviews the text already is not proposed for it once more.
    found.retain(|(one, ..)| {
        !named.iter().any(|row| row.person_id == one.person && row.ended_at.is_none())
    });
    let all: Vec<Candidate> = found.iter().map(|(candidate, ..)| candidate.clone()).collect();
    let line = rotation(&all, &conflict, today);
    let person = |candidate: &&Candidate| {
        found
            .iter()
            .find(|(other, ..)| other.person == candidate.person)
            .map(|(_, row, _)| row.clone())
    };
    Ok(line.iter().filter_map(person).collect())
}

/// Refuses whoever has a conflict, and whoever has no valid qualification where the rule asks for one.
pub(crate) fn refuse_unfit(
    tx: &mut Tx<'_, '_>,
    project: &ProjectRow,
    person: &PersonRow,
) -> Result<Option<QualificationRow>, ActionError> {
    let conflict = conflict(tx.conn(), project.id)?;
    let of_unit = person.organisation_id.is_some_and(|unit| conflict.units.contains(&unit));
    if of_unit || conflict.drafters.contains(&person.id) {
        return Err(Refusal::new(RefusalCode::Recused).with("person", &person.name_zh).into());
    }
    let today = tx.today();
    let valid = match project.committee_id {
        Some(committee) => candidates(tx.conn(), committee)?
            .into_iter()
            .find(|(candidate, ..)| candidate.person == person.id && candidate.is_valid_on(today)),
        None => None,
    };
    let profile = profiles::load(tx.conn(), project.profile_id)?;
    let rule = keys::PRINCIPAL_REVIEWER_QUALIFIED;
    if valid.is_none() && profile.get(rule) {
        let refusal = Refusal::by(RefusalCode::NotQualified, rule.key()).citing(&profile);
        return Err(refusal.with("person", &person.name_zh).into());
    }
    Ok(valid.map(|(.., row)| row))
}

/// Opens the form of a reviewer who was named.
pub(crate) fn begin(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    project: &ProjectRow,
    person: &PersonRow,
    qualification: Option<QualificationRow>,
) -> Result<(), ActionError> {
    let by = actor.person().map_or(person.id, |acting| acting.person);
    let row = ReviewRow {
        id: tx.id(),
        version: 1,
        project_id: project.id,
        person_id: person.id,
        document_id: None,
        qualification: qualification.as_ref().map(|row| row.number.clone()).unwrap_or_default(),
        valid_until: qualification.map(|row| row.valid_until),
        assigned_by: by,
        assigned_at: tx.now(),
        checklist: serde_json::json!({}),
        opinion: String::new(),
        recommendation: None,
        submitted_at: None,
        ended_at: None,
    };
    reviews::add(tx.conn(), &row)?;
    let mut about = notices::about(project);
    about.concerned = account::recipient(person).into_iter().collect();
    let facts = NoticeFacts {
        path: format!("/projects/{}/reviewers", project.id),
        ..notices::facts(tx, project)?
    };
    tell::tell(tx, &Notice { key: NoticeKey::ReviewerAssigned, facts }, &about, None)?;
    Ok(())
}

/// Ends the form of a reviewer whose name was taken away; what was written stays on record.
pub(crate) fn end(
    tx: &mut Tx<'_, '_>,
    project: ProjectId,
    person: PersonId,
) -> Result<(), ActionError> {
    let now = tx.now();
    let all = reviews::of_project(tx.conn(), project)?;
    for mut row in all.into_iter().filter(|row| row.person_id == person && row.ended_at.is_none()) {
        row.ended_at = Some(now);
        if !reviews::save(tx.conn(), &mut row)? {
            return Err(ActionError::Conflict);
        }
    }
    Ok(())
}
