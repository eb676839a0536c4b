"""The settings of one display: what it shows, where it is heard, how large it writes."""

from http import HTTPStatus
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.devices.device_forms import (
    UnclearError,
    check_own_name,
    device_or_404,
    merged,
)
from lobby.floor.devices.display_forms import read_form, shown_slides
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.floor.tablet.routing import Form, View, form_routes, view_routes
from lobby.i18n.texts import mark
from lobby.screens.display_settings import (
    DISTANCES_M,
    WIDTHS_MM,
    Hanging,
    Layout,
    display_settings,
)
from lobby.web import devices
from lobby.web.devices import Device, DeviceKind

PAGE = "/floor/displays"
DISPLAY = f"{PAGE}/{{device_id:int}}"

LAYOUTS = {
    Layout.HALL: mark("The hall: all calls, and how many wait"),
    Layout.COUNTER: mark("One counter's sign"),
}
HANGINGS = {
    Hanging.WIDE: mark("Landscape"),
    Hanging.UPRIGHT: mark("Portrait"),
    Hanging.TURNED_RIGHT: mark("Portrait, picture turned right"),
    Hanging.TURNED_LEFT: mark("Portrait, picture turned left"),
}
LOUDNESSES = {1: mark("Quiet"), 2: mark("Medium"), 3: mark("Loud")}


async def display_view(tablet: TabletRequest) -> Response:
    return _page(tablet, await device_or_404(tablet, DeviceKind.DISPLAY))


async def save_display(act: TabletAct) -> Response:
    """The whole form again: sent twice, it says the same."""
    tablet = act.tablet
    device = await device_or_404(tablet, DeviceKind.DISPLAY)
    try:
        name, language, values = read_form(act.form, tablet.plan)
        await check_own_name(tablet, device, name)
    except UnclearError as unclear:
        problem = unclear.words(tablet.language)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(tablet, device, status_code=status, problem=problem, form=act.form)
    settings = merged(device, values)
    await devices.change_device(
        tablet.services.sessions, device, name=name, language=language, settings=settings
    )
    return act.answer(f"{PAGE}/{device.id}?saved=yes")


def _page(
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
        form=form,
        is_saved=tablet.query("saved") == "yes",
    )


VIEWS: dict[str, View] = {DISPLAY: display_view}
FORMS: dict[str, Form] = {DISPLAY: save_display}

routes: list[BaseRoute] = [
    *view_routes(VIEWS, device_admin_request),
    *form_routes(FORMS, device_admin_request),
]
