"""The kiosks, displays and machines of the branch: add one, show its code once, take one away."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.core.words import MACHINE_KINDS
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.floor.tablet.routing import Form, View, form_routes, view_routes
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.model.durations import minutes_left_s
from lobby.web import devices
from lobby.web.devices import Device, DeviceEntry, DeviceKind, PairingCode

PAGE = "/floor/devices"
NAME_LENGTH_MAX = 60
Settings = Mapping[str, Any]


async def devices_view(tablet: TabletRequest) -> Response:
    return await _page(tablet)


async def add_device(act: TabletAct) -> Response:
    """Adds a device and shows its code at once; the code is never shown again. A form sent twice
    finds the device that it added the first time."""
    tablet = act.tablet
    kind, settings = _kind(tablet, act.text("kind"))
    name = act.line("name", NAME_LENGTH_MAX)
    if not name:
        raise HTTPException(400)
    language = act.text("device_language")
    device = await _device_named(tablet, kind, name)
    if device is None:
        device = await devices.create_device(
            tablet.services.sessions,
            tablet.branch.id,
            kind=kind,
            name=name,
            language=language if language in LANGUAGES else tablet.plan.language,
            settings=settings,
        )
    return await _page_with_code(tablet, device.id)


async def show_code(act: TabletAct) -> Response:
    """A new code for a device that is there already, for instance after a browser was changed."""
    return await _page_with_code(act.tablet, act.path("device_id"))


async def revoke_device(act: TabletAct) -> Response:
    tablet, device_id = act.tablet, act.path("device_id")
    if not await devices.revoke_device(tablet.services.sessions, tablet.branch.id, device_id):
        raise HTTPException(404)
    return act.answer(PAGE)


async def _page_with_code(tablet: TabletRequest, device_id: int) -> Response:
    code = await devices.new_pairing_code(tablet.services.sessions, tablet.branch.id, device_id)
    if code is None:
        raise HTTPException(404)
    return await _page(tablet, device_id, code)


async def _page(
    tablet: TabletRequest, device_id: int | None = None, code: PairingCode | None = None
) -> Response:
    now = tablet.services.sessions.clock.now()
    return tablet.page(
        "floor/devices/page.html",
        entries=await _entries(tablet),
        machine_kinds=MACHINE_KINDS,
        coded=device_id,
        code=code.code if code else "",
        left_s=minutes_left_s(now, code.expires_at) if code else 0.0,
    )


async def _device_named(tablet: TabletRequest, kind: DeviceKind, name: str) -> Device | None:
    entries = await _entries(tablet)
    same = (e.device for e in entries if e.device.kind == kind and e.device.name == name)
    return next(same, None)


async def _entries(tablet: TabletRequest) -> list[DeviceEntry]:
    """The devices of this branch that were not taken away."""
    entries = await devices.list_devices(tablet.services.sessions, tablet.branch.id)
    return [entry for entry in entries if entry.revoked_at is None]


def _kind(tablet: TabletRequest, text: str) -> tuple[DeviceKind, Settings]:
    """A kiosk or display, or with a stroke between which of the branch's machines."""
    word, _stroke, machine = text.partition("/")
    is_known = machine in tablet.plan.machines if word == DeviceKind.MACHINE else not machine
    try:
        kind = DeviceKind(word)
    except ValueError:
        raise HTTPException(400) from None
    if not is_known:
        raise HTTPException(400)
    return kind, {"machine": machine} if machine else {}


VIEWS: dict[str, View] = {PAGE: devices_view}
FORMS: dict[str, Form] = {
    PAGE: add_device,
    f"{PAGE}/{{device_id:int}}/codes": show_code,
    f"{PAGE}/{{device_id:int}}/revocations": revoke_device,
}

routes: list[BaseRoute] = [
    *view_routes(VIEWS, device_admin_request),
    *form_routes(FORMS, device_admin_request),
]
