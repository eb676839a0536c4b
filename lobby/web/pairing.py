"""The page on which a browser becomes a kiosk or a display, by the eight digits of its code."""

from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lobby import typed_text
from lobby.i18n.texts import mark, texts
from lobby.web.commands import form_fields, json_response, wants_json
from lobby.web.devices import Device, DeviceKind, pair
from lobby.web.identity import identity_of
from lobby.web.pages import language_of
from lobby.web.pairing_codes import CODE_DIGITS
from lobby.web.rate_limit import network_of
from lobby.web.services import services_of

log = structlog.get_logger()

UNKNOWN_CODE = mark("This code is wrong, or its five minutes are over. Please ask for a new one.")
TOO_OFTEN = mark("Too many tries. Please wait %(count)s min and try again.")
SCREENS = {DeviceKind.KIOSK: "/kiosk", DeviceKind.DISPLAY: "/display"}


async def form(request: Request) -> Response:
    return _page(request, code=typed_text.digits(request.query_params.get("code", "")))


async def pair_device(request: Request) -> Response:
    form = await form_fields(request)
    code = typed_text.digits(form.get("code", ""))
    wait_s = _count_try(request)
    if wait_s > 0:
        return _refusal(request, 429, TOO_OFTEN, count=int(wait_s // 60) + 1)
    services = services_of(request)
    paired = await pair(services.sessions, code) if len(code) == CODE_DIGITS else None
    if paired is None:
        return _refusal(request, 422, UNKNOWN_CODE)
    return _led_to_its_screen(request, *paired)


def _led_to_its_screen(request: Request, device: Device, token: str) -> Response:
    """A browser keeps the token in a cookie; any other device is told it, this once."""
    screen = screen_of(device)
    if wants_json(request):
        return json_response({"token": token, "location": screen})
    response = RedirectResponse(screen, 303)
    services_of(request).sessions.device_cookie.put(response, token)
    return response


def screen_of(device: Device) -> str:
    """A machine has no screen of ours: it is led to where it reports."""
    machine = device.settings.get("machine", "")
    return SCREENS.get(device.kind) or f"/api/v1/devices/{machine}"


def _count_try(request: Request) -> float:
    """How many seconds to wait; 0 where this try is one of those allowed, which it then is."""
    sessions = services_of(request).sessions
    place = network_of(request.client.host if request.client else "")
    wait_s = max(sessions.pairings_per_place.wait_s(place), sessions.pairings_in_all.wait_s(""))
    if wait_s <= 0:
        sessions.pairings_per_place.note(place)
        sessions.pairings_in_all.note("")
    return wait_s


def _refusal(request: Request, status: int, msgid: str, **values: Any) -> Response:
    place = network_of(request.client.host if request.client else "")
    log.info("pairing refused", place=place, status=status)
    words = texts(language_of(request)).gettext(msgid) % values
    if wants_json(request):
        return json_response({"sentence": words}, status)
    return _page(request, status_code=status, problem=words)


def _page(request: Request, **context: Any) -> Response:
    device = identity_of(request).device
    return services_of(request).pages.page(
        request,
        "web/pair.html",
        language_of(request),
        here=request.url.path,
        device=device,
        screen=screen_of(device) if device else "",
        digits=CODE_DIGITS,
        **{"code": "", "problem": "", **context},
    )


routes = [
    Route("/pair", form),
    Route("/pair", pair_device, methods=["POST"]),
]
