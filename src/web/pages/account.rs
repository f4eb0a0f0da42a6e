//! One's own account: profile, password, sessions, API tokens, preferences.

use quanheng_actions::account::{profile, session, token};
use quanheng_db::accounts::{self, SessionRow, TokenRow};
use quanheng_db::register::{self, PersonRow};
use quanheng_domain::ids::{SessionId, TokenId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::{Keyed, Locale};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde::Serialize;

use super::links::password_fields;
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page::Page;
use crate::typed::Typed;
use crate::views::{Field, FieldKind, FormFault, FormPage, PageHead, Text, Tone, faults_of};
use crate::voice::fault_at;

#[derive(Serialize)]
struct AccountPage {
    head: PageHead,
    faults: Vec<FormFault>,
    profile: Vec<Field>,
    tokens: Vec<TokenLine>,
    token_fields: Vec<Field>,
    new_token: Option<String>,
    sessions: Vec<SessionLine>,
    other_sessions: bool,
}

#[derive(Serialize)]
struct TokenLine {
    id: String,
    name: String,
    created_at: String,
    used_at: Option<String>,
}

#[derive(Serialize)]
struct SessionLine {
    id: String,
    agent: String,
    seen_at: String,
    present: bool,
}

struct Mine {
    person: PersonRow,
    optional_mail: bool,
    tokens: Vec<TokenRow>,
    sessions: Vec<SessionRow>,
}

async fn mine(app: &App, signed_in: &SignedIn) -> Result<Mine, WebError> {
    let (id, now) = (signed_in.person.person, app.now());
    let mine = app.read(move |conn| {
        let gone = quanheng_actions::ActionError::NotFound;
        let person = register::person(conn, id)?.ok_or(quanheng_actions::ActionError::NotFound)?;
        let optional_mail = accounts::account(conn, id)?.ok_or(gone)?.optional_mail;
        let tokens = accounts::tokens_of(conn, id)?
            .into_iter()
            .filter(|token| token.revoked_at.is_none())
            .collect();
        let sessions = accounts::sessions_of(conn, id)?
            .into_iter()
            .filter(|session| session.ends_at > now)
            .collect();
        Ok(Mine { person, optional_mail, tokens, sessions })
    });
    Ok(mine.await?)
}

fn profile_fields(mine: &Mine, typed: Option<&Typed>, faults: &[FieldFault]) -> Vec<Field> {
    let person = &mine.person;
    let value = |name: &str, stored: &str| {
        typed.map_or_else(|| stored.to_owned(), |typed| typed.raw(name).to_owned())
    };
    let line = |name: &str, label: &str, stored: &str| {
        Field::new(FieldKind::Text, name, Text::said(label))
            .value(value(name, stored))
            .attr("maxlength", 100)
            .fault(fault_at(faults, name))
    };
    let mut locale = Field::new(FieldKind::Select, "locale", Text::said("field-locale"))
        .value(value("locale", &person.locale));
    for one in Locale::ALL {
        locale = locale.choice(one.key(), Text::word("locale", one.key()));
    }
    let wanted = typed.map_or(mine.optional_mail, |typed| typed.ticked("optional_mail"));
    vec![
        Field::new(FieldKind::Hidden, "if_version", Text::plain(""))
            .value(person.version.to_string()),
        line("name_en", "field-name-en", &person.name_en),
        line("post", "field-post", &person.post),
        line("title", "field-title", &person.title),
        locale,
        Field::new(FieldKind::Checkbox, "optional_mail", Text::said("field-optional-mail"))
            .hint(Text::said("account-optional-mail-hint"))
            .value(wanted.to_string()),
    ]
}

fn view(
    mine: &Mine,
    present: SessionId,
    profile: Vec<Field>,
    token_fields: Vec<Field>,
    new_token: Option<String>,
) -> AccountPage {
    let mut head = PageHead::new(Text::plain(mine.person.name_zh.clone()));
    head.facts = mine.person.email.iter().map(Text::plain).collect();
    head.actions =
        vec![crate::views::Link::new("/account/password", Text::said("account-password-title"))];
    let faults = faults_of(&profile).into_iter().chain(faults_of(&token_fields)).collect();
    AccountPage {
        head,
        faults,
        profile,
        token_fields,
        new_token,
        tokens: mine.tokens.iter().map(token_line).collect(),
        other_sessions: mine.sessions.iter().any(|session| session.id != present),
        sessions: mine
            .sessions
            .iter()
            .map(|session| SessionLine {
                id: session.id.to_string(),
                agent: session.agent.clone(),
                seen_at: session.seen_at.to_rfc3339(),
                present: session.id == present,
            })
            .collect(),
    }
}

fn token_line(token: &TokenRow) -> TokenLine {
    TokenLine {
        id: token.id.to_string(),
        name: token.name.clone(),
        created_at: token.created_at.to_rfc3339(),
        used_at: token.used_at.map(|at| at.to_rfc3339()),
    }
}

fn token_fields(value: &str, faults: &[FieldFault]) -> Vec<Field> {
    vec![
        Field::new(FieldKind::Text, "name", Text::said("field-token-name"))
            .required()
            .hint(Text::said("account-token-hint"))
            .value(value)
            .attr("maxlength", 60)
            .attr("autocomplete", "off")
            .fault(fault_at(faults, "name")),
    ]
}

#[get("/account")]
async fn show(app: &State<App>, signed_in: SignedIn) -> Result<Page, WebError> {
    let mine = mine(app, &signed_in).await?;
    let view = view(
        &mine,
        signed_in.session.id,
        profile_fields(&mine, None, &[]),
        token_fields("", &[]),
        None,
    );
    Ok(Page::new("pages/account/account", &view))
}

#[post("/account", data = "<typed>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let wanted = profile::Preferences {
        locale: Locale::from_key(typed.raw("locale")).unwrap_or(signed_in.locale),
        optional_mail: typed.ticked("optional_mail"),
        name_en: typed.line("name_en"),
        post: typed.line("post"),
        title: typed.line("title"),
        if_version: typed.version(),
    };
    let person = signed_in.person.clone();
    let saved = app
        .once(typed.once(), move |tx| {
            profile::prefer(tx, &person, &wanted)?;
            Ok(Answer::see("/account").saying(Tone::Good, &Text::said("account-saved")))
        })
        .await;
    match saved {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            let mine = mine(app, &signed_in).await?;
            let fields = profile_fields(&mine, Some(&typed), &faults);
            let view = view(&mine, signed_in.session.id, fields, token_fields("", &[]), None);
            Ok(Err(Page::new("pages/account/account", &view).status(Status::UnprocessableEntity)))
        }
    }
}

