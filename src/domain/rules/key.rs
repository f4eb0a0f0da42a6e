//! The closed list of rules: key, type of the value, what may be typed in, and how far a committee may depart from it.
//!
//! The limits keep out slips of the pen; they are no rule of any authority. One row is the whole definition of a rule.

use std::marker::PhantomData;

use crate::{
    document::DocumentNeed,
    fraction::{Fraction, Majority},
    keyed,
    specification::Category,
    term::{Reminder, Term},
};

use super::{
    choice::{
        ChoiceSet, DayCount, FastTrack, LatePolicy, OverdueAction, RecipientClass, ReviewForm,
        TitleLevel,
    },
    kind::{
        Definition, Overriding, RuleKind, RuleType, RuleUnit, count, days, months, term, workdays,
        years,
    },
    value::DayOfYear,
};

/// A rule key that knows the type of its value.
#[derive(Debug)]
pub struct Typed<T> {
    key: RuleKey,
    value: PhantomData<fn() -> T>,
}

impl<T> Typed<T> {
    const fn of(key: RuleKey) -> Self {
        Self { key, value: PhantomData }
    }

    /// The key alone, as refusals carry it.
    pub const fn key(self) -> RuleKey {
        self.key
    }
}

// Written out because derives would demand the same of the value's type.
impl<T> Clone for Typed<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Typed<T> {}

