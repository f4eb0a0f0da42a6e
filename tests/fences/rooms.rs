//! Which room may see which, read from the `Cargo.toml` of each.

use std::{collections::BTreeSet, fs};

use crate::tree::{none, root};

/// Room, the rooms it may see, and what of the outside world it must not.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &["diesel", "rocket", "lettre", "handlebars", "tokio", "figment", "getrandom"]),
    ("clock", &["domain"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("config", &["domain"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("i18n", &["domain"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("store", &["domain"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("tables", &["domain", "render"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("text", &["domain"], &["diesel", "rocket", "lettre", "handlebars"]),
    ("render", &[], &["diesel", "rocket", "lettre", "handlebars", "tokio"]),
    ("db", &["domain"], &["rocket", "lettre", "handlebars"]),
    ("mail", &["domain", "i18n"], &["diesel", "rocket"]),
    ("reports", &["domain", "db", "i18n", "tables"], &["rocket", "lettre"]),
    (
        "actions",
        &["domain", "clock", "config", "db", "mail", "store", "tables", "text", "reports"],
        &["rocket", "lettre", "handlebars"],
    ),
    (
        "jobs",
        &["domain", "clock", "db", "mail", "store", "actions", "reports", "i18n", "config"],
        &["rocket", "handlebars"],
    ),
    (
        "web",
        &[
            "domain", "clock", "config", "i18n", "store", "tables", "text", "db", "mail",
            "reports", "actions", "jobs", "render",
        ],
        &["diesel", "lettre"],
    ),
];

fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

fn manifest(path: &str) -> toml::Table {
    fs::read_to_string(root().join(path)).unwrap().parse().unwrap()
}

#[test]
fn every_room_sees_only_what_lies_below_it() {
    let mut faults = Vec::new();
    let workspace = manifest("Cargo.toml");
    let members = workspace["workspace"]["members"].as_array().unwrap();
    let rooms = members.iter().filter_map(|member| member.as_str()?.strip_prefix("src/"));
    for room in rooms {
        let path = format!("src/{room}/Cargo.toml");
        let Some((_, sees, outside)) = ROOMS.iter().find(|(name, ..)| *name == room) else {
            faults.push(format!("{path}: this room has no row in tests/fences/rooms.rs"));
            continue;
        };
        for dependency in dependencies(&manifest(&path)) {
            let forbidden = match dependency.strip_prefix("quanheng-") {
                Some(other) => !sees.contains(&other),
                None => outside.contains(&dependency.as_str()),
            };
            if forbidden {
                faults.push(format!("{path}: {room} must not see {dependency}"));
            }
        }
    }
    none("main -> app -> web, jobs -> actions, reports -> db, mail -> domain:", &faults);
}

#[test]
fn every_room_keeps_the_lints_of_the_house() {
    let workspace = manifest("Cargo.toml");
    let members = workspace["workspace"]["members"].as_array().unwrap();
    let mut faults = Vec::new();
    for member in members {
        let path = format!("{}/Cargo.toml", member.as_str().unwrap());
        let lints =
            manifest(&path).get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
        if lints != Some(true) {
            faults.push(format!("{path}: needs [lints] workspace = true"));
        }
    }
    none("documentation, unwrap and unsafe are watched by lints:", &faults);
}
