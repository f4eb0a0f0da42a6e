# Evaluation, re-examination, feedback.

mail-evaluation-due-matter = 实施效果评估
mail-evaluation-due-ask = 请于{ $due }前完成{ $number }《{ $title }》的实施效果评估。
mail-evaluation-due-context = 评估使用情况、存在的问题和改进建议，结果作为复审的依据。

mail-reexamination-due-matter = 规范即将到复审期
mail-reexamination-due-ask = { $audience ->
    [officers] { $number }《{ $title }》须于{ $due }前复审，请纳入安排。
   *[other] 请于{ $due }前组织对{ $number }《{ $title }》的复审。
}
mail-reexamination-due-context = 引用文件变化、国际文件更新、意见反馈和使用情况等复审资料已汇集在规范页面。

mail-reexamination-opened-matter = 复审征求意见
mail-reexamination-opened-ask = 请于{ $due }前对{ $number }《{ $title }》的复审提出意见。
mail-reexamination-opened-context = 请就继续有效、修订或废止提出意见；建议修订或废止的，请写明理由。

mail-reexamination-result-matter = 复审结论
mail-reexamination-result-ask = { $number }《{ $title }》的复审已有结论，请查阅。
mail-reexamination-result-context = 结论和理由如下。

mail-abolition-opened-matter = 拟废止征求意见
mail-abolition-opened-ask = { $number }《{ $title }》拟予废止，请于{ $due }前提出意见。
mail-abolition-opened-context = 拟废止的理由如下。仍在使用该规范的，请说明使用情况和替代方案。

mail-feedback-received-matter = 规范使用反馈
mail-feedback-received-ask = { $audience ->
    [secretariat] 收到对{ $number }《{ $title }》的反馈，请组织答复。
   *[other] 您对{ $number }《{ $title }》的反馈已收到，目前无须您办理其他事项。
}
mail-feedback-received-context = { $audience ->
    [secretariat] 反馈涉及技术内容的，请委员会研究，必要时转为修改单或提前复审。
   *[other] 委员会研究后将以邮件答复您。
}

mail-feedback-answered-matter = 规范使用反馈的答复
mail-feedback-answered-ask = 您对{ $number }《{ $title }》的反馈已有答复，请查收。
mail-feedback-answered-context = 答复如下。

mail-impact-asked-matter = 引用的规范将有变动，请核查影响
mail-impact-asked-ask = 《{ $title }》引用的规范拟修订或废止，请核查影响并答复。
mail-impact-asked-context = 答复选项：不受影响、需出修改单、需修订、需推迟或另议。各委员会的答复供主管部门审批时参考。

mail-search-matched-matter = 已保存的搜索有新结果
mail-search-matched-ask = 您保存的搜索“{ $title }”有新结果。
mail-search-matched-context = 新发布、新收录或有变动的规范：
mail-label-found = 规范
mail-label-search = 搜索
