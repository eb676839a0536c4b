"""Every bound of a branch's day in one place, each with the reason why it stands where it does."""

from datetime import timedelta

FIRST_DIGITS = 3
"""Numbers read as a letter and three digits; 999 is more than one series sees on a usual day."""

SERIES_MAX = 9_999
"""A series that passes 999 goes on to four digits; a fifth would not fit a display."""

RETURN_WITHIN = timedelta(minutes=15)
"""Who missed a call may come back this long: after it the hall has changed too much to be fair."""

RETURNS_MAX = 1
"""Coming back is possible once, or absence would be a way to reserve a place."""

RETURN_BEHIND = 2
"""A returner waits behind this many others, so that those who listened are not passed at once."""

COME_BACK_MIN = 20
"""Time for a short errand; who needs longer is served sooner with a new number."""

REST_MINUTES_MAX = 60
"""A place kept longer than an hour is not this hall's any more."""

POSTPONE_BEHIND = 2
"""Who needs more time waits behind this many others."""

POSTPONEMENTS_MAX = 1
"""More time is given once: after that a colleague can help better than a longer line."""

SLIP_PREFIX = "S"
"""The series of self-service slips, beside those of the services."""

MACHINE_QUEUE_MAX = 50
"""More people before one machine is a slip of the finger."""

PLACE_LENGTH_MAX = 60
"""A place is read at a glance while walking."""

HELP_CALLS_MAX = 100
"""More open calls than this nobody can answer; the oldest are answered first."""

NOTE_LENGTH_MAX = 200
"""A note is read at a glance between two customers."""

REASON_LENGTH_MAX = 80
"""A reason fits one line of a report."""

SERVICES_DONE_MAX = 10
"""More services than this in one visit is a mistyped list."""

COUNTER_SERVICES_MAX = 100
"""More services than a catalogue holds."""

ESCALATE_AFTER = timedelta(seconds=60)
"""A call that nobody has answered this long is the next colleague's."""

PEOPLE_ON_DUTY_MAX = 20
"""More people on lobby duty than a hall has walls is a forgotten list."""

ESCORTS_MAX = 20
"""Nobody walks with two customers at once, so this is the same bound."""

NOTICES_MAX = 5
"""What hangs beside more than four others is not read."""

NOTICE_MINUTES_MAX = 12 * 60
"""A notice ends with the day at the latest, so that none outlives its reason."""

NOTICE_LENGTH_MAX = 160
"""As much as a display shows in letters that can be read from five metres."""

LANGUAGES_MAX = 10
"""More languages than a branch speaks."""

HOLD_MINUTES_MAX = 4 * 60
"""Who is away longer than half a day comes with a new ticket."""

PAUSE_MINUTES_MAX = 4 * 60
"""A longer pause is a closed counter."""

BREAK_MINUTES_MAX = 2 * 60
"""A longer break is a closed counter."""

BREAK_BEGINS_WITHIN = timedelta(minutes=15)
"""A pause this long before its planned break, or at any time after, is that break."""

NO_CALL_BEFORE_BREAK = timedelta(minutes=5)
"""A customer who is called this short before a planned break would reach into it."""

PAGER_LENGTH_MAX = 8
"""A pager has a short number on its back."""
