//! What became of a comment from one round of comments to the next (两轮意见的异同).

use crate::{comment::Disposition, keyed};

keyed! {
    /// What became of a comment between two rounds.
    Course as "course" {
        /// Made in the later round for the first time (新提出).
        New = "new",
        /// Made in the earlier round and again in the later one (再次提出).
        Repeated = "repeated",
        /// Taken up, or answered so that its author agrees, and not made again (已解决).
        Resolved = "resolved",
        /// Not taken up, and not made again (未采纳且未再提出).
        Declined = "declined",
        /// Taken back by its author (撤回).
        Withdrawn = "withdrawn",
        /// Not settled yet (尚未处理).
        Open = "open",
    }
}

impl Course {
    /// What became of a comment of the earlier round, from how it was settled, whether somebody made it again, and whether its author agrees.
    ///
    /// A merged comment is settled as the one it was merged into; pass that disposition.
    pub const fn of_earlier(settled: Option<Disposition>, again: bool, agreed: bool) -> Self {
        match settled {
            Some(Disposition::Withdrawn) => Self::Withdrawn,
            _ if again => Self::Repeated,
            None | Some(Disposition::Pending) => Self::Open,
            Some(Disposition::Rejected) if !agreed => Self::Declined,
            Some(
                Disposition::Accepted
                | Disposition::Partly
                | Disposition::Merged
                | Disposition::Rejected,
            ) => Self::Resolved,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_of_the_earlier_round_ends_in_one_way() {
        use Disposition::{Accepted, Merged, Partly, Pending, Rejected, Withdrawn};
        for (settled, again, agreed, wanted) in [
            (None, false, false, Course::Open),
            (Some(Pending), false, true, Course::Open),
            (Some(Accepted), false, false, Course::Resolved),
            (Some(Partly), false, false, Course::Resolved),
            (Some(Merged), false, false, Course::Resolved),
            (Some(Rejected), false, false, Course::Declined),
            (Some(Rejected), false, true, Course::Resolved),
            (Some(Rejected), true, true, Course::Repeated),
            (Some(Accepted), true, false, Course::Repeated),
            (Some(Withdrawn), true, false, Course::Withdrawn),
        ] {
            assert_eq!(Course::of_earlier(settled, again, agreed), wanted, "{settled:?} {again}");
        }
    }
}
