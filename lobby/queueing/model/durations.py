"""How long something has lasted: in whole minutes, so that a screen is redrawn once a minute."""

from datetime import datetime, timedelta

from lobby.queueing.model.ticket import Ticket

MINUTE = timedelta(minutes=1)


def whole_minutes_s(since: datetime | None, until: datetime) -> float:
    """Minutes that have passed in full, in seconds; none where nothing began, or begins later."""
    return max(0.0, (until - since) // MINUTE * 60.0) if since else 0.0


def minutes_left_s(now: datetime, until: datetime) -> float:
    """Minutes begun that are left, in seconds: none is said to be over before it is."""
    return max(0.0, -((now - until) // MINUTE) * 60.0)


def waited_s(ticket: Ticket, now: datetime) -> float:
    """How long the customer has waited, up to the first call: what comes after is no wait any
    more, however often the ticket is called, held or sent on. Whole minutes, in seconds."""
    return whole_minutes_s(ticket.waits_from, ticket.waits_until(now))
