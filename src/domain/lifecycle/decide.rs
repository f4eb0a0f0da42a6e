//! The one function that says yes or no: facts in, outcome or refusal out; and the previews that drive pages and API.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{
    deadlines::DeadlineKind,
    facts::{Facts, Openness, Standing},
    input::{Field, Input},
    moves::{self, Move, ProjectKind, Row, Target},
    needs::{Case, Check},
    outcome::{Change, OpenDeadline, Outcome, RoundStatus},
    reminders::reminders,
};
use crate::{
    deadline::{self, Direction},
    people::{Actor, Party},
    refusal::{Refusal, RefusalCode},
    rules::keys,
    stage::Stage,
};

/// Decides on a move.
///
/// # Errors
/// The refusal names the first thing in the way: the stage, the actor, the fields, then the conditions in the row's order.
pub fn decide(
    project: &Standing,
    key: Move,
    actor: &Actor,
    input: &Input,
    facts: &Facts<'_>,
) -> Result<Outcome, Refusal> {
    let row = moves::row_of(key, project.kind, project.stage).ok_or_else(|| {
        Refusal::new(RefusalCode::NotFromHere).with("move", key).with("stage", project.stage)
    })?;
    if !may(row, actor, project) {
        let who: Vec<String> = row.who.iter().map(ToString::to_string).collect();
        return Err(Refusal::new(RefusalCode::NotYours).with("who", who.join(",")));
    }
    let faults = input.faults(row, deadline::day_of(facts.now));
    if !faults.is_empty() {
        return Err(Refusal::new(RefusalCode::InvalidInput).at(faults));
    }
    let case = Case { project, facts, input };
    if let Some(refusal) = row.needs.iter().find_map(|need| case.check(*need).refusal) {
        return Err(refusal);
    }
    Ok(outcome(row, &case))
}

/// A move that leaves from here, with what stands in its way and what it would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The row.
    pub row: &'static Row,
    /// True when the actor is one of the parties who may.
    pub yours: bool,
    /// Every condition, met or refused.
    pub checks: Vec<Check>,
    /// The stage it would lead to.
    pub to: Stage,
    /// The clocks it would start.
    pub opens: Vec<OpenDeadline>,
}

impl Preview {
    /// True when the actor could take it now, fields apart.
    pub fn allowed(&self) -> bool {
        self.yours && self.checks.iter().all(|check| check.refusal.is_none())
    }
}

/// Every move from where the project stands, with its conditions for this actor.
pub fn moves_open_to(project: &Standing, actor: &Actor, facts: &Facts<'_>) -> Vec<Preview> {
    let input = Input::default();
    let case = Case { project, facts, input: &input };
    let preview = |row: &'static Row| Preview {
        row,
        yours: may(row, actor, project),
        checks: row.needs.iter().map(|need| case.check(*need)).collect(),
        to: target(row, project),
        opens: row.opens.iter().flat_map(|kind| open(*kind, &case)).collect(),
    };
    moves::rows_from(project.kind, project.stage).map(preview).collect()
}

/// The parties whose turn it is: those who may take the normal next step; the clock when only it can.
pub fn who_acts_now(project: &Standing) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for row in moves::rows_from(project.kind, project.stage).filter(|row| row.main) {
        for party in row.who {
            if !parties.contains(party) {
                parties.push(*party);
            }
        }
    }
    parties
}

fn may(row: &Row, actor: &Actor, project: &Standing) -> bool {
    let parties = actor.parties(&project.owners);
    row.who.iter().any(|party| parties.contains(party))
}

fn target(row: &Row, project: &Standing) -> Stage {
    match row.to {
        Target::To(stage) => stage,
        Target::Abandoned => project.stage.abandoned(),
        Target::Stay => project.stage,
        Target::Before => project.withdrawn_from.unwrap_or(project.stage),
    }
}

fn outcome(row: &'static Row, case: &Case<'_>) -> Outcome {
    let facts: BTreeMap<String, String> = case
        .input
        .0
        .iter()
        .map(|(field, text)| (field.to_string(), text.trim().to_owned()))
        .collect();
    let to = target(row, case.project);
    let mut changes = changes(row, case);
    changes.extend(leftover_round(row, case, to));
    // What was voted on a project that ends leads nowhere.
    changes.extend(to.is_final().then_some(Change::EndBallots));
    Outcome {
        key: row.key,
        source: row.source,
        to,
        changes,
        opens: row.opens.iter().flat_map(|kind| open(*kind, case)).collect(),
        closes: row.closes.to_vec(),
        tells: row.tells.to_vec(),
        facts,
    }
}

