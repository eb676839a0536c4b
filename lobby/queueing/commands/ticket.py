"""What is asked for one ticket, in the imperative: by its customer, or by staff who care."""

from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.intake import NO_INTAKE, ConfirmedBy, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import Channel
from lobby.queueing.model.value import Value


class TakeTicket(Value, frozen=True):
    """`secret` is a fresh unguessable token, drawn by whoever asks: the core rolls no dice."""

    service: str
    language: str
    secret: str
    channel: Channel = Channel.KIOSK
    intake: Intake = NO_INTAKE
    machine: str | None = None
    """The machine whose offer the customer accepted: the ticket is then a self-service slip."""
    priority: Priority | None = None
    """None: assistance for who wants help, else regular."""
    booked_at: datetime | None = None
    keeps_place_min: int = 0
    """So long the customer fetches a paper, and is not called; 0: nothing is missing."""
    call_modes: tuple[CallMode, ...] = ()
    """Empty: as everybody is called, or as help asks for."""
    adviser: str | None = None
    """The teller whom the customer knows and wants to see again; None: whoever is free first."""


class BringBack(Value, frozen=True):
    """Let a customer who missed the call, or left the line by mistake, wait again: behind two
    others, once, within 15 minutes."""

    number: str


class ReturnFromHold(Value, frozen=True):
    """The ticket waits again at its old place in time."""

    number: str


class Rest(Value, frozen=True):
    """The customer goes away for so many minutes, and their place is kept. To come back later is
    possible once, but for whom a colleague lets go again."""

    number: str
    reason: RestReason
    minutes: int
    by_staff: bool = False


class ReturnFromRest(Value, frozen=True):
    """The customer is back, and waits again at the old place in time."""

    number: str


class EndRest(Value, frozen=True):
    """The time of a rest is over: the ticket waits again, whether or not anybody has come."""

    number: str


class CancelTicket(Value, frozen=True):
    """The customer leaves the line."""

    number: str


class Postpone(Value, frozen=True):
    """The customer needs more time: behind two others, once."""

    number: str


class ChangeService(Value, frozen=True):
    """The customer came for something else; number and place in time stay. `answered` is what was
    asked about it; an `urgent` service makes the ticket urgent for as long as it is for that."""

    number: str
    service: str
    answered: Intake = NO_INTAKE
    urgent: bool = False


class ChangePriority(Value, frozen=True):
    """A colleague sees what the kiosk could not: that somebody needs help, or is expected."""

    number: str
    priority: Priority


class OfferMachine(Value, frozen=True):
    """A colleague offers the machine to somebody who waits."""

    number: str
    machine: str


class AcceptMachine(Value, frozen=True):
    """What a colleague offered is taken up."""

    number: str


class WentAlong(Value, frozen=True):
    """A colleague goes to the machine with the customer."""

    number: str
    staff: str


class DeclineMachine(Value, frozen=True):
    """The customer would rather wait."""

    number: str
    reason: str = ""


class ConfirmMachineJob(Value, frozen=True):
    """The job at the machine is done."""

    number: str
    by: ConfirmedBy
    reason: str = ""


class ReturnFromMachine(Value, frozen=True):
    """Back to the counter, at the place that the time of issue gives."""

    number: str
    reason: str = ""


class RecordCare(Value, frozen=True):
    """A step of care is done; done once is done."""

    number: str
    step: CareStep
    staff: str


class SetCallModes(Value, frozen=True):
    """How this customer wants to be called; `pager` is the number on the back of the one lent."""

    number: str
    modes: tuple[CallMode, ...]
    pager: str = ""


class GiveLongerGrace(Value, frozen=True):
    """The customer walks slowly: the next call leaves twice the time."""

    number: str


class AskAdviser(Value, frozen=True):
    """The customer wants this teller and nobody else; None: whoever is free first."""

    number: str
    teller: str | None


LineCommand: TypeAlias = (
    BringBack
    | ReturnFromHold
    | Rest
    | ReturnFromRest
    | EndRest
    | CancelTicket
    | Postpone
    | ChangeService
    | ChangePriority
)

CustomerCommand: TypeAlias = TakeTicket | LineCommand

MachineCommand: TypeAlias = (
    OfferMachine
    | AcceptMachine
    | WentAlong
    | DeclineMachine
    | ConfirmMachineJob
    | ReturnFromMachine
)

CareCommand: TypeAlias = RecordCare | SetCallModes | GiveLongerGrace | AskAdviser
