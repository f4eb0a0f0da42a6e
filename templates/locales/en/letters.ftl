# What came by letter, by mail or in a meeting
letters-title = Letters
letters-lead = Enter comments that came by letter, by mail or in a meeting, and note the answers of those who were asked.
letters-over = The answers of this round are published, or it was broken off; nothing more is entered.
letters-paper = Enter a comment
letters-reply-title = Note an answer
letters-asked = Who was asked
letters-asked-none = Nobody is listed as asked
letters-classes-missing = Of the classes that the rule names nobody was asked from: { $classes }
letters-regions = Regions of the units asked ({ $n }): { $regions }
letters-silent = no answer
letters-column-name = Name
letters-column-asked = Asked
letters-column-answer = Answer
letters-column-answered = Answered
letters-field-source = How it came
letters-field-received-on = Received on
letters-field-recipient = Who was asked
letters-recipient-hint = Choose where the comment comes from somebody who was asked; it counts as the answer.
letters-recipient-none = Not on the list
letters-field-name = Name of the author
letters-name-hint = May stay empty where it is not signed.
letters-field-unit = Unit
letters-field-class = Class of the author
letters-field-contact = Contact
letters-contact-hint = A mail address gets the receipt and the answer. Never public.
letters-field-clause = Clause
letters-field-kind = Kind
letters-field-body = Comment
letters-field-proposal = Proposed wording
letters-field-reason = Reason
letters-field-scan = Scan
letters-scan-hint = Optional. Kept as a document of the project for the committee only.
letters-enter = Enter
letters-entered = Entered; receipt { $receipt }.
letters-field-answer = Answer
letters-answer-hint = For comments use “Enter a comment” and choose who was asked.
letters-field-note = How it reached you
letters-note-hint = Such as: letter of 20 March; by telephone, taken by whom.
letters-reply = Note the answer
letters-replied = The answer is noted.
letters-remind = Remind the { $n } who have not answered
letters-remind-hint = Goes to nobody else; once a day at most.
letters-reminded =
    { $n ->
        [one] A reminder goes to one address.
       *[other] Reminders go to { $n } addresses.
    }
