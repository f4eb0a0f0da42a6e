# Pages of administrators
admin-people = People
admin-person-new = Add a person
admin-person-entered = The person was added.
admin-people-search = Name or address
admin-unit = Organisation
admin-unit-none = Not stated
admin-account = Account
admin-account-none = No account
admin-account-closed = Closed
admin-account-invited = Invited
admin-account-administrator = Administrator
admin-account-open = Open
admin-email-hint = Needed for an account and for mail.
admin-nothing-found = Nothing found
admin-rights = Account and offices
admin-offices = Officer of
admin-seats = Seats
admin-seat = { $role }, { $committee }
admin-span = { $since } to { $until }
admin-span-open = since { $since }
admin-since = First day
admin-until = End (first day without the office)
admin-invite = Send an invitation
admin-invite-hint = The link works once within 72 hours; earlier links end.
admin-invite-link = Link to open the account, shown once; hand it to the person:
admin-invited = The invitation is on its way.
admin-close = Close the account
admin-close-hint = Sessions and tokens end at once; records stay.
admin-closed = The account is closed.
admin-reopen = Reopen the account
admin-reopened = The account is open again.
admin-administrator-grant = Make administrator
admin-administrator-revoke = Revoke administrator
admin-administrator-hint = Administrators manage people and settings; they do not vote for others.
admin-last-administrator = One administrator has to remain.
admin-rights-changed = The rights were changed.
admin-officer-title = Officer of an authority
admin-officer-hint = Enter an end to close the office.
admin-officer-set = Save
admin-authority = Authority
admin-authorities = Authorities
admin-authority-code = Code
admin-authority-level = Level
admin-authority-mark = Mark in numbers
admin-officers = Officers
admin-list = { $names }
admin-organisations = Organisations
admin-organisation-new = Add an organisation
admin-organisations-search = Name
admin-interest = Interest
admin-interest-hint = Counts towards the balance of committees.
admin-small-firm = Small or medium firm
admin-small-firm-column = Size
admin-region = Region
admin-committees = Committees
admin-committees-keep = Keep committees
admin-committees-none-text = Found the first one, or import them from a file.
admin-committee = Committee
admin-committee-new = Found a committee
admin-committee-new-lead = It is in preparation until its first term begins.
admin-committee-found = Found it
admin-committee-founded = The committee is founded. Begin its first term and appoint its people next.
admin-committee-no-term = No term yet
admin-committee-members = With a vote
admin-committee-state = State
admin-outbox = Mail
admin-outbox-search = Address or subject
admin-outbox-frozen =
    { $n ->
        [one] One mail is frozen since the restore and waits for a decision.
       *[other] { $n } mails are frozen since the restore and wait for a decision.
    }
admin-outbox-decide = Decide on frozen mail
admin-frozen-drop = Drop all
admin-frozen-drop-hint = They may have been sent after the backup was made.
admin-frozen-release = Send all
admin-frozen-release-hint = Only if they were not sent before; people may get them twice.
admin-frozen-done =
    { $n ->
        [one] One mail was settled.
       *[other] { $n } mails were settled.
    }
admin-all = All
admin-at = { $at }
admin-mail = Delivery
admin-mail-created = Entered
admin-mail-because = Because
admin-mail-attempts = Attempts
admin-mail-sent = Sent
admin-mail-error = Last error
admin-mail-again = Send again
admin-mail-queued = Queued again.
admin-mail-count = { $state } { $n }
admin-events = Ledger
admin-events-of = What this person did
admin-event-object = Object
admin-event-kind = Act
admin-event-actor = Actor
admin-event-from = From
admin-event-until = To
admin-event-facts = Facts
admin-areas = Areas
admin-state = State
admin-administrators = Administrators
admin-dangers = Settings to mind
admin-rules = Rule profile
admin-holidays = Holidays
admin-settings = Settings
admin-settings-lead = Settings are changed in the settings file or the environment and take effect at the next start.
admin-set-base-url = Address of the site
admin-set-database = Database
admin-set-schema = Schema
admin-set-files = File store
admin-set-upload = Largest file
admin-set-mail = Mail transport
admin-set-from = Sender
admin-set-passwords = Password profile
admin-set-idle = Idle session
admin-set-admin-idle = Idle session of administrators
admin-set-absolute = Longest session
admin-set-zone = Zone
admin-set-tick = Tick of jobs
admin-set-version = Version
danger-plain-http = Readers reach the site without TLS
danger-open-cookies = Cookies may travel without TLS
danger-soft-commits = A power loss may take answered commits
danger-talkative-log = The log may hold the content of requests
danger-no-mail = No mail leaves the house
danger-reloaded-templates = Templates are read again at each request
admin-organisations-total = { $n ->
    [one] One organisation
   *[other] { $n } organisations
}
admin-outbox-total = { $n ->
    [one] One mail
   *[other] { $n } mails
}
admin-events-total = { $n ->
    [one] One event
   *[other] { $n } events
}
admin-areas-register = Register
admin-areas-rules = Rules
admin-areas-running = Operation
admin-about-people = accounts, seats, invitations, blocking
admin-about-organisations = names and interest categories
admin-about-committees = founding, terms, appointments, rolls
admin-about-authorities = authorities and their officers
admin-about-rules = days, shares and papers by authority
admin-about-holidays = days off and make-up days, for working days
admin-about-outbox = what was sent, why, and whether it arrived
admin-about-events = what was done, append-only
admin-about-settings = the settings in force
