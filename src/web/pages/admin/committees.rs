//! The list of committees for those who keep them, and founding one.

use quanheng_actions::committee::found;
use quanheng_db::register::{self, AuthorityRow, CommitteeRow};
use quanheng_domain::deadline;
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::people::{Actor, Role};
use rocket::{Route, State, get, post, routes};

use super::{ListPage, action, head};
use crate::guards::Keeper;
use crate::page_form::{Done, PageForm};
use crate::pages::keepers::committee as keeping;
use crate::pages::projects::{Again, Part, word};
use crate::pages::public::committee_pill;
use crate::views::{Cell, Column, Crumb, Empty, FormPage, PageHead, Row, Table, Text, Tone};
use crate::{Answer, App, Page, Typed, WebError};

const PATH: &str = "/admin/committees";

/// To officers the administrators' start page does not exist.
fn headed(title: Text, actor: &Actor) -> PageHead {
    let mut made = head(title);
    if actor.person().is_none_or(|person| !person.administrator) {
        made.crumbs =
            vec![Crumb { text: Text::said("committees-title"), href: Some("/committees".into()) }];
    }
    made
}

fn term(row: &CommitteeRow) -> Cell {
    let Some(number) = row.term_no else {
        return Cell::text(Text::said("admin-committee-no-term"));
    };
    let cell = Cell::text(Text::said("committees-term").with("n", number));
    match row.term_end {
        Some(end) => cell.note(Text::said("committees-until").with_date("day", end)),
        None => cell,
    }
}

fn line(row: &CommitteeRow, authorities: &[AuthorityRow], held: &[(CommitteeId, Role)]) -> Row {
    let authority = authorities.iter().find(|one| one.id == row.authority_id);
    let voting =
        held.iter().filter(|(committee, role)| *committee == row.id && role.is_voting()).count();
    let mut name = Cell::link(keeping::path(row), row.name_zh.clone());
    name.code.clone_from(&row.code);
    Row {
        cells: vec![
            name.note(word(row.kind)),
            Cell::text(authority.map(|one| one.name_zh.clone()).unwrap_or_default()),
            term(row),
            Cell::text(voting.to_string()),
            Cell::pill(committee_pill(row.state)),
        ],
        ..Row::default()
    }
}

#[get("/admin/committees")]
async fn list(app: &State<App>, keeper: Keeper) -> Result<Page, WebError> {
    let today = deadline::day_of(app.now());
    let actor = keeper.signed_in.actor.clone();
    let (rows, authorities, held) = app
        .read(move |conn| {
            let authorities = keeping::authorities(conn, &actor)?;
            let mut rows = register::all_committees(conn)?;
            rows.retain(|row| authorities.iter().any(|one| one.id == row.authority_id));
            Ok((rows, authorities, register::roles_on(conn, today)?))
        })
        .await?;
    let mut head = headed(Text::said("admin-committees"), &keeper.signed_in.actor);
    head.actions = vec![action("/admin/committees/new", "admin-committee-new")];
    let text = |key: &str| Column::new(Text::said(key));
    let view = ListPage {
        head,
        filters: None,
        table: Table {
            caption: Text::said("admin-committees"),
            caption_hidden: true,
            columns: vec![
                text("admin-committee"),
                text("admin-authority"),
                text("committees-data-term"),
                Column::numeric(Text::said("admin-committee-members")),
                text("admin-committee-state"),
            ],
            rows: rows.iter().map(|row| line(row, &authorities, &held)).collect(),
            empty: Some(Empty {
                title: Text::said("committees-none"),
                text: Some(Text::said("admin-committees-none-text")),
                action: Some(action("/admin/committees/new", "admin-committee-new")),
            }),
        },
        pager: None,
    };
    Ok(Page::new("pages/admin/list", &view).private())
}

async fn form(app: &App, actor: Actor, again: Option<&Again>) -> Result<Page, WebError> {
    let asked = actor.clone();
    let (authorities, parents) = app
        .read(move |conn| {
            Ok((keeping::authorities(conn, &asked)?, register::all_committees(conn)?))
        })
        .await?;
    let part = Part::new("committee", again);
    let fields = keeping::data::fields(&part, None, &authorities, &parents);
    let title = Text::said("admin-committee-new");
    let mut page = FormPage::new(title.clone(), PATH, fields, Text::said("admin-committee-found"));
    page.faults = again.map(Again::summary).unwrap_or_default();
    page.head = headed(title, &actor);
    page.head.lead = Some(Text::said("admin-committee-new-lead"));
    let list = Some(PATH.to_owned());
    page.head.crumbs.push(Crumb { text: Text::said("admin-committees"), href: list });
    Ok(Page::new("pages/forms/form", &page).private())
}

#[get("/admin/committees/new")]
async fn new(app: &State<App>, keeper: Keeper) -> Result<Page, WebError> {
    form(app, keeper.signed_in.actor, None).await
}

#[post("/admin/committees", data = "<typed>")]
async fn add(app: &State<App>, keeper: Keeper, typed: Typed) -> Result<Done, WebError> {
    PageForm::new(app, keeper.signed_in.actor, "committee", typed)
        .act(
            keeping::data::entry,
            |tx, actor, entry| {
                let row = found::found(tx, actor, entry)?;
                Ok(Answer::see(keeping::path(&row))
                    .saying(Tone::Good, &Text::said("admin-committee-founded")))
            },
            async |actor, again| form(app, actor, Some(&again)).await,
        )
        .await
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![list, new, add]
}
