//! A project on its way along the main line: how moves are taken, with their papers, and how long a walk waits where.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::{Context, anyhow, bail};
use chrono::{Days, NaiveDate};
use quanheng_actions::{
    ActionError,
    document::{self, Upload, text::Reading},
    project::{Advance, advance, consent},
};
use quanheng_db::{
    documents,
    projects::{self, ProjectRow},
};
use quanheng_domain::{
    deadline,
    document::DocumentKind,
    ids::{PersonId, ProjectId},
    lifecycle::{Field, Input, Move},
    people::Actor,
    refusal::RefusalCode,
    stage::Stage,
};

use super::{
    papers,
    world::{Seats, World},
};

/// The main line with the days that a project usually stays at each stage, waiting times included.
pub const LINE: [(Stage, u64); 24] = [
    (Stage::Suggested, 6),
    (Stage::Screening, 9),
    (Stage::Taken, 10),
    (Stage::Applied, 8),
    (Stage::Assessment, 10),
    (Stage::Publicity, 34),
    (Stage::Planned, 12),
    (Stage::DraftingStarted, 10),
    (Stage::Drafting, 120),
    (Stage::DraftSubmitted, 6),
    (Stage::DraftAccepted, 4),
    (Stage::Commenting, 66),
    (Stage::CommentsClosed, 25),
    (Stage::CommentsTreated, 7),
    (Stage::ReviewSubmitted, 5),
    (Stage::PapersReleased, 50),
    (Stage::Reviewing, 6),
    (Stage::VotesCounted, 3),
    (Stage::ReviewPassed, 12),
    (Stage::DossierReceived, 5),
    (Stage::DossierCheck, 20),
    (Stage::Approved, 4),
    (Stage::Numbered, 4),
    (Stage::Published, 0),
];

/// What a real life prescribes of a walk; without any of it the walk takes its usual time and invented numbers.
#[derive(Debug, Default)]
pub struct Course {
    /// Days on which the step from a stage is taken.
    pub days: BTreeMap<Stage, NaiveDate>,
    /// Day on which a second comment round opens.
    pub second_round: Option<NaiveDate>,
    /// Number of the plan document.
    pub plan: Option<&'static str>,
    /// Number of the text.
    pub number: Option<&'static str>,
    /// What it replaces, one a line.
    pub replaces: &'static str,
    /// First day of force.
    pub effective: Option<NaiveDate>,
    /// What the ledger is told of each move: where its day is known from, or that it is invented.
    pub notes: BTreeMap<Move, String>,
    /// What the ledger is told of all others.
    pub note: &'static str,
}

/// A project on its way.
pub struct Walk<'w, 'c> {
    /// The world.
    pub world: &'w World<'c>,
    /// The committee.
    pub seats: Rc<Seats>,
    /// The project.
    pub project: ProjectId,
    /// Its place in the list of the demo, for numbers.
    pub place: usize,
    /// How many say no in the review.
    pub against: usize,
    /// What is prescribed.
    pub course: Course,
    /// Day on which the review will be held, once it is known on which day the walk will get there.
    pub review_on: Cell<Option<NaiveDate>>,
}

impl Walk<'_, '_> {
    /// The day on which a walk that waits will open the review.
    fn expected_review(
        &self,
        target: Stage,
        days: Option<u64>,
    ) -> anyhow::Result<Option<NaiveDate>> {
        let lead = days.and_then(|days| Some(days + lead_before(Stage::PapersReleased, target)?));
        let Some(lead) = lead else { return Ok(None) };
        let end = deadline::day_of(self.world.end);
        let day = end.checked_sub_days(Days::new(lead)).context("the calendar")?;
        self.world.working_day_before(day).map(Some)
    }

    /// The row of the project.
    pub fn row(&self) -> anyhow::Result<ProjectRow> {
        let id = self.project;
        let found = self.world.read(|conn| Ok(projects::find(conn, id)?))?;
        found.context("a project that was suggested")
    }

    /// Walks on until the project stands at a stage of the main line; with `days`, reached so many days before the end if the rules leave time.
    pub async fn to(&self, target: Stage, days: Option<u64>) -> anyhow::Result<()> {
        for _ in 0..LINE.len() * 2 {
            let at = self.row()?.stage;
            if at == target {
                return Ok(());
            }
            if let Some(lead) = days.and_then(|days| Some(days + lead_before(at, target)?)) {
                let end = deadline::day_of(self.world.end);
                let day = end.checked_sub_days(Days::new(lead)).context("the calendar")?;
                self.world.until_day(self.world.working_day_before(day)?).await;
            }
            if at == Stage::ReviewSubmitted {
                self.review_on.set(self.expected_review(target, days)?);
            }
            self.step(at).await.with_context(|| format!("from {at}"))?;
        }
        bail!("the main line does not lead to {target}")
    }

