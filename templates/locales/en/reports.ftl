# Annual reports and the overview
reports-title = Annual reports
reports-lead-all = Every committee reports to its authority once a year. The figures come from the records of the work itself, and every number opens the records behind it.
reports-lead-own = The figures come from the records of the work; the secretariat checks them and adds the words, the chair signs, and the report goes to the authority.
reports-annual = Annual report { $year }
reports-crumb = { $code } { $name }
reports-year = { $year }
reports-years = Year
reports-own = Reports of my committees
reports-all = Reports of all committees for { $year }
reports-narrow = Narrow by state
reports-none-here = No report stands here
reports-show-all = Show all
reports-not-begun = not begun
reports-standing-all = to be reported
reports-standing-late = late
reports-standing-due = due
reports-standing-in = submitted
reports-standing-returned = returned
reports-standing-accepted = accepted
reports-late-since = Due on { $due }, { $n -> 
    [one] one day late
   *[other] { $n } days late
}
reports-due-on = Due on { $due }
reports-act-write = Write
reports-act-sign = Read and sign
reports-act-submit = Submit
reports-act-decide = Check
reports-act-read = Read

# The page of a report
reports-outline = Contents
reports-ordinal = { $n }.{ " " }
reports-due = Due
reports-files = Print and download
reports-form-html = Print view
reports-form-xlsx = Excel workbook
reports-form-csv = CSV table of figures
reports-form-json = JSON
reports-form-not-made = There is no such form here; take the print view (.html), .xlsx, .csv or .json; official papers also come as .docx and .pdf.
reports-trail = How it came here
reports-trail-written = Saved last by { $who }, { $at }
reports-trail-signed = Signed by { $who }, { $at }
reports-trail-submitted = Submitted { $at }
reports-trail-accepted = Accepted by { $who }, { $at }
reports-trail-returned = Returned by { $who }, { $at }
reports-acts = What to do
reports-turn = It is with: { $who }
reports-reason = What has to be changed
reports-remark = Remark
reports-back = Back to the report
reports-comma = ,{ " " }
reports-stop = .
reports-colon = :{ " " }
reports-table = Table, with last year beside
reports-change = Change
reports-more = { $n } more than last year
reports-less = { $n } less than last year
reports-before = last year { $n }
reports-zero = zero, which it was not last year
reports-zero-long = Zero, which it was not last year. Please make sure that nothing was done rather than nothing recorded.
reports-fell-to-zero = “{ $name }” is zero; last year it was { $n }. Please make sure that the records are complete.
reports-corrected = Corrected; the records give { $computed }. { $reason }
reports-moved = The records have changed since the signature and now give { $n }
reports-note-public = The authority has accepted this report. This is its public part.
reports-note-returned = { $who } returned the report. Please change it and hand it over for signature again.
reports-note-late = This report was due on { $due } and is late.
reports-note-frozen = The figures are those of the signature of { $at } and do not change any more.{ $moved ->
    [0] { "" }
    [one] { " " }The records of one figure have changed since; it says so beside it.
   *[other] { " " }The records of { $moved } figures have changed since; they say so beside them.
}
reports-note-running = The year is not over: the figures show how things stand now and follow the work.
reports-way-write = Written
reports-way-sign = Signed
reports-way-submit = Submitted
reports-way-decide = Accepted

# The parts
reports-part-write = Write
reports-part-edit = Add words
reports-part-empty = Nothing is written here yet.
reports-part-saved = Saved by { $who }, { $at }
reports-part-missing = “{ $part }” has no words yet.
reports-part-words = Words
reports-part-confirm = Figures and words are right
reports-part-confirm-hint = The outline then shows the part as confirmed; it can be taken back.
reports-part-save = Save
reports-part-save-next = Save and go on to the next part
reports-part-kept = “{ $part }” is saved.
reports-part-before = Words of { $year }
reports-part-before-none = Last year’s report has no words here.
report-part-composition = Composition and changes
report-part-hint-composition = Meetings held, why people came and went, preparing the next term. May stay empty.
report-part-field-trends = The field and where it is going
report-part-hint-field-trends = State, needs and trends of the field at home and abroad.
report-part-text-system = The system of texts
report-part-hint-text-system = How complete the system is, gaps and overlaps, how it follows international texts. May stay empty.
report-part-work = Work of the year
report-part-hint-work = Besides texts, comments, reviews and re-examinations: training, advice, popular science, international work.
report-part-results-problems = Results and problems
report-part-hint-results-problems = Main results, problems and what is done about them; why projects were late, returned or failed.
report-part-next-year = Plan for next year
report-part-hint-next-year = Projects to propose, re-examinations, meetings, training.
report-part-sub-committees = Sub-committees and working groups
report-part-hint-sub-committees = What they did. May stay empty where there are none.
report-part-money = Use of money
report-part-hint-money = Sources, spending, what is left. Not shown to the public.
report-part-proposals = Proposals for rewards and penalties
report-part-hint-proposals = For bodies and people. Not shown to the public.
part-state-confirmed = confirmed
part-state-written = written
part-state-auto = auto
part-state-to-write = to write
part-state-optional = may stay empty

