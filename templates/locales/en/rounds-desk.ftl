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
rdesk-alike =
    { $n ->
        [one] One comment says the same
       *[other] { $n } comments say the same
    }
rdesk-files = Files:
rdesk-none = No comments have come in yet
rdesk-no-hit = No comment matches
rdesk-keys = Keys, once a comment is clicked: j/k next and previous, a accept, p partly, n reject, m merge, d pending, r reason.
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
rdesk-more = Notes and more
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
rimport-title = Import tables of comments
rimport-hint = Choose one or several Word, Excel or CSV files, among them the table of dispositions and the ISO template. Rows of an exported table update the disposition by identity, all others are entered as new comments; doubtful rows wait apart and keep no other row and no other file. The same file twice changes nothing.
rimport-file = Files
rimport-source = Source of the comments
rimport-received-on = Received on
rimport-sender = Sent by (unit or person)
rimport-sender-hint = Used where the table names nobody; the headings are remembered for this sender
rimport-address = Address of the sender
rimport-address-hint = The marked table goes there once every row is decided
rimport-unknown-clause = Where the draft has no such clause
rimport-unknown-wait = let the row wait
rimport-unknown-whole = enter it as on the whole text, with the reference before the comment
rimport-button = Import
rimport-taken =
    { $n ->
        [one] One file was received.
       *[other] { $n } files were received.
    }
rimport-taken-some =
    { $n ->
        [one] One file was received. Not read: { $refused }
       *[other] { $n } files were received. Not read: { $refused }
    }
rimport-refused-one = { $file } ({ $why })
rimport-list = Imported tables
rimport-list-lead = Each file stands for itself; while rows wait, the treatment of comments cannot be completed.
rimport-list-none = No table was imported yet
rimport-list-file = File
rimport-list-sender = Sender
rimport-list-state = State
rimport-list-rows = Rows
rimport-at = { $at }
rimport-parts = { $parts }
rimport-waits =
    { $n ->
        [one] One row waits
       *[other] { $n } rows wait
    }
rimport-columns-open = Columns to be named
import-state-columns = Columns to be named
import-state-entering = Being entered
import-state-read = Done
import-state-undone = Taken back
import-row-state-entered = entered
import-row-state-changed = updated
import-row-state-unchanged = known, unchanged
import-row-state-waiting = waits
import-row-state-thrown = not entered
rimport-entering = Being entered: { $done } of { $of } rows done
rimport-entered = { $done } done
rimport-to-enter = { $n } to go
rimport-entering-hint = A long table enters portion by portion, so that others can work meanwhile; it goes on when you leave this page.
rimport-entering-again = Look again
rimport-waiting-more = The first { $shown } are shown; { $n } more follow as these are decided.
rimport-rows-more = { $n } more rows: see the marked copy.
rimport-done = { $created } entered, { $changed } updated, { $unchanged } unchanged, { $bad } wait, { $thrown } not entered.
rimport-told = The marked table was sent to { $address } on { $at }.
rimport-copy = Download the marked table
rimport-columns-title = What the columns are
rimport-columns-hint = The headings of the file with their first cells. When you have chosen, the rows enter; the next table of this sender is read alike.
rimport-columns-save = Enter the rows
rimport-columns-said = The columns are remembered and the rows were taken in.
rimport-column-missing = No column is “{ $column }”
rimport-column-twice = Two columns have the same meaning
rimport-heading-none = Column { $n } (no heading)
rimport-leave-aside = leave aside
rimport-sample = For instance: { $cells }
rimport-sample-none = This column is empty
rimport-bad = Rows that wait
rimport-bad-lead = Put a row right and enter it, or leave it out with a reason. The sender is told once all are decided.
rimport-line-n = Row { $n }
rimport-at-column = { $column }: { $why }
rimport-mend = Put right
rimport-mend-save = Enter
rimport-mend-whole = Enter as on the whole text
rimport-throw = Leave out
rimport-throw-reason = Why it is left out (the sender reads it)
rimport-mended = Row { $line } was entered.
rimport-still-waits = Something is still wrong with row { $line }; your changes were kept.
rimport-thrown = Row { $line } is left out; the reason was recorded.
rimport-thrown-rows = Rows left out
rimport-undo = Take this table back
rimport-undo-hint = Comments that this table entered and nobody has treated are deleted, and waiting rows are left out; treated comments and rulings stay. The file stays among the documents of the project and can come in again once it is put right.
rimport-undo-reason = Why it is taken back
rimport-undo-button = Take back
rimport-undone = Taken back: { $gone } comments that nobody had treated are gone, { $kept } treated ones stay.
rimport-doubtful = Entered, please check
rimport-notes = Notes on reading
rimport-line = Row
rimport-comment = Comment
rimport-why = Why
rimport-back = Back to the comments
rimport-mark = What became of it
rimport-mark-entered = { $state }, comment no. { $n }
rimport-mark-thrown = not entered: { $why }
rimport-mark-waiting = waits: { $why }
rimport-mark-left-out = not read as a comment
rdesk-proposed = Proposed, not confirmed
rdesk-nobody = Nobody
rdesk-mine = Mine
rdesk-by-owner = Looked after by
rdesk-owner = Looked after by
rdesk-assign = Assign
rdesk-assigned =
    { $n ->
        [one] One comment was assigned.
       *[other] { $n } comments were assigned.
    }
rdesk-confirm = Confirm the proposals
rdesk-confirmed =
    { $n ->
        [one] One disposition was confirmed.
       *[other] { $n } dispositions were confirmed.
    }
rdesk-note = Internal note
rdesk-note-hint = Only those who settle comments read it; it is never public and in no export.
rdesk-noted = A note was added to no. { $n }.
rdesk-gather =
    { $n ->
        [one] Merge the one other of the same words into this
       *[other] Merge the { $n } others of the same words into this
    }
rdesk-gather-hint = One answer to all; each author is answered, and the number of supporters is kept.
rdesk-gathered =
    { $n ->
        [one] One comment of the same words was merged into no. { $into }.
       *[other] { $n } comments of the same words were merged into no. { $into }.
    }
rdesk-merged-into =
    { $n ->
        [one] One more merged into it, from { $units } units or persons
       *[other] { $n } more merged into it, from { $units } units or persons
    }
rdesk-substantive = Substantive
rdesk-wording = Editorial
rdesk-weight = Weight
rdesk-weight-later = not said
rdesk-stock = Reasons in stock
rdesk-stock-number = Reason in stock no.
rdesk-stock-one = Reason { $n }
rdesk-stock-hint = Its number in the form of a comment brings a reason in, to be changed there. Saving an empty one takes it out of stock; answers given keep their words.
rdesk-stock-new = New reason
rdesk-stock-add = Add
rdesk-stock-save = Save
rdesk-stock-kept = The reasons in stock were saved.
matrix-title = Sources and dispositions
matrix-lead = Rows are the sources of comments, columns how they were settled; the figures are those of the exported table.
matrix-by-class = By author
matrix-by-source = By way of receipt
matrix-who = Author
matrix-way = Way
matrix-open = Open
matrix-all = Total
iso-title = ISO template for comments
iso-legend = Type: ge general, te technical, ed editorial.
iso-column-mb = MB/NC
iso-column-line = Line number
iso-column-clause = Clause/Subclause
iso-column-element = Paragraph/Figure/Table
iso-column-type = Type of comment
iso-column-comments = Comments
iso-column-change = Proposed change
iso-column-observations = Observations of the secretariat
