//! From whom and by which way comments came, and how they were settled: a page, and the statistics of the exported tables.

use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{CommentSource, Disposition};
use quanheng_domain::rules::RecipientClass;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::super::projects::word;
use super::file::{self, RoundFile};
use super::show::round_id;
use crate::views::{Cell, Column, Crumb, Empty, PageHead, Row, Table, Text};
use crate::{App, Page, SignedIn, WebError};

/// The dispositions that have columns, before the column of open comments.
const CODES: [Disposition; 6] = [
    Disposition::Accepted,
    Disposition::Partly,
    Disposition::Rejected,
    Disposition::Merged,
    Disposition::Withdrawn,
    Disposition::Pending,
];

/// A row: whose comments, how many of each disposition, how many open, how many in all.
pub struct Line {
    /// Whose comments, or how they came.
    pub label: Text,
    /// The numbers in the order of [`headings`].
    pub numbers: [usize; CODES.len() + 2],
}

/// The headings of the numbers.
pub fn headings() -> Vec<Text> {
    let mut all: Vec<Text> =
        CODES.iter().map(|code| Text::word("disposition", code.key())).collect();
    all.extend([Text::said("matrix-open"), Text::said("matrix-all")]);
    all
}

/// Counts comments by a mark; `settled` says how one is settled, as the reader may know it.
fn lines<K: Keyed + PartialEq>(
    comments: &[CommentRow],
    of: impl Fn(&CommentRow) -> K,
    settled: impl Fn(&CommentRow) -> Option<Disposition>,
) -> Vec<Line> {
    let line = |key: &K| {
        let mut numbers = [0; CODES.len() + 2];
        for row in comments.iter().filter(|row| of(row) == *key) {
            let place = CODES.iter().position(|code| settled(row) == Some(*code));
            numbers[place.unwrap_or(CODES.len())] += 1;
            numbers[CODES.len() + 1] += 1;
        }
        Line { label: word(*key), numbers }
    };
    let filled = |line: &Line| line.numbers[CODES.len() + 1] > 0;
    let mut all: Vec<Line> = K::ALL.iter().map(line).filter(filled).collect();
    if all.len() > 1 {
        let mut numbers = [0; CODES.len() + 2];
        for line in &all {
            for (sum, number) in numbers.iter_mut().zip(line.numbers) {
                *sum += number;
            }
        }
        all.push(Line { label: Text::said("matrix-all"), numbers });
    }
    all
}

/// By class of the author.
pub fn by_class(
    comments: &[CommentRow],
    settled: impl Fn(&CommentRow) -> Option<Disposition>,
) -> Vec<Line> {
    lines::<RecipientClass>(comments, |row| row.author_class, settled)
}

/// By the way comments came.
pub fn by_source(
    comments: &[CommentRow],
    settled: impl Fn(&CommentRow) -> Option<Disposition>,
) -> Vec<Line> {
    lines::<CommentSource>(comments, |row| row.source, settled)
}

#[derive(Serialize)]
struct MatrixPage {
    head: PageHead,
    tables: Vec<Table>,
}

fn table(title: &str, first: &str, lines: Vec<Line>) -> Table {
    let mut columns = vec![Column::new(Text::said(first))];
    columns.extend(headings().into_iter().map(Column::numeric));
    let row = |line: Line| {
        let numbers = line.numbers.iter().map(|number| Cell::text(number.to_string()));
        let cells = std::iter::once(Cell::text(line.label)).chain(numbers).collect();
        Row { cells, ..Row::default() }
    };
    Table {
        caption: Text::said(title),
        caption_hidden: false,
        columns,
        rows: lines.into_iter().map(row).collect(),
        empty: Some(Empty { title: Text::said("rdesk-none"), text: None, action: None }),
    }
}

fn view(file: &RoundFile) -> MatrixPage {
    let round = file.round.id;
    let mut head = PageHead::new(Text::said("matrix-title"));
    let crumb = |text: Text, href: String| Crumb { text, href: Some(href) };
    head.crumbs = vec![
        crumb(Text::plain(&file.project.title_zh), format!("/projects/{}", file.project.id)),
        crumb(Text::said("rdesk-title"), format!("/consultations/{round}/desk")),
        Crumb { text: Text::said("matrix-title"), href: None },
    ];
    head.code = file.project.number.clone();
    head.lead = Some(Text::said("matrix-lead"));
    let settled = |row: &CommentRow| row.disposition;
    let tables = vec![
        table("matrix-by-class", "matrix-who", by_class(&file.comments, settled)),
        table("matrix-by-source", "matrix-way", by_source(&file.comments, settled)),
    ];
    MatrixPage { head, tables }
}

#[get("/consultations/<id>/matrix")]
async fn matrix(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Page, WebError> {
    let (id, now, actor) = (round_id(id)?, app.now(), signed_in.actor);
    let file = app.read(move |conn| file::read(conn, id, &actor, now)).await?;
    if !file.inside {
        return Err(WebError::not_found());
    }
    Ok(Page::new("pages/consultations/matrix", &view(&file)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![matrix]
}
