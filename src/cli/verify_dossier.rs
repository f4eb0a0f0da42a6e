//! A sealed dossier verified by itself: every part, the chain of its events, the seal over the whole. No database is opened.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use quanheng_actions::document::dossier;
use quanheng_render::dossier::{INDEX, Unsound, open};
use serde_json::Value;

use super::Say;

/// Where the events lie in a dossier.
const EVENTS: &str = "record/events.jsonl";

/// Verifies the file; tells what it is and its fingerprint, or the first thing that is wrong.
pub(super) fn run(file: &Path, say: &Say) -> anyhow::Result<ExitCode> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let whole = match open(&bytes) {
        Ok(whole) => whole,
        Err(unsound) => {
            say.warn("cli-verify-dossier-broken", &[("what", told(&unsound, say).into())]);
            return Ok(ExitCode::FAILURE);
        }
    };
    let events = whole.pieces.get(EVENTS).map(Vec::as_slice).unwrap_or_default();
    let walked = match dossier::walk(&String::from_utf8_lossy(events)) {
        Ok(walked) => walked,
        Err(fault) => {
            say.warn("cli-verify-dossier-broken", &[("what", fault.to_string().into())]);
            return Ok(ExitCode::FAILURE);
        }
    };
    let index = whole.pieces.get(INDEX).map(Vec::as_slice).unwrap_or(b"null");
    let index: Value = serde_json::from_slice(index).context(INDEX)?;
    let told = |pointer: &str| index.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let values = [
        ("title", told("/project/title_zh").into()),
        ("number", told("/project/number").into()),
        ("at", told("/sealed_at").into()),
        ("by", told("/sealed_by").into()),
    ];
    say.line("cli-verify-dossier-what", &values);
    let values = [
        ("parts", number(whole.pieces.len()).into()),
        ("events", number(walked).into()),
        ("root", whole.root.as_str().into()),
    ];
    say.line("cli-verify-dossier", &values);
    Ok(ExitCode::SUCCESS)
}

fn told(unsound: &Unsound, say: &Say) -> String {
    let at = |key: &str, path: &str| say.text(key, &[("path", path.into())]);
    match unsound {
        Unsound::NotADossier => say.text("cli-dossier-none", &[]),
        Unsound::CheckFile => say.text("cli-dossier-check-file", &[]),
        Unsound::Unreadable { path, .. } => at("cli-dossier-unreadable", path),
        Unsound::Changed { path } => at("cli-dossier-changed", path),
        Unsound::Missing { path } => at("cli-dossier-missing", path),
        Unsound::Added { path } => at("cli-dossier-added", path),
        Unsound::Around => say.text("cli-dossier-around", &[]),
    }
}
