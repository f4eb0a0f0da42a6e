# 表决页面
ballots-question = 表决事项
ballots-voters = 表决情况
ballots-roll = 签到
ballots-conclusion = 结论
ballots-ordinal = 第 { $n } 次
ballots-present = 已签到 { $n } 人，名册 { $all } 人。
ballots-closed-at = 表决已于 { $at } 截止，不能再投票。
ballots-ribbon = 同意 { $yes } · 反对 { $no } · 弃权 { $abstain } · 未投 { $silent }
ballots-ribbon-sealed = 已投 { $voted } · 未投 { $silent }（无记名）
ballots-passed = 通过：参加 { $there }/{ $members }，同意 { $yes }（须 { $needed } 票）。
ballots-enough = 参加 { $there }/{ $members }，已达法定人数；同意 { $yes }，已达通过票数。
ballots-invalid = 无效：参加 { $there }/{ $members }，未达法定人数。
ballots-failed = 未通过：同意 { $yes }，须 { $needed } 票。
ballots-missing-both = 参加 { $there }/{ $members }，还需 { $more_present } 人参加；同意 { $yes }，还需至少 { $more_yes } 票。
ballots-missing-yes = 参加 { $there }/{ $members }，已达法定人数；同意 { $yes }，还需 { $more_yes } 票。
ballots-out-of-reach = 参加 { $there }/{ $members }；同意 { $yes }，即使其余委员都同意也不能通过。
ballots-attendance = 参加人数
ballots-there = 参加 { $n }
ballots-quorum = 法定人数 { $n }
ballots-votes = 票数
ballots-yes = 同意 { $n }
ballots-no = 反对 { $n }
ballots-abstain = 弃权 { $n }
ballots-needed = 通过须 { $n } 票
ballots-vote = 投票
ballots-vote-again = 更改投票
ballots-choice = 意见
ballots-reason = 理由
ballots-reason-hint = 反对时按规则须写明理由。
ballots-remark = 备注
ballots-proxy = 代录投票（会议、书面、电话）
ballots-proxy-person = 委员
ballots-proxy-enter = 录入
ballots-channel = 来源
ballots-source = 来源说明
ballots-voted = 投票已记录。
ballots-opinions = 无表决权人员的意见
ballots-opinion = 意见
ballots-opinion-send = 提交意见
ballots-opinion-kept = 意见已记录，不计入票数。
ballots-mark = 签到
ballots-unmark = 取消签到
ballots-here = 已签到
ballots-not-here = 未签到
ballots-close = 结束表决并计票
ballots-closed = 表决已结束。
ballots-sign = 签署结论
ballots-signed = 结论已签署。

