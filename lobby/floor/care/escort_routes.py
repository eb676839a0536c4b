"""Walking with a customer: who goes, from where to where, and how it ended."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.floor.core.escorts import ESCORT_OUTCOMES, EscortRow, escort_rows
from lobby.floor.core.places import place_choices, places_of
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import EndEscort, StartEscort
from lobby.queueing.model.hall import Hall

PAGE = "/floor/escorts"
SAME_PLACE = mark("Please choose where to go: both places are the same.")


def escorts_part(tablet: TabletRequest) -> LivePart:
    def present(hall: Hall, now: datetime) -> tuple[EscortRow, ...]:
        return escort_rows(hall, tablet.name_of, now)

    regions = {"escorts": "floor/care/_escorts.html"}
    words = {"escort_outcomes": ESCORT_OUTCOMES}
    return LivePart("escorts", f"{PAGE}/live", regions, present, words)


async def escorts_view(tablet: TabletRequest) -> Response:
    places = place_choices(tablet.plan, tablet.language)
    return tablet.page("floor/care/escorts.html", part=escorts_part(tablet), places=places)


async def start_escort(act: TabletAct) -> Outcome:
    """The person who taps is the one who goes."""
    number, (from_place, to_place) = act.ticket_number(), _places(act)
    return await act.perform(StartEscort(act.me, number, from_place, to_place))


async def end_escort(act: TabletAct) -> Outcome:
    return await act.perform(EndEscort(act.path("escort_id"), act.text("outcome")))


def _places(act: TabletAct) -> tuple[str, str]:
    known = places_of(act.tablet.plan)
    from_place, to_place = act.text("from"), act.text("to")
    if from_place not in known or to_place not in known:
        raise HTTPException(400)
    if from_place == to_place:
        raise HTTPException(400, SAME_PLACE)
    return from_place, to_place


def _page_of(act: TabletAct, _outcome: Outcome) -> str:
    """The page that the form stood on: of one customer, of all, or of the hall."""
    back = act.text("back")
    if back.isalnum():
        return f"/floor/care/{back}"
    return "/floor" if back == "/" else PAGE


VIEWS: dict[str, View] = {PAGE: escorts_view}
ACTS: dict[str, Act] = {
    PAGE: Act(start_escort, _page_of),
    f"{PAGE}/{{escort_id:int}}/outcomes": Act(end_escort, _page_of),
}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": escorts_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
