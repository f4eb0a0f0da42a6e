# Why something may not happen; $… are its facts, none says that there is no such fact
refusal-not-from-here = The project stands at “{ $stage }”; this step does not lead from there.
refusal-not-yours = This is for: { $who }.
refusal-invalid-input = Something is missing or wrong; correct it and send it again.
refusal-documents-missing = Required documents are missing: { $missing }.
refusal-term-ended = The committee's term and its caretaker months have ended; it takes no new projects.
refusal-proposal-not-voted = The committee has not voted on the application.
refusal-proposal-not-passed = The committee's vote on the application did not pass.
refusal-secret-project = What concerns state secrets must not be handled here.
refusal-data-not-shown = { $until ->
    [none] The verification data are not shown in public yet: upload the record of the data display as a public document; the dossier goes out after the time that the rule asks.
   *[other] The verification data must stand in public until { $until } before the dossier goes out.
}
refusal-publicity-running = { $until ->
    [none] There was no publicity yet, or it has not ended.
   *[other] The publicity runs until { $until }.
}
refusal-objections-open = { $open ->
    [one] One objection has no answer yet.
   *[other] { $open } objections have no answer yet.
}
refusal-drafters-missing = No lead drafter is named.
refusal-too-many-drafters =
    { $found ->
        [one] There is one drafter, more than the rule allows.
       *[other] There are { $found } drafters, more than the rule allows.
    }
refusal-not-adoption = It is no identical or modified adoption of an international text.
refusal-fast-track-closed = The rules in force do not allow the fast track.
refusal-already-emergency = The project is an emergency already.
refusal-draft-missing = There is no draft to put to comment.
refusal-too-few-recipients =
    { $found ->
        [one] One recipient is named; at least { $needed } are needed.
       *[other] { $found } recipients are named; at least { $needed } are needed.
    }
refusal-round-too-short = The round must last { $days } days at least; it may not close before { $earliest }.
refusal-round-not-running = No comment round is running.
refusal-not-later = The new end must be later than the present one: { $until }.
refusal-round-still-open = { $until ->
    [none] The comment round has not ended.
   *[other] The comment round runs until { $until }.
}
refusal-comments-open = { $open ->
    [one] One comment is not settled.
   *[other] { $open } comments are not settled.
}
refusal-consent-missing = { $given } of { $needed } have agreed; chair and vice-chairs must all agree.
refusal-review-form-refused = Texts of this kind may not be reviewed in this form.
refusal-lead-too-short = For a review on { $review_on } the papers must be out by { $latest }.
refusal-lead-running = The papers have not been out long enough; the time ends { $until }.
refusal-no-voters = There is nobody who may vote.
refusal-not-a-meeting = This is a ballot by correspondence: whoever votes takes part, nobody signs in.
refusal-ballot-still-open = { $until ->
    [none] The ballot has not closed.
   *[other] The ballot runs until { $until }.
}
refusal-review-not-passed = The review did not reach its quorum or majority.
refusal-review-not-failed = The review passed, or was not quorate; it did not fail.
refusal-review-was-valid = The review was quorate and is not reconvened.
refusal-not-signed = The chair and the principal reviewers have not all signed the conclusion.
refusal-failures-used-up = The review failed as often as allowed ({ $most }).
refusal-failures-left = The review may be repeated; the limit of { $most } failures is not reached.
refusal-higher-text-exists = The national regulation { $number } covers the same.
refusal-parties-pending = { $open ->
    [one] One party of the joint project has not approved.
   *[other] { $open } parties of the joint project have not approved.
}
refusal-number-taken = The number { $number } is taken.
refusal-dates-out-of-order = The day of issue, { $issued_on }, is after the first day of force, { $effective_on }.
refusal-force-too-soon = Force would begin too soon; the earliest day is { $earliest }.
refusal-amendments-used-up = This edition has had all { $most } amendment slips it may have.
refusal-reexamination-not-voted = The re-examination was not voted on.
refusal-other-result = The re-examination ended with “{ $result }”.
refusal-abolition-still-open = { $until ->
    [none] The hearing on the abolition has not ended.
   *[other] The hearing on the abolition runs until { $until }.
}
refusal-adjustment-missing = No such adjustment waits for a decision.
refusal-extensions-used-up = All { $most } extensions were used.
refusal-extension-too-long = The extension is too long; the latest day is { $latest }.
refusal-extension-too-late = The extension had to be asked for by { $latest }.
refusal-not-overdue = The project is not overdue.
refusal-lapse-not-automatic = Under the rules in force overdue projects do not lapse by themselves; the authority decides.
refusal-not-withdrawn = The project was not withdrawn.
refusal-not-in-plan = The project is in no plan.
refusal-no-party-pending = No party is waiting to approve.
refusal-not-joint = It is no joint project.
refusal-not-on-roll = Not on the roll, so there is nothing to vote or answer here.
refusal-without-vote = Present as “{ $role }”, without a vote.
refusal-no-voice = Present as “{ $role }”, without the right to speak.
refusal-second-person = Who entered it cannot confirm it; another person of the secretariat must.
refusal-recused = { $person ->
    [none] Recused, being concerned with the project.
   *[other] { $person } is recused, being concerned with the project.
}
refusal-ballot-closed = { $closed_at ->
    [none] The ballot is closed.
   *[other] The ballot closed at { $closed_at }.
}
refusal-reason-required = A vote against needs a reason.
refusal-ballot-running = A ballot on this is running already ({ $purpose }).
refusal-ballot-not-here = Such a ballot does not belong to this stage ({ $purpose }).
refusal-document-frozen = The document ({ $kind }) is final and stays as it is.
refusal-project-ended = { $project ->
    [none] The project has ended.
   *[other] The project “{ $project }” has ended.
}
refusal-not-answered-yet = The answers to the comments are not public yet.
refusal-appeals-used-up =
    { $used ->
        [one] You have objected once already, which is as often as the rule allows.
       *[other] You have objected { $used } times already, which is as often as the rule allows.
    }
