# Committees
committees-title = Technical committees
committees-lead =
    { $n ->
        [one] One committee, subcommittee or working group.
       *[other] { $n } committees, subcommittees and working groups.
    }
committees-none = There are no committees yet
committees-data-title = About
committees-data-scope = Scope
committees-data-authority = Authority
committees-data-parent = Parent committee
committees-data-host = Secretariat
committees-data-established = Established
committees-data-term = Term
committees-data-term-start = Term began
committees-data-term-end = Term ends
committees-data-former = Former names
committees-term = Term { $n }
committees-until = until { $day }
committees-on = Roll on
committees-roll = Roll
committees-roll-none = Nobody is on the roll on this day
committees-roll-none-text = Try another day.
committees-voting = { $n } voting members
committees-name = Name
committees-role = Role
committees-unit = Unit
committees-since = Since
committees-suspended = Suspended
committees-projects = Running projects
committees-projects-none = No public project is running.
committees-editions = Specifications in its care
committees-reports = Annual reports
committees-report = Annual report { $year }
committees-follow = Follow
committees-matters = Votes on matters of the committee
committees-matter = Matter
committees-matters-none = Nothing has been voted on yet
committees-matter-open = Put a matter to the vote
committees-matter-question = The matter
committees-matter-question-hint = What the members are to decide: a work plan, a change of seats, the charter.
committees-matter-open-button = Open the vote
committees-matter-opened = The vote is open, and the members have been told.
committees-matter-kind = Kind
committees-matter-secret = Secret ballot
committees-matter-secret-hint = Elections are secret where the rule says so; any other matter may be made secret here.
