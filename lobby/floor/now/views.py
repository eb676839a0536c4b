"""The view of the tablet's first page, all of it of one moment."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.cards import Cards, cards_of
from lobby.floor.alerts.fetch import FetchCard, fetch_cards
from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.duty.views import DutyView, duty_of
from lobby.floor.now.arrivals import Arrivals, arrivals
from lobby.floor.now.restored import RestoredView, restored_view
from lobby.floor.now.summary import FloorSummary, floor_summary
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.waiting.pools import WaitingPool, waiting_pools
from lobby.queueing.model.hall import Hall
from lobby.screens.advice import catalogue_of
from lobby.screens.staffing_words import Advised, advised_in
from lobby.web.house_words import HouseNotice, house_notices

REGIONS = {
    "house": "floor/now/_house.html",
    "restored": "floor/now/_restored.html",
    "now": "floor/now/_cards.html",
    "duty": "floor/duty/_duty.html",
    "fetching": "floor/alerts/_fetch_cards.html",
    "staffing": "floor/staffing/_staffing.html",
    "summary": "floor/now/_summary.html",
    "arrivals": "floor/now/_arrivals.html",
    "queue": "floor/now/_queue.html",
}
LISTED_MAX = 3
"""Of each pool the most pressing; the whole line has a page of its own."""


@dataclass(frozen=True, slots=True)
class NowView:
    cards: Cards
    duty: DutyView
    fetches: tuple[FetchCard, ...]
    summary: FloorSummary
    arrivals: Arrivals
    pools: tuple[WaitingPool, ...]
    advised: Advised | None = None
    restored: RestoredView | None = None
    house: tuple[HouseNotice, ...] = ()


def now_part(tablet: TabletRequest) -> LivePart:
    viewer = tablet.viewer
    catalogue = catalogue_of(tablet.services, tablet.branch)

    def present(hall: Hall, now: datetime) -> NowView:
        return NowView(
            cards=cards_of(viewer, hall, now),
            duty=duty_of(viewer, hall),
            fetches=fetch_cards(viewer, hall, now),
            summary=floor_summary(viewer, hall, now),
            arrivals=arrivals(hall, catalogue, now),
            pools=waiting_pools(viewer, hall, now, LISTED_MAX, folds=False),
            advised=advised_in(tablet.services, hall, viewer.language),
            restored=restored_view(tablet.services.restored, hall, now),
            house=house_notices(tablet.services, hall.plan.id, viewer.language),
        )

    return LivePart("now", "/floor/live", REGIONS, present, {**CARD_WORDS, **HALL_WORDS})
