//! Who came and how each voted: the sign-in sheet (FM-11) and the ballots (FM-12).

use quanheng_db::ballots::RollRow;
use quanheng_domain::ballot::BallotForm;
use quanheng_domain::records::Choice;
use quanheng_domain::{Keyed, deadline};
use quanheng_render::{Block, Cell, Paper, Signature, Table};

use super::{Filled, about};
use crate::papers::Voice;
use crate::views::Text;

const COLUMNS: [u32; 6] = [9, 16, 15, 13, 26, 21];
/// Lines left for a hand.
const ROOM: &str = "\u{3000}\n\u{3000}\n\u{3000}";
const HEADINGS: [&str; 6] = [
    "papers-no",
    "papers-name",
    "papers-post",
    "papers-professional-title",
    "papers-unit",
    "papers-signature",
];

/// The sign-in sheet: members first, then those who only speak or listen.
pub(super) fn sign_in(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let mut paper = voice.paper("papers-sign-in-title", &about(file));
    paper.blocks.push(voice.fields(occasion(filled, voice)));
    let (members, others): (Vec<&RollRow>, Vec<&RollRow>) =
        file.roll.iter().partition(|line| line.role.is_voting());
    paper.blocks.push(sheet(filled, voice, &members));
    let here = |lines: &[&RollRow]| lines.iter().filter(|line| line.present).count() as u64;
    let counted = Text::said("papers-sign-in-count")
        .with("members", members.len() as u64)
        .with("present", here(&members));
    paper.blocks.push(Block::note(voice.say(&counted)));
    if !others.is_empty() {
        paper.blocks.push(Block::heading(voice.word("papers-sign-in-others")));
        paper.blocks.push(sheet(filled, voice, &others));
    }
    paper
}

/// When, where and how, for the head of a paper.
pub(super) fn occasion<'k>(filled: &Filled, voice: &Voice<'_>) -> Vec<(&'k str, String)> {
    let file = &filled.file;
    let mut fields = Vec::new();
    if let Some(committee) = &file.committee {
        fields.push(("papers-committee", committee.name_zh.clone()));
    }
    let opened = deadline::day_of(file.ballot.opens_at);
    let ended = deadline::day_of(file.ballot.closed_at.unwrap_or(file.ballot.closes_at));
    // The day that was announced, unless the vote was taken on another.
    let day = file
        .project
        .as_ref()
        .and_then(|project| project.review_on)
        .filter(|_| file.ballot.form == BallotForm::Meeting)
        .filter(|day| (opened..=ended).contains(day))
        .unwrap_or(opened);
    fields.push(("papers-day", voice.say(&Text::said("papers-on").with_date("day", day))));
    let place = file.project.as_ref().map_or("", |project| project.review_place.as_str());
    if file.ballot.form == BallotForm::Meeting && !place.is_empty() {
        fields.push(("papers-place", place.to_owned()));
    }
    fields.push(("papers-form", voice.say(&Text::word("ballot-form", file.ballot.form.key()))));
    fields
}

fn sheet(filled: &Filled, voice: &Voice<'_>, lines: &[&RollRow]) -> Block {
    let row = |(at, line): (usize, &&RollRow)| {
        let title = filled.titles.get(&line.person_id).map_or("", String::as_str);
        // Whoever signed in here signed; an empty cell is left for a hand.
        let signed = line.present_at.filter(|_| line.present).map(|at| {
            voice.say(&Text::said("papers-signed-in").with_date("at", deadline::day_of(at)))
        });
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::centred(&*line.name),
            Cell::centred(voice.say(&Text::word("role", line.role.key()))),
            Cell::centred(title),
            Cell::new(&*line.unit),
            Cell::centred(signed.unwrap_or_default()),
        ]
    };
    Block::Table(Table {
        columns: COLUMNS.to_vec(),
        head: voice.headings(&HEADINGS),
        rows: lines.iter().enumerate().map(row).collect(),
    })
}

/// One ballot a page, filled where the vote is in.
pub(super) fn ballots(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let mut paper = voice.paper("papers-ballot-title", &about(file));
    let voters = file.roll.iter().filter(|line| line.may_vote);
    for (at, line) in voters.enumerate() {
        if at > 0 {
            paper.blocks.push(Block::PageBreak);
        }
        paper.blocks.extend(ballot(filled, voice, at + 1, line));
    }
    paper
}

fn ballot(filled: &Filled, voice: &Voice<'_>, serial: usize, line: &RollRow) -> Vec<Block> {
    let file = &filled.file;
    let vote = file.votes.get(&line.person_id).and_then(|votes| votes.last());
    let until =
        Text::said("papers-until").with_deadline("until", file.ballot.closes_at.to_rfc3339());
    let box_of = |choice: &Choice| {
        let ticked = vote.is_some_and(|vote| vote.choice == *choice);
        let mark = if ticked { "☑" } else { "☐" };
        format!("{mark} {}", voice.say(&Text::word("vote", choice.key())))
    };
    let boxes: Vec<String> = Choice::ALL.iter().map(box_of).collect();
    // An empty ballot is filled in by hand and leaves room for it.
    let said = |text: Option<&String>| match text {
        Some(text) => text.clone(),
        None => ROOM.to_owned(),
    };
    let mut head = vec![
        ("papers-serial", serial.to_string()),
        ("papers-draft", draft(filled, voice)),
        ("papers-deadline", voice.say(&until)),
    ];
    if file.project.is_none() {
        head.remove(1);
    }
    let rows = vec![
        vec![Cell::label(voice.word("papers-question")), Cell::new(&*file.ballot.question)],
        vec![Cell::label(voice.word("papers-vote")), Cell::new(boxes.join("　　"))],
        vec![
            Cell::label(voice.word("papers-reason")),
            Cell::new(said(vote.map(|vote| &vote.reason))),
        ],
        vec![
            Cell::label(voice.word("papers-remark")),
            Cell::new(said(vote.map(|vote| &vote.remark))),
        ],
    ];
    let day = vote.map(|vote| {
        let day = deadline::day_of(vote.cast_at);
        voice.say(&Text::said("papers-voted-at").with_date("at", day))
    });
    vec![
        voice.fields(head),
        Block::Table(Table { columns: vec![1, 4], head: Vec::new(), rows }),
        Block::note(voice.word("papers-one-only")),
        Block::Signatures {
            signatures: vec![
                Signature {
                    label: voice.word("papers-sign-voter"),
                    name: vote.map(|_| line.name.clone()).unwrap_or_default(),
                    at: String::new(),
                },
                Signature {
                    label: voice.word("papers-sign-day"),
                    name: day.unwrap_or_default(),
                    at: String::new(),
                },
            ],
        },
    ]
}

/// The text voted on, with its revision.
pub(super) fn draft(filled: &Filled, voice: &Voice<'_>) -> String {
    let file = &filled.file;
    let title = about(file);
    match &file.draft {
        Some(draft) => {
            voice.say(&Text::said("papers-draft-of").with("title", title).with("n", draft.revision))
        }
        None => title,
    }
}
