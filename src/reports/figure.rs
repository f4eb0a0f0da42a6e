//! A figure of a report: a number with last year's beside it and the list of records behind it.

use chrono::NaiveDate;
use quanheng_domain::{Keyed, keyed};
use serde::{Deserialize, Serialize};

keyed! {
    /// What the figures of the annual report (FM-23) are grouped by.
    FigureGroup as "figure group" {
        /// 项目
        Projects = "projects",
        /// 征求意见
        Comments = "comments",
        /// 审定
        Reviews = "reviews",
        /// 规范
        Texts = "texts",
        /// 复审
        Reexaminations = "reexaminations",
        /// 组成与变动
        Members = "members",
    }
}

macro_rules! figures {
    ($($(#[$doc:meta])* $variant:ident = $key:literal in $section:ident;)*) => {
        keyed! {
            /// A figure of the annual report.
            FigureKey as "figure" { $($(#[$doc])* $variant = $key,)* }
        }
        impl FigureKey {
            /// The group it stands in.
            pub const fn group(self) -> FigureGroup {
                match self { $(Self::$variant => FigureGroup::$section,)* }
            }
        }
    };
}

figures! {
    /// Suggestions received.
    Suggested = "suggested" in Projects;
    /// Put into a plan in the year.
    Planned = "planned" in Projects;
    /// Running at the end of the year.
    Running = "running" in Projects;
    /// Finished on time.
    OnTime = "on_time" in Projects;
    /// Finished late.
    Late = "late" in Projects;
    /// Overdue at the end of the year.
    Overdue = "overdue" in Projects;
    /// Extended.
    Extended = "extended" in Projects;
    /// Given up or lapsed.
    GivenUp = "given_up" in Projects;
    /// Dossiers returned by the authority.
    Returned = "returned" in Projects;
    /// Projects of the year whose text the unit drafts that hosts the secretariat (edge case 6).
    HostDrafts = "host_drafts" in Projects;
    /// Comment rounds opened.
    Rounds = "rounds" in Comments;
    /// Comments received.
    Comments = "comments" in Comments;
    /// Comments treated.
    Treated = "treated" in Comments;
    /// Comments accepted, in part included.
    Accepted = "accepted" in Comments;
    /// Comments that came late.
    LateComments = "late_comments" in Comments;
    /// Reviews held.
    Reviews = "reviews" in Reviews;
    /// Reviews passed.
    Passed = "passed" in Reviews;
    /// Reviews failed.
    Failed = "failed" in Reviews;
    /// Reviews without quorum.
    Invalid = "invalid" in Reviews;
    /// Members present, summed over the reviews.
    Attendance = "attendance" in Reviews;
    /// Members who should have been there, summed over the reviews.
    Expected = "expected" in Reviews;
    /// Votes for, summed.
    Yes = "yes" in Reviews;
    /// Votes against, summed.
    No = "no" in Reviews;
    /// Abstentions, summed.
    Abstentions = "abstentions" in Reviews;
    /// Texts published.
    Published = "published" in Texts;
    /// Texts in force at the end of the year.
    Stock = "stock" in Texts;
    /// Texts abolished.
    Abolished = "abolished" in Texts;
    /// Re-examinations that fell due.
    ReexaminationsDue = "reexaminations_due" in Reexaminations;
    /// Re-examinations finished.
    ReexaminationsDone = "reexaminations_done" in Reexaminations;
    /// Members at the end of the year.
    Members = "members" in Members;
    /// Appointed in the year.
    Appointed = "appointed" in Members;
    /// Left in the year.
    Left = "left" in Members;
}

/// Which way a figure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The more the better.
    More,
    /// The less the better.
    Less,
}

impl FigureKey {
    /// Which way it should go; none where neither more nor less says anything by itself.
    pub const fn better(self) -> Option<Better> {
        match self {
            Self::OnTime
            | Self::Published
            | Self::Passed
            | Self::Treated
            | Self::ReexaminationsDone => Some(Better::More),
            Self::Late
            | Self::Overdue
            | Self::Extended
            | Self::GivenUp
            | Self::Returned
            | Self::LateComments
            | Self::Failed
            | Self::Invalid => Some(Better::Less),
            Self::Suggested
            | Self::Planned
            | Self::Running
            | Self::HostDrafts
            | Self::Rounds
            | Self::Comments
            | Self::Accepted
            | Self::Reviews
            | Self::Attendance
            | Self::Expected
            | Self::Yes
            | Self::No
            | Self::Abstentions
            | Self::Stock
            | Self::Abolished
            | Self::ReexaminationsDue
            | Self::Members
            | Self::Appointed
            | Self::Left => None,
        }
    }
}

/// A record behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is called.
    pub label: String,
    /// Where it can be read.
    pub path: String,
    /// The day on which it counts, where it has one.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// What it adds to the figure.
    #[serde(default = "one")]
    pub count: i64,
}

const fn one() -> i64 {
    1
}

impl Evidence {
    /// A record that adds one.
    pub fn new(label: &str, path: String) -> Self {
        Self { label: label.to_owned(), path, on: None, count: one() }
    }

    /// The same record with its day.
    #[must_use]
    pub fn on(self, on: Option<NaiveDate>) -> Self {
        Self { on, ..self }
    }

    /// The same record, adding this many.
    #[must_use]
    pub fn counting(self, count: impl TryInto<i64>) -> Self {
        Self { count: count.try_into().unwrap_or(i64::MAX), ..self }
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which.
    pub key: FigureKey,
    /// The number.
    pub value: i64,
    /// The number of the year before.
    pub previous: Option<i64>,
    /// The records behind the number.
    pub evidence: Vec<Evidence>,
}

impl Figure {
    /// A figure that counts its evidence.
    pub fn counting(key: FigureKey, evidence: Vec<Evidence>) -> Self {
        Self {
            key,
            value: i64::try_from(evidence.len()).unwrap_or(i64::MAX),
            previous: None,
            evidence,
        }
    }

    /// A figure that adds up what its records count.
    pub fn summing(key: FigureKey, evidence: Vec<Evidence>) -> Self {
        let value = evidence.iter().map(|record| record.count).sum();
        Self { key, value, previous: None, evidence }
    }

    /// True for a zero that was something the year before: it is pointed out, for a source may have dried up.
    pub fn fell_to_zero(&self) -> bool {
        self.value == 0 && self.previous.is_some_and(|previous| previous > 0)
    }
}

/// The figures in the order of the set, each present.
pub fn complete(mut found: Vec<Figure>) -> Vec<Figure> {
    found.sort_by_key(|figure| figure.key);
    debug_assert!(FigureKey::ALL.iter().all(|key| found.iter().any(|figure| figure.key == *key)));
    found
}
