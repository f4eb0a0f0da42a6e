# 年度工作报告与总览
reports-title = 年度工作报告
reports-lead-all = 各技术委员会每年向主管部门报送一份年度工作报告。数据由系统从业务记录中汇总，每个数字都能打开它所依据的记录。
reports-lead-own = 数据由系统从业务记录中汇总，秘书处核对并补充文字，主任委员签署后报送主管部门。
reports-annual = { $year } 年度工作报告
reports-crumb = { $code } { $name }
reports-year = { $year } 年度
reports-years = 年度
reports-own = 本委员会的报告
reports-all = { $year } 年度各委员会的报告
reports-narrow = 按报送情况筛选
reports-none-here = 没有处于这一状态的报告
reports-show-all = 显示全部
reports-not-begun = 未开始
reports-standing-all = 应报
reports-standing-late = 逾期未报
reports-standing-due = 待报送
reports-standing-in = 待审核
reports-standing-returned = 已退回
reports-standing-accepted = 已接收
reports-late-since = 应于{ $due }前报送，已逾期 { $n } 天
reports-due-on = { $due }前报送
reports-act-write = 编写
reports-act-sign = 审阅签署
reports-act-submit = 报送
reports-act-decide = 审核
reports-act-read = 查看

# 报告页
reports-outline = 目录
reports-ordinal = { $n ->
    [1] 一、
    [2] 二、
    [3] 三、
    [4] 四、
    [5] 五、
    [6] 六、
    [7] 七、
    [8] 八、
    [9] 九、
   *[other] { $n }、
}
reports-due = 报送期限
reports-files = 下载与打印
reports-form-html = 打印版
reports-form-xlsx = Excel 工作簿
reports-form-csv = CSV 数据表
reports-form-json = JSON 数据
reports-form-not-made = 此处没有该格式；请使用打印版（.html）、.xlsx、.csv 或 .json，审定用表等文书另有 .docx 和 .pdf。
reports-trail = 办理经过
reports-trail-written = { $at } { $who } 最后保存
reports-trail-signed = { $at } { $who } 签署
reports-trail-submitted = { $at } 报送主管部门
reports-trail-accepted = { $at } { $who } 接收
reports-trail-returned = { $at } { $who } 退回
reports-acts = 办理
reports-turn = 现由{ $who }办理
reports-reason = 退回意见
reports-remark = 意见（可不填）
reports-back = 返回报告
reports-comma = ，
reports-stop = 。
reports-colon = ：
reports-table = 数据表与上年对比
reports-change = 增减
reports-more = 比上年增加 { $n }
reports-less = 比上年减少 { $n }
reports-before = 上年 { $n }
reports-zero = 本年为零，上年不为零
reports-zero-long = 本年为零而上年不为零。请确认确无此项工作，而不是记录缺失。
reports-fell-to-zero = “{ $name }”本年为零，上年为 { $n }，请核实记录是否完整。
reports-corrected = 更正：系统统计为 { $computed }。{ $reason }
reports-moved = 签署后记录有变动，现统计为 { $n }
reports-note-public = 本报告已由主管部门接收。这里显示的是公开部分。
reports-note-returned = { $who }退回了报告，请修改后重新送签。
reports-note-late = 本报告应于{ $due }前报送，现已逾期。
reports-note-frozen = 数据为 { $at } 签署时的统计结果，不再变动。{ $moved ->
    [0] { "" }
   *[other] 此后有 { $moved } 项记录发生变化，已在数据旁注明。
}
reports-note-running = 本年度尚未结束，数据截至现在，随业务办理自动更新。
reports-way-write = 秘书处编写
reports-way-sign = 主任委员签署
reports-way-submit = 报送
reports-way-decide = 主管部门审核

# 各部分
reports-part-write = 编写
reports-part-edit = 补充说明
reports-part-empty = 尚未填写。
reports-part-saved = { $who } 保存于 { $at }
reports-part-missing = “{ $part }”尚未填写。
reports-part-words = 文字说明
reports-part-confirm = 数据和文字已核对无误
reports-part-confirm-hint = 核对后，目录中显示“已确认”；再次修改时可以取消。
reports-part-save = 保存
reports-part-save-next = 保存并编写下一部分
reports-part-kept = 已保存“{ $part }”。
reports-part-before = { $year } 年度的文字
reports-part-before-none = 上年的报告没有这部分文字。
report-part-composition = 委员会组成与变动
report-part-hint-composition = 会议召开情况、人员变动的原因、换届准备等。没有需要说明的可以不填。
report-part-field-trends = 领域现状与发展趋势
report-part-hint-field-trends = 本专业领域国内外计量技术的现状、需求和趋势。
report-part-text-system = 规范体系与存量
report-part-hint-text-system = 规范体系框架的完善情况、空白和重复、国际对应情况。没有需要说明的可以不填。
report-part-work = 本年度工作
report-part-hint-work = 制修订、征求意见、审定、复审之外，还包括宣贯、政策建议、科普和国际合作。
report-part-results-problems = 成效与存在的问题
report-part-hint-results-problems = 取得的主要成效、存在的问题和改进措施；逾期、退回和未通过的项目请说明原因。
report-part-next-year = 下一年度计划
report-part-hint-next-year = 拟立项目、复审安排、会议和宣贯计划。
report-part-sub-committees = 分技术委员会与工作组
report-part-hint-sub-committees = 各分技术委员会和工作组的主要工作。没有设立的可以不填。
report-part-money = 经费使用
report-part-hint-money = 经费来源、支出和结余。本部分不公开。
report-part-proposals = 奖惩建议
report-part-hint-proposals = 对单位和个人的表彰、批评或调整建议。本部分不公开。
part-state-confirmed = 已确认
part-state-written = 已填写
part-state-auto = 自动汇总
part-state-to-write = 待编写
part-state-optional = 可不填