    /// Waits for the day that is prescribed for the step from a stage, or lets some days pass.
    pub async fn pause(&self, at: Stage, days: u64) -> anyhow::Result<()> {
        match self.course.days.get(&at) {
            Some(day) => {
                self.world.until_day(*day).await;
                Ok(())
            }
            None => self.world.days_later(days).await,
        }
    }

    /// Takes a move; papers that it asks for are entered first.
    pub async fn take(
        &self,
        who: PersonId,
        key: Move,
        fields: &[(Field, String)],
    ) -> anyhow::Result<()> {
        self.world.minutes_later(7).await;
        let actor = self.world.actor(who)?;
        let mut done = self.advance(&actor, key, fields);
        // A move may ask for several lists of papers, and tells of one after the other.
        while let Err(ActionError::Refused(refusal)) = &done
            && refusal.code == RefusalCode::DocumentsMissing
        {
            let missing = refusal.facts.get("missing").cloned().unwrap_or_default();
            for kind in missing.split(',') {
                let kind = kind.parse().map_err(|_| anyhow!("{kind}: no kind of document"))?;
                self.enter(&actor, kind)?;
            }
            self.world.minutes_later(5).await;
            done = self.advance(&actor, key, fields);
        }
        done.map_err(|error| anyhow!("{key}: {error:?}"))
    }

    fn advance(
        &self,
        actor: &Actor,
        key: Move,
        fields: &[(Field, String)],
    ) -> Result<(), ActionError> {
        let mut input = Input(fields.iter().cloned().collect());
        let known = self.course.notes.get(&key).map_or(self.course.note, String::as_str);
        if !known.is_empty() {
            input.0.entry(Field::Note).or_insert_with(|| known.to_owned());
        }
        let command = Advance { project: self.project, key, input, if_version: None };
        self.world.write(|tx| advance(tx, actor, &command)).map(drop)
    }

    /// Enters a paper.
    pub fn enter(&self, actor: &Actor, kind: DocumentKind) -> anyhow::Result<()> {
        let row = self.row()?;
        let id = self.project;
        let all = self.world.read(|conn| Ok(documents::of_project(conn, id)?))?;
        let revision = all.iter().filter(|row| row.kind == kind).count() + 1;
        let (file_name, text) = papers::paper(kind, row.category, &row.title_zh, revision);
        let clauses = kind.is_text().then(|| quanheng_text::read_typed(&text));
        let (sha256, size) = self.world.keep(text.into_bytes())?;
        let upload = Upload {
            project: id,
            kind,
            title: String::new(),
            file_name,
            media_type: "text/plain".to_owned(),
            size,
            sha256,
            note: "演示材料".to_owned(),
        };
        self.world
            .write(|tx| {
                let kept = document::upload(tx, actor, &upload)?;
                let Some(text) = clauses.clone() else { return Ok(()) };
                let reading = Reading { document: kept.id, text: Ok(text), typed: false };
                document::text::keep(tx, actor, &reading)
            })
            .map_err(|error| anyhow!("{kind}: {error:?}"))?;
        Ok(())
    }

    /// Consent of these people to what comes next.
    pub fn consents(&self, people: &[PersonId]) -> anyhow::Result<()> {
        for person in people {
            let actor = self.world.actor(*person)?;
            let command =
                consent::Consent { project: self.project, agreed: true, note: String::new() };
            self.world.write(|tx| consent::consent(tx, &actor, &command))?;
        }
        Ok(())
    }
}

/// Days between the end of the wait and the arrival at the target, at the stage where the walk waits for the right day.
fn lead_before(at: Stage, target: Stage) -> Option<u64> {
    let place = |stage| LINE.iter().position(|(other, _)| *other == stage);
    let (here, there) = (place(at)?, place(target)?);
    // The clock itself leads on from a running round or ballot, so that the waiting is done before it opens.
    let by_clock = |index: usize| matches!(LINE[index].0, Stage::Commenting | Stage::Reviewing);
    // From these two the walk leads on as soon as a term has ended, from the others after some days.
    let own = match at {
        Stage::Publicity | Stage::PapersReleased => 0,
        _ => LINE[here].1,
    };
    if here + 1 == there && !by_clock(here) {
        return Some(own);
    }
    (here + 2 == there && by_clock(here + 1)).then(|| own + LINE[here + 1].1)
}

/// Days from the suggestion to the arrival at a stage.
pub fn days_to(target: Stage) -> u64 {
    LINE.iter().take_while(|(stage, _)| *stage != target).map(|(_, days)| days).sum()
}
