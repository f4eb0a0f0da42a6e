//! Care of a published text (发布后): trainings, effect evaluations, early re-examination and the answers to feedback, for the
//! secretariat of its committee and the officers of its authority.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError, profiles,
    specification::attached::{self, Asked},
    specification::care::{self, EarlyReexamination, Evaluation, FeedbackAnswer, Training},
    specification::survey::{self, Sum},
};
use quanheng_db::{
    conn::AnyConn,
    deadlines::{self, DeadlineRow},
    projects::{self, ProjectRow},
    specifications::{self, EvaluationRow, FeedbackRow, SpecificationRow, TrainingRow},
    surveys::{self, SurveyRow},
};
use quanheng_domain::{
    Keyed, Locale, deadline,
    document::DocumentNeed,
    ids::{FeedbackId, ObjectId, SpecificationId},
    lifecycle::{FaultCode, FieldFault, ProjectKind},
    people::Actor,
    records::{EvaluationSuggestion, FeedbackOutcome},
    rules::{Typed as Rule, keys},
};
use rocket::{Route, get, post, routes};
use serde::Serialize;

use super::{effect, surveys as surveys_page};
use crate::pages::{
    address,
    projects::{Again, Fold, FormView, Part, joined, paper_line, word},
    public::{edition, reported},
    reader::{Reader, SignedReader, back},
};
use crate::views::{
    Cell, Column, Deadline, Empty, Field, FieldKind, FileRow, FormFault, Link, PageHead, Row,
    RuleCite, Table, Text, Tone,
};
use crate::{Answer, Done, Page, PageForm, Typed, WebError, voice};

/// The page below an edition.
pub const LEAF: &str = "care";

/// What those in whose care a text is may propose about it.
const PROPOSED: [ProjectKind; 4] =
    [ProjectKind::Amendment, ProjectKind::Corrigendum, ProjectKind::Revise, ProjectKind::Abolition];

struct File {
    edition: SpecificationRow,
    trainings: Vec<TrainingRow>,
    evaluations: Vec<EvaluationRow>,
    /// What the answers come to on which an evaluation rests.
    behind: HashMap<ObjectId, Sum>,
    /// The questionnaires, each with what its answers come to.
    surveys: Vec<(SurveyRow, Sum)>,
    feedback: Vec<FeedbackRow>,
    deadlines: Vec<DeadlineRow>,
    running: Option<ProjectRow>,
    /// What the rules file of a training and of an evaluation.
    papers: [Wanted; 2],
}

fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    id: SpecificationId,
    today: NaiveDate,
) -> Result<File, ActionError> {
    let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let evaluations = specifications::evaluations_of(conn, id)?;
    let ids: Vec<ObjectId> = evaluations.iter().map(|row| row.id).collect();
    let asked = surveys::of_edition(conn, id)?;
    let all: Vec<ObjectId> = asked.iter().map(|row| row.id).collect();
    let answers = surveys::answers_of(conn, &all)?;
    let summed = |row: SurveyRow| {
        let own: Vec<_> = answers.iter().filter(|one| one.survey_id == row.id).cloned().collect();
        let sum = survey::sum(&own);
        (row, sum)
    };
    Ok(File {
        behind: survey::behind(conn, &ids)?,
        surveys: asked.into_iter().map(summed).collect(),
        trainings: specifications::trainings_of(conn, id)?,
        evaluations,
        feedback: specifications::feedback_of(conn, id)?,
        deadlines: deadlines::open_of(conn, id.cast())?,
        running: projects::of_specification(conn, id)?
            .into_iter()
            .find(|project| !project.stage.is_final()),
        papers: [
            papers(conn, &edition, today, keys::DOCS_TRAINING)?,
            papers(conn, &edition, today, keys::DOCS_EFFECT_EVALUATION)?,
        ],
        edition,
    })
}

type Wanted = (RuleCite, Vec<Asked>);

fn papers(
    conn: &mut AnyConn,
    edition: &SpecificationRow,
    today: NaiveDate,
    rule: Rule<Vec<DocumentNeed>>,
) -> Result<Wanted, ActionError> {
    let profile = profiles::of_edition(conn, edition, today)?;
    Ok((voice::cite_rule(profile.rule(rule.key())), attached::asked(conn, edition, today, rule)?))
}

