# Drafting, milestones, adjustments, completeness of the draft.

mail-drafting-started-matter = Drafting has started
mail-drafting-started-ask = Drafting of “{ $title }” started on { $date }; please proceed by the drafting plan.
mail-drafting-started-context = The drafting group, the drafting plan and the time limits of each stage are on the project page. Please report progress when it is due.

mail-milestone-due-matter = Milestone due soon
mail-milestone-due-ask = Please complete and submit the current milestone of “{ $title }” by { $due }.
mail-milestone-due-context = If you cannot keep the date, ask for an adjustment on the project page early and state the reason.

mail-milestone-overdue-matter = Milestone overdue
mail-milestone-overdue-ask = { $audience ->
    [drafters] The milestone of “{ $title }” was due on { $due }; please submit it at once or explain.
   *[other] The milestone of “{ $title }” was due on { $due } and has not been submitted; please follow it up.
}
mail-milestone-overdue-context = The delay is recorded with the project and counted in the committee’s annual report.

mail-project-due-matter = Project due soon
mail-project-due-ask = “{ $title }” must be completed by { $date }; if you need an extension, ask for it by { $due }.
mail-project-due-context = State the reason and the new date of completion. If none is asked for, the rules of the project apply.

mail-project-overdue-matter = Project overdue
mail-project-overdue-ask = { $audience ->
    [officers] “{ $title }” was due on { $due } and is not completed; please decide on extension, termination or another course.
   *[other] “{ $title }” was due on { $due } and is not completed; the authority will decide, please prepare an account of its state.
}
mail-project-overdue-context = Progress, earlier extensions and what remains to be done are on the project page.

mail-project-lapsed-matter = Project lapsed
mail-project-lapsed-ask = “{ $title }” lapsed because it was overdue and no extension was granted; please stop work on it.
mail-project-lapsed-context = The committee keeps the drafts and test data. The rule that applied is on the project page.

mail-adjustment-requested-matter = Adjustment to be decided
mail-adjustment-requested-ask = Please decide on the request to adjust the project “{ $title }”.
mail-adjustment-requested-context = The reason given is below. Until the decision the present time limits stand.

mail-adjustment-decided-matter = Adjustment decided
mail-adjustment-decided-ask = The request to adjust the project “{ $title }” has been decided; please act accordingly.
mail-adjustment-decided-context = The decision and its reason are below; the time limits on the project page are up to date.

mail-project-cancelled-matter = Project cancelled
mail-project-cancelled-ask = “{ $title }” was cancelled; please stop work on it.
mail-project-cancelled-context = The reason is below. The committee files what exists.

mail-project-suspended-matter = Project suspended
mail-project-suspended-ask = The committee suspended “{ $title }”; please submit no further drafts until it is reopened.
mail-project-suspended-context = The reason is below. Comments and votes already given are kept.

mail-project-reopened-matter = Project reopened
mail-project-reopened-ask = “{ $title }” was reopened; please continue by the new time limits.
mail-project-reopened-context = The reason is below; the present stage and time limits are on the project page.

mail-draft-submitted-matter = Comment draft to be checked
mail-draft-submitted-ask = Please check the comment draft of “{ $title }” for completeness by { $due }.
mail-draft-submitted-context = Check that the draft, drafting note, test report and uncertainty evaluation report are all there; if not, return them with a list of what is to be corrected.

mail-draft-accepted-matter = Comment draft complete
mail-draft-accepted-ask = The comment draft of “{ $title }” is complete. There is nothing further for you to do now.
mail-draft-accepted-context = The secretariat will open the consultation; you will be told when it starts and ends.

mail-draft-returned-matter = Comment draft to be corrected
mail-draft-returned-ask = Please correct the comment draft of “{ $title }” as listed below and submit it again.
mail-draft-returned-context = The secretariat checked the papers and returned them.
