"""Risk cards: opened by a colleague, read by those on duty only, ended by what came of it."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.floor.alerts.risk_access import open_risk, refuse_off_duty
from lobby.floor.core.places import place_choices, places_of
from lobby.floor.risk.views import QUIET_ROOM, risk_part
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, permit_everybody
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, StartEscort
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.scripts.format import wordings
from lobby.scripts.library import library
from lobby.scripts.situations import Situation
from lobby.web.staff import Role

PAGE = "/floor/risks"
CARD = f"{PAGE}/{{help_id:int}}"


async def risk_view(tablet: TabletRequest) -> Response:
    call = _open_card(tablet)
    ticket = tablet.hall.ticket(call.ticket) if call.ticket else None
    spoken = ticket.language if ticket else tablet.plan.language
    script = (await library(tablet.store, tablet.branch.id))[Situation.RISK][0]
    return tablet.page(
        "floor/risk/page.html",
        part=risk_part(tablet),
        script=script,
        wordings=wordings(script.texts, first=spoken),
    )


async def new_risk_view(tablet: TabletRequest) -> Response:
    places = place_choices(tablet.plan, tablet.language)
    return tablet.page("floor/risk/new.html", places=places, number=tablet.query("number"))


async def open_card(act: TabletAct) -> Outcome:
    """From the tablet, or by a teller who has a doubt; a teller goes back to the counter."""
    place = act.text("place")
    if place not in places_of(act.tablet.plan):
        raise HTTPException(400)
    command = CallColleague(HelpKind.RISK, place, act.ticket_number(), act.text("note"))
    return await act.perform(command)


def _page_of_opener(act: TabletAct, _outcome: Outcome) -> str:
    return "/counter" if act.tablet.staff.role is Role.TELLER else "/floor"


async def go_to_risk(act: TabletAct) -> Outcome:
    refuse_off_duty(act.tablet.hall, act.me)
    return await act.perform(AnswerHelp(act.path("help_id"), act.me))


async def go_to_quiet_room(act: TabletAct) -> Outcome:
    """Where nobody listens: the walk there is shown like any other, without its reason."""
    call = _open_card(act.tablet)
    return await act.perform(StartEscort(act.me, call.ticket, call.place, QUIET_ROOM))


async def end_risk(act: TabletAct) -> Outcome:
    refuse_off_duty(act.tablet.hall, act.me)
    return await act.perform(EndHelp(act.path("help_id"), act.text("outcome")))


def _page_of_card(act: TabletAct, _outcome: Outcome) -> str:
    return f"{PAGE}/{act.path('help_id')}"


def _open_card(tablet: TabletRequest) -> HelpCall:
    """The call behind the card; 410 once it is over."""
    refuse_off_duty(tablet.hall, tablet.me)
    call = open_risk(tablet.hall, tablet.path("help_id"))
    if call is None:
        raise HTTPException(410)
    return call


VIEWS: dict[str, View] = {f"{PAGE}/new": new_risk_view, CARD: risk_view}
ACTS: dict[str, Act] = {
    f"{CARD}/answers": Act(go_to_risk, _page_of_card),
    f"{CARD}/rooms": Act(go_to_quiet_room, _page_of_card),
    f"{CARD}/outcomes": Act(end_risk, "/floor"),
}
LIVE: dict[str, PartOf] = {f"{CARD}/live": risk_part}

routes: list[BaseRoute] = [
    *view_routes(VIEWS),
    *act_routes({PAGE: Act(open_card, _page_of_opener)}, permit_everybody),
    *act_routes(ACTS),
    *live_routes(LIVE),
]
