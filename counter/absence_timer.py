"""When a called customer may be given up: what is still missing, as the button says it."""

from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.decide.absence import absent_from
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState

STEP_S = 5
"""A figure that changes each second draws the eye; one that changes each five does not."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Who was called may be marked absent once nothing is missing. `left_s` never says that it is
    time before it is."""

    calls_again_first: bool
    left_s: int

    @property
    def is_possible(self) -> bool:
        return not self.calls_again_first and self.left_s == 0


def absence_view(hall: Hall, counter: Counter, now: datetime) -> Absence | None:
    """None where nobody is called."""
    ticket = hall.ticket_at(counter)
    if ticket is None or ticket.state is not TicketState.CALLED:
        return None
    possible_from = absent_from(hall.plan, ticket)
    if possible_from is None:
        return Absence(calls_again_first=True, left_s=0)
    left_s = max(0.0, (possible_from - now).total_seconds())
    return Absence(calls_again_first=False, left_s=int(-(-left_s // STEP_S) * STEP_S))
