//! The outbox: what waits, what went, what was given up, and sending again.

use quanheng_actions::mail;
use quanheng_db::outbox::MailRow;
use quanheng_db::{delivery, directory};
use quanheng_domain::Keyed;
use quanheng_domain::ids::MailId;
use quanheng_domain::records::MailState;
use rocket::{Route, State, get, post, routes};

use super::{Act, ListPage, ObjectPage, head, kept, pager, slice};
use crate::views::{
    Cell, Column, DataBlock, DataRow, Datum, Empty, Field, FieldKind, Filters, Letter, Pill, Row,
    Table, Text, Tone, word_key,
};
use crate::{Admin, Answer, App, Page, WebError};

fn pill(state: MailState) -> Pill {
    let tone = match state {
        MailState::Queued | MailState::Sending => Tone::Info,
        MailState::Sent => Tone::Good,
        MailState::GivenUp => Tone::Bad,
        MailState::Kept => Tone::Faded,
        MailState::Frozen => Tone::Warn,
    };
    Pill::new(Text::word("mail-state", state.key()), tone)
}

/// What the mail is about, in the words of its subject.
fn matter(mail: &MailRow) -> Text {
    if mail.subject.is_empty() {
        Text::said(format!("{}-matter", word_key("mail", mail.notice.key())))
    } else {
        Text::plain(mail.subject.clone())
    }
}

fn row(mail: &MailRow) -> Row {
    Row {
        cells: vec![
            Cell::text(Text::said("admin-at").with_instant("at", mail.created_at.to_rfc3339())),
            Cell::link(format!("/admin/outbox/{}", mail.id), matter(mail)),
            Cell::text(mail.name.clone()).note(mail.address.clone()),
            Cell::pill(pill(mail.state)),
        ],
        ..Row::default()
    }
}

fn fields(wanted: Option<MailState>, text: &str) -> Vec<Field> {
    let mut select = Field::new(FieldKind::Select, "state", Text::said("letter-state"))
        .value(wanted.map(Keyed::key).unwrap_or_default())
        .choice("", Text::said("admin-all"));
    for one in MailState::ALL {
        select = select.choice(one.key(), Text::word("mail-state", one.key()));
    }
    let search = Field::new(FieldKind::Search, "q", Text::said("admin-outbox-search")).value(text);
    vec![select, search]
}

#[get("/admin/outbox?<state>&<q>&<page>")]
async fn list(
    app: &State<App>,
    _admin: Admin,
    state: Option<&str>,
    q: Option<&str>,
    page: Option<u32>,
) -> Result<Page, WebError> {
    let wanted = state.and_then(|key| MailState::from_key(key).ok());
    let text: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let (number, offset) = slice(page);
    let sought = text.clone();
    let (mails, total, frozen) = app
        .read(move |conn| {
            let (mails, total) = directory::mails(conn, wanted, &sought, super::PAGE, offset)?;
            let frozen =
                delivery::backlog(conn)?.counts.get(&MailState::Frozen).copied().unwrap_or(0);
            Ok((mails, total, frozen))
        })
        .await?;
    let mut head = head(Text::said("admin-outbox"));
    if frozen > 0 {
        head.lead = Some(Text::said("admin-outbox-frozen").with("n", frozen));
        head.actions = vec![super::action("/admin/frozen", "admin-outbox-decide")];
    }
    let narrowed = wanted.is_some() || !text.is_empty();
    let view = ListPage {
        head,
        filters: Some(Filters {
            action: "/admin/outbox".to_owned(),
            fields: fields(wanted, &text),
            chosen: Vec::new(),
            clear_href: narrowed.then(|| "/admin/outbox".to_owned()),
            total: Text::said("admin-outbox-total").with("n", total),
        }),
        table: Table {
            caption: Text::said("admin-outbox"),
            caption_hidden: true,
            columns: ["letter-at", "letter-subject", "letter-to", "letter-state"]
                .map(|key| Column::new(Text::said(key)))
                .into(),
            rows: mails.iter().map(row).collect(),
            empty: Some(Empty {
                title: Text::said("admin-nothing-found"),
                text: None,
                action: None,
            }),
        },
        pager: pager(number, total, &kept(&[("state", state.unwrap_or_default()), ("q", &text)])),
    };
    Ok(Page::new("pages/admin/list", &view))
}

fn id(text: &str) -> Result<MailId, WebError> {
    text.parse().map_err(|_| WebError::not_found())
}

