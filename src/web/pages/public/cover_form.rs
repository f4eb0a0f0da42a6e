//! Completing the cover of an edition, and keeping the list of measurement standards that use it (F22), for those in whose care it is.

use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::cover::{self as verbs, Cover, EnterCover, Standard};
use quanheng_db::covers::{self, CoverRow, MeasurementStandardRow};
use quanheng_db::specifications::{self, SpecificationRow};
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::people::Actor;
use rocket::{Route, State, get, post, routes};

use super::{Shelf, edition, specification::identity};
use crate::pages::address;
use crate::pages::projects::{Again, FormView, Part};
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{Crumb, Field, FieldKind, PageHead, Text, Tone};
use crate::{Answer, App, Done, Page, PageForm, SignedIn, Typed, WebError};

struct Read {
    edition: SpecificationRow,
    cover: Option<CoverRow>,
    standards: Vec<MeasurementStandardRow>,
}

fn label(field: &str) -> Text {
    Text::word("cover-field", field)
}

fn form(read: &Read, path: &str, again: Option<&Again>) -> FormView {
    let part = Part::new("cover", again);
    let kept = |value: fn(&CoverRow) -> &String| {
        read.cover.as_ref().map(value).cloned().unwrap_or_default()
    };
    let field = |kind, name: &str, value: String, most: u32| {
        let made = part.field(kind, name, label(&name.replace('_', "-"))).attr("maxlength", most);
        if part.is_back() { made } else { made.value(value) }
    };
    let hinted = |field: Field, hint: &str| field.hint(Text::said(hint));
    let fields = vec![
        hinted(field(FieldKind::Text, "ics", kept(|c| &c.ics), 200), "cover-hint-ics"),
        hinted(field(FieldKind::Text, "ccs", kept(|c| &c.ccs), 200), "cover-hint-ccs"),
        field(FieldKind::Text, "publisher", kept(|c| &c.publisher), 200),
        hinted(field(FieldKind::Text, "isbn", kept(|c| &c.isbn), 120), "cover-hint-isbn"),
        field(FieldKind::Text, "interpreter", kept(|c| &c.interpreter), 200),
        hinted(
            field(FieldKind::Textarea, "joining_units", kept(|c| &c.joining_units), 2_000),
            "cover-hint-units",
        )
        .attr("rows", 2),
        hinted(
            field(FieldKind::Textarea, "drafters", kept(|c| &c.drafters), 2_000),
            "cover-hint-people",
        )
        .attr("rows", 3),
        field(FieldKind::Textarea, "joining_drafters", kept(|c| &c.joining_drafters), 2_000)
            .attr("rows", 3),
        field(FieldKind::Textarea, "statement", kept(|c| &c.statement), 2_000).attr("rows", 3),
    ];
    FormView { action: format!("{path}/cover"), fields, button: Text::said("button-save") }
}

fn standards(read: &Read, path: &str, again: Option<&Again>) -> Section {
    let part = Part::new("standard", again);
    let line = |name: &str| {
        part.field(FieldKind::Text, name, label(name)).required().attr("maxlength", 200)
    };
    let fields = vec![
        line("name"),
        line("certificate"),
        line("keeper"),
        part.field(FieldKind::Date, "valid_until", label("valid-until")),
    ];
    let card = |row: &MeasurementStandardRow| Card {
        lines: vec![Text::plain(format!("{} · {}", row.certificate, row.keeper))],
        forms: vec![FormView {
            action: format!("{path}/standards/{}/remove", row.id),
            fields: Vec::new(),
            button: Text::said("cover-standard-remove"),
        }],
        ..Card::new(format!("standard-{}", row.id), Text::plain(&row.name))
    };
    let form = FormView {
        action: format!("{path}/standards"),
        fields,
        button: Text::said("cover-standard-add"),
    };
    Section {
        lead: Some(Text::said("cover-standards-lead")),
        cards: read.standards.iter().map(card).collect(),
        folds: vec![part.fold("cover-standard-one", form)],
        ..Section::new("standards", Text::said("cover-standards"))
    }
}

