# Words of closed sets

party-anyone = anybody
party-suggester = suggester
party-secretariat = secretariat
party-chair = chair
party-vice-chair = vice-chair
party-member = member
party-drafter = drafter
party-principal-reviewer = principal reviewer
party-officer = authority
party-administrator = administrator
party-system = system

role-chair = chair
role-vice-chair = vice-chair
role-secretary-general = secretary-general
role-deputy-secretary-general = deputy secretary-general
role-secretariat-staff = secretariat staff
role-member = member
role-adviser = adviser
role-consulting-member = consulting member
role-corresponding-unit = corresponding member
role-invited = invited expert
role-observer = observer

project-role-lead-drafter = lead drafter
project-role-drafter = drafter
project-role-principal-reviewer = principal reviewer
project-role-suggester = suggester

interest-producer = production
interest-operator = trade
interest-user = use
interest-research = research
interest-education = education
interest-testing = verification and testing
interest-administration = administration
interest-association = associations
interest-unknown = not stated

visibility-open = public
visibility-committee = committee only
visibility-restricted = restricted

openness-open = public
openness-internal = internal
openness-placeholder = classified (placeholder only)

origin-proposed = proposed here
origin-imported = imported from a plan
origin-reexamination = from a re-examination
origin-split = split off
origin-demo = demonstration

adjustment-kind-extension = extension
adjustment-kind-change = change
adjustment-kind-merge = merger
adjustment-kind-split = split
adjustment-kind-cancel = cancellation

decision-granted = granted
decision-refused = refused

mail-state-queued = queued
mail-state-sending = sending
mail-state-sent = sent
mail-state-given-up = given up
mail-state-kept = kept here only
mail-state-frozen = frozen

vote-channel-online = online
vote-channel-meeting = in the meeting
vote-channel-paper = on paper
vote-channel-letter = letter or mail
vote-channel-phone = by telephone
vote-channel-proxy = by proxy

report-state-draft = being written
report-state-to-sign = to be signed
report-state-signed = signed
report-state-submitted = submitted
report-state-accepted = accepted
report-state-returned = returned

object-kind-project = project
object-kind-specification = specification
object-kind-committee = committee
object-kind-person = person
object-kind-organisation = organisation
object-kind-profile = rule profile
object-kind-report = annual report
object-kind-announcement = announcement
object-kind-ballot = ballot
object-kind-comment = comment
object-kind-system = system

round-purpose-draft = comments on the draft
round-purpose-again = comments on the changed draft
round-purpose-abolition = comments on the abolition
round-purpose-reexamination = comments on the re-examination

round-status-running = open
round-status-closed = closed, being settled
round-status-published = outcome published
round-status-aborted = broken off

recipient-answer-comments = has comments
recipient-answer-no-comment = no comment
recipient-answer-cannot = cannot answer

comment-kind-general = general
comment-kind-technical = technical
comment-kind-editorial = editorial

comment-source-page = web page
comment-source-api = API
comment-source-import = imported table
comment-source-letter = letter
comment-source-mail = mail
comment-source-meeting = meeting

ballot-purpose-proposal = vote on the application
ballot-purpose-review = review
ballot-purpose-reexamination = re-examination
ballot-purpose-matter = other matter
ballot-purpose-election = election

recipient-class-member = committee members
recipient-class-corresponding-unit = corresponding members
recipient-class-administration = metrology administrations
recipient-class-verification-body = verification bodies
recipient-class-maker = makers
recipient-class-user = users
recipient-class-related-drafter = drafters of related standards
recipient-class-public = the public

act-issues = issues
act-replaces = replaces
act-abolishes = abolishes
act-amends = amends
act-confirms = confirms

suggestion-keep = keep
suggestion-amend = issue an amendment slip
suggestion-early-reexamination = re-examine early

feedback-outcome-closed = closed
feedback-outcome-amendment = leads to an amendment slip
feedback-outcome-reexamination = leads to an early re-examination

reexamination-result-confirmed = confirmed
reexamination-result-amend = amendment slip
reexamination-result-revise = revision
reexamination-result-merge = merger
reexamination-result-change-type = change of category
reexamination-result-abolish = abolition

audience-suggester = suggester
audience-secretariat = secretariat
audience-chair = chair
audience-chair-and-vices = chair and vice-chairs
audience-members = members
audience-non-voting = corresponding members and advisers
audience-drafters = drafters
audience-principal-reviewers = Principal reviewers
audience-officers = authority
audience-commenters = commenters
audience-followers = followers
audience-not-yet-answered = those who have not answered
audience-silent-voters = those who have not voted
audience-voters = everybody on the roll
audience-concerned = the person concerned
audience-objector = objector
audience-host = host of the secretariat
audience-administrators = administrators
