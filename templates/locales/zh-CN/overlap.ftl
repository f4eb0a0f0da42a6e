# 上下级规范的重复与矛盾
overlap-title = 上下级规范协调
overlap-lead = 部门和地方规范与国家规范重复或矛盾的记录。有国家检定规程的，部门和地方检定规程失去依据（计量法第十条）。
overlap-kind-same-title = 同名同类
overlap-kind-same-object = 同一对象
overlap-kind-contradiction = 条款矛盾
overlap-outcome-keep = 可以并行
overlap-outcome-amend = 修改下级规范
overlap-outcome-abolish = 废止下级规范
overlap-outcome-unfounded = 不构成重复
overlap-check-title = 核查与反映
overlap-check-lead = 核查比对现行规范的名称和对象；已有记录的不再重复登记。
overlap-check = 核查
overlap-checked = { $n ->
    [0] 没有发现新的重复。
   *[other] 新登记 { $n } 对重复的规范。
}
overlap-report-one = 反映条款矛盾
overlap-report = 登记
overlap-reported = 已登记。
overlap-field-local = 部门或地方规范编号
overlap-field-national = 国家规范编号
overlap-field-words = 哪些条款怎样矛盾
overlap-cases = 记录
overlap-none = 尚无记录。
overlap-pair = { $local }　对　{ $national }
overlap-opened = { $kind }，{ $day }登记
overlap-decided-on = { $day }处理：{ $note }
overlap-open = 待处理
overlap-decide-one = 处理
overlap-decide = 提交处理意见
overlap-decided-now = 已处理。
overlap-field-outcome = 处理意见
overlap-hint-outcome = 选择“废止下级规范”的，随即启动废止项目。
overlap-field-note = 理由
specification-event-overlap-found = 与国家规范重复或矛盾，已登记
specification-event-overlap-decided = 重复或矛盾已处理