async fn page(
    app: &App,
    actor: Actor,
    id: SpecificationId,
    again: Option<&Again>,
) -> Result<Page, WebError> {
    let read = app.read(move |conn| {
        let edition = specifications::find(conn, id)?.ok_or(ActionError::NotFound)?;
        care::must_keep(&actor, &edition)?;
        let (cover, standards) = (covers::cover(conn, id)?, covers::standards_of(conn, id)?);
        Ok::<_, ActionError>(Read { edition, cover, standards })
    });
    let read = read.await?;
    let path = edition::href(&read.edition);
    let mut head = PageHead::new(Text::said("cover-title"));
    head.code = Some(read.edition.number.clone());
    head.crumbs = vec![
        Crumb { text: Text::said("catalogue-title"), href: Some("/specifications".to_owned()) },
        Crumb { text: Text::plain(&read.edition.number), href: Some(path.clone()) },
        Crumb { text: Text::said("cover-title"), href: None },
    ];
    let cover = Section {
        lead: Some(Text::said("cover-lead")),
        forms: vec![form(&read, &path, again)],
        ..Section::new("cover", Text::said("specification-cover"))
    };
    let sections = vec![cover, standards(&read, &path, again)];
    Ok(Sections::new(head, sections, again).page().private())
}

#[get("/specifications/<number>/cover")]
async fn show(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
) -> Result<Page, WebError> {
    let id = identity(app, shelf, number).await?;
    page(app, signed_in.actor, id, None).await
}

fn back(number: &str, anchor: &str, key: &str) -> Answer {
    let to = format!("/specifications/{}/cover#{anchor}", address::encoded(number));
    Answer::see(to).saying(Tone::Good, &Text::said(key))
}

#[post("/specifications/<number>/cover", data = "<typed>")]
async fn enter(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (id, number) = (identity(app, shelf, number).await?, number.to_owned());
    PageForm::new(app, signed_in.actor, "cover", typed)
        .act(
            |form| {
                let cover = Cover {
                    ics: form.line("ics"),
                    ccs: form.line("ccs"),
                    publisher: form.line("publisher"),
                    isbn: form.line("isbn"),
                    interpreter: form.line("interpreter"),
                    joining_units: form.text("joining_units"),
                    drafters: form.text("drafters"),
                    joining_drafters: form.text("joining_drafters"),
                    statement: form.text("statement"),
                };
                Ok(EnterCover { specification: id, cover })
            },
            move |tx, actor, command| {
                verbs::enter(tx, actor, command)?;
                Ok(back(&number, "cover", "cover-entered"))
            },
            async |actor, again| page(app, actor, id, Some(&again)).await,
        )
        .await
}

#[post("/specifications/<number>/standards", data = "<typed>")]
async fn add(
    app: &State<App>,
    shelf: &State<Shelf>,
    signed_in: SignedIn,
    number: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let (id, number) = (identity(app, shelf, number).await?, number.to_owned());
    PageForm::new(app, signed_in.actor, "standard", typed)
        .act(
            |form| {
                Ok(Standard {
                    specification: id,
                    name: form.line("name"),
                    certificate: form.line("certificate"),
                    keeper: form.line("keeper"),
                    valid_until: form.day("valid_until")?,
                })
            },
            move |tx, actor, command| {
                verbs::add_standard(tx, actor, command)?;
                Ok(back(&number, "standards", "cover-standard-added"))
            },
            async |actor, again| page(app, actor, id, Some(&again)).await,
        )
        .await
}

#[post("/specifications/<number>/standards/<standard>/remove", data = "<typed>")]
async fn remove(
    app: &State<App>,
    signed_in: SignedIn,
    number: &str,
    standard: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let standard: ObjectId = standard.parse().map_err(|_| WebError::not_found())?;
    let (actor, number) = (signed_in.actor, number.to_owned());
    app.once(typed.once(), move |tx| {
        verbs::remove_standard(tx, &actor, &standard)?;
        Ok(back(&number, "standards", "cover-standard-removed"))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, enter, add, remove]
}
