"""What one display shows, where it is heard and how large it writes, set from the lobby."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.devices.display_forms import UnclearError, merged, read_form, shown_slides
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.i18n.texts import mark, texts
from lobby.screens.display_settings import (
    DISTANCES_M,
    WIDTHS_MM,
    Hanging,
    Layout,
    display_settings,
)
from lobby.web import devices
from lobby.web.commands import command_response, form_fields
from lobby.web.devices import Device, DeviceKind

PAGE = "/floor/displays"

LAYOUTS = {
    Layout.HALL: mark("The hall: all calls, and who waits"),
    Layout.COUNTER: mark("One counter's sign"),
}
HANGINGS = {
    Hanging.WIDE: mark("Wide"),
    Hanging.UPRIGHT: mark("Upright"),
    Hanging.TURNED_RIGHT: mark("Upright, picture turned right"),
    Hanging.TURNED_LEFT: mark("Upright, picture turned left"),
}
LOUDNESSES = {1: mark("Quiet"), 2: mark("Middle"), 3: mark("Loud")}


async def page(request: Request) -> Response:
    tablet = await device_admin_request(request)
    device = await _display(tablet, request)
    return _page(request, tablet, device)


async def save(request: Request) -> Response:
    """The whole form again: sent twice, it says the same."""
    tablet = await device_admin_request(request)
    device = await _display(tablet, request)
    form = await form_fields(request)
    try:
        name, language, kept = read_form(form, tablet.branch.plan)
    except UnclearError as unclear:
        words = texts(tablet.language).gettext(unclear.sentence)
        problem = words % unclear.blanks if unclear.blanks else words
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, tablet, device, status_code=status, problem=problem, form=form)
    settings = merged(device, kept)
    await devices.change_device(
        tablet.services.sessions, device, name=name, language=language, settings=settings
    )
    return command_response(request, f"{PAGE}/{device.id}?saved=yes")


async def _display(tablet: TabletRequest, request: Request) -> Device:
    device_id = request.path_params["device_id"]
    device = await devices.device_named(tablet.services.sessions, tablet.branch.id, device_id)
    if device is None or device.kind is not DeviceKind.DISPLAY:
        raise HTTPException(404)
    return device


def _page(
    request: Request,
    tablet: TabletRequest,
    device: Device,
    *,
    status_code: int = 200,
    problem: str = "",
    form: Any = None,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    settings = display_settings(device.settings)
    return tablet.page(
        request,
        "floor/devices/display_settings.html",
        status_code,
        device=device,
        settings=settings,
        slides=shown_slides(settings),
        layouts=LAYOUTS,
        hangings=HANGINGS,
        loudnesses=LOUDNESSES,
        widths_mm=WIDTHS_MM,
        distances_m=DISTANCES_M,
        problem=problem,
        sent=form,
        is_saved=request.query_params.get("saved") == "yes",
    )


routes: list[BaseRoute] = [
    Route(f"{PAGE}/{{device_id:int}}", page),
    Route(f"{PAGE}/{{device_id:int}}", save, methods=["POST"]),
]
