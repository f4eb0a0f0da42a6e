# Desk, board and suggestions
desk-title = My desk
desk-lead = { $n } in all.
desk-new = Propose a project
desk-board = Board
desk-nothing = Nothing waits for you
desk-nothing-text = When it is your turn, it will be listed here with its deadline, and a mail tells you.
desk-votes = To vote
desk-sign = Conclusions to sign
desk-comments = Comments asked for
desk-consents = Consent asked for
desk-waiting = Comments to look at
desk-steps = Next steps
desk-what = What
desk-task = Task
desk-until = Until
desk-task-vote = Vote: { $purpose }
desk-task-held =
    { $n ->
        [one] Look at one comment of the public
       *[other] Look at { $n } comments of the public
    }
desk-task-unit = Comments of your unit
desk-task-listeners =
    { $n ->
        [one] Decide on one application to listen
       *[other] Decide on { $n } applications to listen
    }
desk-task-rows = Decide of { $n } waiting rows of tables
desk-task-sign = Sign: { $purpose }
desk-give-comments = Comment
desk-task-consent = Consent to the review
desk-board-title = Board
desk-board-lead = { $n } running projects, the longest in stage first.
desk-age =
    { $days ->
        [one] One day in stage
       *[other] { $days } days in stage
    }
suggest-title = Suggest a project
suggest-lead = Anybody may suggest to make, revise or abolish a technical specification of metrology. You get a receipt number; the decision is sent to your address.
suggest-new-title = Propose a project
suggest-new-lead = The secretariat of the committee receives and screens it.
suggest-send = Send
suggest-received = Received, receipt number { $receipt }.
suggest-committee-unknown = Not sure
suggest-specification-hint = For work on an existing text: its number, such as JJG 146—2011.
suggest-address-hint = For receipt and answer, never shown.
suggest-field-kind = Kind of work
suggest-field-title-zh = Chinese title
suggest-field-title-en = English title
suggest-field-category = Category
suggest-field-level = Level
suggest-field-specification = Number of the existing text
suggest-field-committee = Suggested committee
suggest-field-need = Need
suggest-field-scope = Scope and main content
suggest-field-related = Related texts
suggest-field-adoption = Degree of adoption
suggest-field-international = International source and edition
suggest-openness-hint = Of a secret project only a code name and its kind are kept: give the code as title; grounds and contents are not stored, and no mail is sent.
suggest-field-openness = Openness
suggest-field-livelihood = Concerns livelihood
suggest-field-suggested-by = Your name or organisation
suggest-field-suggester-address = Mail address
desk-reports = Annual reports
desk-report-write = Write
desk-report-sign = Sign
desk-report-submit = Submit
desk-report-returned = Returned: mend and submit again
desk-report-decide = Accept or return
