//! The dimensions in which the catalogue is narrowed (分面): their values are put together once for as long as the catalogue is kept,
//! so that a question over twenty thousand editions compares small numbers and no words.

use std::collections::HashMap;

use chrono::NaiveDate;
use quanheng_db::{register::CommitteeRow, specifications::SpecificationRow};
use quanheng_domain::{
    Keyed,
    cover::{ccs_with_letters, ics_with_groups},
    field, keyed,
    validity::ValidityState,
};

use super::catalogue::Catalogue;

keyed! {
    /// A dimension in which editions differ.
    Dimension as "dimension" {
        /// 类别
        Kind = "kind",
        /// 层级
        Level = "level",
        /// 效力, on a day.
        Status = "status",
        /// 专业领域
        Field = "field",
        /// 归口委员会
        Committee = "committee",
        /// 采用程度
        Adoption = "adoption",
        /// 国际标准分类号, with the groups above a class.
        Ics = "ics",
        /// 中国标准文献分类号, with the letter above a class.
        Ccs = "ccs",
        /// 年份
        Year = "year",
    }
}

/// One dimension: the values there are, and those of each edition.
#[derive(Default)]
struct Column {
    values: Vec<String>,
    /// Where the values of an edition end; they begin where those of the one before it end.
    ends: Vec<u32>,
    codes: Vec<u32>,
}

impl Column {
    fn of(rows: impl Iterator<Item = Vec<String>>) -> Self {
        let mut column = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        for row in rows {
            for value in row.into_iter().filter(|value| !value.is_empty()) {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                column.codes.push(*known.entry(value).or_insert(next));
            }
            column.ends.push(u32::try_from(column.codes.len()).unwrap_or(u32::MAX));
        }
        let mut values: Vec<(u32, String)> =
            known.into_iter().map(|(value, code)| (code, value)).collect();
        values.sort_unstable();
        column.values = values.into_iter().map(|(_, value)| value).collect();
        column
    }

    /// The column of states, which are known by their place in the list of all.
    fn of_states(states: &[ValidityState]) -> Self {
        let code = |state: &ValidityState| ValidityState::ALL.iter().position(|one| one == state);
        let codes = states.iter().map(|state| code(state).and_then(|at| u32::try_from(at).ok()));
        Self {
            values: ValidityState::ALL.iter().map(|state| state.key().to_owned()).collect(),
            codes: codes.map(Option::unwrap_or_default).collect(),
            ends: (1..=u32::try_from(states.len()).unwrap_or(u32::MAX)).collect(),
        }
    }

    fn codes_of(&self, place: usize) -> &[u32] {
        let end = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        let from = place.checked_sub(1).map_or(0, end);
        self.codes.get(from..end(place)).unwrap_or_default()
    }
}

/// The values of every edition in every dimension but the state.
pub(super) struct Facets(Vec<(Dimension, Column)>);

impl Facets {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let fixed = Dimension::ALL.iter().filter(|one| **one != Dimension::Status);
        let column = |dimension: &Dimension| {
            let rows = catalogue.editions.iter().map(|row| values(catalogue, row, *dimension));
            (*dimension, Column::of(rows))
        };
        Self(fixed.map(column).collect())
    }
}

fn values(catalogue: &Catalogue, row: &SpecificationRow, dimension: Dimension) -> Vec<String> {
    let committee = catalogue.committee(row.committee_id);
    let one = match dimension {
        Dimension::Kind => row.category.key().to_owned(),
        Dimension::Level => row.level.key().to_owned(),
        Dimension::Adoption => row.adoption.key().to_owned(),
        Dimension::Year => row.year.to_string(),
        Dimension::Committee => committee.map(CommitteeRow::segment).unwrap_or_default(),
        Dimension::Field => {
            let name = committee.map_or(row.committee_printed.as_str(), |one| one.name_zh.as_str());
            let field = field::of_text(name, &row.title_zh, &row.title_en);
            field.map(|field| field.key().to_owned()).unwrap_or_default()
        }
        Dimension::Ics => return ics_with_groups(catalogue.classes(&row.id).0),
        Dimension::Ccs => return ccs_with_letters(catalogue.classes(&row.id).1),
        // It is of a day; see `narrow`.
        Dimension::Status => String::new(),
    };
    vec![one]
}

/// What is left of some editions, and how many have each value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    /// The places of the editions that fit, in the order in which they came.
    pub places: Vec<usize>,
    /// The values of each dimension with the editions that have it and fit in all other dimensions.
    pub counts: Vec<(Dimension, Vec<(String, u64)>)>,
}

/// One dimension of a question.
struct Asked<'c> {
    dimension: Dimension,
    column: &'c Column,
    /// The values that fit, by code; nothing where all do.
    fitting: Option<Vec<bool>>,
    counts: Vec<u64>,
}

impl<'c> Asked<'c> {
    fn new(dimension: Dimension, column: &'c Column, wanted: &str) -> Self {
        let fits = |value: &String| value.eq_ignore_ascii_case(wanted);
        Self {
            dimension,
            column,
            fitting: (!wanted.is_empty()).then(|| column.values.iter().map(fits).collect()),
            counts: vec![0; column.values.len()],
        }
    }

    fn fits(&self, place: usize) -> bool {
        self.fitting.as_ref().is_none_or(|fitting| {
            let codes = self.column.codes_of(place);
            codes.iter().any(|code| fitting.get(*code as usize).copied().unwrap_or_default())
        })
    }

    fn count(&mut self, place: usize) {
        for code in self.column.codes_of(place) {
            if let Some(count) = self.counts.get_mut(*code as usize) {
                *count += 1;
            }
        }
    }

    fn told(self) -> (Dimension, Vec<(String, u64)>) {
        let counted = self.column.values.iter().cloned().zip(self.counts);
        (self.dimension, counted.filter(|(_, count)| *count > 0).collect())
    }
}

/// Narrows editions to the values that are asked for, empty where any will do; states are those of a day.
pub fn narrow<'a>(
    catalogue: &Catalogue,
    places: impl Iterator<Item = usize>,
    on: NaiveDate,
    wanted: impl Fn(Dimension) -> &'a str,
) -> Narrowed {
    let states = Column::of_states(&catalogue.states(on));
    let column = |dimension: &Dimension| {
        let fixed = catalogue.facets().0.iter().find(|(one, _)| one == dimension);
        fixed.map_or(&states, |(_, column)| column)
    };
    let mut asked: Vec<Asked<'_>> = Dimension::ALL
        .iter()
        .map(|dimension| Asked::new(*dimension, column(dimension), wanted(*dimension)))
        .collect();
    let mut left = Vec::new();
    for place in places {
        let mut misses = (0..asked.len()).filter(|at| !asked[*at].fits(place));
        match (misses.next(), misses.next()) {
            (None, _) => {
                left.push(place);
                asked.iter_mut().for_each(|one| one.count(place));
            }
            (Some(only), None) => asked[only].count(place),
            (Some(_), Some(_)) => {}
        }
    }
    Narrowed { places: left, counts: asked.into_iter().map(Asked::told).collect() }
}
