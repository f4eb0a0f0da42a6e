//! Committees: kinds, codes and states (domain rules, 2.2 and 3.8).

use crate::keyed;

keyed! {
    /// Kind of a committee.
    CommitteeKind as "committee kind" {
        /// 技术委员会
        Committee = "committee",
        /// 分技术委员会
        SubCommittee = "sub_committee",
        /// 专项工作组
        WorkingGroup = "working_group",
    }
}

keyed! {
    /// State of a committee.
    CommitteeState as "committee state" {
        /// 筹建
        Preparing = "preparing",
        /// 在届
        InTerm = "in_term",
        /// 换届中
        Renewing = "renewing",
        /// 整改
        Rectifying = "rectifying",
        /// 暂停
        Suspended = "suspended",
        /// 已合并
        Merged = "merged",
        /// 已撤销
        Dissolved = "dissolved",
    }
}

/// Most characters of a code.
const LONGEST_CODE: usize = 40;

/// The code of a committee in its one form, or none if it is no code of this kind below the committee of that code.
///
/// A code that begins with `MTC` follows the national pattern (`MTC1`, `MTC1/SC1`, `MTC1/WG1`, 2.2) and carries the code of the
/// committee above; any other is the authority's own, letters and digits with at least one digit (苏01).
pub fn code_of(typed: &str, kind: CommitteeKind, above: Option<&str>) -> Option<String> {
    let narrow: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .flat_map(char::to_uppercase)
        .collect();
    let code = narrow.replace("-SC", "/SC").replace("-WG", "/WG");
    let numbered = |part: &str, letters: &str| {
        part.strip_prefix(letters).is_some_and(|digits| {
            !digits.is_empty()
                && !digits.starts_with('0')
                && digits.len() <= 4
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let sound = if code.starts_with("MTC") {
        let below = |letters: &str| {
            code.rsplit_once('/')
                .is_some_and(|(first, last)| above == Some(first) && numbered(last, letters))
        };
        match kind {
            CommitteeKind::Committee => numbered(&code, "MTC"),
            CommitteeKind::SubCommittee => below("SC"),
            CommitteeKind::WorkingGroup => below("WG"),
        }
    } else {
        code.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'))
            && code.chars().any(|c| c.is_ascii_digit())
            && code.chars().any(char::is_alphabetic)
            && code.chars().next().is_some_and(char::is_alphanumeric)
    };
    (sound && code.chars().count() <= LONGEST_CODE).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_pattern_of_their_kind() {
        use CommitteeKind::{Committee, SubCommittee, WorkingGroup};
        for (typed, kind, above, code) in [
            ("mtc 12", Committee, None, Some("MTC12")),
            ("ＭＴＣ１", Committee, None, Some("MTC1")),
            ("MTC0", Committee, None, None),
            ("MTC", Committee, None, None),
            ("MTC1/SC1", Committee, None, None),
            ("mtc1-sc2", SubCommittee, Some("MTC1"), Some("MTC1/SC2")),
            ("MTC2/SC2", SubCommittee, Some("MTC1"), None),
            ("MTC1/WG2", SubCommittee, Some("MTC1"), None),
            ("MTC1/WG2", WorkingGroup, Some("MTC1"), Some("MTC1/WG2")),
            ("MTC1/SC1/WG2", WorkingGroup, Some("MTC1/SC1"), Some("MTC1/SC1/WG2")),
            ("MTC1/SC1", SubCommittee, None, None),
            ("苏01", Committee, None, Some("苏01")),
            ("热工", Committee, None, None),
            ("12", Committee, None, None),
            ("苏01?", Committee, None, None),
        ] {
            assert_eq!(code_of(typed, kind, above).as_deref(), code, "{typed}");
        }
    }
}
