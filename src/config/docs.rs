//! Writes the documentation of the settings from their doc comments, so that it cannot grow stale.

use std::fmt::Write;

use figment::value::{Dict, Value};

use crate::{layers::DEFAULTS, reader::full_key, section::Field, settings::SECTIONS, value::plain};

/// `config/default.toml` as it should be: the values it has now under the doc comments of today.
pub fn default_file() -> String {
    let values = defaults();
    let mut text = String::from(
        "# Every setting with its default. Compiled in; change nothing here, write your own quanheng.toml.\n\
         # The comments come from the doc comments in src/config/sections.\n",
    );
    for (section, about, fields) in SECTIONS {
        if !section.is_empty() {
            let _ = write!(text, "\n#{}\n[{section}]\n", about.join(""));
        }
        for field in *fields {
            let value = value_of(&values, section, field.name);
            let _ = write!(text, "# {}\n{} = {value}\n", field.line(), field.name);
        }
    }
    text
}

/// Every setting there is, in the order of the file.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|(_, _, fields)| fields.iter())
}

/// `docs/configuration.md`.
pub fn manual() -> String {
    let values = defaults();
    let mut text = String::from(MANUAL_HEAD);
    for (section, about, fields) in SECTIONS {
        let title =
            if section.is_empty() { "Top of the file".to_owned() } else { format!("[{section}]") };
        let _ = write!(text, "\n## {title}\n\n{}\n\n", about.join("").trim());
        text.push_str("| Setting | Environment | Default | Meaning |\n| --- | --- | --- | --- |\n");
        for field in *fields {
            text.push_str(&row(section, field, &value_of(&values, section, field.name)));
        }
    }
    text
}

const MANUAL_HEAD: &str = "# Settings\n\n\
    This page is generated from the code (`cargo bless` rewrites it, a test fails when it is stale).\n\n\
    Four layers, each over the one before:\n\n\
    1. the defaults below, compiled in;\n\
    2. the operator's file: `config/quanheng.toml`, then `DATA/quanheng.toml`, or only the file named by `--config FILE` or `QUANHENG_CONFIG`;\n\
    3. the environment: `QUANHENG_` and the key in capitals, `__` between table and name;\n\
    4. the command line.\n\n\
    An unknown name is refused together with the nearest known one, and all faults are listed at once with the place they came from.\n\
    A secret may stand in a file of its own: `<name>_file` names that file, and its content without the last line break is the value.\n\
    Lengths of time carry a unit (`30 s`, `15 min`, `12 h`, `7 d`), and so do amounts of bytes (`256 KiB`, `50 MiB`).\n\
    An empty text means \"not set\".\n";

fn row(section: &str, field: &Field, value: &str) -> String {
    let key = full_key(section, field.name);
    let twin = if field.twin { format!(" (or `{key}_file`)") } else { String::new() };
    let variable = format!("QUANHENG_{}", key.to_ascii_uppercase().replace('.', "__"));
    format!(
        "| `{}`{twin} | `{variable}` | `{value}` | {} Must be {}. |\n",
        field.name,
        field.line().replace('|', "\\|"),
        field.wanted
    )
}

fn defaults() -> Dict {
    toml::from_str(DEFAULTS).expect("the compiled defaults are read by every test")
}

/// The default of a setting in TOML; empty text where the file does not name it yet.
fn value_of(values: &Dict, section: &str, name: &str) -> String {
    let table = if section.is_empty() {
        Some(values)
    } else {
        values.get(section).and_then(Value::as_dict)
    };
    match table.and_then(|table| table.get(name)) {
        Some(value) => in_toml(value),
        None => "\"\"".to_owned(),
    }
}

fn in_toml(value: &Value) -> String {
    match value {
        Value::Array(_, items) => {
            format!("[{}]", items.iter().map(in_toml).collect::<Vec<_>>().join(", "))
        }
        Value::Bool(..) | Value::Num(..) => plain(value).unwrap_or_default(),
        other => toml::Value::String(plain(other).unwrap_or_default()).to_string(),
    }
}
