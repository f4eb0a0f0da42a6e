//! Reports for print: the annual report as a document with its statistics as an annex, and the overview as a table.

use chrono::{DateTime, Utc};
use quanheng_domain::report::ReportPart;
use quanheng_domain::stage::Phase;
use quanheng_domain::{Keyed, Locale, report};
use quanheng_reports::annual::{Paper, groups};
use quanheng_reports::figure::{FigureGroup, FigureKey};
use quanheng_reports::national::Overview;
use serde::Serialize;

use super::{say, sheets};
use crate::assets::AssetBook;
use crate::page::{PageError, Pages};
use crate::views::{Frame, Text};

/// The annual report for print; template `pages/reports/print`.
#[derive(Debug, Serialize)]
pub struct AnnualPrint {
    back: String,
    title: String,
    committee: Text,
    code: Option<String>,
    state: Text,
    parts: Vec<PrintPart>,
    annex: Vec<Annex>,
    signatures: Vec<Signature>,
    made: Text,
}

#[derive(Debug, Serialize)]
struct PrintPart {
    number: usize,
    title: Text,
    sums: Vec<Sum>,
    paragraphs: Vec<String>,
}

/// A group of figures in one sentence.
#[derive(Debug, Serialize)]
struct Sum {
    title: Text,
    clauses: Vec<say::Clause>,
    nothing: Text,
}

#[derive(Debug, Serialize)]
struct Annex {
    title: Text,
    lines: Vec<say::Line>,
}

#[derive(Debug, Serialize)]
struct Signature {
    label: Text,
    name: Option<String>,
    at: Option<String>,
}

/// The lines of a group, in the order of the set; `href` makes the address of the records of a figure.
pub fn lines(
    paper: &Paper,
    group: FigureGroup,
    href: impl Fn(FigureKey) -> Option<String>,
) -> Vec<(FigureKey, say::Line)> {
    let here = paper.figures.iter().filter(|figure| figure.key.group() == group);
    here.map(|figure| (figure.key, say::line(paper, figure, href(figure.key)))).collect()
}

/// Words in paragraphs.
pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn sum(paper: &Paper, group: FigureGroup) -> Sum {
    let lines = lines(paper, group, |_| None);
    let told: Vec<_> = lines.iter().map(|(key, line)| (*key, line)).collect();
    Sum {
        title: say::group(group),
        clauses: say::clauses(&told),
        nothing: Text::word("figure-nothing", group.key()),
    }
}

/// The name of a committee in a language.
pub fn committee_name(row: &quanheng_db::register::CommitteeRow, locale: Locale) -> &str {
    match locale {
        Locale::English if !row.name_en.is_empty() => &row.name_en,
        _ => &row.name_zh,
    }
}

/// The annual report for print; parts that are not public only for those inside.
pub fn annual(
    paper: &Paper,
    inside: bool,
    back: &str,
    locale: Locale,
    now: DateTime<Utc>,
) -> AnnualPrint {
    let shown = ReportPart::ALL.iter().copied().filter(|part| inside || part.is_public());
    let part = |(at, part): (usize, ReportPart)| PrintPart {
        number: at + 1,
        title: say::part(part),
        sums: groups(part).iter().map(|group| sum(paper, *group)).collect(),
        paragraphs: paper.parts.get(&part).map(|saved| paragraphs(&saved.text)).unwrap_or_default(),
    };
    let annex = FigureGroup::ALL.iter().map(|group| Annex {
        title: say::group(*group),
        lines: lines(paper, *group, |_| None).into_iter().map(|(_, line)| line).collect(),
    });
    let signature = |label: &str, name: &Option<String>, at: Option<DateTime<Utc>>| Signature {
        label: Text::said(label),
        name: name.clone(),
        at: at.map(|at| quanheng_domain::deadline::day_of(at).to_string()),
    };
    AnnualPrint {
        back: back.to_owned(),
        title: report::title(&paper.committee.name_zh, paper.year),
        committee: Text::plain(committee_name(&paper.committee, locale)),
        code: paper.committee.code.clone(),
        state: say::state(paper.state).text,
        parts: shown.enumerate().map(part).collect(),
        annex: annex.collect(),
        signatures: vec![
            signature("reports-sign-secretariat", &paper.written_by, paper.submitted_at),
            signature("reports-sign-chair", &paper.signed_by, paper.signed_at),
            signature("reports-sign-authority", &paper.decided_by, paper.decided_at),
        ],
        made: Text::said("reports-made").with_instant("at", now.to_rfc3339()),
    }
}

/// The overview for print; template `pages/reports/overview-print`.
#[derive(Debug, Serialize)]
pub struct NationalPrint {
    back: String,
    year: String,
    phases: Vec<Text>,
    standing: Vec<Vec<String>>,
    names: Vec<Text>,
    brought: Vec<Brought>,
    made: Text,
}

#[derive(Debug, Serialize)]
struct Brought {
    committee: String,
    numbers: Vec<i64>,
    state: Text,
}

/// The overview for print.
pub fn national(
    overview: &Overview,
    back: &str,
    locale: Locale,
    now: DateTime<Utc>,
) -> NationalPrint {
    let name = |line: &quanheng_reports::national::Line| {
        let row = &line.committee;
        format!("{} {}", row.code.as_deref().unwrap_or_default(), committee_name(row, locale))
            .trim()
            .to_owned()
    };
    let loud: Vec<_> = overview.lines.iter().filter(|line| !line.is_silent()).collect();
    let working = overview.lines.iter().filter(|line| line.standing.iter().any(|(_, n)| *n > 0));
    let standing = working.map(|line| {
        let counts = line.standing.iter().map(|(_, count)| *count).chain([line.overdue]);
        let shown = |count: usize| if count == 0 { "–".to_owned() } else { count.to_string() };
        std::iter::once(name(line)).chain(counts.map(shown)).collect()
    });
    let brought = loud.iter().map(|line| Brought {
        committee: name(line),
        numbers: sheets::OVERVIEW.iter().map(|key| line.number(*key).0).collect(),
        state: say::state(line.state).text,
    });
    NationalPrint {
        back: back.to_owned(),
        year: overview.year.to_string(),
        phases: Phase::ALL.iter().map(|phase| Text::word("stage", phase.key())).collect(),
        standing: standing.collect(),
        names: sheets::OVERVIEW.iter().map(|key| say::figure(*key)).collect(),
        brought: brought.collect(),
        made: Text::said("reports-made").with_instant("at", now.to_rfc3339()),
    }
}

/// A report as one file that needs nothing else: the styles stand inside, scripts and pictures are left out.
///
/// # Errors
/// A template that does not fit its view.
pub fn standalone<V: Serialize>(
    pages: &Pages,
    assets: &AssetBook,
    template: &str,
    view: &V,
    locale: Locale,
) -> Result<String, PageError> {
    let view = serde_json::to_value(view).map_err(|error| PageError::View {
        template: template.to_owned(),
        reason: error.to_string(),
    })?;
    let html = pages.render(template, view, &Frame::guest(locale, "/"))?;
    let styles = assets.text("css/main.css").unwrap_or_default();
    let mut out = String::with_capacity(html.len() + styles.len());
    for line in html.lines() {
        if line.starts_with("<link rel=\"stylesheet\"") {
            out.push_str("<style>\n");
            out.push_str(&styles);
            out.push_str("</style>\n");
        } else if !line.starts_with("<link ")
            && !line.starts_with("<script ")
            && !line.contains("class=\"no-print")
        {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}
