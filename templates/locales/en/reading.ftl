# Reading a draft and commenting on it.
reading-title = Read the draft
reading-open = Read and comment by clause
reading-to-round = About this consultation
reading-unread = This draft has not been read by clause
reading-unread-text = Download the original and comment by page or clause number on the page of the consultation.
reading-comments = { $n ->
    [one] comment
   *[other] comments
}
reading-say = Comment
reading-say-whole = Comment on the whole text
reading-about = This is the present wording of the clause. It stands in “proposed wording” already; change it there, or leave it and nothing is proposed.
reading-unsent = { $n ->
    [0] 0 comments not sent yet
   *[other] { $n } comments not sent yet
}
reading-keep = Kept in this browser, not sent yet
reading-failed = Nothing was sent; your comments are still kept in this browser. Please try again later.
reading-empty = Please write the comment itself.
reading-propose = Propose other wording
reading-preview = What changes
reading-done = Keep
reading-drop = Remove
reading-send-all = Send all
