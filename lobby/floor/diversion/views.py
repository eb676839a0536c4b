"""One customer and a machine: whether the rules allow a diversion now, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lobby.branch import Branch
from lobby.floor.core.escorts import NameOf
from lobby.floor.core.words import MACHINE_KINDS, MACHINE_STATES, machine_named
from lobby.floor.diversion.words import DECLINED, RETURNED
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.machines import MachineState
from lobby.queueing.commands.ticket import OfferMachine
from lobby.queueing.decide.allowed import is_allowed
from lobby.queueing.model.durations import waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import Diversion
from lobby.queueing.model.machine import Machine, MachinePlan
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.advice import second_offer, wait_of
from lobby.screens.words import service_named
from lobby.scripts.situations import Situation
from lobby.waits.words import wait_words
from lobby.web.refusals import STATES
from lobby.web.services import Services

WORDS = {
    "machine_kinds": MACHINE_KINDS,
    "machine_states": MACHINE_STATES,
    "states": STATES,
    "why_declined": DECLINED,
    "why_returned": RETURNED,
}


class Stage(StrEnum):
    """How far the way to the machine has come."""

    NOT_NOW = "not_now"
    HINTED = "hinted"
    OFFERED = "offered"
    DECLINED = "declined"
    AT_MACHINE = "at_machine"
    DONE = "done"
    RETURNED = "returned"


SCRIPTS = {
    Stage.HINTED: Situation.SMALL_CASH,
    Stage.OFFERED: Situation.SMALL_CASH,
    Stage.DECLINED: Situation.DECLINED,
    Stage.AT_MACHINE: Situation.MACHINE_STUCK,
    Stage.RETURNED: Situation.LONG_WAIT,
}


@dataclass(frozen=True, slots=True)
class DiversionView:
    """`machine` is the one to offer, or offered, with `queue` people before it; `wait` what it is
    at the counter, in words, while they wait; `went_along` the name of who walked there."""

    number: str
    service: Service
    language: str
    state: TicketState
    waited_s: float
    stage: Stage
    machine: MachinePlan | None
    machine_state: MachineState | None
    queue: int
    wait: str
    went_along: str
    reason: str


def diversion_part(tablet: TabletRequest) -> LivePart:
    """404 where there is no such ticket today."""
    number = tablet.ticket_or_404().number

    def present(hall: Hall, now: datetime) -> DiversionView | None:
        """None on a page that is still open when a new day has begun."""
        ticket = hall.ticket(number)
        return diversion_of(tablet, hall, ticket, now) if ticket else None

    regions = {"diversion": "floor/diversion/_diversion.html"}
    socket = f"/floor/diversions/{number}/live"
    return LivePart(f"diversion-{number}", socket, regions, present, WORDS)


def diversion_of(tablet: TabletRequest, hall: Hall, ticket: Ticket, now: datetime) -> DiversionView:
    untried = ticket.diversion is None
    hint = hint_for(tablet.services, tablet.branch, ticket, now) if untried else None
    machine = ticket.diversion.machine if ticket.diversion else hint
    status = hall.machines.get(machine) or Machine(machine) if machine else None
    return DiversionView(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        language=ticket.language,
        state=ticket.state,
        waited_s=waited_s(ticket, now),
        stage=_stage(ticket, hint),
        machine=machine_named(hall.plan, machine) if machine else None,
        machine_state=status.state if status else None,
        queue=status.queue if status else 0,
        wait=_wait(tablet, ticket),
        went_along=_went_along(ticket.diversion, tablet.name_of),
        reason=ticket.diversion.reason if ticket.diversion else "",
    )


def hint_for(services: Services, branch: Branch, ticket: Ticket, now: datetime) -> str | None:
    """The machine that a colleague may offer to somebody who waits: only where the rules pass at
    this moment, and never to whom a machine was offered before."""
    if not is_allowed(OfferMachine, ticket.state):
        return None
    return second_offer(services, branch, ticket, now)


def _wait(tablet: TabletRequest, ticket: Ticket) -> str:
    if ticket.state is not TicketState.WAITING:
        return ""
    return wait_words(wait_of(tablet.services, tablet.branch, ticket), tablet.language)


def _stage(ticket: Ticket, hint: str | None) -> Stage:
    diversion = ticket.diversion
    if diversion is None:
        return Stage.HINTED if hint else Stage.NOT_NOW
    if diversion.returned_at:
        return Stage.RETURNED
    if diversion.completed_at:
        return Stage.DONE
    if diversion.declined_at:
        return Stage.DECLINED
    return Stage.AT_MACHINE if diversion.accepted_at else Stage.OFFERED


def _went_along(diversion: Diversion | None, name_of: NameOf) -> str:
    if diversion is None or not diversion.went_along_by:
        return ""
    return name_of(diversion.went_along_by)
