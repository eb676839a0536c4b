"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

from dataclasses import dataclass
from typing import TypeAlias

from lobby.queueing.help import HelpKind
from lobby.queueing.intake import NO_INTAKE, ConfirmedBy, Intake
from lobby.queueing.machine import MachineState
from lobby.queueing.ticket import Channel


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Begin the branch's new business day: what yesterday left open is ended."""


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


@dataclass(frozen=True, slots=True)
class OpenCounter:
    counter: str
    teller: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PauseCounter:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class CloseCounter:
    counter: str


@dataclass(frozen=True, slots=True)
class CallNext:
    counter: str


@dataclass(frozen=True, slots=True)
class CallChosen:
    """Call this ticket out of turn; the reason is kept and reported."""

    counter: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class CallAgain:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class StartServing:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class Finish:
    """`services_done` empty means: the service that was asked for."""

    counter: str
    number: str
    services_done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkAbsent:
    counter: str
    number: str


@dataclass(frozen=True, slots=True)
class BringBack:
    """Let a customer who missed the call wait again: behind two others, once, within 15 minutes."""

    number: str


@dataclass(frozen=True, slots=True)
class Hold:
    counter: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnFromHold:
    """The ticket waits again at its old place in time."""

    number: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """To another service, or to one counter, or both; number and place in time stay."""

    counter: str
    number: str
    to_service: str | None = None
    to_counter: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CancelTicket:
    """The customer leaves the line."""

    number: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back this counter's last absence, finish or transfer."""

    counter: str


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
class OfferMachine:
    """A colleague offers the machine to somebody who waits."""

    number: str
    machine: str


@dataclass(frozen=True, slots=True)
class AcceptMachine:
    """What a colleague offered is taken up."""

    number: str


@dataclass(frozen=True, slots=True)
class DeclineMachine:
    """The customer would rather wait."""

    number: str


@dataclass(frozen=True, slots=True)
class ConfirmMachineJob:
    """The job at the machine is done."""

    number: str
    by: ConfirmedBy


@dataclass(frozen=True, slots=True)
class ReturnFromMachine:
    """Back to the counter, at the place that the time of issue gives."""

    number: str


@dataclass(frozen=True, slots=True)
class ReportMachine:
    """What a machine does now; `queue` is how many people stand before it."""

    machine: str
    state: MachineState
    queue: int = 0


@dataclass(frozen=True, slots=True)
class CallColleague:
    """Somebody at `place` wants a person. A call that is open already is not doubled."""

    kind: HelpKind
    place: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerHelp:
    """ "I go": the others see who."""

    help_id: int
    staff: str


@dataclass(frozen=True, slots=True)
class EndHelp:
    help_id: int
    outcome: str


CounterCommand: TypeAlias = (
    PauseCounter
    | ResumeCounter
    | CloseCounter
    | CallNext
    | CallChosen
    | CallAgain
    | StartServing
    | Finish
    | MarkAbsent
    | Hold
    | Transfer
    | Undo
)

MachineCommand: TypeAlias = (
    OfferMachine | AcceptMachine | DeclineMachine | ConfirmMachineJob | ReturnFromMachine
)

FloorCommand: TypeAlias = ReportMachine | CallColleague | AnswerHelp | EndHelp

CustomerCommand: TypeAlias = (
    TakeTicket | BringBack | ReturnFromHold | CancelTicket | Postpone | ChangeService
)

Command: TypeAlias = (
    OpenDay | OpenCounter | CustomerCommand | CounterCommand | MachineCommand | FloorCommand
)
