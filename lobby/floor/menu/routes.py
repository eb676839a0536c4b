"""The tablet's menu: the pages that are not needed with every step."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.tablet.request import FLOOR_ROLES, HELP_ROLES, TabletRequest
from lobby.floor.tablet.routing import View, view_routes
from lobby.i18n.texts import mark
from lobby.web.staff import Role


@dataclass(frozen=True, slots=True)
class MenuEntry:
    path: str
    icon: str
    name: str
    roles: tuple[Role, ...] = HELP_ROLES


MENU = (
    MenuEntry("/floor/duty", "people", mark("Lobby duty")),
    MenuEntry("/floor/escorts", "arrow-right", mark("Escorts")),
    MenuEntry("/floor/amenities", "help", mark("Items to lend")),
    MenuEntry("/floor/scripts", "document", mark("Script")),
    MenuEntry("/floor/notices", "bell", mark("Notices")),
    MenuEntry("/floor/devices", "device", mark("Kiosks and displays"), FLOOR_ROLES),
    MenuEntry("/counter", "counter", mark("Counter")),
    MenuEntry("/reports", "report", mark("Report"), (Role.BRANCH_HEAD,)),
    MenuEntry("/", "home", mark("Start page")),
)


async def menu_view(tablet: TabletRequest) -> Response:
    entries = tuple(entry for entry in MENU if tablet.staff.role in entry.roles)
    return tablet.page("floor/menu/page.html", entries=entries)


VIEWS: dict[str, View] = {"/floor/more": menu_view}

routes: list[BaseRoute] = [*view_routes(VIEWS)]
