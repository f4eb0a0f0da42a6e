# 不能办理的原因；$…为事实，none 表示没有此项
refusal-not-from-here = 项目现处于“{ $stage }”，不能进行此项办理。
refusal-not-yours = 此项须由{ $who }办理。
refusal-invalid-input = 有内容缺少或不符合要求，请改正后再提交。
refusal-documents-missing = 尚缺必备文件：{ $missing }。
refusal-term-ended = 委员会任期（含留任期限）已届满，不能承担新的项目。
refusal-proposal-not-voted = 委员会尚未对立项申报进行表决。
refusal-proposal-not-passed = 委员会对立项申报的表决未获通过。
refusal-secret-project = 涉及国家秘密的内容不得在本系统办理。
refusal-data-not-shown = { $until ->
    [none] 验证数据尚未公示：请上传“验证数据公示记录”并设为公开，公示满规定期限后方可报批。
   *[other] 验证数据公示期未满，公示至{ $until }后方可报批。
}
refusal-publicity-running = { $until ->
    [none] 尚未公示，或公示期未满。
   *[other] 公示期未满，截止于{ $until }。
}
refusal-objections-open = 尚有 { $open } 件异议没有答复。
refusal-drafters-missing = 尚未确定第一起草人。
refusal-too-many-drafters = 起草人现有 { $found } 人，超过规定人数。
refusal-not-adoption = 不是等同采用或修改采用国际文件，不能适用此程序。
refusal-fast-track-closed = 现行规则不允许适用快速程序。
refusal-already-emergency = 项目已列为应急项目。
refusal-draft-missing = 没有可以发出的征求意见稿。
refusal-too-few-recipients = 征求意见对象现有 { $found } 个，至少需要 { $needed } 个。
refusal-round-too-short = 征求意见期限至少 { $days } 日，截止日不得早于 { $earliest }。
refusal-round-not-running = 目前没有正在进行的征求意见。
refusal-not-later = 新的截止日须晚于现在的截止时间：{ $until }。
refusal-round-still-open = { $until ->
    [none] 征求意见尚未截止。
   *[other] 征求意见尚未截止，截止于{ $until }。
}
refusal-comments-open = 尚有 { $open } 条意见没有处理。
refusal-consent-missing = 主任委员、副主任委员中已有 { $given } 人同意，共需 { $needed } 人。
refusal-review-form-refused = 此类规范不能采用这种审定形式。
refusal-lead-too-short = 材料须提前送达：定于 { $review_on } 审定的，最迟应在 { $latest } 送出。
refusal-lead-running = 材料送达尚未满规定期限，期满时间：{ $until }。
refusal-no-voters = 没有可以参加表决的委员。
refusal-not-a-meeting = 函审不签到，投票即为参加。
refusal-ballot-still-open = { $until ->
    [none] 表决尚未截止。
   *[other] 表决尚未截止，截止于{ $until }。
}
refusal-review-not-passed = 审定未达到规定的人数或同意比例。
refusal-review-not-failed = 审定已获通过，或未达到法定人数，不能按未通过办理。
refusal-review-was-valid = 审定已达到法定人数，不能重新组织。
refusal-not-signed = 结论尚未签署齐全，须由主任委员和主审人签署。
refusal-failures-used-up = 审定未通过次数已达上限（{ $most } 次），不能再次送审。
refusal-failures-left = 审定未通过次数尚未达到上限（{ $most } 次），可以修改后再次送审。
refusal-higher-text-exists = 已有同一内容的国家计量检定规程 { $number }。
refusal-parties-pending = 联合项目尚有 { $open } 方没有批准。
refusal-number-taken = 编号 { $number } 已被占用。
refusal-dates-out-of-order = 发布日期 { $issued_on } 晚于实施日期 { $effective_on }。
refusal-force-too-soon = 实施日期过早，最早为 { $earliest }。
refusal-amendments-used-up = 本版修改单已达上限（{ $most } 次）。
refusal-reexamination-not-voted = 复审尚未表决。
refusal-other-result = 复审结论为“{ $result }”，与此项办理不符。
refusal-abolition-still-open = { $until ->
    [none] 废止征求意见尚未结束。
   *[other] 废止征求意见尚未结束，截止于{ $until }。
}
refusal-adjustment-missing = 没有待决定的调整申请。
refusal-extensions-used-up = 延期次数已达上限（{ $most } 次）。
refusal-extension-too-long = 延期时间超过规定，最迟可延至 { $latest }。
refusal-extension-too-late = 延期申请应在 { $latest } 前提出。
refusal-not-overdue = 项目没有逾期。
refusal-lapse-not-automatic = 按现行规则，逾期项目不自动失效，由主管部门决定。
refusal-not-withdrawn = 项目没有撤回，无须恢复。
refusal-not-in-plan = 项目没有列入计划。
refusal-no-party-pending = 没有等待批准的联合方。
refusal-not-joint = 不是联合项目。
refusal-not-on-roll = 不在名单上，不能表决或答复。
refusal-without-vote = 以“{ $role }”身份参加，没有表决权。
refusal-no-voice = 以“{ $role }”身份参加，不发表意见。
refusal-second-person = 录入人不能核对自己的录入，须由秘书处另一人核对。
refusal-recused = { $person ->
    [none] 因与本项目有关，应当回避。
   *[other] { $person }因与本项目有关，应当回避。
}
refusal-ballot-closed = { $closed_at ->
    [none] 表决已截止。
   *[other] 表决已于{ $closed_at }截止。
}
refusal-reason-required = 投反对票须说明理由。
refusal-ballot-running = 同一事项（{ $purpose }）的表决正在进行。
refusal-ballot-not-here = 当前阶段不进行此类表决（{ $purpose }）。
refusal-document-frozen = 此文件（{ $kind }）已经定稿，不能更改或撤下。
refusal-project-ended = { $project ->
    [none] 项目已经结束。
   *[other] 项目《{ $project }》已经结束。
}
refusal-not-answered-yet = 意见处理结果尚未公布，公布后再作答复。
refusal-appeals-used-up = 对处理结果的异议已提出 { $used } 次，达到次数上限。
refusal-appeal-too-late = 对处理结果的答复期限已过（{ $until }）。
refusal-disposition-reason = 第 { $serial } 条意见的处理须说明理由。
refusal-comment-settled = { $serial ->
    [none] 意见已经处理完毕，不能更改。
   *[other] 第 { $serial } 条意见已经处理完毕，不能更改。
}
refusal-stale = 内容已被他人更新，请刷新后再办理。
refusal-too-many-seats = 此人已在 { $held } 个委员会任职，不能再兼任。
refusal-role-taken = 职务“{ $role }”已有人担任。
refusal-report-not-here = 报告现为“{ $state }”，不能进行此项办理。
refusal-report-not-open = { $year } 年度的报告自{ $opens }起受理，现在还不能送签。
refusal-vote-final = 按现行规则，表决提交后不能更改。
refusal-paper-unconfirmed = 尚有代录的投票没有经第二人核对，不能提前结束表决。
refusal-already-signed = 结论已经签署，不能更改。
refusal-link-ended = 链接已使用、已过期或不适用于现在。
refusal-too-many = { $until ->
    [none] 提交过于频繁，请稍后再试。
   *[other] 提交过于频繁，请在{ $until }之后再试。
}
refusal-text-abolished = 该规范已经废止，不再复审。
refusal-case-running = 该规范的项目《{ $project }》正在进行，不再另行启动复审。
refusal-feedback-answered = 该反馈已经答复。
refusal-slip-full = 按规则每份修改单最多修改 { $most } 处，如需再改，应另行修订。
refusal-fatal-findings = 主审人提出的致命问题尚有 { $open } 项未解决，不能开始审定。
refusal-changes-open = 审定要求的修改尚有 { $open } 项未完成，不能报批。
refusal-not-qualified = { $person } 没有有效的主审人资格。
refusal-declaration-missing = 请先申报与本项目有无利益关系，再表决。
refusal-proxy-not-allowed = 按现行规则，本次表决不能委托他人；不能到会的委员可以提交书面票。
refusal-proxy-too-late = 会议已经开始，委托须在会前书面办理。
refusal-proxy-taken = 受托人已达到规则规定的受托人数，或本人已委托他人，请另选一位委员。
refusal-secret-vote = 无记名投票须由本人投出，不能代录，也不能附理由。
refusal-receipt-unknown = 回执码与已投的票不符。更改无记名投票须填写投票时的回执码。
refusal-no-observers = 本项目审定不接受旁听。
refusal-already-submitted = 已经提交，不能再改。
refusal-check-binding = 本技术委员会定为强制的文本检查尚有 { $n } 处未通过，首处在 { $at }（{ $check }：{ $words }），改正后方可送出。
