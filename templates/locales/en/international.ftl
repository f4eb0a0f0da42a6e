# Editions of adopted international documents
international-title = International sources
international-lead = The international documents that texts in force follow, with their editions; a newer edition or a withdrawal is evidence for an early re-examination.
international-moved = Only where the source moved on
international-all = Show all
international-column-degree = Degree
international-column-source = Edition followed
international-column-standing = The source today
international-untold = not on record
international-current = that edition is in force
international-renewed = newer edition { $newest }
international-withdrawn = withdrawn
international-none = No text fits
international-none-text = Texts are listed here once the international document they follow is on record.
international-how = Lists of editions are imported by administrators with quanheng import source-editions (CSV or XLSX: number, edition, title, status).
reexam-source-renewed = An adopted international document was renewed or withdrawn: { $list }.
