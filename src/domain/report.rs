//! The annual report of a committee (年度工作报告, FM-23): its parts, its steps, and who takes them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{keyed, people::Party, records::ReportState};

keyed! {
    /// A part of the annual report (domain rules, 5.14, FM-23), in the order in which it is read.
    ReportPart as "report part" {
        /// 委员会组成与变动 \[A AR23\]
        Composition = "composition",
        /// 领域现状与发展趋势 \[A AR23\]
        FieldTrends = "field_trends",
        /// 规范体系与存量 \[A AR23; S3 (十一)\]
        TextSystem = "text_system",
        /// 本年度工作 \[A AR23; S3 (七)\]
        Work = "work",
        /// 成效与存在的问题 \[A AR23\]
        ResultsProblems = "results_problems",
        /// 下一年度计划 \[C CH Art.41; A AR23\]
        NextYear = "next_year",
        /// 分技术委员会与工作组 \[A AR23\]
        SubCommittees = "sub_committees",
        /// 经费使用 \[C CH Art.45\]
        Money = "money",
        /// 奖惩建议 \[C CH Art.41\]
        Proposals = "proposals",
    }
}

/// Whether people write something in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// A remark may stand beside the figures, or where the part concerns the committee at all.
    May,
    /// Without words the part says nothing.
    Must,
}

impl ReportPart {
    /// Whether people have to write something in it.
    pub const fn wording(self) -> Wording {
        match self {
            Self::FieldTrends | Self::Work | Self::ResultsProblems | Self::NextYear => {
                Wording::Must
            }
            Self::Composition
            | Self::TextSystem
            | Self::SubCommittees
            | Self::Money
            | Self::Proposals => Wording::May,
        }
    }

    /// Whether the public reads it once the report was accepted (domain rules, 2.4: "read public part" \[D\]); money and rewards stay inside.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Money | Self::Proposals)
    }
}

keyed! {
    /// A step of an annual report.
    ReportStep as "report step" {
        /// 送主任委员签署
        HandToChair = "hand_to_chair",
        /// 主任委员退回秘书处
        SendBack = "send_back",
        /// 签署
        Sign = "sign",
        /// 报送
        Submit = "submit",
        /// 接收
        Accept = "accept",
        /// 退回
        Return = "return",
    }
}

impl ReportStep {
    /// The states from which it leads.
    pub const fn from(self) -> &'static [ReportState] {
        match self {
            Self::HandToChair => &[ReportState::Draft, ReportState::Returned],
            Self::SendBack | Self::Sign => &[ReportState::ToSign],
            Self::Submit => &[ReportState::Signed],
            Self::Accept | Self::Return => &[ReportState::Submitted],
        }
    }

    /// The state to which it leads.
    pub const fn to(self) -> ReportState {
        match self {
            Self::HandToChair => ReportState::ToSign,
            Self::SendBack => ReportState::Draft,
            Self::Sign => ReportState::Signed,
            Self::Submit => ReportState::Submitted,
            Self::Accept => ReportState::Accepted,
            Self::Return => ReportState::Returned,
        }
    }

    /// Who takes it (domain rules, 2.4: the secretary-general writes, the chair signs, the officer receives and assesses).
    pub const fn who(self) -> Party {
        match self {
            Self::HandToChair | Self::Submit => Party::Secretariat,
            Self::SendBack | Self::Sign => Party::Chair,
            Self::Accept | Self::Return => Party::Officer,
        }
    }

    /// Whether the reason has to be said.
    pub const fn asks_reason(self) -> bool {
        matches!(self, Self::SendBack | Self::Return)
    }

    /// Whether it waits for the day on which annual reporting opens; what is on its way already is decided on any day.
    pub const fn waits_for_opening(self) -> bool {
        matches!(self, Self::HandToChair)
    }
}

/// The words of a part, and whether the secretariat has confirmed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartText {
    /// What was written.
    #[serde(default)]
    pub text: String,
    /// Whether words and figures were found right.
    #[serde(default)]
    pub confirmed: bool,
    /// Who saved it last.
    #[serde(default)]
    pub by: String,
    /// When.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

/// A correction of a computed figure. It stands beside the computed one; later ones follow it, none is taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Key of the figure.
    pub figure: String,
    /// What the records gave when it was corrected.
    pub computed: i64,
    /// The number that should stand; none withdraws an earlier correction.
    pub value: Option<i64>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The parts of a report as they are stored; a part nobody saved is absent.
///
/// # Errors
/// What is no such map, or names no part.
pub fn parts_in(stored: &Value) -> Result<BTreeMap<ReportPart, PartText>, serde_json::Error> {
    if stored.is_null() { Ok(BTreeMap::new()) } else { BTreeMap::deserialize(stored) }
}

/// The corrections of a report as they are stored, the first one first.
///
/// # Errors
/// What is no such list.
pub fn corrections_in(stored: &Value) -> Result<Vec<Correction>, serde_json::Error> {
    if stored.is_null() { Ok(Vec::new()) } else { Vec::deserialize(stored) }
}

/// Whether the secretariat may still write in a report of this state; none was begun when there is no state.
pub fn is_open(state: Option<ReportState>) -> bool {
    matches!(state, None | Some(ReportState::Draft | ReportState::Returned))
}

/// The title of the report as it stands on its cover; papers of a Chinese committee have Chinese titles.
pub fn title(committee: &str, year: i32) -> String {
    format!("{committee}{year}年度工作报告")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    #[test]
    fn every_state_but_the_last_leads_on_and_nothing_leads_out_of_the_last() {
        for state in ReportState::ALL {
            let leads_on = ReportStep::ALL.iter().any(|step| step.from().contains(state));
            assert_eq!(leads_on, *state != ReportState::Accepted, "{state}");
        }
    }

    #[test]
    fn what_goes_back_says_why() {
        for step in ReportStep::ALL {
            let back = matches!(step.to(), ReportState::Draft | ReportState::Returned);
            assert_eq!(step.asks_reason(), back, "{step}");
        }
    }
}
