//! Re-examination (复审) of a committee's texts: the queue by age and evidence, the plan of a year, and what was planned and missed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};
use quanheng_db::{
    conn::AnyConn,
    projects::{self, ProjectFilter, ProjectRow},
    reexaminations::{self, PlanRow},
    relations,
    specifications::SpecificationRow,
};
use quanheng_domain::{
    deadline,
    event::ObjectKind,
    ids::{CommitteeId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    people::{Actor, Owners, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
};
use serde_json::json;

use super::catalogue::Catalogue;
use super::international::{Followed, followed};
use crate::{ActionError, NewEvent, Tx, profiles};

/// Cases of a committee that are read; none has as many.
const MOST_CASES: i64 = 5_000;

/// What speaks for examining a text again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The day by which the rule wants it; none where the day of force is not known.
    pub due_on: Option<NaiveDate>,
    /// Whether that day is over.
    pub overdue: bool,
    /// Cited texts that were replaced or abolished.
    pub cited_changed: Vec<String>,
    /// International documents it follows that were issued anew or withdrawn.
    pub source_renewed: Vec<String>,
    /// Feedback cases.
    pub feedback: i64,
    /// Amendments and corrigenda.
    pub amendments: i64,
    /// Whether its open text was not read for as long as the rule says.
    pub unused: bool,
}

impl Evidence {
    /// How strongly it speaks; the greatest comes first.
    pub fn weight(&self) -> i64 {
        let changed = i64::try_from(self.cited_changed.len()).unwrap_or(i64::MAX);
        i64::from(self.overdue) * 10
            + changed.min(5) * 3
            + i64::try_from(self.source_renewed.len()).unwrap_or(i64::MAX).min(5) * 3
            + self.feedback.min(5) * 2
            + self.amendments * 2
            + i64::from(self.unused)
    }
}

/// A text in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Place in the catalogue.
    pub place: usize,
    /// What speaks for it.
    pub evidence: Evidence,
    /// The case that is running, if there is one (edge case 58: a text that is being worked on is skipped).
    pub running: Option<ProjectRow>,
    /// The years for which it stands in the plan, newest first.
    pub planned: Vec<i32>,
}

/// The queue of a committee with its plans.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    /// Texts in force, those with the strongest evidence first.
    pub texts: Vec<Queued>,
    /// Planned for a year that is over and not done: year and place in the catalogue.
    pub missed: Vec<(i32, usize)>,
    /// Cases that came to their end: year, place in the catalogue, case.
    pub done: Vec<(i32, usize, ProjectRow)>,
}

impl Queue {
    /// The strongest evidence first, the oldest plan that was missed, the newest result.
    fn sort(&mut self) {
        self.texts.sort_by_key(|one| {
            (std::cmp::Reverse(one.evidence.weight()), one.evidence.due_on, one.place)
        });
        self.missed.sort_unstable();
        self.done.sort_by_key(|(year, place, _)| (std::cmp::Reverse(*year), *place));
    }

    /// Notes the cases of a text that ended, and the years for which it was planned and not examined.
    fn look_back(
        &mut self,
        place: usize,
        row: &SpecificationRow,
        cases: &[&ProjectRow],
        planned: &[i32],
        today: NaiveDate,
    ) {
        // A case that was broken off has examined nothing.
        let ended = |case: &&&ProjectRow| case.stage.is_final() && !case.stage.is_abandoned();
        let year_of = |case: &ProjectRow| deadline::day_of(case.stage_since).year();
        for case in cases.iter().filter(ended) {
            self.done.push((year_of(case), place, (*case).clone()));
        }
        for year in planned.iter().filter(|year| **year < today.year()) {
            let examined = row.last_reexamined_on.is_some_and(|on| on.year() >= *year)
                || cases.iter().filter(ended).any(|case| year_of(case) >= *year);
            if !examined && row.abolished_on.is_empty() {
                self.missed.push((*year, place));
            }
        }
    }
}

/// Reads the queue of a committee on a day, with a constant number of queries.
///
/// # Errors
/// Storage trouble.
pub fn queue(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    committee: CommitteeId,
    today: NaiveDate,
) -> Result<Queue, ActionError> {
    let own = |row: &SpecificationRow| row.committee_id == Some(committee);
    let places: Vec<usize> =
        (0..catalogue.editions.len()).filter(|at| own(&catalogue.editions[*at])).collect();
    let Some(first) = places.first().map(|at| &catalogue.editions[*at]) else {
        return Ok(Queue::default());
    };
    let profile = profiles::of_edition(conn, first, today)?;
    let years = profile.get(keys::REEXAM_YEARS);
    let unused = u64::from(profile.get(keys::REEXAM_UNUSED_DAYS).amount);
    let ids: Vec<SpecificationId> = places.iter().map(|at| catalogue.editions[*at].id).collect();
    let counted = |all: Vec<(SpecificationId, i64)>| all.into_iter().collect::<HashMap<_, _>>();
    let feedback = counted(reexaminations::feedback_counts(conn, &ids)?);
    let amendments = counted(reexaminations::amendment_counts(conn, &ids)?);
    let since = today.checked_sub_days(Days::new(unused)).unwrap_or(today);
    let read: BTreeSet<SpecificationId> =
        reexaminations::read_since(conn, &ids, since)?.into_iter().collect();
    let indexed =
        quanheng_db::search::among(conn, &ids)?.into_iter().collect::<BTreeSet<SpecificationId>>();
    let changed = changed_citations(conn, catalogue, &ids, today)?;
    let sources = followed(conn, places.iter().map(|at| &catalogue.editions[*at]))?;
    let cases = cases(conn, committee)?;
    let mut plans: BTreeMap<SpecificationId, Vec<i32>> = BTreeMap::new();
    for plan in reexaminations::plans_of(conn, committee)? {
        plans.entry(plan.specification_id).or_default().push(plan.year);
    }
    let mut queue = Queue::default();
    for place in places {
        let row = &catalogue.editions[place];
        let planned = plans.get(&row.id).cloned().unwrap_or_default();
        let of_text = || cases.iter().filter(|case| case.specification_id == Some(row.id));
        queue.look_back(place, row, &of_text().collect::<Vec<_>>(), &planned, today);
        if !catalogue.state(&row.id, today).is_in_force() {
            continue;
        }
        let base = row.last_reexamined_on.or_else(|| row.effective_on.parse().ok());
        let due_on = base.map(|base| deadline::corresponding_day(base, years));
        let evidence = Evidence {
            due_on,
            overdue: due_on.is_some_and(|due| due <= today),
            cited_changed: changed.get(&row.id).cloned().unwrap_or_default(),
            source_renewed: renewed(sources.get(&row.id)),
            feedback: feedback.get(&row.id).copied().unwrap_or_default(),
            amendments: amendments.get(&row.id).copied().unwrap_or_default(),
            unused: indexed.contains(&row.id) && !read.contains(&row.id),
        };
        let running = of_text().find(|case| !case.stage.is_final()).cloned();
        queue.texts.push(Queued { place, evidence, running, planned });
    }
    queue.sort();
    Ok(queue)
}