#[get("/admin/outbox/<mail>", rank = 2)]
async fn show(app: &State<App>, _admin: Admin, mail: &str) -> Result<Page, WebError> {
    let id = id(mail)?;
    let mail = app
        .read(move |conn| Ok(delivery::mail(conn, id)?))
        .await?
        .ok_or_else(WebError::not_found)?;
    let mut head = head(matter(&mail));
    head.crumbs.push(crate::views::Crumb {
        text: Text::said("admin-outbox"),
        href: Some("/admin/outbox".to_owned()),
    });
    head.pill = Some(pill(mail.state));
    let instant = |at: chrono::DateTime<chrono::Utc>| {
        Datum::text(Text::said("admin-at").with_instant("at", at.to_rfc3339()))
    };
    let mut rows = vec![
        DataRow::new(Text::said("admin-mail-created"), vec![instant(mail.created_at)]),
        DataRow::new(
            Text::said("admin-mail-because"),
            vec![Datum::text(Text::word("audience", mail.audience.key()))],
        ),
        DataRow::new(
            Text::said("admin-mail-attempts"),
            vec![Datum::text(mail.attempts.to_string())],
        ),
        DataRow::new(
            Text::said("admin-mail-sent"),
            mail.sent_at.map(instant).into_iter().collect(),
        ),
    ];
    if !mail.last_error.is_empty() {
        rows.push(DataRow::new(
            Text::said("admin-mail-error"),
            vec![Datum::text(mail.last_error.clone())],
        ));
    }
    let repeatable = matches!(mail.state, MailState::GivenUp | MailState::Kept | MailState::Frozen);
    let again = Act::new(format!("/admin/outbox/{id}/again"), Text::said("admin-mail-again"));
    let letter = (!mail.body_text.is_empty()).then(|| Letter {
        from: String::new(),
        to: vec![format!("{} <{}>", mail.name, mail.address)],
        subject: mail.subject.clone(),
        at: mail.sent_at.map(|at| at.to_rfc3339()),
        state: Some(pill(mail.state)),
        body: mail.body_text.clone(),
        reason: Some(Text::word("audience", mail.audience.key())),
        attachments: Vec::new(),
    });
    let view = ObjectPage {
        head,
        secret: None,
        faults: Vec::new(),
        form: None,
        blocks: vec![DataBlock { title: Text::said("admin-mail"), rows, next: None }],
        acts: repeatable.then_some(again).into_iter().collect(),
        letter,
    };
    Ok(Page::new("pages/admin/object", &view))
}

#[post("/admin/outbox/<mail>/again")]
async fn again(app: &State<App>, admin: Admin, mail: &str) -> Result<Answer, WebError> {
    let (id, actor) = (id(mail)?, admin.actor().clone());
    app.write(move |tx| mail::send_again(tx, &actor, id)).await?;
    Ok(Answer::see(format!("/admin/outbox/{id}"))
        .saying(Tone::Good, &Text::said("admin-mail-queued")))
}

#[get("/admin/frozen")]
async fn frozen(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    let count = app
        .read(|conn| {
            Ok(delivery::backlog(conn)?.counts.get(&MailState::Frozen).copied().unwrap_or(0))
        })
        .await?;
    let mut head = head(Text::said("admin-outbox-decide"));
    head.crumbs.push(crate::views::Crumb {
        text: Text::said("admin-outbox"),
        href: Some("/admin/outbox".to_owned()),
    });
    head.lead = Some(Text::said("admin-outbox-frozen").with("n", count));
    let acts = vec![
        Act::new("/admin/frozen/drop", Text::said("admin-frozen-drop"))
            .hint(Text::said("admin-frozen-drop-hint")),
        Act::new("/admin/frozen/release", Text::said("admin-frozen-release"))
            .hint(Text::said("admin-frozen-release-hint"))
            .grave(),
    ];
    let view = ObjectPage {
        head,
        secret: None,
        faults: Vec::new(),
        form: None,
        blocks: Vec::new(),
        acts: if count > 0 { acts } else { Vec::new() },
        letter: None,
    };
    Ok(Page::new("pages/admin/object", &view))
}

#[post("/admin/frozen/<what>")]
async fn decide(app: &State<App>, admin: Admin, what: &str) -> Result<Answer, WebError> {
    let actor = admin.actor().clone();
    let done = match what {
        "release" => app.write(move |tx| mail::release_frozen(tx, &actor)).await?,
        "drop" => app.write(move |tx| mail::drop_frozen(tx, &actor)).await?,
        _ => return Err(WebError::not_found()),
    };
    Ok(Answer::see("/admin/outbox")
        .saying(Tone::Good, &Text::said("admin-frozen-done").with("n", done)))
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![list, show, again, frozen, decide]
}
