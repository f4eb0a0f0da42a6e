# Review draft, consent, papers, ballots, conclusion.

mail-review-submitted-matter = 报审稿待审核
mail-review-submitted-ask = 请审核《{ $title }》（{ $draft }）的报审材料是否齐全。
mail-review-submitted-context = 报审材料包括报审稿、编写说明、试验报告、不确定度评定报告和意见汇总处理表。

mail-review-draft-returned-matter = 报审稿需补正
mail-review-draft-returned-ask = 请按下列意见补正《{ $title }》的报审材料后重新提交。
mail-review-draft-returned-context = 秘书处审核后退回了材料。

mail-consent-asked-matter = 请确认是否同意提交审定
mail-consent-asked-ask = 请确认是否同意将《{ $title }》提交委员会审定。
mail-consent-asked-context = 经主任委员和副主任委员同意后，报审材料发送各委员。您是该项目起草人的，请回避，由其他负责人办理。

mail-papers-released-matter = 审定材料
mail-papers-released-ask = 请在{ $date }审定前审阅《{ $title }》（{ $draft }）的审定材料。
mail-papers-released-context = { $audience ->
    [non_voting] 您的意见单独记录，不参加表决。
   *[other] 审定的方式和表决时间另行通知；发现问题可先在页面书面提出。
}

mail-conflict-asked-matter = 回避声明
mail-conflict-asked-ask = 请于{ $due }前声明您与《{ $title }》的起草是否有利害关系。
mail-conflict-asked-context = 起草人不参加表决。即使没有利害关系，也请声明。

mail-review-opened-matter = 审定表决
mail-review-opened-ask = { $audience ->
    [non_voting] 《{ $title }》（{ $draft }）的审定已开始，请于{ $due }前提出书面意见。
   *[other] 请于{ $due }前对《{ $title }》（{ $draft }）投票表决。
}
mail-review-opened-context = { $audience ->
    [non_voting] 您的意见单独记录，不计入表决结果。
   *[other] 投反对票的，请写明理由。截止前可以修改投票，以最后一次为准。
}

mail-matter-opened-matter = 委员会事项表决
mail-matter-opened-ask = { $audience ->
    [non_voting] “{ $title }”的表决已开始，请于{ $due }前提出书面意见。
   *[other] 请于{ $due }前就“{ $title }”投票表决。
}
mail-matter-opened-context = { $audience ->
    [non_voting] 您的意见单独记录，不计入表决结果。
   *[other] 截止前可以修改投票，以最后一次为准。
}

mail-ballot-reminder-matter = 表决尚待您投票
mail-ballot-reminder-ask = 您尚未投票，请于{ $due }前对《{ $title }》投票表决。
mail-ballot-reminder-context = 参加人数不足时表决无效，需重新组织。不能参加的，请在页面说明原因。

mail-vote-entered-matter = 秘书处代您录入了表决
mail-vote-entered-ask = 秘书处代您录入了对《{ $title }》的表决，请于{ $due }前核对是否与您的意思一致。
mail-vote-entered-context = 代录的表决经秘书处另一人核对后才计票。如与您的意思不符，请在截止前自行投票，以您本人最后一次投票为准。
mail-label-vote-source = 投票来源
mail-mandate-given-matter = { $person }委托您代为表决
mail-mandate-given-ask = { $person }委托您在对《{ $title }》的会议表决中代为投票，请于{ $due }前一并办理。
mail-mandate-given-context = 到会后在表决页的“受托表决”处代为投票。委托人仍可自行投票，以最后一次为准；如您也不能到会，请尽快告知委托人。
mail-label-mandate = 委托内容
mail-mandate-withdrawn-matter = { $person }撤回了委托
mail-mandate-withdrawn-ask = { $person }对《{ $title }》表决的委托已撤回，您不再代为投票；表决于{ $due }截止。
mail-mandate-withdrawn-context = 您本人的表决不受影响。

