# Members, terms, annual reports, delivery, accounts.

mail-member-appointed-matter = 聘任通知
mail-member-appointed-ask = { $audience ->
    [concerned] 您自{ $date }起担任{ $title }{ $role }，请登录核对个人信息。
   *[other] { $person }自{ $date }起担任{ $title }{ $role }，请更新名册和通讯信息。
}
mail-member-appointed-context = 任期、权利和义务见委员会页面。单位或联系方式有变化时，请及时更新。

mail-member-left-matter = 职务终止通知
mail-member-left-ask = { $audience ->
    [concerned] 您担任的{ $title }{ $role }职务自{ $date }起终止，请办理交接。
   *[other] { $person }担任的{ $title }{ $role }职务自{ $date }起终止，请办理交接并更新名册。
}
mail-member-left-context = 理由如下。任职期间的投票和意见记录不变。

mail-term-ending-matter = 委员会即将届满
mail-term-ending-ask = { $audience ->
    [secretariat] { $title }本届将于{ $date }届满，请准备换届。
    [chair] { $title }本届将于{ $date }届满，请组织准备换届。
   *[other] { $title }本届将于{ $date }届满，请知悉换届安排。
}
mail-term-ending-context = 换届需要届末工作报告和新一届组成方案，进度见委员会页面。

mail-renewal-open-matter = 换届申请开始受理
mail-renewal-open-ask = 请在{ $date }届满前提交{ $title }的换届申请。
mail-renewal-open-context = 换届申请包括届末工作报告和新一届组成方案，已有数据由系统自动汇总。

mail-report-due-matter = 年度工作报告待提交
mail-report-due-ask = 请于{ $due }前提交《{ $title }》。
mail-report-due-context = 数据部分已由系统汇总，请核对并补充文字部分后送主任委员签署。

mail-report-late-matter = 年度工作报告逾期
mail-report-late-ask = { $audience ->
    [officers] 《{ $title }》应于{ $due }前提交，至今未收到，请督促。
   *[other] 《{ $title }》应于{ $due }前提交，现已逾期，请立即提交。
}
mail-report-late-context = 逾期情况计入委员会考核。

mail-report-to-sign-matter = 年度工作报告待签署
mail-report-to-sign-ask = 请审阅并签署《{ $title }》。
mail-report-to-sign-context = 秘书处已完成填报。需要修改的，请退回并写明意见。

mail-report-sent-back-matter = 年度工作报告待修改
mail-report-sent-back-ask = 请按主任委员的意见修改《{ $title }》后再送签。
mail-report-sent-back-context = 主任委员审阅后将报告退回秘书处。

mail-report-signed-matter = 年度工作报告已签署
mail-report-signed-ask = 《{ $title }》已由主任委员签署，请报送主管部门。
mail-report-signed-context = 签署后数据和文字均已固定，不再变动。

mail-report-submitted-matter = 年度工作报告已提交
mail-report-submitted-ask = 请审核《{ $title }》，决定接收或退回。
mail-report-submitted-context = 报告经主任委员签署，各项数据可以逐项查看来源。

mail-report-accepted-matter = 年度工作报告已接收
mail-report-accepted-ask = 《{ $title }》已被接收，目前无须您办理其他事项。
mail-report-accepted-context = 报告已归档，公开部分可在委员会页面查阅。

mail-report-returned-matter = 年度工作报告退回
mail-report-returned-ask = 请按下列意见修改《{ $title }》后重新提交。
mail-report-returned-context = 主管部门退回了报告。

mail-mail-bounced-matter = 邮件无法送达
mail-mail-bounced-ask = 发给{ $person }的关于《{ $title }》的邮件无法送达，请核实其邮箱地址，并以其他方式告知。
mail-mail-bounced-context = 未送达的事项仍在其待办列表中。更正地址后，可在投递记录中重新发送。

mail-account-invited-matter = 开通账号
mail-account-invited-ask = 请于{ $due }前打开下面的链接设置密码，开通您的账号。
mail-account-invited-context = 链接只能使用一次，请勿转发。逾期未开通的，请联系秘书处重新发送。

mail-password-reset-matter = 重新设置密码
mail-password-reset-ask = 请于{ $due }前打开下面的链接重新设置密码。
mail-password-reset-context = 链接只能使用一次，请勿转发。若非您本人申请，请忽略此信，密码不会改变。

mail-password-changed-matter = 密码已更改
mail-password-changed-ask = 您的账号密码已更改；若非您本人操作，请立即联系管理员。
mail-password-changed-context = 其他设备上的登录均已退出，请使用新密码登录。

mail-role-chair = 主任委员
mail-role-vice-chair = 副主任委员
mail-role-secretary-general = 秘书长
mail-role-deputy-secretary-general = 副秘书长
mail-role-secretariat-staff = 秘书处工作人员
mail-role-member = 委员
mail-role-adviser = 顾问
mail-role-consulting-member = 咨询委员
mail-role-corresponding-unit = 通讯单位成员
mail-role-invited = 特邀代表
mail-role-observer = 旁听代表
