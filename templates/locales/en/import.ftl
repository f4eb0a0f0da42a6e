# Importing tables: why a whole file is refused, what was assumed, bad rows, doubts, names of columns.

# The whole file is refused
import-refused-too-large = The file has { $bytes } bytes, more than the limit of { $limit }. Split it and import the parts.
import-refused-inflates = Unpacked, the file would exceed { $limit } bytes; it is not read.
import-refused-old-office = This is an old Office file (such as .xls). Save it as .xlsx or CSV in your spreadsheet program and import that.
import-refused-encrypted = The workbook is protected by a password. Remove the password and import it again.
import-refused-xlsb = This is a binary workbook (.xlsb). Save it as .xlsx and import that.
import-refused-open-document = This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV and import that.
import-refused-office-document = This is a text document or a presentation, not a table. Save the table as .xlsx or CSV and import that.
import-refused-web-page = This is a web page, even if its name ends in .xls. Open it in a spreadsheet program, save it as .xlsx and import that.
import-refused-xml = This is an XML file. Save it as .xlsx or CSV and import that.
import-refused-pdf = This is a PDF file, not a table.
import-refused-picture = This is a picture, not a table.
import-refused-archive = This is an archive. Unpack it and import the tables inside one by one.
import-refused-nothing = The file is empty.
import-refused-undecodable = Line { $line } cannot be decoded: the file is neither intact UTF-8 nor GB 18030. Save it as CSV in UTF-8.
import-refused-zero-byte = Line { $line } holds a zero byte; the file is not text.
import-refused-unclosed-quote = The quotation mark opened in line { $line } is never closed, so cells cannot be told apart. Close it.
import-refused-no-header = No header was found. Name the columns in the first row.
import-refused-no-visible-sheet = Every sheet of the workbook is hidden. Unhide the one to be imported.
import-refused-too-many-rows = There are more than { $limit } rows. Split the file and import the parts.
import-refused-too-many-columns = Line { $line } has more than { $limit } columns.
import-refused-too-many-cells = There are more than { $limit } cells. Delete empty areas or split the file.
import-refused-damaged = The workbook is damaged and cannot be read. Open it in a spreadsheet program and save it again.
import-refused-missing-columns = Required columns are missing: { $missing }. The file has: { $found }.

# What was assumed
import-note-encoding = Read as { $encoding }.
import-note-delimiter-comma = Columns are parted by commas.
import-note-delimiter-semicolon = Columns are parted by semicolons.
import-note-delimiter-tab = Columns are parted by tabs.
import-note-sheet-taken = The sheet “{ $sheet }” was read.
import-note-sheet-not-read = The sheet “{ $sheet }” was not read.
import-note-sheet-hidden = The sheet “{ $sheet }” is hidden and was not read.
import-note-macros-ignored = The workbook carries macros; they are never run.
import-note-above-header = { $rows ->
    [one] One row above the header is not data.
   *[other] { $rows } rows above the header are not data.
}
import-note-header-again = Line { $line } repeats the header and was skipped.
import-note-header-twice = There are several columns “{ $header }”; the first is used.
import-note-unknown-column = The column “{ $header }” is not part of this import and was not read.
import-note-merged-filled = { $cells ->
    [one] The value of a merged cell was given to one cell it spans.
   *[other] The values of merged cells were given to the { $cells } cells they span.
}
import-note-short-row = Line { $line } has only { $found } cells, the header { $expected }; the missing ones count as empty.
import-note-outside-header = Line { $line } has content in columns beyond the header; it was not read.
import-note-row-twice = Line { $line } says the same as line { $first } and counts once.
import-note-more = { $notes ->
    [one] One more note of this kind is not listed.
   *[other] { $notes } more notes of this kind are not listed.
}

