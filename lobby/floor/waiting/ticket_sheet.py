"""One ticket in the hand: what is known of the visit, and what can be done for the customer."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.intake_summary import IntakeSummary, intake_summary
from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.waiting.pools import WaitingRow, waiting_row
from lobby.queueing.commands.ticket import CancelTicket, ChangePriority
from lobby.queueing.decide.allowed import is_allowed
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.screens.advice import catalogue_of
from lobby.screens.words import counter_label


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """`waiting` stands as it was while the ticket waits; `counter` where it is called or served."""

    waiting: WaitingRow
    state: TicketState
    taken_at: datetime
    ahead: int
    counter: str
    intake: IntakeSummary
    note: str
    may_change: bool
    may_cancel: bool
    secret: str


def ticket_part(tablet: TabletRequest) -> LivePart:
    """404 where there is no such ticket today."""
    viewer, catalogue = tablet.viewer, catalogue_of(tablet.services, tablet.branch)
    number = tablet.ticket_or_404().number

    def present(hall: Hall, now: datetime) -> TicketSheet | None:
        """None where a new day has begun since."""
        ticket = hall.ticket(number)
        if ticket is None:
            return None
        return TicketSheet(
            waiting=waiting_row(viewer, hall, ticket, now),
            state=ticket.state,
            taken_at=ticket.taken_at,
            ahead=hall.people_ahead(ticket),
            counter=counter_label(hall.plan, ticket.counter) if ticket.counter else "",
            intake=intake_summary(ticket, catalogue),
            note=ticket.note,
            may_change=is_allowed(ChangePriority, ticket.state),
            may_cancel=is_allowed(CancelTicket, ticket.state),
            secret=ticket.secret,
        )

    regions = {"sheet": "floor/waiting/_ticket_sheet.html"}
    words = {**CARD_WORDS, **HALL_WORDS}
    return LivePart(f"sheet/{number}", f"/floor/waiting/{number}/live", regions, present, words)