# 办理步骤
report-step-hand-to-chair = 送主任委员签署
report-step-lead-hand-to-chair = 文字部分填写完毕后，送主任委员审阅签署。送签后秘书处不能再修改。主任委员会收到邮件。
report-step-done-hand-to-chair = 已送主任委员签署。
report-step-send-back = 退回秘书处修改
report-step-lead-send-back = 写明需要修改的内容，秘书处会收到邮件。
report-step-done-send-back = 已退回秘书处。
report-step-sign = 签署
report-step-lead-sign = 签署后数据和文字即固定。秘书处会收到邮件并负责报送。
report-step-done-sign = 已签署。
report-step-submit = 报送主管部门
report-step-lead-submit = 报告已由主任委员签署，可以报送。主管部门会收到邮件。
report-step-done-submit = 已报送主管部门。
report-step-accept = 接收
report-step-lead-accept = 接收后报告归档，公开部分可在委员会页面查阅。秘书处、主任委员和承担单位会收到邮件。
report-step-done-accept = 已接收。
report-step-return = 退回修改
report-step-lead-return = 写明退回意见，秘书处和主任委员会收到邮件。修改后须重新签署、报送。
report-step-done-return = 已退回。

# 数据依据与更正
reports-records-title = 所依据的记录（{ $n } 条）
reports-records-none = 本年度没有这样的记录
reports-sum = 合计 { $n }
reports-siblings = 同类数据
reports-corrections = 更正记录
reports-correction = 由 { $from } 更正为 { $to }
reports-correction-withdrawn = 撤销更正，恢复为系统统计的 { $n }
reports-correction-kept = 更正已记录，与系统统计的数据并列显示。
reports-correct-open = 更正这项数据
reports-correct-lead = 能补录或改正业务记录的，应先改正记录，数据会随之更新。确需更正的，须说明理由；系统统计的数据照样保留，更正与理由并列显示。
reports-correct-value = 更正后的数值
reports-correct-hint = 系统统计为 { $n }。
reports-correct-hint-again = 系统统计为 { $n }。留空表示撤销以前的更正。
reports-correct-reason = 理由
reports-correct = 记录更正

# 表格与打印
reports-sheet-figures = 数据
reports-sheet-words = 文字
reports-column-group = 类别
reports-column-computed = 系统统计
reports-column-reason = 更正理由
reports-column-key = 代码
reports-column-day = 日期
reports-column-record = 记录
reports-column-count = 计入
reports-column-address = 地址
reports-column-part = 部分
reports-column-words = 内容
reports-column-code = 代号
reports-column-committee = 技术委员会
reports-column-before = { $name }（上年）
reports-column-state = 状态
reports-column-submitted = 报送日期
reports-column-report = 报告
reports-column-next = 办理
reports-column-note = 说明
reports-overdue-now = 已超期
reports-sign-secretariat = 编写并报送（秘书处）
reports-sign-chair = 签署（主任委员）
reports-sign-authority = 审核（主管部门）
reports-annex = 附表　统计数据
reports-print-nothing = 无。
reports-made = 本件由权衡系统于 { $at } 生成。

# 总览
overview-title = 总览
overview-print = { $year } 年度总览
overview-sheet = { $year } 年度总览
overview-lead = { $n } 个技术委员会，{ $year } 年度与上年度对比；在办情况截至{ $today }。
overview-year = { $year } 年度
overview-reports = { $year } 年度工作报告
overview-reports-all = 全部报告
overview-standing = 在办项目分布
overview-total = 合计
overview-overdue = 超期
overview-all = 全部委员会
overview-nothing-runs = 目前没有在办项目。
overview-brought = { $year } 年度工作成效
overview-share = 按期率
overview-report = 年度报告
overview-nothing-brought = 该年度没有业务记录。
overview-legend = ▲▼ 为与上年度相比的增减。按期率为按期发布的项目占全部发布项目的百分比，尾数舍去。点击数字查看所依据的记录。
overview-silent = 另有 { $n } 个委员会在这两个年度没有业务记录

