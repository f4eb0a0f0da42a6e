//! Official papers handed out: as a page for print, as a Word document or as a PDF file, all of one value.

use std::sync::Arc;

use quanheng_actions::document::{self, Upload};
use quanheng_config::Settings;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::Actor;
use quanheng_domain::{Keyed, Locale};
use quanheng_render::{Block, Cell, NoTypeface, PageNumber, Paper, Typefaces, docx, pdf};
use quanheng_store::names;
use rocket::Responder;
use rocket::http::Status;
use serde::Serialize;

use super::{Form, Saved, Voice};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::idempotency::Once;
use crate::page::Page;
use crate::views::{Text, Tone};

/// The kind of the error that says that no typeface was found.
pub const NO_TYPEFACE: &str = "no_typeface";

/// A paper as page or file.
#[derive(Responder)]
pub enum Official {
    /// The page for print.
    Page(Page),
    /// The file to be saved.
    File(Saved),
}

/// The page for print; template `pages/papers/print`.
#[derive(Debug, Serialize)]
pub struct PaperPage<'p> {
    back: &'p str,
    word: String,
    pdf: String,
    /// Where it is kept in the project.
    keep: Option<&'p str>,
    paper: &'p Paper,
}

/// Where a paper is found.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// Its address without ending.
    pub at: &'p str,
    /// The page it belongs to.
    pub back: &'p str,
    /// Whether the reader may keep it among the documents of its project.
    pub keeps: bool,
}

impl<'p> Place<'p> {
    /// A paper that is read and kept in no project.
    pub fn read(at: &'p str, back: &'p str) -> Self {
        Self { at, back, keeps: false }
    }
}

/// A paper in the form asked for.
///
/// # Errors
/// `406` for forms that papers do not have, `503` for a PDF file where no typeface is found.
pub async fn official(
    app: &App,
    paper: Paper,
    form: Form,
    place: Place<'_>,
) -> Result<Official, WebError> {
    if form != Form::Html {
        return Ok(Official::File(file(app, paper, form).await?));
    }
    let Place { at, back, keeps } = place;
    let (word, pdf) = (format!("{at}.docx"), format!("{at}.pdf"));
    let keep = keeps.then_some(at);
    let view = PaperPage { back, word, pdf, keep, paper: &paper };
    Ok(Official::Page(Page::new("pages/papers/print", &view).private()))
}

/// A paper as a file to be saved by the reader.
///
/// # Errors
/// As [`official`].
pub async fn file(app: &App, paper: Paper, form: Form) -> Result<Saved, WebError> {
    let name = format!("{}.{}", file_name(&paper), form.key());
    let (bytes, media_type) = match form {
        Form::Docx => {
            (docx(&paper).map_err(|error| WebError::fault(&error))?, quanheng_render::DOCX)
        }
        Form::Pdf => (set(app, paper).await?, quanheng_render::PDF),
        Form::Html | Form::Xlsx | Form::Csv | Form::Json => return Err(Form::not_made()),
    };
    Ok(Saved { bytes, media_type, name: Some(name) })
}

/// Enters a paper among the documents of its project, as a Word document, as if somebody had saved it and brought it back.
///
/// # Errors
/// What the entering of a document refuses; what the store says.
pub async fn kept(
    app: &App,
    once: &Once,
    actor: Actor,
    project: ProjectId,
    kind: DocumentKind,
    paper: Paper,
    back: &str,
) -> Result<Answer, WebError> {
    let saved = file(app, paper, Form::Docx).await?;
    let stored = app.store.put(saved.bytes.as_slice(), saved.bytes.len() as u64).await?;
    let command = Upload {
        project,
        kind,
        title: String::new(),
        file_name: names::clean(&saved.name.unwrap_or_default()),
        media_type: saved.media_type.to_owned(),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.hash.to_string(),
        note: String::new(),
    };
    let back = back.to_owned();
    app.once(once, move |tx| {
        let kept = document::upload(tx, &actor, &command)?;
        let said = Text::said("projects-document-kept")
            .with_text("kind", &Text::word("document-kind", kind.key()))
            .with("revision", kept.revision);
        Ok(Answer::see(&back).saying(Tone::Good, &said))
    })
    .await
}

/// The typefaces of PDF files: those of the settings, or those of the system.
///
/// # Errors
/// There is none that serves.
pub fn typefaces(settings: &Settings) -> Result<Typefaces, NoTypeface> {
    Typefaces::find(settings.papers.font.as_deref(), settings.papers.heading_font.as_deref())
}

/// The voice of papers that go to an authority or to the public, whoever asks for them: Chinese.
pub fn official_voice(app: &App) -> Voice<'_> {
    Voice { words: &app.words, zone: app.settings.site.zone, locale: Locale::Chinese }
}

async fn set(app: &App, paper: Paper) -> Result<Vec<u8>, WebError> {
    let settings = Arc::clone(&app.settings);
    let made = app.heavy(move || match typefaces(&settings) {
        Ok(found) => pdf(&paper, &found).map_err(|error| WebError::fault(&error)),
        Err(error) => {
            tracing::warn!(%error, "no typeface for PDF files");
            Err(WebError::new(Status::ServiceUnavailable, NO_TYPEFACE)
                .saying(Text::said("papers-no-typeface")))
        }
    });
    made.await?.ok_or_else(WebError::busy)?
}

fn file_name(paper: &Paper) -> String {
    match paper.subtitle.is_empty() {
        true => paper.title.clone(),
        false => format!("{}-{}", paper.title, paper.subtitle),
    }
}

/// The voice papers are written in: words in the reader's language, laid out by the few parts every form has.
impl Voice<'_> {
    /// A sentence of the words of papers.
    pub fn word(&self, key: &str) -> String {
        self.say(&Text::said(key))
    }

    /// An empty paper with title, text under review, and the numbers of its pages.
    pub fn paper(&self, title: &str, subtitle: &str) -> Paper {
        Paper {
            title: self.word(title),
            subtitle: subtitle.to_owned(),
            page_number: PageNumber {
                before: self.word("papers-page-before"),
                between: self.word("papers-page-between"),
                after: self.word("papers-page-after"),
            },
            language: self.locale.to_string(),
            ..Paper::default()
        }
    }

    /// A row of headings.
    pub fn headings(&self, keys: &[&str]) -> Vec<Vec<Cell>> {
        vec![keys.iter().map(|key| Cell::label(self.word(key))).collect()]
    }

    /// Labels with what was filled in.
    pub fn fields(&self, fields: Vec<(&str, String)>) -> Block {
        let fields = fields.into_iter().map(|(key, value)| (self.word(key), value)).collect();
        Block::Fields { fields }
    }
}
