//! The sheet of an effect evaluation (实施效果评估表, FM-20): what was asked and answered, what the text is used for, what was found. For
//! those in whose care the text is: what single users answered is not public.

use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::survey::{self, Sum};
use quanheng_db::conn::AnyConn;
use quanheng_db::covers::{self, MeasurementStandardRow};
use quanheng_db::specifications::{self, EvaluationRow, FeedbackRow, SpecificationRow};
use quanheng_db::surveys::{self, SurveyAnswerRow};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::people::Actor;
use quanheng_render::{Block, Cell, Paper, Signature, Table};
use rocket::{Route, get, post, routes};

use super::surveys::sums;
use crate::pages::projects::word;
use crate::pages::public::{edition, reported};
use crate::pages::reader::{SignedReader, below};
use crate::papers::official::{Official, Place, kept, official, official_voice};
use crate::papers::{Form, Voice};
use crate::{Answer, Typed, WebError};

struct Read {
    edition: SpecificationRow,
    evaluation: EvaluationRow,
    /// What the answers come to on which it rests, and the answers.
    sum: Option<Sum>,
    answers: Vec<SurveyAnswerRow>,
    standards: Vec<MeasurementStandardRow>,
    feedback: Vec<FeedbackRow>,
}

fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    id: SpecificationId,
    evaluation: ObjectId,
) -> Result<Read, ActionError> {
    let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
    care::must_keep(actor, &edition)?;
    let all = specifications::evaluations_of(conn, id)?;
    let evaluation =
        all.into_iter().find(|row| row.id == evaluation).ok_or(ActionError::NotFound)?;
    let asked = surveys::rested_on(conn, &[evaluation.id])?;
    let asked: Vec<ObjectId> = asked.iter().map(|row| row.survey_id).collect();
    let answers = surveys::answers_of(conn, &asked)?;
    Ok(Read {
        sum: (!answers.is_empty()).then(|| survey::sum(&answers)),
        answers,
        standards: covers::standards_of(conn, id)?,
        feedback: specifications::feedback_of(conn, id)?,
        edition,
        evaluation,
    })
}

/// A table below its heading, or that there is nothing to enter.
fn listed(voice: &Voice<'_>, key: &str, head: &[&str], rows: Vec<Vec<Cell>>) -> [Block; 2] {
    let heading = Block::heading(voice.word(key));
    if rows.is_empty() {
        return [heading, Block::paragraph(voice.word("papers-none"))];
    }
    let columns = vec![1; head.len()];
    [heading, Block::Table(Table { columns, head: voice.headings(head), rows })]
}

/// What was asked of users and laboratories, and what they answered.
fn asked(read: &Read, voice: &Voice<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(voice.word("effect-asked"))];
    match &read.sum {
        Some(sum) => {
            blocks.extend(sums(sum).iter().map(|line| Block::line(voice.say(line))));
        }
        None => blocks.push(Block::paragraph(voice.word("papers-none"))),
    }
    let told = |row: &&SurveyAnswerRow| !row.problems.is_empty() || !row.benefit.is_empty();
    let line = |row: &SurveyAnswerRow| {
        vec![
            Cell::new(voice.say(&word(row.who))),
            Cell::new(&*row.problems),
            Cell::new(&*row.benefit),
        ]
    };
    let head = ["survey-column-who", "survey-column-problems", "survey-column-benefit"];
    let rows = read.answers.iter().filter(told).map(line).collect();
    blocks.extend(listed(voice, "effect-answers", &head, rows));
    blocks
}

fn paper(read: &Read, voice: &Voice<'_>) -> Paper {
    let (text, evaluation) = (&read.edition, &read.evaluation);
    let mut paper = voice.paper("effect-title", &text.title_zh);
    paper.header = text.number.clone();
    paper.blocks.push(voice.fields(vec![
        ("dossier-column-number", text.number.clone()),
        ("specification-effective", text.effective_on.clone()),
        ("care-field-done-on", evaluation.done_on.to_string()),
        ("care-field-method", evaluation.method.clone()),
    ]));
    paper.blocks.extend(asked(read, voice));
    let standard = |row: &MeasurementStandardRow| {
        vec![Cell::new(&*row.name), Cell::new(&*row.certificate), Cell::new(&*row.keeper)]
    };
    let head = ["cover-field-name", "cover-field-certificate", "cover-field-keeper"];
    let rows = read.standards.iter().map(standard).collect();
    paper.blocks.extend(listed(voice, "cover-standards", &head, rows));
    let case = |row: &FeedbackRow| {
        vec![
            Cell::new(voice.say(&reported::place(row))),
            Cell::new(&*row.text),
            Cell::new(&*row.answer),
        ]
    };
    let head = ["papers-clause", "effect-column-reported", "care-field-answer"];
    let rows = read.feedback.iter().map(case).collect();
    paper.blocks.extend(listed(voice, "effect-feedback", &head, rows));
    paper.blocks.push(Block::heading(voice.word("care-field-findings")));
    paper.blocks.push(Block::paragraph(&*evaluation.findings));
    paper.blocks.push(Block::heading(voice.word("care-field-suggestion")));
    paper.blocks.push(Block::paragraph(voice.say(&word(evaluation.suggestion))));
    let place = |key: &str| Signature { label: voice.word(key), ..Signature::default() };
    let signatures = vec![place("papers-sign-chair"), place("dossier-sign-committee")];
    paper.blocks.push(Block::Signatures { signatures });
    paper
}

/// The address of the sheet, without the ending of a form.
pub fn href(edition: &str, evaluation: ObjectId) -> String {
    format!("{edition}/evaluations/{evaluation}")
}

async fn found(
    reader: &SignedReader<'_>,
    number: &str,
    evaluation: &str,
) -> Result<Read, WebError> {
    let evaluation = evaluation.parse().map_err(|_| WebError::not_found())?;
    let (id, actor) = (reader.0.edition(number).await?, reader.0.actor.clone());
    Ok(reader.0.app.read(move |conn| read(conn, &actor, id, evaluation)).await?)
}

#[get("/specifications/<number>/evaluations/<name>")]
async fn show(reader: SignedReader<'_>, number: &str, name: &str) -> Result<Official, WebError> {
    let (evaluation, form) = Form::split(name);
    let read = found(&reader, number, evaluation).await?;
    let (app, locale) = (reader.0.app, reader.0.locale);
    let voice = Voice { words: &app.words, zone: app.settings.site.zone, locale };
    let path = edition::href(&read.edition);
    let (at, back) = (href(&path, read.evaluation.id), below(number, super::care::LEAF));
    let place = Place { at: &at, back: &back, keeps: read.edition.project_id.is_some() };
    official(app, paper(&read, &voice), form.unwrap_or(Form::Html), place).await
}

#[post("/specifications/<number>/evaluations/<evaluation>", data = "<typed>")]
async fn keep(
    reader: SignedReader<'_>,
    number: &str,
    evaluation: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let read = found(&reader, number, evaluation).await?;
    let project = read.edition.project_id.ok_or_else(WebError::not_found)?;
    let (app, back) = (reader.0.app, below(number, super::care::LEAF));
    let paper = paper(&read, &official_voice(app));
    let kind = DocumentKind::EffectEvaluation;
    kept(app, typed.once(), reader.0.actor, project, kind, paper, &back).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, keep]
}
