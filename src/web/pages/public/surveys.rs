//! Questionnaires about a text in force (实施效果调查, FM-20): the page of a link, which anybody who has it answers, and the page of the
//! keepers with links and sums.

use std::collections::HashMap;
use std::time::Duration;

use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::survey::{self as verbs, Answer as Answered, Open, Sum};
use quanheng_db::specifications::{self, SpecificationRow};
use quanheng_db::surveys::{self, SurveyAnswerRow, SurveyRow};
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::records::EvaluationSuggestion;
use quanheng_domain::survey::{SurveyGroup, UseDegree};
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, post, routes};

use super::{Shelf, edition, specification::identity};
use crate::pages::address;
use crate::pages::projects::{Again, FormView, Part, word};
use crate::pages::sections::{self, Card, Section, Sections};
use crate::views::{Cell, Crumb, FieldKind, Link, PageHead, Pill, Row, Table, Text, Tone};
use crate::{Answer, App, Done, Page, PageForm, SignedIn, Typed, Visitor, WebError};

fn label(field: &str) -> Text {
    Text::word("survey-field", field)
}

fn link_of(id: ObjectId) -> String {
    format!("/surveys/{id}")
}

fn questions(survey: &SurveyRow, again: Option<&Again>) -> FormView {
    let part = Part::new("survey", again);
    let long = |name: &str| {
        part.field(FieldKind::Textarea, name, label(name)).attr("rows", 3).attr("maxlength", 8_000)
    };
    let mut fields = vec![
        part.choice(FieldKind::Radio, "who", label("who"), SurveyGroup::ALL).required(),
        part.field(FieldKind::Text, "unit", label("unit")).attr("maxlength", 200),
        part.choice(FieldKind::Radio, "degree", label("degree"), UseDegree::ALL).required(),
        part.field(FieldKind::Number, "volume", label("volume"))
            .hint(Text::said("survey-hint-volume"))
            .attr("min", 0)
            .attr("inputmode", "numeric"),
        long("problems").hint(Text::said("survey-hint-problems")),
        long("benefit"),
    ];
    if !survey.question.is_empty() {
        let asked = Text::plain(&survey.question);
        fields.push(
            part.field(FieldKind::Textarea, "answer", asked)
                .attr("rows", 3)
                .attr("maxlength", 8_000),
        );
    }
    fields.push(
        part.choice(FieldKind::Radio, "suggestion", label("suggestion"), EvaluationSuggestion::ALL)
            .required(),
    );
    FormView { action: link_of(survey.id), fields, button: Text::said("button-send") }
}

async fn form_page(app: &App, id: ObjectId, again: Option<&Again>) -> Result<Page, WebError> {
    let (survey, text) = app.read(move |conn| verbs::of_link(conn, id)).await?;
    let open = survey.closes_on >= deadline::day_of(app.now());
    let mut head = PageHead::new(Text::said("survey-title"));
    head.code = Some(text.number.clone());
    head.lead = Some(Text::plain(&text.title_zh));
    let lead = if open { "survey-lead" } else { "survey-over" };
    let section = Section {
        lead: Some(Text::said(lead).with_date("day", survey.closes_on)),
        forms: if open { vec![questions(&survey, again)] } else { Vec::new() },
        links: vec![Link::new(edition::href(&text), Text::said("survey-text"))],
        ..Section::new("survey", Text::said("survey-title"))
    };
    Ok(Sections::new(head, vec![section], again).page().private())
}

fn survey_id(id: &str) -> Result<ObjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[get("/surveys/<id>")]
async fn ask(app: &State<App>, id: &str) -> Result<Page, WebError> {
    form_page(app, survey_id(id)?, None).await
}

#[post("/surveys/<id>", data = "<typed>")]
async fn answer(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let survey = survey_id(id)?;
    let hour = Duration::from_secs(3_600);
    app.budgets.spend(&format!("surveys:{}", visitor.address), 10, hour).await?;
    PageForm::new(app, visitor.actor, "survey", typed)
        .act(
            |form| {
                let volume = form.line("volume");
                let volume = if volume.is_empty() { Ok(0) } else { volume.parse::<i32>() };
                let bad = |_| FieldFault {
                    bound: Some(100_000_000),
                    ..FieldFault::new("volume", FaultCode::NotACount)
                };
                Ok(Answered {
                    survey,
                    who: form.choice("who")?,
                    unit: form.line("unit"),
                    degree: form.choice("degree")?,
                    volume: volume.map_err(bad)?,
                    problems: form.text("problems"),
                    benefit: form.text("benefit"),
                    answer: form.text("answer"),
                    suggestion: form.choice("suggestion")?,
                })
            },
            move |tx, actor, command| {
                verbs::answer(tx, actor, command)?;
                Ok(Answer::see(link_of(survey)).saying(Tone::Good, &Text::said("survey-thanks")))
            },
            async |_, again| form_page(app, survey, Some(&again)).await,
        )
        .await
}

struct Read {
    edition: SpecificationRow,
    surveys: Vec<SurveyRow>,
    answers: HashMap<ObjectId, Vec<SurveyAnswerRow>>,
}

