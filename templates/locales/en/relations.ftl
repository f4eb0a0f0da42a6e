# Citations, impact walk, re-examination, saved searches
citation-state-found = found, to be confirmed
citation-state-confirmed = confirmed
citation-state-dismissed = no citation
impact-answer-not-affected = Not affected
impact-answer-amend = Amendment needed
impact-answer-revise = Revision needed
impact-answer-object = Postpone or discuss
specification-event-citation-confirmed = Citation confirmed
specification-event-impact-asked = Impact walk opened
relations-title = Citations
relations-to = What it cites, and what cites it
relations-cites = Cited documents
relations-cites-none = The text cites no other document.
relations-cites-no-text = The register holds no text that can be read by clause; citations are entered by hand.
relations-cited-by = Cited by
relations-cited-by-none = No text in use cites this one.
relations-distance = { $n ->
    [1] directly
   *[other] { $n } steps away
}
relations-column-distance = Citation
relations-column-committee = Committee
relations-column-answer = Answer
relations-column-note = Note
relations-confirm = Confirm
relations-dismiss = No citation
relations-decided = Recorded.
relations-cite-title = Enter a citation
relations-cite-number = Number of the cited document
relations-cite-clause = Clause
relations-cite = Enter
relations-cited = The citation was entered.
relations-impact = Impact walk
relations-impact-none = Nobody has been asked yet.
relations-waiting = waiting
relations-waiting-here = Questions that wait for an answer
relations-ask-title = Before a revision or abolition
relations-ask-reason = What is to change, and why
relations-ask-hint = The committee of every text in use that cites this one directly gets a task.
relations-ask = Ask them
relations-asked =
    { $n ->
        [one] The committee of one text was asked.
       *[other] The committees of { $n } texts were asked.
    }
relations-answer = What it means for that text
relations-answer-note = Note (may be empty if not affected)
relations-answer-send = Answer
relations-answered = The answer was recorded.
reexam-title = Re-examination
reexam-to = Plans and results of re-examination
reexam-lead = Texts in force by due day and evidence.
reexam-queue = Queue
reexam-none = The committee has no text in force.
reexam-due = due
reexam-cited-changed = Cited texts have changed: { $list }.
reexam-feedback = Feedback: { $n }.
reexam-amendments = Amendments or corrigenda: { $n }.
reexam-unused = Nobody opened the full text for a year.
reexam-in-plan = plan { $year }
reexam-form = Re-examination form
reexam-plan-year = Plan for
reexam-plan = Put the chosen texts into the plan
reexam-planned = { $n ->
    [0] The chosen texts were in the plan already.
    [one] One text was put into the plan.
   *[other] { $n } texts were put into the plan.
}
reexam-plan-nothing = No text was chosen.
reexam-missed = Planned and missed
reexam-missed-none = Nothing that was planned was missed.
reexam-missed-one = Missed
reexam-done = Results
reexam-done-none = No results yet.
reexam-column-result = Result
reexam-column-evidence = Evidence
reexam-summary = Summary of results
reexam-summary-of = { $year }
reexam-summary-title = Summary of re-examination results
reexam-form-title = Re-examination form
reexam-q-source = Adopted international text
reexam-a-source = □ none　□ still valid　□ revised (year:　　)　□ withdrawn
reexam-q-level = Technical level
reexam-a-level = □ over-advanced　□ leading　□ average　□ behind　□ far behind
reexam-q-overlap = Contradiction or overlap with other texts
reexam-a-overlap = □ none　□ yes (number and clause:　　　　)
reexam-q-merge = Should it be merged with others
reexam-a-merge = □ no　□ yes (number:　　　　)
reexam-q-force = Still fit to be compulsory
reexam-a-force = □ yes　□ make voluntary　□ lower level　□ abolish
reexam-q-defects = Other defects
reexam-a-defects = □ none　□ small　□ some　□ serious (which:　　　　)
reexam-q-use = Use
reexam-a-use = □ wide　□ average　□ narrow　□ none; instruments about　　　, laboratories about
reexam-q-law = Conformity with law and need of market and firms
reexam-a-law = □ yes　□ in part　□ no (why:　　　　)
reexam-q-result = Opinion
reexam-a-result = □ confirm　□ amend　□ revise　□ merge　□ change type　□ abolish
reexam-q-reason = Reason
reexam-q-revise = If it is to be revised: proposed unit and date
reexam-sign-unit = Unit or member
fulltext-stamp = Confirmed on re-examination, { $day }
search-keep = Keep this search and mail me what is new
search-kept = Kept. You will get a mail when there is something new.
search-saved = Kept searches
search-forget = Remove
search-forgotten = Removed.
