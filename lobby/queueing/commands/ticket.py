"""What is asked for one ticket, in the imperative: by its customer, or by staff who care."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.intake import NO_INTAKE, ConfirmedBy, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel


@dataclass(frozen=True, slots=True)
class TakeTicket:
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


@dataclass(frozen=True, slots=True)
class BringBack:
    """Let a customer who missed the call wait again: behind two others, once, within 15 minutes."""

    number: str


@dataclass(frozen=True, slots=True)
class ReturnFromHold:
    """The ticket waits again at its old place in time."""

    number: str


@dataclass(frozen=True, slots=True)
class CancelTicket:
    """The customer leaves the line."""

    number: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """The customer needs more time: behind two others, once."""

    number: str


@dataclass(frozen=True, slots=True)
class ChangeService:
    """The customer came for something else; number and place in time stay."""

    number: str
    service: str


@dataclass(frozen=True, slots=True)
class ChangePriority:
    """A colleague sees what the kiosk could not: that somebody needs help, or is expected."""

    number: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class OfferMachine:
    """A colleague offers the machine to somebody who waits."""

    number: str
    machine: str


@dataclass(frozen=True, slots=True)
class AcceptMachine:
    """What a colleague offered is taken up."""

    number: str


@dataclass(frozen=True, slots=True)
class WentAlong:
    """A colleague goes to the machine with the customer."""

    number: str
    staff: str


@dataclass(frozen=True, slots=True)
class DeclineMachine:
    """The customer would rather wait."""

    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmMachineJob:
    """The job at the machine is done."""

    number: str
    by: ConfirmedBy
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFromMachine:
    """Back to the counter, at the place that the time of issue gives."""

    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordCare:
    """A step of care is done; done once is done."""

    number: str
    step: CareStep
    staff: str


@dataclass(frozen=True, slots=True)
class SetCallModes:
    """How this customer wants to be called; `pager` is the number on the back of the one lent."""

    number: str
    modes: tuple[CallMode, ...]
    pager: str = ""


@dataclass(frozen=True, slots=True)
class GiveLongerGrace:
    """The customer walks slowly: the next call leaves twice the time."""

    number: str


@dataclass(frozen=True, slots=True)
class AskAdviser:
    """The customer wants this teller and nobody else; None: whoever is free first."""

    number: str
    teller: str | None


LineCommand: TypeAlias = (
    BringBack | ReturnFromHold | CancelTicket | Postpone | ChangeService | ChangePriority
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
