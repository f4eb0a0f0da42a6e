//! Questionnaires about a text in force (实施效果调查, FM-20): the page that those who were asked answer, each by a link of its own, or
//! everybody where the survey is open, and the page of the keepers with who was asked and the sums.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::invite::{self as invites, Invite};
use quanheng_actions::specification::survey::{
    self as verbs, Answer as Answered, ClassSum, Found, Open, Sum, Way,
};
use quanheng_db::conn::AnyConn;
use quanheng_db::specifications::SpecificationRow;
use quanheng_db::surveys::{self, SurveyAnswerRow, SurveyInviteRow, SurveyRow};
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;
use quanheng_domain::records::EvaluationSuggestion;
use quanheng_domain::survey::{SurveyGroup, UseDegree};
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, post, routes};

use crate::pages::address;
use crate::pages::projects::{Again, Fold, FormView, Part, word};
use crate::pages::public::edition;
use crate::pages::reader::{Reader, SignedReader, back, below};
use crate::pages::sections::{self, Card, Section, Sections};
use crate::views::{Cell, Crumb, Field, FieldKind, Link, PageHead, Pill, Row, Table, Text, Tone};
use crate::{Answer, App, Done, Page, PageForm, Typed, Visitor, WebError};

const LEAF: &str = "surveys";

fn label(field: &str) -> Text {
    Text::word("survey-field", field)
}

fn link_of(id: ObjectId) -> String {
    format!("/surveys/{id}")
}

fn path_of(way: &Way) -> String {
    match way {
        Way::Open(id) => link_of(*id),
        Way::Link(token) => format!("/surveys/links/{}", address::encoded(token)),
    }
}

fn questions(survey: &SurveyRow, action: &str, again: Option<&Again>) -> FormView {
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
    FormView { action: action.to_owned(), fields, button: Text::said("button-send") }
}

async fn form_page(app: &App, way: Way, again: Option<&Again>) -> Result<Page, WebError> {
    let action = path_of(&way);
    let Found { survey, edition: text, invite } =
        app.read(move |conn| verbs::along(conn, &way)).await?;
    let over = survey.closes_on < deadline::day_of(app.now());
    let answered = invite.is_some_and(|invite| invite.answer_id.is_some());
    let mut head = PageHead::new(Text::said("survey-title"));
    head.code = Some(text.number.clone());
    head.lead = Some(Text::plain(&text.title_zh));
    let lead = match (over, answered) {
        (_, true) => "survey-answered-once",
        (true, false) => "survey-over",
        (false, false) => "survey-lead",
    };
    let asks = !over && !answered;
    let section = Section {
        lead: Some(Text::said(lead).with_date("day", survey.closes_on)),
        forms: if asks { vec![questions(&survey, &action, again)] } else { Vec::new() },
        links: vec![Link::new(edition::href(&text), Text::said("survey-text"))],
        ..Section::new("survey", Text::said("survey-title"))
    };
    Ok(Sections::new(head, vec![section], again).page().private())
}

fn survey_id(id: &str) -> Result<ObjectId, WebError> {
    id.parse().map_err(|_| WebError::not_found())
}

#[get("/surveys/<id>", rank = 2)]
async fn ask(app: &State<App>, id: &str) -> Result<Page, WebError> {
    form_page(app, Way::Open(survey_id(id)?), None).await
}

#[get("/surveys/links/<token>", rank = 1)]
async fn ask_one(app: &State<App>, token: &str) -> Result<Page, WebError> {
    form_page(app, Way::Link(token.to_owned()), None).await
}

#[post("/surveys/<id>", data = "<typed>", rank = 2)]
async fn answer(
    app: &State<App>,
    visitor: Visitor,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    take(app, visitor, Way::Open(survey_id(id)?), typed).await
}

#[post("/surveys/links/<token>", data = "<typed>", rank = 1)]
async fn answer_one(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    take(app, visitor, Way::Link(token.to_owned()), typed).await
}

async fn take(app: &App, visitor: Visitor, way: Way, typed: Typed) -> Result<Done, WebError> {
    let hour = Duration::from_secs(3_600);
    app.budgets.spend(&format!("surveys:{}", visitor.address), 10, hour).await?;
    let (sent, to) = (way.clone(), path_of(&way));
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
                    way: sent,
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
                Ok(Answer::see(to.as_str()).saying(Tone::Good, &Text::said("survey-thanks")))
            },
            async |_, again| form_page(app, way, Some(&again)).await,
        )
        .await
}

struct Read {
    edition: SpecificationRow,
    surveys: Vec<SurveyRow>,
    answers: HashMap<ObjectId, Vec<SurveyAnswerRow>>,
    invites: Vec<SurveyInviteRow>,
    base_url: Arc<str>,
}

