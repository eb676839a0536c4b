"""The page that a lobby manager walks with: who needs me first, how the hall stands, who came."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.alerts.cards import Cards, cards_of
from lobby.floor.alerts.fetch import FetchCard, fetch_cards
from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.duty.views import DutyView, duty_of
from lobby.floor.now.arrivals import Arrivals, arrivals
from lobby.floor.now.summary import FloorSummary, floor_summary
from lobby.floor.tablet.frame import ALERT_ONLY, LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.floor.waiting.lines import Line, lines_of
from lobby.queueing.model.hall import Hall
from lobby.screens.advice import catalogue_of
from lobby.screens.staffing_words import Advised, advised_in

REGIONS = {
    "now": "floor/now/_cards.html",
    "duty": "floor/duty/_duty.html",
    "fetching": "floor/alerts/_fetch_cards.html",
    "staffing": "floor/staffing/_staffing.html",
    "strip": "floor/now/_summary.html",
    "arrivals": "floor/now/_arrivals.html",
    "queue": "floor/now/_queue.html",
}
LISTED_MAX = 3
"""Of each pool the most pressing; the whole line has a page of its own."""


@dataclass(frozen=True, slots=True)
class Now:
    cards: Cards
    duty: DutyView
    fetches: tuple[FetchCard, ...]
    strip: FloorSummary
    arrivals: Arrivals
    lines: tuple[Line, ...]
    advised: Advised | None = None


def now_part(tablet: TabletRequest) -> LivePart:
    stand = tablet.stand
    catalogue = catalogue_of(tablet.services, tablet.branch)

    def present(hall: Hall, now: datetime) -> Now:
        return Now(
            cards=cards_of(stand, hall, now),
            duty=duty_of(stand, hall),
            fetches=fetch_cards(hall, stand.name_of, now),
            strip=floor_summary(stand, hall, now),
            arrivals=arrivals(hall, catalogue, now),
            lines=lines_of(stand, hall, now, LISTED_MAX, folds=False),
            advised=advised_in(tablet.services, hall.plan, stand.language),
        )

    return LivePart("now", "/floor/live", REGIONS, present, {**CARD_WORDS, **HALL_WORDS})


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(request, "floor/now/page.html", part=now_part(tablet))


routes: list[BaseRoute] = [
    Route("/floor", page),
    WebSocketRoute("/floor/live", live_socket(lambda tablet, _connection: now_part(tablet))),
    WebSocketRoute("/floor/alert/live", live_socket(lambda _here, _connection: ALERT_ONLY)),
]
