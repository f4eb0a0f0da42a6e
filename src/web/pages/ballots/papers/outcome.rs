//! What came out: the conclusion (FM-13), the minutes, the opinions of those without a vote, and the papers of dissent.

use quanheng_db::ballots::RollRow;
use quanheng_domain::Keyed;
use quanheng_domain::ballot::signing::SignaturePart;
use quanheng_domain::deadline;
use quanheng_domain::people::Role;
use quanheng_domain::reviewer::ReviewPoint;
use quanheng_render::{Block, Cell, Paper, Signature, Table};

use super::roll::{draft, occasion};
use super::{Filled, about, objections};
use crate::pages::ballots::show::{host_drafts, sentence};
use crate::papers::Voice;
use crate::views::Text;

/// What is judged one by one (JSS Art. 26 and the table of FM-13).
///
/// Where the principal reviewer wrote about the same in the form of the review (FM-14), that stands here; the rest is left for a hand.
const EVALUATED: [(&str, &[ReviewPoint]); 8] = [
    ("papers-eval-law", &[]),
    ("papers-eval-fit", &[ReviewPoint::Clash]),
    ("papers-eval-science", &[]),
    ("papers-eval-feasible", &[ReviewPoint::Methods, ReviewPoint::Certificate]),
    ("papers-eval-tests", &[ReviewPoint::Limits]),
    ("papers-eval-uncertainty", &[ReviewPoint::Uncertainty]),
    ("papers-eval-international", &[ReviewPoint::International]),
    ("papers-eval-wording", &[ReviewPoint::Structure, ReviewPoint::Units, ReviewPoint::Terms]),
];

/// The conclusion: figures, evaluation, required changes, dissent, conclusion and signatures.
pub(super) fn conclusion(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let reviews = file.ballot.purpose.kind().concludes_review;
    let title = if reviews { "papers-conclusion-title" } else { "papers-decision-title" };
    let mut paper = voice.paper(title, &about(file));
    let mut head = Vec::new();
    if file.draft.is_some() {
        head.push(("papers-draft", draft(filled, voice)));
    }
    head.extend(occasion(filled, voice));
    paper.blocks.push(voice.fields(head));
    paper.blocks.push(Block::heading(voice.word("papers-count")));
    paper.blocks.push(count(filled, voice));
    paper.blocks.push(Block::paragraph(voice.say(&sentence(file).0)));
    if reviews {
        paper.blocks.push(Block::heading(voice.word("papers-evaluation")));
        paper.blocks.push(evaluation(filled, voice));
        paper.blocks.push(Block::heading(voice.word("papers-changes")));
        paper.blocks.push(changes(filled, voice));
    }
    paper.blocks.push(Block::heading(voice.word("papers-dissent-title")));
    let dissent = objections(file).count() as u64;
    paper
        .blocks
        .push(Block::paragraph(voice.say(&Text::said("papers-dissent-count").with("n", dissent))));
    let heading = if reviews { "papers-conclusion" } else { "papers-decision" };
    paper.blocks.push(Block::heading(voice.word(heading)));
    let words = match file.ballot.conclusion.is_empty() {
        true => "\n\n\n",
        false => file.ballot.conclusion.as_str(),
    };
    paper.blocks.push(Block::paragraph(words));
    paper.blocks.push(signatures(filled, voice));
    paper.blocks.extend(duty_note(filled, voice));
    if let Some(hash) = &file.ballot.conclusion_hash {
        let note = Text::said("papers-hash").with("hash", hash.as_str());
        paper.blocks.push(Block::note(voice.say(&note)));
    }
    paper
}

fn count(filled: &Filled, voice: &Voice<'_>) -> Block {
    let tally = &filled.file.tally;
    let figures = [
        ("papers-members", tally.members),
        ("papers-present", tally.present),
        ("papers-recused", tally.recused),
        ("papers-quorum", tally.quorum_needed),
        ("papers-yes", tally.yes),
        ("papers-no-votes", tally.no),
        ("papers-abstain", tally.abstain),
        ("papers-needed", tally.yes_needed),
    ];
    let rows = figures.chunks(4).flat_map(|four| {
        [
            four.iter().map(|(key, _)| Cell::label(voice.word(key))).collect::<Vec<_>>(),
            four.iter().map(|(_, number)| Cell::centred(number.to_string())).collect(),
        ]
    });
    Block::Table(Table { columns: vec![1; 4], head: Vec::new(), rows: rows.collect() })
}

