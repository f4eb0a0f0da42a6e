//! The table of comments and dispositions (征求意见汇总处理表, FM-08) as Word, workbook and CSV, for pages and API alike.

use chrono::{DateTime, Utc};
use quanheng_db::rounds::CommentRow;
use quanheng_domain::comment::{Answers, Disposition};
use quanheng_domain::{Keyed, Locale};
use quanheng_store::names;
use quanheng_tables::{Cell, CsvFile, Paper, Sheet, WriteError, write_long_docx, write_long_xlsx};
use rocket::http::Header;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{Route, State, get, routes};

use super::super::projects::word;
use super::file::{self, RoundFile};
use super::show::round_id;
use super::{iso, matrix};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::views::Text;
use crate::voice;

/// The headings of the workbook and the CSV, in the order of their columns.
const HEADINGS: [&str; 16] = [
    "rounds-column-serial",
    "rounds-column-clause",
    "rounds-column-kind",
    "rounds-column-body",
    "rounds-column-proposal",
    "rounds-column-reason",
    "rounds-column-unit",
    "rounds-column-author",
    "rounds-column-source",
    "rounds-column-received",
    "rounds-column-late",
    "rounds-column-disposition",
    "rounds-column-disposition-reason",
    "rounds-column-changed",
    "rounds-column-merged",
    "rounds-column-id",
];

/// The columns of the printed table with their shares of the width.
const PRINTED: [(&str, u32); 9] = [
    ("rounds-column-serial", 5),
    ("rounds-column-clause", 8),
    ("rounds-column-kind", 6),
    ("rounds-column-body", 26),
    ("rounds-column-proposal", 20),
    ("rounds-column-by", 13),
    ("rounds-column-disposition", 8),
    ("rounds-column-disposition-reason", 20),
    ("rounds-column-changed", 6),
];

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A format of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Word document in the printed form.
    Docx,
    /// Workbook.
    Xlsx,
    /// Comma-separated text.
    Csv,
    /// Word document in the columns of the ISO template.
    IsoDocx,
    /// Workbook in the columns of the ISO template.
    IsoXlsx,
}

/// A table to be saved by the reader.
pub struct TableFile {
    bytes: Vec<u8>,
    media_type: &'static str,
    name: String,
}

impl TableFile {
    /// A file of these bytes.
    pub fn new(bytes: Vec<u8>, media_type: &'static str, name: String) -> Self {
        Self { bytes, media_type, name }
    }