# Bad rows
import-bad-surplus-cells = more cells than the header ({ $found }); an unquoted delimiter has probably shifted the columns
import-bad-cell-too-long = the cell has { $found } characters, more than a spreadsheet can hold
import-bad-error-value = the cell holds the error { $found }
import-bad-no-saved-value = the formula has no saved result; recalculate and save the file in a spreadsheet program
import-bad-empty = must not be empty
import-bad-too-long = too long: { $found }
import-bad-unknown-word = not a known value: { $found }
import-bad-year = not a valid year: { $found }
import-bad-date = not a valid date: { $found }
import-bad-day = year, month and day are needed: { $found }
import-bad-number = not a valid number: { $found }
import-bad-number-of-specification = not a complete number of a specification: { $found }
import-bad-number-without-year = the number of the specification lacks its year: { $found }
import-bad-number-of-other-series = not a JJG or JJF number: { $found }
import-bad-several-numbers = more than one number in the cell: { $found }
import-bad-committee-code = not a valid committee code: { $found }
import-bad-email = not a valid e-mail address: { $found }
import-bad-ends-before-it-begins = ends before it begins: { $found }
import-bad-replaces-itself = new and old number are the same: { $found }
import-bad-two-committees = the code belongs to one committee and the name to another: { $found }
import-bad-no-such-committee = the register has no such committee: { $found }
import-bad-email-of-another = this e-mail address belongs to { $found }
import-bad-namesakes = several people bear this name; add the e-mail address: { $found }
import-bad-replaces-each-other = the two would replace each other: { $found }
import-bad-which-edition = a re-examination needs the number it is about: { $found }
import-bad-project-number-taken = this project number is taken by “{ $found }”
import-bad-contradicts-line = names the same object as line { $found } with other content; keep one of them

# Doubts
import-doubt-pinyin = the text contains pinyin in brackets: { $found }
import-doubt-lost-character = a character was lost in an earlier conversion: { $found }
import-doubt-invisible-characters = invisible control characters were removed: { $found }
import-doubt-serial-date = the date was a spreadsheet's day count { $found } and was converted
import-doubt-date-not-exact = the date is incomplete: { $found }
import-doubt-number-not-read = this number is not understood and was left out: { $found }
import-doubt-number-short-year = the year in the number has two digits and was completed: { $found }
import-doubt-number-sign = a bracket or dash of the number is irregular; read in the likeliest way: { $found }
import-doubt-number-remark = a remark follows the number: { $found }
import-doubt-translated = the title is a translation, not the original: { $found }
import-doubt-weak-source = the source is weak: { $found }
import-doubt-inferred = inferred: { $found }
import-doubt-not-checked = not checked against the notice: { $found }
import-doubt-effective-before-issue = enters into force on { $found }, before it was issued
import-doubt-year-differs = issued on { $found }, which is not the year of the number
import-doubt-replaces-itself = names itself as replaced: { $found }
import-doubt-level-differs = the level does not agree with the mark in { $found }
import-doubt-category-guessed = the category is not stated and was inferred from title or number: { $found }
import-doubt-level-unknown = the level is unknown: { $found }
import-doubt-parent-unknown = the committee above is not named: { $found }
import-doubt-role-assumed = no role is stated; taken as member
import-doubt-no-email = without an e-mail address the person cannot be notified and is hard to tell from a namesake
import-doubt-several-emails = several e-mail addresses; the first is used: { $found }
import-doubt-no-committee = no responsible committee
import-doubt-year-of-document = the year was taken from the document number: { $found }
import-doubt-new-text-replaces = called new, but names numbers it replaces
import-doubt-not-in-plan = seen only at consultation or review, in no plan: { $found }
import-doubt-part-unnamed = replaces a part, but does not say which
import-doubt-announcement-kind = the kind of announcement is not stated
import-doubt-list-incomplete = the list of specifications is incomplete
import-doubt-authority-unconfirmed = the authority “{ $found }” is new in the register; check its name and rule profile
import-doubt-parent-not-found = the register has no such parent committee: { $found }
import-doubt-committee-not-found = the register has no such committee; its printed name is kept: { $found }
import-doubt-link-differs = the replacement differs from the register, which stands: { $found }
import-doubt-since-assumed = no first day of the seat is stated; { $found } is taken
import-doubt-action-assumed = making or revising is not stated; taken as making: { $found }
import-doubt-due-day-kept = the project is already due on { $found }, which stays
import-doubt-due-day-by-rule = no due day is stated; by rule it is { $found }
import-doubt-undated = no date
import-doubt-days-differ = the dates are { $found } days apart, which differs from the stated number

