//! Automatic numbers: they stand in no paragraph, only how they count stands in `numbering.xml`.

use std::collections::{HashMap, HashSet};

use super::{format, part::Part, styles::Styles, xml::Xml};
use crate::TextError;

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level of a list counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    /// What is printed, `%1.%2` for the counts of levels.
    print: String,
    /// Whether all counts in it are digits, whatever their own format.
    legal: bool,
    /// After which level it begins anew; 0 never.
    restart: Option<u32>,
    /// The style that is tied to the level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, print) = ("decimal".to_owned(), String::new());
        Self { start: 1, format, print, legal: false, restart: None, style: None }
    }
}

#[derive(Debug, Clone, Default)]
struct Kind {
    levels: Vec<Option<Level>>,
    /// The list style it takes its levels from.
    link: Option<String>,
}

/// A list: a kind, and what differs from it.
#[derive(Debug, Clone, Default)]
struct List {
    kind: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<u32, Kind>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

/// An automatic number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Number {
    pub print: String,
    /// Whether the list numbers chapters and clauses: several levels that print one another, or tied to styles.
    pub outline: bool,
}

impl Numbering {
    pub(super) fn read(part: &Part, styles: &Styles) -> Result<Self, TextError> {
        let mut read = Self::default();
        let mut named: HashMap<String, u32> = HashMap::new();
        let mut xml = part.xml();
        while let Some(tag) = xml.next_open()? {
            if tag.is("abstractNum") {
                let id = tag.attr("abstractNumId").and_then(|id| id.parse().ok()).unwrap_or(0);
                read.kinds.insert(id, kind(&mut xml, id, &mut named)?);
            } else if tag.is("num") {
                let id = tag.attr("numId").and_then(|id| id.parse().ok()).unwrap_or(0);
                read.lists.insert(id, list(&mut xml)?);
            }
        }
        read.follow_links(&named, styles);
        Ok(read)
    }

    /// Kinds without levels take those of the list style they name.
    fn follow_links(&mut self, named: &HashMap<String, u32>, styles: &Styles) {
        let mut found = Vec::new();
        for (id, kind) in &self.kinds {
            let Some(link) = &kind.link else { continue };
            let by_style = styles.get(Some(link)).and_then(|style| style.list);
            let by_list =
                by_style.and_then(|(list, _)| self.lists.get(&list)).map(|list| list.kind);
            let other = named.get(link).copied().or(by_list).filter(|other| other != id);
            if let Some(levels) = other.and_then(|other| self.kinds.get(&other)) {
                found.push((*id, levels.levels.clone()));
            }
        }
        for (id, levels) in found {
            self.kinds.entry(id).or_default().levels = levels;
        }
    }

    /// The level of a list that is tied to a style.
    pub(super) fn level_of(&self, list: u32, style: &str) -> Option<u8> {
        let kind = self.kinds.get(&self.lists.get(&list)?.kind)?;
        let tied = |level: &Option<Level>| {
            level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style))
        };
        kind.levels.iter().position(tied).and_then(|at| u8::try_from(at).ok())
    }

    /// Counts on, and gives what is printed in front of the paragraph.
    pub(super) fn next(&mut self, id: u32, level: u8) -> Option<Number> {
        let at = usize::from(level).min(LEVELS - 1);
        let list = self.lists.get(&id)?;
        let kind = self.kinds.get(&list.kind)?;
        let levels: Vec<Level> = (0..LEVELS)
            .map(|at| {
                let own = list.levels.get(&at);
                own.or_else(|| kind.levels.get(at)?.as_ref()).cloned().unwrap_or_default()
            })
            .collect();
        let counts = self.counts.entry(list.kind).or_default();
        let anew = list.starts.get(&at).filter(|_| self.begun.insert((id, at)));
        let start = levels[at].start;
        counts[at] = Some(match (anew, counts[at]) {
            (Some(start), _) => *start,
            (None, None) => start,
            (None, Some(count)) => count.saturating_add(1),
        });
        for (deeper, level) in levels.iter().enumerate().skip(at + 1) {
            let kept = level.restart.is_some_and(|after| after == 0 || (after as usize) < at + 1);
            if !kept {
                counts[deeper] = None;
            }
        }
        let outline = kind
            .levels
            .iter()
            .flatten()
            .any(|level| level.print.matches('%').count() > 1 || level.style.is_some());
        Some(Number { print: printed(&levels, counts, at), outline })
    }
}

fn printed(levels: &[Level], counts: &[Option<u32>; LEVELS], at: usize) -> String {
    let own = &levels[at];
    if own.format == "bullet" {
        let visible = own.print.chars().all(|c| !('\u{e000}'..='\u{f8ff}').contains(&c));
        return if visible { own.print.clone() } else { "•".to_owned() };
    }
    let mut written = String::new();
    let mut signs = own.print.chars().peekable();
    while let Some(c) = signs.next() {
        let digit =
            signs.peek().and_then(|c| c.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
        match digit {
            Some(digit) => {
                signs.next();
                let of = digit as usize - 1;
                let count = counts[of].unwrap_or(levels[of].start);
                let legal = own.legal && of < at;
                let format = if legal { "decimal" } else { levels[of].format.as_str() };
                written += &format::number(count, format);
            }
            None => written.push(c),
        }
    }
    written
}

fn kind(xml: &mut Xml<'_>, id: u32, named: &mut HashMap<String, u32>) -> Result<Kind, TextError> {
    let mut kind = Kind { levels: vec![None; LEVELS], link: None };
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"lvl" => {
                let at: usize = tag.attr("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                let read = level(xml)?;
                if let Some(place) = kind.levels.get_mut(at) {
                    *place = Some(read);
                }
                continue;
            }
            b"numStyleLink" => kind.link = tag.val().map(std::borrow::Cow::into_owned),
            b"styleLink" => {
                named.insert(tag.val().unwrap_or_default().into_owned(), id);
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(kind)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, TextError> {
    let mut level = Level { start: 0, ..Level::default() };
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"start" => level.start = tag.count().unwrap_or(1),
            b"numFmt" => level.format = tag.val().unwrap_or_default().into_owned(),
            b"lvlText" => level.print = tag.val().unwrap_or_default().into_owned(),
            b"isLgl" => level.legal = tag.on(),
            b"lvlRestart" => level.restart = tag.count(),
            b"pStyle" => level.style = tag.val().map(std::borrow::Cow::into_owned),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(level)
}

fn list(xml: &mut Xml<'_>) -> Result<List, TextError> {
    let mut list = List::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"abstractNumId" => list.kind = tag.count().unwrap_or(0),
            b"lvlOverride" => {
                let at: usize = tag.attr("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                differing(xml, at, &mut list)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(list)
}

fn differing(xml: &mut Xml<'_>, at: usize, list: &mut List) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"startOverride" => {
                list.starts.insert(at, tag.count().unwrap_or(1));
            }
            b"lvl" => {
                let read = level(xml)?;
                list.levels.insert(at, read);
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}
