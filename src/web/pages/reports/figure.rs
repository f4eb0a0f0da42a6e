//! The records behind a figure, and its correction: beside the computed number and explained, never over it.

use quanheng_actions::report::{self, Correct, LARGEST};
use quanheng_domain::Keyed;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_reports::figure::{Figure, FigureKey};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::file::{self, ReportFile};
use super::show;
use crate::answer::Answer;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::pages::projects::FormView;
use crate::papers::say;
use crate::typed::Typed;
use crate::views::{
    Cell, Column, Empty, Field, FieldKind, FormFault, Link, PageHead, Row, Table, Text, Tone,
    faults_of,
};
use crate::voice::fault_at;
use crate::{App, Page};

#[derive(Serialize)]
struct FigurePage {
    head: PageHead,
    faults: Vec<FormFault>,
    line: say::Line,
    sentence: Text,
    year: i32,
    how: Text,
    records: Table,
    sum: Option<i64>,
    corrections: Vec<Made>,
    form: Option<FormView>,
    back: Link,
    siblings: Vec<Sibling>,
}

/// A correction that was made.
#[derive(Serialize)]
struct Made {
    text: Text,
    reason: String,
    who: String,
    at: String,
}

/// Another figure of the same group.
#[derive(Serialize)]
struct Sibling {
    link: Link,
    value: i64,
    current: bool,
}

fn records(figure: &Figure) -> Table {
    let adds = figure.evidence.iter().any(|record| record.count != 1);
    let mut columns = vec![
        Column::new(Text::said("reports-column-record")),
        Column::new(Text::said("reports-column-day")),
    ];
    if adds {
        columns.push(Column::numeric(Text::said("reports-column-count")));
    }
    let rows = figure.evidence.iter().map(|record| {
        let day = record.on.map(|on| Cell::text(Text::said("catalogue-day").with_date("day", on)));
        let mut cells =
            vec![Cell::link(&record.path, Text::plain(&record.label)), day.unwrap_or_default()];
        if adds {
            cells.push(Cell::text(Text::plain(record.count.to_string())));
        }
        Row { cells, ..Row::default() }
    });
    Table {
        caption: Text::said("reports-records-title")
            .with("n", u64::try_from(figure.evidence.len()).unwrap_or_default()),
        caption_hidden: false,
        columns,
        rows: rows.collect(),
        empty: Some(Empty { title: Text::said("reports-records-none"), text: None, action: None }),
    }
}

