"""Every polite no of the core: a closed family, turned into a sentence in one place of the web."""

from dataclasses import dataclass
from typing import TypeAlias

from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import (
    AdviserNotHere,
    EscortIsOver,
    EscortUnderWay,
    HelpIsOver,
    HelpNotYours,
    HelpTaken,
    MachineNotWorking,
    MachineOfferedBefore,
    NoMachineOffered,
    NoticeIsOver,
    NotOnDuty,
    OwnStandIn,
    PagerInUse,
    PostponedBefore,
    TooManyCalls,
    TooManyNotices,
    UnknownMachine,
    UnknownOutcome,
    UnknownReason,
)
from lobby.queueing.refusals.refusal import Refusal


@dataclass(unsafe_hash=True)
class UnknownService(Refusal):
    service: str


@dataclass(unsafe_hash=True)
class UnknownCounter(Refusal):
    counter: str


@dataclass(unsafe_hash=True)
class UnknownTicket(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class SeriesFull(Refusal):
    """The series has given out its last number today."""

    prefix: str


@dataclass(unsafe_hash=True)
class DayNotOver(Refusal):
    """The business day is the one already open, or the clock went back."""


@dataclass(unsafe_hash=True)
class CounterTaken(Refusal):
    """Somebody else sits at this counter."""

    counter: str


@dataclass(unsafe_hash=True)
class TakeOverNotConfirmed(Refusal):
    """A colleague has left this counter open and is not there."""

    counter: str


@dataclass(unsafe_hash=True)
class NobodyAtCounter(Refusal):
    """The counter is open and its teller is not there."""

    counter: str


@dataclass(unsafe_hash=True)
class AlreadyAtCounter(Refusal):
    """This teller sits at another counter."""

    counter: str


@dataclass(unsafe_hash=True)
class NoServicesChosen(Refusal):
    pass


@dataclass(unsafe_hash=True)
class CounterNotOpen(Refusal):
    counter: str


@dataclass(unsafe_hash=True)
class CounterOnPause(Refusal):
    counter: str


@dataclass(unsafe_hash=True)
class CounterNotOnPause(Refusal):
    counter: str


@dataclass(unsafe_hash=True)
class CounterBusy(Refusal):
    """The counter has a customer: finish with that ticket first."""

    number: str


@dataclass(unsafe_hash=True)
class NobodyWaiting(Refusal):
    pass


@dataclass(unsafe_hash=True)
class NotAtThisCounter(Refusal):
    """The ticket is not the one that this counter called."""

    number: str


@dataclass(unsafe_hash=True)
class WrongState(Refusal):
    """What was asked does not fit what the ticket is doing now."""

    number: str
    state: TicketState


@dataclass(unsafe_hash=True)
class ReasonMissing(Refusal):
    pass


@dataclass(unsafe_hash=True)
class TextTooLong(Refusal):
    limit: int


@dataclass(unsafe_hash=True)
class TransferGoesNowhere(Refusal):
    """Neither another service nor another counter was named."""


@dataclass(unsafe_hash=True)
class AnswerMissing(Refusal):
    """What must be known about a service was not answered, or with something else."""


@dataclass(unsafe_hash=True)
class ReturnTooLate(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class ReturnedBefore(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class RestedBefore(Refusal):
    """To come back later is possible once."""

    number: str


@dataclass(unsafe_hash=True)
class NotBackYet(Refusal):
    """The customer is away, and their place is kept: nobody would come to the counter."""

    number: str


@dataclass(unsafe_hash=True)
class NothingToUndo(Refusal):
    pass


@dataclass(unsafe_hash=True)
class TouchedSince(Refusal):
    """Somebody else has done something with the ticket meanwhile."""

    number: str


@dataclass(unsafe_hash=True)
class TooSoonForAbsent(Refusal):
    """The customer still has time to come: so many calls first, then so many seconds."""

    number: str
    seconds_left: int
    calls_left: int = 0


@dataclass(unsafe_hash=True)
class ServingOnPause(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class ServingNotOnPause(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class BreakInThePast(Refusal):
    """A planned break begins later today."""


@dataclass(unsafe_hash=True)
class NoBreakPlanned(Refusal):
    counter: str


@dataclass(unsafe_hash=True)
class OutOfRange(Refusal):
    """A number below one, or above what is possible."""

    limit: int


@dataclass(unsafe_hash=True)
class LostInRestore(Refusal):
    """It was done once, and then the record was put back from a backup that does not know of it. To
    do it now is another act, which nobody should get without a word."""


AnyRefusal: TypeAlias = (
    UnknownService
    | UnknownCounter
    | UnknownTicket
    | SeriesFull
    | DayNotOver
    | CounterTaken
    | TakeOverNotConfirmed
    | NobodyAtCounter
    | AlreadyAtCounter
    | NoServicesChosen
    | CounterNotOpen
    | CounterOnPause
    | CounterNotOnPause
    | CounterBusy
    | NobodyWaiting
    | NotAtThisCounter
    | WrongState
    | ReasonMissing
    | TextTooLong
    | TransferGoesNowhere
    | AnswerMissing
    | ReturnTooLate
    | ReturnedBefore
    | RestedBefore
    | NotBackYet
    | NothingToUndo
    | TouchedSince
    | PostponedBefore
    | UnknownMachine
    | MachineNotWorking
    | MachineOfferedBefore
    | NoMachineOffered
    | HelpIsOver
    | HelpTaken
    | TooManyCalls
    | TooSoonForAbsent
    | ServingOnPause
    | ServingNotOnPause
    | AdviserNotHere
    | BreakInThePast
    | NoBreakPlanned
    | PagerInUse
    | HelpNotYours
    | UnknownOutcome
    | UnknownReason
    | NotOnDuty
    | OwnStandIn
    | NoticeIsOver
    | TooManyNotices
    | EscortUnderWay
    | EscortIsOver
    | OutOfRange
    | LostInRestore
)