macro_rules! rule_keys {
    ($($(#[doc = $doc:literal])+ $constant:ident $variant:ident = $key:literal: $type:ty = $kind:expr, $overriding:ident;)*) => {
        keyed! {
            /// The key of a rule.
            RuleKey as "rule key" {
                $($(#[doc = $doc])+ $variant = $key,)*
            }
        }

        impl RuleKey {
            /// What is fixed about the rule, whoever's profile it stands in.
            pub const fn definition(self) -> Definition {
                match self {
                    $(Self::$variant => Definition {
                        kind: $kind,
                        overriding: Overriding::$overriding,
                        optional: <$type as RuleType>::OPTIONAL,
                    },)*
                }
            }

            /// Whether the type in the row suits the kind in the row.
            #[cfg(test)]
            fn suits(self) -> bool {
                match self {
                    $(Self::$variant => <$type as RuleType>::fits(self.definition().kind),)*
                }
            }
        }

        /// Every key with the type of its value, for lookups that cannot fail.
        pub mod keys {
            use super::*;

            $($(#[doc = $doc])+ pub const $constant: Typed<$type> = Typed::of(RuleKey::$variant);)*

            /// Pairs of which the first must not be above the second.
            pub(in crate::rules) const ORDERED: &[(RuleKey, RuleKey)] = &[
                (RuleKey::CommentDaysFloor, RuleKey::CommentDaysMin),
                (RuleKey::CommentDaysEmergencyFloor, RuleKey::CommentDaysFloor),
                (RuleKey::RecirculationDaysFloor, RuleKey::CommentDaysMin),
                (RuleKey::DraftersPerEntityMax, RuleKey::DraftersMax),
                (RuleKey::ProjectMonthsRevise, RuleKey::ProjectMonthsTotalMax),
                (RuleKey::ProjectMonthsNew, RuleKey::ProjectMonthsTotalMax),
                (RuleKey::ForceLeadMin, RuleKey::ForceLeadMonths),
                (RuleKey::ForceLeadMonths, RuleKey::ForceLeadLongestMonths),
                (RuleKey::MembersMin, RuleKey::MembersMax),
                (RuleKey::ScMembersMin, RuleKey::MembersMax),
                (RuleKey::SeatsPerPersonWarn, RuleKey::SeatsPerPersonBlock),
                (RuleKey::MissedBallotsWarn, RuleKey::MissedBallotsRemove),
                (RuleKey::AnnualReportDue, RuleKey::AnnualReportGrace),
            ];
        }
    };
}

rule_keys! {

    // Suggestion, application, project approval (stages 00 and 10)
    /// The day until which suggestions for the coming plan are due (项目建议征集截止日).
    CALL_SUGGESTIONS_DUE CallSuggestionsDue = "call_suggestions_due": DayOfYear = RuleKind::DayOfYear, Free;
    /// The day until which collected suggestions are forwarded to the authority (项目建议报送截止日).
    CALL_FORWARD_DUE CallForwardDue = "call_forward_due": DayOfYear = RuleKind::DayOfYear, Free;
    /// Days in which a suggestion is answered (建议答复期限).
    SCREENING_ANSWER_DAYS ScreeningAnswerDays = "screening_answer_days": Term = days(1, 365), AtMost;
    /// Days to complete a returned application (补正期限).
    SUPPLEMENT_DAYS SupplementDays = "supplement_days": Term = days(1, 365), Free;
    /// Days for the project assessment (立项评估期限).
    ASSESSMENT_DAYS AssessmentDays = "assessment_days": Term = days(1, 365), AtMost;
    /// Days of publicity before project approval (立项前公示期限).
    PUBLICITY_DAYS_PROJECT PublicityDaysProject = "publicity_days_project": Term = days(1, 365), AtLeast;
    /// Working days in which an objection is answered in writing (异议答复期限).
    OBJECTION_ANSWER_WORKDAYS ObjectionAnswerWorkdays = "objection_answer_workdays": Term = workdays(1, 120), AtMost;
    /// Share of all members that takes part in the vote on an application (立项表决参加比例).
    PROPOSAL_QUORUM_FRACTION ProposalQuorumFraction = "proposal_quorum_fraction": Fraction = RuleKind::Fraction, AtLeast;
    /// Share of those present that must agree to an application (立项表决同意比例).
    PROPOSAL_PASS_FRACTION ProposalPassFraction = "proposal_pass_fraction": Majority = RuleKind::Majority, AtLeast;
    /// Months from the plan date to the due date of a new text (制定项目周期).
    PROJECT_MONTHS_NEW ProjectMonthsNew = "project_months_new": Term = months(1, 120), AtMost;
    /// Months from the plan date to the due date of a revision (修订项目周期).
    PROJECT_MONTHS_REVISE ProjectMonthsRevise = "project_months_revise": Term = months(1, 120), AtMost;
    /// Months from the plan date to the due date of an amendment slip (修改单项目周期).
    PROJECT_MONTHS_AMENDMENT ProjectMonthsAmendment = "project_months_amendment": Term = months(1, 120), AtMost;
    /// Months that a project may last with all extensions (项目总周期上限).
    PROJECT_MONTHS_TOTAL_MAX ProjectMonthsTotalMax = "project_months_total_max": Option<Term> = months(1, 240), AtMost;
    /// Days from the plan to the drafting plan (编制方案报送期限).
    DRAFTING_PLAN_DAYS DraftingPlanDays = "drafting_plan_days": Term = days(1, 365), AtMost;
    /// Whether an identical adoption may skip drafting (等同采用快速程序).
    FAST_TRACK_ADOPTION FastTrackAdoption = "fast_track_adoption": FastTrack = RuleKind::Choice(ChoiceSet::FastTrack), Fixed;
    /// Whether a revision may skip drafting and comments (修订快速程序).
    FAST_TRACK_REVISION FastTrackRevision = "fast_track_revision": FastTrack = RuleKind::Choice(ChoiceSet::FastTrack), Fixed;

    // Drafting, extension, overdue projects (stage 20)
    /// Months between progress reports (进展报告间隔).
    PROGRESS_REPORT_MONTHS ProgressReportMonths = "progress_report_months": Term = months(1, 24), AtMost;
    /// Working days for a completeness check of the secretariat (材料完整性审查期限).
    COMPLETENESS_CHECK_WORKDAYS CompletenessCheckWorkdays = "completeness_check_workdays": Term = workdays(1, 120), AtMost;
    /// The largest number of drafters of one text (起草人人数上限).
    DRAFTERS_MAX DraftersMax = "drafters_max": Option<u32> = count(RuleUnit::Persons, 1, 100), AtMost;
    /// The largest number of drafters of one legal entity (同一单位起草人人数上限).
    DRAFTERS_PER_ENTITY_MAX DraftersPerEntityMax = "drafters_per_entity_max": Option<u32> = count(RuleUnit::Persons, 1, 100), AtMost;
    /// Days in which a unit names another principal drafter (更换主要起草人期限).
    DRAFTER_REPLACEMENT_DAYS DrafterReplacementDays = "drafter_replacement_days": Term = days(1, 365), AtMost;
    /// How often a project may be extended (延期次数上限).
    EXTENSION_TIMES ExtensionTimes = "extension_times": u32 = count(RuleUnit::Times, 0, 10), AtMost;
    /// Months of one extension at most (单次延期上限).
    EXTENSION_MONTHS ExtensionMonths = "extension_months": Term = months(0, 60), AtMost;
    /// Days before the due date until which an extension is asked for (延期申请提前期限).
    EXTENSION_REQUEST_LEAD_DAYS ExtensionRequestLeadDays = "extension_request_lead_days": Term = days(0, 365), AtLeast;
    /// What happens to an overdue project (逾期项目处理).
    OVERDUE_ACTION OverdueAction = "overdue_action": OverdueAction = RuleKind::Choice(ChoiceSet::OverdueAction), Fixed;
    /// Years without new projects for the unit of an overdue project (逾期单位限制立项年限).
    OVERDUE_SANCTION_YEARS OverdueSanctionYears = "overdue_sanction_years": Option<Term> = years(1, 10), Fixed;

    // Public comments (stage 30)
    /// Days of an ordinary comment round at least (征求意见期限).
    COMMENT_DAYS_MIN CommentDaysMin = "comment_days_min": Term = days(1, 365), AtLeast;
    /// Days under which no ordinary round may go (征求意见期限下限).
    COMMENT_DAYS_FLOOR CommentDaysFloor = "comment_days_floor": Term = days(1, 365), Fixed;
    /// Days under which no emergency round may go (应急征求意见期限下限).
    COMMENT_DAYS_EMERGENCY_FLOOR CommentDaysEmergencyFloor = "comment_days_emergency_floor": Term = days(1, 365), Fixed;
    /// Days of the comment round of an amendment slip (修改单征求意见期限).
    COMMENT_DAYS_AMENDMENT CommentDaysAmendment = "comment_days_amendment": Term = days(1, 365), AtLeast;
    /// Share of the ordinary length that a repeated round lasts (再次征求意见期限比例).
    RECIRCULATION_SHARE RecirculationShare = "recirculation_share": Fraction = RuleKind::Fraction, AtLeast;
    /// Days under which no repeated round may go (再次征求意见期限下限).
    RECIRCULATION_DAYS_FLOOR RecirculationDaysFloor = "recirculation_days_floor": Term = days(1, 365), AtLeast;
    /// Number of units that a draft is sent to at least (征求意见单位数下限).
    COMMENT_RECIPIENTS_MIN CommentRecipientsMin = "comment_recipients_min": u32 = count(RuleUnit::Organisations, 0, 1000), AtLeast;
    /// Classes of recipients that a draft is sent to (征求意见对象).
    COMMENT_RECIPIENT_CLASSES CommentRecipientClasses = "comment_recipient_classes": Vec<RecipientClass> = RuleKind::Recipients, AtLeast;
    /// Whether the recipients must cover all regions (征求意见覆盖各地区).
    COMMENT_ALL_REGIONS CommentAllRegions = "comment_all_regions": bool = RuleKind::Flag, AtLeast;
    /// What becomes of a late comment (逾期意见处理).
    COMMENT_LATE_POLICY CommentLatePolicy = "comment_late_policy": LatePolicy = RuleKind::Choice(ChoiceSet::LatePolicy), Free;
    /// How often a commenter may appeal against a disposition (意见申诉次数).
    COMMENT_APPEALS_MAX CommentAppealsMax = "comment_appeals_max": u32 = count(RuleUnit::Times, 0, 5), AtLeast;
    /// Days in which a commenter may appeal (意见申诉期限).
    COMMENT_APPEAL_DAYS CommentAppealDays = "comment_appeal_days": Term = days(1, 365), AtLeast;
    /// Months for which verification data are shown in public (验证数据公示期限).
    DATA_DISPLAY_MONTHS DataDisplayMonths = "data_display_months": Option<Term> = months(1, 24), AtLeast;
    /// Days after the end of a round until every comment is disposed of (意见处理期限).
    DISPOSITION_DAYS DispositionDays = "disposition_days": Term = days(1, 365), AtMost;
    /// Whether a comment that is accepted in part or not at all is answered with reasons (部分采纳和不采纳须说明理由).
    DISPOSITION_REASON DispositionReason = "disposition_reason": bool = RuleKind::Flag, AtLeast;

    // Review and ballots (stage 40)
    /// How long before a review meeting the papers are out (会审材料提前送达期限).
    REVIEW_PAPERS_LEAD ReviewPapersLead = "review_papers_lead": Term = term(1, 12), AtLeast;
    /// How long before the end of a review by correspondence the papers are out (函审材料提前送达期限).
    REVIEW_PAPERS_LEAD_CORR ReviewPapersLeadCorr = "review_papers_lead_corr": Term = term(1, 12), AtLeast;
    /// The form in which verification schemes are reviewed (检定系统表审定形式).
    REVIEW_FORM_SCHEME ReviewFormScheme = "review_form_scheme": ReviewForm = RuleKind::Choice(ChoiceSet::ReviewForm), Fixed;
    /// The form in which verification regulations are reviewed (检定规程审定形式).
    REVIEW_FORM_JJG ReviewFormJjg = "review_form_jjg": ReviewForm = RuleKind::Choice(ChoiceSet::ReviewForm), Fixed;
    /// The form in which type evaluation programmes are reviewed (型式评价大纲审定形式).
    REVIEW_FORM_TYPE_EVALUATION ReviewFormTypeEvaluation = "review_form_type_evaluation": ReviewForm = RuleKind::Choice(ChoiceSet::ReviewForm), Fixed;
    /// The form in which calibration specifications are reviewed (校准规范审定形式).
    REVIEW_FORM_CALIBRATION ReviewFormCalibration = "review_form_calibration": ReviewForm = RuleKind::Choice(ChoiceSet::ReviewForm), Fixed;
    /// The form in which other specifications are reviewed (其他规范审定形式).
    REVIEW_FORM_OTHER ReviewFormOther = "review_form_other": ReviewForm = RuleKind::Choice(ChoiceSet::ReviewForm), Fixed;
    /// Share of all members that takes part in a review meeting (会审参加比例).
    QUORUM_FRACTION QuorumFraction = "quorum_fraction": Fraction = RuleKind::Fraction, AtLeast;
    /// Share of the members present that must agree (会审同意比例).
    PASS_FRACTION PassFraction = "pass_fraction": Majority = RuleKind::Majority, AtLeast;
    /// Share of all members that replies to a ballot by correspondence (函审回函比例).
    CORR_QUORUM CorrQuorum = "corr_quorum": Fraction = RuleKind::Fraction, AtLeast;
    /// Share of the replies that must agree (函审同意比例).
    CORR_PASS CorrPass = "corr_pass": Majority = RuleKind::Majority, AtLeast;
    /// Share of all members that takes part in a vote on other matters (一般事项参加比例).
    MATTER_QUORUM_FRACTION MatterQuorumFraction = "matter_quorum_fraction": Fraction = RuleKind::Fraction, AtLeast;
    /// Share that must agree on other matters; a tie is not adopted (一般事项同意比例).
    MATTER_PASS_FRACTION MatterPassFraction = "matter_pass_fraction": Majority = RuleKind::Majority, AtLeast;
    /// Share of all members that takes part in an election (选举参加比例).
    ELECTION_QUORUM_FRACTION ElectionQuorumFraction = "election_quorum_fraction": Fraction = RuleKind::Fraction, AtLeast;
    /// Share that must agree in an election (选举同意比例).
    ELECTION_PASS_FRACTION ElectionPassFraction = "election_pass_fraction": Majority = RuleKind::Majority, AtLeast;
    /// Whether an abstention stays in the number of which the majority is taken (弃权计入表决基数).
    ABSTENTION_COUNTS AbstentionCounts = "abstention_counts": bool = RuleKind::Flag, Fixed;
    /// Whether a vote may be changed until the ballot closes (截止前可更改表决).
    VOTE_CHANGE_ALLOWED VoteChangeAllowed = "vote_change_allowed": bool = RuleKind::Flag, Free;
    /// Whether a "no" must give reasons (反对票须说明理由).
    VOTE_NO_REASON_REQUIRED VoteNoReasonRequired = "vote_no_reason_required": bool = RuleKind::Flag, Free;
    /// Whether an abstention must give reasons (弃权须说明理由).
    VOTE_ABSTAIN_REASON_REQUIRED VoteAbstainReasonRequired = "vote_abstain_reason_required": bool = RuleKind::Flag, Free;
    /// Whether a voter declares interests before the vote counts (表决前须申报利益关系).
    INTEREST_DECLARATION InterestDeclaration = "interest_declaration": bool = RuleKind::Flag, AtLeast;
    /// Whether elections are secret (选举采用无记名投票).
    ELECTION_SECRET ElectionSecret = "election_secret": bool = RuleKind::Flag, AtLeast;
    /// Whether each unit has one vote, however many seats it holds (每个单位一票).
    ONE_VOTE_PER_UNIT OneVotePerUnit = "one_vote_per_unit": bool = RuleKind::Flag, Fixed;
    /// Whether a member may be represented by another (允许委托表决).
    PROXY_ALLOWED ProxyAllowed = "proxy_allowed": bool = RuleKind::Flag, Fixed;
    /// How many others one person may represent (每人受托上限).
    PROXY_PER_PERSON_MAX ProxyPerPersonMax = "proxy_per_person_max": u32 = count(RuleUnit::Persons, 0, 10), AtMost;
    /// Whether a drafter may vote on the own draft (起草人可参加表决).
    DRAFTER_CAN_VOTE DrafterCanVote = "drafter_can_vote": bool = RuleKind::Flag, AtMost;
    /// Share of the voters that the drafting unit may hold (起草单位人员比例上限).
    DRAFTER_UNIT_SHARE_MAX DrafterUnitShareMax = "drafter_unit_share_max": Fraction = RuleKind::Fraction, AtMost;
    /// Share of the reviewers that come from users; a warning only (使用方比例下限（提示）).
    USER_SHARE_MIN UserShareMin = "user_share_min": Fraction = RuleKind::Fraction, AtLeast;
    /// Size of an expert group that reviews in place of the committee (专家组人数下限).
    EXPERT_GROUP_MIN ExpertGroupMin = "expert_group_min": Option<u32> = count(RuleUnit::Persons, 1, 100), AtLeast;
    /// Share of an expert group from outside statutory verification bodies (专家组外部专家比例下限).
    EXTERNAL_EXPERT_SHARE_MIN ExternalExpertShareMin = "external_expert_share_min": Option<Fraction> = RuleKind::Fraction, AtLeast;
    /// The failed review after which a project ends (审定未通过次数上限).
    REVIEW_FAILURES_MAX ReviewFailuresMax = "review_failures_max": u32 = count(RuleUnit::Times, 1, 10), AtMost;
    /// Whether a principal reviewer needs a valid qualification (主审人须具备资格).
    PRINCIPAL_REVIEWER_QUALIFIED PrincipalReviewerQualified = "principal_reviewer_qualified": bool = RuleKind::Flag, AtLeast;
    /// Whether an open fatal finding of the principal reviewer keeps the review from opening (致命问题未解决不得审定).
    FATAL_FINDINGS_BLOCK FatalFindingsBlock = "fatal_findings_block": bool = RuleKind::Flag, AtLeast;
    /// Whether the changes that a review requires are done before the dossier goes out (审定要求的修改完成后方可报批).
    CHANGES_BEFORE_DOSSIER ChangesBeforeDossier = "changes_before_dossier": bool = RuleKind::Flag, AtLeast;
    /// Whether reviews that touch livelihood admit observers (民生项目审定允许旁听).
    OBSERVERS_ADMITTED ObserversAdmitted = "observers_admitted": bool = RuleKind::Flag, AtLeast;
    /// Whether advisers, corresponding units and invited people, who do not vote, are heard and put on record (无表决权人员意见单独记录).
    NON_VOTERS_SPEAK NonVotersSpeak = "non_voters_speak": bool = RuleKind::Flag, AtLeast;

    // Approval, publication, force (stages 50 and 60)
    /// Days after a passed review until the dossier is submitted (报批材料报送期限).
    DOSSIER_DAYS DossierDays = "dossier_days": Term = days(1, 365), AtMost;
    /// Working days for the check by the authority (主管部门审查期限).
    AUTHORITY_CHECK_WORKDAYS AuthorityCheckWorkdays = "authority_check_workdays": Term = workdays(1, 240), AtMost;
    /// Whether a departmental or local verification regulation needs the absence of a national one (有国家检定规程的不制定部门、地方检定规程).
    LOCAL_ONLY_WITHOUT_NATIONAL LocalOnlyWithoutNational = "local_only_without_national": bool = RuleKind::Flag, Fixed;
    /// Days of publicity of the result before approval (批准前公示期限).
    RESULT_PUBLICITY_DAYS ResultPublicityDays = "result_publicity_days": Option<Term> = days(1, 365), AtLeast;
    /// Months that usually lie between publication and force (发布至实施的通常期限).
    FORCE_LEAD_MONTHS ForceLeadMonths = "force_lead_months": Term = months(0, 60), Free;
    /// Time that at least lies between publication and force (发布至实施的最短期限).
    FORCE_LEAD_MIN ForceLeadMin = "force_lead_min": Term = term(0, 60), Fixed;
    /// Months after issue at which a text of unknown effective date is taken to be in force (实施日期不明时的推定期限).
    FORCE_LEAD_LONGEST_MONTHS ForceLeadLongestMonths = "force_lead_longest_months": Term = months(1, 60), Fixed;
    /// Categories whose training is finished before force (实施前须完成宣贯的类别).
    PUBLICITY_BEFORE_FORCE_TYPES PublicityBeforeForceTypes = "publicity_before_force_types": Vec<Category> = RuleKind::Categories, AtLeast;
    /// Whether the same holds for other texts tied to legal metrology or livelihood (涉及法制计量或民生的规范实施前须完成宣贯).
    PUBLICITY_BEFORE_FORCE_LIVELIHOOD PublicityBeforeForceLivelihood = "publicity_before_force_livelihood": bool = RuleKind::Flag, AtLeast;
    /// Working days until the full text is public (全文公开期限).
    FULLTEXT_OPEN_WORKDAYS FulltextOpenWorkdays = "fulltext_open_workdays": Term = workdays(1, 240), AtMost;
    /// Amendment slips per edition (每版修改单次数上限).
    AMENDMENT_MAX AmendmentMax = "amendment_max": u32 = count(RuleUnit::Times, 0, 10), AtMost;
    /// Items per amendment slip (每份修改单修改处数上限).
    AMENDMENT_ITEMS_MAX AmendmentItemsMax = "amendment_items_max": u32 = count(RuleUnit::Items, 0, 50), AtMost;
    /// Working days in which feedback on a published text is answered (反馈答复期限).
    FEEDBACK_ANSWER_WORKDAYS FeedbackAnswerWorkdays = "feedback_answer_workdays": Term = workdays(1, 240), AtMost;

    // Evaluation, re-examination, abolition (stages 60, 90 and 95)
    /// Months after force until the effect is evaluated (实施效果评估期限).
    EFFECT_EVAL_MONTHS EffectEvalMonths = "effect_eval_months": Term = months(1, 240), AtMost;
    /// Years after force, or after the last one, until re-examination (复审周期).
    REEXAM_YEARS ReexamYears = "reexam_years": Term = years(1, 30), AtMost;
    /// Months before a re-examination at which it is announced (复审提前通知期限).
    REEXAM_NOTICE_MONTHS ReexamNoticeMonths = "reexam_notice_months": Term = months(0, 24), Free;
    /// Days that a re-examination may take (复审期限).
    REEXAM_DAYS ReexamDays = "reexam_days": Term = days(1, 730), AtMost;
    /// Days without a reader after which an open text counts as not used (无人阅读期限).
    REEXAM_UNUSED_DAYS ReexamUnusedDays = "reexam_unused_days": Term = days(1, 3_650), Free;
    /// Share of all members that takes part in the vote on a re-examination (复审参加比例).
    REEXAM_QUORUM_FRACTION ReexamQuorumFraction = "reexam_quorum_fraction": Fraction = RuleKind::Fraction, AtLeast;
    /// Share that must agree to the result of a re-examination (复审同意比例).
    REEXAM_PASS_FRACTION ReexamPassFraction = "reexam_pass_fraction": Majority = RuleKind::Majority, AtLeast;
    /// Days of public comments on an abolition (废止征求意见期限).
    ABOLITION_COMMENT_DAYS AbolitionCommentDays = "abolition_comment_days": Term = days(1, 365), AtLeast;

    // Committees and members
    /// Years of a committee term (委员会任期).
    TERM_YEARS TermYears = "term_years": Term = years(1, 10), AtMost;
    /// Months before the end of a term in which renewal is asked for (换届申请窗口).
    RENEWAL_WINDOW_MONTHS RenewalWindowMonths = "renewal_window_months": Term = months(1, 24), Free;
    /// Months for which members act on after the end of a term (届满留任期限).
    CARETAKER_MONTHS CaretakerMonths = "caretaker_months": Term = months(0, 24), AtMost;
    /// Members of a committee at least (委员人数下限).
    MEMBERS_MIN MembersMin = "members_min": u32 = count(RuleUnit::Persons, 1, 500), AtLeast;
    /// Members of a committee at most (委员人数上限).
    MEMBERS_MAX MembersMax = "members_max": u32 = count(RuleUnit::Persons, 1, 500), AtMost;
    /// Members of a sub-committee at least (分技术委员会委员人数下限).
    SC_MEMBERS_MIN ScMembersMin = "sc_members_min": u32 = count(RuleUnit::Persons, 1, 500), AtLeast;
    /// Whether an even number of members is warned of (委员人数宜为单数).
    MEMBERS_ODD MembersOdd = "members_odd": bool = RuleKind::Flag, Free;
    /// Members of one unit at most (同一单位委员上限).
    SAME_UNIT_MAX SameUnitMax = "same_unit_max": u32 = count(RuleUnit::Persons, 1, 100), AtMost;
    /// Share of the members that one interest group may hold (同一利益方委员比例上限).
    INTEREST_SHARE_MAX InterestShareMax = "interest_share_max": Fraction = RuleKind::Fraction, AtMost;
    /// Members from small and medium firms at least (中小企业委员下限).
    SME_MEMBERS_MIN SmeMembersMin = "sme_members_min": u32 = count(RuleUnit::Persons, 0, 100), AtLeast;
    /// Vice-chairs at most (副主任委员人数上限).
    VICE_CHAIR_MAX ViceChairMax = "vice_chair_max": u32 = count(RuleUnit::Persons, 0, 50), AtMost;
    /// Deputy secretaries-general at most (副秘书长人数上限).
    DEPUTY_SECRETARY_MAX DeputySecretaryMax = "deputy_secretary_max": u32 = count(RuleUnit::Persons, 0, 50), AtMost;
    /// Years of work in the field that a member has (委员从业年限).
    MEMBER_MIN_YEARS MemberMinYears = "member_min_years": Term = years(0, 50), AtLeast;
    /// The title that a member normally holds at least (委员职称要求).
    MEMBER_MIN_TITLE MemberMinTitle = "member_min_title": TitleLevel = RuleKind::Choice(ChoiceSet::TitleLevel), Free;
    /// The seat of one person from which a warning is given (一人多席提示).
    SEATS_PER_PERSON_WARN SeatsPerPersonWarn = "seats_per_person_warn": u32 = count(RuleUnit::Seats, 1, 50), AtMost;
    /// The seat of one person that is refused (一人多席禁止).
    SEATS_PER_PERSON_BLOCK SeatsPerPersonBlock = "seats_per_person_block": u32 = count(RuleUnit::Seats, 1, 50), AtMost;
    /// Days in which a new unit consents to a member's seat (委员变更单位确认期限).
    SEAT_CONSENT_DAYS SeatConsentDays = "seat_consent_days": Term = days(1, 365), AtMost;
    /// Missed ballots in a row at which a member is warned (连续缺席表决提示次数).
    MISSED_BALLOTS_WARN MissedBallotsWarn = "missed_ballots_warn": u32 = count(RuleUnit::Times, 1, 50), AtMost;
    /// Missed ballots in a row at which removal is proposed (连续缺席表决建议解聘次数).
    MISSED_BALLOTS_REMOVE MissedBallotsRemove = "missed_ballots_remove": u32 = count(RuleUnit::Times, 1, 50), AtMost;
    /// Plenary meetings a year at least (年会次数下限).
    PLENARY_PER_YEAR_MIN PlenaryPerYearMin = "plenary_per_year_min": u32 = count(RuleUnit::Times, 0, 12), AtLeast;
    /// The day on which annual reporting opens (年度工作报告开放填报日).
    ANNUAL_REPORT_OPENS AnnualReportOpens = "annual_report_opens": DayOfYear = RuleKind::DayOfYear, Fixed;
    /// The day of the next year on which the annual report is due (年度工作报告截止日).
    ANNUAL_REPORT_DUE AnnualReportDue = "annual_report_due": DayOfYear = RuleKind::DayOfYear, Fixed;
    /// The day of the next year until which a late annual report is taken (年度工作报告宽限日).
    ANNUAL_REPORT_GRACE AnnualReportGrace = "annual_report_grace": DayOfYear = RuleKind::DayOfYear, Fixed;
    /// Years between duty reports of the chair (主任委员述职间隔).
    DUTY_REPORT_YEARS DutyReportYears = "duty_report_years": Term = years(1, 10), AtMost;
    /// Years between self-assessments of a committee (委员会自评周期).
    ASSESSMENT_SELF_YEARS AssessmentSelfYears = "assessment_self_years": Term = years(1, 10), AtMost;
    /// Years between full assessments of a committee (委员会考核周期).
    ASSESSMENT_FULL_YEARS AssessmentFullYears = "assessment_full_years": Term = years(1, 10), AtMost;
    /// Failed assessments in a row that open the exit procedure (连续考核不合格退出次数).
    FAILED_ASSESSMENTS_MAX FailedAssessmentsMax = "failed_assessments_max": u32 = count(RuleUnit::Times, 1, 10), Fixed;

    // Counting and reminding
    /// How the last day of a term is found (期间计算).
    DAY_COUNT DayCount = "day_count": DayCount = RuleKind::Choice(ChoiceSet::DayCount), Fixed;
    /// Reminders of a publicity (公示提醒).
    REMINDERS_PUBLICITY RemindersPublicity = "reminders_publicity": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of a drafting milestone (起草节点提醒).
    REMINDERS_MILESTONE RemindersMilestone = "reminders_milestone": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of a project (项目提醒).
    REMINDERS_PROJECT RemindersProject = "reminders_project": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of a comment round (征求意见提醒).
    REMINDERS_COMMENT RemindersComment = "reminders_comment": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of a ballot (表决提醒).
    REMINDERS_BALLOT RemindersBallot = "reminders_ballot": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of an entry into force (实施提醒).
    REMINDERS_FORCE RemindersForce = "reminders_force": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of a re-examination (复审提醒).
    REMINDERS_REEXAM RemindersReexam = "reminders_reexam": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of the end of a term (任期提醒).
    REMINDERS_TERM RemindersTerm = "reminders_term": Vec<Reminder> = RuleKind::Reminders, Free;
    /// Reminders of an annual report (年度工作报告提醒).
    REMINDERS_ANNUAL_REPORT RemindersAnnualReport = "reminders_annual_report": Vec<Reminder> = RuleKind::Reminders, Free;

    // Documents that a move needs
    /// Categories that count as technical in the document lists (技术类规范).
    TECHNICAL_CATEGORIES TechnicalCategories = "technical_categories": Vec<Category> = RuleKind::Categories, Fixed;
    /// Documents needed when a suggestion is received (提出建议所需文件).
    DOCS_SUGGESTION DocsSuggestion = "docs_suggestion": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a suggestion has been evaluated (建议评估所需文件).
    DOCS_EVALUATION DocsEvaluation = "docs_evaluation": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when an application is made (立项申报所需文件).
    DOCS_APPLICATION DocsApplication = "docs_application": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when an application has been assessed (立项评估所需文件).
    DOCS_ASSESSMENT DocsAssessment = "docs_assessment": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when an application is put to publicity (立项公示所需文件).
    DOCS_PUBLICITY DocsPublicity = "docs_publicity": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a project enters the plan (下达计划所需文件).
    DOCS_PLAN DocsPlan = "docs_plan": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when drafting begins (启动起草所需文件).
    DOCS_DRAFTING DocsDrafting = "docs_drafting": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when progress is reported (进展报告所需文件).
    DOCS_PROGRESS DocsProgress = "docs_progress": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a comment draft is accepted (提交征求意见稿所需文件).
    DOCS_COMMENT_DRAFT DocsCommentDraft = "docs_comment_draft": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a comment round opens (发出征求意见所需文件).
    DOCS_OPEN_COMMENTS DocsOpenComments = "docs_open_comments": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a comment round is disposed of (意见处理完成所需文件).
    DOCS_DISPOSITION DocsDisposition = "docs_disposition": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a draft is submitted for review (报审所需文件).
    DOCS_REVIEW DocsReview = "docs_review": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a draft is released to the reviewers (批准送审所需文件).
    DOCS_RELEASE DocsRelease = "docs_release": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a review runs (开始审定所需文件).
    DOCS_BALLOT_OPEN DocsBallotOpen = "docs_ballot_open": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a vote is counted (计票所需文件).
    DOCS_BALLOT_COUNT DocsBallotCount = "docs_ballot_count": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a review has passed (审定通过所需文件).
    DOCS_CONCLUSION DocsConclusion = "docs_conclusion": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a dossier is submitted (报批所需文件).
    DOCS_DOSSIER DocsDossier = "docs_dossier": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a text is approved (批准所需文件).
    DOCS_APPROVAL DocsApproval = "docs_approval": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a text is published (发布所需文件).
    DOCS_PUBLICATION DocsPublication = "docs_publication": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when training is finished (宣贯完成所需文件).
    DOCS_TRAINING DocsTraining = "docs_training": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when an effect is evaluated (实施效果评估所需文件).
    DOCS_EFFECT_EVALUATION DocsEffectEvaluation = "docs_effect_evaluation": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a re-examination is concluded (复审结论所需文件).
    DOCS_REEXAMINATION DocsReexamination = "docs_reexamination": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a re-examination leads to revision (复审转修订所需文件).
    DOCS_REEXAMINATION_REVISE DocsReexaminationRevise = "docs_reexamination_revise": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a text is abolished (废止所需文件).
    DOCS_ABOLITION DocsAbolition = "docs_abolition": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when an amendment slip is submitted (报批修改单所需文件).
    DOCS_AMENDMENT DocsAmendment = "docs_amendment": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a corrigendum is published (勘误所需文件).
    DOCS_CORRIGENDUM DocsCorrigendum = "docs_corrigendum": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
    /// Documents needed when a project is adjusted (项目调整所需文件).
    DOCS_ADJUSTMENT DocsAdjustment = "docs_adjustment": Vec<DocumentNeed> = RuleKind::Documents, AtLeast;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    #[test]
    fn every_row_agrees_with_itself() {
        for key in RuleKey::ALL.iter().copied() {
            assert!(key.suits(), "{key}: the type does not suit the kind");
            if let RuleKind::Term { min, max, .. } | RuleKind::Count { min, max, .. } =
                key.definition().kind
            {
                assert!(min < max, "{key}: nothing can be typed in");
            }
        }
    }

    #[test]
    fn keys_name_one_rule_each() {
        let mut keys: Vec<_> = RuleKey::ALL.iter().map(|key| key.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), RuleKey::ALL.len());
    }

    #[test]
    fn a_key_with_a_unit_in_its_name_has_that_unit() {
        let named = [
            ("_days", RuleUnit::Days),
            ("_workdays", RuleUnit::WorkingDays),
            ("_months", RuleUnit::Months),
            ("_years", RuleUnit::Years),
        ];
        for key in RuleKey::ALL.iter().copied() {
            for (ending, unit) in named {
                if key.key().ends_with(ending) {
                    let RuleKind::Term { unit: found, fixed: true, .. } = key.definition().kind
                    else {
                        panic!("{key} is not a term of a fixed unit");
                    };
                    assert_eq!(RuleUnit::from(found), unit, "{key}");
                }
            }
        }
    }
}
