//! Departmental and local texts beside national ones (上下级规范协调): what two titles are about, and what becomes of a pair that overlaps.

use crate::keyed;

keyed! {
    /// Why two texts were put beside each other.
    OverlapKind as "overlap kind" {
        /// Same kind and same title; of verification regulations only the national one has ground (同名同类).
        SameTitle = "same_title",
        /// Another kind of text about the same instrument (同一对象).
        SameObject = "same_object",
        /// A person reports a contradiction between clauses (条款矛盾).
        Contradiction = "contradiction",
    }
}

keyed! {
    /// What becomes of a case.
    OverlapOutcome as "overlap outcome" {
        /// They stand beside each other, with reasons (可以并行).
        Keep = "keep",
        /// The departmental or local text is amended or revised (修改下级规范).
        Amend = "amend",
        /// It is abolished (废止下级规范).
        Abolish = "abolish",
        /// There is no overlap (不构成重复).
        Unfounded = "unfounded",
    }
}

/// The endings of titles that say what kind of text it is, the longest first.
const KINDS: [&str; 14] = [
    "计量检定规程",
    "计量校准规范",
    "计量技术规范",
    "型式评价大纲",
    "型式试验大纲",
    "检定系统表",
    "检定系统",
    "检定规程",
    "校准规范",
    "校准方法",
    "检测规范",
    "测试规范",
    "试验规范",
    "检定方法",
];

/// What a title is about: without the words for the kind of text, without brackets and spaces; empty for a title that has no such words.
pub fn object_of(title: &str) -> String {
    let plain: String = title
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '（' | '）' | '(' | ')' | '《' | '》'))
        .flat_map(char::to_lowercase)
        .collect();
    let ending = KINDS.iter().find_map(|kind| plain.strip_suffix(kind));
    ending.unwrap_or_default().to_owned()
}

/// Why two titles of texts in force overlap, if they do; `alike` says that they are of the same kind.
pub fn overlap(national: &str, other: &str, alike: bool) -> Option<OverlapKind> {
    if alike && national == other {
        return Some(OverlapKind::SameTitle);
    }
    let object = object_of(national);
    (!object.is_empty() && object == object_of(other)).then_some(OverlapKind::SameObject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_what_they_are_about() {
        let cases = [
            ("质量流量计检定规程", "质量流量计检定规程", true, Some(OverlapKind::SameTitle)),
            ("质量流量计检定规程", "质量流量计 校准规范", false, Some(OverlapKind::SameObject)),
            (
                "电子天平（数字式）检定规程",
                "电子天平数字式型式评价大纲",
                false,
                Some(OverlapKind::SameObject),
            ),
            ("质量流量计检定规程", "涡轮流量计检定规程", true, None),
            ("通用计量术语及定义", "通用计量术语及定义", true, Some(OverlapKind::SameTitle)),
            ("通用计量术语及定义", "通用计量术语及定义", false, None),
        ];
        for (national, other, alike, wanted) in cases {
            assert_eq!(overlap(national, other, alike), wanted, "{national} {other}");
        }
    }
}
