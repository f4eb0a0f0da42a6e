//! What a question finds in the catalogue, best first: a number before a title, a title before a full text, what is in force
//! before what is not, newer before older.

use chrono::NaiveDate;
use quanheng_db::{conn::AnyConn, search as index, specifications::SpecificationRow};
use quanheng_domain::{ids::SpecificationId, number::SpecNumber, validity::ValidityState};

use super::{cut, keys::Keys, keys::compact};
use crate::{ActionError, specification::catalogue::Catalogue};

/// Why an edition was found; the better reasons first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// This very number.
    Number,
    /// Another edition of the text of that number.
    SameText,
    /// The title is what was asked for.
    Title,
    /// The title begins with it.
    TitleBegins,
    /// Number or titles hold every term.
    TitleHolds,
    /// The initials of the title's pinyin hold a term.
    Initials,
    /// The number begins with it.
    NumberBegins,
    /// The text itself holds a term.
    Text,
}

/// One edition that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Place in the catalogue.
    pub place: usize,
    /// Why.
    pub reason: Reason,
}

/// What a question finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Searched {
    /// The editions, best first.
    pub hits: Vec<Hit>,
    /// The terms, for marking them in what is shown.
    pub terms: Vec<String>,
    /// Numbers that a slip of the finger may have meant, when nothing has the number that was typed.
    pub meant: Vec<SpecificationId>,
}

/// Most suggestions for a mistyped number.
const MOST_MEANT: usize = 5;

/// Finds what a question asks for; states are judged on a day.
///
/// # Errors
/// Storage trouble.
pub fn search(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    question: &str,
    on: NaiveDate,
) -> Result<Searched, ActionError> {
    let terms = cut::terms(question);
    if terms.is_empty() {
        return Ok(Searched::default());
    }
    let mut found: Vec<Option<Reason>> = vec![None; catalogue.editions.len()];
    let mut note = |place: usize, reason: Reason| {
        if let Some(held) = found.get_mut(place) {
            *held = Some(held.map_or(reason, |held| held.min(reason)));
        }
    };
    let number = Number::read(question);
    let mut exact = false;
    if let Some(number) = &number {
        for (place, (row, keys)) in catalogue.keyed().enumerate() {
            if let Some(reason) = number.reason(row, keys) {
                exact |= matches!(reason, Reason::Number | Reason::SameText);
                note(place, reason);
            }
        }
    }
    by_words(conn, catalogue, &terms, &mut note)?;
    let hit = |(place, reason): (usize, Option<Reason>)| Some(Hit { place, reason: reason? });
    let mut hits: Vec<Hit> = found.into_iter().enumerate().filter_map(hit).collect();
    let states = catalogue.states(on);
    let order = |hit: &Hit| {
        let rank = states.get(hit.place).map_or(u8::MAX, |state| standing(*state));
        (hit.reason, rank, std::cmp::Reverse(catalogue.editions[hit.place].year), hit.place)
    };
    hits.sort_unstable_by_key(order);
    let meant = match number {
        Some(number) if !exact => number.meant(catalogue),
        _ => Vec::new(),
    };
    Ok(Searched { hits, terms, meant })
}

/// What may be used comes before what may not.
fn standing(state: ValidityState) -> u8 {
    match state {
        ValidityState::InForce => 0,
        ValidityState::PartlyReplaced => 1,
        ValidityState::Pending | ValidityState::Approved => 2,
        ValidityState::Unknown | ValidityState::Draft => 3,
        ValidityState::Replaced | ValidityState::Abolished | ValidityState::Withdrawn => 4,
    }
}

