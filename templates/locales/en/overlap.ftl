# Overlap and contradiction between levels
overlap-title = Texts of different levels
overlap-lead = Departmental and local texts that overlap with national ones or contradict them. Where there is a national verification regulation, departmental and local ones lose their ground (Metrology Law, Article 10).
overlap-kind-same-title = same title and kind
overlap-kind-same-object = same instrument
overlap-kind-contradiction = contradiction between clauses
overlap-outcome-keep = both stand
overlap-outcome-amend = the lower text is changed
overlap-outcome-abolish = the lower text is abolished
overlap-outcome-unfounded = no overlap
overlap-check-title = Check and report
overlap-check-lead = The check compares titles and instruments of texts in force; pairs with a record are not entered again.
overlap-check = Check
overlap-checked = { $n ->
    [0] Nothing new was found.
    [one] One new pair was entered.
   *[other] { $n } new pairs were entered.
}
overlap-report-one = Report a contradiction
overlap-report = Enter
overlap-reported = It is entered.
overlap-field-local = Number of the departmental or local text
overlap-field-national = Number of the national text
overlap-field-words = Which clauses contradict, and how
overlap-cases = Log
overlap-none = Nothing is entered yet.
overlap-pair = { $local } beside { $national }
overlap-opened = { $kind }, entered on { $day }
overlap-decided-on = Decided on { $day }: { $note }
overlap-open = open
overlap-decide-one = Decide
overlap-decide = Decide
overlap-decided-now = It is decided.
overlap-field-outcome = What becomes of it
overlap-hint-outcome = Abolition opens its project at once.
overlap-field-note = Reasons
specification-event-overlap-found = overlap with a national text entered
specification-event-overlap-decided = overlap decided
