"""Coming back after a missed call, or after leaving by mistake: until when it is possible."""

from datetime import datetime

from lobby.queueing.model.limits import RETURN_WITHIN, RETURNS_MAX
from lobby.queueing.model.ticket import Ticket, TicketState


def left_at(ticket: Ticket) -> datetime | None:
    """When the customer was found missing, or left; None for any other ticket."""
    match ticket.state:
        case TicketState.ABSENT:
            return ticket.absent_at
        case TicketState.CANCELLED:
            return ticket.ended_at
        case _:
            return None


def back_by(ticket: Ticket) -> datetime | None:
    """Until when somebody who is gone may come back, however often that has been."""
    left = left_at(ticket)
    return None if left is None else left + RETURN_WITHIN


def may_come_back(ticket: Ticket, now: datetime) -> bool:
    by = back_by(ticket)
    return by is not None and now <= by and ticket.returns < RETURNS_MAX