fn counted<K: Keyed>(counts: &[(K, usize)]) -> Option<Text> {
    let part = |(value, n): &(K, usize)| {
        Text::said("survey-count").with_text("what", &word(*value)).with("n", *n as u64)
    };
    crate::pages::projects::joined(counts.iter().map(part).collect())
}

/// What answers come to, of all and of each class: in lines.
pub fn sums(sum: &Sum) -> Vec<Text> {
    let line = |key: &str, counts: Option<Text>| {
        Some(Text::word("survey-sum", key).with_text("counts", &counts?))
    };
    let lines = [
        line("groups", counted(&sum.groups)),
        line("degrees", counted(&sum.degrees)),
        line("suggestions", counted(&sum.suggestions)),
    ];
    let mut lines: Vec<Text> = lines.into_iter().flatten().collect();
    lines.push(Text::said("survey-sum-volume").with("n", sum.volume));
    let class = |one: &ClassSum| {
        Some(
            Text::said("survey-sum-class")
                .with_text("who", &word(one.who))
                .with_text("degrees", &counted(&one.degrees)?)
                .with_text("suggestions", &counted(&one.suggestions)?)
                .with("n", one.volume),
        )
    };
    if sum.classes.len() > 1 {
        lines.extend(sum.classes.iter().filter_map(class));
    }
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

/// Who was asked and what became of it.
fn asked(rows: &[&SurveyInviteRow]) -> Table {
    let line = |row: &&SurveyInviteRow| {
        let state = match (row.answer_id, row.reminded_at) {
            (Some(_), _) => Cell::pill(Pill::new(Text::said("survey-invite-answered"), Tone::Good)),
            (None, at) => {
                let cell = Cell::pill(Pill::new(Text::said("survey-invite-silent"), Tone::Warn));
                match at {
                    Some(at) => {
                        let day = deadline::day_of(at);
                        cell.note(Text::said("survey-invite-reminded").with_date("day", day))
                    }
                    None => cell,
                }
            }
        };
        let name = if row.name.is_empty() { &row.address } else { &row.name };
        let day = deadline::day_of(row.invited_at).to_string();
        let cells = vec![
            Cell::text(name.clone()).note(Text::plain(&row.address)),
            edition::day_cell(&day),
            state,
        ];
        Row { cells, ..Row::default() }
    };
    sections::table(
        Text::said("survey-invites"),
        &["survey-column-unit", "survey-column-asked", "survey-column-state"],
        rows.iter().map(line).collect(),
        "survey-answers-none",
    )
}

fn invited(part: &Part<'_>) -> Field {
    part.field(FieldKind::Textarea, "invited", label("invited"))
        .hint(Text::said("survey-hint-invited"))
        .attr("rows", 4)
        .attr("maxlength", 40_000)
}

/// What the keepers of a survey do with it: remind the silent, and ask more.
fn asking(read: &Read, row: &SurveyRow, again: Option<&Again>) -> (FormView, Fold) {
    let path = format!("{}/{LEAF}/{}", edition::href(&read.edition), row.id);
    let key = format!("invite-{}", row.id);
    let part = Part::new(&key, again);
    let invite = FormView {
        action: format!("{path}/invite"),
        fields: vec![invited(&part).required()],
        button: Text::said("survey-invite"),
    };
    let remind = FormView {
        action: format!("{path}/remind"),
        fields: Vec::new(),
        button: Text::said("survey-remind"),
    };
    (remind, part.fold("survey-invite-one", invite))
}

fn section(read: &Read, row: &SurveyRow, open: bool, again: Option<&Again>) -> Vec<Section> {
    let rows = read.answers.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let own: Vec<&SurveyInviteRow> =
        read.invites.iter().filter(|one| one.survey_id == row.id).collect();
    let silent = own.iter().filter(|one| one.answer_id.is_none()).count();
    let mut lines = Vec::new();
    if row.open_link {
        lines.push(Text::plain(format!("{}{}", read.base_url, link_of(row.id))));
    }
    if !own.is_empty() {
        lines.push(
            Text::said("survey-asked")
                .with("n", own.len() as u64)
                .with("answered", (own.len() - silent) as u64),
        );
    }
    if !row.question.is_empty() {
        lines.push(Text::plain(&row.question));
    }
    if !rows.is_empty() {
        lines.extend(sums(&verbs::sum(rows)));
    }
    let (remind, invite) = asking(read, row, again);
    let card = Card {
        href: row.open_link.then(|| link_of(row.id)),
        pill: Some(match open {
            true => Pill::new(Text::said("survey-open"), Tone::Good),
            false => Pill::new(Text::said("survey-ended"), Tone::Faded),
        }),
        lines,
        forms: if open && silent > 0 { vec![remind] } else { Vec::new() },
        folds: if open { vec![invite] } else { Vec::new() },
        ..Card::new(
            format!("sum-{}", row.id),
            Text::said("survey-answered").with("n", rows.len() as u64),
        )
    };
    let title = || Text::said("survey-until").with_date("day", row.closes_on);
    let mut all = vec![Section {
        cards: vec![card],
        table: (!rows.is_empty()).then(|| answers(rows)),
        ..Section::new(&format!("survey-{}", row.id), title())
    }];
    if !own.is_empty() {
        let title = Text::said("survey-invites-of").with_date("day", row.closes_on);
        let id = format!("invites-{}", row.id);
        all.push(Section { table: Some(asked(&own)), ..Section::new(&id, title) });
    }
    all
}

fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    edition: SpecificationRow,
    base_url: Arc<str>,
) -> Result<Read, ActionError> {
    care::must_keep(actor, &edition)?;
    let surveys = surveys::of_edition(conn, edition.id)?;
    let ids: Vec<ObjectId> = surveys.iter().map(|row| row.id).collect();
    let mut answers: HashMap<ObjectId, Vec<SurveyAnswerRow>> = HashMap::new();
    for row in surveys::answers_of(conn, &ids)? {
        answers.entry(row.survey_id).or_default().push(row);
    }
    let invites = surveys::invites_of(conn, &ids)?;
    Ok(Read { edition, surveys, answers, invites, base_url })
}

