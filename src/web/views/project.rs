//! The project page: head, stage beam, data blocks, whose turn it is, and the moves.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Field, Link, Pill, RuleCite, Text, Tone};

/// One step of the path to a page; partial `crumbs` takes a list.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Words.
    pub text: Text,
    /// Address; none for the page itself.
    pub href: Option<String>,
}

/// The head of a page; partial `page-head`.
#[derive(Debug, Clone, Serialize)]
pub struct PageHead {
    /// Path to the page.
    pub crumbs: Vec<Crumb>,
    /// Code or number before the title.
    pub code: Option<String>,
    /// Title.
    pub title: Text,
    /// The one status.
    pub pill: Option<Pill>,
    /// One sentence below the title.
    pub lead: Option<Text>,
    /// Short facts in one line (kind, revision, committee).
    pub facts: Vec<Text>,
    /// Links to the right; the first is the main one.
    pub actions: Vec<Link>,
}

impl PageHead {
    /// A head with a title only.
    pub fn new(title: impl Into<Text>) -> Self {
        Self {
            crumbs: Vec::new(),
            code: None,
            title: title.into(),
            pill: None,
            lead: None,
            facts: Vec::new(),
            actions: Vec::new(),
        }
    }
}

/// One tab.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Address.
    pub href: String,
    /// Words.
    pub text: Text,
    /// Whether it is open.
    pub current: bool,
    /// Number beside it, e.g. open comments.
    pub count: Option<u64>,
}

/// The tab row; partial `tabs`.
#[derive(Debug, Clone, Serialize)]
pub struct Tabs {
    /// What the tabs belong to, for screen readers.
    pub label: Text,
    /// Tabs.
    pub items: Vec<Tab>,
}

/// How a stop of the beam stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StopState {
    /// Left behind.
    Done,
    /// Here hangs the weight.
    Current,
    /// Still to come.
    Ahead,
    /// Not needed on this path.
    Skipped,
}

/// One stage on the beam.
#[derive(Debug, Clone, Serialize)]
pub struct Stop {
    /// Two digits of the stage.
    pub code: String,
    /// Name of the stage.
    pub title: Text,
    /// How it stands.
    pub state: StopState,
    /// When it was reached, or is planned; in words.
    pub note: Option<Text>,
    /// Help page or the events of the stage.
    pub href: Option<String>,
}

/// The scale beam that shows where a project stands; partial `beam`.
#[derive(Debug, Clone, Serialize)]
pub struct Beam {
    /// Stages from suggestion to abolition.
    pub stops: Vec<Stop>,
    /// The same in a sentence: stage, days in it, goal.
    pub sentence: Text,
    /// Tone of the sentence.
    pub tone: Tone,
}

impl Beam {
    /// The beam over the nine stages of a project that stands in stage `current` ("30" or "30.20").
    pub fn at(current: &str, sentence: Text, tone: Tone) -> Self {
        let current = current.get(..2).unwrap_or(current);
        let stops = ["00", "10", "20", "30", "40", "50", "60", "90", "95"]
            .into_iter()
            .map(|code| Stop {
                code: code.to_owned(),
                title: Text::word("stage", code),
                state: match code.cmp(current) {
                    std::cmp::Ordering::Less => StopState::Done,
                    std::cmp::Ordering::Equal => StopState::Current,
                    std::cmp::Ordering::Greater => StopState::Ahead,
                },
                note: None,
                href: Some(format!("/stages#p-{code}")),
            })
            .collect();
        Self { stops, sentence, tone }
    }
}

/// One revision chip; partial `revisions` takes a list.
#[derive(Debug, Clone, Serialize)]
pub struct Revision {
    /// Two digits.
    pub number: String,
    /// What kind of draft, in words.
    pub kind: Text,
    /// Day of the upload.
    pub date: String,
    /// Address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// One value of a data row.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Datum {
    /// Words.
    pub text: Option<Text>,
    /// Address.
    pub href: Option<String>,
    /// Status.
    pub pill: Option<Pill>,
    /// Deadline.
    pub deadline: Option<Deadline>,
    /// A quieter remark after it.
    pub note: Option<Text>,
}

impl Datum {
    /// Words only.
    pub fn text(text: impl Into<Text>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// A link.
    pub fn link(href: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { text: Some(text.into()), href: Some(href.into()), ..Self::default() }
    }
}

/// One row of a data block.
#[derive(Debug, Clone, Serialize)]
pub struct DataRow {
    /// Label.
    pub label: Text,
    /// Values; none shows "not given".
    pub values: Vec<Datum>,
    /// Address of the form that changes it, only for those who may.
    pub edit_href: Option<String>,
}

impl DataRow {
    /// A row that nobody changes here.
    pub fn new(label: impl Into<Text>, values: Vec<Datum>) -> Self {
        Self { label: label.into(), values, edit_href: None }
    }
}

/// A block of rows with the next step at its foot; partial `data-block`.
#[derive(Debug, Clone, Serialize)]
pub struct DataBlock {
    /// Title.
    pub title: Text,
    /// Rows.
    pub rows: Vec<DataRow>,
    /// The one normal next step.
    pub next: Option<Link>,
}

/// A deadline: the moment, and the days left in words; partial `deadline`.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// First instant after the last day (RFC 3339).
    pub ends_at: String,
    /// What is due; none if the place says it.
    pub label: Option<Text>,
    /// Days left in words.
    pub left: Text,
    /// Tone.
    pub tone: Tone,
}

