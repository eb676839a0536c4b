"""A ticket's number as people type it."""

from lobby import typed_text
from lobby.queueing.model.hall import Hall

TICKET_LENGTH_MAX = 8


def ticket_number(hall: Hall, text: str) -> str | None:
    """`a 12` for A012; None where nothing was typed, or nothing that is a ticket of today."""
    plain = typed_text.code(text)[:TICKET_LENGTH_MAX]
    padded = f"{plain[:1]}{plain[1:]:0>3}"
    return next((number for number in (plain, padded) if number in hall.tickets), None)
