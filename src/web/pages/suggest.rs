//! Proposing a project: anybody may suggest one, people with an account open any kind of work.

use std::collections::BTreeSet;
use std::time::Duration;

use quanheng_actions::ActionError;
use quanheng_actions::project::details::Details;
use quanheng_actions::project::{Suggest, suggest as verb};
use quanheng_db::{AnyConn, register, specifications, specifications::SpecificationRow};
use quanheng_domain::Keyed;
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::lifecycle::{Adoption, FaultCode, FieldFault, Openness, ProjectKind};
use quanheng_domain::number::SpecNumber;
use quanheng_domain::records::Origin;
use quanheng_domain::specification::{Category, Level};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::projects::word;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::{SignedIn, Visitor};
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormPage, Text, Tone};
use crate::voice::fault_at;

/// The kinds of work that the public may propose; the others belong to those who care for the text.
const PUBLIC_KINDS: &[ProjectKind] =
    &[ProjectKind::Make, ProjectKind::Revise, ProjectKind::Abolition];

/// A committee to choose: identity, code and name.
type Choices = Vec<(CommitteeId, String)>;

async fn committees(app: &App) -> Result<Choices, WebError> {
    let rows = app.read(|conn| Ok(register::all_committees(conn)?)).await?;
    let name = |code: Option<String>, name: String| {
        code.map_or_else(|| name.clone(), |code| format!("{code} {name}"))
    };
    Ok(rows.into_iter().map(|row| (row.id, name(row.code, row.name_zh))).collect())
}

struct Form<'a> {
    typed: &'a Typed,
    faults: &'a [FieldFault],
}

impl Form<'_> {
    fn field(&self, kind: FieldKind, name: &str) -> Field {
        let label = Text::word("suggest-field", name);
        Field::new(kind, name, label).value(self.typed.raw(name)).fault(fault_at(self.faults, name))
    }

    fn text(&self, name: &str, most: usize) -> Field {
        self.field(FieldKind::Text, name).attr("maxlength", most)
    }

    fn long(&self, name: &str) -> Field {
        self.field(FieldKind::Textarea, name)
            .attr("maxlength", 4_000)
            .attr("rows", 4)
            .draft(&format!("suggest-{name}"))
    }

    fn choice<K: Keyed>(&self, name: &str, values: &[K]) -> Field {
        values.iter().fold(self.field(FieldKind::Select, name), |field, value| {
            field.choice(value.key(), word(*value))
        })
    }
}

fn fields(form: &Form<'_>, committees: &Choices, inside: bool) -> Vec<Field> {
    let kinds = if inside { ProjectKind::ALL } else { PUBLIC_KINDS };
    let none = form
        .field(FieldKind::Select, "committee")
        .choice("", Text::said("suggest-committee-unknown"));
    let committee = committees
        .iter()
        .fold(none, |field, (id, name)| field.choice(&id.to_string(), Text::plain(name)));
    let mut fields = vec![
        form.choice("kind", kinds).required(),
        form.text("title_zh", 200).required(),
        form.text("title_en", 300),
        form.choice("category", Category::ALL).required(),
        form.choice("level", Level::ALL).required(),
        form.text("specification", 100).hint(Text::said("suggest-specification-hint")),
        committee,
        form.long("need").required(),
        form.long("scope").required(),
        form.long("related"),
        form.choice("adoption", Adoption::ALL),
        form.text("international", 300),
    ];
    if inside {
        let openness = form.choice("openness", Openness::ALL);
        fields.push(openness.hint(Text::said("suggest-openness-hint")));
        fields.push(form.field(FieldKind::Checkbox, "livelihood"));
    } else {
        fields.push(form.text("suggested_by", 120).required());
        fields.push(
            form.field(FieldKind::Email, "suggester_address")
                .hint(Text::said("suggest-address-hint"))
                .attr("maxlength", 254)
                .attr("autocomplete", "email")
                .required(),
        );
    }
    fields
}

fn page(typed: &Typed, faults: &[FieldFault], committees: &Choices, inside: bool) -> FormPage {
    let (title, lead, action) = if inside {
        ("suggest-new-title", "suggest-new-lead", "/projects/new")
    } else {
        ("suggest-title", "suggest-lead", "/suggest")
    };
    let fields = fields(&Form { typed, faults }, committees, inside);
    FormPage::new(Text::said(title), action, fields, Text::said("suggest-send"))
        .lead(Text::said(lead))
}

/// The form with what is known when it opens: the kind of work, and all that the text says of itself which the work is about.
fn begun(kind: &str, specification: &str, about: Option<&SpecificationRow>) -> Typed {
    Typed::of([
        ("kind", kind),
        ("specification", specification),
        ("title_zh", about.map_or("", |row| &row.title_zh)),
        ("title_en", about.map_or("", |row| &row.title_en)),
        ("category", about.map_or("", |row| row.category.key())),
        ("level", about.map_or("national", |row| row.level.key())),
        ("openness", "open"),
        ("adoption", about.map_or("none", |row| row.adoption.key())),
        ("international", about.map_or("", |row| &row.adopted_source)),
    ])
}

/// The edition of a number as somebody writes it.
fn by_number(conn: &mut AnyConn, number: &str) -> Result<SpecificationRow, ActionError> {
    let unknown = |code| ActionError::Invalid(vec![FieldFault::new("specification", code)]);
    let parsed = SpecNumber::parse(number).map_err(|_| unknown(FaultCode::NotANumber))?;
    let found = specifications::by_number(conn, &parsed.number.canonical())?;
    found.ok_or_else(|| unknown(FaultCode::Unknown))
}

