//! Completing the cover of an edition, and keeping the list of measurement standards that use it (F22), for those in whose care it is.

use quanheng_actions::ActionError;
use quanheng_actions::specification::care;
use quanheng_actions::specification::cover::{self as verbs, Cover, EnterCover, Standard};
use quanheng_db::conn::AnyConn;
use quanheng_db::covers::{self, CoverRow, MeasurementStandardRow};
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::ids::{ObjectId, SpecificationId};
use quanheng_domain::people::Actor;
use rocket::{Route, get, post, routes};

use crate::pages::projects::{Again, FormView, Part};
use crate::pages::public::edition;
use crate::pages::reader::{Reader, SignedReader, back, below};
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{Field, FieldKind, Text};
use crate::{Answer, Done, Page, Typed, WebError};

const LEAF: &str = "cover";

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

fn read(conn: &mut AnyConn, actor: &Actor, edition: SpecificationRow) -> Result<Read, ActionError> {
    care::must_keep(actor, &edition)?;
    let cover = covers::cover(conn, edition.id)?;
    let standards = covers::standards_of(conn, edition.id)?;
    Ok(Read { edition, cover, standards })
}

fn shown(read: &Read, again: Option<&Again>) -> Sections {
    let path = edition::href(&read.edition);
    let cover = Section {
        lead: Some(Text::said("cover-lead")),
        forms: vec![form(read, &path, again)],
        ..Section::new("cover", Text::said("specification-cover"))
    };
    let all = vec![cover, standards(read, &path, again)];
    Sections::new(edition::head(&read.edition, "cover-title"), all, again)
}

async fn page(
    reader: Reader<'_>,
    id: SpecificationId,
    again: Option<Again>,
) -> Result<Page, WebError> {
    let page = super::page(reader, id, read, |read| shown(read, again.as_ref()));
    Ok(page.await?.private())
}

#[get("/specifications/<number>/cover")]
async fn show(reader: SignedReader<'_>, number: &str) -> Result<Page, WebError> {
    let id = reader.0.edition(number).await?;
    page(reader.0, id, None).await
}

#[post("/specifications/<number>/cover", data = "<typed>")]
async fn enter(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "cover",
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
            Ok(EnterCover { specification, cover })
        },
        |tx, actor, command| {
            verbs::enter(tx, actor, command)?;
            Ok(back("cover", "cover-entered"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/standards", data = "<typed>")]
async fn add(reader: SignedReader<'_>, number: &str, typed: Typed) -> Result<Done, WebError> {
    let sent = reader.0.sent_below(number, LEAF, typed).await?;
    let specification = sent.about;
    sent.act(
        "standard",
        |form| {
            Ok(Standard {
                specification,
                name: form.line("name"),
                certificate: form.line("certificate"),
                keeper: form.line("keeper"),
                valid_until: form.day("valid_until")?,
            })
        },
        |tx, actor, command| {
            verbs::add_standard(tx, actor, command)?;
            Ok(back("standards", "cover-standard-added"))
        },
        page,
    )
    .await
}

#[post("/specifications/<number>/standards/<standard>/remove", data = "<typed>")]
async fn remove(
    reader: SignedReader<'_>,
    number: &str,
    standard: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let standard: ObjectId = standard.parse().map_err(|_| WebError::not_found())?;
    let sent = reader.0.sent((), below(number, LEAF), typed);
    sent.press(move |tx, actor| {
        verbs::remove_standard(tx, actor, &standard)?;
        Ok(back("standards", "cover-standard-removed"))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![show, enter, add, remove]
}
