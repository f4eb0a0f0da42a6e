//! The project page itself.

use quanheng_domain::Keyed;
use quanheng_domain::ballot::{BallotForm, BallotPurpose};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::lifecycle::{Move, who_acts_now};
use quanheng_domain::people::{Party, ProjectRole, Role};
use quanheng_domain::records::{AdjustmentKind, Visibility};
use quanheng_domain::stage::Stage;
use rocket::http::Status;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::cards::cards;
use super::file::{self, ProjectFile};
use super::forms::{Again, FormView, Part, joined, word};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{
    Beam, Cell, Column, Crumb, DataBlock, DataRow, Datum, Deadline, Empty, EventRow, Fact, Field,
    FieldKind, FileRow, FormFault, Link, MoveCard, PageHead, Pill, Row, Tab, Table, Tabs, Text,
    Tone, Turn,
};

/// Either where to go, or the page again with what was typed.
pub type Done = Result<Answer, Page>;

/// The view of `pages/projects/show`.
#[derive(Serialize)]
struct ProjectPage {
    head: PageHead,
    faults: Vec<FormFault>,
    tabs: Tabs,
    beam: Beam,
    turn: Option<Turn>,
    moves: Vec<MoveCard>,
    other_moves: Vec<MoveCard>,
    blocks: Vec<DataBlock>,
    papers: Vec<Paper>,
    upload: Option<UploadView>,
    people: Vec<PersonLine>,
    naming: Option<FormView>,
    consents: Vec<ConsentLine>,
    consent: Option<FormView>,
    objections: Vec<ObjectionLine>,
    objection: Option<FormView>,
    adjustments: Table,
    adjustment: Option<FormView>,
    refusal: Option<FormView>,
    rounds: Table,
    ballots: Option<Table>,
    opening: Option<FormView>,
    deadlines: Vec<DeadlineLine>,
    history: Vec<EventRow>,
    mails: Option<Table>,
}

