//! Lists: tables that become cards on a phone, the board, filters, facets, pages.

use serde::Serialize;

use super::{Deadline, Field, Link, Pill, Ribbon, Text, Tone};

/// One column of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Column {
    /// Heading; on a phone it becomes the label of the cell.
    pub label: Option<Text>,
    /// Whether the cells hold numbers, set to the right with equal widths.
    pub numeric: bool,
    /// Address that sorts by this column.
    pub sort_href: Option<String>,
    /// `ascending` or `descending` if the list is sorted by this column now.
    pub sorted: Option<&'static str>,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<Text>) -> Self {
        Self { label: Some(label.into()), ..Self::default() }
    }

    /// A column of numbers.
    pub fn numeric(label: impl Into<Text>) -> Self {
        Self { numeric: true, ..Self::new(label) }
    }
}

/// One cell; every part that is present is shown, in the order of the fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// Code or number in the fixed-width face, before the text.
    pub code: Option<String>,
    /// Main words; a link if `href` is there.
    pub text: Option<Text>,
    /// Address.
    pub href: Option<String>,
    /// Status.
    pub pill: Option<Pill>,
    /// Deadline.
    pub deadline: Option<Deadline>,
    /// Votes.
    pub ribbon: Option<Ribbon>,
    /// Rule mark chip: `C`, `S`, `A`, `R` or `D`.
    pub mark: Option<String>,
    /// A second, quieter line.
    pub note: Option<Text>,
}

impl Cell {
    /// A cell with words only.
    pub fn text(text: impl Into<Text>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// A cell with a link.
    pub fn link(href: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { text: Some(text.into()), href: Some(href.into()), ..Self::default() }
    }

    /// A cell with a status.
    pub fn pill(pill: Pill) -> Self {
        Self { pill: Some(pill), ..Self::default() }
    }

    /// The same cell with a second line.
    #[must_use]
    pub fn note(mut self, note: impl Into<Text>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One row.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
    /// Emphasis of the whole row; a cell says the same in words.
    pub tone: Tone,
    /// Anchor of the row.
    pub id: Option<String>,
}

/// A table that turns into cards on a phone; partial `table`.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What the table lists, read out by screen readers and shown above it.
    pub caption: Text,
    /// Whether the caption is only for screen readers because a heading says the same.
    pub caption_hidden: bool,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Shown when there is no row.
    pub empty: Option<Empty>,
}

/// What to say when there is nothing; partial `empty`.
#[derive(Debug, Clone, Serialize)]
pub struct Empty {
    /// Short: what is not here.
    pub title: Text,
    /// Why, or what would bring something here.
    pub text: Option<Text>,
    /// The way on.
    pub action: Option<Link>,
}

/// The project board; partial `board`.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// Columns from the first stage to the last.
    pub columns: Vec<BoardColumn>,
}

/// One stage of the board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardColumn {
    /// Two digits of the stage.
    pub code: String,
    /// Name of the stage.
    pub title: Text,
    /// Address of the full list of this stage.
    pub href: String,
    /// How many projects stand here.
    pub count: u64,
    /// Cards, oldest in stage first.
    pub cards: Vec<BoardCard>,
    /// How many more there are than cards shown.
    pub more: u64,
}

/// One project on the board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardCard {
    /// Address of the project.
    pub href: String,
    /// Project number or kind.
    pub code: String,
    /// Name of the project.
    pub title: Text,
    /// Sub-stage in words.
    pub stage: Text,
    /// Days in stage against the goal, in words.
    pub age: Text,
    /// Colour of the age.
    pub tone: Tone,
    /// Who acts now.
    pub turn: Option<Text>,
    /// What is due.
    pub deadline: Option<Deadline>,
}

/// A filter already chosen, with the address of the list without it.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// What is chosen.
    pub text: Text,
    /// Address without it.
    pub href: String,
}

/// Filters above a list, kept in the address; partial `filters`.
#[derive(Debug, Clone, Serialize)]
pub struct Filters {
    /// Address the form is sent to (GET).
    pub action: String,
    /// Fields.
    pub fields: Vec<Field>,
    /// What is chosen now.
    pub chosen: Vec<Chosen>,
    /// Address without any filter, if one is chosen.
    pub clear_href: Option<String>,
    /// How many there are, in words.
    pub total: Text,
}

