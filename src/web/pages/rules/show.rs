//! The profiles, one profile on a day, and two profiles side by side.

use std::sync::Arc;

use chrono::NaiveDate;
use quanheng_actions::{ActionError, profile::publish, profiles};
use quanheng_db::rule_profiles::{self, ProfileRow};
use quanheng_domain::{
    Keyed, deadline,
    rules::{Profile, Rule, RuleGroup, compare},
};
use rocket::{Route, State, get, routes};
use serde::Serialize;

use crate::views::{
    Cell, Column, Crumb, Empty, Field, FieldKind, Link, PageHead, Row, RuleRow, Table, Text, Tone,
};
use crate::{App, Page, Visitor, WebError, voice};

/// A day of a query; an empty one is none.
pub fn day(text: Option<&str>) -> Result<Option<NaiveDate>, WebError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| WebError::malformed())
        }
    }
}

/// The title of a profile: its own, else the words for its name.
pub fn title(row: &ProfileRow) -> Text {
    if row.title_zh.is_empty() { named(&row.name) } else { Text::plain(row.title_zh.clone()) }
}

/// The words for a seeded profile, else its name.
pub fn named(name: &str) -> Text {
    if quanheng_domain::rules::SEED_NAMES.contains(&name) {
        Text::word("rules-profile", name)
    } else {
        Text::plain(name)
    }
}

#[derive(Serialize)]
struct ProfilesPage {
    head: PageHead,
    table: Table,
    left: Field,
    right: Field,
}

fn choice(rows: &[ProfileRow], name: &str, label: &str, chosen: &str) -> Field {
    let mut field = Field::new(FieldKind::Select, name, Text::said(label)).value(chosen);
    let mut seen = Vec::new();
    for row in rows {
        if !seen.contains(&&row.name) {
            seen.push(&row.name);
            field = field.choice(&row.name, title(row));
        }
    }
    field
}

#[get("/rules")]
async fn list(app: &State<App>) -> Result<Page, WebError> {
    let rows = app.read(|conn| Ok(rule_profiles::versions(conn)?)).await?;
    let today = deadline::day_of(app.now());
    let line = |row: &ProfileRow| Row {
        cells: vec![
            Cell {
                code: Some(row.name.clone()),
                ..Cell::link(
                    format!("/rules/{}?on={}", row.name, row.valid_from.max(today)),
                    title(row),
                )
            },
            Cell::text(Text::said("catalogue-day").with_date("day", row.valid_from)),
            Cell::text(row.reason.clone()),
        ],
        ..Row::default()
    };
    let mut head = PageHead::new(Text::said("rules-page-title"));
    head.lead = Some(Text::said("rules-page-lead"));
    let view = ProfilesPage {
        head,
        table: Table {
            caption: Text::said("rules-page-title"),
            caption_hidden: true,
            columns: ["rules-page-profile", "rules-from", "rules-page-reason"]
                .map(|key| Column::new(Text::said(key)))
                .to_vec(),
            rows: rows.iter().map(line).collect(),
            empty: None,
        },
        left: choice(&rows, "left", "rules-page-left", "national"),
        right: choice(&rows, "right", "rules-page-right", "jiangsu"),
    };
    Ok(Page::new("pages/rules/list", &view))
}

#[derive(Serialize)]
struct ProfilePage {
    head: PageHead,
    path: String,
    day: Field,
    /// Whether only what is not confirmed is shown.
    unconfirmed: bool,
    /// The other view: all of the rules, or what is not confirmed.
    other: Link,
    groups: Vec<Group>,
    versions: Table,
}

/// The rules of one part of the work.
#[derive(Serialize)]
struct Group {
    key: &'static str,
    title: Text,
    count: usize,
    rules: Vec<RuleRow>,
}

/// The rules by the part of the work that they govern; with `unconfirmed`, those alone that nobody has confirmed.
fn groups(profile: &Profile, from: NaiveDate, unconfirmed: bool) -> Vec<Group> {
    let shown: Vec<&Rule> =
        profile.rules().filter(|rule| !(unconfirmed && rule.confirmed)).collect();
    let group = |group: RuleGroup| {
        let own = shown.iter().filter(|rule| RuleGroup::of(rule.key) == group);
        let rules: Vec<RuleRow> = own.map(|rule| row(rule, from)).collect();
        Group {
            key: group.key(),
            title: Text::word("rule-group", group.key()),
            count: rules.len(),
            rules,
        }
    };
    RuleGroup::ALL.iter().copied().map(group).filter(|group| group.count > 0).collect()
}

fn row(rule: &Rule, from: NaiveDate) -> RuleRow {
    let cite = voice::cite_rule(rule);
    RuleRow {
        title: Text::word("rule", rule.key.key()),
        cite,
        from: Some(from.to_string()),
        note: (!rule.note.is_empty()).then(|| Text::plain(rule.note.clone())),
        overridden: false,
        fields: Vec::new(),
        action: None,
    }
}

