//! Files and functions stay small enough to be read at once.

use crate::tree::{Text, files, is_test, none};

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 60;

/// What was longer before the fence stood, with its length then: it may shrink, it may not grow, and nothing is added here.
const LONG_BEFORE: &[(&str, usize)] =
    &[("src/db/tests/doors.rs", 503), ("src/web/api/projects.rs", 561)];
const LONG_FUNCTIONS_BEFORE: &[(&str, &str, usize)] = &[
    ("src/actions/round/ask.rs", "ask_units", 61),
    ("src/actions/tests/world/walk.rs", "step", 130),
    ("src/store/tests/bucket.rs", "answer", 87),
    (
        "src/tables/tests/register.rs",
        "every_file_of_the_register_is_understood_without_a_bad_row",
        64,
    ),
    ("src/web/api/specifications.rs", "told", 62),
    ("src/web/gallery/fixtures.rs", "project", 134),
    ("src/web/gallery/list_fixtures.rs", "catalogue", 122),
    ("src/web/gallery/list_fixtures.rs", "board", 139),
    ("src/web/gallery/more_fixtures.rs", "ballot", 83),
    ("src/web/gallery/more_fixtures.rs", "records", 86),
    ("src/web/pages/public/search.rs", "search", 96),
    ("src/web/pages/rules/trial.rs", "try_it", 96),
];

/// One schema serves two databases and is one table after another.
const UNBOUNDED: &[&str] = &["src/db/schema.rs"];

#[test]
fn no_file_is_longer_than_500_lines() {
    let all = ["src", "tests"].iter().flat_map(|folder| files(folder, ".rs"));
    let faults: Vec<String> = all
        .filter(|file| !UNBOUNDED.contains(&file.path.as_str()))
        .map(|file| (file.text.lines().count(), file.path))
        .filter(|(lines, path)| {
            let before = LONG_BEFORE.iter().find(|(long, _)| long == path);
            *lines > before.map_or(LONGEST_FILE, |(_, lines)| *lines)
        })
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    none("longest file:", &faults);
}

/// The functions of a formatted file as name, first line counted from zero, and number of lines.
fn functions(file: &Text) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        let words: Vec<&str> = bare.split_whitespace().take(5).collect();
        let Some(at) = words.iter().position(|word| *word == "fn") else { continue };
        let introduced = words[..at].iter().all(|word| {
            word.starts_with("pub")
                || ["const", "async", "unsafe", "extern", "in", "crate)", "super)"].contains(word)
        });
        if !introduced {
            continue;
        }
        let name: String = bare
            .split("fn ")
            .nth(1)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let indent = &line[..line.len() - bare.len()];
        let close = format!("{indent}}}");
        // A function without a body, or on one line, ends before any brace of its own indent.
        let one_line = bare.ends_with('}') || bare.ends_with(';');
        let end = lines
            .iter()
            .enumerate()
            .skip(start + 1)
            .find(|(_, l)| **l == close)
            .map(|(end, _)| end);
        if let (false, Some(end)) = (one_line, end) {
            found.push((name, start, end - start + 1));
        }
    }
    found
}

#[test]
fn no_function_is_longer_than_60_lines() {
    let mut faults = Vec::new();
    for file in files("src", ".rs") {
        for (name, start, lines) in functions(&file) {
            let before = LONG_FUNCTIONS_BEFORE
                .iter()
                .find(|(path, long, _)| *path == file.path && *long == name);
            let longest = before.map_or(LONGEST_FUNCTION, |(.., lines)| *lines);
            if lines > longest && !is_test(&file, start) {
                faults.push(format!("{}:{}: {name} has {lines} lines", file.path, start + 1));
            }
        }
    }
    none("longest function:", &faults);
}

#[test]
fn the_measure_itself_is_right() {
    let text = "fn a() {\n    1\n}\n\nimpl X {\n    pub(crate) async fn b() -> u8 {\n        2\n    }\n    fn c();\n    fn d() {}\n}\n";
    let file = Text { path: "src/x.rs".into(), text: text.into() };
    let found: Vec<(String, usize)> =
        functions(&file).into_iter().map(|(name, _, lines)| (name, lines)).collect();
    assert_eq!(found, [("a".to_owned(), 3), ("b".to_owned(), 3)]);
}
