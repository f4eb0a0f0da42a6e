# You said, we did; one round beside the one before it
outcome-title = You said, we did
outcome-lead = Clause by clause: what was said in this round, the answer, and how the text changed. Red was taken out, green was put in.
outcome-lead-no-text = Clause by clause: what was said in this round and the answer. The changes are shown here once the revised text is public.
outcome-not-yet = The answers are not published yet. Once they are, this page shows comments, answers and changes clause by clause.
outcome-proposed = The answers are not published yet. What follows is proposed and seen by those who work on it only.
outcome-none = This round has no comments to show
outcome-compare = Whole text compared: { $from } → { $to }
outcome-unsaid = { $n ->
    [one] One more change was not caused by a comment; see the whole text compared
   *[other] { $n } more changes were not caused by comments; see the whole text compared
}
outcome-places = Clauses concerned
outcome-count = { $n ->
    [one] 1 comment
   *[other] { $n } comments
}
outcome-said = Comments and answers
outcome-did = Change of the text
outcome-same = The words of this clause were not changed.
outcome-no-clause = Not about a single clause; the changes stand in the comparison of the whole text.
outcome-no-text = The revised text is not public yet.
since-title = Since the round before
since-lead = What changed in the text since round { $n }, and which comments are new, repeated, resolved or withdrawn.
since-text = Changes of the text
since-compare = Compare clause by clause
since-comments = Comments of both rounds
since-earlier = Round before
since-later = This round
since-nothing = None
since-none = There are no comments to compare
since-outcome = Answers of the round before
course-new = New
course-repeated = Repeated
course-resolved = Resolved
course-declined = Not accepted, not repeated
course-withdrawn = Withdrawn
course-open = Not settled yet
history-papers = Decisions of meetings
history-paper = { $kind }: { $name } ({ $at })
