# Surveys of the effect of a text
survey-title = Survey of effect
survey-lead = Please say how this text is used; open until { $day }, 24:00. Answers are not public; summed up they serve the evaluation and the re-examination.
survey-over = This survey closed on { $day }. Thank you for looking.
survey-text = See the text
survey-thanks = Your answer has arrived. Thank you.
survey-keepers-lead = Ask users and laboratories, each by a link of its own; what they answer is summed up here for the evaluation and the re-examination.
survey-go = Surveys of effect
survey-begin-title = Begin a survey
survey-begin-one = Begin a survey
survey-begin = Begin
survey-begun = The survey is open.
survey-until = Survey until { $day }
survey-open = open
survey-ended = closed
survey-answered = { $n ->
    [one] One answer
   *[other] { $n } answers
}
survey-count = { $what } { $n }
survey-sum-groups = Who answered: { $counts }
survey-sum-degrees = Use: { $counts }
survey-sum-suggestions = Suggestions: { $counts }
survey-sum-volume = Verifications and calibrations a year: { $n }
survey-answers = Answers
survey-answers-none = There is no answer yet.
survey-column-who = Who
survey-column-degree = Use
survey-column-problems = Problems
survey-column-benefit = Benefit
survey-column-suggestion = Suggestion
survey-field-who = You are
survey-field-unit = Name of your unit
survey-field-degree = How much you use it
survey-field-volume = Verified or calibrated by this text in a year
survey-field-problems = Problems and disputes, with their clauses
survey-field-benefit = Benefit for economy and society
survey-field-suggestion = What you suggest
survey-field-closes-on = Last day
survey-field-question = A question of your own
survey-hint-volume = Leave it empty if you do not know.
survey-hint-problems = Please say what is wrong if you suggest a change or an early re-examination.
survey-hint-question = May be empty; the usual questions (use, number, problems, benefit, suggestion) are there.
survey-group-laboratory = metrology institute or laboratory
survey-group-user = user of instruments
survey-group-maker = maker
survey-group-authority = authority
survey-group-other = other
use-degree-often = often
use-degree-sometimes = sometimes
use-degree-seldom = seldom
use-degree-never = never
specification-event-survey-opened = survey of effect opened
survey-answered-once = You have answered; thank you. Each link takes one answer.
survey-sum-class = Of these { $who }: use { $degrees }; suggestions { $suggestions }; verifications and calibrations a year { $n }
survey-asked = { $n ->
    [one] One was asked
   *[other] { $n } were asked
}, { $answered } answered
survey-invites = Who was asked
survey-invites-of = Who was asked (survey until { $day })
survey-invite = Send invitations
survey-invite-one = Ask users and laboratories
survey-invite-answered = answered
survey-invite-silent = silent
survey-invite-reminded = reminded on { $day }
survey-invited = { $n ->
    [one] One invitation is on its way
   *[other] { $n } invitations are on their way
}, each with a link of its own.
survey-remind = Remind the silent
survey-reminded = { $n ->
    [one] One reminder is on its way.
   *[other] { $n } reminders are on their way.
}
survey-column-unit = Unit
survey-column-asked = Asked on
survey-column-state = Answer
survey-field-invited = Users and laboratories to ask
survey-field-open-link = Open survey: everybody who has the address may answer
survey-hint-invited = One a line, with name and mail address, such as “Some laboratory lab@example.org”. Each gets a link of its own for one answer; the silent are reminded.
survey-hint-open-link = Otherwise only those who are asked can answer.
effect-title = Effect evaluation sheet
effect-asked = Who was asked and what was answered
effect-answers = Problems and benefit, by those who answered
effect-feedback = Feedback and disputes with their answers
effect-column-reported = What was reported
