"""An escort: a colleague walks with a customer from one place of the branch to another."""

from datetime import datetime

from lobby.queueing.model.value import Value

ESCORT_OUTCOMES = ("arrived", "seated", "handed_over", "left")
"""How an escort ends, as codes: there, on a seat to wait, with a colleague, or out of the door."""


class Escort(Value, frozen=True):
    """`id` is the version of the event that began it."""

    id: int
    staff: str
    ticket: str | None
    from_place: str
    to_place: str
    started_at: datetime
