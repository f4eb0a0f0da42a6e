# Ballot pages
ballots-question = Question
ballots-voters = Votes
ballots-roll = Attendance
ballots-conclusion = Conclusion
ballots-ordinal = No. { $n }
ballots-present = { $n } of { $all } on the roll have signed in.
ballots-closed-at = The ballot closed at { $at }; no more votes are taken.
ballots-ribbon = Yes { $yes } · No { $no } · Abstain { $abstain } · Silent { $silent }
ballots-ribbon-sealed = Voted { $voted } · Silent { $silent } (secret)
ballots-passed = Passed: { $there } of { $members } took part, { $yes } in favour ({ $needed } needed).
ballots-enough = { $there } of { $members } take part, which is a quorum; { $yes } in favour, which is enough.
ballots-invalid = Invalid: { $there } of { $members } took part, which is no quorum.
ballots-failed = Not passed: { $yes } in favour, { $needed } needed.
ballots-missing-both = { $there } of { $members } take part, { $more_present } more are needed; { $yes } in favour, at least { $more_yes } more needed.
ballots-missing-yes = { $there } of { $members } take part, which is a quorum; { $yes } in favour, { $more_yes } more needed.
ballots-out-of-reach = { $there } of { $members } take part, { $yes } in favour; it cannot pass any more.
ballots-attendance = Attendance
ballots-there = { $n } take part
ballots-quorum = Quorum { $n }
ballots-votes = Votes
ballots-yes = Yes { $n }
ballots-no = No { $n }
ballots-abstain = Abstain { $n }
ballots-needed = { $n } needed to pass
ballots-vote = Vote
ballots-vote-again = Change the vote
ballots-choice = Choice
ballots-reason = Reason
ballots-reason-hint = Votes against need a reason where the rule asks for it.
ballots-remark = Remark
ballots-proxy = Enter a vote given in a meeting, on paper or by phone
ballots-proxy-person = Member
ballots-proxy-enter = Enter
ballots-channel = Channel
ballots-source = Where it came from
ballots-voted = The vote is recorded.
ballots-opinions = Opinions of those without a vote
ballots-opinion = Opinion
ballots-opinion-send = Send the opinion
ballots-opinion-kept = The opinion is recorded and not counted.
ballots-mark = Sign in
ballots-unmark = Undo
ballots-here = present
ballots-not-here = not present
ballots-close = Close and count
ballots-closed = The ballot is closed.
ballots-sign = Sign the conclusion
ballots-signed = The conclusion is signed.

