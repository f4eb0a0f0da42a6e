# 征求意见对象与复审征求意见

asking-title = 征求意见对象
asking-lead = 委员、顾问和通讯单位成员自动列入。其他单位在此列出；填写电子邮箱的，开始征求意见时即发通知。
asking-listed = 已列出 { $n } 家。
asking-units = 编辑名单
asking-row = 单位 { $n }
asking-name = 单位名称
asking-class = 类别
asking-address = 电子邮箱
asking-save = 保存名单
asking-saved = 名单已保存，共 { $n } 家；本次通知 { $told } 家。
asking-hearing = 听取委员和使用单位的意见
asking-closes = 截止日期
asking-note = 说明
asking-hear = 开始征求意见
asking-heard = 已开始征求意见，通知已发出。
asking-publish = 公布意见处理结果
asking-published = 意见处理结果已公布，并已告知提出意见的人。
