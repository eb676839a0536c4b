"""An escort: a colleague walks with a customer from one place of the branch to another."""

from datetime import datetime

from lobby.queueing.model.value import Value

ESCORT_OUTCOMES = ("arrived", "seated", "handed_over", "left")
"""How an escort ends, as codes: there, on a seat to wait, with a colleague, or out of the door."""

HANDED_OVER, GIVEN_BACK = "handed_over", "given_back"
"""How a walk ends that nobody has ended: by who leaves duty, or by itself."""


class Escort(Value, frozen=True):
    """`id` is the version of the event that began it; `given_back_at` when it ended without having
    brought anybody anywhere."""

    id: int
    staff: str
    ticket: str | None
    from_place: str
    to_place: str
    started_at: datetime
    given_back_at: datetime | None = None
