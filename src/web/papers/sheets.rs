//! Reports as sheets: figures, the records behind them, the words; and the overview of all committees.

use quanheng_domain::stage::Phase;
use quanheng_domain::{Keyed, Locale, report};
use quanheng_reports::annual::Paper;
use quanheng_reports::figure::FigureKey;
use quanheng_reports::national::{Line, Overview};
use quanheng_tables::{Cell, Sheet};

use super::{Voice, say};
use crate::views::Text;

/// The name of an annual report as a file.
pub fn annual_name(paper: &Paper) -> String {
    report::title(&paper.committee.name_zh, paper.year)
}

fn headers(voice: &Voice<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| voice.say(&Text::said(*key))).collect()
}

/// The figures of a report: what stands, what the records gave, last year's, and why they differ.
pub fn figures(voice: &Voice<'_>, paper: &Paper) -> Sheet {
    let rows = paper.figures.iter().map(|figure| {
        let correction = paper.correction(figure.key);
        vec![
            Cell::from(voice.say(&say::group(figure.key.group()))),
            Cell::from(voice.say(&say::figure(figure.key))),
            Cell::from(paper.value(figure)),
            Cell::from(figure.previous),
            Cell::from(figure.value),
            Cell::from(correction.map(|made| made.reason.as_str())),
            Cell::from(figure.key.key()),
        ]
    });
    Sheet {
        name: voice.say(&Text::said("reports-sheet-figures")),
        headers: headers(
            voice,
            &[
                "reports-column-group",
                "figure-name",
                "figure-value",
                "figure-previous",
                "reports-column-computed",
                "reports-column-reason",
                "reports-column-key",
            ],
        ),
        rows: rows.collect(),
    }
}

/// The records behind the figures.
pub fn records(voice: &Voice<'_>, paper: &Paper) -> Sheet {
    let rows = paper.figures.iter().flat_map(|figure| {
        let name = voice.say(&say::figure(figure.key));
        figure.evidence.iter().map(move |record| {
            vec![
                Cell::from(name.clone()),
                Cell::from(record.on),
                Cell::from(record.label.as_str()),
                Cell::from(record.count),
                Cell::from(record.path.as_str()),
            ]
        })
    });
    Sheet {
        name: voice.say(&Text::said("figure-records")),
        headers: headers(
            voice,
            &[
                "figure-name",
                "reports-column-day",
                "reports-column-record",
                "reports-column-count",
                "reports-column-address",
            ],
        ),
        rows: rows.collect(),
    }
}

fn words(voice: &Voice<'_>, paper: &Paper, inside: bool) -> Sheet {
    let parts = report::ReportPart::ALL.iter().filter(|part| inside || part.is_public());
    let rows = parts.map(|part| {
        let text = paper.parts.get(part).map(|saved| saved.text.as_str());
        vec![Cell::from(voice.say(&say::part(*part))), Cell::from(text)]
    });
    Sheet {
        name: voice.say(&Text::said("reports-sheet-words")),
        headers: headers(voice, &["reports-column-part", "reports-column-words"]),
        rows: rows.collect(),
    }
}

/// All sheets of a report; the records only for those inside.
pub fn annual(voice: &Voice<'_>, paper: &Paper, inside: bool) -> Vec<Sheet> {
    let mut sheets = vec![figures(voice, paper), words(voice, paper, inside)];
    if inside {
        sheets.insert(1, records(voice, paper));
    }
    sheets
}

/// The figures that the overview shows, in its order.
pub const OVERVIEW: &[FigureKey] = &[
    FigureKey::Suggested,
    FigureKey::Planned,
    FigureKey::OnTime,
    FigureKey::Late,
    FigureKey::Rounds,
    FigureKey::Comments,
    FigureKey::Treated,
    FigureKey::Reviews,
    FigureKey::Passed,
    FigureKey::Published,
    FigureKey::ReexaminationsDue,
    FigureKey::ReexaminationsDone,
];

fn number(count: usize) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The overview: a row a committee, with where projects stand, the year's figures, and the state of the report.
pub fn national(voice: &Voice<'_>, overview: &Overview) -> Sheet {
    let mut names = headers(voice, &["reports-column-code", "reports-column-committee"]);
    names.extend(Phase::ALL.iter().map(|phase| voice.say(&Text::word("stage", phase.key()))));
    names.push(voice.say(&Text::said("reports-overdue-now")));
    for key in OVERVIEW {
        let name = voice.say(&say::figure(*key));
        names.push(name.clone());
        names.push(voice.say(&Text::said("reports-column-before").with("name", name)));
    }
    names.extend(headers(voice, &["reports-column-state", "reports-column-submitted"]));
    Sheet {
        name: voice.say(&Text::said("overview-sheet").with("year", overview.year.to_string())),
        headers: names,
        rows: overview.lines.iter().map(|line| committee(voice, line)).collect(),
    }
}

fn committee(voice: &Voice<'_>, line: &Line) -> Vec<Cell> {
    let name = match voice.locale {
        Locale::English if !line.committee.name_en.is_empty() => &line.committee.name_en,
        _ => &line.committee.name_zh,
    };
    let mut cells = vec![Cell::from(line.committee.code.as_deref()), Cell::from(name.as_str())];
    cells.extend(line.standing.iter().map(|(_, count)| number(*count)));
    cells.push(number(line.overdue));
    for key in OVERVIEW {
        let (now, before) = line.number(*key);
        cells.extend([Cell::from(now), Cell::from(before)]);
    }
    cells.push(Cell::from(voice.say(&say::state(line.state).text)));
    cells.push(Cell::from(line.submitted_at.map(quanheng_domain::deadline::day_of)));
    cells
}
