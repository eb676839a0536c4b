"""Where somebody who missed a call waits again: behind two others of the same pool."""

from dataclasses import replace
from datetime import datetime

from lobby.queueing.hall import Hall
from lobby.queueing.limits import RETURN_BEHIND
from lobby.queueing.ticket import Place, Ticket


def place_behind(hall: Hall, returner: Ticket, now: datetime) -> Place:
    """Just behind the second who waits now; behind all where fewer wait, before all to come.

    Never before the returner's own old place, or who was called out of turn could gain by absence.
    """
    pool = hall.pool(returner.service)
    waiting = (ticket for ticket in hall.waiting_tickets() if hall.pool(ticket.service) == pool)
    first = sorted(ticket.place for ticket in waiting)[:RETURN_BEHIND]
    if len(first) < RETURN_BEHIND:
        return Place(hall.not_before_others(now), ordinal=hall.version, turn=hall.version)
    return max(returner.place, replace(first[-1], turn=hall.version))
