//! The administrators' start page, the authorities, and the settings in force.

use quanheng_actions::ActionError;
use quanheng_db::{accounts, delivery, directory, migrate, register};
use quanheng_domain::Keyed;
use quanheng_domain::records::MailState;
use rocket::{Route, State, get, routes};

use super::{ListPage, ObjectPage, head};
use crate::views::{
    Cell, Column, DataBlock, DataRow, Datum, Link, PageHead, Pill, Row, Table, Text, Tone,
};
use crate::{Admin, App, Page, WebError};

/// An area: its address, the key of its name, and the word that says what is done there.
type Area = (&'static str, &'static str, &'static str);

/// The areas by what they are about.
const AREAS: [(&str, &[Area]); 3] = [
    (
        "admin-areas-register",
        &[
            ("/admin/people", "admin-people", "people"),
            ("/admin/organisations", "admin-organisations", "organisations"),
            ("/admin/committees", "admin-committees", "committees"),
            ("/admin/authorities", "admin-authorities", "authorities"),
        ],
    ),
    (
        "admin-areas-rules",
        &[("/rules", "admin-rules", "rules"), ("/admin/holidays", "admin-holidays", "holidays")],
    ),
    (
        "admin-areas-running",
        &[
            ("/admin/outbox", "admin-outbox", "outbox"),
            ("/admin/events", "admin-events", "events"),
            ("/admin/settings", "admin-settings", "settings"),
        ],
    ),
];

struct Counts {
    people: i64,
    organisations: i64,
    administrators: i64,
    backlog: delivery::Backlog,
}

async fn counts(app: &App) -> Result<Counts, WebError> {
    let counts = app.read(|conn| {
        Ok::<_, ActionError>(Counts {
            people: directory::people(conn, "", 0, 0)?.1,
            organisations: directory::organisations(conn, "", 0, 0)?.1,
            administrators: accounts::administrators(conn)?,
            backlog: delivery::backlog(conn)?,
        })
    });
    Ok(counts.await?)
}

#[get("/admin")]
async fn start(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    let counts = counts(app).await?;
    let number = |n: i64| vec![Datum::text(n.to_string())];
    let mail = counts.backlog.counts.iter().filter(|(_, n)| **n > 0).map(|(state, n)| {
        let word = Text::word("mail-state", state.key());
        let text = Text::said("admin-mail-count").with_text("state", &word).with("n", *n);
        let tone = if *state == MailState::GivenUp { Tone::Bad } else { Tone::Plain };
        Datum { pill: Some(Pill::new(text, tone)), ..Datum::default() }
    });
    let area = |(href, key, about): &Area| Datum {
        note: Some(Text::word("admin-about", about)),
        ..Datum::link(*href, Text::said(*key))
    };
    let areas = AREAS
        .iter()
        .map(|(about, areas)| DataRow::new(Text::said(*about), areas.iter().map(area).collect()));
    let dangers: Vec<Datum> = app
        .settings
        .dangers()
        .into_iter()
        .map(|danger| Datum::text(Text::word("danger", danger.key())))
        .collect();
    let view = ObjectPage {
        head: PageHead::new(Text::said("nav-admin")),
        secret: None,
        faults: Vec::new(),
        form: None,
        blocks: vec![
            DataBlock {
                title: Text::said("admin-areas"),
                rows: areas.collect(),
                next: Some(Link::new("/admin/people/new", Text::said("admin-person-new"))),
            },
            DataBlock {
                title: Text::said("admin-state"),
                rows: vec![
                    DataRow::new(Text::said("admin-people"), number(counts.people)),
                    DataRow::new(Text::said("admin-administrators"), number(counts.administrators)),
                    DataRow::new(Text::said("admin-organisations"), number(counts.organisations)),
                    DataRow::new(Text::said("admin-outbox"), mail.collect()),
                    DataRow::new(Text::said("admin-dangers"), dangers),
                ],
                next: None,
            },
        ],
        acts: Vec::new(),
        letter: None,
    };
    Ok(Page::new("pages/admin/object", &view))
}

#[get("/admin/authorities")]
async fn authorities(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    let (rows, officers, people) = app
        .read(|conn| {
            let officers = accounts::officers(conn)?;
            let ids: Vec<_> = officers.iter().map(|officer| officer.person_id).collect();
            Ok((register::all_authorities(conn)?, officers, register::people_by(conn, &ids)?))
        })
        .await?;
    let today = quanheng_domain::deadline::day_of(app.now());
    let rows = rows.iter().map(|authority| {
        let serving = officers.iter().filter(|officer| {
            officer.authority_id == authority.id
                && officer.since <= today
                && officer.until.is_none_or(|until| until > today)
        });
        let names: Vec<Text> = serving
            .filter_map(|officer| people.iter().find(|person| person.id == officer.person_id))
            .map(|person| Text::plain(person.name_zh.clone()))
            .collect();
        Row {
            cells: vec![
                Cell { code: Some(authority.code.clone()), ..Cell::default() },
                Cell::text(authority.name_zh.clone()).note(authority.name_en.clone()),
                Cell::text(Text::word("level", authority.level.key())),
                Cell::text(authority.mark.clone().unwrap_or_default()),
                Cell::link(format!("/rules/{}", authority.profile), authority.profile.clone()),
                Cell::text(Text::said("admin-list").with_list("names", &names)),
            ],
            ..Row::default()
        }
    });
    let columns = [
        "admin-authority-code",
        "admin-authority",
        "admin-authority-level",
        "admin-authority-mark",
        "admin-rules",
        "admin-officers",
    ];
    let view = ListPage {
        head: head(Text::said("admin-authorities")),
        filters: None,
        table: Table {
            caption: Text::said("admin-authorities"),
            caption_hidden: true,
            columns: columns.map(|key| Column::new(Text::said(key))).into(),
            rows: rows.collect(),
            empty: None,
        },
        pager: None,
    };
    Ok(Page::new("pages/admin/list", &view))
}

/// A length of time as it is written in the settings.
fn span(span: quanheng_config::Span) -> String {
    match span.get().as_secs() {
        seconds if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[get("/admin/settings")]
async fn settings(app: &State<App>, _admin: Admin) -> Result<Page, WebError> {
    let db = app.db.clone();
    let status = tokio::task::spawn_blocking(move || migrate::status(&db))
        .await
        .map_err(|_| WebError::busy())??;
    let settings = &app.settings;
    let text = |value: String| vec![Datum::text(value)];
    let rows = [
        ("admin-set-base-url", app.base_url.to_string()),
        ("admin-set-database", app.db.address().to_string()),
        ("admin-set-schema", status.from.unwrap_or_default()),
        ("admin-set-files", settings.files.store.key().to_owned()),
        ("admin-set-upload", quanheng_i18n::Words::bytes(settings.files.max_upload.bytes())),
        ("admin-set-mail", settings.mail.transport.key().to_owned()),
        ("admin-set-from", settings.mail.from_address.clone()),
        ("admin-set-passwords", settings.security.password_profile.key().to_owned()),
        ("admin-set-idle", span(settings.security.session_idle)),
        ("admin-set-admin-idle", span(settings.security.admin_idle)),
        ("admin-set-absolute", span(settings.security.session_absolute)),
        ("admin-set-zone", settings.site.zone.name().to_owned()),
        ("admin-set-tick", span(settings.jobs.tick)),
        ("admin-set-version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let mut head = head(Text::said("admin-settings"));
    head.lead = Some(Text::said("admin-settings-lead"));
    let view = ObjectPage {
        head,
        secret: None,
        faults: Vec::new(),
        form: None,
        blocks: vec![DataBlock {
            title: Text::said("admin-settings"),
            rows: rows
                .into_iter()
                .map(|(key, value)| DataRow::new(Text::said(key), text(value)))
                .collect(),
            next: None,
        }],
        acts: Vec::new(),
        letter: None,
    };
    Ok(Page::new("pages/admin/object", &view))
}

/// The routes of this file.
pub(super) fn routes() -> Vec<Route> {
    routes![start, authorities, settings]
}
