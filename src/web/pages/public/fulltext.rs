//! The full text of a published edition, read clause by clause: with the banner of its validity, the original for download, and
//! what changed against the editions it replaces. What is not for the public is said to be so, never shown.

use chrono::NaiveDate;
use quanheng_actions::search::index;
use quanheng_actions::specification::slip::{self as slips, Slip};
use quanheng_actions::{ActionError, document::text as clauses};
use quanheng_db::documents::DocumentRow;
use quanheng_db::projects::ProjectRow;
use quanheng_db::reads;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::lifecycle::Openness;
use quanheng_domain::records::Visibility;
use quanheng_domain::validity::ValidityState;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::{Shelf, edition, slip};
use crate::pages::address;
use crate::pages::drafts::{Content, anchor, contents};
use crate::views::{Crumb, Empty, Link, PageHead, Text, Validity};
use crate::{App, Page, Visitor, WebError};

/// The address of the full text.
pub fn href(row: &SpecificationRow) -> String {
    format!("{}/text", edition::href(row))
}

/// The address of a clause of the full text.
pub fn clause_href(row: &SpecificationRow, key: &str) -> String {
    format!("{}#{}", href(row), anchor(key))
}

/// What may be said of the full text of an edition to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be read.
    Open,
    /// It is not to be published (不公开).
    NotPublic,
    /// It is for those inside (内部).
    Internal,
    /// Nothing but a placeholder is kept of a secret text (涉密).
    Secret,
    /// The register holds no text.
    None,
}

impl Access {
    /// How a published text may be read by everybody.
    pub fn of(published: Option<&(ProjectRow, DocumentRow)>) -> Self {
        match published {
            None => Self::None,
            Some((project, _)) if project.openness == Openness::Placeholder => Self::Secret,
            Some((project, _)) if project.openness != Openness::Open => Self::Internal,
            Some((_, document)) => match document.visibility {
                Visibility::Open => Self::Open,
                Visibility::Committee => Self::Internal,
                Visibility::Restricted => Self::NotPublic,
            },
        }
    }

    /// The words that say so; none for a text that can be read.
    pub fn words(self) -> Option<Text> {
        Some(Text::said(match self {
            Self::Open => return None,
            Self::NotPublic => "fulltext-not-public",
            Self::Internal => "fulltext-internal",
            Self::Secret => "fulltext-secret",
            Self::None => "fulltext-none",
        }))
    }
}

#[derive(Serialize)]
struct FullTextPage {
    head: PageHead,
    validity: Validity,
    nothing: Option<Empty>,
    original: Option<Link>,
    compare: Vec<Link>,
    contents: Vec<Content>,
    clauses: Vec<slip::Read>,
    slips: Vec<slip::SlipView>,
    /// The day, where it is not today.
    on: Option<String>,
    reads: Text,
    /// The stamp of the last re-examination (复审确认).
    stamp: Option<Text>,
    permanent: String,
}

/// What the page shows, read in one snapshot.
struct Read {
    row: SpecificationRow,
    state: ValidityState,
    instead: Vec<SpecificationRow>,
    published: Option<(ProjectRow, DocumentRow)>,
    text: Option<clauses::Kept>,
    slips: Vec<Slip>,
    on: NaiveDate,
    /// Texts of the editions it replaces that can be read as well.
    former: Vec<(SpecificationRow, DocumentRow)>,
    reads: i64,
}

