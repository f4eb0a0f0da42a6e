# Faults at the fields of forms
fault-missing = This is needed.
fault-too-long = Too long: at most { $bound } characters.
fault-not-a-day = Write the date like 2026-04-01.
fault-not-a-choice = Choose one of those listed.
fault-not-asked = This step does not ask for it.
fault-bad-characters = It holds characters that cannot be used.
fault-not-a-number = Not the number of a specification, such as JJG 1-2020 or JJF(苏) 1-2020.
fault-unknown = There is no such thing.
fault-too-short = Too short: at least { $bound } characters.
fault-too-common = Many people use this password, or it is made of the name or address; choose another.
fault-too-simple = Use at least { $bound } of: capitals, small letters, digits, other characters.
fault-not-same = The two entries differ.
fault-wrong-password = The present password is not right.
fault-same-password = The new password must differ from the present one.
fault-not-an-address = This is no mail address.
fault-taken = It exists already.
