//! The catalogue: every edition, narrowed by what stands in the address, as it stood on any day.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_actions::search::{self as engine, cut, mark};
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_actions::specification::facets::{Dimension, narrow};
use quanheng_db::conn::AnyConn;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::{
    Keyed, Locale, deadline,
    field::MeasuringField,
    ids::SpecificationId,
    lifecycle::Adoption,
    specification::{Category, Level},
    validity::ValidityState,
};
use rocket::{FromForm, Route, State, get, routes};
use serde::Serialize;

use super::found::{self, Found};
use super::{Shelf, edition};
use crate::pages::address;
use crate::views::{
    Chosen, Facet, FacetOption, Field, FieldKind, Filters, Link, PageHead, Pager, Table, Text,
};
use crate::{App, Page, Visitor, WebError};

const PATH: &str = "/specifications";
const PAGE: usize = 50;
const MOST_OPTIONS: usize = 12;

/// What the reader chose, as it stands in the address.
#[derive(Debug, Clone, Default, FromForm)]
pub struct Asked {
    q: Option<String>,
    kind: Option<String>,
    level: Option<String>,
    status: Option<String>,
    committee: Option<String>,
    year: Option<String>,
    field: Option<String>,
    adoption: Option<String>,
    ics: Option<String>,
    ccs: Option<String>,
    on: Option<String>,
    page: Option<usize>,
}

/// Every name in the address.
const NAMES: [&str; 11] =
    ["q", "kind", "level", "status", "field", "committee", "adoption", "ics", "ccs", "year", "on"];

impl Asked {
    fn value(&self, name: &str) -> &str {
        let value = match name {
            "q" => &self.q,
            "kind" => &self.kind,
            "level" => &self.level,
            "status" => &self.status,
            "committee" => &self.committee,
            "year" => &self.year,
            "field" => &self.field,
            "adoption" => &self.adoption,
            "ics" => &self.ics,
            "ccs" => &self.ccs,
            _ => &self.on,
        };
        value.as_deref().map_or("", str::trim)
    }

    /// The address with one value changed; the page begins anew.
    fn href(&self, changed: &str, to: &str) -> String {
        let pairs: Vec<(&str, &str)> =
            NAMES.map(|name| (name, if name == changed { to } else { self.value(name) })).to_vec();
        address::with(PATH, &pairs)
    }

    /// Unknown keys are told, not ignored: a list that silently shows more than was asked for misleads.
    fn check(&self) -> Result<(), WebError> {
        address::key::<Category>(self.kind.as_deref())?;
        address::key::<Level>(self.level.as_deref())?;
        address::key::<ValidityState>(self.status.as_deref())?;
        address::key::<MeasuringField>(self.field.as_deref())?;
        address::key::<Adoption>(self.adoption.as_deref())?;
        Ok(())
    }
}

#[derive(Serialize)]
struct CataloguePage {
    head: PageHead,
    filters: Filters,
    facets: Vec<Facet>,
    /// What was found, best first; only when something was asked.
    found: Option<Vec<Found>>,
    meant: Vec<Link>,
    table: Option<Table>,
    pager: Pager,
}

fn words_for(catalogue: &Catalogue, dimension: Dimension, value: &str, locale: Locale) -> Text {
    match dimension {
        Dimension::Kind => Text::word("category", value),
        Dimension::Level => Text::word("level", value),
        Dimension::Status => Text::word("validity", value),
        Dimension::Field => Text::word("measuring-field", value),
        Dimension::Adoption => Text::word("adoption", value),
        Dimension::Committee => {
            let committee =
                catalogue.committees.iter().find(|one| one.segment().eq_ignore_ascii_case(value));
            committee
                .map_or_else(|| Text::plain(value), |one| edition::committee_link(one, locale).text)
        }
        Dimension::Ics | Dimension::Ccs | Dimension::Year => Text::plain(value),
    }
}

fn facet(
    catalogue: &Catalogue,
    (dimension, mut counts): (Dimension, Vec<(String, u64)>),
    asked: &Asked,
    locale: Locale,
) -> Facet {
    let name = dimension.key();
    // Years newest first, everything else by how much it holds.
    if dimension == Dimension::Year {
        counts.sort_by(|one, other| other.0.cmp(&one.0));
    } else {
        counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    }
    let chosen = asked.value(name);
    let options = counts
        .into_iter()
        .enumerate()
        .filter(|(at, (value, _))| *at < MOST_OPTIONS || value.eq_ignore_ascii_case(chosen))
        .map(|(_, (value, count))| {
            let on = value.eq_ignore_ascii_case(chosen);
            let href = asked.href(name, if on { "" } else { &value });
            let text = words_for(catalogue, dimension, &value, locale);
            FacetOption { text, count, href, chosen: on }
        })
        .collect();
    Facet { title: Text::word("catalogue-facet", name), options }
}

