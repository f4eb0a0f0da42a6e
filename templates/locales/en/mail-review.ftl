# Review draft, consent, papers, ballots, conclusion.

mail-review-submitted-matter = Review draft to be checked
mail-review-submitted-ask = Please check the review papers of “{ $title }” ({ $draft }) for completeness.
mail-review-submitted-context = They are the review draft, drafting note, test report, uncertainty evaluation report and table of comments with their treatment.

mail-review-draft-returned-matter = Review draft to be corrected
mail-review-draft-returned-ask = Please correct the review papers of “{ $title }” as listed below and submit them again.
mail-review-draft-returned-context = The secretariat checked the papers and returned them.

mail-consent-asked-matter = Consent to the review is asked
mail-consent-asked-ask = Please say whether you consent to put “{ $title }” to the committee’s review.
mail-consent-asked-context = With the consent of the chair and vice-chairs the papers go to the members. If you are a drafter of this project, please step aside and leave it to another officer of the committee.

mail-papers-released-matter = Review papers
mail-papers-released-ask = Please read the review papers of “{ $title }” ({ $draft }) before the review on { $date }.
mail-papers-released-context = { $audience ->
    [non_voting] Your opinion is recorded separately; you do not vote.
   *[other] You will be told the form of the review and the time of the vote; you may raise points in writing on the page beforehand.
}

mail-conflict-asked-matter = Declaration of interests
mail-conflict-asked-ask = Please declare by { $due } whether you have an interest in the drafting of “{ $title }”.
mail-conflict-asked-context = Drafters do not vote. Please declare even if you have no interest.

mail-review-opened-matter = Review vote
mail-review-opened-ask = { $audience ->
    [non_voting] The review of “{ $title }” ({ $draft }) has opened; please give your opinion in writing by { $due }.
   *[other] Please vote on “{ $title }” ({ $draft }) by { $due }.
}
mail-review-opened-context = { $audience ->
    [non_voting] Your opinion is recorded separately and is not counted as a vote.
   *[other] A vote against needs a reason. You may change your vote until the deadline; the last one counts.
}

mail-matter-opened-matter = Vote on a matter of the committee
mail-matter-opened-ask = { $audience ->
    [non_voting] The vote on “{ $title }” is open; please give your opinion in writing by { $due }.
   *[other] Please vote on “{ $title }” by { $due }.
}
mail-matter-opened-context = { $audience ->
    [non_voting] Your opinion is recorded apart and does not count as a vote.
   *[other] You may change your vote until the deadline; the last one counts.
}

mail-ballot-reminder-matter = Your vote is awaited
mail-ballot-reminder-ask = You have not voted yet; please vote on “{ $title }” by { $due }.
mail-ballot-reminder-context = Without enough votes the ballot is invalid and must be held again. If you cannot vote, please say why on the page.

mail-vote-entered-matter = A vote was entered for you
mail-vote-entered-ask = The secretariat entered a vote for you on “{ $title }”; please check by { $due } that it is what you meant.
mail-vote-entered-context = An entered vote counts once another person of the secretariat has confirmed it. If it is not what you meant, vote yourself before the ballot closes: your own last vote counts.
mail-label-vote-source = Source of the vote
mail-mandate-given-matter = { $person } asks you to vote in their place
mail-mandate-given-ask = { $person } asks you to vote for them in the meeting on “{ $title }”; please do so together with your own vote by { $due }.
mail-mandate-given-context = Once you are there, vote for them under “Vote for a member you represent” on the page of the ballot. They may still vote themselves, and the last vote counts. If you cannot come either, please tell them soon.
mail-label-mandate = What they leave to you
mail-mandate-withdrawn-matter = { $person } took their mandate back
mail-mandate-withdrawn-ask = { $person } took back the mandate for the vote on “{ $title }”; you no longer vote for them. The ballot closes on { $due }.
mail-mandate-withdrawn-context = Your own vote is not affected.

