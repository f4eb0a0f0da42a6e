# Files and comments that are looked at first
rounds-files = Files
rounds-files-hint = Data, photographs or drawings: Word, Excel, PDF, pictures or text. They become public with the comment. Choose them again if the form comes back.
reading-files-hint = Files are not kept in this browser: leave this page open until you have sent. They become public with the comment.
rounds-confirm-held = { $n ->
    [one] One comment has arrived. Open the link in the confirmation mail before { $until }; then the secretariat looks at it before it is registered.
   *[other] { $n } comments have arrived. Open the link in the confirmation mail before { $until }; then the secretariat looks at them before they are registered.
}
rounds-held = Confirmed. The secretariat looks at the comments first; once they are registered you get a receipt.
held-title = Comments to look at
held-lead = These comments of the public came without a proof of work or with many links, and are looked at before they are registered. Refused ones are kept and not shown.
held-waiting = { $n ->
    [one] 1 comment to look at
   *[other] { $n } comments to look at
}
held-waiting-list = Waiting
held-refused-list = Refused
held-because = Because:
held-unconfirmed = Address not confirmed yet
held-reason = Reason
held-reason-hint = Needed to refuse; it stands in the ledger.
held-admit = Admit
held-refuse = Refuse
held-admitted = { $n ->
    [one] One comment was admitted.
   *[other] { $n } comments were admitted.
}
held-refused-done = { $n ->
    [one] One comment was refused and kept.
   *[other] { $n } comments were refused and kept.
}
held-none = No comments wait
watch-no-proof = No proof of work
watch-links = Many links
projects-event-comment-files-added = Files added to a comment
projects-event-comments-admitted = Comments admitted
projects-event-comments-refused = Comments refused
projects-event-comments-held = Comments held to be looked at
projects-event-comments-confirmed = Address of held comments confirmed
projects-event-comment-files-sent = Files sent with a comment
unit-title = Comments of the unit
unit-lead = The people of { $unit } write here, each for themselves; the contact checks and submits all at once, with one receipt. Before that nobody outside the unit sees them.
unit-contact = { $name } submits for the unit.
unit-contact-none = The register knows no contact of this unit; ask the secretariat to enter one, who then submits.
unit-answered = The unit has submitted comments before; what is submitted again gets a receipt of its own.
unit-gathered = To be submitted
unit-none = Nobody has written yet
unit-change = Change or drop
unit-save = Save
unit-drop = Drop
unit-write = Write a comment
unit-add = Add
unit-send = Submit all { $n }
unit-send-hint = What is listed above is what goes out; if somebody changes it meanwhile, you are asked to look again.
unit-gone = Submitted and dropped
unit-sent = submitted
unit-dropped = dropped
unit-written = Added to the comments of your unit.
unit-changed = Changed.
unit-was-dropped = Dropped; it can be taken up again.
