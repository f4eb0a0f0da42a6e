//! How those who were asked have answered: sent, answered, with comments, none, silent (the footer of FM-08).

use quanheng_domain::comment::Answers;
use serde::Serialize;

use crate::views::{Meter, Text};

/// The answers as figures and as a bar.
#[derive(Serialize)]
pub struct AnswersView {
    meter: Meter,
}

/// The answers of a round; nothing where nobody was asked.
pub fn view(all: Answers) -> Option<AnswersView> {
    let (sent, answered) = (all.sent as u64, all.answered() as u64);
    let part = |class: &'static str, key: &str, amount: usize| {
        (class, amount as u64, Text::said(key).with("n", amount as u64))
    };
    let parts = [
        part("good", "rounds-with-comments", all.comments),
        part("info", "rounds-without", all.none),
        part("abstain", "rounds-cannot", all.cannot),
        part("silent", "rounds-silent", all.silent()),
    ];
    let label = Text::said("rounds-answered").with("answered", answered).with("asked", sent);
    (sent > 0).then(|| AnswersView { meter: Meter::of(label, &parts, sent, None) })
}
