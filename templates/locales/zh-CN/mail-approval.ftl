# Dossier, approval, publication, force, abolition.

mail-dossier-submitted-matter = 报批材料已提交
mail-dossier-submitted-ask = { $audience ->
    [officers] 请审核《{ $title }》的报批材料。
   *[other] 《{ $title }》的报批材料已提交主管部门，目前无须您办理其他事项。
}
mail-dossier-submitted-context = 报批材料清单和校验文件见项目页面。

mail-dossier-returned-matter = 报批材料退回
mail-dossier-returned-ask = 请按下列意见处理《{ $title }》的报批材料后重新提交。
mail-dossier-returned-context = 主管部门退回了报批材料，项目回到页面所示阶段。

mail-dossier-approved-matter = 规范获批准
mail-dossier-approved-ask = 《{ $title }》已获批准，等待编号和发布，目前无须您办理其他事项。
mail-dossier-approved-context = 编号、发布日期和实施日期确定后另行通知。请着手准备宣贯。

mail-dossier-refused-matter = 规范未获批准
mail-dossier-refused-ask = 《{ $title }》未获批准，请知悉。
mail-dossier-refused-context = 理由如下。

mail-published-matter = 规范发布
mail-published-ask = { $number }《{ $title }》已发布，自{ $date }起实施，请做好准备。
mail-published-context = 全文、公告和代替关系见规范页面。

mail-force-soon-matter = 规范即将实施
mail-force-soon-ask = { $number }《{ $title }》将自{ $date }起实施，请做好准备。
mail-force-soon-context = 实施前，被代替的文本继续有效。

mail-training-missing-matter = 实施前宣贯尚未完成
mail-training-missing-ask = 请在{ $date }前完成{ $number }《{ $title }》的宣贯并登记。
mail-training-missing-context = 该规范将自上述日期起实施，系统中尚无宣贯记录。

mail-in-force-matter = 规范开始实施
mail-in-force-ask = { $number }《{ $title }》自{ $date }起实施，请按新文本开展工作。
mail-in-force-context = 被代替的文本同时停止使用，代替关系见规范页面。

mail-superseded-matter = 规范被代替
mail-superseded-ask = { $number }《{ $title }》自{ $date }起被代替，请改用新的文本。
mail-superseded-context = 旧文本保留供查阅。

mail-abolished-matter = 规范废止
mail-abolished-ask = { $number }《{ $title }》自{ $date }起废止，请停止使用。
mail-abolished-context = 废止理由如下。文本保留供查阅，编号不再使用。