refusal-appeal-too-late = The time to answer this disposition is over ({ $until }).
refusal-disposition-reason = The outcome of comment { $serial } needs a reason.
refusal-comment-settled = { $serial ->
    [none] The comment is settled and stays as it is.
   *[other] Comment { $serial } is settled and stays as it is.
}
refusal-stale = Somebody changed it meanwhile; reload the page and look again.
refusal-too-many-seats = This person sits in { $held } committees already and may not take another seat.
refusal-role-taken = Somebody else is { $role } already.
refusal-report-not-here = The report stands at “{ $state }”; this step does not lead from there.
refusal-report-not-open = Reports on { $year } are taken from { $opens } on; this one cannot be handed over for signature yet.
refusal-vote-final = Under the rules in force a vote is not changed once it is cast.
refusal-paper-unconfirmed = Entered votes still wait for their second person; the ballot cannot end early.
refusal-already-signed = The conclusion is signed and stays as it is.
refusal-link-ended = The link was used, has ended, or is not for now.
refusal-too-many = { $until ->
    [none] Too many in a short time; try again later.
   *[other] Too many in a short time; try again after { $until }.
}
refusal-text-abolished = The specification is abolished; it is not re-examined any more.
refusal-case-running = The project “{ $project }” on this specification is running; no re-examination is opened beside it.
refusal-feedback-answered = This feedback has been answered already.
refusal-slip-full = The rule allows a slip { $most } items; what goes beyond is a revision.
refusal-fatal-findings = { $open } fatal findings of the principal reviewer are open; the review cannot begin.
refusal-changes-open =
    { $open ->
        [one] One change that the review requires is not done; the dossier cannot go out.
       *[other] { $open } changes that the review requires are not done; the dossier cannot go out.
    }
refusal-not-qualified = { $person } has no valid qualification as principal reviewer.
refusal-declaration-missing = Please declare first whether you have an interest in the matter, then vote.
refusal-proxy-not-allowed = Under the rules in force nobody votes for another here; a member who cannot come may send a written vote.
refusal-proxy-too-late = The meeting has begun. A member lets another vote in writing, before it.
refusal-proxy-taken = The member named represents as many as the rules allow, or has let another vote. Please choose somebody else.
refusal-secret-vote = A secret vote is cast by the voter alone, without reasons, and is not entered by others.
refusal-receipt-unknown = No slip bears this receipt. To change a secret vote, give the receipt code of your first vote.
refusal-no-observers = This review does not admit observers.
refusal-already-submitted = It was submitted and stays as it is.
refusal-check-binding = Checks that the committee made binding find { $n } faults in the draft, the first at { $at } ({ $check }: { $words }). Put them right before it goes out.