/// Every term must be found in number, titles, initials or text of an edition; the worst place of all terms is its reason.
fn by_words(
    conn: &mut AnyConn,
    catalogue: &Catalogue,
    terms: &[String],
    note: &mut impl FnMut(usize, Reason),
) -> Result<(), ActionError> {
    let mut texts: Vec<Vec<bool>> = Vec::new();
    for term in terms {
        let mut holds = vec![false; catalogue.editions.len()];
        if let Some(wanted) = cut::wanted(term) {
            for place in index::matching(conn, &wanted)?.iter().filter_map(|id| catalogue.place(id))
            {
                holds[place] = true;
            }
        }
        texts.push(holds);
    }
    let whole = terms.concat();
    for (place, (row, keys)) in catalogue.keyed().enumerate() {
        let of = |(term, texts): (&String, &Vec<bool>)| {
            if row.search_text.contains(term.as_str()) {
                Some(Reason::TitleHolds)
            } else if is_initials(term) && keys.initials.contains(term.as_str()) {
                Some(Reason::Initials)
            } else {
                texts[place].then_some(Reason::Text)
            }
        };
        let mut reasons = terms.iter().zip(&texts).map(of);
        let first = reasons.next().flatten();
        let Some(worst) = reasons.fold(first, |worst, one| Some(worst?.max(one?))) else {
            continue;
        };
        note(place, if worst == Reason::TitleHolds { title_reason(row, &whole) } else { worst });
    }
    Ok(())
}

fn title_reason(row: &SpecificationRow, whole: &str) -> Reason {
    // Number and titles, folded; see `search_text` of a published edition.
    let titles = || row.search_text.split('|').skip(1);
    if titles().any(|title| title == whole) {
        Reason::Title
    } else if titles().any(|title| title.starts_with(whole)) {
        Reason::TitleBegins
    } else {
        Reason::TitleHolds
    }
}

/// Two letters at least: one would be found in every title.
fn is_initials(term: &str) -> bool {
    term.len() >= 2 && term.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A question that may be a number or a part of one.
struct Number {
    /// The number without its year, if a whole one was typed.
    text: Option<String>,
    compact: String,
    /// The sequence, if nothing but digits was typed.
    sequence: Option<i32>,
}

impl Number {
    fn read(question: &str) -> Option<Self> {
        let short: String = question.chars().take(cut::LONGEST).collect();
        let parsed = SpecNumber::parse(&short).ok().map(|parsed| parsed.number);
        let compact = match &parsed {
            Some(number) => compact(&number.canonical()),
            None => compact(&short),
        };
        let digits = compact.chars().filter(char::is_ascii_digit).count();
        let series = compact.starts_with("JJ") || compact.starts_with("JG");
        let bare = digits == compact.chars().count();
        let without_year =
            |whole: &str| whole.get(..whole.len().saturating_sub(4)).map(str::to_owned);
        (parsed.is_some() || digits > 0 && (series || bare)).then(|| Self {
            text: parsed.and_then(|_| without_year(&compact)),
            sequence: compact.parse().ok().filter(|_| bare),
            compact,
        })
    }

    fn reason(&self, row: &SpecificationRow, keys: &Keys) -> Option<Reason> {
        let asked = self.compact.as_str();
        if keys.number == asked || keys.others.iter().any(|number| number == asked) {
            return Some(Reason::Number);
        }
        if let Some(text) = &self.text {
            return (keys.text == *text).then_some(Reason::SameText);
        }
        let bare = asked.bytes().all(|b| b.is_ascii_digit());
        if keys.text == asked || self.sequence == Some(row.sequence) {
            Some(Reason::SameText)
        } else if keys.number.starts_with(asked) || bare && keys.number.ends_with(asked) {
            Some(Reason::NumberBegins)
        } else {
            None
        }
    }

    /// Numbers one or two slips away, the nearest first; of equal distance the newest edition.
    fn meant(&self, catalogue: &Catalogue) -> Vec<SpecificationId> {
        let length = self.compact.chars().count();
        if length < 6 {
            return Vec::new();
        }
        let most = if length >= 9 { 2 } else { 1 };
        let mut near: Vec<(usize, i32, SpecificationId)> = Vec::new();
        for (row, keys) in catalogue.keyed() {
            let whole = strsim::osa_distance(&self.compact, &keys.number);
            let text = strsim::osa_distance(&self.compact, &keys.text);
            let distance = whole.min(text);
            if (1..=most).contains(&distance) {
                near.push((distance, -row.year, row.id));
            }
        }
        near.sort_unstable();
        near.into_iter().take(MOST_MEANT).map(|(_, _, id)| id).collect()
    }
}
