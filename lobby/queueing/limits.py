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

NOTE_LENGTH_MAX = 200
"""A note is read at a glance between two customers."""

REASON_LENGTH_MAX = 80
"""A reason fits one line of a report."""

SERVICES_DONE_MAX = 10
"""More services than this in one visit is a mistyped list."""

COUNTER_SERVICES_MAX = 100
"""More services than a catalogue holds."""