# The steps
report-step-hand-to-chair = Hand over for signature
report-step-lead-hand-to-chair = Once the words are there, the chair reads and signs. From then on the secretariat cannot change it. The chair gets a mail.
report-step-done-hand-to-chair = The report is with the chair.
report-step-send-back = Send back for changes
report-step-lead-send-back = Say what has to be changed; the secretariat gets a mail.
report-step-done-send-back = The report is back with the secretariat.
report-step-sign = Sign
report-step-lead-sign = The signature fixes figures and words. The secretariat gets a mail and submits the report.
report-step-done-sign = The report is signed.
report-step-submit = Submit to the authority
report-step-lead-submit = The chair has signed. The authority gets a mail.
report-step-done-submit = The report is with the authority.
report-step-accept = Accept
report-step-lead-accept = The report is filed and its public part shown on the committee’s page. Secretariat, chair and host get a mail.
report-step-done-accept = The report is accepted.
report-step-return = Return for changes
report-step-lead-return = Say what has to be changed; secretariat and chair get a mail. It has to be signed and submitted again.
report-step-done-return = The report is returned.

# Records behind a figure, and corrections
reports-records-title = { $n ->
    [one] One record
   *[other] { $n } records
} behind it
reports-records-none = There is no such record in this year
reports-sum = { $n } together
reports-siblings = Figures of the same kind
reports-corrections = Corrections
reports-correction = Corrected from { $from } to { $to }
reports-correction-withdrawn = Correction withdrawn; the computed { $n } stands
reports-correction-kept = The correction is kept beside the computed figure.
reports-correct-open = Correct this figure
reports-correct-lead = Where a record is wrong or missing, put the record right and the figure follows. If the figure itself has to be corrected, say why; the computed number stays and the correction stands beside it.
reports-correct-value = The number that should stand
reports-correct-hint = The records give { $n }.
reports-correct-hint-again = The records give { $n }. Leave it empty to withdraw the correction.
reports-correct-reason = Why
reports-correct = Keep the correction

# Sheets and print
reports-sheet-figures = Figures
reports-sheet-words = Words
reports-column-group = Group
reports-column-computed = Computed
reports-column-reason = Reason of the correction
reports-column-key = Key
reports-column-day = Day
reports-column-record = Record
reports-column-count = Counts
reports-column-address = Address
reports-column-part = Part
reports-column-words = Words
reports-column-code = Code
reports-column-committee = Committee
reports-column-before = { $name }, last year
reports-column-state = State
reports-column-submitted = Submitted
reports-column-report = Report
reports-column-next = Next
reports-column-note = Note
reports-overdue-now = Overdue now
reports-sign-secretariat = Written and submitted by the secretariat
reports-sign-chair = Signed by the chair
reports-sign-authority = Decided by the authority
reports-annex = Annex: statistics
reports-print-nothing = None.
reports-made = Made by Quanheng, { $at }.

# The overview
overview-title = Overview
overview-print = Overview { $year }
overview-sheet = Overview { $year }
overview-lead =
    { $n ->
        [one] One committee, { $year } beside the year before; what runs is as of { $today }.
       *[other] { $n } committees, { $year } beside the year before; what runs is as of { $today }.
    }
overview-year = The year { $year }
overview-reports = Annual reports { $year }
overview-reports-all = All reports
overview-standing = Where projects stand now
overview-total = All
overview-overdue = Overdue
overview-all = All committees
overview-nothing-runs = No project is running.
overview-brought = What { $year } brought
overview-share = On time
overview-report = Report
overview-nothing-brought = There is no record of this year.
overview-legend = ▲▼ compare with the year before. On time is the share of published projects that kept their day, rounded down. Every number opens its records.
overview-silent = { $n ->
    [one] One more committee has
   *[other] { $n } more committees have
} no record in these two years

