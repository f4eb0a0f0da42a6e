# The text of a draft read, corrected and compared by clause.
text-state-read = Read, not looked at yet
text-state-corrected = Corrected
text-state-typed = Typed
text-state-unreadable = Not readable by clause
text-fault-password = The file is locked with a password. Upload one without, or type the text.
text-fault-broken = The file is damaged. Save it anew in the program it came from and upload it again, or type the text.
text-fault-too-large = Unpacked the file is too large to be read.
text-fault-other-format = This kind of file cannot be read by clause. Word (docx), PDF and plain text can.
text-fault-empty = The file holds no words.
doubt-gap = Number out of sequence
doubt-twice = Number used twice
doubt-maybe-heading = Perhaps a heading without a number
doubt-maybe-text = Perhaps running text that begins with a number
doubt-unnumbered = Table or figure without a number
doubt-picture = Formula or table as a picture
doubt-lost-formula = The number of a formula stands alone: the formula itself was not read, see the original
doubt-unreadable = Words that cannot be read
doubt-text-box = Text box, place unknown
doubt-nested = Nested table written out as words
margin-kind-inserted = Tracked insertion
margin-kind-deleted = Tracked deletion
margin-kind-remark = Remark
drafts-version = { $kind }, version { $n }
drafts-clauses = { $n ->
    [one] { $n } clause
   *[other] { $n } clauses
}
drafts-frozen = Final
drafts-frozen-note = This draft is final; its clauses no longer change.
drafts-unread = Not read by clause yet
drafts-unread-text = This file has not been read by clause since it was uploaded.
drafts-unreadable = The file is kept, but it cannot be read by clause
drafts-read-now = Read it now
drafts-original = Download the original
drafts-read =
    { $clauses ->
        [one] One clause read, { $doubts } { $doubts ->
            [one] place
           *[other] places
        } to look at.
       *[other] { $clauses } clauses read, { $doubts } { $doubts ->
            [one] place
           *[other] places
        } to look at.
    }
drafts-not-read = The file is kept, but it cannot be read by clause: { $why }
drafts-typed =
    { $clauses ->
        [one] One clause typed, { $doubts } { $doubts ->
            [one] place
           *[other] places
        } to look at.
       *[other] { $clauses } clauses typed, { $doubts } { $doubts ->
            [one] place
           *[other] places
        } to look at.
    }
drafts-doubts = Places to look at
drafts-doubts-lead = What the machine is not sure of. Tick what is right; correct the clause where it is not.
drafts-see = See { $place }
drafts-settle = The chosen places are right
drafts-settle-none = Nothing was ticked.
drafts-settled = { $n ->
    [one] { $n } place confirmed.
   *[other] { $n } places confirmed.
}
drafts-margin = Tracked changes and remarks in the file
drafts-margin-lead = What you tick is entered as comments of the running round.
drafts-margin-wait = They can be entered as comments once a round is open.
drafts-margin-enter = Enter the chosen ones as comments
drafts-margin-entered = { $n ->
    [one] { $n } comment entered.
   *[other] { $n } comments entered.
}
drafts-margin-inserted = Tracked in the file: “{ $words }” inserted.
drafts-margin-deleted = Tracked in the file: “{ $words }” deleted.
drafts-margin-about = About “{ $words }”:
drafts-contents = Contents
drafts-table = Table, scrolls sideways
drafts-picture-formula = (formula not read as text, see the original)
drafts-figure = [Figure, see the original]
drafts-edit = Correct
drafts-edit-whole = Correct the whole text
drafts-edit-clause = Correct { $clause }
drafts-edit-lead = The original file stays as it is; what is corrected here are the clauses read out of it.
drafts-box = Text of the clauses
drafts-save = Save
drafts-saved = The clauses are saved.
drafts-stale = Somebody else has just saved a change. Your words are still in the box below; compare them with the present text and save again.
drafts-how = How to type clauses
drafts-how-text = One paragraph a line. A line that begins with a number is the heading of a clause, such as “5.2 Metrological performance”; the lines after it are what the clause says. Where the machine sees it wrongly, begin the line with a sign: # a heading (more of them: deeper), \ running text, | a row of a table (cells divided by |), $ a formula, ![words] a figure. A \ at the end of a line joins it to the next.
drafts-new = Type a text
drafts-new-lead = Clause by clause, without a file. What you type is stored as the original.
drafts-new-save = Enter
drafts-read-clauses = Read by clause
projects-event-text-read = File read by clause
projects-event-text-unreadable = File not readable by clause
projects-event-text-corrected = Clauses corrected
projects-event-text-looked-at = Clauses looked at
projects-event-margin-entered = Tracked changes and remarks entered as comments
drafts-kept = { $kept } { $read }
relation-same = Unchanged
relation-moved = Moved
relation-reworded = Reworded
relation-moved-reworded = Moved and reworded
relation-removed = Removed
relation-new = New
drafts-compare = Versions compared
drafts-compare-now = Compare
drafts-from = From
drafts-to = To
drafts-inline = Show in one column
drafts-side-by-side = Show side by side
drafts-changed = { $n ->
    [one] { $n } clause changed
   *[other] { $n } clauses changed
}
drafts-changed-none = The clauses of both versions are the same.
drafts-unchanged = { $range }: { $n ->
    [one] { $n } clause
   *[other] { $n } clauses
} unchanged
drafts-unsure = { $n ->
    [one] { $n } clause cannot
   *[other] { $n } clauses cannot
} be matched for certain; please decide
drafts-unsure-mark = Match to be decided
drafts-other-version = { $number } { $own }
drafts-mapping = Match clauses
drafts-mapping-lead = Between { $old } and { $new } the machine matches only what is unique; people decide the rest.
drafts-mapping-done = No clause waits for a decision.
drafts-became = In the new version it is
drafts-came-from = In the old version it was
drafts-is-removed = Removed
drafts-is-new = A new clause
drafts-other-clause = Another clause
drafts-decide = Decide
drafts-decided = The match is decided.
projects-event-clause-link-decided = Match of clauses decided
drafts-compare-with = Compare with { $other }
fate-given = Where it was made
fate-same = Unchanged
fate-moved = Moved
fate-changed = Reworded
fate-removed = Clause removed
fate-ask = To be decided
history-title = Why does it say this: { $clause }
history-why = History of the clause
history-opinions = Comments on this clause
history-votes = Votes on this version
history-voted = { $purpose }, ended { $at }
history-voting = { $purpose }, until { $at }
places-title = Comments in the new version
places-lead = Comments follow their clauses into the new version; what is not certain does not move by itself, please decide.
places-count = { $fate } { $n }
places-none = No place of a comment to look at
places-none-text = There is no newer version read by clause since this round, or no comment names a clause.
places-where = In the new version this comment belongs to
places-decided = The place is decided.
projects-event-comments-followed = Comments followed their clauses into a new version
projects-event-comment-place-decided = Place of a comment in the new version decided
