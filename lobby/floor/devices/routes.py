"""The kiosks, displays and machines of the branch: add one, show its code once, take one away."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.core.words import MACHINE_KINDS
from lobby.floor.devices.device_forms import (
    NAME_IN_USE,
    UnclearError,
    entries_of,
    entry_named,
    read_language,
    read_name,
)
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, device_admin_request
from lobby.floor.tablet.routing import Form, View, form_routes, view_routes
from lobby.i18n.texts import mark
from lobby.queueing.model.durations import minutes_left_s
from lobby.web import devices
from lobby.web.commands import FormFields
from lobby.web.devices import DeviceKind, PairingCode

PAGE = "/floor/devices"
NO_NAME = mark("Please give the device a name of up to 60 letters.")
NOTHING_TYPED = FormFields()
Settings = Mapping[str, Any]


async def devices_view(tablet: TabletRequest) -> Response:
    return await _page(tablet)


async def add_device(act: TabletAct) -> Response:
    """Adds a device and shows its code at once; the code is never shown again. A form sent twice
    finds the device that it added the first time; a device that is paired keeps its name."""
    tablet = act.tablet
    kind, settings = _kind(tablet, act.text("kind"))
    try:
        name = read_name(act.form, NO_NAME)
        known = await entry_named(tablet, kind, name)
        if known is not None and known.is_paired:
            raise UnclearError(NAME_IN_USE, name=known.device.name)
    except UnclearError as unclear:
        return await _page(tablet, problem=unclear.words(tablet.language), form=act.form)
    if known is not None:
        return await _page_with_code(tablet, known.device.id)
    device = await devices.create_device(
        tablet.services.sessions,
        tablet.branch.id,
        kind=kind,
        name=name,
        language=read_language(act.form, tablet.plan),
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
    tablet: TabletRequest,
    device_id: int | None = None,
    code: PairingCode | None = None,
    *,
    problem: str = "",
    form: FormFields = NOTHING_TYPED,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    now = tablet.services.sessions.clock.now()
    return tablet.page(
        "floor/devices/page.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        problem=problem,
        form=form,
        entries=await entries_of(tablet),
        machine_kinds=MACHINE_KINDS,
        coded=device_id,
        code=code.code if code else "",
        left_s=minutes_left_s(now, code.expires_at) if code else 0.0,
    )


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
