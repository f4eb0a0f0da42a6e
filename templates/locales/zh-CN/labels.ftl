# 固定选项的名称

party-anyone = 任何人
party-suggester = 建议人
party-secretariat = 秘书处
party-chair = 主任委员
party-vice-chair = 副主任委员
party-member = 委员
party-drafter = 起草人
party-principal-reviewer = 主审人
party-officer = 主管部门
party-administrator = 管理员
party-system = 系统

role-chair = 主任委员
role-vice-chair = 副主任委员
role-secretary-general = 秘书长
role-deputy-secretary-general = 副秘书长
role-secretariat-staff = 秘书处工作人员
role-member = 委员
role-adviser = 顾问
role-consulting-member = 咨询委员
role-corresponding-unit = 通讯单位成员
role-invited = 特邀代表
role-observer = 旁听代表

project-role-lead-drafter = 第一起草人
project-role-drafter = 起草人
project-role-principal-reviewer = 主审人
project-role-suggester = 建议人

interest-producer = 生产
interest-operator = 经营
interest-user = 使用
interest-research = 科研
interest-education = 教育
interest-testing = 检定检测机构
interest-administration = 行政管理
interest-association = 社会团体
interest-unknown = 未填写

visibility-open = 公开
visibility-committee = 委员会内部
visibility-restricted = 不公开

openness-open = 公开
openness-internal = 内部
openness-placeholder = 涉密（仅占位）

origin-proposed = 系统内提出
origin-imported = 计划导入
origin-reexamination = 复审转入
origin-split = 由拆分产生
origin-demo = 演示

adjustment-kind-extension = 延期
adjustment-kind-change = 变更
adjustment-kind-merge = 合并
adjustment-kind-split = 拆分
adjustment-kind-cancel = 终止

decision-granted = 同意
decision-refused = 不同意

mail-state-queued = 待发
mail-state-sending = 发送中
mail-state-sent = 已发
mail-state-given-up = 已放弃
mail-state-kept = 仅站内保存
mail-state-frozen = 已冻结

vote-channel-online = 本人在线
vote-channel-meeting = 会议现场
vote-channel-paper = 书面票
vote-channel-letter = 来函
vote-channel-phone = 电话
vote-channel-proxy = 受托人

report-state-draft = 编写中
report-state-to-sign = 待签署
report-state-signed = 已签署
report-state-submitted = 已报送
report-state-accepted = 已接收
report-state-returned = 已退回

object-kind-project = 项目
object-kind-specification = 规范
object-kind-committee = 技术委员会
object-kind-person = 人员
object-kind-organisation = 单位
object-kind-profile = 规则参数
object-kind-report = 年度工作报告
object-kind-announcement = 公告
object-kind-ballot = 表决
object-kind-comment = 意见
object-kind-system = 系统

round-purpose-draft = 征求意见
round-purpose-again = 再次征求意见
round-purpose-abolition = 废止征求意见
round-purpose-reexamination = 复审征求意见

round-status-running = 进行中
round-status-closed = 已截止，处理中
round-status-published = 已公布处理结果
round-status-aborted = 已中止

recipient-answer-comments = 有意见
recipient-answer-no-comment = 无意见
recipient-answer-cannot = 无法答复

comment-kind-general = 一般
comment-kind-technical = 技术
comment-kind-editorial = 编辑

comment-source-page = 网页
comment-source-api = 接口
comment-source-import = 表格导入
comment-source-letter = 来函
comment-source-mail = 邮件
comment-source-meeting = 会议

ballot-purpose-proposal = 立项表决
ballot-purpose-review = 审定
ballot-purpose-reexamination = 复审
ballot-purpose-matter = 一般事项
ballot-purpose-election = 选举

recipient-class-member = 委员
recipient-class-corresponding-unit = 通讯单位成员
recipient-class-administration = 计量行政部门
recipient-class-verification-body = 计量检定机构
recipient-class-maker = 生产单位
recipient-class-user = 使用单位
recipient-class-related-drafter = 相关标准起草单位
recipient-class-public = 社会公众

act-issues = 发布
act-replaces = 代替
act-abolishes = 废止
act-amends = 修改
act-confirms = 确认继续有效

suggestion-keep = 保持
suggestion-amend = 出具修改单
suggestion-early-reexamination = 提前复审

feedback-outcome-closed = 关闭
feedback-outcome-amendment = 转修改单
feedback-outcome-reexamination = 转提前复审

reexamination-result-confirmed = 继续有效
reexamination-result-amend = 出具修改单
reexamination-result-revise = 修订
reexamination-result-merge = 合并修订
reexamination-result-change-type = 变更类别
reexamination-result-abolish = 废止

audience-suggester = 建议人
audience-secretariat = 秘书处
audience-chair = 主任委员
audience-chair-and-vices = 主任委员、副主任委员
audience-members = 委员
audience-non-voting = 通讯单位成员、顾问和咨询委员
audience-drafters = 起草人
audience-principal-reviewers = 主审人
audience-officers = 主管部门
audience-commenters = 提出意见的人
audience-followers = 关注者
audience-not-yet-answered = 尚未答复的人
audience-silent-voters = 尚未投票的人
audience-voters = 表决名单上的人
audience-concerned = 当事人
audience-objector = 异议人
audience-host = 秘书处承担单位
audience-administrators = 系统管理员