fn versions(rows: &[ProfileRow], shown: &ProfileRow) -> Table {
    let line = |row: &ProfileRow| Row {
        cells: vec![
            Cell::link(
                format!("/rules/{}?on={}", row.name, row.valid_from),
                Text::said("catalogue-day").with_date("day", row.valid_from),
            ),
            Cell::text(row.reason.clone()),
        ],
        tone: if row.id == shown.id { Tone::Info } else { Tone::Plain },
        id: None,
    };
    Table {
        caption: Text::said("rules-page-versions"),
        caption_hidden: true,
        columns: ["rules-from", "rules-page-reason"]
            .map(|key| Column::new(Text::said(key)))
            .to_vec(),
        rows: rows.iter().filter(|row| row.name == shown.name).rev().map(line).collect(),
        empty: None,
    }
}

#[get("/rules/<name>?<on>&<only>")]
async fn one(
    app: &State<App>,
    visitor: Visitor,
    name: String,
    on: Option<&str>,
    only: Option<&str>,
) -> Result<Page, WebError> {
    let unconfirmed = only == Some("unconfirmed");
    let on = day(on)?.unwrap_or_else(|| deadline::day_of(app.now()));
    let (shown, profile, rows, may) = app
        .read(move |conn| {
            let shown = rule_profiles::in_force(conn, &name, on)?.ok_or(ActionError::NotFound)?;
            let may = publish::may_publish(conn, &visitor.actor, &shown)?;
            Ok((
                shown.clone(),
                profiles::load(conn, shown.id)?,
                rule_profiles::versions(conn)?,
                may,
            ))
        })
        .await?;
    let path = format!("/rules/{}", shown.name);
    let mut head = PageHead::new(title(&shown));
    head.crumbs =
        vec![Crumb { text: Text::said("rules-page-title"), href: Some("/rules".to_owned()) }];
    head.code = Some(shown.name.clone());
    head.facts = vec![Text::said("rules-page-since").with_date("day", shown.valid_from)];
    head.actions = vec![Link::new(format!("{path}/try"), Text::said("rules-page-try"))];
    if may {
        head.actions.push(Link::new(format!("{path}/change"), Text::said("rules-page-change")));
    }
    let open = profile.rules().filter(|rule| !rule.confirmed).count();
    let other = if unconfirmed {
        Link::new(format!("{path}?on={on}"), Text::said("rules-page-all"))
    } else {
        let text = Text::said("rules-page-unconfirmed").with("n", open as i64);
        Link::new(format!("{path}?on={on}&only=unconfirmed"), text)
    };
    let view = ProfilePage {
        head,
        path,
        unconfirmed,
        other,
        day: Field::new(FieldKind::Date, "on", Text::said("rules-page-on")).value(on.to_string()),
        groups: groups(&profile, shown.valid_from, unconfirmed),
        versions: versions(&rows, &shown),
    };
    Ok(Page::new("pages/rules/profile", &view))
}

#[derive(Serialize)]
struct ComparePage {
    head: PageHead,
    left: Field,
    right: Field,
    table: Table,
}

fn differences(left: &Profile, right: &Profile) -> Table {
    let side = |rule: &Rule| Cell {
        mark: Some(rule.mark.key().to_owned()),
        ..Cell::text(voice::rule_value(rule)).note(format!("{} {}", rule.source, rule.article))
    };
    let rows = compare(left, right)
        .into_iter()
        .filter(|difference| difference.value)
        .map(|difference| Row {
            cells: vec![
                Cell::text(Text::word("rule", difference.key.key())).note(difference.key.key()),
                side(difference.left),
                side(difference.right),
            ],
            ..Row::default()
        })
        .collect();
    Table {
        caption: Text::said("rules-page-compare"),
        caption_hidden: true,
        columns: vec![
            Column::new(Text::said("rules-rule")),
            Column::new(named(&left.name)),
            Column::new(named(&right.name)),
        ],
        rows,
        empty: Some(Empty { title: Text::said("rules-page-same"), text: None, action: None }),
    }
}

#[get("/rules/compare?<left>&<right>&<on>")]
async fn side_by_side(
    app: &State<App>,
    left: &str,
    right: &str,
    on: Option<&str>,
) -> Result<Page, WebError> {
    let on = day(on)?.unwrap_or_else(|| deadline::day_of(app.now()));
    let (one, other) = (left.to_owned(), right.to_owned());
    let (first, second, rows): (Arc<Profile>, Arc<Profile>, _) = app
        .read(move |conn| {
            Ok((
                profiles::in_force(conn, &one, on)?,
                profiles::in_force(conn, &other, on)?,
                rule_profiles::versions(conn)?,
            ))
        })
        .await?;
    let mut head = PageHead::new(Text::said("rules-page-compare"));
    head.crumbs =
        vec![Crumb { text: Text::said("rules-page-title"), href: Some("/rules".to_owned()) }];
    let view = ComparePage {
        head,
        left: choice(&rows, "left", "rules-page-left", left),
        right: choice(&rows, "right", "rules-page-right", right),
        table: differences(&first, &second),
    };
    Ok(Page::new("pages/rules/compare", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one, side_by_side]
}