// A round that still runs when its project ends has lost its object and is broken off; what was said about an abolition that was
// dropped is still answered.
fn leftover_round(row: &Row, case: &Case<'_>, to: Stage) -> Option<Change> {
    let runs = case.facts.round.as_ref().is_some_and(|round| round.running);
    let status = match row.key {
        Move::DropAbolition => RoundStatus::Closed,
        _ => RoundStatus::Aborted,
    };
    (runs && to.is_final()).then_some(Change::Round(status))
}

// The clocks of a kind that begin, by the rules of the profile; none where a field that they depend on is still empty.
fn open(kind: DeadlineKind, case: &Case<'_>) -> Vec<OpenDeadline> {
    let of = kind.reminds_of();
    match (due(of.unwrap_or(kind), case), of) {
        (None, _) => Vec::new(),
        (Some(due_at), None) => vec![OpenDeadline { kind, due_at }],
        (Some(end), Some(_)) => reminders(kind, case.facts.profile, case.facts.now, end),
    }
}

fn due(kind: DeadlineKind, case: &Case<'_>) -> Option<DateTime<Utc>> {
    use DeadlineKind::*;
    let profile = case.facts.profile;
    Some(match kind {
        ScreeningAnswer => case.ends(profile.get(keys::SCREENING_ANSWER_DAYS)),
        SupplementEnd => case.ends(profile.get(keys::SUPPLEMENT_DAYS)),
        AssessmentEnd => case.ends(profile.get(keys::ASSESSMENT_DAYS)),
        PublicityEnd => case.ends(profile.get(keys::PUBLICITY_DAYS_PROJECT)),
        DraftingPlan => case.ends(profile.get(keys::DRAFTING_PLAN_DAYS)),
        ProgressReport => case.ends(profile.get(keys::PROGRESS_REPORT_MONTHS)),
        CompletenessCheck => case.ends(profile.get(keys::COMPLETENESS_CHECK_WORKDAYS)),
        DispositionEnd => case.ends(profile.get(keys::DISPOSITION_DAYS)),
        DossierEnd => case.ends(profile.get(keys::DOSSIER_DAYS)),
        AuthorityCheck => case.ends(profile.get(keys::AUTHORITY_CHECK_WORKDAYS)),
        // What is not open is not put to notice, whatever the authority does with other texts.
        ResultPublicityEnd if case.project.openness == Openness::Open => {
            case.ends(profile.get(keys::RESULT_PUBLICITY_DAYS)?)
        }
        AbolitionEnd => case.ends(profile.get(keys::ABOLITION_COMMENT_DAYS)),
        RoundEnd => deadline::end_of(case.input.day(Field::ClosesOn)?),
        CommentDigest => deadline::end_of(case.facts.today),
        PapersLead => {
            // Counted back from the review, as the release was: else a last day that rolled over a weekend would bar the day agreed on.
            let (term, _) = case.lead(case.input.text(Field::ReviewForm)?);
            let facts = case.facts;
            deadline::start_of(deadline::earliest_event(facts.today, term, facts.calendar).ok()?)
        }
        BallotEnd => deadline::end_of(case.input.day(Field::BallotClosesOn)?),
        ProjectEnd => deadline::end_of(due_on(case)?),
        _ => return None,
    })
}

/// The day a planned project is due: as typed, else by rule from the plan's official date.
fn due_on(case: &Case<'_>) -> Option<chrono::NaiveDate> {
    if let Some(day) = case.input.day(Field::DueOn) {
        return Some(day);
    }
    let profile = case.facts.profile;
    let key = match case.project.kind {
        ProjectKind::Make => keys::PROJECT_MONTHS_NEW,
        ProjectKind::Amendment => keys::PROJECT_MONTHS_AMENDMENT,
        _ => keys::PROJECT_MONTHS_REVISE,
    };
    let from = case.input.day(Field::PlanOn).or(case.project.plan_on)?;
    Some(deadline::compute(from, profile.get(key), Direction::After, case.facts.calendar).last_day)
}