fn evaluation(filled: &Filled, voice: &Voice<'_>) -> Block {
    let row = |(key, points): &(&str, &[ReviewPoint])| {
        let said = points.iter().flat_map(|point| {
            filled.judged.iter().filter(move |(of, _)| of == point).map(|(_, said)| said.as_str())
        });
        vec![Cell::new(voice.word(key)), Cell::new(said.collect::<Vec<_>>().join("\n"))]
    };
    Block::Table(Table {
        columns: vec![2, 3],
        head: voice.headings(&["papers-eval-item", "papers-eval-opinion"]),
        rows: EVALUATED.iter().map(row).collect(),
    })
}

/// What the review requires, with who does it; before the secretariat entered that, what those who agreed asked for.
fn changes(filled: &Filled, voice: &Voice<'_>) -> Block {
    let file = &filled.file;
    if !file.changes.is_empty() {
        let name = |id| file.names.get(&id).map_or("", String::as_str);
        let row = |row: &quanheng_db::ballot_parts::ChangeRow| {
            vec![
                Cell::centred(row.ordinal.to_string()),
                Cell::centred(&*row.clause),
                Cell::new(&*row.body),
                Cell::centred(row.responsible_id.map_or("", name)),
            ]
        };
        return Block::Table(Table {
            columns: vec![1, 3, 7, 3],
            head: voice.headings(&[
                "papers-no",
                "papers-clause",
                "papers-change",
                "papers-done-by",
            ]),
            rows: file.changes.iter().map(row).collect(),
        });
    }
    let asked: Vec<(&RollRow, &str)> = file
        .roll
        .iter()
        .filter(|line| line.may_vote)
        .filter_map(|line| Some((line, file.votes.get(&line.person_id)?.last()?.remark.as_str())))
        .filter(|(_, remark)| !remark.is_empty())
        .collect();
    if asked.is_empty() {
        return Block::paragraph(voice.word("papers-none"));
    }
    let row = |(at, (line, remark)): (usize, (&RollRow, &str))| {
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::new(remark),
            Cell::centred(&*line.name),
            Cell::new(""),
        ]
    };
    Block::Table(Table {
        columns: vec![1, 7, 3, 3],
        head: voice.headings(&["papers-no", "papers-change", "papers-asked-by", "papers-done-by"]),
        rows: asked.into_iter().enumerate().map(row).collect(),
    })
}

fn signatures(filled: &Filled, voice: &Voice<'_>) -> Block {
    let ballot = &filled.file.ballot;
    let signer = filled.file.roll.iter().find(|line| Some(line.person_id) == ballot.signed_by);
    let acting = signer.is_some_and(|line| line.role != Role::Chair);
    let at = ballot
        .signed_at
        .map(|at| voice.say(&Text::said("papers-voted-at").with_date("at", deadline::day_of(at))));
    let mut signatures = vec![Signature {
        label: voice.word(if acting { "papers-sign-acting" } else { "papers-sign-chair" }),
        name: signer.map(|line| line.name.clone()).unwrap_or_default(),
        at: at.unwrap_or_default(),
    }];
    let all = &filled.file.around.signatures;
    for (person, name) in &filled.reviewers {
        let own = all.iter().find(|row| {
            row.stands() && row.part == SignaturePart::Reviewer && row.person_id == *person
        });
        let at = |at: chrono::DateTime<chrono::Utc>| {
            voice.say(&Text::said("papers-voted-at").with_date("at", deadline::day_of(at)))
        };
        signatures.push(Signature {
            label: voice.word("papers-sign-reviewer"),
            name: own.map(|_| name.clone()).unwrap_or_default(),
            at: own.map(|row| at(row.signed_at)).unwrap_or_default(),
        });
    }
    Block::Signatures { signatures }
}

