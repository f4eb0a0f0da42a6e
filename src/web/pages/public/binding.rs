//! Which checks of drafts bind in a committee (强制检查): the form for its secretariat and its chair.

use std::collections::BTreeSet;

use quanheng_actions::document::checks::{BINDERS, BindChecks, bind_checks, bound};
use quanheng_actions::round::case::not_yours;
use quanheng_actions::{ActionError, report};
use quanheng_db::register::CommitteeRow;
use quanheng_domain::Keyed;
use quanheng_domain::check::CheckKind;
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, http::Status, post, routes};

use super::Shelf;
use super::committees::find;
use crate::pages::address;
use crate::views::{Choice, Crumb, Field, FieldKind, FormPage, Text, Tone, faults_of};
use crate::voice::fault_at;
use crate::{Answer, App, Page, SignedIn, Typed, WebError};

/// The address of the form of a committee.
pub fn href(row: &CommitteeRow) -> String {
    format!("/committees/{}/checks", address::encoded(&row.segment()))
}

async fn file(
    app: &App,
    shelf: &Shelf,
    actor: Actor,
    code: String,
) -> Result<(CommitteeRow, BTreeSet<CheckKind>), WebError> {
    let (held, now) = (shelf.clone(), app.now());
    let file = app
        .read(move |conn| {
            let catalogue = held.catalogue(conn, now)?;
            let row = find(&catalogue, &code).cloned().ok_or(ActionError::NotFound)?;
            let parties = report::parties(&actor, &row);
            if !BINDERS.iter().any(|party| parties.contains(party)) {
                return Err(not_yours(&BINDERS));
            }
            let binds = bound(conn, row.id)?;
            Ok((row, binds))
        })
        .await?;
    Ok(file)
}

fn form(
    row: &CommitteeRow,
    binds: &BTreeSet<CheckKind>,
    back: Option<(&Typed, &WebError)>,
) -> FormPage {
    let note = back.map_or("", |(typed, _)| typed.raw("note"));
    let faults = back.map_or(&[][..], |(_, error)| error.fields.as_slice());
    let mut which = Field::new(FieldKind::Checks, "check", Text::said("checks-binding-which"))
        .fault(fault_at(faults, "check"));
    which.choices = CheckKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.to_string(),
            text: Text::word("check-kind", kind.key()),
            hint: None,
            chosen: binds.contains(kind),
        })
        .collect();
    let note = Field::new(FieldKind::Text, "note", Text::said("checks-binding-note"))
        .value(note)
        .fault(fault_at(faults, "note"))
        .attr("maxlength", 2_000);
    let fields = vec![which, note];
    let title = Text::said("checks-binding-title");
    let mut page =
        FormPage::new(title.clone(), href(row), fields, Text::said("checks-binding-save"));
    page.faults = faults_of(&page.fields);
    page.head.lead = Some(Text::said("checks-binding-lead"));
    let segment = address::encoded(&row.segment());
    page.head.crumbs = vec![
        Crumb { text: Text::said("committees-title"), href: Some("/committees".to_owned()) },
        Crumb { text: Text::plain(&row.name_zh), href: Some(format!("/committees/{segment}")) },
        Crumb { text: title, href: None },
    ];
    page
}

#[get("/committees/<code>/checks")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    code: String,
) -> Result<Page, WebError> {
    let (row, binds) = file(app, shelf, signed_in.actor, code).await?;
    Ok(Page::new("pages/forms/form", &form(&row, &binds, None)).private())
}

/// The checks that were ticked.
fn ticked(typed: &Typed) -> Result<BTreeSet<CheckKind>, WebError> {
    typed
        .all("check")
        .iter()
        .map(|key| CheckKind::from_key(key).map_err(|_| WebError::malformed()))
        .collect()
}

#[post("/committees/<code>/checks", data = "<typed>")]
async fn save(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    code: String,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let (row, _) = file(app, shelf, signed_in.actor.clone(), code).await?;
    let checks = ticked(&typed)?;
    let command =
        BindChecks { committee: row.id, checks: checks.clone(), note: typed.text("note") };
    let (actor, path) = (signed_in.actor, href(&row));
    let done = app
        .once(typed.once(), move |tx| {
            let n = bind_checks(tx, &actor, &command)?;
            let text = Text::said("checks-binding-saved").with("n", n as u64);
            Ok(Answer::see(path.clone()).saying(Tone::Good, &text))
        })
        .await;
    match done {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) if error.status == Status::UnprocessableEntity => {
            let page = form(&row, &checks, Some((&typed, &error)));
            Ok(Err(Page::new("pages/forms/form", &page).private().status(error.status)))
        }
        Err(error) => Err(error),
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, save]
}
