"""Every polite no on the floor: about machines, help, duty, notices, escorts, care."""

from dataclasses import dataclass

from lobby.queueing.refusals.refusal import Refusal


@dataclass(unsafe_hash=True)
class PostponedBefore(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class UnknownMachine(Refusal):
    machine: str


@dataclass(unsafe_hash=True)
class MachineNotWorking(Refusal):
    machine: str


@dataclass(unsafe_hash=True)
class MachineOfferedBefore(Refusal):
    """A machine was offered to this ticket before, and once is enough."""

    number: str


@dataclass(unsafe_hash=True)
class NoMachineOffered(Refusal):
    number: str


@dataclass(unsafe_hash=True)
class HelpIsOver(Refusal):
    """Somebody has been there and the call is closed."""


@dataclass(unsafe_hash=True)
class HelpTaken(Refusal):
    """A colleague already goes."""

    help_id: int


@dataclass(unsafe_hash=True)
class TooManyCalls(Refusal):
    pass


@dataclass(unsafe_hash=True)
class HelpNotYours(Refusal):
    """Only who went can hand the call back."""


@dataclass(unsafe_hash=True)
class UnknownOutcome(Refusal):
    """Not one of the ways in which this can end."""

    outcome: str


@dataclass(unsafe_hash=True)
class UnknownReason(Refusal):
    """Not one of the reasons for this kind of notice."""

    reason: str


@dataclass(unsafe_hash=True)
class NotOnDuty(Refusal):
    staff: str


@dataclass(unsafe_hash=True)
class OwnStandIn(Refusal):
    """Nobody stands in for themselves."""


@dataclass(unsafe_hash=True)
class NoticeIsOver(Refusal):
    pass


@dataclass(unsafe_hash=True)
class TooManyNotices(Refusal):
    pass


@dataclass(unsafe_hash=True)
class EscortUnderWay(Refusal):
    """This colleague already walks with a customer."""

    staff: str


@dataclass(unsafe_hash=True)
class EscortIsOver(Refusal):
    pass


@dataclass(unsafe_hash=True)
class AdviserNotHere(Refusal):
    """This teller sits at no open counter."""

    teller: str


@dataclass(unsafe_hash=True)
class PagerInUse(Refusal):
    """Another customer carries this pager."""

    pager: str
