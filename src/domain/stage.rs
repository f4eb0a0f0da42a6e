//! The stages of a project and of a re-examination case (domain rules, section 3.2 and 3.3).
//!
//! The numbers follow GB/T 16733 and ISO; 10.30 and 40.10 are this system's own sub-stages. Functionally 30 is the public
//! comment stage and 40 the experts' review, the other way round than in ISO: exports carry the label beside the number.

use crate::{keyed, keyed::Keyed};

keyed! {
    /// Where a project stands.
    Stage as "stage" {
        /// 收到建议
        Suggested = "00.00",
        /// 筛选中
        Screening = "00.20",
        /// 不予采用
        Declined = "00.98",
        /// 建议采用
        Taken = "00.99",
        /// 立项申请
        Applied = "10.00",
        /// 立项评估
        Assessment = "10.20",
        /// 立项前公示
        Publicity = "10.30",
        /// 退回补充
        ApplicationReturned = "10.92",
        /// 不予立项
        ApplicationRefused = "10.98",
        /// 列入计划
        Planned = "10.99",
        /// 起草启动
        DraftingStarted = "20.00",
        /// 起草中
        Drafting = "20.20",
        /// 征求意见稿提交
        DraftSubmitted = "20.60",
        /// 起草阶段终止
        DraftingAbandoned = "20.98",
        /// 征求意见稿齐备
        DraftAccepted = "20.99",
        /// 征求意见中
        Commenting = "30.20",
        /// 征求意见截止,意见处理中
        CommentsClosed = "30.60",
        /// 需再次征求意见
        CommentsAgain = "30.93",
        /// 征求意见阶段终止
        CommentsAbandoned = "30.98",
        /// 意见处理完成
        CommentsTreated = "30.99",
        /// 提交审定
        ReviewSubmitted = "40.00",
        /// 材料送达
        PapersReleased = "40.10",
        /// 审定中
        Reviewing = "40.20",
        /// 表决结束
        VotesCounted = "40.60",
        /// 审定未通过,修改后再审
        ReviewFailed = "40.92",
        /// 审定无效,重新召集
        ReviewInvalid = "40.93",
        /// 审定阶段终止
        ReviewAbandoned = "40.98",
        /// 审定通过
        ReviewPassed = "40.99",
        /// 报批
        DossierReceived = "50.00",
        /// 审核中
        DossierCheck = "50.20",
        /// 报批退回
        DossierReturned = "50.92",
        /// 不予批准
        ApprovalRefused = "50.98",
        /// 批准
        Approved = "50.99",
        /// 编号
        Numbered = "60.00",
        /// 发布
        Published = "60.60",
        /// 复审中
        Reexamining = "90.20",
        /// 复审结论形成
        Reexamined = "90.60",
        /// 修订
        ReviseDecided = "90.92",
        /// 继续有效
        Confirmed = "90.93",
        /// 复审终止
        ReexaminationAbandoned = "90.98",
        /// 建议废止
        AbolitionProposed = "90.99",
        /// 废止征求意见
        AbolitionOpen = "95.20",
        /// 不予废止
        AbolitionDropped = "95.92",
        /// 废止
        Abolished = "95.99",
    }
}

keyed! {
    /// The nine phases (大阶段), the first two digits of a stage.
    Phase as "phase" {
        /// 建议
        Suggestion = "00",
        /// 立项
        Approval = "10",
        /// 起草
        Drafting = "20",
        /// 征求意见
        Comment = "30",
        /// 审定
        Review = "40",
        /// 报批
        Dossier = "50",
        /// 发布
        Publication = "60",
        /// 复审
        Reexamination = "90",
        /// 废止
        Abolition = "95",
    }
}

impl Stage {
    /// The phase a stage belongs to.
    pub fn phase(self) -> Phase {
        let digits = &self.key()[..2];
        Phase::from_key(digits).expect("every stage key begins with the key of its phase")
    }

    /// True where a project has ended and no move leads on (reopening by the authority apart).
    pub fn is_final(self) -> bool {
        use Stage::*;
        matches!(
            self,
            Declined
                | ApplicationRefused
                | DraftingAbandoned
                | CommentsAbandoned
                | ReviewAbandoned
                | ApprovalRefused
                | Published
                | ReviseDecided
                | Confirmed
                | ReexaminationAbandoned
                | AbolitionDropped
                | Abolished
        )
    }

    /// True for the endings that give a project up.
    pub fn is_abandoned(self) -> bool {
        use Stage::*;
        matches!(
            self,
            Declined
                | ApplicationRefused
                | DraftingAbandoned
                | CommentsAbandoned
                | ReviewAbandoned
                | ApprovalRefused
                | ReexaminationAbandoned
        )
    }

    /// Where a project lands that is given up in this phase.
    pub fn abandoned(self) -> Stage {
        match self.phase() {
            Phase::Suggestion => Stage::Declined,
            Phase::Approval => Stage::ApplicationRefused,
            Phase::Drafting => Stage::DraftingAbandoned,
            Phase::Comment => Stage::CommentsAbandoned,
            Phase::Review => Stage::ReviewAbandoned,
            Phase::Dossier | Phase::Publication => Stage::ApprovalRefused,
            Phase::Reexamination => Stage::ReexaminationAbandoned,
            Phase::Abolition => Stage::AbolitionDropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_phase_and_an_ending() {
        for &stage in Stage::ALL {
            assert_eq!(stage.phase().key(), &stage.key()[..2]);
            assert!(stage.abandoned().is_final(), "{stage}");
            assert!(!stage.is_abandoned() || stage.is_final(), "{stage}");
        }
    }
}