#[derive(Serialize)]
struct UploadView {
    action: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Paper {
    file: [FileRow; 1],
    note: String,
    state: Pill,
    frozen: bool,
    withdraw: Option<String>,
    visibility: Option<VisibilityView>,
}

#[derive(Serialize)]
struct VisibilityView {
    action: String,
    label: Text,
    choices: Vec<crate::views::Choice>,
}

#[derive(Serialize)]
struct PersonLine {
    name: String,
    role: Text,
    remove: Option<String>,
}

#[derive(Serialize)]
struct ConsentLine {
    name: String,
    role: Text,
    state: Pill,
    note: String,
}

#[derive(Serialize)]
struct ObjectionLine {
    id: String,
    who: Option<String>,
    at: String,
    text: String,
    answer: Option<String>,
    due: Deadline,
    form: Option<FormView>,
}

#[derive(Serialize)]
struct DeadlineLine {
    deadline: Deadline,
}

/// The project of an address; anything else is not found.
pub fn project_id(id: &str) -> Result<ProjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

/// The answer to a form of the page: on the way, or the page again with the faults at their fields.
pub async fn finish(
    app: &App,
    visitor: &Visitor,
    project: ProjectId,
    form: &str,
    typed: Typed,
    done: Result<Answer, WebError>,
) -> Result<Done, WebError> {
    let error = match done {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let faults = error.into_faults()?;
    let again = Again { form: form.to_owned(), typed, faults };
    let view = view(app, visitor, project, Some(&again)).await?;
    Ok(Err(Page::new("pages/projects/show", &view).status(Status::UnprocessableEntity)))
}

#[get("/projects/<id>")]
async fn show(app: &State<App>, visitor: Visitor, id: &str) -> Result<Page, WebError> {
    let view = view(app, &visitor, project_id(id)?, None).await?;
    Ok(Page::new("pages/projects/show", &view))
}

async fn view(
    app: &App,
    visitor: &Visitor,
    id: ProjectId,
    again: Option<&Again>,
) -> Result<ProjectPage, WebError> {
    let (actor, now) = (visitor.actor.clone(), app.now());
    let file = app.read(move |conn| file::read(conn, id, &actor, now)).await?;
    let all = cards(&file, again);
    let (moves, other_moves) =
        all.into_iter().partition(|card| card.allowed || card.open || mine(&file, &card.key));
    let mut page = ProjectPage {
        head: head(&file),
        faults: Vec::new(),
        tabs: tabs(&file),
        beam: beam(&file),
        turn: turn(&file),
        moves,
        other_moves,
        blocks: blocks(&file),
        papers: papers(&file),
        upload: upload(&file, again),
        people: people(&file),
        naming: naming(&file, again),
        consents: consents(&file),
        consent: consent(&file, again),
        objections: objections(&file, again),
        objection: objection(&file, again),
        adjustments: adjustments(&file),
        adjustment: adjustment(&file, again),
        refusal: refusal(&file, again),
        rounds: rounds(&file),
        ballots: file.inside.then(|| ballots(&file)),
        opening: opening(&file, again),
        deadlines: deadlines(&file),
        history: history(&file),
        mails: file.inside.then(|| mails(&file)),
    };
    page.faults = faults(&page, again);
    Ok(page)
}

/// The view of the page as JSON, for tests.
#[cfg(test)]
pub(crate) async fn rendered_for(
    app: &App,
    visitor: &Visitor,
    id: ProjectId,
) -> Result<serde_json::Value, WebError> {
    let view = view(app, visitor, id, None).await?;
    serde_json::to_value(&view).map_err(|error| WebError::fault(&error))
}

fn mine(file: &ProjectFile, key: &str) -> bool {
    file.moves.iter().any(|preview| preview.yours && preview.row.key.key() == key)
}

/// The faults of the form that came back; one that belongs to no field shown stands at the head of the page.
fn faults(page: &ProjectPage, again: Option<&Again>) -> Vec<FormFault> {
    let Some(again) = again else { return Vec::new() };
    let forms = [
        &page.opening,
        &page.naming,
        &page.consent,
        &page.objection,
        &page.adjustment,
        &page.refusal,
    ];
    let answers = page.objections.iter().filter_map(|line| line.form.as_ref());
    let shown: Vec<&Field> = page
        .moves
        .iter()
        .flat_map(|card| &card.fields)
        .chain(forms.into_iter().flatten().flat_map(|form| &form.fields))
        .chain(answers.flat_map(|form| &form.fields))
        .chain(page.upload.iter().flat_map(|form| &form.fields))
        .collect();
    again
        .faults
        .iter()
        .map(|fault| {
            let name = format!("{}.{}", again.form, fault.field);
            let field =
                if shown.iter().any(|field| field.name == name) { name } else { String::new() };
            FormFault { field, text: crate::voice::fault(fault) }
        })
        .collect()
}

fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Published | Stage::Confirmed | Stage::ReviewPassed | Stage::Approved => Tone::Good,
        stage if stage.is_final() => Tone::Faded,
        Stage::ReviewFailed
        | Stage::ReviewInvalid
        | Stage::ApplicationReturned
        | Stage::DossierReturned => Tone::Warn,
        _ => Tone::Info,
    }
}

fn head(file: &ProjectFile) -> PageHead {
    let row = &file.loaded.row;
    let mut head = PageHead::new(Text::plain(&row.title_zh));
    let list = Crumb {
        text: Text::said("nav-projects"),
        href: Some(if file.inside { "/board" } else { "/proposals" }.to_owned()),
    };
    head.crumbs = vec![list, Crumb { text: Text::plain(&row.title_zh), href: None }];
    head.code = row.number.clone();
    head.pill = Some(Pill::new(word(row.stage), tone(row.stage)));
    head.lead = (!row.title_en.is_empty()).then(|| Text::plain(&row.title_en));
    head.facts = vec![word(row.kind), word(row.category), word(row.level)];
    if row.emergency {
        head.facts.push(Text::said("projects-emergency"));
    }
    if row.livelihood {
        head.facts.push(Text::said("projects-livelihood"));
    }
    head
}

