# 表单各项的错误
fault-missing = 请填写此项。
fault-too-long = 内容过长，最多 { $bound } 个字。
fault-not-a-day = 日期应写作 2026-04-01 的形式。
fault-not-a-choice = 请从所列选项中选择。
fault-not-asked = 此项办理不需要填写这一项。
fault-bad-characters = 含有不能使用的字符。
fault-not-a-number = 不是规范编号，例如 JJG 1-2020 或 JJF(苏) 1-2020。
fault-unknown = 所填对象不存在。
fault-too-short = 内容过短，至少 { $bound } 个字符。
fault-too-common = 这个密码太常见，或由姓名、邮箱组成，请换一个。
fault-too-simple = 请包含大写字母、小写字母、数字、其他字符中的至少 { $bound } 类。
fault-not-same = 两次输入不一致。
fault-wrong-password = 现在的密码不正确。
fault-same-password = 新密码不能与现在的密码相同。
fault-not-an-address = 邮箱地址不正确。
fault-taken = 已有相同的记录。
