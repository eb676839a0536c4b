"""Ticket numbers: a letter and three digits, per series and business day, no gap and no repeat."""

from lobby.queueing.model.limits import FIRST_DIGITS


def ticket_number(prefix: str, ordinal: int) -> str:
    """The number as printed and called: `A012`, and `A1000` after `A999`."""
    return f"{prefix}{ordinal:0{FIRST_DIGITS}d}"