fn tabs(file: &ProjectFile) -> Tabs {
    let count = |number: usize| Some(number as u64).filter(|number| *number > 0);
    let tab = |anchor: &str, key: &str, count| Tab {
        href: format!("#{anchor}"),
        text: Text::said(key),
        current: false,
        count,
    };
    let mut items = vec![];
    if file.inside {
        items.push(tab("moves", "projects-moves", None));
    }
    items.push(tab("documents", "projects-documents", count(file.documents.len())));
    items.push(tab("rounds", "projects-rounds", count(file.rounds.len())));
    if file.inside {
        items.push(tab("ballots", "projects-ballots", count(file.ballots.len())));
    }
    items.push(tab("history", "projects-history", count(file.events.len())));
    if file.inside {
        items.push(tab("mails", "projects-mails", count(file.mails.len())));
    }
    Tabs { label: Text::said("projects-tabs"), items }
}

fn beam(file: &ProjectFile) -> Beam {
    let row = &file.loaded.row;
    let days = file.days_in_stage();
    let stage =
        Text::said("projects-in-stage").with_text("stage", &word(row.stage)).with("days", days);
    let (sentence, tone) = match file.next_deadline().filter(|_| !row.stage.is_final()) {
        Some(next) => {
            let goal = (next.due_at - next.opened_at).num_days().max(0);
            let tone = if next.due_at <= file.now {
                Tone::Bad
            } else {
                Deadline::new(next.due_at, file.now).tone
            };
            let said = Text::said("projects-in-stage-goal")
                .with_text("stage", &word(row.stage))
                .with("days", days)
                .with_text("clock", &word(next.kind))
                .with("goal", goal)
                .with_deadline("until", next.due_at.to_rfc3339());
            (said, tone)
        }
        None => (stage, tone(row.stage)),
    };
    Beam::at(row.stage.key(), sentence, tone)
}

fn turn(file: &ProjectFile) -> Option<Turn> {
    let standing = &file.loaded.standing;
    let parties = who_acts_now(standing);
    let main = quanheng_domain::lifecycle::rows_from(standing.kind, standing.stage)
        .find(|row| row.main)?;
    let role = joined(parties.iter().map(|party| word(*party)).collect())?;
    let mine = parties.iter().any(|party| file.is(*party));
    let mut people: Vec<String> = parties.iter().flat_map(|party| names_of(file, *party)).collect();
    people.sort();
    people.dedup();
    Some(Turn {
        role,
        people,
        task: word(main.key),
        deadline: file
            .next_deadline()
            .map(|row| Deadline::new(row.due_at, file.now).labelled(word(row.kind))),
        mine,
        action: mine.then(|| Link::new(format!("#move-{}", main.key.key()), word(main.key))),
    })
}

fn names_of(file: &ProjectFile, party: Party) -> Vec<String> {
    let seated = |fits: fn(Role) -> bool| {
        file.seats
            .iter()
            .filter(|seat| fits(seat.role))
            .map(|seat| file.name(seat.person_id))
            .collect()
    };
    let named = |fits: fn(ProjectRole) -> bool| {
        file.loaded
            .people
            .iter()
            .filter(|row| fits(row.role))
            .map(|row| file.name(row.person_id))
            .collect()
    };
    match party {
        Party::Secretariat => seated(Role::is_secretariat),
        Party::Chair => seated(|role| role == Role::Chair),
        Party::ViceChair => seated(|role| role == Role::ViceChair),
        Party::Drafter => {
            named(|role| matches!(role, ProjectRole::LeadDrafter | ProjectRole::Drafter))
        }
        Party::PrincipalReviewer => named(|role| role == ProjectRole::PrincipalReviewer),
        Party::Suggester => named(|role| role == ProjectRole::Suggester),
        Party::Officer => file.officers.iter().map(|officer| officer.name.clone()).collect(),
        Party::Anyone | Party::Member | Party::Administrator | Party::System => Vec::new(),
    }
}

fn row(key: &str, values: Vec<Datum>) -> DataRow {
    DataRow::new(Text::said(key), values)
}