/// The minutes of the meeting, or of the review by correspondence.
pub(super) fn minutes(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let title = match file.ballot.purpose.kind().concludes_review {
        true => "papers-minutes-title",
        false => "papers-meeting-title",
    };
    let mut paper = voice.paper(title, &about(file));
    paper.blocks.push(voice.fields(occasion(filled, voice)));
    let names = |lines: Vec<&RollRow>| {
        let names: Vec<Text> = lines.iter().map(|line| Text::plain(&line.name)).collect();
        match names.is_empty() {
            true => voice.word("papers-nobody"),
            false => voice.say(&Text::said("papers-names").with_list("names", &names)),
        }
    };
    let took_part = |line: &RollRow| line.present || file.votes.contains_key(&line.person_id);
    let lines = |wanted: &dyn Fn(&RollRow) -> bool| {
        names(file.roll.iter().filter(|line| wanted(line)).collect())
    };
    let parts = [
        ("papers-there", lines(&|line| line.role.is_voting() && took_part(line))),
        ("papers-absent", lines(&|line| line.role.is_voting() && !took_part(line))),
        ("papers-recusals", lines(&|line| line.recusal.is_some())),
        ("papers-guests", lines(&|line| !line.role.is_voting() && took_part(line))),
    ];
    for (key, said) in parts {
        paper.blocks.push(Block::heading(voice.word(key)));
        paper.blocks.push(Block::paragraph(said));
    }
    paper.blocks.push(Block::heading(voice.word("papers-question")));
    paper.blocks.push(Block::paragraph(&*file.ballot.question));
    paper.blocks.push(Block::heading(voice.word("papers-count")));
    paper.blocks.push(Block::paragraph(voice.say(&sentence(file).0)));
    paper.blocks.push(Block::heading(voice.word("papers-heard")));
    let heard = file.opinions.len() as u64;
    paper
        .blocks
        .push(Block::paragraph(voice.say(&Text::said("papers-heard-count").with("n", heard))));
    if !file.ballot.conclusion.is_empty() {
        let reviews = file.ballot.purpose.kind().concludes_review;
        let heading = if reviews { "papers-conclusion" } else { "papers-decision" };
        paper.blocks.push(Block::heading(voice.word(heading)));
        paper.blocks.push(Block::paragraph(&*file.ballot.conclusion));
    }
    paper.blocks.push(signatures(filled, voice));
    paper.blocks.extend(duty_note(filled, voice));
    paper
}

/// Who did the secretariat's work where its host drafts the text (edge case 6).
fn duty_note(filled: &Filled, voice: &Voice<'_>) -> Option<Block> {
    let deputies = filled.file.around.deputies.as_deref()?;
    Some(Block::note(voice.say(&host_drafts(deputies))))
}

/// The opinions of those without a vote, kept apart (CH Art. 38).
pub(super) fn opinions(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let mut paper = voice.paper("papers-opinions-title", &about(file));
    let rows = file.opinions.iter().enumerate().map(|(at, opinion)| {
        let line = file.roll.iter().find(|line| line.person_id == opinion.person_id);
        let role = line.map(|line| voice.say(&Text::word("role", line.role.key())));
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::centred(line.map_or("", |line| line.name.as_str())),
            Cell::centred(role.unwrap_or_default()),
            Cell::new(line.map_or("", |line| line.unit.as_str())),
            Cell::new(&*opinion.text),
        ]
    });
    paper.blocks.push(Block::Table(Table {
        columns: vec![9, 15, 15, 23, 38],
        head: voice.headings(&[
            "papers-no",
            "papers-name",
            "papers-post",
            "papers-unit",
            "papers-opinion",
        ]),
        rows: rows.collect(),
    }));
    paper.blocks.push(Block::note(voice.word("papers-opinions-note")));
    paper
}

/// Those who did not agree, with their reasons and room for the papers of each side.
pub(super) fn dissent(filled: &Filled, voice: &Voice<'_>) -> Paper {
    let file = &filled.file;
    let mut paper = voice.paper("papers-dissent-title", &about(file));
    let rows = objections(file).enumerate().map(|(at, (line, vote))| {
        vec![
            Cell::centred((at + 1).to_string()),
            Cell::new(format!("{}\n{}", line.name, line.unit)),
            Cell::centred(voice.say(&Text::word("vote", vote.choice.key()))),
            Cell::new(&*vote.reason),
            Cell::new(""),
        ]
    });
    paper.blocks.push(Block::Table(Table {
        columns: vec![9, 23, 13, 33, 22],
        head: voice.headings(&[
            "papers-no",
            "papers-who",
            "papers-vote",
            "papers-reason",
            "papers-evidence",
        ]),
        rows: rows.collect(),
    }));
    paper.blocks.push(Block::note(voice.word("papers-dissent-note")));
    paper
}
