//! The form with which an officer or administrator publishes a new dated version of a profile, one rule at a time.

use quanheng_actions::{ActionError, profile::publish, profiles};
use quanheng_db::rule_profiles;
use quanheng_domain::{
    Keyed, deadline,
    lifecycle::FieldFault,
    rules::{Mark, Rule, RuleKey, RuleText},
};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::show;
use crate::views::{Crumb, Field, FieldKind, FormPage, Text, Tone};
use crate::voice::fault_at;
use crate::{Answer, App, Page, SignedIn, Typed, WebError};

async fn rule_of(
    app: &App,
    signed_in: &SignedIn,
    name: &str,
    key: RuleKey,
) -> Result<Rule, WebError> {
    let (name, actor, today) =
        (name.to_owned(), signed_in.actor.clone(), deadline::day_of(app.now()));
    let rule = app.read(move |conn| {
        let row = rule_profiles::in_force(conn, &name, today)?.ok_or(ActionError::NotFound)?;
        if !publish::may_publish(conn, &actor, &row)? {
            return Err(ActionError::Forbidden);
        }
        Ok(profiles::load(conn, row.id)?.rule(key).clone())
    });
    Ok(rule.await?)
}

fn form(
    name: &str,
    rule: &Rule,
    today: chrono::NaiveDate,
    typed: Option<&Typed>,
    faults: &[FieldFault],
) -> FormPage {
    let text = RuleText::from(rule);
    let field = |kind, field: &str, label: &str, stored: &str| {
        let value = typed.map_or(stored, |typed| typed.raw(field)).to_owned();
        let fault =
            fault_at(faults, field).or_else(|| fault_at(faults, &format!("{field}:{}", text.key)));
        Field::new(kind, field, Text::said(label)).value(value).fault(fault)
    };
    let mut mark = field(FieldKind::Select, "mark", "rules-mark", &text.mark);
    for one in Mark::ALL {
        mark = mark.choice(one.key(), Text::word("mark", one.key()));
    }
    let confirmed = typed.map_or(text.confirmed, |typed| typed.ticked("confirmed"));
    let fields = vec![
        Field::new(FieldKind::Hidden, "key", Text::plain("")).value(text.key.clone()),
        field(FieldKind::Text, "value", "rules-value", &text.value)
            .required()
            .hint(crate::voice::rule_value(rule)),
        field(FieldKind::Text, "article", "rules-page-article", &text.article)
            .attr("maxlength", 120),
        field(FieldKind::Text, "source", "rules-source", &text.source).attr("maxlength", 300),
        mark,
        Field::new(FieldKind::Checkbox, "confirmed", Text::said("rules-page-confirmed"))
            .hint(Text::said("rules-page-confirmed-hint"))
            .value(confirmed.to_string()),
        field(FieldKind::Text, "note", "rules-page-note", &text.note).attr("maxlength", 300),
        field(FieldKind::Date, "valid_from", "rules-from", &today.to_string())
            .required()
            .attr("min", today),
        field(FieldKind::Textarea, "reason", "rules-page-reason", "")
            .required()
            .attr("rows", 3)
            .attr("maxlength", 2_000),
    ];
    let mut page = FormPage::new(
        Text::word("rule", &text.key),
        format!("/rules/{name}/change"),
        fields,
        Text::said("rules-page-publish"),
    );
    page.head.code = Some(text.key.clone());
    page.head.crumbs = vec![
        Crumb { text: Text::said("rules-page-title"), href: Some("/rules".to_owned()) },
        Crumb { text: show::named(name), href: Some(format!("/rules/{name}")) },
    ];
    page.lead(Text::said("rules-page-change-lead"))
}

/// Without a rule the list of rules to choose from, else its form.
#[get("/rules/<name>/change?<key>")]
async fn change(
    app: &State<App>,
    signed_in: SignedIn,
    name: &str,
    key: Option<&str>,
) -> Result<Page, WebError> {
    let today = deadline::day_of(app.now());
    let wanted = key.map(RuleKey::from_key).transpose().map_err(|_| WebError::malformed())?;
    let rule = rule_of(app, &signed_in, name, wanted.unwrap_or(RuleKey::ALL[0])).await?;
    if wanted.is_some() {
        return Ok(Page::new("pages/forms/form", &form(name, &rule, today, None, &[])).private());
    }
    let mut page = FormPage::new(
        Text::said("rules-page-change"),
        String::new(),
        Vec::new(),
        Text::said("button-continue"),
    );
    page.head.crumbs =
        vec![Crumb { text: show::named(name), href: Some(format!("/rules/{name}")) }];
    for one in RuleKey::ALL {
        page = page
            .link(format!("/rules/{name}/change?key={}", one.key()), Text::word("rule", one.key()));
    }
    Ok(Page::new("pages/rules/choose", &page).private())
}

#[post("/rules/<name>/change", data = "<typed>")]
async fn save(
    app: &State<App>,
    signed_in: SignedIn,
    name: &str,
    typed: Typed,
) -> Result<Result<Answer, Page>, WebError> {
    let key = RuleKey::from_key(&typed.line("key")).map_err(|_| WebError::malformed())?;
    let today = deadline::day_of(app.now());
    let rule = rule_of(app, &signed_in, name, key).await?;
    let from = match typed.day("valid_from") {
        Ok(day) => day.unwrap_or(today),
        Err(fault) => return Ok(Err(faulty(&form(name, &rule, today, Some(&typed), &[fault])))),
    };
    let change = RuleText {
        key: key.key().to_owned(),
        value: typed.line("value"),
        article: typed.line("article"),
        source: typed.line("source"),
        mark: typed.line("mark"),
        confirmed: typed.ticked("confirmed"),
        note: typed.line("note"),
    };
    let command = publish::Publish {
        name: name.to_owned(),
        valid_from: from,
        changes: vec![change],
        reason: typed.text("reason"),
    };
    let (actor, back) =
        (signed_in.actor.clone(), format!("/rules/{name}?on={from}#rule-{}", key.key()));
    let done = app.once(typed.once(), move |tx| {
        publish::publish(tx, &actor, &command)?;
        Ok(Answer::see(&back)
            .saying(Tone::Good, &Text::said("rules-page-published").with_date("day", from)))
    });
    match done.await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let faults = error.into_faults()?;
            Ok(Err(faulty(&form(name, &rule, today, Some(&typed), &faults))))
        }
    }
}

fn faulty(form: &FormPage) -> Page {
    Page::new("pages/forms/form", form).status(Status::UnprocessableEntity)
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![change, save]
}
