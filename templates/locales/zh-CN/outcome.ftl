# 意见回应与修改对照、两轮意见对照
outcome-title = 意见回应与修改
outcome-lead = 按条款列出本轮收到的意见、处理结果和文本的相应改动：红色为删去，绿色为新增。
outcome-lead-no-text = 按条款列出本轮收到的意见和处理结果。修改后的文本公开后，此处一并显示改动。
outcome-not-yet = 处理结果尚未公布。公布后，此处按条款列出意见、处理结果和文本的改动。
outcome-proposed = 处理结果尚未公布，以下为拟定的处理意见，仅工作人员可见。
outcome-none = 本轮没有可公布的意见
outcome-compare = 全文比对：{ $from } → { $to }
outcome-unsaid = 另有 { $n } 处改动不由意见引起，见全文比对
outcome-places = 涉及的条款
outcome-count = { $n ->
   *[other] { $n } 条意见
}
outcome-said = 意见和答复
outcome-did = 文本改动
outcome-same = 此条文字未改。
outcome-no-clause = 意见不针对某一条款，改动见全文比对。
outcome-no-text = 修改后的文本尚未公开。
since-title = 与上一轮对照
since-lead = 与第 { $n } 轮相比，文本有哪些改动，意见有哪些新提出、再次提出、已解决或撤回。
since-text = 文本改动
since-compare = 逐条比对
since-comments = 意见对照
since-earlier = 上一轮
since-later = 本轮
since-nothing = 无
since-none = 没有可对照的意见
since-outcome = 上一轮的意见回应
course-new = 新提出
course-repeated = 再次提出
course-resolved = 已解决
course-declined = 未采纳，未再提出
course-withdrawn = 已撤回
course-open = 尚未处理
history-papers = 会议决定
history-paper = { $kind }：{ $name }（{ $at }）
