//! How published texts hang together: citations found in them, and what those who cite say when the cited text is to change.

use crate::keyed;

keyed! {
    /// How sure a citation is.
    CitationState as "citation state" {
        /// Found by the machine in the text (待确认).
        Found = "found",
        /// Confirmed, or entered, by a person (已确认).
        Confirmed = "confirmed",
        /// A person says that it is none (不是引用).
        Dismissed = "dismissed",
    }
}

keyed! {
    /// What a committee says of its text when a text that it cites is to change.
    ImpactAnswer as "impact answer" {
        /// 不受影响
        NotAffected = "not_affected",
        /// 需出修改单
        Amend = "amend",
        /// 需修订
        Revise = "revise",
        /// 需推迟或另议
        Object = "object",
    }
}