/// One page number or a gap.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// The number; none for a gap.
    pub number: Option<u64>,
    /// Address.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
}

/// Pages of a list; partial `pager`.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// First record shown, counted from 1.
    pub first: u64,
    /// Last record shown.
    pub last: u64,
    /// All records.
    pub total: u64,
    /// Address of the previous page.
    pub previous: Option<String>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Page numbers with gaps.
    pub links: Vec<PageLink>,
}

impl Pager {
    /// The pager of a list at one address, which takes its page as the parameter `page`.
    pub fn at(path: &str, page: i64, size: i64, total: i64) -> Self {
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        Self::new(number(page), number(size), number(total), |n| format!("{path}?page={n}"))
    }

    /// The pager of page `page` (from 1) of a list with `total` records, `size` a page; `href` makes the address of a page.
    pub fn new(page: u64, size: u64, total: u64, href: impl Fn(u64) -> String) -> Self {
        let size = size.max(1);
        let pages = total.div_ceil(size).max(1);
        let page = page.clamp(1, pages);
        let mut links = Vec::new();
        let mut last_shown = 0;
        for number in 1..=pages {
            if number == 1 || number == pages || number.abs_diff(page) <= 2 {
                if number > last_shown + 1 {
                    links.push(PageLink { number: None, href: String::new(), current: false });
                }
                links.push(PageLink {
                    number: Some(number),
                    href: href(number),
                    current: number == page,
                });
                last_shown = number;
            }
        }
        Self {
            first: if total == 0 { 0 } else { (page - 1) * size + 1 },
            last: (page * size).min(total),
            total,
            previous: (page > 1).then(|| href(page - 1)),
            next: (page < pages).then(|| href(page + 1)),
            links,
        }
    }
}

/// One option of a facet.
#[derive(Debug, Clone, Serialize)]
pub struct FacetOption {
    /// Words.
    pub text: Text,
    /// How many records it leaves.
    pub count: u64,
    /// Address that switches it on or off.
    pub href: String,
    /// Whether it is on.
    pub chosen: bool,
}

/// One group of the facet sidebar; partial `facets` takes a list of these.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// What is being narrowed.
    pub title: Text,
    /// Options with a count.
    pub options: Vec<FacetOption>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pager: &Pager) -> String {
        pager
            .links
            .iter()
            .map(|l| l.number.map_or("…".to_owned(), |n| n.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_long_list_shows_both_ends_and_the_neighbourhood() {
        let pager = Pager::new(10, 20, 400, |n| format!("?page={n}"));
        assert_eq!(shown(&pager), "1 … 8 9 10 11 12 … 20");
        assert_eq!((pager.first, pager.last), (181, 200));
        assert_eq!(pager.next.as_deref(), Some("?page=11"));
    }

    #[test]
    fn an_empty_list_has_one_page_and_no_records() {
        let pager = Pager::new(7, 20, 0, |n| n.to_string());
        assert_eq!(shown(&pager), "1");
        assert_eq!((pager.first, pager.last, pager.next, pager.previous), (0, 0, None, None));
    }
}

/// A paper made from the record: as a page, as files, and kept among the documents of its project; partial `paper-line`.
#[derive(Debug, Clone, Serialize)]
pub struct PaperLine {
    /// Its name, leading to the page for print.
    pub page: Link,
    /// The PDF file.
    pub pdf: String,
    /// The Word document.
    pub word: String,
    /// Where it is kept in the project; nothing for readers who keep no documents.
    pub keep: Option<String>,
    /// Whether it is kept, or the rules ask for it.
    pub state: Option<Pill>,
}

impl PaperLine {
    /// A paper at its address without ending.
    pub fn new(at: String, name: Text, keeps: bool) -> Self {
        Self {
            pdf: format!("{at}.pdf"),
            word: format!("{at}.docx"),
            keep: keeps.then(|| at.clone()),
            page: Link::new(at, name),
            state: None,
        }
    }
}
