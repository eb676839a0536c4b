"""Calling a colleague for help, and taking down a complaint where it is made."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby import typed_text
from lobby.branch import Outcome
from lobby.floor.core.places import place_choices
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, View, act_routes, view_routes
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.screens.ticket_numbers import ticket_number

HELP, COMPLAINTS = "/floor/help", "/floor/complaints"


async def call_help_view(tablet: TabletRequest) -> Response:
    """Where, as one tap each: whoever needs help has no hand free for typing."""
    places = place_choices(tablet.plan, tablet.language)
    return tablet.page("floor/help/call_help.html", places=places)


async def complaint_view(tablet: TabletRequest) -> Response:
    """First the customer's own words, only then where and which ticket."""
    places = place_choices(tablet.plan, tablet.language)
    return tablet.page("floor/help/complaint.html", places=places)


async def call_help(act: TabletAct) -> Outcome:
    return await _call(act, HelpKind.HELP)


async def take_complaint(act: TabletAct) -> Outcome:
    return await _call(act, HelpKind.COMPLAINT)


async def _call(act: TabletAct, kind: HelpKind) -> Outcome:
    typed = act.text("number")
    number = ticket_number(act.tablet.hall, typed) or typed_text.code(typed) or None
    command = CallColleague(kind, act.text("place"), number, act.text("note"))
    return await act.perform(command)


VIEWS: dict[str, View] = {HELP: call_help_view, COMPLAINTS: complaint_view}
ACTS: dict[str, Act] = {HELP: Act(call_help, "/floor"), COMPLAINTS: Act(take_complaint, "/floor")}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS)]
