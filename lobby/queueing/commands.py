"""What people ask of a branch, in the imperative: each is decided to events or a refusal."""

from dataclasses import dataclass
from typing import TypeAlias

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

Command: TypeAlias = (
    OpenDay | TakeTicket | OpenCounter | CounterCommand | BringBack | ReturnFromHold | CancelTicket
)
