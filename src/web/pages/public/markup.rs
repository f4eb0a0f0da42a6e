//! The facts of an edition for search engines, as schema.org/Legislation in the markup of its page.

use chrono::NaiveDate;
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::register::AuthorityRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::cover;
use serde::Serialize;

use super::edition;

/// The same facts for search engines, as schema.org/Legislation.
#[derive(Serialize)]
pub struct Schema {
    number: String,
    name: String,
    issued: String,
    effective: String,
    authority: String,
    force: &'static str,
    replaces: Vec<String>,
    /// International and Chinese classes.
    classes: Vec<Class>,
}

#[derive(Serialize)]
struct Class {
    set: &'static str,
    code: String,
}

impl Schema {
    /// The facts of an edition as they stand on a day.
    pub fn of(
        catalogue: &Catalogue,
        row: &SpecificationRow,
        authority: Option<&AuthorityRow>,
        (on, base): (NaiveDate, &str),
    ) -> Self {
        let in_force = catalogue.state(&row.id, on).is_in_force();
        let (ics, ccs) = catalogue.classes(&row.id);
        let of = |set, text| cover::classes(text).map(move |code| Class { set, code: code.into() });
        let full = |text: &str| if text.len() == 10 { text.to_owned() } else { String::new() };
        Self {
            number: row.number.clone(),
            name: row.title_zh.clone(),
            issued: full(&row.issued_on),
            effective: full(&row.effective_on),
            authority: authority.map(|one| one.name_zh.clone()).unwrap_or_default(),
            force: if in_force { "InForce" } else { "NotInForce" },
            replaces: catalogue
                .replaced_by(row.id)
                .map(|(_, old)| format!("{base}{}", edition::href(old)))
                .collect(),
            classes: of("ICS", ics).chain(of("CCS", ccs)).collect(),
        }
    }
}
