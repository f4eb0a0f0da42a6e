# Members, terms, annual reports, delivery, accounts.

mail-member-appointed-matter = Appointment
mail-member-appointed-ask = { $audience ->
    [concerned] From { $date } you serve { $title } as { $role }; please sign in and check your details.
   *[other] From { $date } { $person } serves { $title } as { $role }; please update the roll and contact list.
}
mail-member-appointed-context = Term, rights and duties are on the committee page. Please keep organisation and contact details up to date.

mail-member-left-matter = End of a role
mail-member-left-ask = { $audience ->
    [concerned] Your role as { $role } in { $title } ends on { $date }; please hand over your work.
   *[other] The role of { $person } as { $role } in { $title } ends on { $date }; please see to the handover and update the roll.
}
mail-member-left-context = The reason is below. Votes and comments given while in the role stay as they are.

mail-term-ending-matter = Term of the committee ends
mail-term-ending-ask = { $audience ->
    [secretariat] The present term of { $title } ends on { $date }; please prepare the renewal.
    [chair] The present term of { $title } ends on { $date }; please have the renewal prepared.
   *[other] The present term of { $title } ends on { $date }; please note the plans for its renewal.
}
mail-term-ending-context = The renewal needs the end-of-term report and the proposed composition; progress is on the committee page.

mail-renewal-open-matter = Renewal can be applied for
mail-renewal-open-ask = Please apply for the renewal of { $title } before its term ends on { $date }.
mail-renewal-open-context = The application consists of the end-of-term report and the proposed composition; what is on record is filled in for you.

mail-report-due-matter = Annual report due
mail-report-due-ask = Please submit “{ $title }” by { $due }.
mail-report-due-context = The figures are filled in; please check them, add the narrative and send it to the chair for signature.

mail-report-late-matter = Annual report late
mail-report-late-ask = { $audience ->
    [officers] “{ $title }” was due on { $due } and has not arrived; please follow it up.
   *[other] “{ $title }” was due on { $due } and is late; please submit it at once.
}
mail-report-late-context = The delay counts in the committee’s assessment.

mail-report-to-sign-matter = Annual report to be signed
mail-report-to-sign-ask = Please read and sign “{ $title }”.
mail-report-to-sign-context = The secretariat has completed it. If it needs changes, return it and say what.

mail-report-sent-back-matter = Annual report to be changed
mail-report-sent-back-ask = Please change “{ $title }” as the chair asks and hand it over for signature again.
mail-report-sent-back-context = The chair has read the report and sent it back to the secretariat.

mail-report-signed-matter = Annual report signed
mail-report-signed-ask = The chair has signed “{ $title }”. Please submit it to the authority.
mail-report-signed-context = Figures and words are fixed from the signature on.

mail-report-submitted-matter = Annual report submitted
mail-report-submitted-ask = Please check “{ $title }” and accept or return it.
mail-report-submitted-context = The chair has signed it; the source of every figure can be opened.

mail-report-accepted-matter = Annual report accepted
mail-report-accepted-ask = “{ $title }” was accepted. There is nothing further for you to do now.
mail-report-accepted-context = It is filed; its public part can be read on the committee page.

mail-report-returned-matter = Annual report returned
mail-report-returned-ask = Please revise “{ $title }” as listed below and submit it again.
mail-report-returned-context = The authority returned the report.

mail-mail-bounced-matter = Mail could not be delivered
mail-mail-bounced-ask = Mail to { $person } about “{ $title }” could not be delivered; please check the address and tell the person by other means.
mail-mail-bounced-context = What it was about is still on that person’s list of tasks. When the address is corrected, send it again from the delivery record.

mail-account-invited-matter = Open your account
mail-account-invited-ask = Please open the link below by { $due } to choose a password and open your account.
mail-account-invited-context = The link works once; please do not pass it on. After that time, ask the secretariat to send a new one.

mail-password-reset-matter = Reset your password
mail-password-reset-ask = Please open the link below by { $due } to choose a new password.
mail-password-reset-context = The link works once; please do not pass it on. If you did not ask for it, ignore this mail and your password stays as it is.

mail-password-changed-matter = Password changed
mail-password-changed-ask = The password of your account was changed; if it was not you, tell an administrator at once.
mail-password-changed-context = You are signed out on other devices; please sign in with the new password.

mail-role-chair = chair
mail-role-vice-chair = vice-chair
mail-role-secretary-general = secretary-general
mail-role-deputy-secretary-general = deputy secretary-general
mail-role-secretariat-staff = member of the secretariat staff
mail-role-member = member
mail-role-adviser = adviser
mail-role-consulting-member = consulting member
mail-role-corresponding-unit = corresponding unit
mail-role-invited = invited representative
mail-role-observer = observer
