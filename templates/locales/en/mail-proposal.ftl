# Suggestions, applications, publicity, plan.

mail-suggestion-received-matter = Project suggestion received
mail-suggestion-received-ask = { $audience ->
    [secretariat] Please screen the new project suggestion “{ $title }” (receipt number { $receipt }).
   *[other] Your project suggestion “{ $title }” has been received under receipt number { $receipt }. There is nothing further for you to do now.
}
mail-suggestion-received-context = { $audience ->
    [secretariat] Then decide whether to take it up, and state the reason; the suggester is answered with it.
   *[other] The secretariat will have it screened and assessed and will mail you the result with its reason. Please quote the receipt number when you ask.
}

mail-suggestion-decided-matter = Decision on your project suggestion
mail-suggestion-decided-ask = Your project suggestion “{ $title }” has been decided; please read the result.
mail-suggestion-decided-context = The decision and its reason are below. With further material you may suggest it again.

mail-proposal-ballot-opened-matter = Vote on a project application
mail-proposal-ballot-opened-ask = Please vote on the project application for “{ $title }” by { $due }.
mail-proposal-ballot-opened-context = The application papers are on the ballot page. You may change your vote until the deadline; the last one counts.

mail-application-submitted-matter = Project application to be accepted
mail-application-submitted-ask = Please accept and assess the project application for “{ $title }”.
mail-application-submitted-context = { $committee } voted on it and submitted the application with its summary table. If it is complete, it goes to assessment; if not, please return it with a list of what is to be corrected.

mail-application-returned-matter = Project application to be supplemented
mail-application-returned-ask = Please supplement the project application for “{ $title }” as listed below and submit it again.
mail-application-returned-context = The authority returned the application. Where no new vote is needed, it can be submitted directly.

mail-application-refused-matter = Project application refused
mail-application-refused-ask = The project application for “{ $title }” was refused; please take note.
mail-application-refused-context = The reason is below. When conditions are met, you may apply again.

mail-publicity-opened-matter = Public notice before project approval
mail-publicity-opened-ask = The public notice on “{ $title }” runs until { $due }; please raise any objection before then.
mail-publicity-opened-context = It shows the name of the project, whether the text is made or revised, the drafting units and the grounds. Please give reasons and evidence with an objection.

mail-publicity-closing-matter = Public notice about to end
mail-publicity-closing-ask = The public notice on “{ $title }” ends on { $due }; please raise any objection before then.
mail-publicity-closing-context = If nobody objects, the project goes on to be entered in the plan.

mail-objection-received-matter = Objection to be answered
mail-objection-received-ask = Please answer the objection to “{ $title }” in writing by { $due }.
mail-objection-received-context = The project rests until then. After the answer it goes on or is refused.

mail-objection-answered-matter = Answer to your objection
mail-objection-answered-ask = Your objection to “{ $title }” has been answered; please read the answer.
mail-objection-answered-context = The answer is below; the project proceeds on this basis.

mail-plan-issued-matter = Project entered in the plan
mail-plan-issued-ask = { $audience ->
    [drafters] “{ $title }” was entered in the plan on { $date } under project number { $number }; please prepare to sign the assignment book and start drafting.
    [secretariat] “{ $title }” was entered in the plan on { $date } under project number { $number }; please have the assignment book signed.
   *[other] “{ $title }” was entered in the plan on { $date } under project number { $number }; please take note.
}
mail-plan-issued-context = The time limits of the project count from the date of the plan; those of each stage are on the project page.

mail-task-book-to-sign-matter = Assignment book to be signed
mail-task-book-to-sign-ask = Please sign the assignment book of “{ $title }”.
mail-task-book-to-sign-context = It is kept with the documents of the project and takes effect when all parties have signed; please add a scan of the signed copy there. If you disagree with it, tell the secretariat.
