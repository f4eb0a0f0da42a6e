//! The words of reports: figures as sentences, changes against last year, states.

use quanheng_domain::Keyed;
use quanheng_domain::records::ReportState;
use quanheng_domain::report::ReportPart;
use quanheng_reports::annual::{Paper, PartState};
use quanheng_reports::figure::{Better, Figure, FigureGroup, FigureKey};
use serde::Serialize;

use crate::views::{Pill, Text, Tone};

/// The name of a figure.
pub fn figure(key: FigureKey) -> Text {
    Text::word("figure", key.key())
}

/// A figure as a sentence.
pub fn sentence(key: FigureKey, value: i64) -> Text {
    Text::word("figure-says", key.key()).with("n", value)
}

/// The name of a group of figures.
pub fn group(group: FigureGroup) -> Text {
    Text::word("figure-group", group.key())
}

/// The name of a part.
pub fn part(part: ReportPart) -> Text {
    Text::word("report-part", part.key())
}

/// How far a part has come.
pub fn part_state(state: PartState) -> Pill {
    let tone = match state {
        PartState::Confirmed => Tone::Good,
        PartState::Written | PartState::Auto => Tone::Info,
        PartState::ToWrite => Tone::Warn,
        PartState::Optional => Tone::Faded,
    };
    Pill::new(Text::word("part-state", state.key()), tone)
}

/// The state of a report; one that nobody began, too.
pub fn state(state: Option<ReportState>) -> Pill {
    let Some(state) = state else {
        return Pill::new(Text::said("reports-not-begun"), Tone::Faded);
    };
    let tone = match state {
        ReportState::Accepted => Tone::Good,
        ReportState::Submitted | ReportState::Signed => Tone::Info,
        ReportState::Draft | ReportState::ToSign => Tone::Plain,
        ReportState::Returned => Tone::Warn,
    };
    Pill::new(Text::word("report-state", state.key()), tone)
}

/// A number beside last year's.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// `▲`, `▼` or nothing.
    pub arrow: &'static str,
    /// How much, without sign.
    pub by: u64,
    /// The same for people who do not see the arrow.
    pub said: Text,
    /// Whether that is good or bad, where it is either.
    pub tone: Tone,
}

/// The change of a figure against the year before; none where nothing changed.
pub fn change(key: FigureKey, now: i64, before: i64) -> Option<Change> {
    let (by, more) = (now.abs_diff(before), now > before);
    if by == 0 {
        return None;
    }
    let tone = match key.better() {
        None => Tone::Plain,
        Some(Better::More) if more => Tone::Good,
        Some(Better::Less) if !more => Tone::Good,
        Some(_) => Tone::Warn,
    };
    let (arrow, said) = if more { ("▲", "reports-more") } else { ("▼", "reports-less") };
    Some(Change { arrow, by, said: Text::said(said).with("n", by), tone })
}

/// One line of the table of figures.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The key, for the anchor.
    pub key: &'static str,
    /// The name.
    pub name: Text,
    /// The records behind it.
    pub href: Option<String>,
    /// The number that stands.
    pub value: i64,
    /// The year before.
    pub previous: i64,
    /// The change.
    pub change: Option<Change>,
    /// A zero that used to be something.
    pub flag: bool,
    /// What was corrected, and why.
    pub correction: Option<Text>,
    /// What the records give today, where that is no longer what was signed.
    pub moved: Option<Text>,
}

/// The line of a figure; `href` leads to its records for those who may see them.
pub fn line(paper: &Paper, figure: &Figure, href: Option<String>) -> Line {
    let (value, previous) = (paper.value(figure), figure.previous.unwrap_or(0));
    let correction = paper.correction(figure.key).map(|made| {
        Text::said("reports-corrected")
            .with("computed", figure.value)
            .with("reason", made.reason.as_str())
    });
    let moved = paper.moved.get(&figure.key);
    Line {
        key: figure.key.key(),
        name: self::figure(figure.key),
        href,
        value,
        previous,
        change: change(figure.key, value, previous),
        flag: value == 0 && previous > 0,
        correction,
        moved: moved.map(|now| Text::said("reports-moved").with("n", *now)),
    }
}

/// A piece of a sentence that leads to its records.
#[derive(Debug, Clone, Serialize)]
pub struct Clause {
    /// The words.
    pub text: Text,
    /// The records.
    pub href: Option<String>,
    /// Whether another piece follows.
    pub more: bool,
}

/// The figures of a group in one sentence, every piece leading to its records; what is zero is left out.
pub fn clauses(lines: &[(FigureKey, &Line)]) -> Vec<Clause> {
    let told: Vec<_> = lines.iter().filter(|(_, line)| line.value > 0).collect();
    told.iter()
        .enumerate()
        .map(|(at, (key, line))| Clause {
            text: sentence(*key, line.value),
            href: line.href.clone(),
            more: at + 1 < told.len(),
        })
        .collect()
}
