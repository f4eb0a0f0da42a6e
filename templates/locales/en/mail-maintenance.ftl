# Evaluation, re-examination, feedback.

mail-evaluation-due-matter = Effect evaluation due
mail-evaluation-due-ask = Please complete the effect evaluation of { $number } “{ $title }” by { $due }.
mail-evaluation-due-context = It covers use, problems found and proposals for improvement, and is a basis of the re-examination.

mail-reexamination-due-matter = Re-examination due soon
mail-reexamination-due-ask = { $audience ->
    [officers] { $number } “{ $title }” must be re-examined by { $due }; please schedule it.
   *[other] Please have { $number } “{ $title }” re-examined by { $due }.
}
mail-reexamination-due-context = Changes in cited documents, newer international texts, feedback and use are collected on its page.

mail-reexamination-opened-matter = Re-examination: call for opinions
mail-reexamination-opened-ask = Please give your opinion on the re-examination of { $number } “{ $title }” by { $due }.
mail-reexamination-opened-context = Say whether it should be confirmed, revised or abolished; for revision or abolition please give reasons.

mail-reexamination-closing-matter = Re-examination to be finished soon
mail-reexamination-closing-ask = { $audience ->
    [chair] The re-examination of { $number } “{ $title }” is to be finished by { $due }; please see that it is.
   *[other] Please finish the re-examination of { $number } “{ $title }” and submit its conclusion by { $due }.
}
mail-reexamination-closing-context = If opinions or the vote are still missing, please arrange for them soon; the project page shows where it stands.

mail-reexamination-result-matter = Result of the re-examination
mail-reexamination-result-ask = The re-examination of { $number } “{ $title }” has a result; please read it.
mail-reexamination-result-context = The result and its reason are below.

mail-abolition-opened-matter = Proposed abolition: call for comments
mail-abolition-opened-ask = { $number } “{ $title }” is proposed for abolition; please comment by { $due }.
mail-abolition-opened-context = The reason is below. If you still use it, please say how, and what could take its place.

mail-feedback-received-matter = Feedback on a specification
mail-feedback-received-ask = { $audience ->
    [secretariat] Feedback on { $number } “{ $title }” has come in; please have it answered.
   *[other] Your feedback on { $number } “{ $title }” has been received. There is nothing further for you to do now.
}
mail-feedback-received-context = { $audience ->
    [secretariat] Technical points go to the committee and may lead to an amendment or an early re-examination.
   *[other] You will be mailed the committee’s answer.
}

mail-feedback-answered-matter = Answer to your feedback
mail-feedback-answered-ask = Your feedback on { $number } “{ $title }” has been answered; please read the answer.
mail-feedback-answered-context = The answer is below.

mail-impact-asked-matter = A cited text is to change: what does it mean for yours?
mail-impact-asked-ask = A text that “{ $title }” cites is to be revised or abolished. Please look at it and answer.
mail-impact-asked-context = The answer is one of: not affected, amendment needed, revision needed, postpone or discuss. The authority sees the answers before it decides.

mail-search-matched-matter = A saved search has new results
mail-search-matched-ask = Your saved search “{ $title }” has new results.
mail-search-matched-context = Texts newly published, entered or changed:
mail-label-found = Text
mail-label-search = Search

mail-slip-issued-matter = An amendment slip or corrigendum was issued
mail-slip-issued-ask = { $number } “{ $title }” was amended; from { $date } on it reads as amended.
mail-slip-issued-context = The page of the text has the change merged in, with the slip named; how it read before can be seen there by date.
mail-label-slip-items = What changes

mail-recognition-proposed-matter = An agreement of mutual recognition waits for you
mail-recognition-proposed-ask = Please confirm the agreement of mutual recognition “{ $title }”; it is to hold from { $date } on.
mail-recognition-proposed-context = It takes effect once every party has confirmed it. It names these texts:
mail-recognition-confirmed-matter = A party confirmed an agreement of mutual recognition
mail-recognition-confirmed-ask = { $person } confirmed the agreement of mutual recognition “{ $title }”, which is to hold from { $date } on.
mail-recognition-confirmed-context = It takes effect once every party has confirmed it.
mail-recognition-ended-matter = An agreement of mutual recognition ends
mail-recognition-ended-ask = The agreement of mutual recognition “{ $title }” ends on { $date }.
mail-recognition-ended-context = The texts that it names stay valid each in its own region.
mail-label-agreement = Agreement
mail-act-agreement = See the agreement

mail-overlap-opened-matter = A local or departmental text overlaps with a national one
mail-overlap-opened-ask = “{ $title }” overlaps with a national text or contradicts it; please decide what becomes of it.
mail-overlap-opened-context = Those who keep the local or departmental text decide whether it is abolished, revised, narrowed or kept, and why.
mail-overlap-decided-matter = What becomes of an overlap
mail-overlap-decided-ask = It is decided what becomes of the overlap of “{ $title }” with a national text.
mail-overlap-decided-context = The reason is below.
mail-label-contradiction = What contradicts
mail-label-overlaps = Texts that overlap
mail-label-national = National text
mail-act-overlaps = See the log

mail-study-due-matter = Comparison study due soon
mail-study-due-ask = Please complete the comparison of { $number } “{ $title }” with the international document by { $due }.
mail-study-due-context = Enter each difference with its cause and conclude whether to adopt or to keep.
mail-study-overdue-matter = Comparison study overdue
mail-study-overdue-ask = The comparison study of { $number } “{ $title }” was due by { $due }; please complete it.
mail-study-overdue-context = Please enter what differs and conclude the study.
mail-label-study = International document and who compares
mail-act-study = Open the comparison

mail-survey-invited-matter = Survey of effect
mail-survey-invited-ask = Please say by { $due } how you use { $number } “{ $title }”.
mail-survey-invited-context = The link is yours alone and takes one answer; please do not pass it on. Answers are not public; summed up they serve the evaluation and the re-examination.
mail-survey-reminder-matter = Survey of effect: no answer yet
mail-survey-reminder-ask = The survey of { $number } “{ $title }” closes at { $due }; please answer.
mail-survey-reminder-context = The link is yours alone and takes one answer; links of earlier letters still open it.
mail-act-survey = Answer the survey
