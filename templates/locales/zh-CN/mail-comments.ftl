# Comment rounds, comments, dispositions.

mail-round-opened-matter = 征求意见
mail-round-opened-ask = 请于{ $due }前对《{ $title }》（{ $draft }）提出意见；无意见的，也请回复“无意见”。
mail-round-opened-context = 可逐条填写意见，也可对全文提出意见。对主要技术内容有重大异议的，请说明理由并附数据。意见由起草单位逐条处理，处理结果将答复您。

mail-round-reopened-matter = 再次征求意见
mail-round-reopened-ask = 请于{ $due }前对《{ $title }》（{ $draft }）再次提出意见。
mail-round-reopened-context = 文稿在上次征求意见后有较大修改。上次提交的意见及处理结果仍可在页面查阅，未解决的请在本次说明。

mail-round-extended-matter = 征求意见延期
mail-round-extended-ask = 《{ $title }》征求意见的截止时间延至{ $due }，尚未反馈的请在此前提出意见。
mail-round-extended-context = 已提交的意见继续有效，截止前可以修改或补充。

mail-round-reminder-matter = 征求意见尚待您反馈
mail-round-reminder-ask = 您尚未反馈意见，请于{ $due }前对《{ $title }》（{ $draft }）提出意见或回复“无意见”。
mail-round-reminder-context = “无意见”和“不能按期反馈（附原因）”均计为已答复，在页面上一步即可完成。

mail-comment-confirm-matter = 请确认邮箱以提交意见
mail-comment-confirm-ask = 请于{ $due }前打开下面的链接确认邮箱，您对《{ $title }》的意见才会正式提交。
mail-comment-confirm-context = 您填写的意见如下。若非您本人填写，请忽略此信，意见不会提交。链接只能使用一次。

mail-comment-received-matter = 意见已收到
mail-comment-received-ask = 您对《{ $title }》的意见已收到，回执号 { $receipt }，目前无须您办理其他事项。
mail-comment-received-context = 征求意见截止后，起草单位将逐条处理，处理结果和理由会以邮件答复您。

mail-comment-held-matter = 意见待审核
mail-comment-held-ask = 您对《{ $title }》的意见已经确认，由秘书处先行审核，目前无须您办理其他事项。
mail-comment-held-context = 审核通过的，即行登记并向您寄送回执；不予登记的，会向您说明理由。

mail-comment-refused-matter = 意见未予登记
mail-comment-refused-ask = 您对《{ $title }》的意见经秘书处审核未予登记，理由如下。
mail-comment-refused-context = 征求意见期内，可以在征求意见页面重新提出针对文稿的意见；对审核结果有疑问的，请与秘书处联系。

mail-table-returned-matter = 意见表已登记
mail-table-returned-ask = 您报送的《{ $title }》意见表（{ $draft }）已登记，共{ $n-comments }条意见，目前无须您办理其他事项。
mail-table-returned-context = 打开上面的专用链接可下载标注了逐行登记结果的原表。未登记的行及理由附后；有疑问请与秘书处联系。

mail-comment-digest-matter = 新收到的意见
mail-comment-digest-ask = 《{ $title }》新收到{ $n-comments }条意见，请查阅。
mail-comment-digest-context = 意见在征求意见截止后统一处理；可先在页面上作为拟处理意见记录。

mail-round-closed-matter = 征求意见已截止
mail-round-closed-ask = { $audience ->
    [drafters] 《{ $title }》征求意见已截止，请于{ $due }前完成意见处理并提交报审稿。
   *[other] 《{ $title }》征求意见已截止，请督促起草单位于{ $due }前完成意见处理。
}
mail-round-closed-context = 每条意见都须写明处理结果；部分采纳和不采纳的，须写明理由。

mail-round-aborted-matter = 征求意见中止
mail-round-aborted-ask = 《{ $title }》的征求意见已中止，请暂停反馈。
mail-round-aborted-context = 中止理由如下。已提交的意见予以保留；重新征求意见时将另行通知。

mail-disposition-published-matter = 您的意见的处理结果
mail-disposition-published-ask = 您对《{ $title }》提出的意见已处理完毕，请查阅处理结果。
mail-disposition-published-context = 打开上面的专用链接，可以逐条表示同意或提出异议（请说明理由）；不答复也可以。链接只供您本人使用，请勿转发。

mail-disposition-open-matter = 意见处理情况公布
mail-disposition-open-ask = 《{ $title }》的意见汇总处理表已公布，可以查阅。
mail-disposition-open-context = 公布内容不含意见提出人的联系方式。

mail-disposition-objected-matter = 对意见处理结果的异议
mail-disposition-objected-ask = 有意见提出人对《{ $title }》的意见处理结果提出异议，请研究处理。
mail-disposition-objected-context = 异议连同原意见和处理结果列在项目的审定页面，随送审材料提交会议。

mail-disposition-a = 采纳
mail-disposition-p = 部分采纳
mail-disposition-n = 不采纳
mail-disposition-m = 合并处理
mail-disposition-q = 待定
mail-disposition-x = 已撤回
