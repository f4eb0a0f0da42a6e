//! What waits for somebody's word: comments of the public, rows of tables, what the people of a unit gather, who wants to listen.

use chrono::{DateTime, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::project::load::standing;
use quanheng_db::conn::AnyConn;
use quanheng_db::projects::ProjectRow;
use quanheng_db::rounds::RoundRow;
use quanheng_db::{comment_imports, comment_watch, reviews, unit_remarks};
use quanheng_domain::ids::{ProjectId, RoundId};
use quanheng_domain::people::{Actor, Party, PersonActor, ProjectRole};
use quanheng_domain::stage::Phase;

use super::{Due, line};
use crate::views::Text;

/// What waits, by round or by project.
pub struct Waiting {
    held: Vec<(ProjectId, RoundId, i64)>,
    rows: Vec<(ProjectId, RoundId, i64)>,
    listeners: Vec<(ProjectId, i64)>,
    /// Rounds in which the unit of the reader has not answered.
    pub unit: Vec<RoundRow>,
}

impl Waiting {
    /// Reads what waits for a person.
    pub fn read(
        conn: &mut AnyConn,
        person: &PersonActor,
        projects: &[ProjectRow],
    ) -> Result<Self, ActionError> {
        let ours = secretaried(person, projects);
        let kept: Vec<ProjectId> = ours.iter().map(|row| row.id).collect();
        let reviewed = ours.iter().filter(|row| row.stage.phase() == Phase::Review);
        let reviewed: Vec<ProjectId> = reviewed.map(|row| row.id).collect();
        let (mut held, mut rows, mut listeners) = (Vec::new(), Vec::new(), Vec::new());
        if !kept.is_empty() {
            held = comment_watch::waiting_of(conn, &kept)?;
            rows = comment_imports::waiting_by_round(conn, &kept)?;
        }
        if !reviewed.is_empty() {
            listeners = reviews::applications_of(conn, &reviewed)?;
        }
        Ok(Self { held, rows, listeners, unit: gathered(conn, person)? })
    }

    /// What waits as lines of the desk.
    pub fn lines(
        &self,
        title: &impl Fn(ProjectId) -> String,
        due: &impl Fn(ProjectId) -> Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Vec<Due> {
        let waiting = |(project, round, n): &(ProjectId, RoundId, i64), task: &str, page: &str| {
            let (href, task) =
                (format!("/consultations/{round}/{page}"), Text::said(task).with("n", *n));
            line(href, &title(*project), task, due(*project), now)
        };
        let held = self.held.iter().map(|row| waiting(row, "desk-task-held", "held"));
        let rows = self.rows.iter().map(|row| waiting(row, "desk-task-rows", "imports"));
        let unit = self.unit.iter().map(|round| {
            let (href, task) =
                (format!("/consultations/{}/unit", round.id), Text::said("desk-task-unit"));
            line(href, &title(round.project_id), task, Some(round.closes_at), now)
        });
        let listeners = self.listeners.iter().map(|(project, n)| {
            let href = format!("/projects/{project}/reviewers#observers");
            let task = Text::said("desk-task-listeners").with("n", *n);
            line(href, &title(*project), task, due(*project), now)
        });
        held.chain(rows).chain(unit).chain(listeners).collect()
    }
}

/// Running rounds in which the unit of this person was asked and has not answered.
fn gathered(conn: &mut AnyConn, person: &PersonActor) -> Result<Vec<RoundRow>, ActionError> {
    let mut owed: Vec<RoundRow> = Vec::new();
    for (round, line) in unit_remarks::asked_through(conn, person.person)? {
        let drafts = person.projects.iter().any(|(project, role)| {
            *project == round.project_id
                && matches!(role, ProjectRole::LeadDrafter | ProjectRole::Drafter)
        });
        if line.answered_at.is_none() && !drafts && owed.iter().all(|known| known.id != round.id) {
            owed.push(round);
        }
    }
    Ok(owed)
}

/// Projects whose comments this person admits and enters.
fn secretaried<'p>(person: &PersonActor, all: &'p [ProjectRow]) -> Vec<&'p ProjectRow> {
    let actor = Actor::Person(person.clone());
    let ours =
        |row: &&ProjectRow| actor.parties(&standing(row).owners).contains(&Party::Secretariat);
    all.iter().filter(ours).collect()
}
