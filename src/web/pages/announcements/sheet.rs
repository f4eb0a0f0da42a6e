//! An announcement as an official paper, and the wording that is made from its texts before anybody edits it.

use chrono::NaiveDate;
use quanheng_actions::announcement::Named;
use quanheng_render::{Block, Cell, Paper, Table};

use crate::papers::Voice;
use crate::views::Text;

/// Up to so many texts are named in the wording; more stand in the table alone.
const NAMED: usize = 6;

/// One text of an announcement.
pub struct Line {
    /// What happens to it, where that needs saying.
    pub act: Option<Text>,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The numbers it replaces.
    pub replaces: Vec<(String, bool)>,
    /// Its day of force.
    pub effective: String,
}

/// What an announcement says.
pub struct Sheet<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its wording, paragraphs by line.
    pub body: &'a str,
    /// Who issues it.
    pub authority: &'a str,
    /// The day of issue.
    pub day: Option<NaiveDate>,
    /// Its texts.
    pub lines: Vec<Line>,
}

/// The announcement as a paper.
pub fn paper(sheet: &Sheet<'_>, voice: &Voice<'_>) -> Paper {
    let mut paper = voice.paper("issuing-paper", sheet.number);
    if !sheet.title.is_empty() {
        sheet.title.clone_into(&mut paper.title);
    }
    let body = sheet.body.lines().map(str::trim).filter(|line| !line.is_empty());
    paper.blocks.extend(body.map(Block::paragraph));
    paper.blocks.push(Block::right(sheet.authority));
    if let Some(day) = sheet.day {
        let said = Text::said("issuing-paper-day").with_date("day", day);
        paper.blocks.push(Block::right(voice.say(&said)));
    }
    if sheet.lines.is_empty() {
        return paper;
    }
    let replaced = |(number, whole): &(String, bool)| match whole {
        true => number.clone(),
        false => voice.say(&Text::said("issuing-partly").with("number", number.as_str())),
    };
    let row = |(line, at): (&Line, usize)| {
        let old: Vec<String> = line.replaces.iter().map(replaced).collect();
        let title = match &line.act {
            Some(act) => format!("{}\n{}", line.title, voice.say(act)),
            None => line.title.clone(),
        };
        vec![
            Cell::centred(at.to_string()),
            Cell::new(&*line.number),
            Cell::new(title),
            Cell::new(old.join("\n")),
            Cell::centred(&*line.effective),
        ]
    };
    let head = voice.headings(&[
        "papers-no",
        "issuing-column-number",
        "issuing-column-title",
        "issuing-column-replaces",
        "issuing-column-force",
    ]);
    paper.blocks.push(Block::heading(voice.word("issuing-list")));
    let rows = sheet.lines.iter().zip(1..).map(row).collect();
    paper.blocks.push(Block::Table(Table { columns: vec![1, 4, 7, 4, 3], head, rows }));
    paper
}

/// Title and wording for texts, as a beginning to be edited.
pub fn wording(texts: &[Named], force: Option<NaiveDate>, voice: &Voice<'_>) -> (String, String) {
    let first = texts.first().map_or("", |text| text.project.title_zh.as_str());
    let many = texts.len() > 1;
    let title = Text::said(if many { "issuing-title-many" } else { "issuing-title-one" })
        .with("title", first)
        .with("n", texts.len() as u64);
    let name = |text: &Named| {
        let said = if text.amends() { "issuing-amendment-of" } else { "issuing-named" };
        let said = Text::said(said).with("title", text.project.title_zh.as_str());
        voice.say(&said.with("number", text.number()))
    };
    let names: String = texts.iter().take(NAMED).map(name).collect();
    let whole = Text::said(if texts.len() > NAMED { "issuing-body-many" } else { "issuing-body" })
        .with("list", names)
        .with("n", texts.len() as u64);
    let when = match force {
        Some(day) => voice.say(&Text::said("issuing-body-force").with_date("day", day)),
        None => voice.word("issuing-body-force-open"),
    };
    (voice.say(&title), format!("{}\n{when}", voice.say(&whole)))
}
