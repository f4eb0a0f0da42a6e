//! The files of the repository as the fences see them.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// One text file, with its path from the top of the repository.
pub struct Text {
    pub path: String,
    pub text: String,
}

/// The top of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file under a folder whose name ends so, in order of path; build products and hidden folders are left out.
pub fn files(folder: &str, ending: &str) -> Vec<Text> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<Text>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" {
                walk(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            let shown = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Text { path: shown, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Whether a Rust file, or the line of it counted from zero, is test code.
pub fn is_test(file: &Text, line: usize) -> bool {
    let path = &file.path;
    let in_module = test_modules().iter().any(|module| path.starts_with(module.as_str()));
    if path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("tests.rs")
        || in_module
    {
        return true;
    }
    file.text.lines().take(line + 1).any(|line| line.trim_start().starts_with("#[cfg(test)]"))
}

/// The beginnings of the paths of modules that are declared for tests only.
fn test_modules() -> &'static [String] {
    static FOUND: OnceLock<Vec<String>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut found = Vec::new();
        for file in files("src", ".rs") {
            let folder = match file
                .path
                .strip_suffix("/lib.rs")
                .or_else(|| file.path.strip_suffix("/mod.rs"))
            {
                Some(folder) => folder.to_owned(),
                None => file.path.trim_end_matches(".rs").to_owned(),
            };
            let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
            for pair in lines.windows(2) {
                let for_tests = [
                    "#[cfg(test)]",
                    "#[cfg(feature = \"testing\")]",
                    "#[cfg(any(test, feature = \"testing\"))]",
                ];
                let name = pair[1]
                    .trim_start_matches("pub ")
                    .strip_prefix("mod ")
                    .and_then(|rest| rest.strip_suffix(';'));
                if let (true, Some(name)) = (for_tests.contains(&pair[0]), name) {
                    found.extend([format!("{folder}/{name}.rs"), format!("{folder}/{name}/")]);
                }
            }
        }
        found
    })
}

/// A line without its comment; slashes inside a text may cut it short, which is good enough to look for names.
pub fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Fails with every line of `faults`.
pub fn none(rule: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{rule}\n  {}\n", faults.join("\n  "));
}