# Figures: groups, sentences, where they come from
figure-group-projects = Projects
figure-nothing-projects = There is no record of projects in this year.
figure-group-comments = Comments
figure-nothing-comments = No comment round opened in this year.
figure-group-reviews = Reviews
figure-nothing-reviews = No review was held in this year.
figure-group-texts = Texts
figure-nothing-texts = No text is in force, and none was published or abolished.
figure-group-reexaminations = Re-examinations
figure-nothing-reexaminations = Nothing was re-examined in this year.
figure-group-members = Members
figure-nothing-members = There is no record of members.
figure-says-suggested = { $n } suggested
figure-how-suggested = Suggestions to make or revise a text, by the day they came in; re-examinations and abolitions are counted apart.
figure-says-planned = { $n } put into a plan
figure-how-planned = Projects put into a plan in the year, by the day of the decision or of the plan itself.
figure-says-running = { $n } running at the end of the year
figure-how-running = Projects that had not ended when the year did; for the running year, now.
figure-says-on-time = { $n } finished on time
figure-how-on-time = Projects published in the year by the day that was due then, extensions included.
figure-says-late = { $n } finished late
figure-how-late = Projects published in the year after the day that was due then.
figure-says-overdue = { $n } overdue at the end of the year
figure-how-overdue = Projects still running when the year ended though their day had passed; the day shown is that one.
figure-says-extended = { $n } extended
figure-how-extended = Extensions granted in the year.
figure-says-given-up = { $n } given up
figure-how-given-up = Projects cancelled, lapsed, withdrawn, refused or merged in the year.
figure-says-returned = { $n ->
    [one] a dossier returned once
   *[other] dossiers returned { $n } times
}
figure-how-returned = How often the authority returned a dossier in the year.
figure-says-rounds = { $n ->
    [one] one comment round
   *[other] { $n } comment rounds
}
figure-how-rounds = Comment rounds by the day they opened.
figure-says-comments = { $n ->
    [one] one comment
   *[other] { $n } comments
}
figure-how-comments = Confirmed comments of those rounds, late ones included.
figure-says-treated = { $n } of them treated
figure-how-treated = Comments that have been settled.
figure-says-accepted = { $n } accepted, in part included
figure-how-accepted = Comments accepted, in part included.
figure-says-late-comments = { $n } came late
figure-how-late-comments = Comments that came after closing; they are kept and marked.
figure-says-reviews = { $n ->
    [one] one review
   *[other] { $n } reviews
}
figure-how-reviews = Reviews whose votes were counted in the year, at meetings and by letter.
figure-says-passed = { $n } passed
figure-how-passed = Reviews with quorum and majority.
figure-says-failed = { $n } failed
figure-how-failed = Reviews with a quorum and without the majority.
figure-says-invalid = { $n } without quorum
figure-how-invalid = Reviews without a quorum.
figure-says-attendance = { $n ->
    [one] one member present in all
   *[other] { $n } members present in all
}
figure-how-attendance = Members present or answering, summed over the reviews.
figure-says-expected = { $n ->
    [one] one member expected in all
   *[other] { $n } members expected in all
}
figure-how-expected = Members on the roll, summed over the reviews.
figure-says-yes = { $n ->
    [one] one vote for
   *[other] { $n } votes for
}
figure-how-yes = Votes for, summed over the reviews.
figure-says-no = { $n } against
figure-how-no = Votes against, summed over the reviews.
figure-says-abstentions = { $n ->
    [one] one abstention
   *[other] { $n } abstentions
}
figure-how-abstentions = Abstentions, summed over the reviews.
figure-says-published = { $n ->
    [one] one text published
   *[other] { $n } texts published
}
figure-how-published = Texts of the committee by the day they were issued.
figure-says-stock = { $n } in force at the end of the year
figure-how-stock = Texts in force when the year ended, neither abolished nor wholly replaced; the day is that on which they came into force.
figure-says-abolished = { $n } abolished
figure-how-abolished = Texts abolished in the year.
figure-says-host-drafts = { $n } drafted by the host
figure-how-host-drafts = Projects in hand in the year whose text the secretariat's host drafts; people of other units do the secretariat's work there.
figure-says-reexaminations-due = { $n ->
    [one] one re-examination due
   *[other] { $n } re-examinations due
}
figure-how-reexaminations-due = Re-examinations that fell due and were opened in the year.
figure-says-reexaminations-done = { $n } finished
figure-how-reexaminations-done = Re-examinations decided in the year: confirmed, to be revised or to be abolished.
figure-says-members = { $n ->
    [one] one member at the end of the year
   *[other] { $n } members at the end of the year
}
figure-how-members = Voting members when the year ended, chair and vice-chairs included; the day is that of the appointment.
figure-says-appointed = { $n } appointed
figure-how-appointed = Voting members who came in the year; those who went on from an earlier seat are not counted.
figure-says-left = { $n } left
figure-how-left = Voting members who left in the year; those who went on in another seat are not counted.
