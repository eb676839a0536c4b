"""Risk cards: opened by a colleague, read by those on duty only, ended by what came of it."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.alerts.risk_access import may_see_risk, open_risk
from lobby.floor.core.places import place_choices, places_of
from lobby.floor.risk.views import QUIET_ROOM, risk_part
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest, help_responder_request
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, StartEscort
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.scripts.format import wordings
from lobby.scripts.library import library
from lobby.scripts.situations import Situation
from lobby.web.staff import Role

PAGE = "/floor/risks"
CARD = f"{PAGE}/{{help_id:int}}"
OFF_DUTY = mark("Only colleagues on lobby duty read this card. Please go on duty first.")


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


async def open_card(act: TabletAct) -> Response:
    """From the tablet, or by a teller who has a doubt; a teller goes back to the counter."""
    place = act.text("place")
    if place not in places_of(act.tablet.plan):
        raise HTTPException(400)
    command = CallColleague(HelpKind.RISK, place, act.ticket_number(), act.text("note"))
    is_teller = act.tablet.staff.role is Role.TELLER
    return await act.perform(command, "/counter" if is_teller else "/floor")


async def go_to_risk(act: TabletAct) -> Response:
    _refuse_off_duty(act.tablet)
    help_id = act.path("help_id")
    return await act.perform(AnswerHelp(help_id, act.me), f"{PAGE}/{help_id}")


async def go_to_quiet_room(act: TabletAct) -> Response:
    """Where nobody listens: the walk there is shown like any other, without its reason."""
    call = _open_card(act.tablet)
    command = StartEscort(act.me, call.ticket, call.place, QUIET_ROOM)
    return await act.perform(command, f"{PAGE}/{call.id}")


async def end_risk(act: TabletAct) -> Response:
    _refuse_off_duty(act.tablet)
    return await act.perform(EndHelp(act.path("help_id"), act.text("outcome")), "/floor")


def _open_card(tablet: TabletRequest) -> HelpCall:
    """The call behind the card; 410 once it is over."""
    _refuse_off_duty(tablet)
    call = open_risk(tablet.hall, tablet.path("help_id"))
    if call is None:
        raise HTTPException(410)
    return call


def _refuse_off_duty(tablet: TabletRequest) -> None:
    if not may_see_risk(tablet.hall, tablet.me):
        raise HTTPException(403, OFF_DUTY)


VIEWS: dict[str, View] = {f"{PAGE}/new": new_risk_view, CARD: risk_view}
ACTS: dict[str, Act] = {
    f"{CARD}/answers": go_to_risk,
    f"{CARD}/rooms": go_to_quiet_room,
    f"{CARD}/outcomes": end_risk,
}
LIVE: dict[str, PartOf] = {f"{CARD}/live": risk_part}

routes: list[BaseRoute] = [
    *view_routes(VIEWS),
    *act_routes({PAGE: open_card}, help_responder_request),
    *act_routes(ACTS),
    *live_routes(LIVE),
]
