"""Looking after those who need it: steps ticked off, ways of calling, more time, whom to see."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from lobby import typed_text
from lobby.branch import Outcome
from lobby.floor.care.advisers import adviser_choices
from lobby.floor.care.views import people_part, ticket_part
from lobby.floor.care.words import CALL_WAYS
from lobby.floor.core.places import place_choices
from lobby.floor.lending.views import lendable
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.queueing.commands.ticket import AskAdviser, GiveLongerGrace, RecordCare, SetCallModes
from lobby.queueing.model.care import CareStep
from lobby.screens.ticket_numbers import ticket_number

PAGE = "/floor/care"
TICKET = f"{PAGE}/{{number}}"


async def care_view(tablet: TabletRequest) -> Response:
    return tablet.page("floor/care/page.html", part=people_part(tablet), sought=None)


async def find_ticket_view(tablet: TabletRequest) -> Response:
    """To the page of a ticket whose number was typed."""
    typed = tablet.query("number")
    number = ticket_number(tablet.hall, typed)
    if number is not None:
        return RedirectResponse(f"{PAGE}/{number}", status_code=303)
    return tablet.page("floor/care/page.html", part=people_part(tablet), sought=typed)


async def care_ticket_view(tablet: TabletRequest) -> Response:
    ticket = tablet.ticket_or_404()
    return tablet.page(
        "floor/care/ticket.html",
        part=ticket_part(tablet),
        number=ticket.number,
        advisers=await adviser_choices(tablet, ticket),
        lendable=await lendable(tablet, ticket.number),
        places=place_choices(tablet.plan, tablet.language),
        reserved=ticket.reserved_teller,
    )


async def take_step(act: TabletAct) -> Outcome:
    step = act.choice(CareStep, "step")
    return await act.perform(RecordCare(act.path("number"), step, act.me))


async def set_call_way(act: TabletAct) -> Outcome:
    """How this customer is called from now on."""
    way = act.text("way")
    if way not in CALL_WAYS:
        raise HTTPException(400)
    pager = typed_text.name(act.text("pager")) if way == "pager" else ""
    return await act.perform(SetCallModes(act.path("number"), CALL_WAYS[way], pager))


async def give_longer_grace(act: TabletAct) -> Outcome:
    return await act.perform(GiveLongerGrace(act.path("number")))


async def ask_adviser(act: TabletAct) -> Outcome:
    """Whom the customer would like to see; nobody in particular where the field is empty."""
    return await act.perform(AskAdviser(act.path("number"), act.text("teller") or None))


def _asked(act: TabletAct, _outcome: Outcome) -> str:
    return f"{PAGE}/{act.path('number')}?asked={act.text('teller')}"


def _page_of(act: TabletAct, _outcome: Outcome) -> str:
    """The page that the form stood on: of all, or of one customer."""
    return PAGE if act.text("back") == "list" else f"{PAGE}/{act.path('number')}"


VIEWS: dict[str, View] = {
    PAGE: care_view,
    f"{PAGE}/tickets": find_ticket_view,
    TICKET: care_ticket_view,
}
ACTS: dict[str, Act] = {
    f"{TICKET}/steps": Act(take_step, _page_of),
    f"{TICKET}/calls": Act(set_call_way, _page_of),
    f"{TICKET}/grace": Act(give_longer_grace, _page_of),
    f"{TICKET}/advisers": Act(ask_adviser, _asked),
}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": people_part, f"{TICKET}/live": ticket_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
