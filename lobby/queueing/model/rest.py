"""A rest: the place of somebody who has gone away is kept, until a time that they know."""

from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.value import Value


class RestReason(StrEnum):
    """What the customer has gone for."""

    PAPERS = "papers"
    LATER = "later"


class Rest(Value, frozen=True):
    """One stretch in which the ticket is not called. It ends by itself at `until`, or earlier by
    a word; `ended_at` is None while it lasts."""

    reason: RestReason
    began_at: datetime
    until: datetime
    ended_at: datetime | None = None

    @property
    def lasts(self) -> bool:
        return self.ended_at is None
