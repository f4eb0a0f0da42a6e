//! A page of sections, each with a table, cards and forms: what most pages about a record of the register are made of.

use serde::Serialize;

use super::projects::{Again, Fold, FormView};
use crate::Page;
use crate::views::{Column, Empty, FormFault, Link, PageHead, Pill, Row, Table, Text};

/// A page of sections; template `pages/public/sections`.
#[derive(Serialize)]
pub struct Sections {
    /// Head of the page.
    pub head: PageHead,
    /// Faults of the form that came back.
    pub faults: Vec<FormFault>,
    /// Sections in their order.
    pub sections: Vec<Section>,
}

/// A section of a page; partial `section`.
#[derive(Default, Serialize)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: Option<Text>,
    /// A sentence below the heading.
    pub lead: Option<Text>,
    /// A table.
    pub table: Option<Table>,
    /// Records that carry forms of their own.
    pub cards: Vec<Card>,
    /// Forms that stand open.
    pub forms: Vec<FormView>,
    /// Forms that are folded away.
    pub folds: Vec<Fold>,
    /// Ways on.
    pub links: Vec<Link>,
}

/// A record of a section.
#[derive(Serialize)]
pub struct Card {
    /// Anchor.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Where it leads.
    pub href: Option<String>,
    /// Its state.
    pub pill: Option<Pill>,
    /// What it says.
    pub lines: Vec<Text>,
    /// What may be done with it.
    pub forms: Vec<FormView>,
    /// The same, folded away.
    pub folds: Vec<Fold>,
}

impl Section {
    /// A section with its anchor and heading.
    pub fn new(id: &str, title: Text) -> Self {
        Self { id: id.to_owned(), title: Some(title), ..Self::default() }
    }
}

impl Card {
    /// A record with nothing but its name.
    pub fn new(id: impl Into<String>, title: Text) -> Self {
        let (id, lines, forms, folds) = (id.into(), Vec::new(), Vec::new(), Vec::new());
        Self { id, title, href: None, pill: None, lines, forms, folds }
    }
}

impl Sections {
    /// A page that shows the form that came back, if one did.
    pub fn new(head: PageHead, sections: Vec<Section>, again: Option<&Again>) -> Self {
        Self { head, faults: again.map(Again::summary).unwrap_or_default(), sections }
    }

    /// The page.
    pub fn page(&self) -> Page {
        Page::new("pages/public/sections", self)
    }
}

/// A table below the heading that says what it lists.
pub fn table(caption: Text, columns: &[&str], rows: Vec<Row>, none: &str) -> Table {
    Table {
        caption,
        caption_hidden: true,
        columns: columns.iter().map(|key| Column::new(Text::said(*key))).collect(),
        rows,
        empty: Some(Empty { title: Text::said(none), text: None, action: None }),
    }
}
