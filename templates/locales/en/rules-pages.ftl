# Pages of the rules and holidays
rules-page-title = Rules
rules-page-lead = The days, shares and lists the system works by, each with its source and how sure it is.
rules-page-profile = Profile
rules-page-reason = Reason
rules-page-left = Left
rules-page-right = Right
rules-page-compare = Compare
rules-page-same = There is no difference
rules-page-versions = Versions
rules-page-since = Applies from { $day }
rules-page-on = Rules on
rules-page-try = Try the rules
rules-page-change = Change and publish
rules-page-change-lead = The change becomes a new version from its first day on; stages that began before keep the old one.
rules-page-article = Article
rules-page-confirmed = Confirmed by the authority
rules-page-confirmed-hint = Pages and mails then no longer say “unconfirmed”.
rules-page-note = Remark
rules-page-publish = Publish the new version
rules-page-published = The new version is published and applies from { $day }.
rules-profile-national = National
rules-profile-jiangsu = Jiangsu
rules-profile-hubei = Hubei
rules-profile-mot = Ministry of Transport
rules-unit-days =
    { $value ->
        [one] { $value } day
       *[other] { $value } days
    }
rules-unit-working-days = { $value } working days
rules-unit-months =
    { $value ->
        [one] { $value } month
       *[other] { $value } months
    }
rules-unit-years =
    { $value ->
        [one] { $value } year
       *[other] { $value } years
    }
rules-unit-persons = { $value } people
rules-unit-organisations =
    { $value ->
        [one] { $value } organisation
       *[other] { $value } organisations
    }
rules-unit-times =
    { $value ->
        [one] { $value } time
       *[other] { $value } times
    }
rules-unit-items =
    { $value ->
        [one] { $value } item
       *[other] { $value } items
    }
rules-unit-seats =
    { $value ->
        [one] { $value } seat
       *[other] { $value } seats
    }
rules-unit-share = { $value }
rules-unit-day-of-year = { $value } (month-day)
rules-unit-none = { $value }
rules-try-lead = Type figures to see result and steps. Nothing is stored.
rules-try-tally = Count of votes
rules-try-count = Count
rules-try-members = All voting members
rules-try-present = Present or replied, the recused included
rules-try-recused = Recused among them
rules-try-yes = In favour
rules-try-no = Against
rules-try-abstain = Abstaining
rules-try-form = Form of review
rules-try-passed = Passed.
rules-try-missing = Not passed: { $present } more must take part and { $yes } more agree.
rules-try-out-of-reach = Not passed, and out of reach even if all open votes agreed.
rules-try-quorum = { $there } took part, { $needed } needed.
rules-try-majority = { $yes } in favour, { $needed } needed.
rules-try-deadline = Deadline
rules-try-compute = Compute
rules-try-from = From
rules-try-amount = Length
rules-try-unit = Unit
rules-try-unit-days = days
rules-try-unit-working-days = working days
rules-try-unit-months = months
rules-try-unit-years = years
rules-try-direction = Direction
rules-try-direction-after = Counted forward
rules-try-direction-before = Counted back
rules-try-last-day = Last day:
rules-why-first-day-excluded = The first day, { $day }, is not counted.
rules-why-corresponding-day = The corresponding day of the last month is { $day }.
rules-why-month-end = The last month has no day { $wanted }; it ends with { $day }.
rules-why-days-off-skipped =
    { $n ->
        [one] One day off was not counted.
       *[other] { $n } days off were not counted.
    }
rules-why-rolled-over = { $from } is a day off; moved to { $day }.
rules-why-not-rolled = { $day } is a day off and does not move.
rules-why-year-not-covered = The holidays of { $year } are not entered; only weekends were known.
rules-why-left-the-calendar = Beyond the years that are counted; cut at { $day }.
rules-why-ends-at-midnight = It ends on { $day } at 24:00.
holidays-title = Holidays and make-up days
holidays-lead = Working days are counted by this calendar. Deadlines that run already stay as they are.
holidays-put = Enter or change a day
holidays-day = Day
holidays-kind = Kind
holidays-name = Name
holidays-basis = Basis
holidays-basis-hint = For instance the number of the State Council’s holiday notice.
holidays-saved = { $day } has been entered.
holidays-removed = { $day } has been taken out.

# Values of rules
rule-value-none = none
rule-value-yes = yes
rule-value-no = no
rule-value-list = { $list }
rule-value-before = { $term } before
rule-value-elapsed = when { $share } of the time has passed
rule-value-copies = { $document } ({ $n ->
    [one] one paper copy
   *[other] { $n } paper copies
})
rule-value-document = { $document } ({ $when })
rule-choice-late-policy-record-not-count = kept, not counted
rule-choice-late-policy-record-and-count = kept and counted
rule-choice-late-policy-refuse = not taken
rule-choice-review-form-meeting-required = a meeting is required
rule-choice-review-form-meeting-preferred = a meeting is the rule, correspondence the supplement
rule-choice-review-form-either = a meeting or correspondence
rule-choice-overdue-action-flag = flagged; the authority decides
rule-choice-overdue-action-auto-lapse = the plan lapses by itself
rule-choice-fast-track-refused = not allowed
rule-choice-fast-track-authority-consent = with the consent of the authority
rule-choice-fast-track-allowed = allowed without asking
rule-choice-day-count-civil-code = as in the Civil Code: a last day off moves on
rule-choice-day-count-plain = the last day never moves
rule-choice-title-level-none = none asked
rule-choice-title-level-intermediate = intermediate
rule-choice-title-level-associate-senior = associate senior
rule-choice-title-level-senior = senior
rules-page-groups = Groups of rules
rules-page-all = Show all rules
rules-page-unconfirmed = Only what is unconfirmed ({ $n })
rule-group-proposal = Suggestion and project approval
rule-group-drafting = Drafting
rule-group-comments = Comments
rule-group-review = Review and votes
rule-group-approval = Approval and publication
rule-group-life = Force and re-examination
rule-group-committees = Committees
rule-group-terms = Terms and reminders
rule-group-documents = Papers
