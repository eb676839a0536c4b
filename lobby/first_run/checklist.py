"""What is still missing at a new branch: devices, people, and what to look over."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.i18n.formats import clock_time, weekday_and_date
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.durations import minutes_left_s
from lobby.screens.kiosk_settings import PrinterKind, kiosk_settings
from lobby.screens.opening import gives_tickets, next_opening
from lobby.store.accounts import Account, accounts
from lobby.web.commands import form_fields
from lobby.web.devices import (
    DeviceEntry,
    DeviceKind,
    PairingCode,
    create_device,
    list_devices,
    new_pairing_code,
)
from lobby.web.first_steps import DEVICES, has_signed_in, of_kind
from lobby.web.pages import language_of
from lobby.web.services import services_of
from lobby.web.staff import Role, Staff, require_staff

NAMES = {DeviceKind.KIOSK: mark("Kiosk"), DeviceKind.DISPLAY: mark("Display")}
OPEN_NOW = mark("The branch is open: the kiosk gives numbers now.")
OPENS_AT = mark("The branch is set up. The kiosk gives numbers from %(day)s, %(time)s.")
SET_UP = mark("The branch is set up.")


@dataclass(frozen=True, slots=True)
class Task:
    """`is_done` is None where only a person can tell. With a `kind`, a code is asked for here."""

    name: str
    help: str
    is_done: bool | None
    link: str
    link_words: str
    kind: DeviceKind | None = None


PAIRED = mark("Its settings and test slip")
SETTINGS = mark("Its settings")


async def checklist_page(request: Request) -> Response:
    return await _page(request, await require_staff(request, Role.ADMINISTRATOR))


async def show_code(request: Request) -> Response:
    """Of the first device of this kind that is not paired; one is added where there is none."""
    staff, form = await require_staff(request, Role.ADMINISTRATOR), await form_fields(request)
    kind = next((each for each in NAMES if each.value == form.get("kind")), None)
    if kind is None:
        raise HTTPException(400)
    sessions = services_of(request).sessions
    waiting = [
        entry
        for entry in of_kind(await list_devices(sessions, staff.branch_id), kind)
        if not entry.is_paired
    ]
    device = waiting[0].device if waiting else await _added(request, staff, kind)
    code = await new_pairing_code(sessions, staff.branch_id, device.id)
    return await _page(request, staff, kind=kind, code=code)


async def _added(request: Request, staff: Staff, kind: DeviceKind) -> Any:
    services = services_of(request)
    known = of_kind(await list_devices(services.sessions, staff.branch_id), kind)
    language = services.branches[staff.branch_id].plan.language
    return await create_device(
        services.sessions,
        staff.branch_id,
        kind=kind,
        name=f"{texts(language).gettext(NAMES[kind])} {len(known) + 1}",
        language=language,
    )


async def _page(
    request: Request,
    staff: Staff,
    *,
    kind: DeviceKind | None = None,
    code: PairingCode | None = None,
) -> Response:
    services = services_of(request)
    language = language_of(request, staff.language)
    entries = await list_devices(services.sessions, staff.branch_id)
    people = await services.store.read(partial(accounts, branch_id=staff.branch_id))
    here = services.settings.public_url or str(request.base_url).rstrip("/")
    now = services.sessions.clock.now()
    return services.pages.page(
        request,
        "first_run/devices.html",
        language,
        HTTPStatus.OK,
        me=staff,
        here=DEVICES,
        branch_name=services.branches[staff.branch_id].plan.name(language),
        opened=_opened(request, staff, language) if "opened" in request.query_params else "",
        tasks=_tasks(entries, people),
        checks=CHECKS,
        coded=kind,
        code=code.code if code else "",
        left_s=minutes_left_s(now, code.expires_at) if code else 0.0,
        address=here,
    )


def _opened(request: Request, staff: Staff, language: str) -> str:
    """Whether numbers are given already, and otherwise from when on."""
    services, say = services_of(request), texts(language).gettext
    branch, now = services.branches[staff.branch_id], services.clock.now()
    if gives_tickets(services, branch, now):
        return say(OPEN_NOW)
    opens = next_opening(services, branch, now)
    if opens is None:
        return say(SET_UP)
    day = weekday_and_date(opens.date(), language)
    return say(OPENS_AT) % {"day": day, "time": clock_time(opens, branch.plan)}


def _tasks(entries: list[DeviceEntry], people: list[Account]) -> list[Task]:
    kiosk, display = (_paired(entries, kind) for kind in NAMES)
    return [
        Task(
            mark("Kiosk"),
            mark("Gives out numbers at the entrance."),
            kiosk is not None,
            f"/floor/kiosks/{kiosk.device.id}" if kiosk else "",
            PAIRED,
            DeviceKind.KIOSK,
        ),
        *_printing(kiosk),
        Task(
            mark("Display above the counters"),
            mark("Shows and announces who is called."),
            display is not None,
            f"/floor/displays/{display.device.id}" if display else "",
            SETTINGS,
            DeviceKind.DISPLAY,
        ),
        Task(
            mark("Counters' computers"),
            mark("A teller signs in there and calls. Add the first one."),
            has_signed_in(people, Role.TELLER),
            "/people/new",
            mark("Add a person"),
        ),
        Task(
            mark("Lobby manager's tablet"),
            mark("A lobby manager signs in there and sees who waits. Add the first one."),
            has_signed_in(people, Role.LOBBY_MANAGER),
            "/people/new",
            mark("Add a person"),
        ),
    ]


def _printing(kiosk: DeviceEntry | None) -> list[Task]:
    """Only where a kiosk prints."""
    if kiosk is None or kiosk_settings(kiosk.device.settings).printer is PrinterKind.NONE:
        return []
    link = f"/floor/kiosks/{kiosk.device.id}"
    help_words = mark("Print one and look whether it is whole.")
    return [Task(mark("Test slip"), help_words, None, link, mark("Print a test slip"))]


CHECKS = (
    (
        "/setup/services?first=1",
        mark("Services and fees"),
        mark("Prices are left open until you fill them in: the kiosk says 'By our tariff'."),
    ),
    (
        "/setup/counters?first=1",
        mark("Counters"),
        mark("Names, and which of them serve premium customers."),
    ),
    (
        "/setup/hours?first=1",
        mark("Hours and holidays"),
        mark("Mark the days on which the branch is closed."),
    ),
    ("/people", mark("People"), mark("Tellers, lobby managers and the branch head.")),
)
"""What nobody but a person can tell to be right: an address, its name, what to look for."""


def _paired(entries: list[DeviceEntry], kind: DeviceKind) -> DeviceEntry | None:
    return next((entry for entry in of_kind(entries, kind) if entry.is_paired), None)


routes: list[BaseRoute] = [
    Route(DEVICES, checklist_page),
    Route(DEVICES, show_code, methods=["POST"]),
]
