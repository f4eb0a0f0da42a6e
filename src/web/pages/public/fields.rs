//! Fields of measurement in plain language (计量专业领域): what each is about, what is in force, what is new and coming, and who makes it.

use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::register::CommitteeRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::field::{self, MeasuringField};
use quanheng_domain::validity::ValidityState;
use quanheng_domain::{Keyed, Locale, deadline};
use rocket::{Route, State, get, routes};

use super::{Shelf, edition, home};
use crate::pages::address;
use crate::pages::sections::{Card, Section, Sections};
use crate::views::{Crumb, Link, PageHead, Table, Text};
use crate::{App, Page, Visitor, WebError};

/// Lines of each list; the catalogue has them all.
const MOST: usize = 10;

/// The field of a text as the catalogue knows it.
fn field_of(catalogue: &Catalogue, row: &SpecificationRow) -> Option<MeasuringField> {
    let committee = catalogue.committee(row.committee_id);
    let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
    field::of_text(name, &row.title_zh, &row.title_en)
}

fn about(field: MeasuringField) -> Text {
    Text::word("field-about", field.key())
}

fn name(field: MeasuringField) -> Text {
    Text::word("measuring-field", field.key())
}

fn in_catalogue(field: MeasuringField) -> String {
    let state = ValidityState::InForce.key();
    address::with("/specifications", &[("field", field.key()), ("status", state)])
}

#[get("/fields")]
async fn list(app: &State<App>, shelf: &State<Shelf>) -> Result<Page, WebError> {
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let today = deadline::day_of(now);
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let mut counts = vec![0_u64; MeasuringField::ALL.len()];
    for row in &catalogue.editions {
        let place = field_of(&catalogue, row)
            .and_then(|field| MeasuringField::ALL.iter().position(|one| *one == field));
        if let Some(place) = place.filter(|_| catalogue.state(&row.id, today).is_in_force()) {
            counts[place] += 1;
        }
    }
    let card = |(field, count): (&MeasuringField, &u64)| Card {
        href: Some(format!("/fields/{}", field.key())),
        lines: vec![about(*field), Text::said("fields-count").with("n", *count)],
        ..Card::new(field.key(), name(*field))
    };
    let mut head = PageHead::new(Text::said("fields-title"));
    head.lead = Some(Text::said("fields-lead"));
    let cards = MeasuringField::ALL.iter().zip(&counts).map(card).collect();
    let section = Section { cards, ..Section::new("fields", Text::said("fields-all")) };
    Ok(Sections::new(head, vec![section], None).page())
}

fn committees(catalogue: &Catalogue, field: MeasuringField, locale: Locale) -> Vec<Link> {
    let works = |row: &&CommitteeRow| field::of_name(&row.name_zh) == Some(field);
    let link = |row: &CommitteeRow| edition::committee_link(row, locale);
    catalogue.committees.iter().filter(works).map(link).collect()
}

#[get("/fields/<key>")]
async fn one(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    key: &str,
) -> Result<Page, WebError> {
    let field = MeasuringField::from_key(key).map_err(|_| WebError::not_found())?;
    let (now, shelf, locale) = (app.now(), Shelf::clone(shelf), visitor.locale);
    let today = deadline::day_of(now);
    let catalogue = app.read(move |conn| shelf.catalogue(conn, now)).await?;
    let own: Vec<&SpecificationRow> =
        catalogue.editions.iter().filter(|row| field_of(&catalogue, row) == Some(field)).collect();
    let state = |row: &SpecificationRow| catalogue.state(&row.id, today);
    let in_force = own.iter().filter(|row| state(row).is_in_force()).count();
    let table = |caption: &str, rows: &[&SpecificationRow]| -> Table {
        edition::table(caption, rows, &catalogue, today, locale)
    };
    let newest = |date: fn(&SpecificationRow) -> &str| {
        home::latest_of(own.iter().copied(), date, today, MOST)
    };
    let issued = newest(|row| &row.issued_on);
    let ended = newest(|row| &row.abolished_on);
    let mut coming: Vec<&SpecificationRow> =
        own.iter().copied().filter(|row| state(row) == ValidityState::Pending).collect();
    coming.sort_by(|a, b| a.effective_on.cmp(&b.effective_on));
    coming.truncate(MOST);
    let section = |id: &str, title: &str, rows: &[&SpecificationRow]| Section {
        table: Some(table(title, rows)),
        ..Section::new(id, Text::said(title))
    };
    let made_by = committees(&catalogue, field, locale);
    let mut head = PageHead::new(name(field));
    head.lead = Some(about(field));
    head.crumbs = vec![
        Crumb { text: Text::said("fields-title"), href: Some("/fields".to_owned()) },
        Crumb { text: name(field), href: None },
    ];
    head.actions = vec![Link::new(
        in_catalogue(field),
        Text::said("fields-in-force").with("n", in_force as u64),
    )];
    let mut all = vec![
        section("issued", "home-issued", &issued),
        section("coming", "home-coming", &coming),
        section("ended", "home-ended", &ended),
    ];
    if !made_by.is_empty() {
        let who = Section::new("committees", Text::said("fields-committees"));
        all.push(Section { links: made_by, ..who });
    }
    Ok(Sections::new(head, all, None).page())
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list, one]
}
