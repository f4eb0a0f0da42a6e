# Announcements: preparation, issue, and numbers
issuing-title = Announcements in hand
issuing-lead = Texts that have their numbers are put into an announcement: its wording is made first, you edit it, and one issue publishes every text in it.
issuing-waiting = Texts that wait for their announcement
issuing-none = No text waits
issuing-none-text = Texts are listed here once they are approved and numbered.
issuing-project = Project
issuing-replaces = replaces { $numbers }
issuing-prepare = Prepare the announcement
issuing-prepared = The announcement is drafted; it can be edited now.
issuing-drafts = In preparation
issuing-drafts-none = Nothing is in preparation.
issuing-count = { $n ->
    [one] 1 text
   *[other] { $n } texts
 }
issuing-texts-fault = Choose texts that wait; one announcement holds texts of one authority, none of which stands in another one.
issuing-field-number = Number of the announcement
issuing-field-number-hint = For example: 2026 No. 12
issuing-field-title = Title
issuing-field-body = Wording
issuing-field-issued = Day of issue
issuing-field-force = Day of force
issuing-field-force-hint = Left empty, it is reckoned from the day of issue by the usual time of the rules.
issuing-field-anew = Make title and wording anew from the texts
issuing-field-anew-hint = What you changed in title and wording above is replaced.
issuing-edit = Edit the announcement
issuing-saved = The announcement is saved.
issuing-doubts = Look at this before you issue it
issuing-held-back = Nothing was issued; “{ $title }” is held back:
issuing-issue = Issue the announcement
issuing-issue-hint = All texts in it are published and those concerned are told; if a rule holds one of them back, nothing is issued.
issuing-issued = { $n ->
    [one] The announcement is issued with 1 text.
   *[other] The announcement is issued with { $n } texts.
 }
issuing-throw-away = Throw this draft away
issuing-thrown-away = The draft was thrown away; its texts wait again.
issuing-state-open = In preparation
issuing-state-issued = Issued
issuing-state-thrown-away = Thrown away
issuing-paper = Announcement
issuing-paper-print = For print
issuing-paper-day = { $day }
issuing-list = List of texts
issuing-column-number = Number
issuing-column-title = Title
issuing-column-replaces = Replaces
issuing-column-force = In force from
issuing-column-state = State of the number
issuing-partly = { $number } (in part)
issuing-numbers = Register of numbers
issuing-numbers-hint = A number that was reserved and not used is void and never given again.
issuing-numbers-none = No number was given yet
issuing-number-party = Number of { $authority } for the joint text
issuing-number-left = Number of { $authority }, which left the joint text
issuing-desk = Announcements in hand
issuing-title-one = Announcement of "{ $title }"
issuing-title-many = Announcement of "{ $title }" and others, { $n } texts in all
issuing-named = "{ $title }" ({ $number })
issuing-amendment-of = "{ $title }" (amends { $number })
issuing-body = Under the law and rules of metrology the following are approved and issued: { $list }.
issuing-body-many = Under the law and rules of metrology { $n } technical specifications are approved and issued (see the list), among them { $list }.
issuing-body-force = They come into force on { $day }.
issuing-body-force-open = The days of force stand in the list.
force-doubt-too-soon = The day of force is too soon: the rules allow { $day } at the earliest, or it cannot be issued.
force-doubt-short = The day of force is sooner than usual ({ $day }).
force-doubt-day-off = The day of force, { $day }, is no working day; this is allowed, please make sure.
force-doubt-issue-ahead = The day of issue, { $day }, has not come; it can be issued on that day.
number-state-reserved = reserved
number-state-used = used
number-state-void = void
