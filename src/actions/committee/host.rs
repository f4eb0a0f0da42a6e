//! Where the unit that hosts a secretariat drafts a text (承担单位参与起草), the secretariat's duties for that project are those
//! of its people of other units (edge case 6). Until somebody of another unit is seated they stay where they are, and the
//! ballot, its papers and its page say so.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_db::{
    AnyConn,
    outbox::{self, Recipient, Seated},
    projects,
    register::{CommitteeRow, PersonRow, SeatRow},
};
use quanheng_domain::{
    ids::{CommitteeId, OrganisationId, ProjectId},
    people::Role,
};

use crate::ActionError;

/// The roles that do a secretariat's work.
const SECRETARIAT: &[Role] =
    &[Role::SecretaryGeneral, Role::DeputySecretaryGeneral, Role::SecretariatStaff];

/// Projects from whose secretariat duties a person stands aside, by the seats held today, each with the unit that hosts its
/// committee.
///
/// # Errors
/// What the database says.
pub fn aside(
    conn: &mut AnyConn,
    person: &PersonRow,
    seats: &[(SeatRow, Option<OrganisationId>)],
    today: NaiveDate,
) -> Result<BTreeSet<ProjectId>, ActionError> {
    let mut aside = BTreeSet::new();
    for (seat, host) in seats {
        let unit = seat.organisation_id.or(person.organisation_id);
        let Some(host) = host.filter(|host| seat.role.is_secretariat() && unit == Some(*host))
        else {
            continue;
        };
        let drafted = projects::drafted_by(conn, seat.committee_id, host)?;
        if drafted.is_empty() {
            continue;
        }
        let seated = outbox::seated_with_host(conn, seat.committee_id, SECRETARIAT, today)?;
        if seated.iter().any(|one| !one.of_host()) {
            aside.extend(drafted);
        }
    }
    Ok(aside)
}

/// The people who do a secretariat's work on a day, for a project or for the committee itself.
///
/// # Errors
/// What the database says.
pub fn on_duty(
    conn: &mut AnyConn,
    committee: CommitteeId,
    project: Option<ProjectId>,
    today: NaiveDate,
) -> Result<Vec<Recipient>, ActionError> {
    let mut seated = outbox::seated_with_host(conn, committee, SECRETARIAT, today)?;
    let host = seated.iter().find(|one| one.of_host()).and_then(|one| one.host);
    if let (Some(host), Some(project)) = (host, project)
        && seated.iter().any(|one| !one.of_host())
        && projects::drafted_by(conn, committee, host)?.contains(&project)
    {
        seated.retain(|one| !one.of_host());
    }
    Ok(seated.into_iter().filter_map(Seated::reachable).collect())
}

/// Who acts for the secretariat on a project whose text its host drafts; nothing where the host does not draft it.
///
/// # Errors
/// What the database says.
pub fn deputies(
    conn: &mut AnyConn,
    committee: &CommitteeRow,
    project: ProjectId,
    today: NaiveDate,
) -> Result<Option<Vec<String>>, ActionError> {
    let Some(host) = committee.host_id else { return Ok(None) };
    if !projects::drafted_by(conn, committee.id, host)?.contains(&project) {
        return Ok(None);
    }
    let seated = outbox::seated_with_host(conn, committee.id, SECRETARIAT, today)?;
    Ok(Some(seated.into_iter().filter(|one| !one.of_host()).map(|one| one.name).collect()))
}