async fn read(
    app: &App,
    shelf: &Shelf,
    number: String,
    on: Option<NaiveDate>,
) -> Result<Read, WebError> {
    let (now, shelf) = (app.now(), shelf.clone());
    let on = on.unwrap_or_else(|| deadline::day_of(now));
    let read = app.read(move |conn| {
        let catalogue = shelf.catalogue(conn, now)?;
        let row = catalogue.find(&number).cloned().ok_or(ActionError::NotFound)?;
        let published = index::published(conn, &row)?;
        let open = Access::of(published.as_ref()) == Access::Open;
        let text = match &published {
            Some((_, document)) if open => clauses::kept(conn, document.id)?,
            _ => None,
        };
        let mut former = Vec::new();
        for (_, old) in catalogue.replaced_by(row.id).filter(|_| open) {
            let published = index::published(conn, old)?;
            if let Some((project, document)) = published
                && index::is_open(&project, &document)
                && clauses::kept(conn, document.id)?.is_some_and(|kept| kept.row.fault.is_none())
            {
                former.push((old.clone(), document));
            }
        }
        let instead = catalogue.instead_of(&row.id, on).into_iter().cloned().collect();
        let state = catalogue.state(&row.id, on);
        Ok::<_, ActionError>(Read {
            reads: reads::total(conn, row.id)?,
            slips: slips::of_edition(conn, row.id)?,
            on,
            state,
            instead,
            published,
            text: text.filter(|kept| kept.row.fault.is_none()),
            former,
            row,
        })
    });
    Ok(read.await?)
}

fn view(app: &App, read: &Read, visitor: &Visitor) -> FullTextPage {
    let (row, access) = (&read.row, Access::of(read.published.as_ref()));
    let mut head = PageHead::new(edition::title_text(row, visitor.locale));
    head.code = Some(row.number.clone());
    let crumb = |text: Text, href: Option<String>| Crumb { text, href };
    head.crumbs = vec![
        crumb(Text::said("catalogue-title"), Some("/specifications".to_owned())),
        crumb(Text::plain(&row.number), Some(edition::href(row))),
        crumb(Text::said("fulltext-title"), None),
    ];
    let (on, today) = (read.on, deadline::day_of(app.now()));
    let in_force = read.state.is_in_force();
    let all = read.text.as_ref().map(|kept| kept.text.clauses.as_slice()).unwrap_or_default();
    let as_read = slip::read(row, all, &read.slips, on);
    let said = match (access.words(), all.is_empty()) {
        (Some(words), _) => Some(words),
        (None, true) => Some(Text::said("fulltext-unread")),
        (None, false) => None,
    };
    let open = read.published.as_ref().filter(|_| access == Access::Open);
    let compare = open.into_iter().flat_map(|(project, document)| {
        read.former.iter().map(move |(old, former)| {
            let to = document.ordinal;
            let href = format!("/projects/{}/documents/{}/compare/{to}", project.id, former.id);
            Link::new(href, Text::said("fulltext-compare").with("number", old.number.as_str()))
        })
    });
    FullTextPage {
        head,
        validity: Validity {
            pill: edition::pill(read.state),
            sentence: Text::word("specification-validity", read.state.key()).with_date("day", on),
            instead: if in_force {
                Vec::new()
            } else {
                read.instead.iter().map(edition::link).collect()
            },
            stop: !in_force,
        },
        nothing: said.map(|title| Empty {
            title,
            text: None,
            action: Some(Link::new(edition::href(row), Text::said("fulltext-back"))),
        }),
        original: open.map(|(project, document)| {
            let href = format!("/projects/{}/documents/{}", project.id, document.ordinal);
            Link::new(href, Text::plain(&document.file_name))
        }),
        compare: compare.collect(),
        contents: contents(&as_read.clauses, |_| 0),
        clauses: as_read.shown,
        slips: as_read.slips,
        on: (on != today).then(|| on.to_string()),
        stamp: row.last_reexamined_on.map(|on| Text::said("fulltext-stamp").with_date("day", on)),
        reads: Text::said("fulltext-reads").with("n", read.reads),
        permanent: format!("{}{}", app.base_url, href(row)),
    }
}

#[get("/specifications/<number>/text?<on>")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    number: String,
    on: Option<&str>,
) -> Result<Page, WebError> {
    let mut read = read(app, shelf, number, address::day(on)?).await?;
    if read.text.is_some() {
        let (id, on) = (read.row.id, deadline::day_of(app.now()));
        // The count is of no weight: a reader of an instance that takes no writes reads all the same.
        match app.write(move |tx| Ok(reads::count(tx.conn(), id, on)?)).await {
            Ok(()) => read.reads += 1,
            Err(error) => tracing::warn!(%error, "a reading was not counted"),
        }
    }
    Ok(Page::new("pages/public/fulltext", &view(app, &read, &visitor)))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show]
}