fn words(text: &str) -> Vec<Datum> {
    if text.trim().is_empty() { Vec::new() } else { vec![Datum::text(text)] }
}

fn day(day: Option<chrono::NaiveDate>) -> Vec<Datum> {
    day.map(|day| Datum::text(Text::said("projects-day").with_date("day", day)))
        .into_iter()
        .collect()
}

fn blocks(file: &ProjectFile) -> Vec<DataBlock> {
    let (project, details) = (&file.loaded.row, &file.details);
    let text = DataBlock {
        title: Text::said("projects-block-text"),
        rows: vec![
            row("projects-kind", vec![Datum::text(word(project.kind))]),
            row("projects-category", vec![Datum::text(word(project.category))]),
            row("projects-need", words(&details.need)),
            row("projects-scope", words(&details.scope)),
            row("projects-related", words(&details.related)),
            row("projects-adoption", vec![Datum::text(word(project.adoption))]),
            row("projects-international", words(&details.international)),
            row("projects-openness", vec![Datum::text(word(project.openness))]),
        ],
        next: None,
    };
    let units = file.units.iter().map(|(unit, named)| Datum {
        note: unit.lead.then(|| Text::said("projects-lead-unit")),
        ..Datum::text(Text::plain(&named.name_zh))
    });
    let committee = file.committee.iter().map(|committee| {
        let code = committee.code.clone().unwrap_or_default();
        let href = format!(
            "/committees/{}",
            if code.is_empty() { committee.id.to_string() } else { code }
        );
        Datum::link(href, Text::plain(&committee.name_zh))
    });
    let owners = DataBlock {
        title: Text::said("projects-block-owners"),
        rows: vec![
            row("projects-committee", committee.collect()),
            row(
                "projects-authority",
                file.authority
                    .iter()
                    .map(|authority| Datum::text(Text::plain(&authority.name_zh)))
                    .collect(),
            ),
            row("projects-units", units.collect()),
            row("projects-suggested-by", words(&details.suggested_by)),
        ],
        next: None,
    };
    let plan = DataBlock {
        title: Text::said("projects-block-plan"),
        rows: vec![
            row("projects-plan-document", words(&project.plan_document)),
            row("projects-plan-on", day(project.plan_on)),
            row("projects-due-on", day(project.due_on)),
            row("projects-review-on", day(project.review_on)),
            row("projects-review-place", words(&project.review_place)),
            row("projects-number", words(&details.reserved_number)),
            row("projects-approval", words(&details.approval_document)),
        ],
        next: None,
    };
    vec![text, owners, plan]
}

fn may_write(file: &ProjectFile) -> bool {
    let writers = [
        Party::Secretariat,
        Party::Drafter,
        Party::Officer,
        Party::PrincipalReviewer,
        Party::Chair,
        Party::Suggester,
    ];
    writers.iter().any(|party| file.is(*party))
        && (!file.loaded.row.stage.is_final() || file.is(Party::Officer))
}

fn papers(file: &ProjectFile) -> Vec<Paper> {
    let id = file.loaded.row.id;
    let decides = file.is(Party::Secretariat) || file.is(Party::Officer);
    let paper = |row: &quanheng_db::documents::DocumentRow| {
        let base = format!("/projects/{id}/documents/{}", row.ordinal);
        let gone = row.withdrawn_at.is_some();
        let tone = if row.visibility == Visibility::Open { Tone::Good } else { Tone::Plain };
        let choices = Visibility::ALL.iter().map(|value| crate::views::Choice {
            value: value.key().to_owned(),
            text: word(*value),
            hint: None,
            chosen: *value == row.visibility,
        });
        Paper {
            file: [FileRow {
                kind: word(row.kind),
                name: Some(row.file_name.clone()),
                href: (!gone).then(|| base.clone()),
                size: u64::try_from(row.size).ok(),
                sha256: Some(row.sha256.clone()),
                at: Some(row.uploaded_at.to_rfc3339()),
                by: row.uploaded_by.map(|by| file.name(by)),
                version: Some(Text::said("projects-revision").with("n", row.revision)),
                required: false,
                upload_href: None,
            }],
            note: row.note.clone(),
            state: if gone {
                Pill::new(Text::said("projects-withdrawn"), Tone::Faded)
            } else {
                Pill::new(word(row.visibility), tone)
            },
            frozen: row.frozen_at.is_some(),
            withdraw: (may_write(file) && !gone && row.frozen_at.is_none())
                .then(|| format!("{base}/withdraw")),
            visibility: (decides && !gone).then(|| VisibilityView {
                action: format!("{base}/visibility"),
                label: Text::said("projects-visibility-of")
                    .with_text("kind", &word(row.kind))
                    .with("n", row.revision),
                choices: choices.collect(),
            }),
        }
    };
    file.documents.iter().rev().map(paper).collect()
}

