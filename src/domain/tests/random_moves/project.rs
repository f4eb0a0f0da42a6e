//! A project that walks: where it stands, what is known of it, and how an outcome changes it.

use std::{collections::BTreeSet, sync::LazyLock};

use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use quanheng_domain::{
    Keyed,
    ballot::{BallotForm, BallotPurpose, Count, Figures, TallyRule, tally},
    calendar::Calendar,
    deadline,
    document::DocumentKind,
    ids::{AuthorityId, CommitteeId, PersonId, ProjectId},
    lifecycle::{
        AdjustmentFact, Adoption, BallotFact, Change, ConsentFact, Facts, Field, Input, Openness,
        Outcome, ProjectKind, RoundFact, Row, Shape, Standing,
    },
    people::{Actor, Owners, Party, PersonActor, ProjectRole, Role, SeatFact},
    rules::{Profile, seed},
    specification::{Category, Level},
    stage::Stage,
};
use uuid::Uuid;

use super::chance::Chance;

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    ["national", "jiangsu", "hubei", "mot"].iter().map(|name| seed(name).unwrap()).collect()
});
static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::default);

/// Where projects of a kind begin: by suggestion, or opened by a decision.
pub fn beginnings(kind: ProjectKind) -> &'static [Stage] {
    match kind {
        ProjectKind::Reexamination => &[Stage::Reexamining],
        ProjectKind::Revise | ProjectKind::Amendment => &[Stage::Suggested, Stage::Taken],
        ProjectKind::Abolition => &[Stage::Suggested, Stage::AbolitionOpen],
        ProjectKind::Make | ProjectKind::Corrigendum => &[Stage::Suggested],
    }
}

pub struct Walker {
    pub standing: Standing,
    pub now: DateTime<Utc>,
    pub profile: usize,
    /// Stages since the beginning, the present one last.
    pub path: Vec<Stage>,
    /// Moves taken.
    pub moves: Vec<quanheng_domain::lifecycle::Move>,
}

/// What is known at one step, apart from what it borrows.
pub struct Known {
    bits: Facts<'static>,
}

impl Walker {
    pub fn new(kind: ProjectKind) -> Self {
        let id = |n| Uuid::from_u128(n);
        let stage = beginnings(kind)[0];
        let standing = Standing {
            id: ProjectId::new(id(1)),
            owners: Owners {
                project: Some(ProjectId::new(id(1))),
                committee: Some(CommitteeId::new(id(2))),
                authority: AuthorityId::new(id(3)),
            },
            kind,
            category: Category::VerificationRegulation,
            level: Level::Provincial,
            stage,
            withdrawn_from: None,
            openness: Openness::Open,
            adoption: Adoption::None,
            emergency: false,
            livelihood: false,
            plan_on: None,
            due_on: None,
            extensions: 0,
            failures: 0,
            review_form: None,
            review_on: None,
            result: None,
        };
        let now = "2026-03-02T01:00:00Z".parse().unwrap();
        Self { standing, now, profile: 0, path: vec![stage], moves: Vec::new() }
    }

