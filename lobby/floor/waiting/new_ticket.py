"""A ticket taken for somebody else: two touches, then the number to show, print or photograph."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.tablet.request import floor_staff_request
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel
from lobby.screens.words import PRIORITIES, pool_name, service_named
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

SECRET_BYTES = 16
"""128 bits: nobody finds a ticket by trying."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The services of one pool, and how many wait for them."""

    pool: str
    services: tuple[Service, ...]
    waiting: int


async def form(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(
        request,
        "floor/waiting/new_ticket.html",
        offers=tuple(_offers(tablet.branch.hall)),
        priorities=PRIORITIES,
    )


async def issue(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    form = await form_fields(request)
    language = form.get("customer_language", "")
    command = TakeTicket(
        service=form.get("service", ""),
        language=language if language in LANGUAGES else tablet.branch.plan.language,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        channel=Channel.FLOOR,
        priority=_priority(form.get("priority", "")),
    )
    outcome = await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    taken = next(event for event in outcome.events if isinstance(event, TicketTaken))
    return command_response(request, f"/floor/tickets/{taken.number}")


async def issued(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    hall = tablet.branch.hall
    ticket = hall.ticket(request.path_params["number"])
    if ticket is None:
        raise HTTPException(404)
    return tablet.page(
        request,
        "floor/waiting/issued_ticket.html",
        ticket=ticket,
        service=service_named(hall.plan, ticket.service),
        ahead=hall.people_ahead(ticket),
    )


def _priority(text: str) -> Priority | None:
    return Priority(text) if text in list(Priority) else None


def _offers(hall: Hall) -> Iterator[Offer]:
    for pool in dict.fromkeys(service.pool for service in hall.plan.services.values()):
        services = tuple(s for s in hall.plan.services.values() if s.pool == pool)
        yield Offer(pool_name(pool), services, hall.waiting_in_pool(pool))


routes: list[BaseRoute] = [
    Route("/floor/tickets", form),
    Route("/floor/tickets", issue, methods=["POST"]),
    Route("/floor/tickets/{number}", issued),
]
