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


def part(tablet: TabletRequest, _connection: HTTPConnection | None = None) -> LivePart:
    plan = tablet.branch.plan
    return LivePart(
        "escorts",
        f"{PAGE}/live",
        {"escorts": "floor/care/_escorts.html"},
        lambda hall, now: walks(hall, tablet.name_of, now),
        words={
            "escort_outcomes": ESCORT_OUTCOMES,
            "place": partial(place_words, plan, language=tablet.language),
        },
    )


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    places = tuple(choices(tablet.branch.plan, tablet.language))
    return tablet.page(request, "floor/care/escorts.html", part=part(tablet), places=places)


async def start(request: Request) -> Response:
    """The person who taps is the one who goes."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    number = _number(tablet, form.get("number", ""))
    from_place, to_place = _places(tablet, form)
    command = StartEscort(tablet.me, number, from_place, to_place)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, _back(form))


async def end(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = EndEscort(request.path_params["escort_id"], form.get("outcome", ""))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, _back(form))


def _number(tablet: TabletRequest, text: str) -> str | None:
    if not text.strip():
        return None
    number = parse_number(tablet.branch.hall, text)
    if number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number


def _places(tablet: TabletRequest, form: FormFields) -> tuple[str, str]:
    known = places_of(tablet.branch.plan)
    from_place, to_place = form.get("from", ""), form.get("to", "")
    if from_place not in known or to_place not in known:
        raise HTTPException(400)
    if from_place == to_place:
        raise HTTPException(400, SAME_PLACE)
    return from_place, to_place


def _back(form: FormFields) -> str:
    """To the page that the form stood on: of one customer, of all, or of the hall."""
    back = form.get("back", "")
    if back.isalnum():
        return f"/floor/care/{back}"
    return "/floor" if back == "/" else PAGE


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(part)),
    Route(PAGE, start, methods=["POST"]),
    Route(f"{PAGE}/{{escort_id:int}}/outcomes", end, methods=["POST"]),
]
