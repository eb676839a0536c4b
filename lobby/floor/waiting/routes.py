"""The pages of those who wait, of one ticket, and of a new one; and what is done with a ticket."""

import secrets
from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.branch_work import Follow
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import FLOOR_ROLES, TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.floor.waiting.new_ticket import services_by_pool
from lobby.floor.waiting.service_change import (
    SERVICE,
    ask_about_change,
    ask_first,
    asking,
    change_service,
    change_view,
    service_asked,
)
from lobby.floor.waiting.slips import printers, slip_of_ticket, without_slip
from lobby.floor.waiting.ticket_sheet import REST_MIN, ticket_part
from lobby.floor.waiting.views import waiting_part
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CloseUnattended
from lobby.queueing.commands.ticket import (
    BringBack,
    CancelTicket,
    ChangePriority,
    Rest,
    ReturnFromHold,
    ReturnFromRest,
    TakeTicket,
)
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.intake import NO_INTAKE
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import Channel
from lobby.queueing.refusals.refusal import Refusal
from lobby.screens.service_change import IN_THE_HALL, NewService
from lobby.screens.words import PRIORITIES, service_named

PAGE = "/floor/waiting"
TICKET = f"{PAGE}/{{number}}"
NEW_TICKETS = "/floor/tickets"
NEW_SERVICE = f"{NEW_TICKETS}/questions"
WITHOUT_SLIP = "/floor/slips"

AFTER: Mapping[str, type[ReturnFromHold | ReturnFromRest]] = {
    "hold": ReturnFromHold,
    "rest": ReturnFromRest,
}
"""After anything else somebody is brought back, behind others."""

SECRET_BYTES = 16
"""128 bits: nobody finds a ticket by trying."""


async def waiting_view(tablet: TabletRequest) -> Response:
    return tablet.page("floor/waiting/page.html", part=waiting_part(tablet))


async def ticket_view(tablet: TabletRequest) -> Response:
    """A ticket of another day has a sheet that says so, and no slip."""
    ticket = tablet.ticket_or_404()
    return tablet.page(
        "floor/waiting/ticket.html",
        part=ticket_part(tablet),
        number=ticket.number,
        slip=await slip_of_ticket(tablet, ticket),
        printers=await printers(tablet),
    )


async def without_slip_view(tablet: TabletRequest) -> Response:
    return tablet.page(
        "floor/waiting/without_slip.html",
        slips=await without_slip(tablet),
        printers=await printers(tablet),
        service_of=partial(service_named, tablet.plan),
    )


async def new_ticket_view(tablet: TabletRequest) -> Response:
    """Two touches: the priority is rarely changed, the service gives the ticket."""
    return tablet.page(
        "floor/waiting/new_ticket.html",
        offers=tuple(services_by_pool(tablet.hall)),
        priorities=PRIORITIES,
    )


async def issued_ticket_view(tablet: TabletRequest) -> Response:
    """The number to show, print or photograph."""
    ticket = tablet.ticket_or_404()
    return tablet.page(
        "floor/waiting/issued_ticket.html",
        ticket=ticket,
        service=service_named(tablet.plan, ticket.service),
        ahead=tablet.hall.people_ahead(ticket),
    )


async def new_service_view(tablet: TabletRequest) -> Response:
    """What protects the customer, asked before the number is given."""
    helped = tablet.query("priority") == Priority.ASSISTANCE
    return asking(tablet, NEW_TICKETS, NEW_TICKETS, helped=helped)


async def issue_ticket(act: TabletAct) -> Outcome:
    """Raises `AnswerMissing` while a question is open."""
    language, priority = act.text("customer_language"), _priority(act)
    new = service_asked(act, helped=priority is Priority.ASSISTANCE)
    command = TakeTicket(
        service=new.service,
        language=language if language in LANGUAGES else act.tablet.plan.language,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        channel=Channel.FLOOR,
        intake=new.answered,
        priority=Priority.URGENT if new.urgent else priority,
    )
    return await act.perform(command, _CallFor(new))


