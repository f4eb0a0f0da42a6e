# Dossier, approval, publication, force, abolition.

mail-dossier-submitted-matter = Dossier submitted
mail-dossier-submitted-ask = { $audience ->
    [officers] Please check the dossier of “{ $title }”.
   *[other] The dossier of “{ $title }” went to the authority. There is nothing further for you to do now.
}
mail-dossier-submitted-context = Its list of contents and check file are on the project page.

mail-dossier-returned-matter = Dossier returned
mail-dossier-returned-ask = Please deal with the dossier of “{ $title }” as listed below and submit it again.
mail-dossier-returned-context = The authority returned the dossier; the project is back at the stage shown on its page.

mail-dossier-approved-matter = Text approved
mail-dossier-approved-ask = “{ $title }” is approved and will be numbered and published. There is nothing further for you to do now.
mail-dossier-approved-context = You will be told its number and the dates of publication and entry into force. Please begin to prepare publicity and training.

mail-dossier-refused-matter = Text not approved
mail-dossier-refused-ask = “{ $title }” was not approved; please take note.
mail-dossier-refused-context = The reason is below.

mail-published-matter = Specification published
mail-published-ask = { $number } “{ $title }” is published and enters into force on { $date }; please prepare for it.
mail-published-context = The full text, the announcement and what it replaces are on its page.

mail-force-soon-matter = Specification enters into force soon
mail-force-soon-ask = { $number } “{ $title }” enters into force on { $date }; please prepare for it.
mail-force-soon-context = Until then the text it replaces stays valid.

mail-training-missing-matter = Training before force is missing
mail-training-missing-ask = Please complete and record the publicity and training for { $number } “{ $title }” before { $date }.
mail-training-missing-context = It enters into force on that day, and no training is recorded so far.

mail-in-force-matter = Specification in force
mail-in-force-ask = { $number } “{ $title }” is in force from { $date }; please work by the new text.
mail-in-force-context = The text it replaces ceases to apply at the same time; see its page.

mail-superseded-matter = Specification replaced
mail-superseded-ask = { $number } “{ $title }” is replaced from { $date }; please use the new text.
mail-superseded-context = The old text stays available for reading.

mail-abolished-matter = Specification abolished
mail-abolished-ask = { $number } “{ $title }” is abolished from { $date }; please stop using it.
mail-abolished-context = The reason is below. The text stays available for reading; its number will not be used again.
