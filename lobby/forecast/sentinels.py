"""Numbers for what a score cannot say of a line: nobody there, never, before all others."""

PINNED, PER_PLACE = 1e9, 1e3
"""Added to the keys of those who may not be passed: above any score, earlier places higher."""

TIE = 1e-10
"""Per place: of equal scores the earlier place is called."""

ENDED = 1e30
"""The origin of a line that has ended: later than any time, so that its key is below `OPEN`."""

FAR_S = 1e12
"""The time of a replicate in which nobody can be called any more: finite, to reckon with."""

CLOSED, OPEN = -1e18, -1e17
"""The key of a line that cannot be called from, and what every other key is above; finite, because
masks are slower than sums."""

GONE = -30_000
"""The overtakes of those who have been called: never spent."""

BOUNDLESS = 30_000
"""A budget of so many overtakes is none."""
