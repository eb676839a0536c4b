"""Where somebody waits who comes back after a missed call, or asks for more time."""

from datetime import datetime

from msgspec.structs import replace

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import POSTPONE_BEHIND, RETURN_BEHIND
from lobby.queueing.model.ticket import Place, Ticket


def place_behind(hall: Hall, returner: Ticket, now: datetime) -> Place:
    """Just behind the second who waits now; behind all where fewer wait, before all to come.

    Never before the returner's own old place, or who was called out of turn could gain by absence;
    but for a place that lies ahead of now: then the clock has been set since, and it says nothing.
    """
    latest_at = hall.not_before_others(now)
    first = _places(hall, returner)[:RETURN_BEHIND]
    if len(first) < RETURN_BEHIND:
        return Place(latest_at, ordinal=hall.version, turn=hall.version)
    behind = replace(first[-1], turn=hall.version)
    return behind if returner.place.at > latest_at else max(returner.place, behind)


def place_later(hall: Hall, ticket: Ticket) -> Place:
    """Just behind the second of those who wait behind now; behind the last where fewer do."""
    behind = [place for place in _places(hall, ticket) if place > ticket.place]
    passing, others = behind[:POSTPONE_BEHIND], behind[POSTPONE_BEHIND:]
    return _between(passing[-1], others, hall.version) if passing else ticket.place


def _between(last: Place, others: list[Place], version: int) -> Place:
    """Just behind `last`, before the others: also before one who was put behind `last` earlier."""
    same = (place for place in others if (place.at, place.ordinal) == (last.at, last.ordinal))
    follower = next(same, None)
    turn = float(version) if follower is None else (last.turn + follower.turn) / 2
    return replace(last, turn=turn)


def _places(hall: Hall, ticket: Ticket) -> list[Place]:
    """Those of all who wait in the ticket's pool, in order."""
    pool = hall.pool(ticket.service)
    waiting = (other for other in hall.waiting_tickets() if hall.pool(other.service) == pool)
    return sorted(other.place for other in waiting)