fn changes(row: &Row, case: &Case<'_>) -> Vec<Change> {
    let input = case.input;
    let text = |field| input.text(field).unwrap_or_default().to_owned();
    let end = |field| input.day(field).map(deadline::end_of);
    let mut changes: Vec<Change> = match row.key {
        Move::IncludeInPlan => plan(case),
        Move::DeclareEmergency => vec![Change::Emergency],
        Move::OpenComments => end(Field::ClosesOn)
            .map(|closes_at| Change::OpenRound { closes_at })
            .into_iter()
            .collect(),
        Move::ExtendComments => end(Field::ClosesOn)
            .map(|closes_at| Change::ExtendRound { closes_at })
            .into_iter()
            .collect(),
        Move::CloseComments => vec![Change::Round(RoundStatus::Closed)],
        Move::AbortComments => vec![Change::Round(RoundStatus::Aborted)],
        Move::FinishDisposition | Move::CommentAgain => vec![Change::Round(RoundStatus::Published)],
        Move::ReleasePapers => input
            .day(Field::ReviewOn)
            .map(|on| Change::Review {
                form: text(Field::ReviewForm),
                on,
                place: input.text(Field::Place).map(str::to_owned),
            })
            .into_iter()
            .collect(),
        Move::OpenReview => end(Field::BallotClosesOn)
            .map(|closes_at| Change::OpenReviewBallot {
                closes_at,
                place: input.text(Field::Place).map(str::to_owned),
            })
            .into_iter()
            .collect(),
        Move::CountVotes => vec![Change::CloseReviewBallot],
        Move::FailReview | Move::EndAfterFailure => vec![Change::Failure],
        Move::Approve => vec![Change::Approved(text(Field::ApprovalDocument))],
        Move::AssignNumber => vec![Change::Number {
            number: text(Field::SpecificationNumber),
            replaces: text(Field::Replaces),
        }],
        Move::Publish => publish(case),
        Move::ConcludeReexamination => vec![Change::Result(text(Field::ReexaminationResult))],
        Move::Confirm => vec![Change::ConfirmEdition],
        Move::DecideRevision => vec![Change::OpenRevision],
        Move::OpenAbolition => abolition_round(row, case),
        Move::Abolish => input
            .day(Field::EffectiveOn)
            .map(|on| Change::AbolishEdition { announcement: text(Field::Announcement), on })
            .into_iter()
            .collect(),
        _ => administrative(row, case),
    };
    changes.extend(moves::freezes(row.key).iter().map(|kind| Change::Freeze(*kind)));
    changes
}

// The changes of the exceptional moves, E-8 to E-25.
fn administrative(row: &Row, case: &Case<'_>) -> Vec<Change> {
    let input = case.input;
    let text = |field| input.text(field).unwrap_or_default().to_owned();
    match row.key {
        Move::Extend => input
            .day(Field::DueOn)
            .map(Change::Due)
            .into_iter()
            .chain([Change::GrantAdjustment])
            .collect(),
        Move::Change => vec![rename(case), Change::GrantAdjustment],
        // A round or a review that was broken off cannot go on, so the project comes back to where the next one is opened.
        Move::Withdraw => vec![Change::Withdrawn(match case.project.stage {
            Stage::Commenting => Stage::CommentsAgain,
            Stage::Reviewing => Stage::PapersReleased,
            stage => stage,
        })],
        Move::Reopen => vec![Change::Restored],
        Move::Split => vec![Change::Child { title_zh: text(Field::TitleZh) }],
        Move::Merge => vec![Change::MergeInto(text(Field::IntoProject))],
        Move::ApproveAsParty => vec![Change::PartyApproved(text(Field::ApprovalDocument))],
        Move::DropParty => vec![Change::PartyDropped(text(Field::PartyAuthority))],
        _ => Vec::new(),
    }
}

fn plan(case: &Case<'_>) -> Vec<Change> {
    let (Some(on), Some(due_on)) = (case.input.day(Field::PlanOn), due_on(case)) else {
        return Vec::new();
    };
    vec![Change::Plan {
        document: case.input.text(Field::PlanDocument).unwrap_or_default().to_owned(),
        number: case.input.text(Field::ProjectNumber).unwrap_or_default().to_owned(),
        on,
        due_on,
        supplementary: case.input.text(Field::PlanKind) == Some("supplementary"),
    }]
}

fn publish(case: &Case<'_>) -> Vec<Change> {
    let (Some(issued_on), Some(effective_on)) =
        (case.input.day(Field::IssuedOn), case.input.day(Field::EffectiveOn))
    else {
        return Vec::new();
    };
    vec![Change::Publish {
        announcement: case.input.text(Field::Announcement).unwrap_or_default().to_owned(),
        issued_on,
        effective_on,
    }]
}

fn abolition_round(row: &Row, case: &Case<'_>) -> Vec<Change> {
    let end = row.opens.iter().flat_map(|kind| open(*kind, case)).next();
    end.map(|deadline| Change::OpenRound { closes_at: deadline.due_at }).into_iter().collect()
}

fn rename(case: &Case<'_>) -> Change {
    let text = |field| case.input.text(field).map(str::to_owned);
    Change::Rename {
        title_zh: text(Field::TitleZh),
        title_en: text(Field::TitleEn),
        lead_unit: text(Field::LeadUnit),
        scope: text(Field::Scope),
    }
}
