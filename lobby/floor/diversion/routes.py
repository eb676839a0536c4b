"""Diversion by a colleague: the machine offered, the answer, company, and the way back."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.floor.diversion.views import SCRIPTS, diversion_of, diversion_part
from lobby.floor.tablet.act import KEY_SHOWN, TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    ReturnFromMachine,
    WentAlong,
)
from lobby.queueing.model.intake import ConfirmedBy
from lobby.scripts.format import wordings
from lobby.scripts.library import library

FLOOR = "/floor"
PAGE = f"{FLOOR}/diversions"


async def diversion_view(tablet: TabletRequest) -> Response:
    """One customer and the machine, with the words that fit how far they have come."""
    ticket = tablet.ticket_or_404()
    stage = diversion_of(tablet, tablet.hall, ticket, tablet.now).stage
    situation = SCRIPTS.get(stage)
    scripts = await library(tablet.store, tablet.branch.id)
    script = scripts[situation][0] if situation else None
    return tablet.page(
        "floor/diversion/page.html",
        part=diversion_part(tablet),
        number=ticket.number,
        script=script,
        wordings=wordings(script.texts, ticket.language) if script else (),
    )


async def offer_machine(act: TabletAct) -> Outcome:
    return await act.perform(OfferMachine(act.text("number"), act.text("machine")))


async def answer_offer(act: TabletAct) -> Outcome:
    """The customer's own word, as they said it; a reason for waiting may be left out."""
    number = act.text("number")
    match act.text("answer"):
        case "accept":
            return await act.perform(AcceptMachine(number))
        case "decline":
            return await act.perform(DeclineMachine(number, reason=act.text("reason")))
        case _:
            raise HTTPException(400)


async def go_along(act: TabletAct) -> Outcome:
    """A colleague walked to the machine with them."""
    return await act.perform(WentAlong(act.text("number"), act.me))


async def confirm_machine_job(act: TabletAct) -> Outcome:
    return await act.perform(ConfirmMachineJob(act.text("number"), ConfirmedBy.STAFF))


async def return_from_machine(act: TabletAct) -> Outcome:
    return await act.perform(ReturnFromMachine(act.text("number"), reason=act.text("reason")))


def _page_of(act: TabletAct, _outcome: Outcome) -> str:
    """The page that the form stood on. The script beside a diversion changes with it, so that
    page is opened anew and not only redrawn."""
    number, step = act.text("number"), act.text("step")[:KEY_SHOWN]
    stays = act.text("back") == "way" and number.isalnum()
    return f"{PAGE}/{number}?after={step}" if stays else FLOOR


VIEWS: dict[str, View] = {f"{PAGE}/{{number}}": diversion_view}
ACTS: dict[str, Act] = {
    f"{PAGE}/walks": Act(go_along, _page_of),
    f"{FLOOR}/offers": Act(offer_machine, _page_of),
    f"{FLOOR}/offers/answers": Act(answer_offer, _page_of),
    f"{FLOOR}/slips/confirmations": Act(confirm_machine_job, _page_of),
    f"{FLOOR}/slips/returns": Act(return_from_machine, _page_of),
}
LIVE: dict[str, PartOf] = {f"{PAGE}/{{number}}/live": diversion_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
