# The comment desk
rdesk-title = Comment desk
rdesk-overview = Overview
rdesk-total = Comments
rdesk-open = To settle
rdesk-late = Late
rdesk-objected = Objected to
rdesk-part = { $what } { $n }
rdesk-part-open = To settle { $n }
rdesk-by-status = Disposition
rdesk-by-clause = Busiest clauses
rdesk-by-kind = Kind
rdesk-by-source = Source
rdesk-search = Find in comments, reasons, units
rdesk-found = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
rdesk-same-as = Same as no. { $n }
rdesk-alike = { $n } comments say the same
rdesk-none = No comments have come in yet
rdesk-no-hit = No comment matches
rdesk-keys = Keys: j/k next and previous, a accept, p partly, n reject, m merge, d pending, r reason.
rdesk-caption = Table of comments and dispositions, by clause
rdesk-pick = Select
rdesk-pick-one = Select no. { $n }
rdesk-pick-all = Select all comments on this page
rdesk-all = All
rdesk-who = From
rdesk-reason = Reason given
rdesk-reason-hint = required where partly accepted or rejected
rdesk-group = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
rdesk-group-open = { $n } to settle
rdesk-settle = Settle
rdesk-again = Change
rdesk-merged = Merge into no.
rdesk-changed-later = Not yet known
rdesk-save = Save
rdesk-save-next = Save and go on
rdesk-bulk = Settle the selection
rdesk-bulk-save = Settle the selection
rdesk-settled = No. { $n }: { $what }.
rdesk-settled-many = { $n ->
    [one] { $n } comment settled: { $what }.
   *[other] { $n } comments settled: { $what }.
}
rdesk-stale = Somebody has just settled this comment. What you typed is kept below; look at the present disposition and save again if needed.
rdesk-is-hidden = Not public
rdesk-admit = Admit the late comment
rdesk-admit-hint = An admitted comment counts and must be settled like the others. Say why, for instance safety.
rdesk-admitted = Late comment no. { $n } was admitted.
rdesk-hide = Hide from the public
rdesk-hide-hint = The public no longer sees its words; number and disposition stay. Say why.
rdesk-hidden = No. { $n } is no longer public.
rdesk-show = Show to the public again
rdesk-show-hint = No reason is needed to show it again.
rdesk-shown = No. { $n } is public again.
disposition-choice-a = Accept
disposition-choice-p = Accept in part
disposition-choice-n = Reject
disposition-choice-m = Merge
disposition-choice-q = Pending
disposition-choice-x = Withdrawn by its author
reaction-agrees = Agrees with the answer
reaction-objects = Objects to the answer

# A commenter's own comments
mine-title = My comments
mine-running = The round is running. Until a comment is settled it can be changed or withdrawn. You get a mail when the answers are public.
mine-waiting = The comments are being settled. You get a mail when the answers are public, and find them here.
mine-aborted = This round was broken off; the comments are kept.
mine-answered = The answers are public. You may agree with each or object to it, or leave it; objections go to the review meeting with its papers.
mine-until = Answer until
mine-question = The answer to this comment
mine-agree = I agree
mine-object = I object
mine-object-send = Object
mine-note = Reasons
mine-note-hint = Say why; data and literature help.
mine-agreed = Noted: you agree with the answer.
mine-objected = Your objection is noted and goes to the review meeting.
mine-edit = Change
mine-edited = The comment was changed.
mine-withdraw = Withdraw
mine-withdraw-hint = A withdrawn comment is no longer settled; its text is kept for the record and not shown to the public.
mine-forget = Delete my name, unit and mail address as well
mine-withdrawn = The comment was withdrawn.

# Import
rimport-title = Take a table of comments in
rimport-hint = Word, Excel or CSV, among them the table of dispositions and the ISO template. Rows of an exported table update dispositions by their identity; rows without one are entered as new comments. The same file twice changes nothing.
rimport-file = File
rimport-source = How the comments came
rimport-received = Received on
rimport-button = Import
rimport-done = { $created } entered, { $changed } updated, { $unchanged } unchanged, { $bad } rows not used.
rimport-bad = Rows not used
rimport-doubtful = Taken in, please check
rimport-notes = How the file was read
rimport-line = Row
rimport-column = Column
rimport-why = Why
rimport-whole-row = Whole row
rimport-back = Back to the desk
