"""Leaving lobby duty: on one page all that is still open, each to hand over or to give back."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from lobby.branch import Outcome
from lobby.floor.core.words import CARD_WORDS, machine_named
from lobby.floor.lending.views import LoanRow, lendable
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.commands.floor import LeaveDuty
from lobby.queueing.model.duty import on_duty
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.machine import MachinePlan
from lobby.store import amenities

CAME_BACK = "back"
"""What a loan's field says where the thing is here again; empty leaves it out, for everybody."""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Somebody to whom this person goes."""

    call: HelpCall
    machine: MachinePlan | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What this person has not ended, and by id and name who could take it."""

    cards: tuple[OpenCard, ...]
    escorts: tuple[Escort, ...]
    loans: tuple[LoanRow, ...]
    colleagues: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.escorts or self.loans)


async def leaving_view(tablet: TabletRequest) -> Response:
    view = await _leaving(tablet)
    words: dict[str, Any] = CARD_WORDS
    return tablet.page("floor/duty/leaving.html", view=view, **words)


async def leave_duty(act: TabletAct) -> Outcome:
    """What is left without an answer is given back: nobody is kept here by a form."""
    if act.me in act.tablet.hall.duty:
        await _settle_loans(act)
    calls = (call.id for call in _my_calls(act.tablet))
    escorts = (escort.id for escort in _my_escorts(act.tablet))
    chosen = ((item, act.text(f"to-{item}")) for item in (*calls, *escorts))
    handed_over = tuple((item, colleague) for item, colleague in chosen if colleague)
    return await act.perform(LeaveDuty(act.me, act.text("note"), handed_over))


async def _leaving(tablet: TabletRequest) -> Leaving:
    hall = tablet.hall
    loans = (await lendable(tablet)).loans
    return Leaving(
        cards=tuple(_card(tablet, call) for call in _my_calls(tablet)),
        escorts=_my_escorts(tablet),
        loans=tuple(loan for loan in loans if loan.lent_by == tablet.me),
        colleagues=tuple(
            (duty.staff, tablet.name_of(duty.staff))
            for duty in on_duty(hall.duty)
            if duty.staff != tablet.me
        ),
    )


def _card(tablet: TabletRequest, call: HelpCall) -> OpenCard:
    at_machine = call.kind in (HelpKind.FAULT, HelpKind.AUTHORISATION)
    return OpenCard(call, machine_named(tablet.plan, call.place) if at_machine else None)


def _my_calls(tablet: TabletRequest) -> tuple[HelpCall, ...]:
    return tuple(call for call in tablet.hall.help_calls if call.taken_by == tablet.me)


def _my_escorts(tablet: TabletRequest) -> tuple[Escort, ...]:
    return tuple(escort for escort in tablet.hall.escorts if escort.staff == tablet.me)


async def _settle_loans(act: TabletAct) -> None:
    """Says the same however often it is sent."""
    tablet = act.tablet
    known = {staff for staff, _name in tablet.colleagues}
    for loan in (await _leaving(tablet)).loans:
        answer = act.text(f"loan-{loan.id}")
        mine: dict[str, Any] = {"branch_id": tablet.branch.id, "loan_id": loan.id, "by": tablet.me}
        if answer == CAME_BACK:
            await tablet.store.write(partial(amenities.give_back, at=tablet.now, **mine))
        elif answer in known:
            await tablet.store.write(partial(amenities.pass_on, to=answer, **mine))
        elif answer:
            raise HTTPException(400)
