"""Risk cards: opened by a colleague, read by those on duty only, ended by what came of it."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.branch import Actor, ActorKind
from lobby.floor.alerts.access import may_see_risk, open_risk
from lobby.floor.core.person_words import ESCORT_OUTCOMES, choices, place_words, places_of
from lobby.floor.core.words import OUTCOME_WORDS
from lobby.floor.risk.views import QUIET_ROOM, risk_card
from lobby.floor.tablet.answers import parse_number
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, StartEscort
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.scripts.format import wordings
from lobby.scripts.library import library
from lobby.scripts.situations import Situation
from lobby.web.commands import command_response, form_fields, idempotency_key, perform
from lobby.web.services import services_of
from lobby.web.staff import Role, require_staff

PAGE = "/floor/risks"
OPENERS = (Role.TELLER, Role.LOBBY_MANAGER, Role.BRANCH_HEAD)
OFF_DUTY = mark("Only colleagues on lobby duty read this card. Please go on duty first.")
UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")


def part(tablet: TabletRequest, connection: HTTPConnection) -> LivePart:
    help_id = int(connection.path_params["help_id"])
    catalogue = tablet.services.catalogues.get(tablet.branch.id)
    return LivePart(
        f"risk-{help_id}",
        f"{PAGE}/{help_id}/live",
        {"risk": "floor/risk/_risk.html", "risk_end": "floor/risk/_risk_end.html"},
        lambda hall, now: risk_card(
            hall, help_id, now, me=tablet.me, name_of=tablet.name_of, catalogue=catalogue
        ),
        words={
            "outcomes": OUTCOMES[HelpKind.RISK],
            "outcome_words": OUTCOME_WORDS,
            "escort_outcomes": ESCORT_OUTCOMES,
            "place": partial(place_words, tablet.branch.plan, language=tablet.language),
        },
    )


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    hall, help_id = tablet.branch.hall, request.path_params["help_id"]
    _on_duty(tablet)
    call = open_risk(hall, help_id)
    if call is None:
        raise HTTPException(410)
    ticket = hall.ticket(call.ticket) if call.ticket else None
    spoken = ticket.language if ticket else tablet.branch.plan.language
    script = (await library(tablet.services.store, tablet.branch.id))[Situation.RISK][0]
    return tablet.page(
        request,
        "floor/risk/page.html",
        part=part(tablet, request),
        script=script,
        wordings=wordings(script.texts, first=spoken),
    )


async def form(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    places = tuple(choices(tablet.branch.plan, tablet.language))
    number = request.query_params.get("number", "")
    return tablet.page(request, "floor/risk/new.html", places=places, number=number)


async def open_card(request: Request) -> Response:
    """From the tablet, or by a teller who has a doubt; a teller goes back to the counter."""
    staff, form = await require_staff(request, *OPENERS), await form_fields(request)
    branch = services_of(request).branches[staff.branch_id]
    place, typed = form.get("place", ""), form.get("number", "")
    if place not in places_of(branch.plan):
        raise HTTPException(400)
    number = parse_number(branch.hall, typed)
    if typed.strip() and number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    command = CallColleague(HelpKind.RISK, place, number, form.get("note", ""))
    actor = Actor(ActorKind.STAFF, str(staff.id))
    await perform(branch, command, actor, idempotency_key(request, form))
    return command_response(request, "/counter" if staff.role is Role.TELLER else "/floor")


async def go(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    _on_duty(tablet)
    help_id = request.path_params["help_id"]
    await perform(
        tablet.branch, AnswerHelp(help_id, tablet.me), tablet.actor, idempotency_key(request, form)
    )
    return command_response(request, f"{PAGE}/{help_id}")


async def to_quiet_room(request: Request) -> Response:
    """Where nobody listens: the walk there is shown like any other, without its reason."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    _on_duty(tablet)
    help_id = request.path_params["help_id"]
    call = open_risk(tablet.branch.hall, help_id)
    if call is None:
        raise HTTPException(410)
    command = StartEscort(tablet.me, call.ticket, call.place, QUIET_ROOM)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, f"{PAGE}/{help_id}")


async def end(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    _on_duty(tablet)
    command = EndHelp(request.path_params["help_id"], form.get("outcome", ""))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, "/floor")


def _on_duty(tablet: TabletRequest) -> None:
    if not may_see_risk(tablet.branch.hall, tablet.me):
        raise HTTPException(403, OFF_DUTY)


routes: list[BaseRoute] = [
    Route(PAGE, open_card, methods=["POST"]),
    Route(f"{PAGE}/new", form),
    Route(f"{PAGE}/{{help_id:int}}", page),
    WebSocketRoute(f"{PAGE}/{{help_id:int}}/live", live_socket(part)),
    Route(f"{PAGE}/{{help_id:int}}/answers", go, methods=["POST"]),
    Route(f"{PAGE}/{{help_id:int}}/rooms", to_quiet_room, methods=["POST"]),
    Route(f"{PAGE}/{{help_id:int}}/outcomes", end, methods=["POST"]),
]
