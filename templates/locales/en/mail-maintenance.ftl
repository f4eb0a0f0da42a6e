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
