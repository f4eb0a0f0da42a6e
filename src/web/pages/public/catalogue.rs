//! The catalogue: every edition, narrowed by what stands in the address, as it stood on any day.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use quanheng_actions::search::{self as engine, Searched, cut, mark};
use quanheng_actions::specification::catalogue::Catalogue;
use quanheng_db::register::CommitteeRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::{
    Keyed, Locale, deadline, field,
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
    on: Option<String>,
    page: Option<usize>,
}

/// The dimensions that can be narrowed, in the order of the sidebar.
const FACETS: [&str; 7] = ["kind", "level", "status", "field", "committee", "adoption", "year"];
/// Every name in the address.
const NAMES: [&str; 9] =
    ["q", "kind", "level", "status", "field", "committee", "adoption", "year", "on"];

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

/// An edition with its value in every dimension.
struct Line<'c> {
    row: &'c SpecificationRow,
    values: [String; 7],
}

/// The editions in the order of the catalogue, or those that a question found, best first.
fn lines<'c>(
    catalogue: &'c Catalogue,
    searched: Option<&Searched>,
    on: NaiveDate,
) -> Vec<Line<'c>> {
    let line = |row: &'c SpecificationRow| {
        let committee = catalogue.committee(row.committee_id);
        let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
        let field = field::of_text(name, &row.title_zh, &row.title_en);
        Line {
            row,
            values: [
                row.category.key().to_owned(),
                row.level.key().to_owned(),
                catalogue.state(&row.id, on).key().to_owned(),
                field.map(|field| field.key().to_owned()).unwrap_or_default(),
                committee.map(CommitteeRow::segment).unwrap_or_default(),
                row.adoption.key().to_owned(),
                row.year.to_string(),
            ],
        }
    };
    match searched {
        Some(searched) => {
            searched.hits.iter().map(|hit| line(&catalogue.editions[hit.place])).collect()
        }
        None => catalogue.editions.iter().map(line).collect(),
    }
}

/// Whether a line is what was asked for, leaving one dimension out of the question.
fn fits(line: &Line<'_>, asked: &Asked, but: Option<&str>) -> bool {
    FACETS.iter().zip(&line.values).all(|(name, value)| {
        let wanted = asked.value(name);
        wanted.is_empty() || Some(*name) == but || wanted.eq_ignore_ascii_case(value)
    })
}

fn words_for(catalogue: &Catalogue, name: &str, value: &str, locale: Locale) -> Text {
    match name {
        "kind" => Text::word("category", value),
        "level" => Text::word("level", value),
        "status" => Text::word("validity", value),
        "field" => Text::word("measuring-field", value),
        "adoption" => Text::word("adoption", value),
        "committee" => {
            let committee =
                catalogue.committees.iter().find(|one| one.segment().eq_ignore_ascii_case(value));
            committee
                .map_or_else(|| Text::plain(value), |one| edition::committee_link(one, locale).text)
        }
        _ => Text::plain(value),
    }
}

fn facet(
    catalogue: &Catalogue,
    lines: &[Line<'_>],
    asked: &Asked,
    place: usize,
    locale: Locale,
) -> Facet {
    let name = FACETS[place];
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for line in lines.iter().filter(|line| fits(line, asked, Some(name))) {
        let value = line.values[place].as_str();
        if !value.is_empty() {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    // Years newest first, everything else by how much it holds.
    if name == "year" {
        counts.reverse();
    } else {
        counts.sort_by_key(|count| std::cmp::Reverse(count.1));
    }
    let chosen = asked.value(name);
    let options = counts
        .into_iter()
        .enumerate()
        .filter(|(at, (value, _))| *at < MOST_OPTIONS || value.eq_ignore_ascii_case(chosen))
        .map(|(_, (value, count))| {
            let on = value.eq_ignore_ascii_case(chosen);
            let href = asked.href(name, if on { "" } else { value });
            FacetOption { text: words_for(catalogue, name, value, locale), count, href, chosen: on }
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
    for name in FACETS.iter().filter(|name| !asked.value(name).is_empty()) {
        fields.push(Field::new(FieldKind::Hidden, name, Text::plain("")).value(asked.value(name)));
        chosen.push(Chosen {
            text: words_for(catalogue, name, asked.value(name), locale),
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

/// The lines of the texts on one page of results.
async fn texts(
    app: &App,
    shown: &[&SpecificationRow],
    terms: &[String],
) -> Result<HashMap<SpecificationId, Vec<mark::Line>>, WebError> {
    let rows: Vec<SpecificationRow> = shown.iter().map(|row| (*row).clone()).collect();
    let terms = terms.to_vec();
    let read = app.read(move |conn| {
        let rows: Vec<&SpecificationRow> = rows.iter().collect();
        mark::lines(conn, &rows, &terms)
    });
    Ok(read.await?)
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
    let (now, shelf) = (app.now(), Shelf::clone(shelf));
    let on = address::day(asked.on.as_deref())?.unwrap_or_else(|| deadline::day_of(now));
    let question = asked.value("q").to_owned();
    let (catalogue, searched) = app
        .read(move |conn| {
            let catalogue = shelf.catalogue(conn, now)?;
            let asked = (!question.is_empty())
                .then(|| engine::search(conn, &catalogue, &question, on))
                .transpose()?;
            Ok((catalogue, asked))
        })
        .await?;
    let lines = lines(&catalogue, searched.as_ref(), on);
    let found: Vec<&SpecificationRow> =
        lines.iter().filter(|line| fits(line, &asked, None)).map(|line| line.row).collect();
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = asked.page.unwrap_or(1).clamp(1, pages);
    let shown: Vec<&SpecificationRow> =
        found.iter().copied().skip((page - 1) * PAGE).take(PAGE).collect();
    let terms = searched.as_ref().map(|one| one.terms.clone()).unwrap_or_default();
    let texts = if terms.is_empty() { HashMap::new() } else { texts(app, &shown, &terms).await? };
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let base = asked.href("", "");
    let joint = if base.contains('?') { '&' } else { '?' };
    let head = head(&visitor, on);
    let view = CataloguePage {
        head,
        filters: filters(&catalogue, &asked, found.len(), visitor.locale),
        facets: (0..FACETS.len())
            .map(|place| facet(&catalogue, &lines, &asked, place, visitor.locale))
            .filter(|facet| !facet.options.is_empty())
            .collect(),
        found: searched
            .as_ref()
            .filter(|_| !shown.is_empty())
            .map(|_| found::found(&shown, &texts, &terms, &catalogue, (on, visitor.locale))),
        meant: searched
            .iter()
            .flat_map(|searched| &searched.meant)
            .filter_map(|id| catalogue.edition(id))
            .map(|row| Link::new(edition::href(row), Text::plain(&row.number)))
            .collect(),
        table: (searched.is_none() || shown.is_empty())
            .then(|| edition::table("catalogue-title", &shown, &catalogue, on, visitor.locale)),
        pager: Pager::new(count(page), count(PAGE), count(found.len()), |n| {
            format!("{base}{joint}page={n}")
        }),
    };
    Ok(Page::new("pages/public/catalogue", &view))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![list]
}