fn upload(file: &ProjectFile, again: Option<&Again>) -> Option<UploadView> {
    let part = Part::new("document", again);
    let chosen = |field: Field| field.choice("", Text::said("projects-choose"));
    may_write(file).then(|| UploadView {
        action: format!("/projects/{}/documents", file.loaded.row.id),
        fields: vec![
            DocumentKind::ALL
                .iter()
                .fold(
                    chosen(part.field(
                        FieldKind::Select,
                        "kind",
                        Text::said("projects-document-kind"),
                    )),
                    |field, kind| field.choice(kind.key(), word(*kind)),
                )
                .required(),
            part.field(FieldKind::File, "file", Text::said("projects-document-file"))
                .hint(Text::said("projects-document-hint"))
                .required(),
            part.field(FieldKind::Text, "title", Text::said("projects-document-title"))
                .attr("maxlength", 200),
            part.field(FieldKind::Text, "note", Text::said("projects-document-note"))
                .attr("maxlength", 500),
        ],
    })
}

fn names_people(file: &ProjectFile) -> bool {
    (file.is(Party::Secretariat) || file.is(Party::Officer)) && !file.loaded.row.stage.is_final()
}

fn people(file: &ProjectFile) -> Vec<PersonLine> {
    let id = file.loaded.row.id;
    let line = |row: &quanheng_db::projects::ProjectPersonRow| PersonLine {
        name: file.name(row.person_id),
        role: word(row.role),
        remove: (names_people(file) && row.role != ProjectRole::Suggester)
            .then(|| format!("/projects/{id}/people/{}/{}/remove", row.person_id, row.role.key())),
    };
    file.loaded.people.iter().map(line).collect()
}

fn naming(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("people", again);
    let roles = [ProjectRole::LeadDrafter, ProjectRole::Drafter, ProjectRole::PrincipalReviewer];
    names_people(file).then(|| FormView {
        action: format!("/projects/{}/people", file.loaded.row.id),
        fields: vec![
            part.choice(FieldKind::Select, "role", Text::said("projects-person-role"), &roles)
                .required(),
            part.field(FieldKind::Email, "email", Text::said("projects-person-email"))
                .hint(Text::said("projects-person-email-hint"))
                .attr("maxlength", 254)
                .required(),
        ],
        button: Text::said("projects-person-name"),
    })
}

fn consents(file: &ProjectFile) -> Vec<ConsentLine> {
    if !file.inside {
        return Vec::new();
    }
    let leads = file
        .seats
        .iter()
        .filter(|seat| matches!(seat.role, Role::Chair | Role::ViceChair) && !seat.suspended);
    leads
        .map(|seat| {
            let given = file.loaded.consents.iter().find(|row| row.person_id == seat.person_id);
            let state = match given {
                _ if file.loaded.is_drafter(seat.person_id) => {
                    Pill::new(Text::said("projects-consent-drafts"), Tone::Faded)
                }
                Some(row) if row.agreed => {
                    Pill::new(Text::said("projects-consent-yes"), Tone::Good)
                }
                Some(_) => Pill::new(Text::said("projects-consent-no"), Tone::Bad),
                None => Pill::new(Text::said("projects-consent-open"), Tone::Plain),
            };
            let note = given.map(|row| row.note.clone()).unwrap_or_default();
            ConsentLine { name: file.name(seat.person_id), role: word(seat.role), state, note }
        })
        .collect()
}

