//! Official papers handed out: as a page for print or as a Word document, both of one value.

use quanheng_render::{Block, Cell, PageNumber, Paper, docx};
use rocket::Responder;
use serde::Serialize;

use super::{Form, Saved, Voice};
use crate::error::WebError;
use crate::page::Page;
use crate::views::Text;

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
    paper: &'p Paper,
}

/// A paper in the form asked for; `at` is its address without ending, `back` the page it belongs to.
///
/// # Errors
/// `406` for forms that papers do not have.
pub fn official(paper: &Paper, form: Form, at: &str, back: &str) -> Result<Official, WebError> {
    match form {
        Form::Html => {
            let view = PaperPage { back, word: format!("{at}.docx"), paper };
            Ok(Official::Page(Page::new("pages/papers/print", &view).private()))
        }
        Form::Docx => Ok(Official::File(Saved {
            bytes: docx(paper).map_err(|error| WebError::fault(&error))?,
            media_type: quanheng_render::DOCX,
            name: Some(format!("{}.docx", file_name(paper))),
        })),
        Form::Xlsx | Form::Csv | Form::Json | Form::Pdf => Err(Form::not_made()),
    }
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
