"""Numbers for what a score cannot say of a line: nobody there, never, may not be called."""

TIE = 1e-10
"""Per place: of equal scores the earlier place is called."""

LONG_AGO_S = -1e30
"""The origin of a line that has ended: its key is above any limit, so that its limit is its key."""

FAR_S = 1e12
"""The time of a replicate in which nobody can be called any more: finite, to reckon with."""

CLOSED, OPEN = -1e18, -1e17
"""Added to the key of a line that cannot be called from, and the key of one that has ended, below
all others that can be; finite, because masks are slower than sums."""

CLASS_APART = 1e9
"""Between the keys of two classes in strict order: more than any number of places."""

BOUNDLESS = 250
"""A budget of so many overtakes is none; counts up to it fit a byte."""