impl Deadline {
    /// The deadline as it looks at `now`: bad when past, warn within three days, info within a fortnight.
    pub fn new(ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let seconds = (ends_at - now).num_seconds();
        let (key, amount, tone) = if seconds <= 0 {
            match -seconds / 86_400 {
                0 => ("deadline-just-over", 0, Tone::Bad),
                // As people count: what was due on Monday is two days late on Wednesday.
                days => ("deadline-over", days + 1, Tone::Bad),
            }
        } else if seconds < 86_400 {
            ("deadline-hours", (seconds + 3_599) / 3_600, Tone::Warn)
        } else {
            let days = seconds / 86_400;
            let tone = match days {
                ..=3 => Tone::Warn,
                4..=14 => Tone::Info,
                _ => Tone::Plain,
            };
            ("deadline-days", days, tone)
        };
        Self {
            ends_at: ends_at.to_rfc3339(),
            label: None,
            left: Text::said(key).with("n", amount),
            tone,
        }
    }

    /// The end of something that has ended in its time: nobody is late, so it alarms nobody.
    pub fn ended(ends_at: DateTime<Utc>) -> Self {
        Self {
            ends_at: ends_at.to_rfc3339(),
            label: None,
            left: Text::said("deadline-just-over").with("n", 0),
            tone: Tone::Faded,
        }
    }

    /// The same deadline, naming what is due.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<Text>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// Who acts now; partial `turn`.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// Role.
    pub role: Text,
    /// Names of the people.
    pub people: Vec<String>,
    /// What is to be done.
    pub task: Text,
    /// Until when.
    pub deadline: Option<Deadline>,
    /// Whether the reader herself is meant.
    pub mine: bool,
    /// The way to do it, for those who may.
    pub action: Option<Link>,
}

/// One condition of a move.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// Whether it is met.
    pub met: bool,
    /// The condition with its facts.
    pub text: Text,
    /// The rule behind it.
    pub rule: Option<RuleCite>,
    /// Where to put it right.
    pub href: Option<String>,
}

/// People who will get mail if the move is made, grouped by the rule that brings them in.
#[derive(Debug, Clone, Serialize)]
pub struct MailGroup {
    /// The group and why.
    pub text: Text,
    /// How many addresses.
    pub count: u64,
    /// Names, cut to what is readable.
    pub names: Vec<String>,
    /// Address of the letter as it will be sent.
    pub preview_href: Option<String>,
}

/// One move; partial `move`.
#[derive(Debug, Clone, Serialize)]
pub struct MoveCard {
    /// Key of the move, sent by the form.
    pub key: String,
    /// What it does.
    pub title: Text,
    /// The stage it leads to.
    pub to: Option<Text>,
    /// Whether it may be made now.
    pub allowed: bool,
    /// Why not, if refused.
    pub refusal: Option<Text>,
    /// The rule that refuses.
    pub rule: Option<RuleCite>,
    /// Conditions with ticks.
    pub conditions: Vec<Condition>,
    /// Who gets mail.
    pub mails: Vec<MailGroup>,
    /// Which clocks start or stop.
    pub clocks: Vec<Text>,
    /// Where the form is sent; none if only shown.
    pub action: Option<String>,
    /// Fields of the form (note, dates), the hidden ones too.
    pub fields: Vec<Field>,
    /// Words of the button; those of the title if none.
    pub button: Option<Text>,
    /// Whether it cannot be taken back (the button is then red).
    pub grave: bool,
    /// Whether its details are open at once.
    pub open: bool,
}

/// One step of a wizard.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Words.
    pub text: Text,
    /// Done, current, ahead or skipped.
    pub state: StopState,
    /// Address if it may be visited.
    pub href: Option<String>,
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn left(hours: i64) -> (String, Tone) {
        let now = Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap();
        let deadline = Deadline::new(now + chrono::Duration::hours(hours), now);
        (serde_json::to_string(&deadline.left).unwrap(), deadline.tone)
    }

    #[test]
    fn a_deadline_turns_from_calm_to_bad() {
        assert_eq!(left(24 * 40).1, Tone::Plain);
        assert_eq!(
            left(24 * 10),
            (r#"{"key":"deadline-days","args":{"n":10}}"#.to_owned(), Tone::Info)
        );
        assert_eq!(left(24 * 3).1, Tone::Warn);
        assert_eq!(left(5), (r#"{"key":"deadline-hours","args":{"n":5}}"#.to_owned(), Tone::Warn));
        assert_eq!(left(0).1, Tone::Bad);
        assert_eq!(left(-49), (r#"{"key":"deadline-over","args":{"n":3}}"#.to_owned(), Tone::Bad));
    }

    #[test]
    fn the_beam_hangs_the_weight_at_the_stage() {
        let beam = Beam::at("30.20", Text::plain("x"), Tone::Info);
        let states: Vec<_> = beam.stops.iter().map(|s| (s.code.as_str(), s.state)).collect();
        assert_eq!(states[2], ("20", StopState::Done));
        assert_eq!(states[3], ("30", StopState::Current));
        assert_eq!(states[4], ("40", StopState::Ahead));
    }
}
