//! The administrators' pages: people and accounts, organisations, committees, authorities, mail, ledger, settings. To others they do not
//! exist; those of the committees are open to officers too, who keep what their authority founded.

mod committees;
mod events;
mod mails;
mod organisations;
mod people;
mod person;
mod system;

use quanheng_db::conn::AnyConn;
use rocket::Route;
use serde::Serialize;

use crate::views::{DataBlock, Field, Filters, FormFault, Link, PageHead, Pager, Table, Text};

/// Rows on a page of a list.
const PAGE: i64 = 50;

/// A list with what narrows it; template `pages/admin/list`.
#[derive(Serialize)]
struct ListPage {
    head: PageHead,
    filters: Option<Filters>,
    table: Table,
    pager: Option<Pager>,
}

/// A small form of its own: a button, perhaps with fields; template `pages/admin/object` shows a list of them.
#[derive(Serialize)]
struct Act {
    action: String,
    title: Option<Text>,
    hint: Option<Text>,
    fields: Vec<Field>,
    button: Text,
    grave: bool,
}

impl Act {
    fn new(action: impl Into<String>, button: Text) -> Self {
        Self {
            action: action.into(),
            title: None,
            hint: None,
            fields: Vec::new(),
            button,
            grave: false,
        }
    }

    fn titled(mut self, title: Text) -> Self {
        self.title = Some(title);
        self
    }

    fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    fn fields(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    fn grave(mut self) -> Self {
        self.grave = true;
        self
    }
}

/// One thing with its form and what can be done to it; template `pages/admin/object`.
#[derive(Serialize)]
struct ObjectPage {
    head: PageHead,
    /// Shown once: a link or another secret.
    secret: Option<Secret>,
    faults: Vec<FormFault>,
    /// The main form: where it goes and its fields.
    form: Option<Act>,
    blocks: Vec<DataBlock>,
    acts: Vec<Act>,
    letter: Option<crate::views::Letter>,
}

#[derive(Serialize)]
struct Secret {
    text: Text,
    value: String,
}

fn crumbs(head: &mut PageHead) {
    head.crumbs = vec![crate::views::Crumb {
        text: Text::said("nav-admin"),
        href: Some("/admin".to_owned()),
    }];
}

fn head(title: Text) -> PageHead {
    let mut head = PageHead::new(title);
    crumbs(&mut head);
    head
}

fn action(href: &str, key: &str) -> Link {
    Link::new(href, Text::said(key))
}

/// Which slice of a list a page number means.
fn slice(page: Option<u32>) -> (u64, i64) {
    let page = u64::from(page.unwrap_or(1).clamp(1, 100_000));
    (page, i64::try_from(page - 1).unwrap_or(0) * PAGE)
}

fn pager(page: u64, total: i64, query: &str) -> Option<Pager> {
    let total = u64::try_from(total).unwrap_or(0);
    let size = u64::try_from(PAGE).unwrap_or(1);
    (total > size).then(|| Pager::new(page, size, total, |number| format!("?{query}page={number}")))
}

/// A part of a query for links that keep what narrows the list.
fn kept(pairs: &[(&str, &str)]) -> String {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    filled
        .map(|(name, value)| {
            format!("{name}={}&", rocket::http::RawStr::new(value).percent_encode())
        })
        .collect()
}

/// Names of organisations for a select field, by name.
fn organisation_choices(
    conn: &mut AnyConn,
) -> Result<Vec<(String, String)>, quanheng_actions::ActionError> {
    let (rows, _) = quanheng_db::directory::organisations(conn, "", 5_000, 0)?;
    Ok(rows.into_iter().map(|row| (row.id.to_string(), row.name_zh)).collect())
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    [
        system::routes(),
        people::routes(),
        person::routes(),
        organisations::routes(),
        committees::routes(),
        mails::routes(),
        events::routes(),
    ]
    .concat()
}