# Names of columns
import-column-abolished-on = abolished on
import-column-announcement = announcement
import-column-authority = authority
import-column-base-or-replaced-number = number revised or replaced
import-column-basis = basis
import-column-body-type = kind of body
import-column-chain-id = chain
import-column-code = code
import-column-committee = committee
import-column-committee-code = committee code
import-column-committee-or-body = responsible body
import-column-date = date
import-column-days-open = days open
import-column-deadline = deadline
import-column-document = document
import-column-drafting-orgs = drafting units
import-column-effective-on = effective on
import-column-email = e-mail
import-column-established-year = year of founding
import-column-former-names = former names
import-column-interest = interest
import-column-issued-on = issued on
import-column-item = project number
import-column-kind = category
import-column-level = level
import-column-name = name
import-column-name-en = English name
import-column-name-en-basis = basis of the English name
import-column-name-zh = name
import-column-new-number = new number
import-column-note = remark
import-column-notice-date = date of the notice
import-column-number = number
import-column-old-number = replaced number
import-column-old-number-in-specifications-csv = whether the replaced number is in the list
import-column-parent = parent committee
import-column-part-detail = replaced part
import-column-plan-document = plan document
import-column-plan-document-or-stage = plan document or progress
import-column-plan-on = plan issued on
import-column-post = post
import-column-project-title = project title
import-column-reference = reference
import-column-replaced-number = number to be replaced
import-column-replaces = replaces
import-column-role = role in the committee
import-column-scope = scope of replacement
import-column-scope-basis = basis of the field of work
import-column-scope-zh = field of work
import-column-secretariat-host = host of the secretariat
import-column-since = from
import-column-small-firm = small or medium enterprise
import-column-source-strength = strength of the source
import-column-specification-list-complete = whether the list is complete
import-column-specifications-found = specifications
import-column-stage = stage
import-column-status = status
import-column-status-basis = basis of the status
import-column-step = step
import-column-term = term
import-column-title = title
import-column-title-en = English title
import-column-title-zh = Chinese title
import-column-title-zh-basis = basis of the Chinese title
import-column-type = type
import-column-unit = unit
import-column-until = until
import-column-year = year

# The table of comments and dispositions
import-column-comment-id = Identity
import-column-serial = No.
import-column-clause = Clause
import-column-comment-kind = Type
import-column-comment = Comment
import-column-proposal = Proposed wording
import-column-comment-reason = Reason
import-column-author = Author
import-column-received-on = Received
import-column-comment-source = Source
import-column-late = Late
import-column-disposition = Disposition
import-column-disposition-reason = Reason of the disposition
import-column-merged-into = Merged into no.
import-column-text-changed = Text changed
import-bad-comment-id = not a valid identity: { $found }; keep those of the exported table, leave it empty for new comments
import-bad-no-such-comment = this round has no comment with the identity { $found }
import-bad-only-secretariat = new comments are entered by the secretariat; only dispositions are updated here
import-bad-comment-invalid = the content does not fit: { $found }
import-bad-received-on = it must have been received after the round opened and not after today: { $found }
import-bad-too-late = the round has ended and the rule takes no more comments: { $found }
import-bad-round-ended = the answers are public or the round was broken off; no new comments are taken
import-bad-reason-missing = partial acceptance and rejection need a reason
import-bad-comment-settled = the comment was withdrawn or its answer is public, it stays as it is
import-bad-merged-into = there is no comment no. { $found } to merge into
import-bad-disposition = it cannot be settled so: { $found }
import-doubt-comment-differs = the comment differs from the one in the system, whose words were not changed: { $found }
import-doubt-unit-unknown = neither organisation nor author is named
