# Whom a round asks, and hearings in a re-examination

asking-title = Units asked to comment
asking-lead = Members, advisers and corresponding units are asked anyway. List others here; those with a mail address are told when the round opens.
asking-listed = { $n ->
    [one] One unit is listed.
   *[other] { $n } units are listed.
  }
asking-units = Edit the list
asking-row = Unit { $n }
asking-name = Name of the unit
asking-class = Class
asking-address = Mail address
asking-save = Save the list
asking-saved = The list is kept: { $n } in all, { $told } told just now.
asking-hearing = Hear members and users
asking-closes = Last day
asking-note = What is asked
asking-hear = Open for comments
asking-heard = Comments are open, and those asked were told.
asking-publish = Publish the answers
asking-published = The answers are public, and those who commented were told.
