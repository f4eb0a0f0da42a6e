# 数据接口页面用语
api-docs-title = 数据接口
api-docs-lead = 页面上的各项操作均可由程序完成。供客户端生成工具使用的描述文件为 openapi.json；令牌可在账号页面或用 quanheng token 命令生成。
api-docs-operations = 操作一览
api-docs-path = 方法与路径
api-docs-does = 功能
api-docs-who = 使用者
api-docs-takes = 参数
api-docs-answers = 返回
api-docs-public = 任何人
api-docs-token = 凭令牌
api-docs-schemas = 数据结构
