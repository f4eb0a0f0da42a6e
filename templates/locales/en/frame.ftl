# The frame, common buttons, words of forms and components
frame-name = Quanheng
frame-tagline = Metrological specifications and their committees
frame-skip = Skip to content
frame-demo = Demonstration: people, comments and votes are invented; no mail leaves this machine.
frame-search = Search
frame-search-label = Search specifications, projects, comments
frame-search-hint = Number, title or words
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-theme-auto = Appearance: as the system says; press for dark
frame-theme-dark = Appearance: dark; press for light
frame-theme-light = Appearance: light; press to follow the system
frame-crumbs = You are here
frame-footer = Quanheng 权衡: the whole life of metrological technical specifications. All times are China Standard Time (UTC+8).
frame-help = Help
frame-api = Open API
frame-feeds = Feeds

nav-main = Main navigation
nav-desk-label = Work navigation
nav-specifications = Specifications
nav-consultations = Consultations
nav-proposals = Proposals
nav-committees = Committees
nav-announcements = Announcements
nav-desk = My tasks
nav-projects = Projects
nav-ballots = Ballots
nav-meetings = Meetings
nav-reports = Reports
nav-overview = Overview
nav-outbox = Mail
nav-ledger = Ledger
nav-admin = Administration

flash-plain = Note
flash-info = Note
flash-good = Done
flash-warn = Attention
flash-bad = Not done

button-back = Back
button-cancel = Cancel
button-continue = Continue
button-delete = Delete
button-download = Download
button-edit = Edit
button-export = Export
button-filter = Filter
button-preview = Preview
button-print = Print
button-save = Save
button-send = Send
button-submit = Submit
button-view = View

list-comma = {", "}
list-colon = {": "}
count-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
data-none = Not given

beam-label = Present stage
beam-done = (done)
beam-current = (present stage)
beam-ahead = (not begun)
beam-skipped = (not on this path)
revisions-label = Drafts

deadline-days = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}
deadline-hours = { $n ->
    [one] { $n } hour left
   *[other] { $n } hours left
}
deadline-live = {"{"}h{"}"} h {"{"}m{"}"} min left
deadline-over = { $n ->
    [one] { $n } day overdue
   *[other] { $n } days overdue
}
deadline-just-over = Closed

draft-unsaved = Kept in this browser, not submitted yet.
draft-restored = Restored from this browser, not submitted yet.

turn-title = Who acts now
turn-mine = It is your turn

rule-rule = Rule
rule-confirmed = confirmed
rule-source-own = Default of this system
rule-unconfirmed = unconfirmed
mark-c = C: the text of the rule was read
mark-s = S: said by a source document
mark-a = A: by analogy with a neighbouring regime
mark-r = R: from memory, no text read
mark-d = D: default of this product
rules-caption = Rule values
rules-rule = Rule
rules-value = Value
rules-source = Source
rules-mark = Certainty
rules-from = In use since
rules-no-source = No source
rules-overridden = Set by the committee

move-allowed = Open to you
move-refused = Not yet
move-conditions = Conditions
move-mails = Mail will go to
move-preview = See the letter
move-clocks = Deadlines that follow
move-no-mail = This step sends no mail.
condition-met = Met:
condition-unmet = Not met:
condition-mend = Put it right

board-label = Projects by stage, scrolls sideways
board-nil = No project
board-turn = Next:{" "}
board-more = { $n } more

filters-label = Filters
filters-remove = Remove filter
filters-clear = Clear all
pager-label = Pages
pager-shown = { $first } to { $last } of { $total }
pager-previous = Previous
pager-next = Next

faults-title = { $n ->
    [one] One thing needs to be put right
   *[other] { $n } things need to be put right
}
field-needed = required

disposition-a = Accepted
disposition-p = Partly accepted
disposition-n = Not accepted
disposition-m = Merged
disposition-q = Pending
disposition-x = Withdrawn
disposition-l = Late
disposition-mark-a = A
disposition-mark-p = P
disposition-mark-n = N
disposition-mark-m = M
disposition-mark-q = Q
disposition-mark-x = X
disposition-mark-l = L
disposition-proposed = proposed
disposition-text-changed = text changed
disposition-text-kept = text not changed
comment-late = Late
comment-proposal = Proposed wording
comment-support = { $n ->
    [one] { $n } supporter
   *[other] { $n } supporters
}

vote-yes = In favour
vote-no = Against
vote-abstain = Abstained
vote-recused = Recused
vote-voted = Voted
vote-silent = No vote
vote-was = (was:{" "}
vote-was-end = )

history-detail = Details
history-for = on behalf of
history-hash = Record hash
files-needed = Required, still missing
files-optional = Optional, not supplied
files-upload = Upload
files-replace = New version
letter-from = From
letter-to = To
letter-subject = Subject
letter-at = Time
letter-state = State
letter-files = Files
letter-reason = Why this letter:
compare-same = Unchanged
compare-changed = Changed
compare-moved = Moved
compare-new = New
compare-gone = Removed
compare-causes = Caused by:
compare-folded = { $n ->
    [one] One unchanged clause is folded.
   *[other] { $n } unchanged clauses are folded.
}
validity-instead = Use instead:

error-title-400 = The request was not understood
error-text-400 = The address or the form is incomplete. Go back, check it and try again.
error-title-401 = Please sign in
error-text-401 = This page is open to people who are signed in. You will return here afterwards.
error-title-403 = This is not open to you
error-text-403 = If you think it should be, write to the secretariat of the committee or to the administrator.
error-title-404 = There is no such page
error-text-404 = The address may be wrong, or the content is not public to you. Search above for specifications and projects.
error-title-406 = Not in this form
error-title-409 = Things have changed
error-text-406 = What was asked for is not made in this form; take another one.
error-text-409 = Somebody else has just acted, or the present state does not allow this. Go back, reload and try again.
error-title-413 = The file is too large
error-text-413 = What was sent is beyond the limit, and nothing of it was kept. Go back (what you typed is still there), then shorten, compress or split it and send it again.
error-title-422 = Something needs to be put right
error-text-422 = The form holds values that are not acceptable. Go back, put them right and submit again.
error-title-429 = Too many requests
error-text-429 = Please wait a moment and try again.
error-title-500 = Something went wrong here
error-text-500 = The fault has been recorded; what you entered may not have been saved. Try again later, and give the number below if you ask for help.
error-title-503 = Busy for a moment
error-text-503 = Please try again shortly; what you have submitted is safe.
error-title-507 = The disk is full
error-text-507 = There is no room left on this site's disk, so nothing was kept. Keep what you entered below and tell the administrator; it can be sent again once there is room.
error-request = Request number
error-home = Back to the start page