    /// The bytes, for what takes the table along.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl<'r> Responder<'r, 'static> for TableFile {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(Header::new("Content-Type", self.media_type))
            .header(Header::new("Content-Disposition", names::attachment(&self.name)))
            .header(Header::new("Cache-Control", "private, no-store"))
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// The table of a round as the reader may see it, in the reader's language.
///
/// # Errors
/// Not found for rounds one may not know of; a fault where the file cannot be written.
pub async fn table(
    app: &App,
    visitor: Visitor,
    id: &str,
    format: Format,
) -> Result<TableFile, WebError> {
    let (id, now, locale, actor) = (round_id(id)?, app.now(), visitor.locale, visitor.actor);
    let file = app.read(move |conn| file::read(conn, id, &actor, now)).await?;
    let words = app.words.clone();
    let task = tokio::task::spawn_blocking(move || {
        let say = |text: &Text| voice::speak(&words, chrono_tz::Asia::Shanghai, locale, text);
        let title = Text::said("rounds-table-name").with("title", file.project.title_zh.as_str());
        let (bytes, media_type, ending) = written(&file, locale, format, &say);
        bytes.map(|bytes| TableFile {
            bytes,
            media_type,
            name: format!("{}.{ending}", say(&title)),
        })
    });
    task.await.map_err(|_| WebError::busy())?.map_err(|error| WebError::fault(&error))
}

/// Writes the table row by row: of many comments only the comments themselves are in memory.
fn written(
    file: &RoundFile,
    locale: Locale,
    format: Format,
    say: Say<'_>,
) -> (Result<Vec<u8>, WriteError>, &'static str, &'static str) {
    match format {
        Format::Docx => {
            let rows = file.comments.iter().map(|row| (printed(file, row, say), mark(row)));
            (write_long_docx(&paper(file, locale, say), rows), DOCX, "docx")
        }
        Format::IsoDocx => {
            let rows = file.comments.iter().map(|row| (iso::cells(file, row, say), mark(row)));
            (write_long_docx(&iso::paper(file, locale, say), rows), DOCX, "docx")
        }
        Format::IsoXlsx => {
            let rows = file.comments.iter().map(|row| iso::line(file, row, say));
            let rows = (rows, file.comments.len());
            let written = write_long_xlsx(&iso::sheet(say), rows, &[]);
            (written.map(|file| file.bytes), XLSX, "xlsx")
        }
        Format::Xlsx => {
            let rows = file.comments.iter().map(|row| line(file, row, say));
            let (rows, others) =
                ((rows, file.comments.len()), [figures(file, say), matrix(file, say)]);
            let written = write_long_xlsx(&sheet(say), rows, &others);
            (written.map(|file| file.bytes), XLSX, "xlsx")
        }
        Format::Csv => (csv_rows(file, say), "text/csv; charset=utf-8", "csv"),
    }
}

/// Speaks a text in the language of the reader.
pub type Say<'a> = &'a dyn Fn(&Text) -> String;

/// The mark by which a row of a document is known when the table comes back.
fn mark(row: &CommentRow) -> String {
    row.id.uuid().simple().to_string()
}

/// The sheet without its rows: of many comments they are made one by one.
fn sheet(say: Say<'_>) -> Sheet {
    Sheet {
        name: say(&Text::said("rounds-table")),
        headers: HEADINGS.iter().map(|key| say(&Text::said(*key))).collect(),
        rows: Vec::new(),
    }
}

fn csv_rows(file: &RoundFile, say: Say<'_>) -> Result<Vec<u8>, WriteError> {
    let headers = sheet(say).headers;
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let mut written = CsvFile::begin(Vec::new(), &headers)?;
    for row in &file.comments {
        written.cells(&line(file, row, say))?;
    }
    written.end()
}

/// The disposition as this reader may know it.
pub fn settled(file: &RoundFile, row: &CommentRow) -> Option<Disposition> {
    row.disposition.filter(|_| file.inside || row.published_at.is_some())
}

fn yes_no(say: Say<'_>, yes: bool) -> String {
    say(&Text::said(if yes { "rounds-yes" } else { "rounds-no" }))
}

fn line(file: &RoundFile, row: &CommentRow, say: Say<'_>) -> Vec<Cell> {
    let (author, unit) = file.author(row).unwrap_or_default();
    let settled = settled(file, row);
    let merged = row.duplicate_of.filter(|_| settled.is_some());
    let merged = merged.and_then(|_| file.merged_into(row)).map(i64::from);
    vec![
        Cell::Integer(i64::from(row.serial)),
        Cell::from(row.clause.as_str()),
        Cell::from(say(&word(row.kind))),
        Cell::from(row.body.as_str()),
        Cell::from(row.proposal.as_str()),
        Cell::from(row.reason.as_str()),
        Cell::from(unit),
        Cell::from(author),
        Cell::from(say(&word(row.source))),
        Cell::Moment(local(row.received_at)),
        Cell::from(yes_no(say, row.late)),
        Cell::from(settled.map(|code| say(&Text::word("disposition", code.key())))),
        Cell::from(settled.map(|_| row.disposition_reason.clone())),
        Cell::from(
            row.text_changed.filter(|_| settled.is_some()).map(|changed| yes_no(say, changed)),
        ),
        Cell::from(merged),
        Cell::from(row.id.to_string()),
    ]
}

fn local(at: DateTime<Utc>) -> chrono::NaiveDateTime {
    at.with_timezone(&chrono_tz::Asia::Shanghai).naive_local()
}

/// The footer of the form: how those asked answered, and how the comments were settled.
fn footer(file: &RoundFile) -> Vec<(Text, usize)> {
    let asked = Answers::count(file.asked.iter().map(|line| line.answer));
    let with = |code: Disposition| {
        file.comments.iter().filter(|row| settled(file, row) == Some(code)).count()
    };
    let mut all = Vec::new();
    // Whom a round was sent to, and who was silent, is for those who work on it.
    if file.inside {
        all.extend([
            (Text::said("rounds-figure-sent"), asked.sent),
            (Text::said("rounds-figure-answered"), asked.answered()),
            (Text::said("rounds-figure-comments"), asked.comments),
            (Text::said("rounds-figure-none"), asked.none),
            (Text::said("rounds-figure-silent"), asked.silent()),
        ]);
    }
    all.push((Text::said("rounds-figure-total"), file.comments.len()));
    let codes = [
        Disposition::Accepted,
        Disposition::Partly,
        Disposition::Rejected,
        Disposition::Merged,
        Disposition::Withdrawn,
    ];
    all.extend(codes.map(|code| (Text::word("disposition", code.key()), with(code))));
    all
}

fn figures(file: &RoundFile, say: Say<'_>) -> Sheet {
    let row = |(label, amount): (Text, usize)| {
        vec![Cell::from(say(&label)), Cell::Integer(i64::try_from(amount).unwrap_or(i64::MAX))]
    };
    Sheet {
        name: say(&Text::said("rounds-figures")),
        headers: vec![
            say(&Text::said("rounds-figure-item")),
            say(&Text::said("rounds-figure-number")),
        ],
        rows: footer(file).into_iter().map(row).collect(),
    }
}

/// From whom and by which way comments came, and how they were settled.
fn matrix(file: &RoundFile, say: Say<'_>) -> Sheet {
    let mut headers = vec![say(&Text::said("matrix-who"))];
    headers.extend(matrix::headings().iter().map(say));
    let line = |line: matrix::Line| {
        let numbers =
            line.numbers.iter().map(|n| Cell::Integer(i64::try_from(*n).unwrap_or(i64::MAX)));
        std::iter::once(Cell::from(say(&line.label))).chain(numbers).collect()
    };
    let known = |row: &CommentRow| settled(file, row);
    let classes = matrix::by_class(&file.comments, known).into_iter();
    let ways = matrix::by_source(&file.comments, known).into_iter();
    let mut rows: Vec<Vec<Cell>> = classes.map(line).collect();
    rows.push(vec![Cell::from(say(&Text::said("matrix-way")))]);
    rows.extend(ways.map(line));
    Sheet { name: say(&Text::said("matrix-title")), headers, rows }
}

/// The same for print: a line for each class of senders and each way in.
fn matrix_lines(file: &RoundFile) -> Vec<Text> {
    let known = |row: &CommentRow| settled(file, row);
    let headings = matrix::headings();
    let line = |line: &matrix::Line| {
        let parts: Vec<Text> = headings
            .iter()
            .zip(line.numbers)
            .filter(|(_, n)| *n > 0)
            .map(|(what, n)| Text::said("rdesk-part").with_text("what", what).with("n", n as u64))
            .collect();
        Text::said("rounds-paper-matrix").with_text("who", &line.label).with_list("figures", &parts)
    };
    // The sums stand in the line above.
    let lines = |lines: Vec<matrix::Line>| {
        let most = if lines.len() > 1 { lines.len() - 1 } else { lines.len() };
        lines.iter().take(most).map(line).collect::<Vec<_>>()
    };
    let mut all = lines(matrix::by_class(&file.comments, known));
    all.extend(lines(matrix::by_source(&file.comments, known)));
    all
}

fn paper(file: &RoundFile, locale: Locale, say: Say<'_>) -> Paper {
    let mut lines =
        vec![say(&Text::said("rounds-paper-title").with("title", file.project.title_zh.as_str()))];
    if let Some(committee) = &file.committee {
        let name = committee.name_zh.as_str();
        lines.push(say(&Text::said("rounds-paper-committee").with("name", name)));
    }
    lines
        .push(say(&Text::said("rounds-paper-until")
            .with_deadline("until", file.round.closes_at.to_rfc3339())));
    let figures: Vec<Text> = footer(file)
        .into_iter()
        .map(|(label, amount)| {
            Text::said("rdesk-part").with_text("what", &label).with("n", amount as u64)
        })
        .collect();
    Paper {
        title: say(&Text::said("rounds-table")),
        lines,
        columns: PRINTED.iter().map(|(key, share)| (say(&Text::said(*key)), *share)).collect(),
        rows: Vec::new(),
        marks: Vec::new(),
        footer: std::iter::once(Text::said("rounds-paper-figures").with_list("figures", &figures))
            .chain(matrix_lines(file))
            .map(|text| say(&text))
            .collect(),
        language: locale.to_string(),
    }
}

fn printed(file: &RoundFile, row: &CommentRow, say: Say<'_>) -> Vec<String> {
    let (author, unit) = file.author(row).unwrap_or_default();
    let settled = settled(file, row);
    let mut body = row.body.clone();
    if !row.reason.is_empty() {
        let reason = Text::said("rounds-paper-reason").with("reason", row.reason.as_str());
        body = format!("{body}\n{}", say(&reason));
    }
    let code = settled.map(|code| {
        let word = say(&Text::word("disposition", code.key()));
        let serial = file.merged_into(row);
        match serial {
            Some(n) => format!("{word}\n{}", say(&Text::said("rounds-number").with("n", n))),
            None => word,
        }
    });
    let mut kind = say(&word(row.kind));
    if row.late {
        kind = format!("{kind}\n{}", say(&Text::said("rounds-column-late")));
    }
    vec![
        row.serial.to_string(),
        if row.clause.is_empty() {
            say(&Text::said("rounds-whole-text"))
        } else {
            row.clause.clone()
        },
        kind,
        body,
        row.proposal.clone(),
        if unit.is_empty() { author } else { unit },
        code.unwrap_or_default(),
        settled.map(|_| row.disposition_reason.clone()).unwrap_or_default(),
        row.text_changed
            .filter(|_| settled.is_some())
            .map(|changed| yes_no(say, changed))
            .unwrap_or_default(),
    ]
}

#[get("/consultations/<id>/table.csv")]
async fn csv(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    table(app, visitor, id, Format::Csv).await
}

#[get("/consultations/<id>/table.xlsx")]
async fn xlsx(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    table(app, visitor, id, Format::Xlsx).await
}

#[get("/consultations/<id>/table.docx")]
async fn docx(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    table(app, visitor, id, Format::Docx).await
}

#[get("/consultations/<id>/table-iso.docx")]
async fn iso_docx(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    table(app, visitor, id, Format::IsoDocx).await
}

#[get("/consultations/<id>/table-iso.xlsx")]
async fn iso_xlsx(app: &State<App>, visitor: Visitor, id: &str) -> Result<TableFile, WebError> {
    table(app, visitor, id, Format::IsoXlsx).await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![csv, xlsx, docx, iso_docx, iso_xlsx]
}

#[cfg(test)]
mod tests {
    use quanheng_i18n::Words;
    use quanheng_tables::formats::{Opinions, read_as};
    use quanheng_tables::{CsvOptions, Limits, Note, write_csv};

    use super::*;

    #[test]
    fn our_own_headings_are_all_understood_when_the_table_comes_back() {
        let words = Words::load(None).unwrap();
        for locale in Locale::ALL.iter().copied() {
            let say = |key: &&str| {
                voice::speak(&words, chrono_tz::Asia::Shanghai, locale, &Text::said(*key))
            };
            let sheet = Sheet {
                name: "table".into(),
                headers: HEADINGS.iter().map(say).collect(),
                rows: vec![HEADINGS.iter().map(|_| Cell::Empty).collect()],
            };
            let bytes = write_csv(&sheet, CsvOptions::default()).unwrap();
            let reading = read_as::<Opinions>(&bytes, &Limits::default()).unwrap();
            let unknown: Vec<&Note> = reading
                .notes
                .iter()
                .filter(|note| {
                    matches!(note, Note::UnknownColumn { .. } | Note::HeaderTwice { .. })
                })
                .collect();
            assert!(unknown.is_empty(), "{locale}: {unknown:?}");
        }
    }
}
