//! Forms of the dossier made from what is on record: approval form (报批表), skeleton of the drafting note (编写说明, FM-09), the list
//! of texts to be replaced (代替废止清单), and the proof that the chairs agreed to the review (同意送审的证明).

use quanheng_actions::document::dossier::Dossier;
use quanheng_db::projects::{ConsentRow, ProjectReplaceRow};
use quanheng_db::rounds::CommentRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::ballot::BallotPurpose;
use quanheng_domain::comment::Disposition;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::lifecycle::Adoption;
use quanheng_domain::{deadline, keyed};
use quanheng_render::{Block, Cell, Paper, Signature, Table};

use super::super::file::ProjectFile;
use super::super::forms::word;
use crate::papers::Voice;
use crate::views::Text;

keyed! {
    /// A form of the dossier; the key is part of its address.
    DossierForm as "dossier form" {
        /// 报批表
        Approval = "approval",
        /// 编写说明（提纲）
        Note = "note",
        /// 代替废止清单
        Replacements = "replacements",
        /// 同意送审的证明
        Consent = "consent",
    }
}

impl DossierForm {
    /// The document that it is once somebody keeps it.
    pub fn document(self) -> DocumentKind {
        match self {
            Self::Approval => DocumentKind::ApprovalForm,
            Self::Note => DocumentKind::DraftingNote,
            Self::Replacements => DocumentKind::ReplacementList,
            Self::Consent => DocumentKind::ChairConsent,
        }
    }
}

/// What the forms are filled from.
pub struct Filled {
    /// The checklist.
    pub dossier: Dossier,
    /// The project as its page shows it.
    pub file: ProjectFile,
    /// Texts that will be replaced.
    pub replaces: Vec<(ProjectReplaceRow, SpecificationRow)>,
    /// Comments of all rounds.
    pub comments: Vec<CommentRow>,
    /// With which the last review was opened, each with the name of who gave it.
    pub consents: Vec<(ConsentRow, String)>,
}

/// A form with its words.
pub fn paper(form: DossierForm, filled: &Filled, voice: &Voice<'_>) -> Paper {
    let mut paper = match form {
        DossierForm::Approval => approval(filled, voice),
        DossierForm::Note => note(filled, voice),
        DossierForm::Replacements => replacements(filled, voice),
        DossierForm::Consent => consent(filled, voice),
    };
    paper.header = filled.file.loaded.row.number.clone().unwrap_or_default();
    paper
}

fn units(filled: &Filled) -> String {
    let units = filled.file.units.iter().map(|(_, unit)| unit.name_zh.as_str());
    units.collect::<Vec<_>>().join("、")
}

fn replaced(filled: &Filled, voice: &Voice<'_>) -> String {
    let one = |(link, text): &(ProjectReplaceRow, SpecificationRow)| match link.whole {
        true => text.number.clone(),
        false => voice.say(
            &Text::said("dossier-partly")
                .with("number", text.number.as_str())
                .with("part", link.detail.as_str()),
        ),
    };
    let all: Vec<String> = filled.replaces.iter().map(one).collect();
    if all.is_empty() { voice.word("dossier-none") } else { all.join("、") }
}

fn day(voice: &Voice<'_>, on: Option<chrono::NaiveDate>) -> String {
    on.map(|on| voice.say(&Text::said("catalogue-day").with_date("day", on))).unwrap_or_default()
}

fn comments(filled: &Filled, voice: &Voice<'_>) -> String {
    let with = |code: Disposition| {
        filled.comments.iter().filter(|row| row.disposition == Some(code)).count() as u64
    };
    voice.say(
        &Text::said("dossier-comments")
            .with("rounds", filled.file.rounds.len() as u64)
            .with("total", filled.comments.len() as u64)
            .with("accepted", with(Disposition::Accepted))
            .with("partly", with(Disposition::Partly))
            .with("rejected", with(Disposition::Rejected)),
    )
}

fn review(filled: &Filled, voice: &Voice<'_>) -> String {
    let ballot = filled.file.ballots.iter().rev().find(|one| one.purpose == BallotPurpose::Review);
    let Some(ballot) = ballot else { return String::new() };
    let closed = ballot.closed_at.map(deadline::day_of);
    let number = |key: &str| {
        let result = ballot.result.as_ref();
        result.and_then(|result| result.get("tally")?.get(key)?.as_u64()).unwrap_or_default()
    };
    voice.say(
        &Text::said("dossier-review")
            .with_text("form", &word(ballot.form))
            .with("day", day(voice, closed))
            .with("present", number("present"))
            .with("yes", number("yes"))
            .with("no", number("no"))
            .with("abstain", number("abstain")),
    )
}

fn approval(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let row = &filled.file.loaded.row;
    let mut paper = voice.paper("dossier-form-approval", &row.title_zh);
    let committee = filled.file.committee.as_ref().map(|one| one.name_zh.clone());
    let adoption = match row.adoption {
        Adoption::None => voice.word("dossier-none"),
        degree => format!("{} {}", voice.say(&word(degree)), filled.file.details.international),
    };
    let plan = format!("{} {}", row.plan_document, day(voice, row.plan_on));
    let lines = [
        ("specification-title-zh", row.title_zh.clone()),
        ("specification-title-en", row.title_en.clone()),
        ("dossier-field-number", row.number.clone().unwrap_or_default()),
        ("dossier-field-plan", plan.trim().to_owned()),
        ("specification-kind", voice.say(&word(row.category))),
        ("specification-level", voice.say(&word(row.level))),
        ("dossier-field-making", voice.say(&word(row.kind))),
        ("specification-committee", committee.unwrap_or_default()),
        ("specification-units", units(filled)),
        ("specification-adoption", adoption),
        ("specification-replaces", replaced(filled, voice)),
        ("dossier-field-comments", comments(filled, voice)),
        ("dossier-field-review", review(filled, voice)),
        ("dossier-field-effective", String::new()),
        ("dossier-field-training", String::new()),
    ];
    let line = |(key, value): (&str, String)| vec![Cell::label(voice.word(key)), Cell::new(value)];
    let rows = lines.into_iter().map(line).collect();
    paper.blocks.push(Block::Table(Table { columns: vec![1, 3], head: Vec::new(), rows }));
    paper.blocks.push(Block::heading(voice.word("dossier-contents")));
    paper.blocks.push(contents(filled, voice));
    let place = |key: &str| Signature { label: voice.word(key), ..Signature::default() };
    let signatures = vec![place("dossier-sign-committee"), place("dossier-sign-authority")];
    paper.blocks.push(Block::Signatures { signatures });
    paper
}

