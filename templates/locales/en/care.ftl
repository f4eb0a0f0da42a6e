# After publication: training, effect evaluation, early re-examination, feedback
care-title = After publication
care-go = Record and answer
care-waiting = { $n ->
    [0] No feedback waits for an answer.
    [one] One piece of feedback waits for an answer.
   *[other] { $n } pieces of feedback wait for an answer.
}
care-none = Nothing recorded yet
care-feedback = Feedback to answer
care-feedback-none = No feedback waits for an answer.
care-answered-list = { $n } answered
care-papers = Papers to be filed
care-trainings = Training
care-training-one = Record a training
care-training-button = Record
care-trained = The training is recorded.
care-evaluations = Effect evaluation
care-evaluation-one = Record an effect evaluation
care-evaluation-button = Record
care-evaluated = The evaluation is recorded.
care-method = Method:
care-early = Early re-examination
care-early-lead = Where technology, law or use have changed, the secretariat or the authority opens the re-examination before its time, with the reason.
care-early-running = A project on this specification is running; no re-examination is opened beside it:
care-early-abolished = The specification is abolished; it is not re-examined any more.
care-early-one = Open a re-examination
care-early-button = Open
care-reexamined = The re-examination is open, and the members have been told.
care-deadlines = Deadlines
care-propose = Propose a project
care-propose-amendment = An amendment slip
care-propose-corrigendum = A corrigendum
care-propose-revise = A revision
care-propose-abolition = Its abolition
care-column-day = Day
care-column-place = Place
care-column-people = People
care-column-note = Remark
care-column-suggestion = Suggestion
care-column-findings = Findings and method
care-field-held-on = Day
care-field-place = Place or online meeting
care-field-people = Participants
care-field-note = Remark
care-note-hint = Who taught, with what material, whether it was examined.
care-field-done-on = Concluded on
care-field-method = Method
care-field-findings = Findings
care-field-suggestion = Suggestion
care-suggestion-hint = “Re-examine early” opens the case at once, unless a project on the text is running.
care-field-reason = Reason
care-field-answer = Answer
care-answer-hint = Goes to the reporter by mail and stands on the page of the specification; leave personal data out.
care-field-outcome = Outcome
care-answer-button = Answer
care-answered = The answer is on its way.
care-field-survey = Survey that it rests on