ballots-list-title = 表决
ballots-list-lead = 与您有关的表决：本委员会的和名单中有您的。
ballots-list-open = 正在进行
ballots-list-closed = 已结束
ballots-list-open-none = 没有正在进行的表决
ballots-list-closed-none = 还没有结束的表决
ballots-list-what = 事项
ballots-list-votes = 投票情况
ballots-list-yours = 待您投票
ballots-list-voted = 您已投票
ballots-list-passed = 通过
ballots-list-failed = 未通过
ballots-opinions-hint = 意见，不计票。顾问、通讯单位成员、特邀代表和回避人员的意见单独记录。
ballots-kept-as-opinion = 您在本次表决中没有表决权，未计票；所写内容已作为意见单独记录。
ballots-source-hint = 写明何时、以何种方式收到，例如“书面票，3月30日寄到”。
ballots-entered = 已代录，并已发邮件告知本人。须由秘书处另一人核对后才计票。
ballots-entered-at = { $at } 录入
ballots-waiting = 待核对的代录投票
ballots-waiting-hint = 须由录入人以外的秘书处人员与原件核对，核对前不计票。
ballots-confirm = 核对无误
ballots-confirmed = 已核对，计入票数。
ballots-second-person = 待另一人核对
ballots-sign-acting = 代行主任委员职责签署
ballots-signed-by = { $name } 于 { $at } 签署
ballots-signed-acting = { $name } 代行主任委员职责，于 { $at } 签署
ballots-meeting = 进入会审现场
ballots-declared-none = 已申报无利益关系
ballots-declaration = 利益关系申报
ballots-declaration-which = 本人与本项目
ballots-declaration-none = 没有利益关系
ballots-declaration-some = 有利益关系，回避本次表决
ballots-declaration-details = 说明
ballots-declaration-details-hint = 有利益关系的须说明，例如参与起草、与起草单位有利益往来。
ballots-declaration-send = 提交申报
ballots-declared = 申报已记录。
ballots-mandate = 委托其他委员表决
ballots-mandate-to = 受托委员
ballots-mandate-none = 不委托，由本人表决
ballots-mandate-words = 委托内容
ballots-mandate-words-hint = 会前书面办理。写明事由，可以写明对各事项的意见；本人仍可自行表决，以最后一次为准。
ballots-mandate-give = 提交委托
ballots-mandate-given = 委托已记录。
ballots-mandate-back = 委托已撤回。
ballots-proxied = 受托表决
ballots-proxied-for = 委托人
ballots-proxied-words = { $name }的委托：{ $words }
ballots-proxied-vote = 代为表决
ballots-right-votes = 您可以表决：您是本委员会委员，名册在表决开始时确定，无须回避的事由。
ballots-right-voted = 您在本次表决中有表决权：名册在表决开始时确定，您是本委员会委员，无须回避的事由。
ballots-right-nonvoter = 您没有表决权：{ $role }可以发表意见，单独记录，不计入票数。
ballots-right-recused = 您不参加本次表决：{ $why }。
ballots-right-off-roll = 您不在本次表决的名册上。
recusal-drafter = 起草人，回避
recusal-unit-share = 起草单位人员超过比例，抽签确定不参加表决
recusal-unit-vote = 每个单位一票，由本单位另一位委员表决
recusal-interest = 申报有利益关系，回避
ballots-receipt = 回执码
ballots-receipt-hint = 无记名投票。请抄下回执码：截止前凭它改票，截止后凭它核对您的票已计入。系统不保存回执码。
ballots-receipt-again = 您已投票。改票须填写投票时的回执码。
ballots-receipt-check = 核对我的票
ballots-receipt-check-hint = 填写投票时的回执码，查看您的票是否计入。
ballots-receipt-check-send = 核对
ballots-receipt-counted-yes = 您的票已计入：同意。
ballots-receipt-counted-no = 您的票已计入：反对。
ballots-receipt-counted-abstain = 您的票已计入：弃权。
ballots-receipt-none = 没有与此回执码相符的票。
ballots-slips = 全部选票（回执码摘要）
ballots-changes = 须修改的内容
ballots-changes-hint = 审定要求的修改，全部完成后方可报批。
ballots-change-add = 提出修改要求
ballots-change-clause = 条款
ballots-change-body = 修改内容
ballots-change-save = 列入
ballots-change-added = 修改要求已列入。
ballots-change-note = 落实情况
ballots-change-finish = 已完成
ballots-change-finished = 已记录完成。
ballots-change-open = 待修改
ballots-change-done = 已完成
ballots-change-done-by = { $name } 于 { $at } 完成：{ $note }

