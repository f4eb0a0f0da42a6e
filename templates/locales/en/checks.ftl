# Checks of a draft.
checks-title = Checks of the text
checks-lead = Findings are advice, each with its place in the text; none of them holds a project up unless the committee says so.
checks-count = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
checks-none = Nothing to point out
checks-findings = Findings
checks-matrix = Requirements, items and methods
checks-property = Property
checks-requirement = Requirement
checks-item = Item
checks-method = Method
checks-hole = missing
check-chapter-missing = “{ $words }” is missing
check-chapter-order = “{ $words }” stands out of order
check-annex-missing = Annex “{ $words }” is missing
check-annex-status = The annex does not say whether it is mandatory or informative: { $words }
check-items-missing = The table of items is missing: { $words }
check-requirement-without-item = “{ $words }” is required and is no item
check-requirement-without-method = “{ $words }” is required and has no method
check-item-without-requirement = Nothing is required of item “{ $words }”
check-item-without-method = Item “{ $words }” has no method
check-method-without-item = Method “{ $words }” belongs to no item
check-method-without-requirement = Method “{ $words }” tests nothing that is required
check-column-missing = The table of items lacks the column “{ $words }”
check-cell-empty = Item “{ $words }” says nothing of “{ $column }”
check-unit-not-legal = “{ $words }” is no legal unit; { $instead } may be used
check-unit-spelling = The symbol “{ $words }” is misspelt; it is { $instead }
check-unit-doubtful = The symbol “{ $words }” is doubtful; is it { $instead }?
check-unit-space = “{ $words }” lacks the space between figure and unit: { $instead }
check-symbol-undefined = Symbol { $words } of formula { $formula } is not explained
check-cited-replaced = { $words } was replaced by { $by }
check-cited-abolished = { $words } was abolished
check-cited-not-yet = { $words } is not in force yet
check-cited-unknown = { $words } is not in the catalogue, or its state is unknown
check-cited-not-listed = { $words } is cited and not among the cited documents
check-cited-other-year = { $words } is cited, and { $listed } is listed
check-cited-undated = { $words } is cited without year, and { $listed } is listed
check-listed-not-cited = { $words } is listed and cited nowhere
check-listed-twice = { $words } is listed twice
check-term-twice = Term “{ $words }” is defined twice, see { $first }
check-term-unused = Term “{ $words }” is defined and not used