fn shown(read: &Read, today: NaiveDate, again: Option<&Again>) -> Sections {
    let path = edition::href(&read.edition);
    let mut head = edition::head(&read.edition, "survey-title");
    head.lead = Some(Text::said("survey-keepers-lead"));
    let care = Crumb { text: Text::said("care-title"), href: Some(format!("{path}/care")) };
    head.crumbs.insert(2, care);
    let part = Part::new("open", again);
    let fields = vec![
        part.field(FieldKind::Date, "closes_on", label("closes-on")).required(),
        part.field(FieldKind::Textarea, "question", label("question"))
            .hint(Text::said("survey-hint-question"))
            .attr("rows", 2)
            .attr("maxlength", 2_000),
        invited(&part),
        part.field(FieldKind::Checkbox, "open_link", label("open-link"))
            .hint(Text::said("survey-hint-open-link")),
    ];
    let form =
        FormView { action: format!("{path}/{LEAF}"), fields, button: Text::said("survey-begin") };
    let mut all = vec![Section {
        folds: vec![part.fold("survey-begin-one", form)],
        ..Section::new("open", Text::said("survey-begin-title"))
    }];
    all.extend(
        read.surveys.iter().flat_map(|row| section(read, row, row.closes_on >= today, again)),
    );
    Sections::new(head, all, again)
}

async fn page(
    reader: Reader<'_>,
    id: SpecificationId,
    again: Option<Again>,
) -> Result<Page, WebError> {
    let (base_url, today) = (reader.app.base_url.clone(), deadline::day_of(reader.app.now()));
    let read = |conn: &mut _, actor: &_, edition| read(conn, actor, edition, base_url);
    let page = super::page(reader, id, read, |read| shown(read, today, again.as_ref()));
    Ok(page.await?.private())
}

#[get("/specifications/<number>/surveys")]
async fn list(reader: SignedReader<'_>, number: &str) -> Result<Page, WebError> {
    let id = reader.0.edition(number).await?;
    page(reader.0, id, None).await
}

#[post("/specifications/<number>/surveys", data = "<typed>")]
async fn begin(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "open",
        |form| {
            Ok(Open {
                specification,
                question: form.text("question"),
                closes_on: form.needed_day("closes_on")?,
                open_link: form.ticked("open_link"),
                invited: form.text("invited"),
            })
        },
        |tx, actor, command| {
            Ok(back(format!("survey-{}", verbs::open(tx, actor, command)?), "survey-begun"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/surveys/<id>/invite", data = "<typed>")]
async fn invite(
    reader: SignedReader<'_>,
    number: &str,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let survey = survey_id(id)?;
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    sent.act(
        format!("invite-{survey}"),
        |form| Ok(Invite { survey, invited: form.text("invited") }),
        move |tx, actor, command| {
            let said =
                Text::said("survey-invited").with("n", invites::invite(tx, actor, command)? as u64);
            Ok(back(format!("survey-{survey}"), "survey-invited").saying(said))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/surveys/<id>/remind", data = "<typed>")]
async fn remind(
    reader: SignedReader<'_>,
    number: &str,
    id: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let survey = survey_id(id)?;
    let sent = reader.0.sent((), below(number, LEAF), typed);
    sent.press(move |tx, actor| {
        let said =
            Text::said("survey-reminded").with("n", invites::remind(tx, actor, &survey)? as u64);
        Ok(back(format!("survey-{survey}"), "survey-reminded").saying(said))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![ask, ask_one, answer, answer_one, list, begin, invite, remind]
}
