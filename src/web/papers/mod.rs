//! Reports in their dresses: a page for print, a workbook, a plain table, JSON. Pages, API and the command line hand out the same.

pub mod official;
pub mod print;
pub mod say;
pub mod sheets;
pub mod told;

use quanheng_domain::keyed;
use quanheng_i18n::Words;
use quanheng_store::names;
use quanheng_tables::{CsvOptions, Sheet, write_csv, write_xlsx};
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use crate::error::WebError;
use crate::views::Text;
use crate::voice;

keyed! {
    /// The form of a report; the key is the end of its address.
    Form as "form of report" {
        /// A page for print.
        Html = "html",
        /// A workbook.
        Xlsx = "xlsx",
        /// A plain table, the figures only.
        Csv = "csv",
        /// JSON.
        Json = "json",
        /// A PDF file, of official papers.
        Pdf = "pdf",
        /// A Word document, of official papers.
        Docx = "docx",
    }
}

impl Form {
    /// The name and the form of the end of an address; a name without a known ending has none.
    pub fn split(segment: &str) -> (&str, Option<Self>) {
        let parts = segment.rsplit_once('.');
        match parts.and_then(|(name, end)| Some((name, end.parse().ok()?))) {
            Some((name, form)) => (name, Some(form)),
            None => (segment, None),
        }
    }

    /// The refusal of a form that this paper or report does not have.
    pub fn not_made() -> WebError {
        WebError::new(Status::NotAcceptable, "form_not_made")
            .saying(Text::said("reports-form-not-made"))
    }
}

/// The voice of a dress: words in the reader's language.
pub struct Voice<'w> {
    /// The words.
    pub words: &'w Words,
    /// The zone in which times are told.
    pub zone: chrono_tz::Tz,
    /// The language.
    pub locale: quanheng_domain::Locale,
}

impl Voice<'_> {
    /// A text as it is said.
    pub fn say(&self, text: &Text) -> String {
        voice::speak(self.words, self.zone, self.locale, text)
    }
}

/// A report to be saved by the reader.
#[derive(Debug)]
pub struct Saved {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The media type.
    pub media_type: &'static str,
    /// The name of the file; none for what is shown and not saved.
    pub name: Option<String>,
}

impl Saved {
    /// The sheets as a workbook.
    ///
    /// # Errors
    /// A sheet that no workbook holds.
    pub fn workbook(name: &str, sheets: &[Sheet]) -> Result<Self, quanheng_tables::WriteError> {
        Ok(Self {
            bytes: write_xlsx(sheets)?.bytes,
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            name: Some(format!("{name}.xlsx")),
        })
    }

    /// The first sheet as a plain table.
    ///
    /// # Errors
    /// A sheet that cannot be written.
    pub fn table(name: &str, sheet: &Sheet) -> Result<Self, quanheng_tables::WriteError> {
        Ok(Self {
            bytes: write_csv(sheet, CsvOptions::default())?,
            media_type: "text/csv; charset=utf-8",
            name: Some(format!("{name}.csv")),
        })
    }

    /// A value as JSON.
    pub fn json(value: &serde_json::Value) -> Self {
        Self { bytes: value.to_string().into_bytes(), media_type: "application/json", name: None }
    }
}

impl<'r> Responder<'r, 'static> for Saved {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut answer = Response::build();
        answer
            .header(Header::new("Content-Type", self.media_type))
            .header(Header::new("Cache-Control", "no-store"));
        if let Some(name) = &self.name {
            answer.header(Header::new("Content-Disposition", names::attachment(name)));
        }
        answer.sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_address_names_the_form() {
        assert_eq!(Form::split("MTC1-SC1.xlsx"), ("MTC1-SC1", Some(Form::Xlsx)));
        assert_eq!(Form::split("MTC1-SC1"), ("MTC1-SC1", None));
        assert_eq!(Form::split("MTC1.exe"), ("MTC1.exe", None));
    }
}
