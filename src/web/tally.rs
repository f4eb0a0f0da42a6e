//! The sentence of a tally: how many came, how many agreed, what is still missing.

use quanheng_domain::ballot::{Missing, Tally};

use crate::views::Text;

/// What may be said of a secret vote that runs: how many voted, and that the count comes after it closes.
pub fn sealed(tally: &Tally) -> Text {
    Text::said("tally-sealed")
        .with("there", tally.present.saturating_sub(tally.recused))
        .with("members", tally.members)
        .with("quorum", tally.quorum_needed)
}

/// The one sentence that says where a ballot stands.
pub fn sentence(tally: &Tally) -> Text {
    let (more_present, more_yes) = match tally.missing {
        Missing::More { present, yes } => (present, yes),
        Missing::Nothing | Missing::OutOfReach => (0, 0),
    };
    let key = match tally.missing {
        Missing::Nothing => "tally-passed",
        Missing::OutOfReach if tally.quorum_met => "tally-cannot-pass",
        _ if !tally.quorum_met => "tally-not-quorate",
        _ => "tally-running",
    };
    Text::said(key)
        .with("there", tally.present.saturating_sub(tally.recused))
        .with("members", tally.members)
        .with("quorum", tally.quorum_needed)
        .with("yes", tally.yes)
        .with("no", tally.no)
        .with("abstain", tally.abstain)
        .with("needed", tally.yes_needed)
        .with("more_present", more_present)
        .with("more_yes", more_yes)
}