/// Papers that the rules file, each there or missing.
#[derive(Serialize)]
struct Papers {
    files: Vec<FileRow>,
    cite: RuleCite,
}

fn filed(file: &File, (cite, asked): &Wanted) -> Papers {
    let of = |project| {
        asked.iter().map(move |one| paper_line(project, word(one.kind), one.there.as_ref(), true))
    };
    Papers { files: file.edition.project_id.into_iter().flat_map(of).collect(), cite: cite.clone() }
}

#[derive(Serialize)]
struct CarePage {
    head: PageHead,
    faults: Vec<FormFault>,
    cases: Vec<Case>,
    answered: Vec<reported::Told>,
    trainings: Table,
    training: Fold,
    training_papers: Papers,
    evaluations: Table,
    evaluation: Fold,
    evaluation_papers: Papers,
    surveys: String,
    early: Early,
    deadlines: Vec<Deadline>,
    links: Vec<Link>,
}

/// A feedback case that waits for its answer; only those in whose care the text is see who wrote.
#[derive(Serialize)]
struct Case {
    id: String,
    day: String,
    place: Text,
    who: String,
    contact: String,
    text: String,
    form: FormView,
}

/// Whether an early re-examination can be opened, and the form if so.
#[derive(Serialize)]
struct Early {
    sentence: Text,
    running: Option<Link>,
    fold: Option<Fold>,
}

fn table(caption: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let caption = Text::word("care", caption);
    Table {
        columns: columns.iter().map(|key| Column::new(Text::word("care-column", key))).collect(),
        empty: Some(Empty { title: Text::said("care-none"), text: None, action: None }),
        caption,
        caption_hidden: true,
        rows,
    }
}

fn trainings(file: &File) -> Table {
    let line = |row: &TrainingRow| Row {
        cells: vec![
            edition::day_cell(&row.held_on.to_string()),
            Cell::text(row.place.clone()),
            Cell::text(row.people.to_string()),
            Cell::text(row.note.clone()),
        ],
        ..Row::default()
    };
    let mut table = table(
        "trainings",
        &["day", "place", "people", "note"],
        file.trainings.iter().map(line).collect(),
    );
    table.columns[2].numeric = true;
    table
}

fn evaluations(file: &File) -> Table {
    let path = edition::href(&file.edition);
    let day = |row: &EvaluationRow| Text::said("catalogue-day").with_date("day", row.done_on);
    let line = |row: &EvaluationRow| Row {
        cells: vec![
            Cell::link(effect::href(&path, row.id), day(row)).note(Text::said("effect-title")),
            Cell::text(word(row.suggestion)),
            Cell::text(row.findings.clone()).note(match file.behind.get(&row.id) {
                Some(sum) => joined_lines(&row.method, sum),
                None => Text::plain(&row.method),
            }),
        ],
        ..Row::default()
    };
    let rows = file.evaluations.iter().map(line).collect();
    table("evaluations", &["day", "suggestion", "findings"], rows)
}

fn label(field: &str) -> Text {
    Text::word("care-field", field)
}

fn training(path: &str, again: Option<&Again>) -> Fold {
    let part = Part::new("training", again);
    let fields = vec![
        part.field(FieldKind::Date, "held_on", label("held-on")).required(),
        part.field(FieldKind::Text, "place", label("place")).required().attr("maxlength", 300),
        part.field(FieldKind::Number, "people", label("people"))
            .required()
            .attr("min", 0)
            .attr("inputmode", "numeric"),
        part.field(FieldKind::Textarea, "note", label("note"))
            .hint(Text::said("care-note-hint"))
            .attr("rows", 3)
            .attr("maxlength", 8_000),
    ];
    let (action, button) = (format!("{path}/trainings"), Text::said("care-training-button"));
    part.fold("care-training-one", FormView { action, fields, button })
}

