# Days, instants, lengths of time
time-date = { $day } { $month } { $year }
time-date-weekday = { $weekday }, { $date }
time-month-year = { $month } { $year }
time-instant = { $date }, { $time } ({ $zone })
time-short = { $time } on { $day } { $month }
time-hour = { $hour }:00
time-zone-beijing = Beijing time
time-until = in { $length }
time-since = { $length } ago
time-under-a-minute = less than a minute
time-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
time-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
time-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
time-weekday-1 = Monday
time-weekday-2 = Tuesday
time-weekday-3 = Wednesday
time-weekday-4 = Thursday
time-weekday-5 = Friday
time-weekday-6 = Saturday
time-weekday-7 = Sunday
time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December