fn form(
    file: &ReportFile,
    figure: &Figure,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> FormView {
    let corrected = file.paper.correction(figure.key).is_some();
    let shown = |name: &str| typed.map_or(String::new(), |typed| typed.raw(name).to_owned());
    let hint = if corrected { "reports-correct-hint-again" } else { "reports-correct-hint" };
    let mut value = Field::new(FieldKind::Number, "value", Text::said("reports-correct-value"))
        .hint(Text::said(hint).with("n", figure.value))
        .value(shown("value"))
        .fault(fault_at(faults, "value"))
        .attr("min", 0)
        .attr("max", LARGEST);
    if !corrected {
        value = value.required();
    }
    let version = file.paper.version.to_string();
    FormView {
        action: format!("{}/figures/{}", file.path(), figure.key.key()),
        fields: vec![
            Field::new(FieldKind::Hidden, "if_version", Text::plain("")).value(version),
            value,
            Field::new(FieldKind::Textarea, "reason", Text::said("reports-correct-reason"))
                .value(shown("reason"))
                .fault(fault_at(faults, "reason"))
                .attr("rows", 3)
                .attr("maxlength", 2_000)
                .required(),
        ],
        button: Text::said("reports-correct"),
    }
}

fn view(
    file: &ReportFile,
    figure: &Figure,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> FigurePage {
    let paper = &file.paper;
    let group = figure.key.group();
    let siblings = paper.figures.iter().filter(|other| other.key.group() == group);
    let made = paper.corrections.iter().filter(|made| made.figure == figure.key.key());
    let form = file.writes().then(|| form(file, figure, typed, faults));
    let mut head = show::head(file, Some(say::figure(figure.key)));
    head.title = say::figure(figure.key);
    FigurePage {
        head,
        faults: form.as_ref().map(|form| faults_of(&form.fields)).unwrap_or_default(),
        sentence: say::sentence(figure.key, paper.value(figure)),
        line: say::line(paper, figure, None),
        year: paper.year,
        how: Text::word("figure-how", figure.key.key()),
        sum: figure.evidence.iter().any(|record| record.count != 1).then_some(figure.value),
        records: records(figure),
        corrections: made
            .map(|made| Made {
                text: match made.value {
                    Some(value) => Text::said("reports-correction")
                        .with("from", made.computed)
                        .with("to", value),
                    None => Text::said("reports-correction-withdrawn").with("n", made.computed),
                },
                reason: made.reason.clone(),
                who: made.by.clone(),
                at: made.at.to_rfc3339(),
            })
            .collect(),
        form,
        back: Link::new(file.path(), Text::said("reports-back")),
        siblings: siblings
            .map(|other| Sibling {
                link: Link::new(
                    format!("{}/figures/{}", file.path(), other.key.key()),
                    say::figure(other.key),
                ),
                value: paper.value(other),
                current: other.key == figure.key,
            })
            .collect(),
    }
}

async fn file_of(
    app: &App,
    signed_in: &SignedIn,
    year: &str,
    committee: &str,
    figure: &str,
) -> Result<(ReportFile, Figure), WebError> {
    let year = file::year(year)?;
    let key = FigureKey::from_key(figure).map_err(|_| WebError::not_found())?;
    let (actor, now, segment) = (signed_in.actor.clone(), app.now(), committee.to_owned());
    let file = app.read(move |conn| file::read_inside(conn, &actor, year, &segment, now)).await?;
    let figure = file.paper.figure(key).cloned().ok_or_else(WebError::not_found)?;
    Ok((file, figure))
}

#[get("/reports/annual/<year>/<committee>/figures/<figure>")]
async fn figure(
    app: &State<App>,
    signed_in: SignedIn,
    year: &str,
    committee: &str,
    figure: &str,
) -> Result<Page, WebError> {
    let (file, figure) = file_of(app, &signed_in, year, committee, figure).await?;
    Ok(Page::new("pages/reports/figure", &view(&file, &figure, None, &[])).private())
}

#[post("/reports/annual/<year>/<committee>/figures/<figure>", data = "<typed>")]
async fn correct(
    app: &State<App>,
    signed_in: SignedIn,
    year: &str,
    committee: &str,
    figure: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (file, figure) = file_of(app, &signed_in, year, committee, figure).await?;
    let back = |faults: &[FieldFault]| {
        let page = Page::new("pages/reports/figure", &view(&file, &figure, Some(&typed), faults));
        page.private().status(Status::UnprocessableEntity)
    };
    let text = typed.line("value");
    let value = match text.parse::<i64>() {
        Ok(value) => Some(value),
        Err(_) if text.is_empty() => None,
        Err(_) => {
            let fault = FieldFault::new("value", FaultCode::NotACount);
            return Ok(Err(back(&[FieldFault { bound: Some(LARGEST), ..fault }])));
        }
    };
    let command = Correct {
        committee: file.paper.committee.id,
        year: file.paper.year,
        figure: figure.key.key().to_owned(),
        computed: figure.value,
        value,
        reason: typed.text("reason"),
        if_version: Some(typed.version()),
    };
    let (actor, to) =
        (signed_in.actor.clone(), format!("{}/figures/{}", file.path(), figure.key.key()));
    let done = app.once(typed.once(), move |tx| {
        report::correct(tx, &actor, &command)?;
        Ok(Answer::see(&to).saying(Tone::Good, &Text::said("reports-correction-kept")))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => Ok(Err(back(&error.into_faults()?))),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![figure, correct]
}
