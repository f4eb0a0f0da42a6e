//! Writing a part: its words in one box, this year's figures above, last year's words beside.

use quanheng_actions::ActionError;
use quanheng_actions::report::{self, Write};
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::report::{ReportPart, Wording};
use quanheng_domain::{Keyed, refusal::Refusal, refusal::RefusalCode};
use quanheng_reports::annual::groups;
use quanheng_reports::figure::FigureKey;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::file::{self, ReportFile};
use super::show;
use crate::answer::Answer;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::{print, say};
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormFault, Link, PageHead, Text, Tone, faults_of};
use crate::voice::fault_at;
use crate::{App, Page};

#[derive(Serialize)]
struct PartPage {
    head: PageHead,
    faults: Vec<FormFault>,
    action: String,
    version: i64,
    fields: Vec<Field>,
    back: Link,
    next: Option<String>,
    groups: Vec<Told>,
    before: Vec<String>,
    before_year: String,
}

/// The figures of a group in one sentence.
#[derive(Serialize)]
struct Told {
    title: Text,
    clauses: Vec<say::Clause>,
    nothing: Text,
}

fn told(file: &ReportFile, part: ReportPart) -> Vec<Told> {
    let href = |key: FigureKey| Some(format!("{}/figures/{}", file.path(), key.key()));
    groups(part)
        .iter()
        .map(|group| {
            let lines = print::lines(&file.paper, *group, href);
            let lines: Vec<_> = lines.iter().map(|(key, line)| (*key, line)).collect();
            Told {
                title: say::group(*group),
                clauses: say::clauses(&lines),
                nothing: Text::word("figure-nothing", group.key()),
            }
        })
        .collect()
}

fn view(
    file: &ReportFile,
    part: ReportPart,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> PartPage {
    let saved = file.paper.parts.get(&part);
    let text = typed.map_or_else(
        || saved.map(|saved| saved.text.clone()).unwrap_or_default(),
        |typed| typed.raw("text").to_owned(),
    );
    let confirmed = typed.map_or_else(
        || saved.is_some_and(|saved| saved.confirmed),
        |typed| typed.ticked("confirmed"),
    );
    let mut words = Field::new(FieldKind::Textarea, "text", Text::said("reports-part-words"))
        .hint(Text::word("report-part-hint", part.key()))
        .value(text)
        .fault(fault_at(faults, "text"))
        .attr("rows", 16)
        .attr("maxlength", 20_000)
        .draft(&format!(
            "report-{}-{}-{}",
            file.paper.year,
            file.paper.committee.segment(),
            part.key()
        ));
    if part.wording() == Wording::Must {
        words = words.required();
    }
    let fields = vec![
        words,
        Field::new(FieldKind::Checkbox, "confirmed", Text::said("reports-part-confirm"))
            .hint(Text::said("reports-part-confirm-hint"))
            .value(confirmed.to_string()),
    ];
    let all: Vec<ReportPart> = file.parts().collect();
    let next = all.iter().skip_while(|one| **one != part).nth(1);
    let mut head = show::head(file, Some(say::part(part)));
    head.title = say::part(part);
    head.pill = Some(say::part_state(file.paper.part_state(part)));
    PartPage {
        head,
        faults: faults_of(&fields),
        action: format!("{}/parts/{}", file.path(), part.key()),
        version: file.paper.version,
        fields,
        back: Link::new(format!("{}#{}", file.path(), part.key()), Text::said("reports-back")),
        next: next.map(|part| part.key().to_owned()),
        groups: told(file, part),
        before: file
            .before
            .get(&part)
            .map(|saved| print::paragraphs(&saved.text))
            .unwrap_or_default(),
        before_year: (file.paper.year - 1).to_string(),
    }
}

fn may_write(file: &ReportFile) -> Result<(), ActionError> {
    use quanheng_domain::people::Party;
    if !file.parties.contains(&Party::Secretariat) {
        return Err(Refusal::new(RefusalCode::NotYours).with("who", Party::Secretariat).into());
    }
    match file.paper.state {
        Some(state) if !file.writes() => {
            Err(Refusal::new(RefusalCode::ReportNotHere).with("state", state).into())
        }
        _ => Ok(()),
    }
}

async fn file_of(
    app: &App,
    signed_in: &SignedIn,
    year: i32,
    committee: &str,
) -> Result<ReportFile, WebError> {
    let (actor, now, segment) = (signed_in.actor.clone(), app.now(), committee.to_owned());
    let file = app.read(move |conn| {
        let file = file::read_inside(conn, &actor, year, &segment, now)?;
        may_write(&file)?;
        Ok(file)
    });
    Ok(file.await?)
}

fn part_of(key: &str) -> Result<ReportPart, WebError> {
    ReportPart::from_key(key).map_err(|_| WebError::not_found())
}

#[get("/reports/annual/<year>/<committee>/parts/<part>")]
async fn part(
    app: &State<App>,
    signed_in: SignedIn,
    year: &str,
    committee: &str,
    part: &str,
) -> Result<Page, WebError> {
    let (year, part) = (file::year(year)?, part_of(part)?);
    let file = file_of(app, &signed_in, year, committee).await?;
    Ok(Page::new("pages/reports/part", &view(&file, part, None, &[])).private())
}

#[post("/reports/annual/<year>/<committee>/parts/<part>", data = "<typed>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    year: &str,
    committee: &str,
    part: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (year, part) = (file::year(year)?, part_of(part)?);
    let file = file_of(app, &signed_in, year, committee).await?;
    let command = Write {
        committee: file.paper.committee.id,
        year,
        part,
        text: typed.text("text"),
        confirmed: typed.ticked("confirmed"),
        if_version: Some(typed.version()),
    };
    let next = ReportPart::from_key(typed.raw("go")).ok();
    let to = match next {
        Some(next) => format!("{}/parts/{}", file.path(), next.key()),
        None => format!("{}#{}", file.path(), part.key()),
    };
    let actor = signed_in.actor.clone();
    let said = Text::said("reports-part-kept").with_text("part", &say::part(part));
    let done = app.once(typed.once(), move |tx| {
        report::write(tx, &actor, &command)?;
        Ok(Answer::see(&to).saying(Tone::Good, &said))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let page = Page::new("pages/reports/part", &view(&file, part, Some(&typed), &faults));
            Ok(Err(page.private().status(Status::UnprocessableEntity)))
        }
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![part, save]
}