fn sums(sum: &Sum) -> Vec<Text> {
    fn line<K: Keyed>(key: &str, counts: &[(K, usize)]) -> Option<Text> {
        let part = |(value, n): &(K, usize)| {
            Text::said("survey-count").with_text("what", &word(*value)).with("n", *n as u64)
        };
        let counted = counts.iter().map(part).collect();
        Some(
            Text::word("survey-sum", key)
                .with_text("counts", &crate::pages::projects::joined(counted)?),
        )
    }
    let lines = [
        line("groups", &sum.groups),
        line("degrees", &sum.degrees),
        line("suggestions", &sum.suggestions),
    ];
    let mut lines: Vec<Text> = lines.into_iter().flatten().collect();
    lines.push(Text::said("survey-sum-volume").with("n", sum.volume));
    lines
}

fn answers(rows: &[SurveyAnswerRow]) -> Table {
    let line = |row: &SurveyAnswerRow| Row {
        cells: vec![
            Cell::text(word(row.who)).note(Text::plain(&row.unit)),
            Cell::text(word(row.degree)),
            Cell::text(row.problems.clone()).note(Text::plain(&row.answer)),
            Cell::text(row.benefit.clone()),
            Cell::text(word(row.suggestion)),
        ],
        ..Row::default()
    };
    sections::table(
        Text::said("survey-answers"),
        &[
            "survey-column-who",
            "survey-column-degree",
            "survey-column-problems",
            "survey-column-benefit",
            "survey-column-suggestion",
        ],
        rows.iter().map(line).collect(),
        "survey-answers-none",
    )
}

fn section(app: &App, read: &Read, row: &SurveyRow) -> Section {
    let rows = read.answers.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let open = row.closes_on >= deadline::day_of(app.now());
    let mut lines = vec![Text::plain(format!("{}{}", app.base_url, link_of(row.id)))];
    if !row.question.is_empty() {
        lines.push(Text::plain(&row.question));
    }
    if !rows.is_empty() {
        lines.extend(sums(&verbs::sum(rows)));
    }
    let card = Card {
        href: Some(link_of(row.id)),
        pill: Some(match open {
            true => Pill::new(Text::said("survey-open"), Tone::Good),
            false => Pill::new(Text::said("survey-ended"), Tone::Faded),
        }),
        lines,
        ..Card::new(
            format!("sum-{}", row.id),
            Text::said("survey-answered").with("n", rows.len() as u64),
        )
    };
    Section {
        cards: vec![card],
        table: (!rows.is_empty()).then(|| answers(rows)),
        ..Section::new(
            &format!("survey-{}", row.id),
            Text::said("survey-until").with_date("day", row.closes_on),
        )
    }
}

async fn page(
    app: &App,
    actor: Actor,
    id: SpecificationId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let read = app.read(move |conn| {
        let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
        care::must_keep(&actor, &edition)?;
        let surveys = surveys::of_edition(conn, id)?;
        let ids: Vec<ObjectId> = surveys.iter().map(|row| row.id).collect();
        let mut answers: HashMap<ObjectId, Vec<SurveyAnswerRow>> = HashMap::new();
        for row in surveys::answers_of(conn, &ids)? {
            answers.entry(row.survey_id).or_default().push(row);
        }
        Ok::<_, ActionError>(Read { edition, surveys, answers })
    });
    let read = read.await?;
    let path = edition::href(&read.edition);
    let mut head = PageHead::new(Text::said("survey-title"));
    head.code = Some(read.edition.number.clone());
    head.lead = Some(Text::said("survey-keepers-lead"));
    head.crumbs = vec![
        Crumb { text: Text::plain(&read.edition.number), href: Some(path.clone()) },
        Crumb { text: Text::said("care-title"), href: Some(format!("{path}/care")) },
        Crumb { text: Text::said("survey-title"), href: None },
    ];
    let part = Part::new("open", again);
    let fields = vec![
        part.field(FieldKind::Date, "closes_on", label("closes-on")).required(),
        part.field(FieldKind::Textarea, "question", label("question"))
            .hint(Text::said("survey-hint-question"))
            .attr("rows", 2)
            .attr("maxlength", 2_000),
    ];
    let form =
        FormView { action: format!("{path}/surveys"), fields, button: Text::said("survey-begin") };
    let mut all = vec![Section {
        folds: vec![part.fold("survey-begin-one", form)],
        ..Section::new("open", Text::said("survey-begin-title"))
    }];
    all.extend(read.surveys.iter().map(|row| section(app, &read, row)));
    Ok(Sections::new(head, all, again).page().private())
}

#[get("/specifications/<number>/surveys")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
) -> Result<Page, WebError> {
    let id = identity(app, shelf, number).await?;
    page(app, signed_in.actor, id, None).await
}

#[post("/specifications/<number>/surveys", data = "<typed>")]
async fn begin(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (id, number) = (identity(app, shelf, number).await?, number.to_owned());
    PageForm::new(app, signed_in.actor, "open", typed)
        .act(
            |form| {
                Ok(Open {
                    specification: id,
                    question: form.text("question"),
                    closes_on: form.needed_day("closes_on")?,
                })
            },
            move |tx, actor, command| {
                let survey = verbs::open(tx, actor, command)?;
                let to = format!(
                    "/specifications/{}/surveys#survey-{survey}",
                    address::encoded(&number)
                );
                Ok(Answer::see(to).saying(Tone::Good, &Text::said("survey-begun")))
            },
            async |actor, again| page(app, actor, id, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![ask, answer, list, begin]
}