def _priority(act: TabletAct) -> Priority | None:
    priority = act.text("priority")
    return Priority(priority) if priority in list(Priority) else None


def _ask_about_new(act: TabletAct, refusal: Refusal) -> Response | None:
    helped = _priority(act) is Priority.ASSISTANCE
    return ask_first(act, refusal, NEW_SERVICE, helped=helped)


class _CallFor(Follow):
    """Of a colleague to whoever has just got a number, where a rule says so."""

    def __init__(self, new: NewService) -> None:
        self._new = new

    def command(self, events: tuple[Event, ...]) -> Command | None:
        taken = next(event for event in events if isinstance(event, TicketTaken))
        call = self._new.call(taken.number, IN_THE_HALL)
        return replace(call, intake=NO_INTAKE) if call else None


def _issued(_act: TabletAct, outcome: Outcome) -> str:
    taken = next(event for event in outcome.events if isinstance(event, TicketTaken))
    return f"{NEW_TICKETS}/{taken.number}"


async def wait_again(act: TabletAct) -> Outcome:
    """Back into the line after a missed call, a hold, a rest or a mistaken leave; the form says
    which."""
    command = AFTER.get(act.text("after"), BringBack)
    return await act.perform(command(act.text("number")))


async def let_rest(act: TabletAct) -> Outcome:
    """The customer goes away for a while, and a colleague knows why."""
    reason = act.choice(RestReason, "reason")
    return await act.perform(Rest(act.path("number"), reason, REST_MIN[reason], by_staff=True))


async def back_from_sheet(act: TabletAct) -> Outcome:
    command = AFTER.get(act.text("after"), BringBack)
    return await act.perform(command(act.path("number")))


async def change_priority(act: TabletAct) -> Outcome:
    """What a colleague sees and the kiosk could not."""
    priority = act.choice(Priority, "priority")
    return await act.perform(ChangePriority(act.path("number"), priority))


def _sheet(act: TabletAct, _outcome: Outcome) -> str:
    return f"{PAGE}/{act.path('number')}"


async def cancel_ticket(act: TabletAct) -> Outcome:
    return await act.perform(CancelTicket(act.path("number")))


async def close_left_counter(act: TabletAct) -> Outcome:
    """For a teller who has gone and left it open."""
    return await act.perform(CloseUnattended(act.path("counter")))


def permit_floor_roles(tablet: TabletRequest) -> None:
    """Refuses (403) a teller, also one who is on lobby duty: a colleague's counter is theirs."""
    if tablet.staff.role not in FLOOR_ROLES:
        raise HTTPException(403)


VIEWS: dict[str, View] = {
    PAGE: waiting_view,
    TICKET: ticket_view,
    WITHOUT_SLIP: without_slip_view,
    SERVICE: change_view,
    NEW_TICKETS: new_ticket_view,
    NEW_SERVICE: new_service_view,
    f"{NEW_TICKETS}/{{number}}": issued_ticket_view,
}
ACTS: dict[str, Act] = {
    NEW_TICKETS: Act(issue_ticket, _issued, _ask_about_new),
    "/floor/returns": Act(wait_again, PAGE),
    SERVICE: Act(change_service, _sheet, ask_about_change),
    f"{TICKET}/priorities": Act(change_priority, _sheet),
    f"{TICKET}/cancellations": Act(cancel_ticket, PAGE),
    f"{TICKET}/rests": Act(let_rest, _sheet),
    f"{TICKET}/returns": Act(back_from_sheet, _sheet),
}
CLOSINGS: dict[str, Act] = {
    "/floor/counters/{counter}/closings": Act(close_left_counter, PAGE),
}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": waiting_part, f"{TICKET}/live": ticket_part}

routes: list[BaseRoute] = [
    *view_routes(VIEWS),
    *act_routes(ACTS),
    *act_routes(CLOSINGS, permit_floor_roles),
    *live_routes(LIVE),
]