# 数据的类别、说法与来源
figure-group-projects = 制修订项目
figure-nothing-projects = 本年度没有制修订项目的记录。
figure-group-comments = 征求意见
figure-nothing-comments = 本年度没有公开征求意见。
figure-group-reviews = 审定
figure-nothing-reviews = 本年度没有审定。
figure-group-texts = 规范
figure-nothing-texts = 没有归口的现行规范，本年度也没有发布或废止。
figure-group-reexaminations = 复审
figure-nothing-reexaminations = 本年度没有复审。
figure-group-members = 委员
figure-nothing-members = 没有在任委员的记录。
figure-says-suggested = 收到项目建议 { $n } 项
figure-how-suggested = 本年度收到的制修订项目建议，按收到日期统计，不含复审和废止。
figure-says-planned = 列入计划 { $n } 项
figure-how-planned = 本年度列入计划的项目，按列入日期或计划文件的日期统计。
figure-says-running = 年末在办 { $n } 项
figure-how-running = 年末（本年度为目前）尚未结束的制修订项目。
figure-says-on-time = 按期完成 { $n } 项
figure-how-on-time = 本年度发布、且不晚于当时完成期限的项目；批准延期的按延期后的期限。
figure-says-late = 逾期完成 { $n } 项
figure-how-late = 本年度发布、但晚于当时完成期限的项目。
figure-says-overdue = 年末超期 { $n } 项
figure-how-overdue = 年末在办、且完成期限已过的项目。日期为应完成之日。
figure-says-extended = 批准延期 { $n } 次
figure-how-extended = 本年度批准的延期，按批准日期统计。
figure-says-given-up = 终止 { $n } 项
figure-how-given-up = 本年度撤销、失效、撤回、不予立项、不予批准或并入其他项目的项目。
figure-says-returned = 报批退回 { $n } 次
figure-how-returned = 主管部门本年度退回报批材料的次数。
figure-says-rounds = 公开征求意见 { $n } 次
figure-how-rounds = 本年度开始的征求意见，按开始日期统计。
figure-says-comments = 收到意见 { $n } 条
figure-how-comments = 这些征求意见中收到并经确认的意见，含逾期意见。
figure-says-treated = 处理意见 { $n } 条
figure-how-treated = 其中已有处理结果的意见。
figure-says-accepted = 采纳或部分采纳 { $n } 条
figure-how-accepted = 其中采纳或部分采纳的意见。
figure-says-late-comments = 逾期意见 { $n } 条
figure-how-late-comments = 其中截止后收到的意见；照收，单独标明。
figure-says-reviews = 组织审定 { $n } 次
figure-how-reviews = 本年度计票的审定表决，会议和函审都计入。
figure-says-passed = 通过 { $n } 次
figure-how-passed = 其中达到法定人数和通过比例的审定。
figure-says-failed = 未通过 { $n } 次
figure-how-failed = 其中达到法定人数、但未达到通过比例的审定。
figure-says-invalid = 因人数不足无效 { $n } 次
figure-how-invalid = 其中未达到法定人数的审定。
figure-says-attendance = 实到委员 { $n } 人次
figure-how-attendance = 各次审定实到或回函的委员人数之和。
figure-says-expected = 应到委员 { $n } 人次
figure-how-expected = 各次审定表决名单上的委员人数之和。
figure-says-yes = 同意 { $n } 票
figure-how-yes = 各次审定同意票之和。
figure-says-no = 反对 { $n } 票
figure-how-no = 各次审定反对票之和。
figure-says-abstentions = 弃权 { $n } 票
figure-how-abstentions = 各次审定弃权票之和。
figure-says-published = 发布规范 { $n } 项
figure-how-published = 本年度发布的归口规范，按发布日期统计。
figure-says-stock = 年末现行 { $n } 项
figure-how-stock = 年末（本年度为目前已知）已实施、未废止也未被整体代替的归口规范。日期为实施日期。
figure-says-abolished = 废止 { $n } 项
figure-how-abolished = 本年度废止的归口规范。
figure-says-host-drafts = 承担单位参与起草 { $n } 项
figure-how-host-drafts = 本年度在办、秘书处承担单位参与起草的项目，其秘书处工作由其他单位的人员办理。
figure-says-reexaminations-due = 列入复审 { $n } 项
figure-how-reexaminations-due = 本年度到期开始的复审，按开始日期统计。
figure-says-reexaminations-done = 完成复审 { $n } 项
figure-how-reexaminations-done = 本年度作出继续有效、修订或废止决定的复审。
figure-says-members = 年末在任委员 { $n } 人
figure-how-members = 年末在任、有表决权的委员，含主任委员和副主任委员。日期为任职之日。
figure-says-appointed = 新聘 { $n } 人
figure-how-appointed = 本年度新任的有表决权的委员，连任的不计。
figure-says-left = 离任 { $n } 人
figure-how-left = 本年度离任的有表决权的委员，连任的不计。
