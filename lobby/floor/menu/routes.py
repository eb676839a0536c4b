"""Everything of the tablet that is not needed with every step."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.tablet.request import floor_staff_request
from lobby.i18n.texts import mark
from lobby.web.staff import Role

EVERYBODY = frozenset({Role.LOBBY_MANAGER, Role.BRANCH_HEAD, Role.TELLER})
HEADS = frozenset({Role.LOBBY_MANAGER, Role.BRANCH_HEAD})


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    icon: str
    name: str
    roles: frozenset[Role] = EVERYBODY


MORE = (
    Place("/floor/duty", "people", mark("Lobby duty")),
    Place("/floor/escorts", "arrow-right", mark("Who goes with whom")),
    Place("/floor/amenities", "help", mark("Things to lend")),
    Place("/floor/scripts", "document", mark("What to say")),
    Place("/floor/notices", "bell", mark("Notices")),
    Place("/floor/devices", "device", mark("Kiosks and displays"), HEADS),
    Place("/counter", "counter", mark("Counter")),
    Place("/reports", "report", mark("Report"), frozenset({Role.BRANCH_HEAD})),
    Place("/", "home", mark("Start page")),
)


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    places = tuple(place for place in MORE if tablet.staff.role in place.roles)
    return tablet.page(request, "floor/menu/page.html", places=places)


routes: list[BaseRoute] = [Route("/floor/more", page)]
