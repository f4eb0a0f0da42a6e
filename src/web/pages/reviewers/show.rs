//! The page of the principal reviewers of a project.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::ballot::shares::Share;
use quanheng_actions::project::load::standing;
use quanheng_actions::reviewer::assign;
use quanheng_actions::{ActionError, document, observer};
use quanheng_db::conn::AnyConn;
use quanheng_db::projects::{self, ProjectRow};
use quanheng_db::register;
use quanheng_db::reviews::{self, FindingRow, ObserverRow, QualificationRow, ReviewRow};
use quanheng_domain::Keyed;
use quanheng_domain::deadline;
use quanheng_domain::ids::{PersonId, ProjectId};
use quanheng_domain::people::{Actor, Party};
use quanheng_domain::records::{Recommendation, Severity};
use quanheng_domain::reviewer::{ReviewPoint, Unfit};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::observers::{ObserverLine, observer_line};
use super::users::{self, FewVoters};
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::views::{Crumb, FieldKind, FormFault, Link, PageHead, Pill, Text, Tone};

/// What the page shows.
pub(super) struct Desk {
    pub project: ProjectRow,
    parties: BTreeSet<Party>,
    pub me: Option<PersonId>,
    register: Vec<(String, Option<Unfit>, QualificationRow)>,
    turn: Option<String>,
    pub reviews: Vec<(ReviewRow, Vec<FindingRow>)>,
    pub observers: Vec<ObserverRow>,
    admits: bool,
    names: BTreeMap<PersonId, String>,
    short: Vec<Share>,
    today: NaiveDate,
}

impl Desk {
    fn is(&self, party: Party) -> bool {
        self.parties.contains(&party)
    }

    /// Secretariat and officers keep the register.
    pub fn keeps(&self) -> bool {
        self.is(Party::Secretariat) || self.is(Party::Officer)
    }

    /// Secretariat and chair decide about observers.
    pub fn decides(&self) -> bool {
        self.is(Party::Secretariat) || self.is(Party::Chair)
    }

