//! The closed sets from which a rule of the kind "choice" takes its value.

use crate::{Keyed, keyed};

keyed! {
    /// What becomes of a comment that arrives after the end of its round (逾期意见的处理).
    LatePolicy as "late comment policy" {
        /// Kept, marked late, shown to the drafter, not counted (留存不计).
        RecordNotCount = "record_not_count",
        /// Kept, marked late and counted like the others (留存并计入).
        RecordAndCount = "record_and_count",
        /// Not taken (不予接收).
        Refuse = "refuse",
    }
}

keyed! {
    /// Which form a review may take (审定形式).
    ReviewForm as "review form rule" {
        /// Only a meeting (必须会审).
        MeetingRequired = "meeting_required",
        /// A meeting is the rule, correspondence the supplement (以会审为主、函审为辅).
        MeetingPreferred = "meeting_preferred",
        /// Either (会审或函审均可).
        Either = "either",
    }
}

keyed! {
    /// What happens when a project passes its due date without extension (项目逾期的处理).
    OverdueAction as "overdue action" {
        /// It is flagged and an officer decides (标记，由主管部门决定).
        Flag = "flag",
        /// The plan lapses by itself (计划自动失效).
        AutoLapse = "auto_lapse",
    }
}

keyed! {
    /// Whether a fast procedure may be used (快速程序).
    FastTrack as "fast procedure rule" {
        /// Not at all (不适用).
        Refused = "refused",
        /// With the authority's consent (经主管部门同意).
        AuthorityConsent = "authority_consent",
        /// Without asking (可直接适用).
        Allowed = "allowed",
    }
}

keyed! {
    /// How the last day of a term is found (期间的计算).
    DayCount as "day count rule" {
        /// First day excluded, a last day off moves to the next working day, ends at 24:00 (民法典第二百至二百零四条).
        CivilCode = "civil_code",
        /// First day excluded, the last day never moves (末日不顺延).
        Plain = "plain",
    }
}

keyed! {
    /// The lowest professional title that a member normally holds (职称要求).
    TitleLevel as "professional title" {
        /// None asked (不作要求).
        None = "none",
        /// Intermediate (中级).
        Intermediate = "intermediate",
        /// Associate senior (副高级).
        AssociateSenior = "associate_senior",
        /// Senior (正高级).
        Senior = "senior",
    }
}

keyed! {
    /// A class of recipients of a draft for comments (征求意见对象).
    RecipientClass as "recipient class" {
        /// Committee members (委员).
        Member = "member",
        /// Corresponding unit members (通讯单位成员).
        CorrespondingUnit = "corresponding_unit",
        /// Metrology administrations (计量行政部门).
        Administration = "administration",
        /// Verification bodies (计量检定机构).
        VerificationBody = "verification_body",
        /// Makers (生产单位).
        Maker = "maker",
        /// Users (使用单位).
        User = "user",
        /// Drafters of related standards (相关标准起草单位).
        RelatedDrafter = "related_drafter",
        /// The public (社会公众).
        Public = "public",
    }
}

keyed! {
    /// The set that a rule of the kind "choice" chooses from.
    ChoiceSet as "choice set" {
        /// `LatePolicy`.
        LatePolicy = "late_policy",
        /// `ReviewForm`.
        ReviewForm = "review_form",
        /// `OverdueAction`.
        OverdueAction = "overdue_action",
        /// `FastTrack`.
        FastTrack = "fast_track",
        /// `DayCount`.
        DayCount = "day_count",
        /// `TitleLevel`.
        TitleLevel = "title_level",
    }
}

impl ChoiceSet {
    /// The keys that may be chosen, in the order in which people list them.
    pub fn options(self) -> Vec<&'static str> {
        fn keys<T: Keyed>() -> Vec<&'static str> {
            T::ALL.iter().map(|value| value.key()).collect()
        }
        match self {
            Self::LatePolicy => keys::<LatePolicy>(),
            Self::ReviewForm => keys::<ReviewForm>(),
            Self::OverdueAction => keys::<OverdueAction>(),
            Self::FastTrack => keys::<FastTrack>(),
            Self::DayCount => keys::<DayCount>(),
            Self::TitleLevel => keys::<TitleLevel>(),
        }
    }
}
