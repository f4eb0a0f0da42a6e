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

mail-reexamination-closing-matter = 复审即将到期
mail-reexamination-closing-ask = { $audience ->
    [chair] { $number }《{ $title }》的复审须于{ $due }前完成，请督促。
   *[other] 请于{ $due }前完成{ $number }《{ $title }》的复审并报送结论。
}
mail-reexamination-closing-context = 尚未收齐意见或尚未表决的，请尽快安排；意见和表决情况见项目页面。

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

mail-slip-issued-matter = 修改单（勘误）已发布
mail-slip-issued-ask = { $number }《{ $title }》的修改单（勘误）已发布，自{ $date }起按修改后的条文执行。
mail-slip-issued-context = 全文页面已并入修改内容，并注明所依据的修改单；修改前的条文可在该页按日期查阅。
mail-label-slip-items = 修改内容

mail-recognition-proposed-matter = 等效互认协议待确认
mail-recognition-proposed-ask = 请确认等效互认协议“{ $title }”，协议拟自{ $date }起实施。
mail-recognition-proposed-context = 各方均确认后协议生效；列入协议的规范如下。
mail-recognition-confirmed-matter = 等效互认协议有一方确认
mail-recognition-confirmed-ask = { $person }已确认等效互认协议“{ $title }”，协议拟自{ $date }起实施。
mail-recognition-confirmed-context = 各方均确认后协议生效。
mail-recognition-ended-matter = 等效互认协议终止
mail-recognition-ended-ask = 等效互认协议“{ $title }”自{ $date }起终止，请知悉。
mail-recognition-ended-context = 列入协议的规范在各自区域内继续有效。
mail-label-agreement = 协议
mail-act-agreement = 查看协议

mail-overlap-opened-matter = 地方、部门规范与国家规范重叠
mail-overlap-opened-ask = 《{ $title }》等规范与国家规范重叠或有矛盾，请研究处理。
mail-overlap-opened-context = 由地方、部门规范的归口单位决定废止、修订、限定范围或者保留，并说明理由。
mail-overlap-decided-matter = 规范重叠的处理决定
mail-overlap-decided-ask = 《{ $title }》与国家规范的重叠已有处理决定，请查阅。
mail-overlap-decided-context = 决定的理由如下。
mail-label-contradiction = 反映的矛盾
mail-label-overlaps = 重叠的规范
mail-label-national = 国家规范
mail-act-overlaps = 查看处理记录

mail-study-due-matter = 国际比对研究即将到期
mail-study-due-ask = 请于{ $due }前完成{ $number }《{ $title }》的国际比对研究。
mail-study-due-context = 逐条登记关键指标的差异及其原因，得出采用或保持的结论。
mail-study-overdue-matter = 国际比对研究已逾期
mail-study-overdue-ask = { $number }《{ $title }》的国际比对研究应于{ $due }前完成，现已逾期，请尽快完成。
mail-study-overdue-context = 未完成的比对请尽快登记差异并提交结论。
mail-label-study = 国际文件与承担者
mail-act-study = 打开比对页面

mail-survey-invited-matter = 实施效果调查
mail-survey-invited-ask = 请于{ $due }前就{ $number }《{ $title }》的使用情况作答。
mail-survey-invited-context = 链接由贵单位专用，只能提交一次，请勿转发。答复不公开，汇总后用于实施效果评价和复审。
mail-survey-reminder-matter = 实施效果调查尚未作答
mail-survey-reminder-ask = { $number }《{ $title }》的实施效果调查将于{ $due }截止，请贵单位作答。
mail-survey-reminder-context = 链接由贵单位专用，只能提交一次；此前邮件中的链接仍可使用。
mail-act-survey = 填写调查
