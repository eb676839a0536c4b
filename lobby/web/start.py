"""The first page after signing in: each person's own screens, and the choice of language."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lobby.accounts.roles import ROLES
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.store import people
from lobby.store.people import Role, Staff
from lobby.web.addresses import local_path
from lobby.web.commands import form_fields
from lobby.web.credentials import YEAR_S
from lobby.web.first_steps import DEVICES as FIRST_STEPS
from lobby.web.first_steps import PAGE as FIRST_RUN
from lobby.web.first_steps import lacks_something
from lobby.web.house_words import house_notices
from lobby.web.identity import identity_of
from lobby.web.pages import LANGUAGE_COOKIE, language_of
from lobby.web.pairing import screen_of
from lobby.web.permissions import nobody_on_duty
from lobby.web.services import services_of
from lobby.web.staff import require_staff, staff_of


@dataclass(frozen=True, slots=True)
class Choice:
    path: str
    icon: str
    name: str
    help: str


COUNTER = Choice("/counter", "counter", mark("Counter"), mark("Call and serve customers"))
FLOOR = Choice("/floor", "people", mark("Lobby"), mark("See who is waiting and how long"))
REPORTS = Choice("/reports", "report", mark("Reports"), mark("See how a day went"))
LOOK_UP = Choice(
    "/reports/ticket", "document", mark("Look up a number"), mark("What became of one ticket")
)
KIOSK = Choice("/kiosk", "printer", mark("Kiosk"), mark("Give out numbers on this device"))
DISPLAY = Choice("/display", "device", mark("Display"), mark("Show the calls on this device"))
DEVICES = Choice("/floor/devices", "phone", mark("Devices"), mark("Add kiosks and displays"))

PEOPLE = Choice("/people", "person", mark("People"), mark("Add, change or lock accounts"))

SET_UP = Choice("/setup", "document", mark("Set-up"), mark("Services, counters, hours, limits"))

STILL_MISSING = Choice(
    FIRST_STEPS, "check", mark("Still missing"), mark("Pair devices, add the first people")
)

DUTY = Choice("/floor/duty", "people", mark("Lobby duty"), mark("Look after the hall for a while"))

CHOICES = {
    Role.TELLER: (COUNTER, DUTY),
    Role.LOBBY_MANAGER: (FLOOR, COUNTER, KIOSK, DISPLAY, DEVICES),
    Role.BRANCH_HEAD: (REPORTS, FLOOR, COUNTER, KIOSK, DISPLAY, DEVICES, PEOPLE, SET_UP),
    Role.ADMINISTRATOR: (PEOPLE, SET_UP, DEVICES, REPORTS, KIOSK, DISPLAY),
    Role.AUDITOR: (REPORTS, LOOK_UP),
}

HALL_ROLES = frozenset({Role.LOBBY_MANAGER, Role.BRANCH_HEAD})
"""Who is told when nobody looks after the hall."""


TOLD_OF_THE_HOUSE = HALL_ROLES | {Role.ADMINISTRATOR}
"""Who is told when the program itself is not well."""


async def start(request: Request) -> Response:
    """A device has one screen, so it is led there."""
    staff, device = staff_of(request), identity_of(request).device
    is_newcomer = identity_of(request).newcomer is not None
    if staff is None and not is_newcomer and device is not None:
        return RedirectResponse(screen_of(device), 303)
    if not services_of(request).branches:
        return RedirectResponse(FIRST_RUN, 303)
    staff = await require_staff(request)
    return _page(request, staff, await _first_steps(request, staff))


async def _first_steps(request: Request, staff: Staff) -> tuple[Choice, ...]:
    """Before all else, as long as the branch lacks something to work with."""
    if staff.role is not Role.ADMINISTRATOR:
        return ()
    is_open = await services_of(request).store.read(lambda c: lacks_something(c, staff.branch_id))
    return (STILL_MISSING,) if is_open else ()


async def choose_language(request: Request) -> Response:
    """Kept with the person, and in the browser for whoever signs in next."""
    form = await form_fields(request)
    language = form.get("language", "")
    if language not in LANGUAGES:
        raise HTTPException(400)
    staff = staff_of(request)
    if staff is not None:
        await _keep_language(request, staff, language)
    response = RedirectResponse(local_path(form.get("next")), 303)
    secure = services_of(request).settings.secure
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=YEAR_S, secure=secure, httponly=True, samesite="lax"
    )
    return response


async def _keep_language(request: Request, staff: Staff, language: str) -> None:
    services = services_of(request)
    await services.store.write(
        lambda connection: people.set_language(connection, staff.id, language)
    )
    services.sessions.forget_staff(staff.id)


def _page(request: Request, staff: Staff, first_steps: tuple[Choice, ...]) -> Response:
    services = services_of(request)
    language = language_of(request, staff.language)
    return services.pages.page(
        request,
        "web/start.html",
        language,
        here=request.url.path,
        staff=staff,
        role=ROLES[staff.role],
        branch_name=services.branches[staff.branch_id].plan.name(language),
        choices=(*first_steps, *CHOICES[staff.role]),
        notices=house_notices(services, staff.branch_id, language)
        if staff.role in TOLD_OF_THE_HOUSE
        else (),
        lobby_is_empty=staff.role in HALL_ROLES
        and nobody_on_duty(services.branches[staff.branch_id].hall),
    )


routes = [
    Route("/", start),
    Route("/language", choose_language, methods=["POST"]),
]
