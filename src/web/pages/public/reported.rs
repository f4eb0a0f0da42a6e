//! What was reported about an edition in force, as everybody may read it: trainings, effect evaluations, answered feedback.

use quanheng_db::specifications::{EvaluationRow, FeedbackRow, TrainingRow};
use quanheng_domain::{Keyed, deadline};
use serde::Serialize;

use crate::pages::projects::word;
use crate::views::Text;

/// Something that was reported about an edition: a day, a headline, words, and an answer.
#[derive(Debug, Serialize)]
pub struct Told {
    day: String,
    title: Text,
    text: String,
    /// How it was found out.
    method: Option<String>,
    answer: Option<Answered>,
}

/// The answer to a report: when, in which words, with what outcome.
#[derive(Debug, Serialize)]
pub struct Answered {
    day: String,
    text: String,
    outcome: Option<Text>,
}

/// A training.
pub fn training(row: &TrainingRow) -> Told {
    Told {
        day: row.held_on.to_string(),
        title: Text::said("specification-trained")
            .with("place", row.place.clone())
            .with("n", row.people),
        text: row.note.clone(),
        method: None,
        answer: None,
    }
}

/// An effect evaluation.
pub fn evaluation(row: &EvaluationRow) -> Told {
    Told {
        day: row.done_on.to_string(),
        title: Text::word("specification-suggestion", row.suggestion.key()),
        text: row.findings.clone(),
        method: Some(row.method.clone()),
        answer: None,
    }
}

/// Where in the text a reader has found something.
pub fn place(row: &FeedbackRow) -> Text {
    if row.clause.is_empty() {
        Text::said("specification-whole")
    } else {
        Text::said("specification-clause").with("clause", row.clause.clone())
    }
}

/// A feedback case with its answer. Who reported is nobody else's business, and an unanswered report is not yet judged.
pub fn feedback(row: &FeedbackRow) -> Option<Told> {
    let answered = row.answered_at?;
    Some(Told {
        day: deadline::day_of(row.at).to_string(),
        title: place(row),
        text: row.text.clone(),
        method: None,
        answer: Some(Answered {
            day: deadline::day_of(answered).to_string(),
            text: row.answer.clone(),
            outcome: row.outcome.map(word),
        }),
    })
}