fn password_form(faults: &[FieldFault]) -> FormPage {
    let old = Field::new(FieldKind::Password, "old_password", Text::said("field-old-password"))
        .required()
        .attr("autocomplete", "current-password")
        .attr("maxlength", 512)
        .fault(fault_at(faults, "old_password"));
    let fields = std::iter::once(old).chain(password_fields(faults)).collect();
    FormPage::new(
        Text::said("account-password-title"),
        "/account/password",
        fields,
        Text::said("account-password-button"),
    )
    .lead(Text::said("account-password-lead"))
    .link("/account", Text::said("account-title"))
}

#[get("/account/password")]
fn password(_signed_in: SignedIn) -> Page {
    Page::new("pages/forms/form", &password_form(&[])).private()
}

#[post("/account/password", data = "<typed>")]
async fn change_password(
    app: &State<App>,
    signed_in: SignedIn,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let id = signed_in.person.person;
    let bucket = format!("password:{id}");
    app.budgets.spend(&bucket, 10, std::time::Duration::from_secs(900)).await?;
    let (person, hash) = app
        .read(move |conn| {
            let person =
                register::person(conn, id)?.ok_or(quanheng_actions::ActionError::NotFound)?;
            Ok((person, accounts::account(conn, id)?.and_then(|account| account.password_hash)))
        })
        .await?;
    let own =
        [person.name_zh.as_str(), &person.name_en, person.email.as_deref().unwrap_or_default()];
    let mut faults = app.passwords().faults(
        "password",
        typed.raw("password"),
        typed.raw("password_again"),
        &own,
    );
    if !app.verify(hash, typed.raw("old_password").to_owned()).await? {
        faults.insert(0, FieldFault::new("old_password", FaultCode::WrongPassword));
    } else if typed.raw("old_password") == typed.raw("password") {
        faults.push(FieldFault::new("password", FaultCode::SamePassword));
    }
    if !faults.is_empty() {
        let page = Page::new("pages/forms/form", &password_form(&faults))
            .status(Status::UnprocessableEntity);
        return Ok(Err(page));
    }
    let hash = app.hash(typed.raw("password").to_owned()).await?;
    let (person, present) = (signed_in.person, signed_in.session.id);
    app.write(move |tx| profile::change_password(tx, &person, Some(present), &hash)).await?;
    Ok(Ok(Answer::see("/account").saying(Tone::Good, &Text::said("account-password-done"))))
}

#[post("/account/sessions/end-others")]
async fn end_others(app: &State<App>, signed_in: SignedIn) -> Result<Answer, WebError> {
    let (person, present) = (signed_in.person, signed_in.session.id);
    let ended = app.write(move |tx| session::end_others(tx, &person, present)).await?;
    Ok(Answer::see("/account")
        .saying(Tone::Good, &Text::said("account-sessions-ended").with("n", ended)))
}

#[post("/account/sessions/<id>/end")]
async fn end_one(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Answer, WebError> {
    let session: SessionId = id.parse().map_err(|_| WebError::not_found())?;
    let person = signed_in.person;
    app.write(move |tx| session::end(tx, &person, session)).await?;
    Ok(Answer::see("/account")
        .saying(Tone::Good, &Text::said("account-sessions-ended").with("n", 1)))
}

// Not repeatable by key: a stored answer would keep the token, and a second token harms nobody.
#[post("/account/tokens", data = "<typed>")]
async fn make_token(app: &State<App>, signed_in: SignedIn, typed: Typed) -> Result<Page, WebError> {
    let (actor, person, name) =
        (signed_in.actor.clone(), signed_in.person.person, typed.line("name"));
    let made =
        app.write(move |tx| token::create(tx, &actor, person, &name)).await.map_err(WebError::from);
    let (secret, fields, status) = match made {
        Ok(secret) => (Some(secret), token_fields("", &[]), Status::Created),
        Err(error) => (
            None,
            token_fields(typed.raw("name"), &error.into_faults()?),
            Status::UnprocessableEntity,
        ),
    };
    let mine = mine(app, &signed_in).await?;
    let view = view(&mine, signed_in.session.id, profile_fields(&mine, None, &[]), fields, secret);
    Ok(Page::new("pages/account/account", &view).status(status))
}

#[post("/account/tokens/<id>/revoke")]
async fn revoke_token(app: &State<App>, signed_in: SignedIn, id: &str) -> Result<Answer, WebError> {
    let token: TokenId = id.parse().map_err(|_| WebError::not_found())?;
    let person = signed_in.person;
    app.write(move |tx| token::revoke(tx, &person, token)).await?;
    Ok(Answer::see("/account").saying(Tone::Good, &Text::said("account-token-revoked")))
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![show, save, password, change_password, end_others, end_one, make_token, revoke_token]
}
