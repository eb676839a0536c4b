"""Walking with a customer: who goes, from where to where, and how it ended."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.core.person_views import walks
from lobby.floor.core.person_words import ESCORT_OUTCOMES, choices, place_words, places_of
from lobby.floor.tablet.answers import parse_number
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import EndEscort, StartEscort
from lobby.web.commands import FormFields, command_response, form_fields, idempotency_key, perform

PAGE = "/floor/escorts"
UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")
SAME_PLACE = mark("Please choose where to go: both places are the same.")


def part(here: TabletRequest, _connection: HTTPConnection | None = None) -> LivePart:
    plan = here.branch.plan
    return LivePart(
        "escorts",
        f"{PAGE}/live",
        ("escorts",),
        lambda hall, now: walks(hall, here.name_of, now),
        words={
            "escort_outcomes": ESCORT_OUTCOMES,
            "place": partial(place_words, plan, language=here.language),
        },
    )


async def page(request: Request) -> Response:
    here = await floor_staff_request(request)
    places = tuple(choices(here.branch.plan, here.language))
    return here.page(request, "floor/escorts_page.html", part=part(here), places=places)


async def start(request: Request) -> Response:
    """The person who taps is the one who goes."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    number = _number(here, sent.get("number", ""))
    from_place, to_place = _places(here, sent)
    command = StartEscort(here.me, number, from_place, to_place)
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    return command_response(request, _back(sent))


async def end(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    command = EndEscort(request.path_params["escort_id"], sent.get("outcome", ""))
    await perform(here.branch, command, here.actor, idempotency_key(request, sent))
    return command_response(request, _back(sent))


def _number(here: TabletRequest, text: str) -> str | None:
    if not text.strip():
        return None
    number = parse_number(here.branch.hall, text)
    if number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number


def _places(here: TabletRequest, sent: FormFields) -> tuple[str, str]:
    known = places_of(here.branch.plan)
    from_place, to_place = sent.get("from", ""), sent.get("to", "")
    if from_place not in known or to_place not in known:
        raise HTTPException(400)
    if from_place == to_place:
        raise HTTPException(400, SAME_PLACE)
    return from_place, to_place


def _back(sent: FormFields) -> str:
    """To the page that the form stood on: of one customer, of all, or of the hall."""
    back = sent.get("back", "")
    if back.isalnum():
        return f"/floor/care/{back}"
    return "/floor" if back == "/" else PAGE


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(part)),
    Route(PAGE, start, methods=["POST"]),
    Route(f"{PAGE}/{{escort_id:int}}/outcomes", end, methods=["POST"]),
]