/// The sources of a text that were issued anew or withdrawn.
fn renewed(sources: Option<&Vec<Followed>>) -> Vec<String> {
    let moved = sources.into_iter().flatten().filter(|one| one.moved());
    moved.map(Followed::newest).collect()
}

/// The re-examination cases of a committee.
fn cases(conn: &mut AnyConn, committee: CommitteeId) -> Result<Vec<ProjectRow>, ActionError> {
    let filter = ProjectFilter { committee: Some(committee), ..ProjectFilter::default() };
    let (mut all, _) = projects::list(conn, &filter, MOST_CASES, 0)?;
    all.retain(|row| row.kind == ProjectKind::Reexamination);
    Ok(all)
}

/// For each of some editions the cited editions that are no longer in force.
fn changed_citations(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    ids: &[SpecificationId],
    today: NaiveDate,
) -> Result<HashMap<SpecificationId, Vec<String>>, ActionError> {
    let mut changed: HashMap<SpecificationId, Vec<String>> = HashMap::new();
    for citation in relations::of_editions(conn, ids)? {
        let Some(cited) = catalogue.find(&citation.cited) else { continue };
        if catalogue.state(&cited.id, today).is_over() {
            changed.entry(citation.specification_id).or_default().push(cited.number.clone());
        }
    }
    Ok(changed)
}

/// The plan of a year.
#[derive(Debug, Clone)]
pub struct PlanYear {
    /// The committee.
    pub committee: CommitteeId,
    /// The year, this one or one of the next two.
    pub year: i32,
    /// The texts.
    pub editions: Vec<SpecificationId>,
}

/// Puts texts into the plan of a year; those that stand there already stay.
///
/// # Errors
/// `Refused` for others than the secretariat, `Invalid` for a year that is over or texts of another committee.
pub fn plan(tx: &mut Tx<'_, '_>, actor: &Actor, command: &PlanYear) -> Result<usize, ActionError> {
    let committee = quanheng_db::register::committee(tx.conn(), command.committee)?
        .ok_or(ActionError::NotFound)?;
    if !may_plan(actor, &committee) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    let now = tx.today().year();
    if !(now..=now + 2).contains(&command.year) {
        return Err(ActionError::Invalid(vec![FieldFault::new("year", FaultCode::Over)]));
    }
    let rows = quanheng_db::specifications::by_ids(tx.conn(), &command.editions)?;
    let own = rows.iter().filter(|row| row.committee_id == Some(committee.id)).count();
    if rows.is_empty() || own != command.editions.len() {
        return Err(ActionError::Invalid(vec![FieldFault::new("editions", FaultCode::Missing)]));
    }
    tx.lock(committee.id.cast())?;
    let there: BTreeSet<SpecificationId> = reexaminations::plans_of(tx.conn(), committee.id)?
        .into_iter()
        .filter(|row| row.year == command.year)
        .map(|row| row.specification_id)
        .collect();
    let mut numbers = Vec::new();
    for row in rows.iter().filter(|row| !there.contains(&row.id)) {
        let plan = PlanRow {
            committee_id: committee.id,
            year: command.year,
            specification_id: row.id,
            planned_at: tx.now(),
            planned_by: actor.person().map(|person| person.person),
        };
        reexaminations::add(tx.conn(), &plan)?;
        numbers.push(row.number.clone());
    }
    if numbers.is_empty() {
        return Ok(0);
    }
    let entered = numbers.len();
    let facts = json!({ "year": command.year, "texts": numbers });
    let kind = "reexamination_planned";
    tx.record(NewEvent::new(ObjectKind::Committee, committee.id.cast(), actor, kind).facts(facts))?;
    Ok(entered)
}

/// Whether the actor plans for a committee: its secretariat.
pub fn may_plan(actor: &Actor, committee: &quanheng_db::register::CommitteeRow) -> bool {
    let owners =
        Owners { project: None, committee: Some(committee.id), authority: committee.authority_id };
    actor.parties(&owners).contains(&Party::Secretariat)
}