/// The checklist as a table: what is asked for, which file it is.
fn contents(filled: &Filled, voice: &Voice<'_>) -> Block {
    let rows = filled.dossier.items.iter().enumerate().map(|(at, item)| {
        let file = match &item.document {
            Some(row) => row.file_name.clone(),
            None => voice.word("dossier-missing-word"),
        };
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::new(voice.say(&word(item.kind))),
            Cell::new(file),
        ]
    });
    Block::Table(Table {
        columns: vec![1, 4, 6],
        head: voice.headings(&["papers-no", "dossier-column-kind", "dossier-column-file"]),
        rows: rows.collect(),
    })
}

/// What the record has for a part of the drafting note; the rest is written by hand.
const NOTE: [&str; 7] = [
    "dossier-note-source",
    "dossier-note-basis",
    "dossier-note-clauses",
    "dossier-note-disputes",
    "dossier-note-changes",
    "dossier-note-level",
    "dossier-note-advice",
];

fn note(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let (row, details) = (&filled.file.loaded.row, &filled.file.details);
    let mut paper = voice.paper("dossier-form-note", &row.title_zh);
    let plan = Text::said("dossier-note-plan")
        .with("document", row.plan_document.as_str())
        .with("number", row.number.clone().unwrap_or_default())
        .with("units", units(filled));
    let adoption = format!("{} {}", voice.say(&word(row.adoption)), details.international);
    let known = |key: &str| -> Vec<String> {
        match key {
            "dossier-note-source" => vec![
                voice.say(&plan),
                comments(filled, voice),
                review(filled, voice),
                details.need.clone(),
            ],
            "dossier-note-basis" => vec![details.related.clone(), adoption.trim().to_owned()],
            "dossier-note-clauses" => vec![details.scope.clone()],
            "dossier-note-changes" => vec![replaced(filled, voice)],
            _ => Vec::new(),
        }
    };
    for (at, key) in NOTE.iter().enumerate() {
        paper.blocks.push(Block::heading(format!("{} {}", at + 1, voice.word(key))));
        let said: Vec<String> = known(key).into_iter().filter(|text| !text.is_empty()).collect();
        let written = said.is_empty();
        paper.blocks.extend(said.into_iter().map(Block::paragraph));
        if written {
            paper.blocks.push(Block::note(voice.word("dossier-note-by-hand")));
        }
    }
    paper
}

fn replacements(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let row = &filled.file.loaded.row;
    let mut paper = voice.paper("dossier-form-replacements", &row.title_zh);
    let whole = |link: &ProjectReplaceRow| match link.whole {
        true => voice.word("dossier-whole"),
        false => voice.word("dossier-part"),
    };
    let rows = filled.replaces.iter().enumerate().map(|(at, (link, text))| {
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::new(&*text.number),
            Cell::new(&*text.title_zh),
            Cell::centred(whole(link)),
            Cell::new(&*link.detail),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    if rows.is_empty() {
        paper.blocks.push(Block::paragraph(voice.word("dossier-replaces-none")));
        return paper;
    }
    let heads = ["papers-no", "dossier-column-number", "dossier-column-title"];
    let mut head = voice.headings(&heads);
    head[0].extend(voice.headings(&["dossier-column-extent", "dossier-column-detail"]).remove(0));
    paper.blocks.push(Block::Table(Table { columns: vec![1, 3, 6, 2, 4], head, rows }));
    paper
}

/// Who of the chairs agreed that the draft goes to its review, as they said it here (章程第三十五条).
fn consent(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let row = &filled.file.loaded.row;
    let mut paper = voice.paper("dossier-form-consent", &row.title_zh);
    if filled.consents.is_empty() {
        paper.blocks.push(Block::paragraph(voice.word("dossier-consents-none")));
        return paper;
    }
    let committee = filled.file.committee.as_ref().map(|one| one.name_zh.as_str());
    let said = Text::said("dossier-consents")
        .with("committee", committee.unwrap_or_default())
        .with("title", row.title_zh.as_str());
    paper.blocks.push(Block::paragraph(voice.say(&said)));
    let rows = filled.consents.iter().enumerate().map(|(at, (given, name))| {
        let said = if given.agreed { "projects-consent-yes" } else { "projects-consent-no" };
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::centred(&**name),
            Cell::centred(voice.say(&word(given.role))),
            Cell::centred(voice.word(said)),
            Cell::new(&*given.note),
            Cell::centred(day(voice, Some(deadline::day_of(given.at)))),
        ]
    });
    paper.blocks.push(Block::Table(Table {
        columns: vec![9, 20, 18, 13, 22, 18],
        head: voice.headings(&[
            "papers-no",
            "papers-name",
            "papers-post",
            "papers-eval-opinion",
            "dossier-column-remark",
            "dossier-column-day",
        ]),
        rows: rows.collect(),
    }));
    paper.blocks.push(Block::note(voice.word("dossier-consents-record")));
    paper
}
