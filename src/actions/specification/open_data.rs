//! The catalogue as open data: tables in the columns that the import reads, so that another instance makes the same register of
//! them, and records for programs.

use chrono::NaiveDate;
use quanheng_db::register::CommitteeRow;
use quanheng_db::specifications::{ReplacementRow, SpecificationRow};
use quanheng_domain::{cover::classes, field};
use quanheng_tables::{Cell, Sheet, formats::NUMBER_ONLY};
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use crate::register::STUB;

/// The columns of the table of editions; the import knows them by these names.
const EDITIONS: [&str; 21] = [
    "number",
    "kind",
    "level",
    "title_zh",
    "title_zh_basis",
    "title_en",
    "issued_on",
    "effective_on",
    "abolished_on",
    "adoption",
    "adopted_source",
    "ics",
    "ccs",
    "committee_code",
    "committee_or_body",
    "status",
    "status_basis",
    "announcement",
    "last_reexamined_on",
    "drafting_orgs",
    "note",
];
/// The columns of the table of committees.
const COMMITTEES: [&str; 7] =
    ["code", "name_zh", "name_en", "scope_zh", "established_year", "parent", "note"];
/// The columns of the table of links.
const LINKS: [&str; 5] = ["new_number", "old_number", "scope", "part_detail", "basis"];

fn sheet(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        headers: columns.iter().map(|column| (*column).to_owned()).collect(),
        rows,
    }
}

/// Every edition, those of which only the number is known among them.
pub fn editions(catalogue: &Catalogue) -> Sheet {
    let line = |row: &SpecificationRow| {
        let committee = catalogue.committee(row.committee_id);
        let code = committee.and_then(|one| one.code.clone()).unwrap_or_default();
        let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
        let (ics, ccs) = catalogue.classes(&row.id);
        let body = if row.committee_printed.is_empty() { name } else { &row.committee_printed };
        vec![
            Cell::from(row.number.as_str()),
            Cell::from(row.category.to_string()),
            Cell::from(row.level.to_string()),
            Cell::from(row.title_zh.as_str()),
            Cell::from(match row.title_basis.as_str() {
                "" => "",
                STUB => NUMBER_ONLY,
                _ => "translation",
            }),
            Cell::from(row.title_en.as_str()),
            Cell::from(row.issued_on.as_str()),
            Cell::from(row.effective_on.as_str()),
            Cell::from(row.abolished_on.as_str()),
            Cell::from(row.adoption.to_string()),
            Cell::from(row.adopted_source.as_str()),
            Cell::from(ics),
            Cell::from(ccs),
            Cell::from(code),
            Cell::from(body),
            Cell::from(row.reported_status.as_str()),
            Cell::from(row.reported_basis.as_str()),
            Cell::from(row.announcement.as_str()),
            Cell::from(row.last_reexamined_on.map(|day| day.to_string()).unwrap_or_default()),
            Cell::from(row.drafting_units.as_str()),
            Cell::from(row.note.as_str()),
        ]
    };
    sheet("catalogue", &EDITIONS, catalogue.editions.iter().map(line).collect())
}

/// Every committee with its code, by which the table of editions names it.
pub fn committees(catalogue: &Catalogue) -> Sheet {
    let line = |row: &CommitteeRow| {
        let parent = catalogue.committee(row.parent_id).and_then(|one| one.code.clone());
        vec![
            Cell::from(row.code.clone().unwrap_or_default()),
            Cell::from(row.name_zh.as_str()),
            Cell::from(row.name_en.as_str()),
            Cell::from(row.scope_zh.as_str()),
            Cell::from(row.established_year.map(|year| year.to_string()).unwrap_or_default()),
            Cell::from(parent.unwrap_or_default()),
            Cell::from(row.note.as_str()),
        ]
    };
    sheet("committees", &COMMITTEES, catalogue.committees.iter().map(line).collect())
}

/// Every link between an edition and the one it replaces.
pub fn links(catalogue: &Catalogue) -> Sheet {
    let mut rows = Vec::new();
    for new in &catalogue.editions {
        for (link, old) in catalogue.replaced_by(new.id) {
            let ReplacementRow { whole, detail, basis, .. } = link;
            rows.push(vec![
                Cell::from(new.number.as_str()),
                Cell::from(old.number.as_str()),
                Cell::from(if *whole { "whole" } else { "part" }),
                Cell::from(detail.as_str()),
                Cell::from(basis.as_str()),
            ]);
        }
    }
    sheet("replacements", &LINKS, rows)
}

/// An edition as a record for programs, its state judged on a day.
pub fn record(catalogue: &Catalogue, row: &SpecificationRow, on: NaiveDate, base: &str) -> Value {
    let committee = catalogue.committee(row.committee_id);
    let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
    let link = |(link, other): (&ReplacementRow, &SpecificationRow)| json!({ "number": other.number, "whole": link.whole, "detail": link.detail });
    let known = row.title_basis != STUB;
    let (ics, ccs) = catalogue.classes(&row.id);
    json!({
        "number": row.number,
        "url": format!("{base}/specifications/{}", super::catalogue::segment(row)),
        "kind": row.category,
        "level": row.level,
        "title_zh": known.then_some(&row.title_zh),
        "title_en": (!row.title_en.is_empty()).then_some(&row.title_en),
        "issued_on": row.issued_on,
        "effective_on": row.effective_on,
        "abolished_on": row.abolished_on,
        "status": catalogue.state(&row.id, on),
        "status_on": on,
        "field": field::of_text(name, &row.title_zh, &row.title_en),
        "adoption": row.adoption,
        "adopted_source": row.adopted_source,
        "ics": classes(ics).collect::<Vec<_>>(),
        "ccs": classes(ccs).collect::<Vec<_>>(),
        "committee": name,
        "committee_code": committee.and_then(|one| one.code.as_deref()),
        "drafting_units": row.drafting_units.split(';').filter(|unit| !unit.is_empty()).collect::<Vec<_>>(),
        "announcement": row.announcement,
        "last_reexamined_on": row.last_reexamined_on,
        "replaces": catalogue.replaced_by(row.id).map(link).collect::<Vec<_>>(),
        "replaced_by": catalogue.replacing(row.id).map(link).collect::<Vec<_>>(),
    })
}