fn consent(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let leads = file.is(Party::Chair) || file.is(Party::ViceChair);
    let part = Part::new("consent", again);
    let due = file.loaded.row.stage == Stage::ReviewSubmitted && !file.is(Party::Drafter);
    (leads && due).then(|| FormView {
        action: format!("/projects/{}/consents", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Radio, "agreed", Text::said("projects-consent-question"))
                .choice("yes", Text::said("projects-consent-yes"))
                .choice("no", Text::said("projects-consent-no"))
                .required(),
            part.field(FieldKind::Textarea, "note", Text::said("projects-consent-note"))
                .attr("rows", 2)
                .attr("maxlength", 2_000),
        ],
        button: Text::said("projects-consent-save"),
    })
}

fn objections(file: &ProjectFile, again: Option<&Again>) -> Vec<ObjectionLine> {
    let officer = file.is(Party::Officer);
    // What somebody objected is public with its answer; who objected is known to those who work on it.
    let shown = file.objections.iter().filter(|row| file.inside || row.answered_at.is_some());
    shown
        .map(|row| {
            let key = format!("answer-{}", row.id);
            let part = Part::new(&key, again);
            let form = (officer && row.answered_at.is_none()).then(|| FormView {
                action: format!("/projects/{}/objections/{}/answer", row.project_id, row.id),
                fields: vec![
                    part.field(
                        FieldKind::Textarea,
                        "answer",
                        Text::said("projects-objection-answer"),
                    )
                    .attr("rows", 4)
                    .required(),
                ],
                button: Text::said("projects-objection-answer-send"),
            });
            let who = if row.unit.is_empty() {
                row.name.clone()
            } else {
                format!("{} · {}", row.name, row.unit)
            };
            ObjectionLine {
                id: row.id.to_string(),
                who: file.inside.then_some(who),
                at: row.at.to_rfc3339(),
                text: row.text.clone(),
                answer: row.answered_at.map(|_| row.answer.clone()),
                due: Deadline::new(row.answer_due, file.now),
                form,
            }
        })
        .collect()
}

fn objection(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let part = Part::new("objection", again);
    (file.loaded.row.stage == Stage::Publicity).then(|| FormView {
        action: format!("/projects/{}/objections", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Text, "name", Text::said("projects-objection-name"))
                .attr("maxlength", 100)
                .required(),
            part.field(FieldKind::Email, "contact", Text::said("projects-objection-contact"))
                .hint(Text::said("projects-objection-contact-hint"))
                .attr("maxlength", 254)
                .required(),
            part.field(FieldKind::Text, "unit", Text::said("projects-objection-unit"))
                .attr("maxlength", 200),
            part.field(FieldKind::Textarea, "text", Text::said("projects-objection-text"))
                .attr("rows", 6)
                .required(),
        ],
        button: Text::said("projects-objection-send"),
    })
}

fn adjustments(file: &ProjectFile) -> Table {
    let rows = file.adjustments.iter().map(|row| {
        let state = match row.decision {
            None => Pill::new(Text::said("projects-adjustment-open"), Tone::Warn),
            Some(decision) => Pill::new(word(decision), Tone::Plain),
        };
        let by = row.requested_by.map(|by| file.name(by)).unwrap_or_default();
        let cells = vec![
            Cell::text(word(row.kind)).note(Text::plain(&row.wanted)),
            Cell::text(Text::plain(&row.reason)),
            Cell::text(Text::said("projects-day").with_date("day", row.requested_on))
                .note(Text::plain(by)),
            Cell::pill(state),
        ];
        Row { cells, ..Row::default() }
    });
    let columns = [
        "projects-adjustment-kind",
        "projects-adjustment-reason",
        "projects-adjustment-on",
        "projects-adjustment-state",
    ];
    table("projects-adjustments", &columns, rows.collect(), None)
}

