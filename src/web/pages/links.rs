//! Pages behind one-time links: set-up of the first administrator, invitation, new password.

use std::time::Duration;

use quanheng_actions::account::link;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::records::LinkPurpose;
use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use super::sign_in::{drop_session, is_address};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormPage, Text, Tone};
use crate::voice::fault_at;

/// Asks for a mail in an hour from one address.
const ASKS_AN_HOUR: u32 = 10;

fn email_field(value: &str, faults: &[FieldFault]) -> Field {
    Field::new(FieldKind::Email, "email", Text::said("field-email"))
        .required()
        .value(value)
        .attr("autocomplete", "username")
        .attr("maxlength", 254)
        .fault(fault_at(faults, "email"))
}

/// The two fields of a new password.
pub(super) fn password_fields(faults: &[FieldFault]) -> [Field; 2] {
    let field = |name: &str, label: &str| {
        Field::new(FieldKind::Password, name, Text::said(label))
            .required()
            .attr("autocomplete", "new-password")
            .attr("maxlength", 512)
            .fault(fault_at(faults, name))
    };
    [
        field("password", "field-new-password").hint(Text::said("account-password-hint")),
        field("password_again", "field-password-again"),
    ]
}

fn shown(form: &FormPage) -> Page {
    let status = if form.faults.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    Page::new("pages/forms/form", form).status(status).private()
}

#[get("/forgot")]
fn forgot() -> Page {
    shown(&forgot_form("", &[]))
}

fn forgot_form(email: &str, faults: &[FieldFault]) -> FormPage {
    let fields = vec![email_field(email, faults)];
    FormPage::new(
        Text::said("account-forgot-title"),
        "/forgot",
        fields,
        Text::said("account-forgot-button"),
    )
    .lead(Text::said("account-forgot-lead"))
    .link("/sign-in", Text::said("frame-sign-in"))
}

#[post("/forgot", data = "<typed>")]
async fn ask_reset(
    app: &State<App>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    app.budgets
        .spend(&format!("forgot:{}", visitor.address), ASKS_AN_HOUR, Duration::from_secs(3_600))
        .await?;
    let email = typed.line("email");
    if !is_address(&email) {
        let faults = [FieldFault::new("email", FaultCode::NotAnAddress)];
        return Ok(Err(shown(&forgot_form(&email, &faults))));
    }
    let bucket =
        format!("forgot-for:{}", &quanheng_actions::account::digest(&email.to_lowercase())[..24]);
    // An account that was asked for often gets no more mail, and the answer is the same.
    if app.budgets.spend(&bucket, 3, Duration::from_secs(3_600)).await.is_ok() {
        let settings = app.settings.clone();
        app.write(move |tx| link::ask_reset(tx, &email, &settings.security)).await?;
    }
    Ok(Ok(Answer::see("/sign-in").saying(Tone::Info, &Text::said("account-forgot-done"))))
}

/// The links with which somebody known chooses a password.
#[derive(Clone, Copy)]
enum Chosen {
    Invitation,
    Reset,
}

impl Chosen {
    fn purpose(self) -> LinkPurpose {
        match self {
            Self::Invitation => LinkPurpose::Invitation,
            Self::Reset => LinkPurpose::Reset,
        }
    }

    fn path(self, token: &str) -> String {
        match self {
            Self::Invitation => format!("/invitation/{token}"),
            Self::Reset => format!("/reset/{token}"),
        }
    }

    fn title(self) -> Text {
        match self {
            Self::Invitation => Text::said("account-invitation-title"),
            Self::Reset => Text::said("account-reset-title"),
        }
    }
}

async fn open(
    app: &App,
    chosen: Chosen,
    token: &str,
) -> Result<quanheng_db::register::PersonRow, WebError> {
    let (token, now) = (token.to_owned(), app.now());
    let open = app.read(move |conn| link::open(conn, chosen.purpose(), &token, now)).await;
    let gone = || WebError::not_found().saying(Text::said("account-link-gone"));
    open.map_err(WebError::from)
        .and_then(|open| open.person.ok_or_else(gone))
        .map_err(|error| if error.status == Status::NotFound { gone() } else { error })
}

fn choose_form(
    chosen: Chosen,
    token: &str,
    person: &quanheng_db::register::PersonRow,
    faults: &[FieldFault],
) -> FormPage {
    let name = Field::new(FieldKind::Hidden, "username", Text::plain(""))
        .value(person.email.clone().unwrap_or_default());
    let fields = std::iter::once(name).chain(password_fields(faults)).collect();
    FormPage::new(chosen.title(), chosen.path(token), fields, Text::said("account-choose-button"))
        .lead(
            Text::said("account-choose-lead")
                .with("name", person.name_zh.clone())
                .with("email", person.email.clone().unwrap_or_default()),
        )
}