ballots-list-title = Ballots
ballots-list-lead = Ballots that concern you: those of your committees and those on whose roll you stand.
ballots-list-open = Running
ballots-list-closed = Closed
ballots-list-open-none = No ballot is running
ballots-list-closed-none = No ballot has closed yet
ballots-list-what = Matter
ballots-list-votes = Votes
ballots-list-yours = Your vote is due
ballots-list-voted = You have voted
ballots-list-passed = Passed
ballots-list-failed = Not passed
ballots-opinions-hint = Opinions, not counted. Those of advisers, corresponding units, invited and recused people are kept apart.
ballots-kept-as-opinion = You have no vote in this ballot, so none was counted; what you wrote was kept as an opinion.
ballots-source-hint = When and how it arrived, for example “paper ballot, by post on 30 March”.
ballots-entered = Entered, and the member was told by mail. It counts once another person of the secretariat has confirmed it.
ballots-entered-at = entered { $at }
ballots-waiting = Entered votes to confirm
ballots-waiting-hint = Somebody of the secretariat other than who entered a vote compares it with the original; it counts only then.
ballots-confirm = Confirm
ballots-confirmed = Confirmed and counted.
ballots-second-person = waits for a second person
ballots-sign-acting = Sign in place of the chair
ballots-signed-by = Signed by { $name } on { $at }
ballots-signed-acting = Signed by { $name } acting for the chair on { $at }
ballots-meeting = Enter the meeting
ballots-declared-none = declared no interest
ballots-declaration = Declaration of interests
ballots-declaration-which = In this matter I have
ballots-declaration-none = no interest
ballots-declaration-some = an interest, and abstain from this vote
ballots-declaration-details = Details
ballots-declaration-details-hint = Required with an interest, such as taking part in the drafting or dealings with the drafting unit.
ballots-declaration-send = Declare
ballots-declared = The declaration is recorded.
ballots-mandate = Let another member vote for you
ballots-mandate-to = Member who votes for you
ballots-mandate-none = Nobody; I vote myself
ballots-mandate-words = What you leave to them
ballots-mandate-words-hint = In writing, before the meeting: why, and if you like what you think of each point. You may still vote yourself; the last vote counts.
ballots-mandate-give = Give the mandate
ballots-mandate-given = The mandate is recorded.
ballots-mandate-back = The mandate is taken back.
ballots-proxied = Vote for a member you represent
ballots-proxied-for = Member
ballots-proxied-words = Mandate of { $name }: { $words }
ballots-proxied-vote = Vote for them
ballots-right-votes = You may vote: you are a member of the committee by the roll taken when the ballot opened, and nothing recuses you.
ballots-right-voted = You could vote: you were a member of the committee by the roll taken when the ballot opened, and nothing recused you.
ballots-right-nonvoter = You have no vote: as { $role } your opinion is recorded apart and not counted.
ballots-right-recused = You do not vote here: { $why }.
ballots-right-off-roll = You are not on the roll of this ballot.
recusal-drafter = drafter, recused
recusal-unit-share = drawn by lot, as the drafting unit holds more than its share
recusal-unit-vote = the unit votes by another seat
recusal-interest = declared an interest, recused
ballots-receipt = Receipt code
ballots-receipt-hint = Secret ballot. Note this code down: with it you can change your vote until closing and check afterwards that it was counted. The system does not keep it.
ballots-receipt-again = You have voted. To change your vote, give the code of your first vote.
ballots-receipt-check = Check my vote
ballots-receipt-check-hint = Give the code of your vote to see whether it was counted.
ballots-receipt-check-send = Check
ballots-receipt-counted-yes = Your vote was counted: in favour.
ballots-receipt-counted-no = Your vote was counted: against.
ballots-receipt-counted-abstain = Your vote was counted: abstention.
ballots-receipt-none = No slip bears this code.
ballots-slips = All slips, by the hashes of their codes
ballots-changes = Required changes
ballots-changes-hint = What the review requires; the dossier goes out when all of it is done.
ballots-change-add = Require a change
ballots-change-clause = Clause
ballots-change-body = Change
ballots-change-save = Add
ballots-change-added = The change is required.
ballots-change-note = How it was done
ballots-change-finish = Done
ballots-change-finished = Recorded as done.
ballots-change-open = Open
ballots-change-done = Done
ballots-change-done-by = { $name } did it on { $at }: { $note }

# Conclusion
conclusion-edit = Draft and edit the conclusion
conclusion-edit-hint = The first wording comes from the record of the vote; please check, edit and save it. What is signed is the saved text; a change afterwards voids the signatures.
conclusion-save = Save the conclusion
conclusion-saved = The conclusion is saved.
conclusion-versions =
    { $n ->
        [one] The text has had one version; all are kept.
       *[other] The text has had { $n } versions; all are kept.
    }