fn table(caption: &str, columns: &[&str], rows: Vec<Row>, empty: Option<&str>) -> Table {
    Table {
        caption: Text::said(caption),
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: empty.map(|key| Empty { title: Text::said(key), text: None, action: None }),
    }
}

fn adjustment(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let may =
        [Party::Secretariat, Party::Drafter, Party::Chair].iter().any(|party| file.is(*party));
    let open = file.adjustments.iter().any(|row| row.decision.is_none());
    let part = Part::new("adjustment", again);
    (may && !open && !file.loaded.row.stage.is_final()).then(|| FormView {
        action: format!("/projects/{}/adjustments", file.loaded.row.id),
        fields: vec![
            part.choice(
                FieldKind::Select,
                "kind",
                Text::said("projects-adjustment-kind"),
                AdjustmentKind::ALL,
            )
            .required(),
            part.field(FieldKind::Text, "wanted", Text::said("projects-adjustment-wanted"))
                .attr("maxlength", 200),
            part.field(FieldKind::Textarea, "reason", Text::said("projects-adjustment-reason"))
                .attr("rows", 3)
                .required(),
        ],
        button: Text::said("projects-adjustment-ask"),
    })
}

fn refusal(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let open = file.adjustments.iter().any(|row| row.decision.is_none());
    let part = Part::new("refusal", again);
    (open && file.is(Party::Officer)).then(|| FormView {
        action: format!("/projects/{}/adjustments/refuse", file.loaded.row.id),
        fields: vec![
            part.field(FieldKind::Textarea, "note", Text::said("projects-field-reason"))
                .attr("rows", 2)
                .required(),
        ],
        button: Text::said("projects-adjustment-refuse"),
    })
}

fn rounds(file: &ProjectFile) -> Table {
    let rows = file.rounds.iter().map(|round| {
        let name = Text::said("projects-round")
            .with("n", round.ordinal)
            .with_text("purpose", &word(round.purpose));
        let cells = vec![
            Cell::link(format!("/consultations/{}", round.id), name),
            Cell::pill(Pill::new(word(round.status), Tone::Info)),
            Cell::text(
                Text::said("projects-until").with_deadline("until", round.closes_at.to_rfc3339()),
            ),
        ];
        Row { cells, ..Row::default() }
    });
    table(
        "projects-rounds",
        &["projects-round-name", "projects-round-state", "projects-closes"],
        rows.collect(),
        Some("projects-rounds-none"),
    )
}

fn ballots(file: &ProjectFile) -> Table {
    let rows = file.ballots.iter().map(|ballot| {
        let state = match (ballot.closed_at, ballot.signed_at) {
            (None, _) => Pill::new(Text::said("projects-ballot-open"), Tone::Info),
            (Some(_), None) => Pill::new(Text::said("projects-ballot-closed"), Tone::Plain),
            (Some(_), Some(_)) => Pill::new(Text::said("projects-ballot-signed"), Tone::Good),
        };
        let cells = vec![
            Cell::link(format!("/ballots/{}", ballot.id), word(ballot.purpose))
                .note(Text::plain(&ballot.question)),
            Cell::pill(state),
            Cell::text(
                Text::said("projects-until").with_deadline("until", ballot.closes_at.to_rfc3339()),
            ),
        ];
        Row { cells, ..Row::default() }
    });
    table(
        "projects-ballots",
        &["projects-ballot-name", "projects-ballot-state", "projects-closes"],
        rows.collect(),
        Some("projects-ballots-none"),
    )
}

