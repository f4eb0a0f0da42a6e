//! Comparison of a text with an international document, clause by clause (国际比对研究, FM-28).

use crate::keyed;

keyed! {
    /// How a clause stands to the one of the international document.
    Difference as "difference" {
        /// The same (一致).
        Same = "same",
        /// Editorial (编辑性修改).
        Editorial = "editorial",
        /// Technical, and stricter here (技术性差异，我方更严).
        Stricter = "stricter",
        /// Technical, and laxer here (技术性差异，我方更宽).
        Laxer = "laxer",
        /// Technical in another way (其他技术性差异).
        Technical = "technical",
        /// Only in our text (国际文件没有).
        OursOnly = "ours_only",
        /// Only in the international document (我方没有).
        TheirsOnly = "theirs_only",
    }
}

keyed! {
    /// What a study concludes.
    StudyConclusion as "study conclusion" {
        /// Take the international document over (采用国际文件).
        Adopt = "adopt",
        /// Take parts of it over (部分采用).
        AdoptPartly = "adopt_partly",
        /// Keep our text as it is (保持不变).
        Keep = "keep",
    }
}

impl Difference {
    /// Whether a cause has to be told: everything that is not the same or only worded otherwise.
    pub fn needs_cause(self) -> bool {
        !matches!(self, Self::Same | Self::Editorial)
    }
}
