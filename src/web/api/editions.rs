//! What belongs to an edition beside its entry in the catalogue: cover, measurement standards that use it, slips with their items.

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::specification::cover::{self, Cover, EnterCover, Standard};
use quanheng_actions::specification::slip::{self, Enter};
use quanheng_db::covers::{self, CoverRow};
use quanheng_domain::slip::{SlipAct, SlipItem};
use rocket::{Route, State, get, http::Status, post, put, routes};
use serde::Deserialize;
use serde_json::{Value, json};

use super::sent::{Body, body};
use super::specifications::find;
use super::{Listed, Reply, id};
use crate::{Answer, ApiActor, App, Once, WebError};

fn told(row: Option<&CoverRow>) -> Value {
    let Some(row) = row else { return Value::Null };
    json!({
        "ics": row.ics, "ccs": row.ccs, "publisher": row.publisher, "isbn": row.isbn, "interpreter": row.interpreter,
        "joining_units": row.joining_units, "drafters": row.drafters, "joining_drafters": row.joining_drafters,
        "statement": row.statement,
    })
}

#[get("/specifications/<number>/cover")]
async fn show(app: &State<App>, number: &str) -> Reply<Value> {
    let number = number.to_owned();
    let read = app.read(move |conn| {
        let row = find(conn, &number)?;
        let standards = covers::standards_of(conn, row.id)?.into_iter().map(|one| {
            json!({ "id": one.id, "name": one.name, "certificate": one.certificate, "keeper": one.keeper, "valid_until": one.valid_until })
        });
        let standards: Vec<Value> = standards.collect();
        let cover = covers::cover(conn, row.id)?;
        Ok::<_, ActionError>(json!({ "number": row.number, "cover": told(cover.as_ref()), "standards": standards }))
    });
    Ok(read.await?.into())
}

/// A cover as it is sent; what is left out is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CoverSent {
    ics: String,
    ccs: String,
    publisher: String,
    isbn: String,
    interpreter: String,
    joining_units: String,
    drafters: String,
    joining_drafters: String,
    statement: String,
}

#[put("/specifications/<number>/cover", data = "<sent>")]
async fn enter_cover(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    sent: Body<CoverSent>,
) -> Result<Answer, WebError> {
    let (number, sent) = (number.to_owned(), body(sent)?);
    let cover = Cover {
        ics: sent.ics,
        ccs: sent.ccs,
        publisher: sent.publisher,
        isbn: sent.isbn,
        interpreter: sent.interpreter,
        joining_units: sent.joining_units,
        drafters: sent.drafters,
        joining_drafters: sent.joining_drafters,
        statement: sent.statement,
    };
    app.once(&once, move |tx| {
        let specification = find(tx.conn(), &number)?.id;
        cover::enter(tx, &actor.actor, &EnterCover { specification, cover: cover.clone() })?;
        let kept = covers::cover(tx.conn(), specification)?;
        Answer::json(Status::Ok, &told(kept.as_ref()))
    })
    .await
}

/// A measurement standard as it is sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardSent {
    name: String,
    certificate: String,
    keeper: String,
    #[serde(default)]
    valid_until: Option<NaiveDate>,
}

#[post("/specifications/<number>/standards", data = "<sent>")]
async fn add_standard(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    number: &str,
    sent: Body<StandardSent>,
) -> Result<Answer, WebError> {
    let (number, sent) = (number.to_owned(), body(sent)?);
    app.once(&once, move |tx| {
        let command = Standard {
            specification: find(tx.conn(), &number)?.id,
            name: sent.name.clone(),
            certificate: sent.certificate.clone(),
            keeper: sent.keeper.clone(),
            valid_until: sent.valid_until,
        };
        let id = cover::add_standard(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &json!({ "id": id }))
    })
    .await
}

#[get("/specifications/<number>/slips")]
async fn slips(app: &State<App>, number: &str) -> Reply<Listed<Value>> {
    let number = number.to_owned();
    let read = app.read(move |conn| {
        let row = find(conn, &number)?;
        let told = slip::of_edition(conn, row.id)?.into_iter().map(|one| {
            json!({
                "project": one.row.project_id, "kind": one.row.kind, "ordinal": one.row.ordinal, "announcement": one.row.announcement,
                "issued_on": one.row.issued_on, "effective_on": one.row.effective_on, "items": one.items,
            })
        });
        Ok::<_, ActionError>(Listed::whole(told.collect()))
    });
    Ok(read.await?.into())
}

/// An item of a slip as it is sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemSent {
    act: SlipAct,
    clause: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    heading: String,
    #[serde(default)]
    was: String,
    #[serde(default)]
    body: String,
}

#[post("/projects/<project>/slip", data = "<sent>")]
async fn enter_item(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    sent: Body<ItemSent>,
) -> Result<Answer, WebError> {
    let (project, sent) = (id(project)?, body(sent)?);
    let item = SlipItem {
        act: sent.act,
        clause: sent.clause,
        number: sent.number,
        heading: sent.heading,
        was: sent.was,
        body: sent.body,
    };
    app.once(&once, move |tx| {
        let item = slip::enter(tx, &actor.actor, &Enter { project, item: item.clone() })?;
        Answer::json(Status::Ok, &json!({ "item": item }))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, enter_cover, add_standard, slips, enter_item]
}