conclusion-part-chair = chair
conclusion-part-reviewer = principal reviewer
conclusion-part-acting = acting for the chair
conclusion-void = void
conclusion-waits = waits for a second person
conclusion-sign-reviewer = Sign the text above as principal reviewer
conclusion-scan = Enter a signature from paper
conclusion-scan-open = scan
conclusion-scan-who = Signed by
conclusion-scan-signer = { $name } ({ $part })
conclusion-scan-sheet = Scan of the signed sheet
conclusion-scan-file = { $kind }: { $name }
conclusion-scan-enter = Enter
conclusion-scan-entered = Entered; it stands once another person of the secretariat has compared it with the scan.
conclusion-scan-confirmed = Confirmed; the signature stands.
conclusion-draft-occasion = On { $day } { $committee } held a { $purpose } of “{ $title }” by { $form }{ $revision ->
    [0] .
   *[other] , revision { $revision }.
}
conclusion-draft-count = Of { $members } members { $present } took part, { $recused } of them recused; the quorum was { $quorum }. In favour { $yes }, against { $no }, abstentions { $abstain }; { $needed } in favour were needed.
conclusion-draft-dissent = { $n ->
    [0] Nobody dissented in writing.
   *[other] { $n } members dissented in writing; their reasons and papers are attached.
}
conclusion-draft-opinions = { $n ->
    [0] Those without a vote gave no opinion.
   *[other] Those without a vote gave { $n } opinions, recorded apart and not counted.
}
conclusion-draft-changes = These changes are required:
conclusion-draft-change = { $n }. { $clause } { $body }
conclusion-draft-passed = { $kind ->
    [review] Conclusion: the draft passed the review. The drafting unit edits it as required and prepares the dossier.
   *[other] Conclusion: adopted.
}
conclusion-draft-failed = { $kind ->
    [review] Conclusion: the draft did not pass the review. The drafting unit revises it and submits it again.
   *[other] Conclusion: not adopted.
}
conclusion-draft-invalid = { $kind ->
    [review] Conclusion: there was no quorum; the review is invalid and is held again.
   *[other] Conclusion: there was no quorum; the vote is invalid.
}
ballots-ended = The project has ended and the ballot with it; there is no result.
ballots-list-ended = ended with its project
ballots-moved-on = This ballot is on revision { $n }; the text has moved on to revision { $newest }.
ballots-few-users = Note: { $held } of the { $voters } who may vote come from users, fewer than the { $needed } the rule asks for. The vote is valid all the same.
ballots-few-experts = Note: { $held } may vote. Where an expert group stands in for the full committee it has at least { $needed }.
ballots-few-outside = Note: { $held } of the { $voters } who may vote are known to come from outside statutory verification bodies. Where an expert group stands in for the full committee at least { $needed } do.
ballots-earlier = last time: { $vote }
ballots-former = has left
ballots-readers = Who opened the papers
ballots-unread = not opened
ballots-scan = Scan of the paper ballot
ballots-scan-hint = Upload the paper ballot on the project page as “ballot papers” first, then choose it here.
ballots-host-drafts = The unit that hosts the secretariat drafts this text. For this project the secretariat’s work is done by its people of other units: { $names }.
ballots-host-drafts-nobody = The unit that hosts the secretariat drafts this text, and nobody of another unit holds a seat in the secretariat. A deputy of another unit should be appointed to do its work for this project.

# My rights to vote
rights-title = My rights to vote
rights-lead = Where you may vote, and why.
rights-running = Running ballots
rights-running-none = You are on the roll of no running ballot.
rights-no-seat = You hold no seat in a committee today.
rights-seat-votes = You are { $role } and vote. Drafters and those who declare an interest do not vote on that project.
rights-seat-speaks = You are { $role } and have no vote; your opinion is recorded apart and not counted.
rights-seat-none = You are { $role } and take no part in votes.
rights-missed = You missed the last { $n } ballots in a row ({ $warn } lead to a warning, { $remove } to a proposal of removal).
rights-opened-move = Opened by “{ $move }”.
rights-opened-stage = Held by the secretariat in the stage “{ $stage }”.
rights-opened-running = Held by the secretariat.
rights-opened-committee = Held by the secretariat, about no project.
rights-recorded = Votes bear names.
rights-secret = The vote is secret.
rights-may-be-secret = Votes bear names unless the ballot is opened as secret.
ballots-for-revision = on revision { $n }
ballots-quorum-risk = The ballot ends at { $until }, and { $missing } more must reply before the quorum is reached; without it the ballot is invalid.
ballots-mine = What you said before
ballots-mine-vote = Ballot { $n }: { $vote }
ballots-mine-vote-on = Ballot { $n } (revision { $revision }): { $vote }
ballots-mine-argument = { $clause } { $stance }
ballots-mine-comment = Comment { $n } on the draft { $clause }
ballots-mine-answer = { $disposition } { $reason }
ballots-change-responsible = Done by
ballots-change-together = The drafters together