/// The method with what the questionnaire came to.
fn joined_lines(method: &str, sum: &Sum) -> Text {
    let lines = [vec![Text::plain(method)], surveys_page::sums(sum)].concat();
    joined(lines).unwrap_or_else(|| Text::plain(method))
}

/// The questionnaires with answers, to rest the evaluation on; their sums stand beside.
fn resting(part: &Part<'_>, file: &File) -> Option<Field> {
    let answered = file.surveys.iter().filter(|(_, sum)| !sum.groups.is_empty());
    let mut field = part.field(FieldKind::Select, "survey", label("survey"));
    let mut hints = Vec::new();
    for (row, sum) in answered {
        let name = || Text::said("survey-until").with_date("day", row.closes_on);
        field = field.choice(&row.id.to_string(), name());
        hints.push(name());
        hints.extend(surveys_page::sums(sum));
    }
    Some(field.hint(joined(hints)?))
}

fn evaluation(file: &File, path: &str, again: Option<&Again>) -> Fold {
    let part = Part::new("evaluation", again);
    let long = |name: &str, rows: u32| {
        part.field(FieldKind::Textarea, name, label(name))
            .required()
            .attr("rows", rows)
            .attr("maxlength", 8_000)
    };
    let mut fields = vec![
        part.field(FieldKind::Date, "done_on", label("done-on")).required(),
        long("method", 3),
        long("findings", 6),
        part.choice(FieldKind::Radio, "suggestion", label("suggestion"), EvaluationSuggestion::ALL)
            .hint(Text::said("care-suggestion-hint"))
            .required(),
    ];
    if let Some(field) = resting(&part, file) {
        fields.insert(1, field);
    }
    let (action, button) = (format!("{path}/evaluations"), Text::said("care-evaluation-button"));
    part.fold("care-evaluation-one", FormView { action, fields, button })
}

fn early(file: &File, path: &str, again: Option<&Again>) -> Early {
    let abolished = !file.edition.abolished_on.is_empty();
    let key = match (abolished, &file.running) {
        (true, _) => "care-early-abolished",
        (false, Some(_)) => "care-early-running",
        (false, None) => "care-early-lead",
    };
    let part = Part::new("early", again);
    let fold = (!abolished && file.running.is_none()).then(|| {
        let fields = vec![
            part.field(FieldKind::Textarea, "reason", label("reason"))
                .required()
                .attr("rows", 4)
                .attr("maxlength", 8_000),
        ];
        let (action, button) = (format!("{path}/reexaminations"), Text::said("care-early-button"));
        part.fold("care-early-one", FormView { action, fields, button })
    });
    let running = file
        .running
        .as_ref()
        .map(|row| Link::new(format!("/projects/{}", row.id), Text::plain(row.title_zh.clone())));
    Early { sentence: Text::said(key), running, fold }
}

fn case(row: &FeedbackRow, path: &str, again: Option<&Again>) -> Case {
    let key = format!("answer-{}", row.id);
    let part = Part::new(&key, again);
    let fields = vec![
        part.field(FieldKind::Textarea, "answer", label("answer"))
            .hint(Text::said("care-answer-hint"))
            .required()
            .attr("rows", 4)
            .attr("maxlength", 8_000),
        part.choice(FieldKind::Radio, "outcome", label("outcome"), FeedbackOutcome::ALL).required(),
    ];
    Case {
        id: row.id.to_string(),
        day: deadline::day_of(row.at).to_string(),
        place: reported::place(row),
        who: row.name.clone(),
        contact: row.contact.clone(),
        text: row.text.clone(),
        form: FormView {
            action: format!("{path}/feedback/{}/answer", row.id),
            fields,
            button: Text::said("care-answer-button"),
        },
    }
}