async fn show_choice(app: &App, chosen: Chosen, token: &str) -> Result<Page, WebError> {
    let person = open(app, chosen, token).await?;
    Ok(shown(&choose_form(chosen, token, &person, &[])))
}

async fn choose(
    app: &App,
    chosen: Chosen,
    token: &str,
    typed: &Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let person = open(app, chosen, token).await?;
    let own =
        [person.name_zh.as_str(), &person.name_en, person.email.as_deref().unwrap_or_default()];
    let faults = app.passwords().faults(
        "password",
        typed.raw("password"),
        typed.raw("password_again"),
        &own,
    );
    if !faults.is_empty() {
        return Ok(Err(shown(&choose_form(chosen, token, &person, &faults))));
    }
    let hash = app.hash(typed.raw("password").to_owned()).await?;
    let token = token.to_owned();
    app.write(move |tx| link::choose_password(tx, chosen.purpose(), &token, &hash)).await?;
    Ok(Ok(Answer::see("/sign-in").saying(Tone::Good, &Text::said("account-choose-done"))))
}

#[get("/invitation/<token>")]
async fn invitation(app: &State<App>, token: &str) -> Result<Page, WebError> {
    show_choice(app, Chosen::Invitation, token).await
}

#[post("/invitation/<token>", data = "<typed>")]
async fn accept(
    app: &State<App>,
    token: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    choose(app, Chosen::Invitation, token, &typed).await
}

#[get("/reset/<token>")]
async fn reset(app: &State<App>, token: &str) -> Result<Page, WebError> {
    show_choice(app, Chosen::Reset, token).await
}

#[post("/reset/<token>", data = "<typed>")]
async fn set_anew(
    app: &State<App>,
    token: &str,
    typed: Typed,
    jar: &CookieJar<'_>,
) -> Result<Result<Answer, Page>, WebError> {
    let done = choose(app, Chosen::Reset, token, &typed).await?;
    if done.is_ok() {
        drop_session(app, jar);
    }
    Ok(done)
}

fn setup_form(token: &str, typed: &Typed, faults: &[FieldFault]) -> FormPage {
    let name = Field::new(FieldKind::Text, "name", Text::said("field-name"))
        .required()
        .value(typed.raw("name"))
        .attr("autocomplete", "name")
        .attr("maxlength", 100)
        .fault(fault_at(faults, "name"));
    let mut fields = vec![name, email_field(typed.raw("email"), faults)];
    fields.extend(password_fields(faults));
    let title = Text::said("account-setup-title");
    FormPage::new(title, format!("/setup/{token}"), fields, Text::said("account-setup-button"))
        .lead(Text::said("account-setup-lead"))
}

async fn setup_is_open(app: &App, token: &str) -> Result<(), WebError> {
    let (token, now) = (token.to_owned(), app.now());
    match app.read(move |conn| link::open(conn, LinkPurpose::Setup, &token, now)).await {
        Ok(_) => Ok(()),
        Err(quanheng_actions::ActionError::NotFound) => {
            Err(WebError::not_found().saying(Text::said("account-link-gone")))
        }
        Err(error) => Err(error.into()),
    }
}

#[get("/setup/<token>")]
async fn setup(app: &State<App>, token: &str) -> Result<Page, WebError> {
    setup_is_open(app, token).await?;
    Ok(shown(&setup_form(token, &Typed::default(), &[])))
}

#[post("/setup/<token>", data = "<typed>")]
async fn set_up(
    app: &State<App>,
    visitor: Visitor,
    token: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    setup_is_open(app, token).await?;
    let (name, email) = (typed.line("name"), typed.line("email"));
    let mut faults = Vec::new();
    if name.is_empty() {
        faults.push(FieldFault::new("name", FaultCode::Missing));
    }
    if !is_address(&email) {
        faults.push(FieldFault::new("email", FaultCode::NotAnAddress));
    }
    faults.extend(app.passwords().faults(
        "password",
        typed.raw("password"),
        typed.raw("password_again"),
        &[&name, &email],
    ));
    if !faults.is_empty() {
        return Ok(Err(shown(&setup_form(token, &typed, &faults))));
    }
    let hash = app.hash(typed.raw("password").to_owned()).await?;
    let command =
        link::SetUp { token: token.to_owned(), name, email, locale: visitor.locale, hash };
    app.write(move |tx| link::set_up(tx, &command)).await?;
    Ok(Ok(Answer::see("/sign-in").saying(Tone::Good, &Text::said("account-setup-done"))))
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![forgot, ask_reset, invitation, accept, reset, set_anew, setup, set_up]
}
