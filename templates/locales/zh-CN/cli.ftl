# 命令行用语
cli-serve-listening = 权衡已启动：{ $url }（监听 { $address }）
cli-serve-setup = 尚无管理员。请在 72 小时内打开此链接建立首位管理员（只能使用一次）：
    { $link }
cli-migrate-none = 无
cli-migrate-current = 数据库结构已是最新：{ $to }
cli-migrate-pending = 待升级 { $n } 项：{ $from } → { $to }
cli-migrate-done = 数据库结构已升级：{ $from } → { $to }，共 { $n } 项
cli-migrate-copy = 升级前的数据库已另存为 { $file }
cli-user-unknown = 没有邮箱为 { $email } 的人员
cli-user-added = 已添加 { $email }。开通链接（只能使用一次）：
    { $link }
cli-user-ask = 新密码：
cli-user-passwd = 已为 { $email } 设置密码，其登录已全部退出
cli-user-which-right = 请用 --admin 或 --officer 代码 指明权限
cli-user-no-authority = 没有代码为 { $code } 的主管部门
cli-user-granted = 已更新 { $email } 的权限
cli-user-admin = 管理员
cli-user-closed = 已停用
cli-user-invited = 未设密码
