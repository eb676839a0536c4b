"""The tablet's first page: who needs staff first, the figures of the hall, arrivals, the line."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.now.views import now_part
from lobby.floor.tablet.frame import ALERT_ONLY, LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import PartOf, View, live_routes, view_routes

PAGE = "/floor"


async def now_view(tablet: TabletRequest) -> Response:
    return tablet.page("floor/now/page.html", part=now_part(tablet))


def alert_part(_tablet: TabletRequest) -> LivePart:
    """For the pages that show nothing of the hall but the alert."""
    return ALERT_ONLY


VIEWS: dict[str, View] = {PAGE: now_view}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": now_part, ALERT_ONLY.socket: alert_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *live_routes(LIVE)]
