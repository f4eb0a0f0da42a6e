# Words of the command line
cli-serve-listening = Quanheng is ready: { $url } (listening on { $address })
cli-serve-setup = There is no administrator yet. Open this link within 72 hours to create the first one (it works once):
    { $link }
cli-migrate-none = none
cli-migrate-current = The database is up to date: { $to }
cli-migrate-pending = { $n } migrations wait: { $from } → { $to }
cli-migrate-done = The database went from { $from } to { $to } in { $n } steps
cli-migrate-copy = The database as it was before was copied to { $file }
cli-user-unknown = Nobody has the address { $email }
cli-user-added = { $email } was added. Link to open the account (it works once):
    { $link }
cli-user-ask = New password:
cli-user-passwd = The password of { $email } is set; every sign-in of the account was ended
cli-user-which-right = Say which right: --admin or --officer CODE
cli-user-no-authority = There is no authority with the code { $code }
cli-user-granted = The rights of { $email } were updated
cli-user-admin = administrator
cli-user-closed = closed
cli-user-invited = no password yet
