"""One request of the tablet, read once: who asks, in which branch, in which language.

Which of the three functions below reads it decides who may ask at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from lobby.branch import Actor, ActorKind, Branch
from lobby.floor.core.places import place_words
from lobby.floor.core.viewer import Viewer
from lobby.floor.tablet.frame import ALERT_ONLY, LivePart, live_screen
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import Ticket
from lobby.screens.staff_names import staff_names
from lobby.screens.words import speaker
from lobby.store.people import staff_of_branch
from lobby.store.store import Store
from lobby.web.live_screen import LiveScreen, first_regions
from lobby.web.pages import language_of
from lobby.web.permissions import is_on_lobby_duty
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff, still_signed_in

FLOOR_ROLES = (Role.LOBBY_MANAGER, Role.BRANCH_HEAD)
"""Whose work the hall is anyway."""

HELP_ROLES = (*FLOOR_ROLES, Role.TELLER)
"""Who may take lobby duty; a teller sees the hall while on duty and no longer."""


@dataclass(frozen=True, slots=True)
class TabletRequest:
    """`name_of` gives the name of anybody of the branch by their id, `colleagues` are the ids and
    names of those who may take lobby duty."""

    connection: HTTPConnection
    services: Services
    staff: Staff
    branch: Branch
    language: str
    name_of: Callable[[str], str]
    colleagues: tuple[tuple[str, str], ...]
    is_signed_in: Callable[[], bool]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.me)

    @property
    def me(self) -> str:
        """As the hall knows this person."""
        return str(self.staff.id)

    @property
    def hall(self) -> Hall:
        return self.branch.hall

    @property
    def plan(self) -> Plan:
        return self.branch.plan

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def now(self) -> datetime:
        return self.services.clock.now()

    @property
    def viewer(self) -> Viewer:
        return Viewer(
            *(self.services, self.branch, self.me, self.language),
            name_of=self.name_of,
            colleagues=self.colleagues,
        )

    @property
    def looks_after_hall(self) -> bool:
        return self.staff.role in FLOOR_ROLES or is_on_lobby_duty(self.hall, self.me)

    @property
    def is_in_hall(self) -> bool:
        """An administrator sets up devices, and is shown nothing of who waits."""
        return self.staff.role is not Role.ADMINISTRATOR

    def still_allowed(self) -> bool:
        return self.is_signed_in() and self.looks_after_hall

    def path(self, name: str) -> Any:
        """What stands in the address: a ticket's number, the id of a call."""
        return self.connection.path_params[name]

    def query(self, name: str, otherwise: str = "") -> str:
        return self.connection.query_params.get(name, otherwise)

    def ticket_or_404(self) -> Ticket:
        """Today's ticket of the number in the address."""
        ticket = self.hall.ticket(self.path("number"))
        if ticket is None:
            raise HTTPException(404)
        return ticket

    def screen(self, part: LivePart = ALERT_ONLY) -> LiveScreen:
        """What keeps a page of this person's tablet true."""
        return live_screen(self.viewer, part, self.still_allowed)

    def page(
        self,
        template: str,
        status_code: int = 200,
        *,
        part: LivePart = ALERT_ONLY,
        **context: Any,
    ) -> Response:
        """A page of the tablet with what all of them show; `part` is what of it stays true."""
        if not self.is_in_hall:
            return self.plain_page(template, status_code, socket="", regions={}, **context)
        regions = first_regions(self.screen(part), self.now)
        context |= {"socket": part.socket, "regions": regions}
        return self.plain_page(template, status_code, **context)

    def plain_page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        """One that shows nothing of the hall."""
        return self.services.pages.page(
            self.connection,
            template,
            self.language,
            status_code=status_code,
            staff=self.staff,
            is_in_hall=self.is_in_hall,
            plan=self.plan,
            say=speaker(self.language),
            place=partial(place_words, self.plan, language=self.language),
            **context,
        )


async def floor_staff_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who looks after the hall; refuses (403) who does not."""
    tablet = await help_responder_request(connection)
    permit_floor_staff(tablet)
    return tablet


def permit_everybody(_tablet: TabletRequest) -> None:
    """Whoever may take lobby duty, on duty or not."""


def permit_floor_staff(tablet: TabletRequest) -> None:
    """Refuses (403) who does not look after the hall."""
    if not tablet.looks_after_hall:
        raise HTTPException(403)


async def device_admin_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who may set up devices: nobody who looks after the hall for an hour only."""
    return await _tablet_request(connection, *FLOOR_ROLES, Role.ADMINISTRATOR)


async def help_responder_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who may take lobby duty, on duty or not."""
    return await _tablet_request(connection, *HELP_ROLES)


async def _tablet_request(connection: HTTPConnection, *roles: Role) -> TabletRequest:
    services = services_of(connection)
    staff = await require_staff(connection, *roles)
    branch = services.branches[staff.branch_id]
    people = await services.store.read(lambda c: staff_of_branch(c, branch.id))
    return TabletRequest(
        *(connection, services, staff, branch),
        language=language_of(connection, staff.language),
        name_of=await staff_names(services, branch),
        colleagues=tuple((str(p.id), p.name) for p in people if p.role in HELP_ROLES),
        is_signed_in=still_signed_in(connection),
    )