    /// The name of somebody who takes part in a review.
    pub fn name(&self, id: PersonId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    /// The names of those who review it now.
    pub fn reviewers(&self) -> Vec<String> {
        let now = self.reviews.iter().filter(|(review, _)| review.ended_at.is_none());
        now.map(|(review, _)| self.name(review.person_id)).collect()
    }

    fn ended(&self) -> bool {
        self.project.stage.is_final()
    }
}

pub(super) fn read(
    conn: &mut AnyConn,
    id: ProjectId,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Desk, ActionError> {
    let project = projects::find(conn, id)?.ok_or(ActionError::NotFound)?;
    let parties = actor.parties(&standing(&project).owners);
    let seated = actor.person().is_some_and(|person| {
        person.seats.iter().any(|seat| Some(seat.committee) == project.committee_id)
    });
    let works = [Party::Officer, Party::Administrator, Party::Drafter, Party::PrincipalReviewer];
    let inside = seated || works.iter().any(|party| parties.contains(party));
    if !inside || !document::may_know(&project, actor) {
        return Err(ActionError::NotFound);
    }
    let today = deadline::day_of(now);
    let conflict = assign::conflict(conn, id)?;
    let mut register = Vec::new();
    if let Some(committee) = project.committee_id {
        for (candidate, person, row) in assign::candidates(conn, committee)? {
            register.push((person.name_zh, candidate.unfit(&conflict, today), row));
        }
    }
    let turn = assign::turn(conn, &project, today)?.into_iter().next().map(|row| row.name_zh);
    let mut reviews = Vec::new();
    for review in reviews::of_project(conn, id)? {
        let findings = reviews::findings_of(conn, review.id)?;
        reviews.push((review, findings));
    }
    let named: Vec<PersonId> = reviews
        .iter()
        .flat_map(|(review, findings)| {
            let answered = findings.iter().filter_map(|row| row.answered_by);
            answered.chain([review.person_id, review.assigned_by]).collect::<Vec<_>>()
        })
        .collect();
    let names = register::people_by(conn, &named)?;
    let admits = observer::apply::admits(conn, &project)?;
    let observers = reviews::observers_of(conn, id)?;
    let short = users::short(conn, &project, &conflict.drafters, today)?;
    Ok(Desk {
        short,
        me: actor.person().map(|person| person.person),
        names: names.into_iter().map(|row| (row.id, row.name_zh)).collect(),
        project,
        parties,
        register,
        turn,
        reviews,
        observers,
        admits,
        today,
    })
}

#[derive(Serialize)]
struct ReviewersPage {
    head: PageHead,
    users: Vec<FewVoters>,
    faults: Vec<FormFault>,
    turn: Option<Text>,
    register: Vec<RegisterLine>,
    qualify: Option<Fold>,
    reviews: Vec<ReviewView>,
    observers: Vec<ObserverLine>,
    shows_observers: bool,
    apply: Option<Link>,
}

#[derive(Serialize)]
struct RegisterLine {
    name: String,
    number: String,
    scope: String,
    until: Text,
    state: Pill,
    absence: Option<FormView>,
    revoke: Option<FormView>,
}

#[derive(Serialize)]
struct ReviewView {
    id: String,
    paper: Option<String>,
    name: String,
    assigned: Text,
    qualification: Text,
    state: Pill,
    points: Vec<PointLine>,
    opinion: String,
    recommendation: Option<Text>,
    findings: Vec<FindingView>,
    write: Option<FormView>,
    find: Option<Fold>,
}

#[derive(Serialize)]
struct PointLine {
    point: Text,
    text: String,
}

#[derive(Serialize)]
struct FindingView {
    n: i32,
    clause: String,
    severity: Pill,
    state: Pill,
    body: String,
    proposal: String,
    answer: Option<Text>,
    respond: Option<FormView>,
    settle: Option<String>,
    reopen: Option<String>,
}

fn register_line(
    desk: &Desk,
    entry: &(String, Option<Unfit>, QualificationRow),
    again: Option<&Again>,
) -> RegisterLine {
    let (name, unfit, row) = entry;
    let state = match unfit {
        None => Pill::new(Text::said("reviewers-fit"), Tone::Good),
        Some(Unfit::Away) => {
            let until = row.absent_until.unwrap_or(desk.today);
            Pill::new(Text::said("reviewers-away-till").with_date("until", until), Tone::Warn)
        }
        Some(unfit) => Pill::new(Text::word("reviewer-unfit", unfit.key()), Tone::Warn),
    };
    let keeps = desk.keeps() && row.revoked_at.is_none();
    let (away, gone) = (format!("away-{}", row.id), format!("revoke-{}", row.id));
    let (away, gone) = (Part::new(&away, again), Part::new(&gone, again));
    let path = format!("/projects/{}/reviewers/register/{}", desk.project.id, row.id);
    let until = row.absent_until.map(|day| day.to_string()).unwrap_or_default();
    RegisterLine {
        name: name.clone(),
        number: row.number.clone(),
        scope: row.scope.clone(),
        until: Text::said("reviewers-valid")
            .with_date("from", row.valid_from)
            .with_date("until", row.valid_until),
        state,
        absence: keeps.then(|| FormView {
            action: format!("{path}/absence"),
            fields: vec![away.stored(
                FieldKind::Date,
                "until",
                Text::said("reviewers-away-until"),
                until,
            )],
            button: Text::said("reviewers-away-save"),
        }),
        revoke: keeps.then(|| FormView {
            action: format!("{path}/revoke"),
            fields: vec![
                gone.field(FieldKind::Text, "reason", Text::said("reviewers-reason"))
                    .attr("maxlength", 500)
                    .required(),
            ],
            button: Text::said("reviewers-revoke"),
        }),
    }
}

fn qualify(desk: &Desk, again: Option<&Again>) -> Fold {
    let part = Part::new("qualify", again);
    let form = FormView {
        action: format!("/projects/{}/reviewers/register", desk.project.id),
        fields: vec![
            part.field(FieldKind::Email, "email", Text::said("projects-person-email"))
                .attr("maxlength", 254)
                .required(),
            part.field(FieldKind::Text, "number", Text::said("reviewers-number"))
                .attr("maxlength", 200)
                .required(),
            part.field(FieldKind::Text, "scope", Text::said("reviewers-scope"))
                .attr("maxlength", 200),
            part.field(FieldKind::Date, "valid_from", Text::said("reviewers-from")).required(),
            part.field(FieldKind::Date, "valid_until", Text::said("reviewers-until")).required(),
        ],
        button: Text::said("reviewers-qualify"),
    };
    part.fold("reviewers-qualify", form)
}

fn severity(severity: Severity) -> Pill {
    let tone = match severity {
        Severity::Fatal => Tone::Bad,
        Severity::Major => Tone::Warn,
        Severity::Minor | Severity::Editorial => Tone::Plain,
    };
    Pill::new(word(severity), tone)
}

fn finding(desk: &Desk, row: &FindingRow, mine: bool, again: Option<&Again>) -> FindingView {
    let path = format!("/projects/{}/findings/{}", desk.project.id, row.id);
    let answers = desk.is(Party::Drafter) || desk.is(Party::Secretariat);
    let open = row.settled_at.is_none() && !desk.ended();
    let key = format!("answer-{}", row.id);
    let part = Part::new(&key, again);
    let by = row.answered_by.map(|by| desk.name(by)).unwrap_or_default();
    let answer = Text::said("reviewers-answer");
    let answer = part.stored(FieldKind::Textarea, "text", answer, row.answer.as_str());
    FindingView {
        n: row.ordinal,
        clause: row.clause.clone(),
        severity: severity(row.severity),
        state: match row.settled_at {
            Some(_) => Pill::new(Text::said("reviewers-settled"), Tone::Good),
            None => Pill::new(Text::said("reviewers-open"), Tone::Warn),
        },
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        answer: row.answered_at.map(|at| {
            Text::said("reviewers-answered")
                .with("name", by)
                .with_instant("at", at.to_rfc3339())
                .with("text", row.answer.as_str())
        }),
        respond: (answers && open).then(|| FormView {
            action: format!("{path}/answer"),
            fields: vec![answer.attr("rows", 3).attr("maxlength", 8_000).required()],
            button: Text::said("reviewers-answer-send"),
        }),
        settle: (mine && open).then(|| format!("{path}/settled")),
        reopen: (mine && row.settled_at.is_some() && !desk.ended())
            .then(|| format!("{path}/reopened")),
    }
}

fn text_of(review: &ReviewRow, point: ReviewPoint) -> String {
    let text = review.checklist.get(point.key()).and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn write(desk: &Desk, review: &ReviewRow, again: Option<&Again>) -> FormView {
    let part = Part::new("review", again);
    let filled = |field: crate::views::Field, value: &str| {
        if part.is_back() { field } else { field.value(value) }
    };
    let mut fields: Vec<_> = ReviewPoint::ALL
        .iter()
        .map(|point| {
            let label = Text::word("review-point", point.key());
            filled(part.field(FieldKind::Textarea, point.key(), label), &text_of(review, *point))
                .attr("rows", 2)
                .attr("maxlength", 2_000)
        })
        .collect();
    fields.push(
        filled(
            part.field(FieldKind::Textarea, "opinion", Text::said("reviewers-opinion")),
            &review.opinion,
        )
        .attr("rows", 5)
        .attr("maxlength", 8_000),
    );
    let recommendation = part.choice(
        FieldKind::Radio,
        "recommendation",
        Text::said("reviewers-recommendation"),
        Recommendation::ALL,
    );
    fields.push(filled(recommendation, review.recommendation.map_or("", Keyed::key)));
    fields.push(
        part.field(FieldKind::Checkbox, "submit", Text::said("reviewers-submit"))
            .hint(Text::said("reviewers-submit-hint")),
    );
    FormView {
        action: format!("/projects/{}/reviews/{}", desk.project.id, review.id),
        fields,
        button: Text::said("button-save"),
    }
}

fn find(desk: &Desk, review: &ReviewRow, again: Option<&Again>) -> Fold {
    let part = Part::new("finding", again);
    let form = FormView {
        action: format!("/projects/{}/reviews/{}/findings", desk.project.id, review.id),
        fields: vec![
            part.field(FieldKind::Text, "clause", Text::said("reviewers-clause"))
                .attr("maxlength", 120),
            part.choice(
                FieldKind::Radio,
                "severity",
                Text::said("reviewers-severity"),
                Severity::ALL,
            )
            .required(),
            part.field(FieldKind::Textarea, "body", Text::said("reviewers-body"))
                .attr("rows", 3)
                .attr("maxlength", 8_000)
                .required(),
            part.field(FieldKind::Textarea, "proposal", Text::said("reviewers-proposal"))
                .attr("rows", 2)
                .attr("maxlength", 8_000),
        ],
        button: Text::said("reviewers-find"),
    };
    part.fold("reviewers-find", form)
}

fn review(desk: &Desk, entry: &(ReviewRow, Vec<FindingRow>), again: Option<&Again>) -> ReviewView {
    let (row, findings) = entry;
    let mine = desk.me == Some(row.person_id) && row.ended_at.is_none() && !desk.ended();
    let state = match (row.ended_at, row.submitted_at) {
        (Some(_), _) => Pill::new(Text::said("reviewers-ended"), Tone::Faded),
        (None, Some(_)) => Pill::new(Text::said("reviewers-submitted"), Tone::Good),
        (None, None) => Pill::new(Text::said("reviewers-writing"), Tone::Info),
    };
    let points = ReviewPoint::ALL.iter().map(|point| PointLine {
        point: Text::word("review-point", point.key()),
        text: text_of(row, *point),
    });
    let writes = mine && row.submitted_at.is_none();
    // What is being written belongs to the reviewer; others read it when it is handed in.
    let shown = row.submitted_at.is_some();
    ReviewView {
        paper: shown.then(|| format!("/projects/{}/reviews/{}/form", desk.project.id, row.id)),
        id: row.id.to_string(),
        name: desk.name(row.person_id),
        assigned: Text::said("reviewers-assigned")
            .with("name", desk.name(row.assigned_by))
            .with_instant("at", row.assigned_at.to_rfc3339()),
        qualification: match row.valid_until {
            Some(until) => Text::said("reviewers-qualification")
                .with("number", row.qualification.as_str())
                .with_date("until", until),
            None => Text::said("reviewers-unqualified"),
        },
        state,
        points: points.filter(|line| shown && !line.text.is_empty()).collect(),
        opinion: if shown { row.opinion.clone() } else { String::new() },
        recommendation: row.recommendation.filter(|_| shown).map(word),
        findings: findings.iter().map(|one| finding(desk, one, mine, again)).collect(),
        write: writes.then(|| write(desk, row, again)),
        find: mine.then(|| find(desk, row, again)),
    }
}

fn view(desk: &Desk, again: Option<&Again>) -> ReviewersPage {
    let project = &desk.project;
    let mut head = PageHead::new(Text::said("reviewers-title"));
    head.crumbs = vec![
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/projects/{}", project.id)),
        },
        Crumb { text: Text::said("reviewers-title"), href: None },
    ];
    head.lead = Some(Text::plain(&project.title_zh));
    let turn = desk.turn.as_ref().filter(|_| desk.keeps() && !desk.ended());
    ReviewersPage {
        users: desk.short.iter().map(users::told).collect(),
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        turn: turn.map(|name| {
            Text::said("reviewers-turn").with("name", name.as_str()).with_date("day", desk.today)
        }),
        register: desk.register.iter().map(|entry| register_line(desk, entry, again)).collect(),
        qualify: desk.keeps().then(|| qualify(desk, again)),
        reviews: desk.reviews.iter().map(|entry| review(desk, entry, again)).collect(),
        observers: match desk.decides() {
            true => desk.observers.iter().map(|row| observer_line(desk, row, again)).collect(),
            false => Vec::new(),
        },
        shows_observers: desk.decides() && (desk.admits || !desk.observers.is_empty()),
        apply: desk.admits.then(|| {
            Link::new(format!("/projects/{}/observe", project.id), Text::said("observers-apply"))
        }),
    }
}

/// The page, empty or with a form that came back.
pub(super) async fn page(
    app: &App,
    actor: Actor,
    id: ProjectId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let desk = desk_of(app, actor, id).await?;
    Ok(Page::new("pages/reviewers/show", &view(&desk, again)).private())
}

/// The principal reviews of a project, for those who may know of them.
pub(super) async fn desk_of(app: &App, actor: Actor, id: ProjectId) -> Result<Desk, WebError> {
    let now = app.now();
    Ok(app.read(move |conn| read(conn, id, &actor, now)).await?)
}

/// The project of an address; anything else is not found.
pub(super) fn project_id(id: &str) -> Result<ProjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[get("/projects/<id>/reviewers")]
async fn reviewers(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    page(app, signed_in.actor, project_id(id)?, None).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![reviewers]
}