mail-quorum-at-risk-matter = Quorum at risk
mail-quorum-at-risk-ask = The ballot on “{ $title }” closes on { $due } without a quorum so far; please urge the members who have not voted.
mail-quorum-at-risk-context = If the quorum is still missing at the deadline, the ballot is invalid. The ballot page names those who have not voted.

mail-conclusion-to-sign-matter = Review conclusion to be signed
mail-conclusion-to-sign-ask = Please sign the review conclusion on “{ $title }”.
mail-conclusion-to-sign-context = The vote below was counted by the rules of the project. When you have signed, the conclusion takes effect and the members, drafting units and authority are told.

mail-review-passed-matter = Review passed
mail-review-passed-ask = { $audience ->
    [drafters] “{ $title }” passed the review; please edit it as concluded and prepare the dossier for approval.
   *[other] “{ $title }” passed the review; please take note.
}
mail-review-passed-context = The vote is below; the review conclusion is on the project page.

mail-review-failed-matter = Review not passed
mail-review-failed-ask = { $audience ->
    [drafters] “{ $title }” did not pass the review; please revise it as concluded and submit it again.
   *[other] “{ $title }” did not pass the review; please take note.
}
mail-review-failed-context = The vote and the main reasons are below. The next steps are on the project page.

mail-review-invalid-matter = Review invalid
mail-review-invalid-ask = The review of “{ $title }” is invalid because too few members took part; it will be held again, please watch for the notice.
mail-review-invalid-context = The attendance is below. The votes given are kept but lead to no conclusion.

mail-ballot-result-matter = Result of the ballot
mail-ballot-result-ask = The ballot on “{ $title }” has ended; please read the result.
mail-ballot-result-context = The vote below was counted by the rules that apply.

mail-reviewer-assigned-matter = Principal review
mail-reviewer-assigned-ask = Please review “{ $title }” as its principal reviewer and fill in the form.
mail-reviewer-assigned-context = Go through the points of the form and note findings by clause and severity. If you have an interest in the drafting unit, please tell the secretariat so that somebody else is asked.
mail-act-review = Fill in the form

mail-reexamination-ballot-opened-matter = Vote on a re-examination
mail-reexamination-ballot-opened-ask = { $audience ->
    [non_voting] The vote on the re-examination of “{ $title }” ({ $number }) has opened; please give your opinion in writing by { $due }.
   *[other] Please vote on the result of the re-examination of “{ $title }” ({ $number }) by { $due }.
}
mail-reexamination-ballot-opened-context = { $audience ->
    [non_voting] Your opinion is recorded apart and does not count as a vote.
   *[other] A re-examination confirms, revises or abolishes; the question is on the page. You may change your vote until the deadline; the last one counts.
}

mail-ballot-ended-matter = Ballot ended
mail-ballot-ended-ask = The project “{ $title }” has ended and its ballot with it; no vote is needed any more.
mail-ballot-ended-context = The votes given are kept but lead to no conclusion.

mail-signature-voided-matter = Conclusion changed, please sign anew
mail-signature-voided-ask = The conclusion on “{ $title }” was changed after you had signed it; your signature is void. Please read it and sign anew.
mail-signature-voided-context = Both texts and the former signature stay on record.

mail-change-required-matter = Changes required by the review
mail-change-required-ask = Please change “{ $title }” as the review requires and say on the page how it was done.
mail-change-required-context = The dossier goes out when all required changes are done.
mail-label-required-changes = Required changes

mail-observer-admitted-matter = Admitted as observer
mail-observer-admitted-ask = You are admitted to observe the review of “{ $title }”; please come at the time and place of the notice.
mail-observer-admitted-context = Observers neither speak nor vote and keep their promise of secrecy; whoever breaks the order of the meeting is asked to leave by the chair.

mail-observer-refused-matter = Not admitted as observer
mail-observer-refused-ask = You are not admitted to observe the review of “{ $title }”; the reason is below.
mail-observer-refused-context = The conclusion and the published texts can be read on the project page.