fn view(file: &File, locale: Locale, now: DateTime<Utc>, again: Option<&Again>) -> CarePage {
    let row = &file.edition;
    let path = edition::href(row);
    let mut head = edition::head(row, "care-title");
    head.lead = Some(edition::title_text(row, locale));
    let open = file.feedback.iter().filter(|row| row.answered_at.is_none());
    // A slip and an abolition are projects of their own, proposed like any other.
    let propose = |kind: ProjectKind| {
        let href =
            address::with("/projects/new", &[("kind", kind.key()), ("specification", &row.number)]);
        Link::new(href, Text::word("care-propose", kind.key()))
    };
    let [of_training, of_evaluation] = &file.papers;
    let running = file.deadlines.iter().filter(|row| !row.kind.is_reminder());
    CarePage {
        head,
        faults: again.map(Again::summary).unwrap_or_default(),
        cases: open.map(|row| case(row, &path, again)).collect(),
        answered: file.feedback.iter().filter_map(reported::feedback).collect(),
        trainings: trainings(file),
        training: training(&path, again),
        training_papers: filed(file, of_training),
        evaluations: evaluations(file),
        evaluation: evaluation(file, &path, again),
        evaluation_papers: filed(file, of_evaluation),
        early: early(file, &path, again),
        deadlines: running
            .map(|row| Deadline::new(row.due_at, now).labelled(word(row.kind)))
            .collect(),
        surveys: format!("{path}/surveys"),
        links: PROPOSED.map(propose).to_vec(),
    }
}

async fn page(
    reader: Reader<'_>,
    id: SpecificationId,
    again: Option<Again>,
) -> Result<Page, WebError> {
    let (app, actor) = (reader.app, reader.actor);
    let today = deadline::day_of(app.now());
    let file = app.read(move |conn| read(conn, &actor, id, today)).await?;
    let view = view(&file, reader.locale, app.now(), again.as_ref());
    Ok(Page::new("pages/public/care", &view).private())
}

#[get("/specifications/<number>/care")]
async fn show(reader: SignedReader<'_>, number: &str) -> Result<Page, WebError> {
    let id = reader.0.edition(number).await?;
    page(reader.0, id, None).await
}

#[post("/specifications/<number>/trainings", data = "<typed>")]
async fn train(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "training",
        |form| {
            let people = form.line("people").parse::<i32>().map_err(|_| FieldFault {
                bound: Some(1_000_000),
                ..FieldFault::new("people", FaultCode::NotACount)
            });
            Ok(Training {
                specification,
                people: people?,
                held_on: form.needed_day("held_on")?,
                place: form.line("place"),
                note: form.text("note"),
            })
        },
        |tx, actor, command| {
            care::train(tx, actor, command)?;
            Ok(back("trainings", "care-trained"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/evaluations", data = "<typed>")]
async fn evaluate(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "evaluation",
        |form| {
            Ok(Evaluation {
                specification,
                done_on: form.needed_day("done_on")?,
                method: form.text("method"),
                findings: form.text("findings"),
                suggestion: form.choice("suggestion")?,
                survey: form.id("survey")?,
            })
        },
        |tx, actor, command| {
            care::evaluate(tx, actor, command)?;
            Ok(back("evaluations", "care-evaluated"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/reexaminations", data = "<typed>")]
async fn reexamine(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let reader = reader.0;
    let specification = reader.edition(number).await?;
    PageForm::new(reader.app, reader.actor.clone(), "early", typed)
        .act(
            |form| Ok(EarlyReexamination { specification, reason: form.text("reason") }),
            |tx, actor, command| {
                let case = care::reexamine(tx, actor, command)?;
                Ok(Answer::see(format!("/projects/{case}"))
                    .saying(Tone::Good, &Text::said("care-reexamined")))
            },
            async |_, again| page(reader, specification, Some(again)).await,
        )
        .await
}

#[post("/specifications/<number>/feedback/<feedback>/answer", data = "<typed>")]
async fn answer(
    reader: SignedReader<'_>,
    number: &str,
    feedback: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let feedback: FeedbackId = feedback.parse().map_err(|_| WebError::not_found())?;
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    sent.act(
        format!("answer-{feedback}"),
        |form| {
            let (answer, outcome) = (form.text("answer"), form.choice("outcome")?);
            Ok(FeedbackAnswer { feedback, answer, outcome })
        },
        |tx, actor, command| {
            care::answer(tx, actor, command)?;
            Ok(back("feedback", "care-answered"))
        },
        page,
    )
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, train, evaluate, reexamine, answer]
}
