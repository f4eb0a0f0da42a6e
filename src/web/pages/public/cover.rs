//! The cover of an edition as everybody reads it (封面信息): what stands on it, how it is cited, and the measurement standards that use it.

use chrono::NaiveDate;
use quanheng_actions::specification::recognition::Recognition;
use quanheng_db::covers::{CoverRow, MeasurementStandardRow};
use quanheng_db::recognitions::JointNumberRow;
use quanheng_db::register::AuthorityRow;
use quanheng_db::specifications::{ReplacementRow, SpecificationRow};
use quanheng_domain::ids::AuthorityId;
use quanheng_domain::number::SpecNumber;
use quanheng_domain::{Keyed, Locale};

use super::{edition, recognitions};
use crate::pages::sections;
use crate::views::{Cell, DataBlock, DataRow, Datum, Row, Table, Text};
use quanheng_actions::specification::catalogue::Catalogue;

/// What the cover is put together from.
pub struct Cover<'r> {
    /// The register.
    pub catalogue: &'r Catalogue,
    /// The edition.
    pub row: &'r SpecificationRow,
    /// What was entered beside it.
    pub entered: Option<&'r CoverRow>,
    /// Who issued it.
    pub authority: Option<&'r AuthorityRow>,
    /// Every authority, for the parties of joint texts and agreements.
    pub authorities: &'r [AuthorityRow],
    /// Agreements of recognition that name it.
    pub agreements: &'r [Recognition],
    /// The day.
    pub on: NaiveDate,
}

/// The parts of a list, with what divides them taken away.
pub fn parts<'t>(text: &'t str, by: &'static [char]) -> impl Iterator<Item = &'t str> {
    text.split(by).map(str::trim).filter(|part| !part.is_empty())
}

const UNITS: &[char] = &[';', '；', '\n'];
const LINES: &[char] = &['\n', ';', '；'];

fn part(detail: &str) -> Text {
    if detail.is_empty() {
        Text::said("specification-part")
    } else {
        Text::said("specification-part-of").with("part", detail)
    }
}

fn words(text: &str) -> Vec<Datum> {
    if text.is_empty() { Vec::new() } else { vec![Datum::text(text)] }
}

fn list(text: &str, by: &'static [char]) -> Vec<Datum> {
    parts(text, by).map(Datum::text).collect()
}

