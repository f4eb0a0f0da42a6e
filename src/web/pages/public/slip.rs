//! Amendment slips and corrigenda in the reading view (修改单、勘误): which there are, what each did to a clause, and what found no place.

use chrono::{Days, NaiveDate};
use quanheng_actions::specification::slip::Slip;
use quanheng_db::slips::SlipRow;
use quanheng_db::specifications::SpecificationRow;
use quanheng_domain::Keyed;
use quanheng_domain::clause::Clause;
use quanheng_domain::slip::{Merged, SlipItem, merge};
use serde::Serialize;

use super::fulltext;
use crate::pages::address;
use crate::pages::drafts::ClauseView;
use crate::pages::projects::word;
use crate::views::{Link, Pill, Text, Tone};

/// How a slip is called: 第1号修改单.
pub fn name(row: &SlipRow) -> Text {
    Text::word("slip-name", row.kind.key()).with("n", row.ordinal)
}

/// A clause of the reading view with what slips did to it.
#[derive(Serialize)]
pub struct Read {
    clause: ClauseView,
    touches: Vec<TouchView>,
}

/// What a slip did to a clause.
#[derive(Serialize)]
pub struct TouchView {
    said: Text,
    act: Pill,
    before: String,
}

/// A slip above the text.
#[derive(Serialize)]
pub struct SlipView {
    name: Text,
    state: Pill,
    /// The text as it read before.
    before: Option<Link>,
    /// Items that could not be put into the text, in words.
    astray: Vec<Text>,
}

/// The text as it reads on a day, and the slips that touch it.
pub struct AsRead {
    /// The clauses with the slips in force on the day.
    pub clauses: Vec<Clause>,
    /// The same, as the page shows them.
    pub shown: Vec<Read>,
    /// Every published slip.
    pub slips: Vec<SlipView>,
}

fn touches(merged: &Merged, slips: &[&Slip]) -> Vec<TouchView> {
    let view = |touch: &quanheng_domain::slip::Touch| {
        let slip = slips.get(touch.slip)?;
        Some(TouchView {
            said: Text::said("slip-touched")
                .with_text("slip", &name(&slip.row))
                .with_date("day", slip.row.effective_on),
            act: Pill::new(word(touch.act), Tone::Warn),
            before: touch.before.clone(),
        })
    };
    merged.touches.iter().filter_map(view).collect()
}

fn astray(item: &SlipItem) -> Text {
    Text::said("slip-astray")
        .with("clause", item.clause.as_str())
        .with_text("act", &word(item.act))
        .with("was", item.was.as_str())
        .with("body", item.body.as_str())
}

/// Puts the slips in force on a day into the clauses of an edition.
pub fn read(row: &SpecificationRow, clauses: &[Clause], slips: &[Slip], on: NaiveDate) -> AsRead {
    let in_force: Vec<&Slip> = slips.iter().filter(|slip| slip.row.effective_on <= on).collect();
    let items: Vec<Vec<SlipItem>> = in_force.iter().map(|slip| slip.items.clone()).collect();
    let reading = merge(clauses, &items);
    let shown = reading.clauses.iter().map(|merged| Read {
        clause: ClauseView::of(&merged.clause),
        touches: touches(merged, &in_force),
    });
    let view = |slip: &Slip| {
        let place = in_force.iter().position(|one| one.row.project_id == slip.row.project_id);
        let lost = reading.astray.iter().filter(|(at, _)| Some(*at) == place);
        let before = slip.row.effective_on.checked_sub_days(Days::new(1)).map(|day| {
            let on = day.to_string();
            let href = address::with(&fulltext::href(row), &[("on", &on)]);
            Link::new(href, Text::said("slip-before").with_date("day", day))
        });
        let day = slip.row.effective_on;
        SlipView {
            name: name(&slip.row),
            state: match (place, slip.items.is_empty()) {
                (_, true) => Pill::new(Text::said("slip-apart"), Tone::Warn),
                (Some(_), false) => {
                    Pill::new(Text::said("slip-merged").with_date("day", day), Tone::Good)
                }
                (None, false) => {
                    Pill::new(Text::said("slip-coming").with_date("day", day), Tone::Info)
                }
            },
            before: before.filter(|_| place.is_some()),
            astray: lost.filter_map(|(_, item)| slip.items.get(*item)).map(astray).collect(),
        }
    };
    AsRead {
        shown: shown.collect(),
        slips: slips.iter().map(view).collect(),
        clauses: reading.clauses.iter().map(|merged| merged.clause.clone()).collect(),
    }
}
