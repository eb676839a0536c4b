"""The kiosks, displays and machines of the branch: add one, show its code once, take one away."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.core.words import MACHINE_KINDS
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.i18n.languages import LANGUAGES
from lobby.web import devices
from lobby.web.commands import command_response, form_fields
from lobby.web.devices import Device, DeviceEntry, DeviceKind, PairingCode

PAGE = "/floor/devices"
NAME_LENGTH_MAX = 60
Settings = Mapping[str, Any]


async def page(request: Request) -> Response:
    tablet = await device_admin_request(request)
    return await _page(request, tablet)


async def add(request: Request) -> Response:
    """Adds a device and shows its code at once; the code is never shown again. A form sent twice
    finds the device that it added the first time."""
    tablet = await device_admin_request(request)
    form = await form_fields(request)
    kind, settings = _kind(tablet, form.get("kind", ""))
    name = _name(form.get("name", ""))
    device = await _known(tablet, kind, name)
    if device is None:
        device = await devices.create_device(
            tablet.services.sessions,
            tablet.branch.id,
            kind=kind,
            name=name,
            language=_language(form.get("device_language", ""), tablet.branch.plan.language),
            settings=settings,
        )
    return await _page_with_code(request, tablet, device.id)


async def show_code(request: Request) -> Response:
    """A new code for a device that is there already, for instance after a browser was changed."""
    tablet = await device_admin_request(request)
    return await _page_with_code(request, tablet, request.path_params["device_id"])


async def revoke(request: Request) -> Response:
    tablet = await device_admin_request(request)
    device_id = request.path_params["device_id"]
    if not await devices.revoke_device(tablet.services.sessions, tablet.branch.id, device_id):
        raise HTTPException(404)
    return command_response(request, PAGE)


async def _page_with_code(request: Request, tablet: TabletRequest, device_id: int) -> Response:
    code = await devices.new_pairing_code(tablet.services.sessions, tablet.branch.id, device_id)
    if code is None:
        raise HTTPException(404)
    return await _page(request, tablet, device_id, code)


async def _page(
    request: Request,
    tablet: TabletRequest,
    device_id: int | None = None,
    code: PairingCode | None = None,
) -> Response:
    now = tablet.services.sessions.clock.now()
    left_s = (code.expires_at - now).total_seconds() if code else 0.0
    return tablet.page(
        request,
        "floor/devices/page.html",
        entries=await _entries(tablet),
        machine_kinds=MACHINE_KINDS,
        coded=device_id,
        code=code.code if code else "",
        left_s=ceil(left_s / 60) * 60,
    )


async def _known(tablet: TabletRequest, kind: DeviceKind, name: str) -> Device | None:
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
    is_known = machine in tablet.branch.plan.machines if word == DeviceKind.MACHINE else not machine
    try:
        kind = DeviceKind(word)
    except ValueError:
        raise HTTPException(400) from None
    if not is_known:
        raise HTTPException(400)
    return kind, {"machine": machine} if machine else {}


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise HTTPException(400)
    return name


def _language(text: str, otherwise: str) -> str:
    return text if text in LANGUAGES else otherwise


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, add, methods=["POST"]),
    Route(f"{PAGE}/{{device_id:int}}/codes", show_code, methods=["POST"]),
    Route(f"{PAGE}/{{device_id:int}}/revocations", revoke, methods=["POST"]),
]
