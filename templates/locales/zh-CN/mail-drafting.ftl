# Drafting, milestones, adjustments, completeness of the draft.

mail-drafting-started-matter = 起草工作开始
mail-drafting-started-ask = 《{ $title }》起草工作已于{ $date }开始，请按编制方案推进。
mail-drafting-started-context = 起草组名单、编制方案和各阶段期限见项目页面。进展情况请按期填报。

mail-milestone-due-matter = 阶段任务即将到期
mail-milestone-due-ask = 请于{ $due }前完成《{ $title }》的本阶段任务并提交。
mail-milestone-due-context = 预计不能按期完成的，请尽早在项目页面申请调整并说明理由。

mail-milestone-overdue-matter = 阶段任务已逾期
mail-milestone-overdue-ask = { $audience ->
    [drafters] 《{ $title }》的阶段任务已于{ $due }到期，请立即提交或说明原因。
   *[other] 《{ $title }》的阶段任务已于{ $due }到期，尚未提交，请督促。
}
mail-milestone-overdue-context = 逾期情况记入项目记录，并在委员会年度报告中统计。

mail-project-due-matter = 项目即将到期
mail-project-due-ask = 《{ $title }》须于{ $date }前完成；需要延期的，请于{ $due }前提出申请。
mail-project-due-context = 延期申请应写明理由和新的完成日期。逾期未申请的，按项目适用的规则处理。

mail-project-overdue-matter = 项目已逾期
mail-project-overdue-ask = { $audience ->
    [officers] 《{ $title }》已于{ $due }到期且未完成，请决定延期、终止或其他处理。
   *[other] 《{ $title }》已于{ $due }到期且未完成，等待主管部门决定，请准备情况说明。
}
mail-project-overdue-context = 项目的进展、历次延期和未完成事项见项目页面。

mail-project-lapsed-matter = 项目自动失效
mail-project-lapsed-ask = 《{ $title }》因逾期未完成且未获准延期，已自动失效，请停止有关工作。
mail-project-lapsed-context = 已形成的文稿和试验资料由委员会保存。适用的规则条款见项目页面。

mail-adjustment-requested-matter = 项目调整申请待决定
mail-adjustment-requested-ask = 请决定是否同意《{ $title }》的调整申请。
mail-adjustment-requested-context = 申请理由如下。决定前，项目原定期限继续有效。

mail-adjustment-decided-matter = 项目调整申请的决定
mail-adjustment-decided-ask = 《{ $title }》的调整申请已有决定，请按决定执行。
mail-adjustment-decided-context = 决定及理由如下，更新后的期限见项目页面。

mail-project-cancelled-matter = 项目撤销
mail-project-cancelled-ask = 《{ $title }》已撤销，请停止有关工作。
mail-project-cancelled-context = 撤销理由如下。已形成的资料由委员会归档。

mail-project-suspended-matter = 项目暂停
mail-project-suspended-ask = 《{ $title }》已由委员会暂停，恢复前请勿继续提交文稿。
mail-project-suspended-context = 暂停理由如下。暂停期间已提交的意见和投票记录予以保留。

mail-project-reopened-matter = 项目恢复
mail-project-reopened-ask = 《{ $title }》已恢复办理，请按更新后的期限继续工作。
mail-project-reopened-context = 恢复理由如下，当前阶段和期限见项目页面。

mail-draft-submitted-matter = 征求意见稿待审核
mail-draft-submitted-ask = 请于{ $due }前完成《{ $title }》征求意见稿的材料完整性审核。
mail-draft-submitted-context = 审核征求意见稿、编写说明、试验报告和不确定度评定报告是否齐全；不齐全的，请退回并列明需补正之处。

mail-draft-accepted-matter = 征求意见稿材料齐全
mail-draft-accepted-ask = 《{ $title }》征求意见稿材料齐全，目前无须您办理其他事项。
mail-draft-accepted-context = 秘书处将发起征求意见，开始和截止时间另行通知。

mail-draft-returned-matter = 征求意见稿需补正
mail-draft-returned-ask = 请按下列意见补正《{ $title }》征求意见稿材料后重新提交。
mail-draft-returned-context = 秘书处审核后退回了材料。
