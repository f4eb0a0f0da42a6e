//! Migrations: the same steps for both databases, and none edited after it was released.

use std::{collections::BTreeSet, fs};

use sha2::{Digest, Sha256};

use crate::tree::{files, none, root};

fn names(database: &str) -> BTreeSet<String> {
    let folder = root().join("migrations").join(database);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations_each_with_a_way_back() {
    let (sqlite, postgresql) = (names("sqlite"), names("postgresql"));
    let mut faults: Vec<String> = sqlite
        .symmetric_difference(&postgresql)
        .map(|name| format!("{name} exists for one database only"))
        .collect();
    for (database, names) in [("sqlite", &sqlite), ("postgresql", &postgresql)] {
        for name in names {
            for step in ["up.sql", "down.sql"] {
                let path = format!("migrations/{database}/{name}/{step}");
                if !root().join(&path).is_file() {
                    faults.push(format!("{path} is missing"));
                }
            }
        }
    }
    assert!(!sqlite.is_empty());
    none("migrations:", &faults);
}

/// `migrations/shipped.txt` holds one line per released file: SHA-256, two blanks, path. A release adds the lines
/// (`sha256sum migrations/*/*/*.sql`), nobody changes them.
#[test]
fn a_released_migration_is_never_edited() {
    let listed = fs::read_to_string(root().join("migrations/shipped.txt")).unwrap();
    let mut faults = Vec::new();
    for line in listed.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let Some((hash, path)) = line.split_once("  ") else {
            faults.push(format!("shipped.txt: {line:?} is no line of sha256sum"));
            continue;
        };
        match fs::read(root().join(path)) {
            Ok(bytes) if hex::encode(Sha256::digest(&bytes)) == hash => {}
            Ok(_) => faults.push(format!(
                "{path} was released and has changed since; add a new migration instead"
            )),
            Err(error) => faults.push(format!("{path} was released and cannot be read: {error}")),
        }
    }
    none("released migrations:", &faults);
}

#[test]
fn the_database_never_reads_a_clock_of_its_own() {
    let mut faults = Vec::new();
    for file in files("migrations", ".sql") {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.split("--").next().unwrap_or_default().to_lowercase();
            if ["current_timestamp", "current_date", "now()", "datetime('now"]
                .iter()
                .any(|word| line.contains(word))
            {
                faults.push(format!(
                    "{}:{}: the instant comes from the clock of the program",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    none("time in migrations:", &faults);
}
