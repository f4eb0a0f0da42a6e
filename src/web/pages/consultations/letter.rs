//! The letter that asks for comments (征求意见函, FM-06) as a PDF file and as a Word document: what is asked, until which hour, on which file, and of whom.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_actions::document::may_read;
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::rounds;
use quanheng_domain::ids::RoundId;
use quanheng_domain::people::Actor;
use quanheng_domain::rules::RecipientClass;
use quanheng_domain::{Keyed, Locale};
use quanheng_render::{Block, Cell, Paper, Table};
use rocket::{Route, State, get, routes};

use super::super::projects::word;
use super::file::{self, Extent, RoundFile};
use super::show::round_id;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::papers::{Form, Saved, official};
use crate::views::Text;
use crate::voice;

/// The address of the letter in a form.
pub fn href(round: RoundId, form: Form) -> String {
    format!("/consultations/{round}/letter.{}", form.key())
}

/// What the letter says, read in one snapshot.
struct File {
    round: RoundFile,
    /// Papers that everybody may read beside the draft.
    papers: Vec<DocumentRow>,
    /// Where the round and its papers are found.
    base: String,
}

fn read(
    conn: &mut AnyConn,
    id: RoundId,
    actor: &Actor,
    now: chrono::DateTime<chrono::Utc>,
    base: String,
) -> Result<File, ActionError> {
    let mut round = file::read_part(conn, id, actor, now, Extent::Nothing)?;
    if !(round.secretariat || round.settles) {
        return Err(ActionError::Forbidden);
    }
    round.asked = rounds::recipients_of(conn, id)?;
    let draft = round.draft.as_ref().map(|draft| draft.id);
    let mut papers = documents::of_project(conn, round.project.id)?;
    papers.retain(|row| {
        row.withdrawn_at.is_none()
            && Some(row.id) != draft
            && may_read(&round.project, row, &Actor::Public)
    });
    Ok(File { round, papers, base })
}

type Say<'a> = &'a dyn Fn(&Text) -> String;

fn paper(file: &File, locale: Locale, say: Say<'_>) -> Paper {
    let (round, project) = (&file.round.round, &file.round.project);
    let title = Text::said("letter-title").with("title", project.title_zh.as_str());
    let here = format!("{}/consultations/{}", file.base, round.id);
    let committee = file.round.committee.as_ref().map(|row| row.name_zh.clone());
    let mut blocks = vec![
        Block::line(say(&Text::said("letter-whom"))),
        Block::paragraph(say(&Text::said("letter-asks")
            .with("title", project.title_zh.as_str())
            .with_deadline("until", round.closes_at.to_rfc3339()))),
    ];
    if !round.reason.trim().is_empty() {
        blocks.push(Block::paragraph(round.reason.trim()));
    }
    blocks.push(Block::paragraph(say(&Text::said("letter-how").with("address", here.as_str()))));
    blocks.push(fields(file, &here, say));
    blocks.push(Block::heading(say(&Text::said("letter-recipients"))));
    let asked = file.round.asked.iter().map(|line| (line.class, line.name.as_str()));
    blocks.push(recipients(asked, say));
    blocks.push(Block::note(say(&Text::said("letter-privacy"))));
    blocks.push(Block::right(committee.unwrap_or_default()));
    blocks.push(Block::right(say(&Text::said("letter-day")
        .with_date("day", quanheng_domain::deadline::day_of(round.opens_at)))));
    Paper {
        title: say(&title),
        header: project.number.clone().unwrap_or_default(),
        language: locale.to_string(),
        blocks,
        ..Paper::default()
    }
}

fn fields(file: &File, here: &str, say: Say<'_>) -> Block {
    let (round, project) = (&file.round.round, &file.round.project);
    let mut fields: Vec<(&str, String)> = vec![
        ("letter-field-text", project.title_zh.clone()),
        ("letter-field-number", project.number.clone().unwrap_or_default()),
        (
            "letter-field-round",
            say(&Text::said("projects-round")
                .with("n", round.ordinal)
                .with_text("purpose", &word(round.purpose))),
        ),
        (
            "letter-field-time",
            say(&Text::said("letter-time")
                .with_instant("from", round.opens_at.to_rfc3339())
                .with_deadline("until", round.closes_at.to_rfc3339())),
        ),
    ];
    if let Some(draft) = &file.round.draft {
        let version = Text::said("drafts-version")
            .with_text("kind", &word(draft.kind))
            .with("n", draft.revision);
        fields.push(("letter-field-draft", format!("{}\n{here}/text", say(&version))));
        fields.push(("letter-field-hash", draft.sha256.clone()));
    }
    let papers: Vec<String> = file
        .papers
        .iter()
        .map(|row| {
            let at = format!("{}/projects/{}/documents/{}", file.base, project.id, row.ordinal);
            format!("{}  {at}", say(&word(row.kind)))
        })
        .collect();
    if !papers.is_empty() {
        fields.push(("letter-field-papers", papers.join("\n")));
    }
    fields.push(("letter-field-table", format!("{here}/table.docx")));
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    Block::Fields { fields: fields.map(|(key, value)| (say(&Text::said(key)), value)).collect() }
}

/// Whom the letter goes to, by class.
pub fn recipients<'n>(
    asked: impl Iterator<Item = (RecipientClass, &'n str)>,
    say: Say<'_>,
) -> Block {
    let mut classes: BTreeMap<&'static str, (String, Vec<Text>)> = BTreeMap::new();
    for (class, name) in asked {
        let names = classes.entry(class.key()).or_insert_with(|| (say(&word(class)), Vec::new()));
        names.1.push(Text::plain(name));
    }
    let heads = ["letter-column-class", "letter-column-count", "letter-column-names"];
    let row = |(class, names): (String, Vec<Text>)| {
        vec![
            Cell::new(class),
            Cell::centred(names.len().to_string()),
            Cell::new(say(&Text::said("letter-names").with_list("names", &names))),
        ]
    };
    Block::Table(Table {
        columns: vec![3, 2, 12],
        head: vec![heads.iter().map(|key| Cell::label(say(&Text::said(*key)))).collect()],
        rows: classes.into_values().map(row).collect(),
    })
}

async fn letter(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    form: Form,
) -> Result<Saved, WebError> {
    let (id, now, locale) = (round_id(id)?, app.now(), signed_in.locale);
    let (actor, base) = (signed_in.actor, app.base_url.to_string());
    let file = app.read(move |conn| read(conn, id, &actor, now, base)).await?;
    let say = |text: &Text| voice::speak(&app.words, chrono_tz::Asia::Shanghai, locale, text);
    let paper = paper(&file, locale, &say);
    official::file(app, paper, form).await
}

#[get("/consultations/<id>/letter.docx")]
async fn docx(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Saved, WebError> {
    letter(app, signed_in, id, Form::Docx).await
}

#[get("/consultations/<id>/letter.pdf")]
async fn pdf(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Saved, WebError> {
    letter(app, signed_in, id, Form::Pdf).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![docx, pdf]
}
