# Suggestions, applications, publicity, plan.

mail-suggestion-received-matter = 项目建议已收到
mail-suggestion-received-ask = { $audience ->
    [secretariat] 请对新收到的项目建议《{ $title }》进行初审（回执号 { $receipt }）。
   *[other] 您提出的项目建议《{ $title }》已收到，回执号 { $receipt }，目前无须您办理其他事项。
}
mail-suggestion-received-context = { $audience ->
    [secretariat] 初审后请作出是否采纳的决定并写明理由，系统将据此答复建议人。
   *[other] 秘书处将组织初审和评估，结果及理由会以邮件告知您。查询进度时请使用回执号。
}

mail-suggestion-decided-matter = 项目建议处理结果
mail-suggestion-decided-ask = 您提出的项目建议《{ $title }》已有处理结果，请查收。
mail-suggestion-decided-context = 结果和理由如下。如有补充材料，可以再次提出建议。

mail-proposal-ballot-opened-matter = 立项申报表决
mail-proposal-ballot-opened-ask = 请于{ $due }前对《{ $title }》的立项申报投票表决。
mail-proposal-ballot-opened-context = 申报材料在表决页面查阅。截止前可以修改投票，以最后一次为准。

mail-application-submitted-matter = 立项申报待受理
mail-application-submitted-ask = 请受理并评估《{ $title }》的立项申报。
mail-application-submitted-context = { $committee }经集体表决，提交了申报书和申报表。材料齐全的，转入立项评估；不齐全的，请退回并列明需补正之处。

mail-application-returned-matter = 立项申报需补正
mail-application-returned-ask = 请按下列意见补正《{ $title }》的立项申报材料后重新提交。
mail-application-returned-context = 主管部门退回了申报材料。补正后无须重新表决的，可直接提交。

mail-application-refused-matter = 立项申报未获批准
mail-application-refused-ask = 《{ $title }》的立项申报未获批准，请知悉。
mail-application-refused-context = 理由如下。条件具备后可以再次申报。

mail-publicity-opened-matter = 立项前公示
mail-publicity-opened-ask = 《{ $title }》立项前公示至{ $due }，如有异议请在此前提出。
mail-publicity-opened-context = 公示内容包括项目名称、制定或修订、起草单位和立项理由。提出异议请写明理由并附依据。

mail-publicity-closing-matter = 立项前公示即将结束
mail-publicity-closing-ask = 《{ $title }》立项前公示将于{ $due }结束，如有异议请在此前提出。
mail-publicity-closing-context = 公示期满无异议的，项目进入计划下达程序。

mail-objection-received-matter = 公示异议待答复
mail-objection-received-ask = 请于{ $due }前书面答复对《{ $title }》立项公示提出的异议。
mail-objection-received-context = 异议处理期间项目暂停推进，答复后继续或不予立项。

mail-objection-answered-matter = 公示异议的答复
mail-objection-answered-ask = 您对《{ $title }》立项公示提出的异议已有答复，请查收。
mail-objection-answered-context = 答复如下，项目按此继续办理。

mail-plan-issued-matter = 计划项目下达
mail-plan-issued-ask = { $audience ->
    [drafters] 《{ $title }》已于{ $date }列入计划，项目号 { $number }，请准备签订计划任务书并着手起草。
    [secretariat] 《{ $title }》已于{ $date }列入计划，项目号 { $number }，请组织签订计划任务书。
   *[other] 《{ $title }》已于{ $date }列入计划，项目号 { $number }，请知悉。
}
mail-plan-issued-context = 项目期限自计划下达之日起算，各阶段期限见项目页面。

mail-task-book-to-sign-matter = 计划任务书待签署
mail-task-book-to-sign-ask = 请签署《{ $title }》的计划任务书。
mail-task-book-to-sign-context = 任务书已存入项目文件。各方签署后生效，请将签署件的扫描件存入项目文件；对内容有异议的，请告知秘书处。