/// The form that opens a ballot which no move opens: on an application, on a re-examination, on any other matter.
fn opening(file: &ProjectFile, again: Option<&Again>) -> Option<FormView> {
    let row = &file.loaded.row;
    let mut purposes = match row.stage {
        Stage::Taken => vec![BallotPurpose::Proposal],
        Stage::Reexamining => vec![BallotPurpose::Reexamination],
        _ => Vec::new(),
    };
    purposes.push(BallotPurpose::Matter);
    purposes.retain(|purpose| {
        !file.ballots.iter().any(|ballot| ballot.purpose == *purpose && ballot.closed_at.is_none())
    });
    let may = file.is(Party::Secretariat)
        && row.committee_id.is_some()
        && !row.stage.is_final()
        && !purposes.is_empty();
    let part = Part::new("ballot", again);
    may.then(|| FormView {
        action: format!("/projects/{}/ballots", row.id),
        fields: vec![
            part.choice(
                FieldKind::Select,
                "purpose",
                Text::said("projects-ballot-name"),
                &purposes,
            )
            .required(),
            part.choice(
                FieldKind::Select,
                "form",
                Text::said("projects-ballot-form"),
                BallotForm::ALL,
            )
            .required(),
            part.field(FieldKind::Date, "closes_on", Text::said("projects-field-ballot-closes-on"))
                .required(),
            part.field(FieldKind::Text, "question", Text::said("projects-ballot-question"))
                .attr("maxlength", 500),
        ],
        button: Text::said("projects-ballot-start"),
    })
}

fn deadlines(file: &ProjectFile) -> Vec<DeadlineLine> {
    let shown = file.deadlines.iter().filter(|row| !row.kind.is_reminder());
    shown
        .map(|row| DeadlineLine {
            deadline: Deadline::new(row.due_at, file.now).labelled(word(row.kind)),
        })
        .collect()
}

fn history(file: &ProjectFile) -> Vec<EventRow> {
    file.events.iter().rev().map(|event| history_line(event, file.inside)).collect()
}

fn history_line(event: &quanheng_db::events::EventRow, inside: bool) -> EventRow {
    let what = match Move::from_key(&event.kind) {
        Ok(key) => word(key),
        Err(_) => Text::word("projects-event", &event.kind),
    };
    let stage = |key: &str| (!key.is_empty()).then(|| Text::word("stage", key));
    let (from, to) = (stage(&event.from_stage), stage(&event.to_stage));
    let mut facts = Vec::new();
    if let (Some(from), Some(to)) = (&from, &to)
        && event.from_stage != event.to_stage
    {
        let value = Text::said("projects-from-to").with_text("from", from).with_text("to", to);
        facts.push(Fact { label: Text::said("projects-fact-stage"), value });
    }
    for name in ["file_name", "revision"] {
        if let Some(value) = event.facts.get(name).filter(|_| inside) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            facts
                .push(Fact { label: Text::word("projects-fact", name), value: Text::plain(value) });
        }
    }
    let who = match event.actor.as_str() {
        "system" => word(Party::System),
        "public" => word(Party::Anyone),
        // Names of people are for those who work on the project.
        name if inside => Text::plain(name),
        _ => Text::said("projects-somebody"),
    };
    EventRow {
        id: format!("e{}", event.object_seq),
        at: event.at.to_rfc3339(),
        who,
        on_behalf_of: (inside && !event.on_behalf_of.is_empty())
            .then(|| Text::plain(&event.on_behalf_of)),
        what,
        object: None,
        reason: (inside && !event.note.is_empty()).then(|| event.note.clone()),
        facts,
        hash: event.hash.clone(),
        tone: if from != to && to.is_some() { Tone::Info } else { Tone::Plain },
    }
}

fn mails(file: &ProjectFile) -> Table {
    let rows = file.mails.iter().map(|mail| {
        use quanheng_domain::records::MailState::{GivenUp, Sent};
        let tone = match mail.state {
            Sent => Tone::Good,
            GivenUp => Tone::Bad,
            _ => Tone::Plain,
        };
        let cells = vec![
            Cell::text(word(mail.notice)).note(Text::plain(&mail.subject)),
            Cell::text(Text::plain(&mail.name)).note(word(mail.audience)),
            Cell::text(
                Text::said("projects-instant").with_instant("at", mail.created_at.to_rfc3339()),
            ),
            Cell::pill(Pill::new(word(mail.state), tone)),
        ];
        Row { cells, ..Row::default() }
    });
    let columns =
        ["projects-mail-what", "projects-mail-who", "projects-mail-at", "projects-mail-state"];
    table("projects-mails", &columns, rows.collect(), Some("projects-mails-none"))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show]
}
