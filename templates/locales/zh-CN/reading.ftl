# 征求意见稿的阅读与提意见。
reading-title = 阅读征求意见稿
reading-open = 按章条阅读并提意见
reading-to-round = 征求意见信息
reading-unread = 此稿尚未读成章条
reading-unread-text = 可下载原文件阅读，在征求意见页面按页码或章条号提意见。
reading-comments = { $n ->
   *[other] 条意见
}
reading-say = 提意见
reading-say-whole = 对全文提意见
reading-about = 以上是所选条款的现行文字；“建议修改为”已填入该文字，可直接改动，未改动的不作为建议。
reading-unsent = 尚未提交 { $n } 条
reading-keep = 已保存在本机，尚未提交
reading-failed = 没有提交成功，意见仍保存在本机。请稍后再试。
reading-empty = 请填写意见内容。
reading-propose = 建议修改文字
reading-preview = 改动预览
reading-done = 暂存
reading-drop = 删除
reading-send-all = 全部提交
