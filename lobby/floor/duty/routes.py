"""Lobby duty: taken, changed, and handed on with a word for the next."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.floor.duty.leaving import leave_duty, leaving_view
from lobby.floor.duty.views import duty_of, duty_part
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, help_responder_request, permit_everybody
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.queueing.commands.floor import SetDuty
from lobby.queueing.model.duty import DutyState

PAGE = "/floor/duty"


async def duty_view(tablet: TabletRequest) -> Response:
    """Whoever may take lobby duty sees who has it; the hall itself only who does."""
    if tablet.looks_after_hall:
        return tablet.page("floor/duty/page.html", part=duty_part(tablet))
    view = duty_of(tablet.viewer, tablet.hall)
    return tablet.plain_page("floor/duty/take_duty.html", view=view)


async def set_duty(act: TabletAct) -> Outcome:
    """On duty, patrolling, with a customer or away, where a colleague may stand in."""
    state = act.choice(DutyState, "state")
    stand_in = act.text("stand_in") or None
    if stand_in is not None and not act.tablet.name_of(stand_in):
        raise HTTPException(400)
    return await act.perform(SetDuty(act.me, state, stand_in, act.text("note")))


def _page_of(act: TabletAct, _outcome: Outcome) -> str:
    return PAGE if act.text("back") == PAGE else "/floor"


VIEWS: dict[str, View] = {PAGE: duty_view}
FLOOR_VIEWS: dict[str, View] = {f"{PAGE}/leaving": leaving_view}
ACTS: dict[str, Act] = {PAGE: Act(set_duty, _page_of), f"{PAGE}/ends": Act(leave_duty, PAGE)}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": duty_part}

routes: list[BaseRoute] = [
    *view_routes(VIEWS, help_responder_request),
    *view_routes(FLOOR_VIEWS),
    *act_routes(ACTS, permit_everybody),
    *live_routes(LIVE),
]
