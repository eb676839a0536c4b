"""One person on their round of the lobby: who walks there, in which branch, what they read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from lobby.branch import Actor, ActorKind, Branch
from lobby.floor.core.viewer import Viewer
from lobby.floor.tablet.frame import ALERT_ONLY, LivePart, live_screen
from lobby.screens.staff_names import staff_names
from lobby.screens.words import speaker
from lobby.store.people import staff_of_branch
from lobby.web.live_screen import LiveScreen, first_regions, serve
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
    def stand(self) -> Viewer:
        return Viewer(
            *(self.services, self.branch, self.me, self.language),
            name_of=self.name_of,
            colleagues=self.colleagues,
        )

    @property
    def walks(self) -> bool:
        """Whether this person looks after the hall now."""
        return self.staff.role in FLOOR_ROLES or is_on_lobby_duty(self.branch.hall, self.me)

    def still_allowed(self) -> bool:
        return self.is_signed_in() and self.walks

    def screen(self, part: LivePart = ALERT_ONLY) -> LiveScreen:
        """What keeps a page of this person's tablet true."""
        return live_screen(self.stand, part, self.still_allowed)

    def page(
        self,
        request: Request,
        template: str,
        status_code: int = 200,
        *,
        part: LivePart = ALERT_ONLY,
        **context: Any,
    ) -> Response:
        """A page of the tablet with what all of them show; `part` is what of it stays true."""
        regions = first_regions(self.screen(part), self.services.clock.now())
        context |= {"socket": part.socket, "regions": regions}
        return self.plain_page(request, template, status_code, **context)

    def plain_page(
        self, request: Request, template: str, status_code: int = 200, **context: Any
    ) -> Response:
        """One that shows nothing of the hall."""
        return self.services.pages.page(
            request,
            template,
            self.language,
            status_code=status_code,
            staff=self.staff,
            plan=self.branch.plan,
            say=speaker(self.language),
            **context,
        )


async def floor_staff_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who looks after the hall; refuses (403) who does not."""
    tablet = await help_responder_request(connection)
    if not tablet.walks:
        raise HTTPException(403)
    return tablet


async def device_admin_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who may set up devices: nobody who looks after the hall for an hour only."""
    await require_staff(connection, *FLOOR_ROLES)
    return await floor_staff_request(connection)


async def help_responder_request(connection: HTTPConnection) -> TabletRequest:
    """Of somebody who may take lobby duty, on duty or not."""
    services = services_of(connection)
    staff = await require_staff(connection, *HELP_ROLES)
    branch = services.branches[staff.branch_id]
    people = await services.store.read(lambda c: staff_of_branch(c, branch.id))
    return TabletRequest(
        services,
        staff,
        branch,
        language=language_of(connection, staff.language),
        name_of=await staff_names(services, branch),
        colleagues=tuple((str(p.id), p.name) for p in people if p.role in HELP_ROLES),
        is_signed_in=still_signed_in(connection),
    )


def live_socket(
    part_of: Callable[[TabletRequest, HTTPConnection], LivePart],
) -> Callable[[WebSocket], Awaitable[None]]:
    """The socket that keeps one page's part true."""

    async def live(websocket: WebSocket) -> None:
        tablet = await floor_staff_request(websocket)
        await serve(websocket, tablet.screen(part_of(tablet, websocket)))

    return live
