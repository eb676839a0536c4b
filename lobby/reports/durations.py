"""How long something lasted, in seconds."""

from datetime import datetime


def elapsed_s(start: datetime, end: datetime) -> float:
    """Never negative, whatever the clock did."""
    return max(0.0, (end - start).total_seconds())
