# Comment rounds, comments, dispositions.

mail-round-opened-matter = Call for comments
mail-round-opened-ask = Please comment on “{ $title }” ({ $draft }) by { $due }; if you have no comment, please answer “no comment”.
mail-round-opened-context = You may comment clause by clause or on the whole text. A weighty objection to the technical content should come with reasons and data. The drafting unit treats each comment, and you will be told the result.

mail-round-reopened-matter = Second call for comments
mail-round-reopened-ask = Please comment again on “{ $title }” ({ $draft }) by { $due }.
mail-round-reopened-context = The draft was changed considerably after the last consultation. Earlier comments and how they were treated can still be read there; please say what remains open.

mail-round-extended-matter = Consultation extended
mail-round-extended-ask = The consultation on “{ $title }” was extended to { $due }; if you have not answered yet, please comment before then.
mail-round-extended-context = Comments already given stand; you may change or add to them until the deadline.

mail-round-reminder-matter = Your comments are awaited
mail-round-reminder-ask = You have not answered yet; please comment on “{ $title }” ({ $draft }) by { $due } or answer “no comment”.
mail-round-reminder-context = “No comment” and “cannot answer in time, because …” both count as an answer and take one step on the page.

mail-comment-confirm-matter = Confirm your address to submit your comments
mail-comment-confirm-ask = Please open the link below by { $due } to confirm your address; only then are your comments on “{ $title }” submitted.
mail-comment-confirm-context = These are the comments you entered. If it was not you, ignore this mail and nothing is submitted. The link works once.

mail-comment-received-matter = Comments received
mail-comment-received-ask = Your comments on “{ $title }” have been received under receipt number { $receipt }. There is nothing further for you to do now.
mail-comment-received-context = After the deadline the drafting unit treats each comment, and you will be mailed the result with its reason.

mail-comment-held-matter = Comments wait to be looked at
mail-comment-held-ask = Your comments on “{ $title }” are confirmed. The secretariat looks at them first; there is nothing further for you to do now.
mail-comment-held-context = Once they are registered you get a receipt. Should they not be registered, you are told the reason.

mail-comment-refused-matter = Comments not registered
mail-comment-refused-ask = The secretariat looked at your comments on “{ $title }” and did not register them; the reason is below.
mail-comment-refused-context = While the consultation runs you may send comments on the draft anew on its page. Please turn to the secretariat with questions.

mail-table-returned-matter = Your table of comments was entered
mail-table-returned-ask = Your table of comments on “{ $title }” ({ $draft }) was entered with { $n-comments } comments; nothing is asked of you now.
mail-table-returned-context = The private link above downloads your table with a column that says what became of each row. Rows that were left out follow with the reason; please turn to the secretariat with questions.

mail-comment-digest-matter = New comments
mail-comment-digest-ask = “{ $title }” received { $n-comments ->
    [one] one new comment
   *[other] { $n-comments } new comments
}; please read them.
mail-comment-digest-context = Comments are treated together after the deadline; until then you may note a proposed treatment on the page.

mail-round-closed-matter = Consultation closed
mail-round-closed-ask = { $audience ->
    [drafters] The consultation on “{ $title }” has closed; please treat the comments and submit the review draft by { $due }.
   *[other] The consultation on “{ $title }” has closed; please see that the drafting unit has treated the comments by { $due }.
}
mail-round-closed-context = Every comment needs a result; a partly accepted or not accepted one needs a reason.

mail-round-aborted-matter = Consultation broken off
mail-round-aborted-ask = The consultation on “{ $title }” was broken off; please send no comments for now.
mail-round-aborted-context = The reason is below. Comments already given are kept; you will be told when a new consultation opens.

mail-disposition-published-matter = How your comments were treated
mail-disposition-published-ask = Your comments on “{ $title }” have been treated; please read the results.
mail-disposition-published-context = Under the private link above you may agree with each answer or object to it with reasons; you need not answer. The link is yours alone, please do not pass it on.

mail-disposition-open-matter = Treatment of comments published
mail-disposition-open-ask = The table of comments on “{ $title }” and their treatment is published and can be read.
mail-disposition-open-context = It does not show how to contact those who commented.

mail-disposition-objected-matter = Objection to the answer to a comment
mail-disposition-objected-ask = Somebody who commented on “{ $title }” objects to the answer; please look into it.
mail-disposition-objected-context = The objection stands with comment and answer on the project's review page and goes to the meeting with the papers.

mail-disposition-a = Accepted
mail-disposition-p = Partly accepted
mail-disposition-n = Not accepted
mail-disposition-m = Merged with another comment
mail-disposition-q = Pending
mail-disposition-x = Withdrawn
