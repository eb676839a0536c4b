"""Diversion by a colleague: the machine offered, the answer, company, and the way back."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.diversion.views import SCRIPTS, diversion_of, diversion_part
from lobby.floor.tablet.act import KEY_SHOWN, TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.queueing.commands.command import Command
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


async def offer_machine(act: TabletAct) -> Response:
    return await _done(act, OfferMachine(act.text("number"), act.text("machine")))


async def answer_offer(act: TabletAct) -> Response:
    """The customer's own word, as they said it; a reason for waiting may be left out."""
    number = act.text("number")
    match act.text("answer"):
        case "accept":
            return await _done(act, AcceptMachine(number))
        case "decline":
            return await _done(act, DeclineMachine(number, reason=act.text("reason")))
        case _:
            raise HTTPException(400)


async def go_along(act: TabletAct) -> Response:
    """A colleague walked to the machine with them."""
    return await _done(act, WentAlong(act.text("number"), act.me))


async def confirm_machine_job(act: TabletAct) -> Response:
    return await _done(act, ConfirmMachineJob(act.text("number"), ConfirmedBy.STAFF))


async def return_from_machine(act: TabletAct) -> Response:
    return await _done(act, ReturnFromMachine(act.text("number"), reason=act.text("reason")))


async def _done(act: TabletAct, command: Command) -> Response:
    """To the page that the form stood on. The script beside a diversion changes with it, so that
    page is opened anew and not only redrawn."""
    number, step = act.text("number"), act.text("step")[:KEY_SHOWN]
    stays = act.text("back") == "way" and number.isalnum()
    return await act.perform(command, f"{PAGE}/{number}?after={step}" if stays else FLOOR)


VIEWS: dict[str, View] = {f"{PAGE}/{{number}}": diversion_view}
ACTS: dict[str, Act] = {
    f"{PAGE}/walks": go_along,
    f"{FLOOR}/offers": offer_machine,
    f"{FLOOR}/offers/answers": answer_offer,
    f"{FLOOR}/slips/confirmations": confirm_machine_job,
    f"{FLOOR}/slips/returns": return_from_machine,
}
LIVE: dict[str, PartOf] = {f"{PAGE}/{{number}}/live": diversion_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
