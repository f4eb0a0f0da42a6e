//! The moves of a project from where it stands, and what people do towards them: consent, and being named.

use std::collections::BTreeMap;

use quanheng_actions::project::{self, Advance, load};
use quanheng_domain::{
    lifecycle::{self, Field, Input, Move, Preview, Shape},
    notice::NoticeKey,
    people::{Party, ProjectRole},
    refusal::Refusal,
    rules::{Profile, RuleKey, RuleText},
    stage::Stage,
};
use rocket::{Route, State, get, http::Status, post, routes};
use serde::{Deserialize, Serialize};

use super::projects::{Deadline, known};
use super::sent::{Body, body};
use super::{Listed, Reply, id};
use crate::{Answer, ApiActor, App, Once, Visitor, WebError};

/// A rule with its ground.
#[derive(Debug, Clone, Serialize)]
pub struct Cited {
    key: RuleKey,
    value: String,
    unit: String,
    article: String,
    source: String,
    mark: String,
    confirmed: bool,
}

impl Cited {
    /// The rule of a profile.
    pub fn of(profile: &Profile, key: RuleKey) -> Self {
        let rule = profile.rule(key);
        let text = RuleText::from(rule);
        Self {
            key,
            value: text.value,
            unit: rule.unit().to_string(),
            article: text.article,
            source: text.source,
            mark: text.mark,
            confirmed: text.confirmed,
        }
    }
}

/// A move from where the project stands.
#[derive(Debug, Clone, Serialize)]
pub struct PossibleMove {
    #[serde(rename = "move")]
    key: Move,
    source: &'static str,
    to: Stage,
    allowed: bool,
    yours: bool,
    who: Vec<Party>,
    next: bool,
    fields: Vec<MoveField>,
    conditions: Vec<Condition>,
    opens: Vec<Deadline>,
    tells: Vec<NoticeKey>,
}

/// A field that a move asks for.
#[derive(Debug, Clone, Serialize)]
pub struct MoveField {
    field: Field,
    required: bool,
    shape: &'static str,
    choices: &'static [&'static str],
}

/// A condition of a move.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    need: &'static str,
    met: bool,
    rule: Option<Cited>,
    refusal: Option<Refusal>,
}

#[get("/projects/<project>/moves")]
async fn moves(app: &State<App>, visitor: Visitor, project: &str) -> Reply<Listed<PossibleMove>> {
    let (project, now) = (id(project)?, app.now());
    let all = app
        .read(move |conn| {
            known(conn, project, &visitor.actor)?;
            let mut loaded = load::load(conn, project, now)?;
            let previews = loaded.moves_open_to(&visitor.actor);
            Ok(previews.into_iter().map(|preview| possible(&loaded.profile, preview)).collect())
        })
        .await?;
    Ok(Listed::whole(all).into())
}

fn possible(profile: &Profile, preview: Preview) -> PossibleMove {
    let row = preview.row;
    let field = |ask: &lifecycle::Ask| {
        let (shape, choices): (_, &'static [&'static str]) = match ask.field.shape() {
            Shape::Line(_) => ("line", &[]),
            Shape::Text(_) => ("text", &[]),
            Shape::Day => ("day", &[]),
            Shape::Choice(keys) => ("choice", keys),
        };
        MoveField { field: ask.field, required: ask.required, shape, choices }
    };
    PossibleMove {
        key: row.key,
        source: row.source,
        to: preview.to,
        allowed: preview.allowed(),
        yours: preview.yours,
        who: row.who.to_vec(),
        next: row.main,
        fields: row.asks.iter().map(field).collect(),
        conditions: preview
            .checks
            .iter()
            .map(|check| Condition {
                need: check.need,
                met: check.refusal.is_none(),
                rule: check.rule.map(|key| Cited::of(profile, key)),
                refusal: check.refusal.clone(),
            })
            .collect(),
        opens: preview
            .opens
            .iter()
            .map(|open| Deadline { kind: open.kind, due_at: open.due_at })
            .collect(),
        tells: row.tells.to_vec(),
    }
}

/// The body of a move: its key, a remark, its fields, and the version that was seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    #[serde(rename = "move")]
    key: Move,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    if_version: Option<i64>,
    #[serde(default)]
    input: BTreeMap<Field, String>,
}

#[post("/projects/<project>/moves", data = "<step>")]
async fn advance(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    step: Body<Step>,
) -> Result<Answer, WebError> {
    let (project, step) = (id(project)?, body(step)?);
    let mut fields = step.input;
    if let Some(note) = step.note {
        fields.insert(Field::Note, note);
    }
    let command =
        Advance { project, key: step.key, input: Input(fields), if_version: step.if_version };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        let done = project::advance(tx, &actor.actor, &command)?;
        let told = serde_json::json!({
            "project": project, "event": done.event, "from": done.from, "to": done.to, "version": done.version, "told": done.told,
        });
        Answer::json(Status::Ok, &told)
    })
    .await
}

/// The body of a consent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentBody {
    agreed: bool,
    #[serde(default)]
    note: String,
}

#[post("/projects/<project>/consents", data = "<given>")]
async fn consent(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    given: Body<ConsentBody>,
) -> Result<Answer, WebError> {
    let (project, given) = (id(project)?, body(given)?);
    let command = project::consent::Consent { project, agreed: given.agreed, note: given.note };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        project::consent::consent(tx, &actor.actor, &command)?;
        Answer::json(
            Status::Ok,
            &serde_json::json!({ "project": project, "agreed": command.agreed }),
        )
    })
    .await
}

/// The body that names a person in a project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonBody {
    person: String,
    role: ProjectRole,
    #[serde(default = "yes")]
    named: bool,
}

fn yes() -> bool {
    true
}

#[post("/projects/<project>/people", data = "<named>")]
async fn people(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    named: Body<PersonBody>,
) -> Result<Answer, WebError> {
    let (project, named) = (id(project)?, body(named)?);
    let command = project::units::NamePerson {
        project,
        person: id(&named.person)?,
        role: named.role,
        named: named.named,
    };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        project::units::name_person(tx, &actor.actor, &command)?;
        Answer::json(Status::Ok, &serde_json::json!({ "project": project, "person": command.person, "role": command.role }))
    })
    .await
}

/// The body that names a drafting unit of a project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitBody {
    unit: String,
    #[serde(default)]
    lead: bool,
    #[serde(default = "yes")]
    named: bool,
}

#[post("/projects/<project>/units", data = "<named>")]
async fn units(
    app: &State<App>,
    actor: ApiActor,
    once: Once,
    project: &str,
    named: Body<UnitBody>,
) -> Result<Answer, WebError> {
    let (project, named) = (id(project)?, body(named)?);
    let UnitBody { unit, lead, named } = named;
    let command = project::units::NameUnit { project, unit, lead, named };
    app.once(&once, move |tx| {
        known(tx.conn(), project, &actor.actor)?;
        project::units::name_unit(tx, &actor.actor, &command)?;
        Answer::json(
            Status::Ok,
            &serde_json::json!({ "project": project, "unit": command.unit, "named": command.named }),
        )
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![moves, advance, consent, people, units]
}
