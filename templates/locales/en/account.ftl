# Signing in, accounts and one-time links
account-title = My account
account-sign-in-title = Sign in
account-sign-in-lead = For members, drafters, secretariats and authorities. Reading specifications and commenting need no account.
account-sign-in-refused = The address or the password is not right. After several wrong tries a short wait is needed.
account-signed-out = You are signed out.
account-forgot-title = Forgotten password
account-forgot-lead = Enter the address of your account and we send a link for a new password.
account-forgot-button = Send the link
account-forgot-done = If the address has an account, the mail for a new password is on its way.
account-invitation-title = Open your account
account-reset-title = Set a new password
account-choose-lead = { $name } ({ $email }), please choose a password.
account-choose-button = Set password
account-choose-done = The password is set; please sign in.
account-link-gone = The link was used, has ended or does not exist. Ask for a new one if you need it.
account-setup-title = First administrator
account-setup-lead = This link works once. Afterwards you can sign in, add people and import committees.
account-setup-button = Create
account-setup-done = The administrator exists; please sign in.
account-password-title = Change password
account-password-lead = Every other device will be signed out.
account-password-button = Change password
account-password-hint = No common words, keyboard patterns, name or address. A sentence only you would think of is best; Chinese is fine.
account-password-done = The password is changed and other devices are signed out.
account-profile = Profile and preferences
account-saved = Saved.
account-optional-mail-hint = What you must act on is always sent.
account-sessions = Signed-in devices
account-session-present = This device
account-session-end = Sign out
account-sessions-end-others = Sign out other devices
account-sessions-ended = { $n ->
    [one] One sign-in was ended.
   *[other] { $n } sign-ins were ended.
}
account-last-seen = Last used
account-agent-unknown = Unknown browser
account-tokens = API tokens
account-tokens-none = No tokens yet.
account-token-hint = Say what it is for, so that you can revoke the right one. A token has your own rights.
account-token-make = Make a token
account-token-made = New token
account-token-once = Save it now; it is not shown again.
account-token-created = Made
account-token-used = Last used
account-token-unused = Never used
account-token-revoke = Revoke
account-token-revoked = The token is revoked.
account-mail-stop-title = Stop optional mail
account-mail-stop-lead = What you must act on is still sent. You can switch it on again in your account.
account-mail-stop-button = Stop
account-mail-stopped = Optional mail is stopped.

field-email = Mail address
field-password = Password
field-old-password = Present password
field-new-password = New password
field-password-again = New password again
field-name = Name
field-name-en = Name in English
field-post = Post
field-title = Professional title
field-locale = Language
field-optional-mail = Receive optional mail
field-token-name = Purpose

locale-zh-cn = 中文
locale-en = English

error-typed = What you typed (to copy)
error-text-unknown = It is not known whether this was done. Look before you send it again.
error-text-foreign-form = The form has expired or did not come from this site. Go back, reload the page and send it again.
error-title-405 = Method not supported
error-text-405 = This address does not take that kind of request.
error-title-415 = Content type not supported
error-text-415 = What was sent is not of the type wanted here.