fn filters(catalogue: &Catalogue, asked: &Asked, total: usize, locale: Locale) -> Filters {
    let mut fields = vec![
        Field::new(FieldKind::Search, "q", Text::said("catalogue-field-q"))
            .value(asked.value("q"))
            .attr("maxlength", cut::LONGEST),
        Field::new(FieldKind::Date, "on", Text::said("catalogue-field-on"))
            .value(asked.value("on")),
    ];
    let mut chosen = Vec::new();
    let narrowed = Dimension::ALL.iter().filter(|one| !asked.value(one.key()).is_empty());
    for dimension in narrowed {
        let (name, value) = (dimension.key(), asked.value(dimension.key()));
        fields.push(Field::new(FieldKind::Hidden, name, Text::plain("")).value(value));
        chosen.push(Chosen {
            text: words_for(catalogue, *dimension, value, locale),
            href: asked.href(name, ""),
        });
    }
    for name in ["q", "on"].into_iter().filter(|name| !asked.value(name).is_empty()) {
        chosen.push(Chosen { text: Text::plain(asked.value(name)), href: asked.href(name, "") });
    }
    Filters {
        action: PATH.to_owned(),
        fields,
        clear_href: (!chosen.is_empty()).then(|| PATH.to_owned()),
        chosen,
        total: Text::said("catalogue-total").with("n", u64::try_from(total).unwrap_or(u64::MAX)),
    }
}

/// One page of the catalogue as it was asked for.
struct Sheet {
    catalogue: Arc<Catalogue>,
    /// The places of the editions on it.
    shown: Vec<usize>,
    page: usize,
    total: usize,
    counts: Vec<(Dimension, Vec<(String, u64)>)>,
    /// What the texts say, where something was asked.
    lines: HashMap<SpecificationId, Vec<mark::Line>>,
    terms: Vec<String>,
    meant: Vec<SpecificationId>,
}

fn sheet(
    conn: &mut AnyConn,
    catalogue: Arc<Catalogue>,
    asked: &Asked,
    on: NaiveDate,
) -> Result<Sheet, ActionError> {
    let question = asked.value("q");
    let wanted = |dimension: Dimension| asked.value(dimension.key());
    let searched = engine::search(conn, &catalogue, question, on)?;
    let narrowed = if question.is_empty() {
        narrow(&catalogue, 0..catalogue.editions.len(), on, wanted)
    } else {
        narrow(&catalogue, searched.hits.iter().map(|hit| hit.place), on, wanted)
    };
    let total = narrowed.places.len();
    let page = asked.page.unwrap_or(1).clamp(1, total.div_ceil(PAGE).max(1));
    let shown: Vec<usize> =
        narrowed.places.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let rows: Vec<&SpecificationRow> =
        shown.iter().filter_map(|place| catalogue.editions.get(*place)).collect();
    let lines = mark::lines(conn, &rows, &searched.terms)?;
    let (terms, meant) = (searched.terms, searched.meant);
    Ok(Sheet { shown, page, total, counts: narrowed.counts, lines, terms, meant, catalogue })
}

/// The head, with the ways to what else there is about texts in force.
fn head(visitor: &Visitor, on: NaiveDate) -> PageHead {
    let mut head = PageHead::new(Text::said("catalogue-title"));
    head.actions = vec![
        Link::new("/fields", Text::said("fields-title")),
        Link::new("/international", Text::said("international-title")),
        Link::new("/recognitions", Text::said("recognition-title")),
    ];
    if visitor.actor.person().is_some() {
        head.actions.push(Link::new("/overlaps", Text::said("overlap-title")));
    }
    head.lead = Some(Text::said("catalogue-lead").with_date("day", on));
    head
}

#[get("/specifications?<asked..>")]
async fn list(
    app: &State<App>,
    shelf: &State<Shelf>,
    visitor: Visitor,
    asked: Asked,
) -> Result<Page, WebError> {
    asked.check()?;
    let now = app.now();
    let on = address::day(asked.on.as_deref())?.unwrap_or_else(|| deadline::day_of(now));
    let (shelf, wish) = (Shelf::clone(shelf), asked.clone());
    let read = move |conn: &mut AnyConn| {
        let catalogue = shelf.catalogue(conn, now)?;
        sheet(conn, catalogue, &wish, on)
    };
    let Sheet { catalogue, shown, page, total, counts, lines, terms, meant } =
        app.read(read).await?;
    let shown: Vec<&SpecificationRow> =
        shown.iter().filter_map(|place| catalogue.editions.get(*place)).collect();
    let searched = !asked.value("q").is_empty();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let base = asked.href("", "");
    let joint = if base.contains('?') { '&' } else { '?' };
    let head = head(&visitor, on);
    let view = CataloguePage {
        head,
        filters: filters(&catalogue, &asked, total, visitor.locale),
        facets: counts
            .into_iter()
            .map(|counted| facet(&catalogue, counted, &asked, visitor.locale))
            .filter(|facet| !facet.options.is_empty())
            .collect(),
        found: (searched && !shown.is_empty())
            .then(|| found::found(&shown, &lines, &terms, &catalogue, (on, visitor.locale))),
        meant: meant
            .iter()
            .filter_map(|id| catalogue.edition(id))
            .map(|row| Link::new(edition::href(row), Text::plain(&row.number)))
            .collect(),
        table: (!searched || shown.is_empty())
            .then(|| edition::table("catalogue-title", &shown, &catalogue, on, visitor.locale)),
        pager: Pager::new(count(page), count(PAGE), count(total), |n| {
            format!("{base}{joint}page={n}")
        }),
    };
    Ok(Page::new("pages/public/catalogue", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