    pub fn profile(&self) -> &'static Profile {
        &PROFILES[self.profile]
    }

    /// Some hours to some weeks.
    pub fn time_passes(&mut self, chance: &mut Chance) {
        self.now += TimeDelta::hours(i64::try_from(1 + chance.of(24 * 40)).unwrap());
        // What a project is may be set while it is suggested; a stage keeps its profile.
        if self.moves.is_empty() {
            self.profile = chance.of(PROFILES.len());
            let level = [Level::National, Level::Departmental, Level::Provincial, Level::Regional];
            self.standing.level = level[chance.of(level.len())];
            self.standing.category = Category::ALL[chance.of(Category::ALL.len())];
            self.standing.adoption = Adoption::ALL[chance.of(Adoption::ALL.len())];
            self.standing.openness = Openness::ALL[chance.of(Openness::ALL.len())];
        }
    }

    /// Random facts, mostly in favour of a move.
    pub fn known(&self, chance: &mut Chance) -> Known {
        let documents: BTreeSet<DocumentKind> = if chance.mostly() {
            DocumentKind::ALL.iter().copied().collect()
        } else {
            DocumentKind::ALL.iter().copied().filter(|_| chance.mostly()).collect()
        };
        let past = |chance: &mut Chance| {
            let hours = TimeDelta::hours(i64::try_from(chance.of(200)).unwrap());
            Some(if chance.mostly() { self.now - hours } else { self.now + hours })
        };
        let needed = 3;
        let given = if chance.mostly() { needed } else { u32::try_from(chance.of(3)).unwrap() };
        let kinds = ["extension", "change", "merge"];
        let today = deadline::day_of(self.now);
        let bits = Facts {
            profile: self.profile(),
            calendar: &CALENDAR,
            now: self.now,
            today,
            documents,
            lead_drafters: u32::from(chance.mostly()),
            drafters: u32::try_from(chance.of(10)).unwrap(),
            drafters_of_one_unit: u32::try_from(chance.of(5)).unwrap(),
            term_ended: !chance.mostly(),
            proposal: self.ballot(chance, BallotPurpose::Proposal),
            review: self.ballot(chance, BallotPurpose::Review),
            reexamination: self.ballot(chance, BallotPurpose::Reexamination),
            publicity_ends: past(chance),
            result_shown: Some(self.now + TimeDelta::hours(if today.day() == 14 { 1 } else { 0 })),
            objections_open: chance.rarely_some(),
            round: chance.mostly().then(|| RoundFact {
                ordinal: u32::try_from(1 + chance.of(2)).unwrap(),
                running: chance.mostly(),
                opened_at: self.now - TimeDelta::days(70),
                closes_at: past(chance).unwrap(),
                open_comments: chance.rarely_some(),
                comments: 12,
            }),
            recipients: if chance.mostly() { 40 } else { 3 },
            consent: ConsentFact { needed, given },
            lead_ends: past(chance),
            voters: if chance.mostly() { 21 } else { 0 },
            // By the day, so that the walks draw nothing more than before.
            fatal_findings: u32::from(today.day() == 13),
            changes_open: u32::from(today.day() == 27),
            data_shown_since: (today.day() != 28).then(|| today - Days::new(400)),
            abolition_ends: past(chance),
            adjustment: chance.mostly().then(|| AdjustmentFact {
                kind: kinds[chance.of(kinds.len())].to_owned(),
                requested_on: today - Days::new(u64::try_from(chance.of(400)).unwrap()),
            }),
            parties_pending: chance.rarely_some(),
            parties: u32::try_from(chance.of(3)).unwrap(),
            amendments: chance.rarely_some(),
            higher_text: (!chance.mostly()).then(|| "JJG 1-2020".to_owned()),
            number_taken: !chance.mostly(),
        };
        Known { bits }
    }

    // Votes of every result: none, one that lacks its quorum, one that fails, one that passes.
    fn ballot(&self, chance: &mut Chance, purpose: BallotPurpose) -> Option<BallotFact> {
        let (present, yes) = [(21, 21), (21, 16), (21, 15), (13, 13), (21, 18)][chance.of(5)];
        let figures =
            Figures { members: 21, present, recused: 0, yes, no: present - yes, abstain: 0 };
        let form = match self.standing.review_form.as_deref() {
            Some("correspondence") => BallotForm::Correspondence,
            _ => BallotForm::Meeting,
        };
        let rule = TallyRule::for_form(self.profile(), purpose, form);
        chance.mostly().then(|| BallotFact {
            closed: chance.mostly(),
            closes_at: self.now + TimeDelta::hours(1),
            tally: tally(&Count::new(figures).unwrap(), &rule),
            signed: chance.mostly(),
        })
    }

    /// Mostly one of those who may, sometimes anybody.
    pub fn somebody(&self, chance: &mut Chance, row: Option<&Row>) -> Actor {
        let party = match row {
            Some(row) if chance.mostly() => row.who[chance.of(row.who.len())],
            _ => Party::ALL[chance.of(Party::ALL.len())],
        };
        self.actor(party)
    }

    fn actor(&self, party: Party) -> Actor {
        let seat = |role| SeatFact {
            committee: self.standing.owners.committee.unwrap(),
            role,
            since: "2020-01-01".parse().unwrap(),
            until: None,
        };
        let mut person = PersonActor {
            person: PersonId::new(Uuid::from_u128(9)),
            name: "演示".to_owned(),
            seats: Vec::new(),
            authorities: BTreeSet::new(),
            projects: BTreeSet::new(),
            aside: BTreeSet::new(),
            administrator: false,
        };
        match party {
            Party::System => return Actor::System,
            Party::Anyone => return Actor::Public,
            Party::Secretariat => person.seats.push(seat(Role::SecretaryGeneral)),
            Party::Chair => person.seats.push(seat(Role::Chair)),
            Party::ViceChair => person.seats.push(seat(Role::ViceChair)),
            Party::Member => person.seats.push(seat(Role::Member)),
            Party::Officer => {
                person.authorities.insert(self.standing.owners.authority);
            }
            Party::Administrator => person.administrator = true,
            Party::Drafter => {
                person.projects.insert((self.standing.id, ProjectRole::LeadDrafter));
            }
            Party::PrincipalReviewer => {
                person.projects.insert((self.standing.id, ProjectRole::PrincipalReviewer));
            }
            Party::Suggester => {
                person.projects.insert((self.standing.id, ProjectRole::Suggester));
            }
        }
        Actor::Person(person)
    }

    /// The fields that a row asks for, mostly filled and mostly right.
    pub fn fields(&self, chance: &mut Chance, row: Option<&Row>) -> Input {
        let mut input = Input::default();
        for ask in row.map_or(&[][..], |row| row.asks) {
            if (ask.required && chance.of(40) == 0) || (!ask.required && !chance.mostly()) {
                continue;
            }
            input.0.insert(ask.field, self.field(chance, ask.field));
        }
        if chance.of(60) == 0 {
            input.0.insert(Field::Announcement, "1\n2".to_owned());
        }
        input
    }

    fn field(&self, chance: &mut Chance, field: Field) -> String {
        let today = deadline::day_of(self.now);
        let ahead = |days: usize| (today + Days::new(u64::try_from(days).unwrap())).to_string();
        match field.shape() {
            Shape::Choice(keys) => keys[chance.of(keys.len())].to_owned(),
            Shape::Day => match field {
                Field::PlanOn => today.to_string(),
                Field::IssuedOn => {
                    (today - Days::new(u64::try_from(chance.of(3)).unwrap())).to_string()
                }
                Field::DueOn => {
                    let from = self.standing.due_on.unwrap_or(today);
                    (from + Days::new(u64::try_from(1 + chance.of(420)).unwrap())).to_string()
                }
                _ => ahead(chance.of(260)),
            },
            Shape::Line(_) | Shape::Text(_) => format!("演示{}", chance.of(100)),
        }
    }

    /// What the actions carry out on the project's row.
    pub fn carry(&mut self, row: &Row, outcome: &Outcome) {
        let standing = &mut self.standing;
        for change in &outcome.changes {
            match change {
                Change::Plan { on, due_on, .. } => {
                    (standing.plan_on, standing.due_on) = (Some(*on), Some(*due_on));
                }
                Change::Due(day) => {
                    standing.due_on = Some(*day);
                    standing.extensions += 1;
                }
                Change::Emergency => standing.emergency = true,
                Change::Review { form, on, .. } => {
                    (standing.review_form, standing.review_on) = (Some(form.clone()), Some(*on));
                }
                Change::Failure => standing.failures += 1,
                Change::Result(result) => standing.result = Some(result.clone()),
                Change::Withdrawn(stage) => standing.withdrawn_from = Some(*stage),
                Change::Restored => standing.withdrawn_from = None,
                _ => {}
            }
        }
        standing.stage = outcome.to;
        if self.path.last() != Some(&outcome.to) {
            self.path.push(outcome.to);
        }
        self.moves.push(row.key);
    }
}

impl Known {
    pub fn facts(&self, _: &Walker) -> Facts<'static> {
        self.bits.clone()
    }
}