# 结论
conclusion-edit = 起草、修改结论文本
conclusion-edit-hint = 初稿按表决记录生成，请核对、修改后保存。签署的是保存后的文本；签署后再修改，原签署失效，须重新签署。
conclusion-save = 保存结论文本
conclusion-saved = 结论文本已保存。
conclusion-versions = 文本共有 { $n } 稿，均保存在记录中。
conclusion-part-chair = 主任委员
conclusion-part-reviewer = 主审人
conclusion-part-acting = 代行主任委员职责
conclusion-void = 已失效
conclusion-waits = 待另一人核对
conclusion-sign-reviewer = 以主审人身份签署以上文本
conclusion-scan = 录入纸质签署
conclusion-scan-open = 扫描件
conclusion-scan-who = 签署人
conclusion-scan-signer = { $name }（{ $part }）
conclusion-scan-sheet = 签字页扫描件
conclusion-scan-file = { $kind }：{ $name }
conclusion-scan-enter = 录入
conclusion-scan-entered = 已录入，须由秘书处另一人与扫描件核对后生效。
conclusion-scan-confirmed = 已核对，签署生效。
conclusion-draft-occasion = { $committee }于{ $day }以{ $form }方式就《{ $title }》{ $revision ->
    [0] 进行{ $purpose }。
   *[other] （第 { $revision } 稿）进行{ $purpose }。
}
conclusion-draft-count = 委员总数 { $members } 人，参加 { $present } 人，其中回避 { $recused } 人，法定人数 { $quorum } 人。表决结果：同意 { $yes } 票，反对 { $no } 票，弃权 { $abstain } 票；通过须同意 { $needed } 票。
conclusion-draft-dissent = { $n ->
    [0] 表决中没有书面的不同意见。
   *[other] { $n } 位委员书面提出不同意见，理由及依据材料另附。
}
conclusion-draft-opinions = { $n ->
    [0] 无表决权人员没有提出意见。
   *[other] 无表决权人员提出意见 { $n } 条，另页记录，不计入票数。
}
conclusion-draft-changes = 要求作下列修改：
conclusion-draft-change = { $n }. { $clause } { $body }
conclusion-draft-passed = { $kind ->
    [review] 结论：通过审定。起草单位按审定意见修改后报批。
   *[other] 结论：表决通过。
}
conclusion-draft-failed = { $kind ->
    [review] 结论：未通过审定。起草单位按审定意见修改后重新提交审定。
   *[other] 结论：表决未通过。
}
conclusion-draft-invalid = { $kind ->
    [review] 结论：参加人数未达法定人数，审定无效，另行组织。
   *[other] 结论：参加人数未达法定人数，表决无效。
}
ballots-ended = 项目已终止，表决随之终止，没有结果。
ballots-list-ended = 随项目终止
ballots-moved-on = 本次表决针对第 { $n } 稿；文本现已到第 { $newest } 稿。
ballots-few-users = 提示：有表决权的 { $voters } 人中使用方代表 { $held } 人，少于规则要求的 { $needed } 人。不影响表决的效力。
ballots-few-experts = 提示：有表决权的共 { $held } 人。以专家组代替全体委员审定的，专家组不少于 { $needed } 人。
ballots-few-outside = 提示：有表决权的 { $voters } 人中，可确认来自法定计量检定机构以外的 { $held } 人。以专家组代替全体委员审定的，此类专家不少于 { $needed } 人。
ballots-earlier = 上次：{ $vote }
ballots-former = 已离任
ballots-readers = 材料阅读情况
ballots-unread = 未打开
ballots-scan = 书面票扫描件
ballots-scan-hint = 书面票先在项目页面以“表决票”上传，再在此选择。
ballots-host-drafts = 秘书处承担单位参与起草本项目，本项目的秘书处工作由其他单位的秘书处人员办理：{ $names }。
ballots-host-drafts-nobody = 秘书处承担单位参与起草本项目，而秘书处尚无其他单位人员；应由主管部门聘任其他单位的副秘书长办理本项目的秘书处工作。

# 我的表决权
rights-title = 我的表决权
rights-lead = 您在哪些表决中有表决权，以及依据。
rights-running = 正在进行的表决
rights-running-none = 您不在正在进行的表决的名册上。
rights-no-seat = 您目前不是任何委员会的成员。
rights-seat-votes = 您是{ $role }，有表决权。起草人、申报有利益关系的，在有关项目的表决中回避。
rights-seat-speaks = 您是{ $role }，没有表决权；您的意见单独记录，不计入票数。
rights-seat-none = 您是{ $role }，不参加表决。
rights-missed = 您已连续 { $n } 次未参加表决（{ $warn } 次提示，{ $remove } 次建议解聘）。
rights-opened-move = 由“{ $move }”开始。
rights-opened-stage = 在“{ $stage }”阶段由秘书处组织。
rights-opened-running = 由秘书处组织。
rights-opened-committee = 由秘书处组织，不涉及具体项目。
rights-recorded = 记名投票。
rights-secret = 无记名投票。
rights-may-be-secret = 记名投票，组织表决时可定为无记名。
ballots-for-revision = 针对第 { $n } 稿
ballots-quorum-risk = 距 { $until } 截止已近，尚缺 { $missing } 份回函才达到规定人数；未达到时本次表决无效。
ballots-mine = 本人此前意见
ballots-mine-vote = 第 { $n } 次表决：{ $vote }
ballots-mine-vote-on = 第 { $n } 次表决（第 { $revision } 稿）：{ $vote }
ballots-mine-argument = { $clause } { $stance }
ballots-mine-comment = 征求意见阶段所提意见 { $n }　{ $clause }
ballots-mine-answer = { $disposition } { $reason }
ballots-change-responsible = 落实人
ballots-change-together = 起草组共同落实