mail-quorum-at-risk-matter = 表决人数可能不足
mail-quorum-at-risk-ask = 《{ $title }》的表决将于{ $due }截止，参加人数尚未达到要求，请督促未投票的委员。
mail-quorum-at-risk-context = 截止时仍未达到有效人数的，表决无效。未投票委员名单见表决页面。

mail-conclusion-to-sign-matter = 审定结论待签署
mail-conclusion-to-sign-ask = 请签署《{ $title }》的审定结论。
mail-conclusion-to-sign-context = 表决情况如下，由系统按项目适用的规则计算。签署后结论生效并通知各委员、起草单位和主管部门。

mail-review-passed-matter = 审定通过
mail-review-passed-ask = { $audience ->
    [drafters] 《{ $title }》已通过审定，请按审定意见修改并准备报批材料。
   *[other] 《{ $title }》已通过审定，请知悉。
}
mail-review-passed-context = 表决情况如下，审定意见书见项目页面。

mail-review-failed-matter = 审定未通过
mail-review-failed-ask = { $audience ->
    [drafters] 《{ $title }》未通过审定，请按审定意见修改后再次提交。
   *[other] 《{ $title }》未通过审定，请知悉。
}
mail-review-failed-context = 表决情况和主要意见如下。后续步骤见项目页面。

mail-review-invalid-matter = 审定无效
mail-review-invalid-ask = 《{ $title }》的审定因参加委员人数不足而无效，将重新组织，请留意通知。
mail-review-invalid-context = 人数情况如下。本次投票予以保存，但不产生结论。

mail-ballot-result-matter = 表决结果
mail-ballot-result-ask = 《{ $title }》的表决已结束，请查阅结果。
mail-ballot-result-context = 表决情况如下，由系统按适用的规则计算。

mail-reviewer-assigned-matter = 主审任务
mail-reviewer-assigned-ask = 请对《{ $title }》进行主审，填写主审意见表。
mail-reviewer-assigned-context = 请逐项检查并按条款提出问题及严重程度。与起草单位有利害关系的，请告知秘书处另行安排。
mail-act-review = 填写主审意见表

mail-reexamination-ballot-opened-matter = 复审表决
mail-reexamination-ballot-opened-ask = { $audience ->
    [non_voting] 《{ $title }》（{ $number }）的复审表决已开始，请于{ $due }前提出书面意见。
   *[other] 请于{ $due }前就《{ $title }》（{ $number }）的复审结论投票表决。
}
mail-reexamination-ballot-opened-context = { $audience ->
    [non_voting] 您的意见单独记录，不计入表决结果。
   *[other] 复审结论为继续有效、修订或者废止，表决事项见页面。截止前可以修改投票，以最后一次为准。
}

mail-ballot-ended-matter = 表决终止
mail-ballot-ended-ask = 《{ $title }》项目已终止，原定的表决不再进行，无需再投票。
mail-ballot-ended-context = 已投的票予以保存，但不产生结论。

mail-signature-voided-matter = 结论已修改，请重新签署
mail-signature-voided-ask = 《{ $title }》的结论在您签署后作了修改，原签署失效，请核对后重新签署。
mail-signature-voided-context = 修改前后的文本和原签署均保存在记录中。

mail-change-required-matter = 审定要求修改
mail-change-required-ask = 请按下列审定要求修改《{ $title }》，并在页面说明落实情况。
mail-change-required-context = 审定要求的修改全部完成后方可报批。
mail-label-required-changes = 须修改的内容

mail-observer-admitted-matter = 同意旁听
mail-observer-admitted-ask = 您旁听《{ $title }》审定的申请已获同意，请按通知的时间、地点参加。
mail-observer-admitted-context = 旁听人员不发言、不表决，须遵守保密承诺；违反会议纪律的，由主任委员请其离场。

mail-observer-refused-matter = 未同意旁听
mail-observer-refused-ask = 您旁听《{ $title }》审定的申请未获同意，理由如下。
mail-observer-refused-context = 审定的结论和公开的文本，仍可在项目页面查阅。
