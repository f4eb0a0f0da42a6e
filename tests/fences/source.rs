//! What must not be written where, by reading the source line by line.

use crate::tree::{code, files, is_test, none};

/// Folder in which the words must not stand, where they may all the same, the words, and why.
const FORBIDDEN: &[(&str, &[&str], &[&str], &str)] = &[
    (
        "src/domain",
        &[],
        &[
            "diesel",
            "rocket::",
            "lettre",
            "handlebars",
            "std::fs",
            "std::env",
            "Utc::now",
            "SystemTime",
            "println!",
        ],
        "the domain is pure",
    ),
    (
        "src",
        &["src/db/"],
        &["db::schema", "quanheng_db::schema", "schema::"],
        "only db names tables and columns",
    ),
    (
        "src",
        &["src/clock/"],
        &["Utc::now", "Local::now", "SystemTime::now", "Uuid::now_v7", "Uuid::new_v4"],
        "time and chance are arguments",
    ),
    (
        "src",
        &["src/config/", "src/cli/", "src/main.rs"],
        &["env::var", "env::vars"],
        "only config reads the environment",
    ),
    ("src/actions", &[], &["rocket::"], "actions never see a type of the web"),
    (
        "src",
        &["src/db/build.rs", "src/i18n/build.rs", "src/db/testing.rs"],
        &["println!", "print!("],
        "a closed pipe makes these panic; say::print does not",
    ),
    ("src", &[], &["dbg!(", "todo!(", "unimplemented!("], "nothing is left half done"),
];

#[test]
fn nothing_is_written_in_the_wrong_room() {
    let mut faults = Vec::new();
    for file in files("src", ".rs") {
        for (folder, but, words, why) in FORBIDDEN {
            if !file.path.starts_with(folder)
                || but.iter().any(|prefix| file.path.starts_with(prefix))
            {
                continue;
            }
            for (number, line) in file.text.lines().enumerate() {
                let line = code(line);
                if let Some(word) = words.iter().find(|word| line.contains(**word))
                    && !is_test(&file, number)
                {
                    faults.push(format!("{}:{}: {word}: {why}", file.path, number + 1));
                }
            }
        }
    }
    none("a line must know its room:", &faults);
}

#[test]
fn rooms_and_files_are_named_by_what_they_hold() {
    const EMPTY_WORDS: [&str; 7] =
        ["utils", "util", "helper_functions", "common", "manager", "service", "misc"];
    let mut faults = Vec::new();
    let all = ["src", "tests", "templates"].iter().flat_map(|folder| files(folder, ""));
    for file in all.collect::<Vec<_>>() {
        let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        for part in parts {
            if EMPTY_WORDS.contains(&part) {
                faults.push(format!("{}: {part} says nothing about what is inside", file.path));
            }
        }
    }
    none("names:", &faults);
}

#[test]
fn every_file_says_at_its_head_what_it_is_for() {
    let heads = files("src", ".rs").into_iter().filter(|file| !file.text.starts_with("//!"));
    let faults: Vec<String> =
        heads.map(|file| format!("{}:1: begins without //!", file.path)).collect();
    none("module headers:", &faults);
}
