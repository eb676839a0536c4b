"""One ticket in the hand: what is known of the visit, and what can be done for the customer."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.core.intake_summary import IntakeSummary, intake_summary
from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.floor.waiting.lines import Waiting, waiting_of
from lobby.queueing.commands.ticket import CancelTicket, ChangePriority
from lobby.queueing.decide.allowed import is_allowed
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.advice import catalogue_of
from lobby.screens.words import counter_label
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

PAGE = "/floor/waiting/{number}"


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """`waiting` stands as it was while the ticket waits; `counter` where it is called or served."""

    waiting: Waiting
    state: TicketState
    taken_at: datetime
    ahead: int
    counter: str
    said: IntakeSummary
    note: str
    may_change: bool
    may_cancel: bool
    secret: str


def sheet_part(tablet: TabletRequest, number: str) -> LivePart:
    stand, catalogue = tablet.stand, catalogue_of(tablet.services, tablet.branch)

    def present(hall: Hall, now: datetime) -> TicketSheet | None:
        """None where a new day has begun since."""
        ticket = hall.ticket(number)
        if ticket is None:
            return None
        return TicketSheet(
            waiting=waiting_of(stand, hall, ticket, now),
            state=ticket.state,
            taken_at=ticket.taken_at,
            ahead=hall.people_ahead(ticket),
            counter=counter_label(hall.plan, ticket.counter) if ticket.counter else "",
            said=intake_summary(ticket, catalogue),
            note=ticket.note,
            may_change=is_allowed(ChangePriority, ticket.state),
            may_cancel=is_allowed(CancelTicket, ticket.state),
            secret=ticket.secret,
        )

    words = {**CARD_WORDS, **HALL_WORDS}
    regions = {"sheet": "floor/waiting/_ticket_sheet.html"}
    return LivePart(f"sheet/{number}", f"/floor/waiting/{number}/live", regions, present, words)


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    ticket = _ticket_at(tablet, request)
    part = sheet_part(tablet, ticket.number)
    return tablet.page(request, "floor/waiting/ticket.html", part=part, number=ticket.number)


async def change_priority(request: Request) -> Response:
    """What a colleague sees and the kiosk could not."""
    tablet = await floor_staff_request(request)
    form = await form_fields(request)
    number = request.path_params["number"]
    try:
        priority = Priority(form.get("priority", ""))
    except ValueError:
        raise HTTPException(400) from None
    command = ChangePriority(number, priority)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, f"/floor/waiting/{number}")


async def cancel(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    form = await form_fields(request)
    number = request.path_params["number"]
    await perform(tablet.branch, CancelTicket(number), tablet.actor, idempotency_key(request, form))
    return command_response(request, "/floor/waiting")


def _ticket_at(tablet: TabletRequest, connection: HTTPConnection) -> Ticket:
    ticket = tablet.branch.hall.ticket(connection.path_params["number"])
    if ticket is None:
        raise HTTPException(404)
    return ticket


def _part_at(tablet: TabletRequest, connection: HTTPConnection) -> LivePart:
    return sheet_part(tablet, _ticket_at(tablet, connection).number)


routes: list[BaseRoute] = [
    WebSocketRoute(f"{PAGE}/live", live_socket(_part_at)),
    Route(f"{PAGE}/priorities", change_priority, methods=["POST"]),
    Route(f"{PAGE}/cancellations", cancel, methods=["POST"]),
    Route(PAGE, page),
]
