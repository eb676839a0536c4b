"""The settings of one kiosk: its printer, its paper, and how large its screen is."""

from dataclasses import replace
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
from lobby.floor.devices.kiosk_forms import read_form
from lobby.floor.devices.printer_check import (
    FINDINGS,
    GOOD,
    let_go_of_unused,
    print_test_slip,
)
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.floor.tablet.routing import Form, View, form_routes, view_routes
from lobby.i18n.texts import mark
from lobby.printing.paper import Paper
from lobby.screens.kiosk_settings import (
    PrinterKind,
    kiosk_settings,
)
from lobby.web import devices
from lobby.web.devices import Device, DeviceKind
from lobby.web.kiosk_set_up import is_set_up_open, with_set_up_open

PAGE = "/floor/kiosks"
KIOSK = f"{PAGE}/{{device_id:int}}"

PRINTERS = {
    PrinterKind.NONE: mark("None"),
    PrinterKind.BROWSER: mark("A printer of the kiosk's browser"),
    PrinterKind.NETWORK: mark("A receipt printer on the network"),
}
PAPERS = {Paper.WIDE: mark("80 mm wide"), Paper.NARROW: mark("58 mm wide")}

TEST, MEASURE = "test", "measure"
"""What may follow when the form was saved, by the button that was pressed."""


async def kiosk_view(tablet: TabletRequest) -> Response:
    return _page(tablet, await device_or_404(tablet, DeviceKind.KIOSK))


async def save_kiosk(act: TabletAct) -> Response:
    """The whole form again: sent twice, it says the same. Another test slip is another one."""
    tablet, sessions = act.tablet, act.tablet.services.sessions
    device = await device_or_404(tablet, DeviceKind.KIOSK)
    try:
        name, language, values = read_form(act.form, tablet.plan)
        await check_own_name(tablet, device, name)
    except UnclearError as unclear:
        problem = unclear.words(tablet.language)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(tablet, device, status_code=status, problem=problem, form=act.form)
    then = act.text("then")
    needs_kiosk = then == MEASURE or (then == TEST and values["printer"] == PrinterKind.BROWSER)
    settings = merged(device, values)
    if needs_kiosk:
        settings = with_set_up_open(settings, tablet.now)
    await devices.change_device(sessions, device, name=name, language=language, settings=settings)
    await let_go_of_unused(tablet)
    changed = replace(device, name=name, language=language, settings=settings)
    found = await print_test_slip(tablet, changed, _base_url(tablet)) if then == TEST else ""
    return act.answer(f"{PAGE}/{device.id}?saved=yes{f'&test={found}' if found else ''}")


def _base_url(tablet: TabletRequest) -> str:
    """What the code on a test slip leads to: the house itself."""
    settings = tablet.services.settings
    return settings.public_url or str(tablet.connection.base_url).rstrip("/")


def _page(
    tablet: TabletRequest,
    device: Device,
    *,
    status_code: int = 200,
    problem: str = "",
    form: Any = None,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    found = tablet.query("test")
    return tablet.page(
        "floor/devices/kiosk_settings.html",
        status_code,
        device=device,
        settings=kiosk_settings(device.settings),
        printers=PRINTERS,
        papers=PAPERS,
        problem=problem,
        form=form,
        is_saved=tablet.query("saved") == "yes",
        finding=FINDINGS.get(found, ""),
        is_good=found in GOOD,
        is_open_there=is_set_up_open(device.settings, tablet.now),
    )


VIEWS: dict[str, View] = {KIOSK: kiosk_view}
FORMS: dict[str, Form] = {KIOSK: save_kiosk}

routes: list[BaseRoute] = [
    *view_routes(VIEWS, device_admin_request),
    *form_routes(FORMS, device_admin_request),
]