impl Cover<'_> {
    /// The block of the page.
    pub fn block(&self, locale: Locale) -> DataBlock {
        let line = |(label, values): (&str, Vec<Datum>)| {
            DataRow::new(Text::word("specification", label), values)
        };
        let mut rows = self.of_register(locale);
        rows.extend(self.entered.into_iter().flat_map(of_cover));
        let shown = rows.into_iter().filter(|(_, values)| !values.is_empty());
        let rows = shown.map(line).collect();
        DataBlock { title: Text::said("specification-cover"), rows, next: None }
    }

    fn of_register(&self, locale: Locale) -> Vec<(&'static str, Vec<Datum>)> {
        let (row, catalogue) = (self.row, self.catalogue);
        let day = |text: &str| edition::day(text).map(Datum::text).into_iter().collect::<Vec<_>>();
        let linked = |(link, other): (&ReplacementRow, &SpecificationRow)| {
            let note = if link.whole {
                (!link.detail.is_empty()).then(|| Text::plain(link.detail.clone()))
            } else {
                Some(part(&link.detail))
            };
            Datum { note, ..Datum::link(edition::href(other), other.number.clone()) }
        };
        let committee = match catalogue.committee(row.committee_id) {
            Some(committee) => {
                let link = edition::committee_link(committee, locale);
                vec![Datum::link(link.href, link.text)]
            }
            None => words(&row.committee_printed),
        };
        let authority = self
            .authority
            .map(|one| Datum::text(edition::in_language(locale, &one.name_zh, &one.name_en)));
        let mut adoption = vec![Datum::text(Text::word("adoption", row.adoption.key()))];
        adoption.extend(words(&row.adopted_source));
        // Units that only took part stand in a row of their own.
        let joining: Vec<&str> =
            self.entered.map(|one| parts(&one.joining_units, UNITS).collect()).unwrap_or_default();
        let units = parts(&row.drafting_units, UNITS).filter(|unit| !joining.contains(unit));
        let last = row.last_reexamined_on.map(|day| day.to_string()).unwrap_or_default();
        vec![
            ("joint", self.joint(locale)),
            ("title-zh", words(&row.title_zh)),
            ("title-en", words(&row.title_en)),
            ("kind", vec![Datum::text(Text::word("category", row.category.key()))]),
            ("level", vec![Datum::text(Text::word("level", row.level.key()))]),
            ("issued", day(&row.issued_on)),
            ("effective", day(&row.effective_on)),
            ("abolished", day(&row.abolished_on)),
            ("authority", authority.into_iter().collect()),
            ("committee", committee),
            ("units", units.map(Datum::text).collect()),
            ("adoption", adoption),
            ("replaces", catalogue.replaced_by(row.id).map(linked).collect()),
            ("replaced-by", catalogue.replacing(row.id).map(linked).collect()),
            ("announcement", words(&row.announcement)),
            ("reexamined", day(&last)),
            ("recognised", self.recognised(locale)),
            ("note", words(&row.note)),
        ]
    }

    fn name_of(&self, id: AuthorityId, locale: Locale) -> String {
        let one = self.authorities.iter().find(|row| row.id == id);
        one.map(|row| edition::in_language(locale, &row.name_zh, &row.name_en)).unwrap_or_default()
    }

    /// The numbers of the other parties of a joint text.
    fn joint(&self, locale: Locale) -> Vec<Datum> {
        let one = |row: &JointNumberRow| {
            Datum::text(
                Text::said("specification-joint-of")
                    .with("number", row.number.as_str())
                    .with("name", self.name_of(row.authority_id, locale)),
            )
        };
        self.catalogue.joint_numbers(&self.row.id).iter().map(one).collect()
    }

    /// The agreements by which others take the text as equivalent.
    fn recognised(&self, locale: Locale) -> Vec<Datum> {
        let one = |agreement: &Recognition| {
            let parties: Vec<String> = agreement
                .parties
                .iter()
                .map(|party| self.name_of(party.authority_id, locale))
                .collect();
            let said = Text::said("specification-recognised-by")
                .with("title", agreement.row.title.as_str())
                .with("parties", parties.join(" · "));
            Datum {
                pill: Some(recognitions::pill(agreement.state(self.on))),
                ..Datum::link(format!("/recognitions#a-{}", agreement.row.id), said)
            }
        };
        self.agreements.iter().map(one).collect()
    }

    /// How the edition is cited: short, and as a list of references has it.
    pub fn citations(&self) -> Vec<String> {
        let row = self.row;
        let number = SpecNumber::parse(&row.number)
            .map_or_else(|_| row.number.clone(), |parsed| parsed.number.print());
        let publisher = self.entered.map(|one| one.publisher.as_str()).unwrap_or_default();
        let issuer = self.authority.map(|one| one.name_zh.as_str()).unwrap_or_default();
        let year = if publisher.is_empty() {
            row.year.to_string()
        } else {
            format!("{publisher}, {}", row.year)
        };
        let issuer = if issuer.is_empty() { String::new() } else { format!("{issuer}. ") };
        vec![
            format!("{number} {}", row.title_zh),
            format!("{issuer}{}: {number}[S]. {year}.", row.title_zh),
        ]
    }
}

fn of_cover(cover: &CoverRow) -> Vec<(&'static str, Vec<Datum>)> {
    vec![
        ("joining-units", list(&cover.joining_units, UNITS)),
        ("drafters", list(&cover.drafters, LINES)),
        ("joining-drafters", list(&cover.joining_drafters, LINES)),
        ("interpreter", words(&cover.interpreter)),
        ("ics", words(&cover.ics)),
        ("ccs", words(&cover.ccs)),
        ("publisher", words(&cover.publisher)),
        ("isbn", words(&cover.isbn)),
        ("statement", words(&cover.statement)),
    ]
}

/// The measurement standards that use an edition, as a table.
pub fn standards(rows: &[MeasurementStandardRow]) -> Table {
    let line = |row: &MeasurementStandardRow| Row {
        cells: vec![
            Cell::text(row.name.clone()),
            Cell::text(row.certificate.clone()),
            Cell::text(row.keeper.clone()),
            row.valid_until.map_or_else(Cell::default, |day| edition::day_cell(&day.to_string())),
        ],
        ..Row::default()
    };
    sections::table(
        Text::said("cover-standards"),
        &[
            "cover-column-name",
            "cover-column-certificate",
            "cover-column-keeper",
            "cover-column-until",
        ],
        rows.iter().map(line).collect(),
        "cover-standards-none",
    )
}
