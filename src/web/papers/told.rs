//! Reports as JSON, with stable names.

use quanheng_actions::report::DueDays;
use quanheng_domain::Keyed;
use quanheng_domain::report::ReportPart;
use quanheng_reports::annual::Paper;
use quanheng_reports::figure::{Evidence, Figure};
use quanheng_reports::national::{Line, Overview};
use serde_json::{Value, json};

fn record(record: &Evidence) -> Value {
    json!({ "label": record.label, "path": record.path, "on": record.on, "count": record.count })
}

fn figure(paper: &Paper, figure: &Figure, inside: bool) -> Value {
    let correction = paper.correction(figure.key).map(|made| {
        let by = inside.then_some(&made.by);
        json!({ "value": made.value, "reason": made.reason, "by": by, "at": made.at })
    });
    let mut told = json!({
        "key": figure.key.key(), "group": figure.key.group().key(),
        "value": paper.value(figure), "computed": figure.value, "previous": figure.previous,
        "fell_to_zero": figure.fell_to_zero(), "correction": correction,
    });
    if inside {
        told["records_now"] = json!(paper.moved.get(&figure.key));
        told["records"] = figure.evidence.iter().map(record).collect();
    }
    told
}

/// An annual report; what only those inside may see is left out for others.
pub fn annual(paper: &Paper, days: &DueDays, inside: bool) -> Value {
    let parts = ReportPart::ALL.iter().filter(|part| inside || part.is_public());
    let parts: Vec<Value> = parts
        .map(|part| {
            let text = paper.parts.get(part).map_or("", |saved| saved.text.as_str());
            json!({ "key": part.key(), "state": paper.part_state(*part).key(), "text": text })
        })
        .collect();
    let committee = &paper.committee;
    json!({
        "kind": "annual", "year": paper.year, "id": paper.id, "version": paper.version,
        "committee": { "code": committee.code, "name_zh": committee.name_zh, "name_en": committee.name_en },
        "state": paper.state.map(Keyed::key),
        "opens_on": days.opens, "due_on": days.due, "grace_until": days.grace,
        "signed_by": paper.signed_by, "signed_at": paper.signed_at, "submitted_at": paper.submitted_at,
        "decided_at": paper.decided_at,
        "decision_note": inside.then_some(&paper.decision_note).filter(|note| !note.is_empty()),
        "figures": paper.figures.iter().map(|one| figure(paper, one, inside)).collect::<Vec<_>>(),
        "parts": parts,
    })
}

fn numbers(figures: &[Figure]) -> Value {
    figures
        .iter()
        .map(|figure| {
            let told = json!({ "value": figure.value, "previous": figure.previous });
            (figure.key.key().to_owned(), told)
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn line(line: &Line) -> Value {
    let standing: serde_json::Map<String, Value> =
        line.standing.iter().map(|(phase, count)| (phase.key().to_owned(), json!(count))).collect();
    let committee = &line.committee;
    json!({
        "committee": { "code": committee.code, "name_zh": committee.name_zh, "name_en": committee.name_en },
        "standing": standing, "overdue": line.overdue, "figures": numbers(&line.figures),
        "report": { "state": line.state.map(Keyed::key), "submitted_at": line.submitted_at },
    })
}

/// The overview of all committees.
pub fn national(overview: &Overview) -> Value {
    json!({
        "kind": "national", "year": overview.year, "figures": numbers(&overview.total),
        "committees": overview.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