#[get("/suggest")]
async fn show(app: &State<App>) -> Result<Page, WebError> {
    Ok(Page::new(
        "pages/forms/form",
        &page(&begun(ProjectKind::Make.key(), "", None), &[], &committees(app).await?, false),
    )
    .private())
}

// A page about an edition leads here with the kind of work and the number; an address that names none opens the empty form.
#[get("/projects/new?<kind>&<specification>")]
async fn show_inside(
    app: &State<App>,
    signed_in: SignedIn,
    kind: Option<&str>,
    specification: Option<&str>,
) -> Result<Page, WebError> {
    let (kind, number) =
        (kind.unwrap_or(ProjectKind::Make.key()), specification.unwrap_or_default());
    let asked = number.to_owned();
    let about = app.read(move |conn| match by_number(conn, &asked) {
        Err(ActionError::Invalid(_)) => Ok(None),
        found => found.map(Some),
    });
    let about = about.await?;
    let mut typed = begun(kind, number, about.as_ref());
    // Who sits in one committee only proposes for that one as a rule.
    let seated: BTreeSet<_> = signed_in.person.seats.iter().map(|seat| seat.committee).collect();
    let own = seated.first().filter(|_| seated.len() == 1).copied();
    if let Some(committee) = about.and_then(|row| row.committee_id).or(own) {
        typed.push("committee".to_owned(), &committee.to_string());
    }
    Ok(Page::new("pages/forms/form", &page(&typed, &[], &committees(app).await?, true)).private())
}

/// What was typed, as a command; the edition is looked up in the transaction.
fn command(typed: &Typed, locale: &str, inside: bool) -> Result<Suggest, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let kind = chosen::<ProjectKind>(typed, "kind", &mut faults);
    let category = chosen::<Category>(typed, "category", &mut faults);
    let level = chosen::<Level>(typed, "level", &mut faults);
    let committee = typed.id("committee").unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let (Some(kind), Some(category), Some(level)) = (kind, category, level) else {
        return Err(faults);
    };
    if !inside && !PUBLIC_KINDS.contains(&kind) {
        faults.push(FieldFault::new("kind", FaultCode::NotAChoice));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let openness =
        Openness::from_key(typed.raw("openness")).ok().filter(|_| inside).unwrap_or(Openness::Open);
    let details = Details {
        suggested_by: typed.line("suggested_by"),
        suggester_address: typed.line("suggester_address"),
        suggester_locale: locale.to_owned(),
        need: typed.text("need"),
        scope: typed.text("scope"),
        related: typed.text("related"),
        international: typed.line("international"),
        ..Details::default()
    };
    Ok(Suggest {
        kind,
        category,
        level,
        authority: None,
        committee,
        title_zh: typed.line("title_zh"),
        title_en: typed.line("title_en"),
        openness,
        adoption: Adoption::from_key(typed.raw("adoption")).unwrap_or(Adoption::None),
        livelihood: inside && typed.ticked("livelihood"),
        specification: None,
        details,
        origin: Origin::Proposed,
    })
}

fn chosen<K: Keyed>(typed: &Typed, name: &str, faults: &mut Vec<FieldFault>) -> Option<K> {
    let found = K::from_key(typed.raw(name)).ok();
    if found.is_none() {
        faults.push(FieldFault::new(name, FaultCode::NotAChoice));
    }
    found
}

async fn receive(
    app: &App,
    visitor: Visitor,
    typed: Typed,
    inside: bool,
) -> Result<Result<Answer, Page>, WebError> {
    let most = u32::from(app.settings.limits.comments_hour);
    app.budgets
        .spend(&format!("suggest:{}", visitor.address), most, Duration::from_secs(3_600))
        .await?;
    let received = match command(&typed, visitor.locale.key(), inside) {
        Err(faults) => Err(WebError::invalid(faults)),
        Ok(command) => {
            let (actor, number) = (visitor.actor, typed.line("specification"));
            app.once(typed.once(), move |tx| {
                let mut command = command.clone();
                if !number.is_empty() {
                    command.specification = Some(by_number(tx.conn(), &number)?.id);
                }
                let made = verb(tx, &actor, &command)?;
                let place = if inside {
                    format!("/projects/{}", made.project)
                } else {
                    "/suggest".to_owned()
                };
                let said = Text::said("suggest-received").with("receipt", made.receipt.as_str());
                Ok(Answer::see(place).saying(Tone::Good, &said))
            })
            .await
        }
    };
    let error = match received {
        Ok(answer) => return Ok(Ok(answer)),
        Err(error) => error,
    };
    let form = page(&typed, &error.into_faults()?, &committees(app).await?, inside);
    Ok(Err(Page::new("pages/forms/form", &form).status(Status::UnprocessableEntity)))
}

#[post("/suggest", data = "<typed>")]
async fn send(
    app: &State<App>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    receive(app, visitor, typed, false).await
}

#[post("/projects/new", data = "<typed>")]
async fn send_inside(
    app: &State<App>,
    visitor: Visitor,
    _signed_in: SignedIn,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    receive(app, visitor, typed, true).await
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![show, show_inside, send, send_inside]
}
