# 采用国际文件的版本
international-title = 采用国际文件
international-lead = 现行规范所采用的国际文件及其版本；国际文件已有新版或已撤销的，作为提前复审的线索。
international-moved = 只看国际文件已更新的
international-all = 查看全部
international-column-degree = 采用程度
international-column-source = 采用的版本
international-column-standing = 国际文件现状
international-untold = 未登记
international-current = 所采用版本现行
international-renewed = 已有新版 { $newest }
international-withdrawn = 已撤销
international-none = 没有符合条件的规范
international-none-text = 规范登记了所采用的国际文件后列在这里。
international-how = 国际文件的版本清单由管理员用 quanheng import source-editions 导入（CSV 或 XLSX：编号、版本、名称、状态）。
reexam-source-renewed = 采用的国际文件已更新或撤销：{ $list }。
