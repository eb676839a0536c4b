"""Every refusal of the core as a sentence, in one place: what happened and what to do."""

from typing import Any, assert_never

from lobby.i18n.texts import mark, texts
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
from lobby.queueing.refusals.ticket import (
    AlreadyAtCounter,
    AnyRefusal,
    BreakInThePast,
    CounterBusy,
    CounterNotOnPause,
    CounterNotOpen,
    CounterOnPause,
    CounterTaken,
    DayNotOver,
    NobodyWaiting,
    NoBreakPlanned,
    NoServicesChosen,
    NotAtThisCounter,
    NothingToUndo,
    OutOfRange,
    ReasonMissing,
    ReturnedBefore,
    ReturnTooLate,
    SeriesFull,
    ServingNotOnPause,
    ServingOnPause,
    TextTooLong,
    TooSoonForAbsent,
    TouchedSince,
    TransferGoesNowhere,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)

STATES = {
    TicketState.WAITING: mark("waiting"),
    TicketState.CALLED: mark("called"),
    TicketState.SERVING: mark("being served"),
    TicketState.ON_HOLD: mark("on hold"),
    TicketState.ABSENT: mark("not there when called"),
    TicketState.FINISHED: mark("finished"),
    TicketState.CANCELLED: mark("cancelled"),
    TicketState.LAPSED: mark("ended with the day"),
    TicketState.AT_MACHINE: mark("at a machine"),
    TicketState.DONE_AT_MACHINE: mark("done at a machine"),
}


def sentence(refusal: Refusal, language: str) -> str:
    """Raises nothing: every refusal of the closed family has its sentence."""
    text = texts(language)
    msgid, values = _words(refusal)  # type: ignore[arg-type]
    shown = {name: text.gettext(value) for name, value in values.items() if name == "state"}
    return text.gettext(msgid) % {**values, **shown}


def _words(refusal: AnyRefusal) -> tuple[str, dict[str, Any]]:
    match refusal:
        case UnknownService():
            return mark("This service is not offered here. Please choose another one."), {}
        case UnknownCounter(counter):
            return mark("There is no counter %(counter)s in this branch."), {"counter": counter}
        case UnknownTicket(number):
            return mark("There is no ticket %(number)s today."), {"number": number}
        case SeriesFull():
            return mark("All numbers for this service are given out today."), {}
        case DayNotOver():
            return mark("The business day is already open."), {}
        case NobodyWaiting():
            return mark("Nobody is waiting for this counter."), {}
        case ReasonMissing():
            return mark("Please give a reason."), {}
        case TextTooLong(limit):
            return mark("This is too long: at most %(limit)s fit. Nothing was changed."), {
                "limit": limit
            }
        case TransferGoesNowhere():
            return mark("Please choose another service or another counter."), {}
        case NothingToUndo():
            return mark("There is nothing to undo."), {}
        case NoServicesChosen():
            return mark("Please choose at least one service for this counter."), {}
        case _:
            return _words_on_counters(refusal)


StaffRefusal = (
    HelpNotYours
    | UnknownOutcome
    | UnknownReason
    | NotOnDuty
    | OwnStandIn
    | NoticeIsOver
    | TooManyNotices
    | EscortUnderWay
    | EscortIsOver
)

FloorRefusal = (
    PostponedBefore
    | UnknownMachine
    | MachineNotWorking
    | MachineOfferedBefore
    | NoMachineOffered
    | HelpIsOver
    | HelpTaken
    | TooManyCalls
    | StaffRefusal
)

CounterRefusal = (
    CounterTaken
    | AlreadyAtCounter
    | CounterNotOpen
    | CounterOnPause
    | CounterNotOnPause
    | CounterBusy
    | NotAtThisCounter
    | WrongState
    | ReturnTooLate
    | ReturnedBefore
    | TouchedSince
)

CustomerRefusal = (
    OutOfRange
    | TooSoonForAbsent
    | ServingOnPause
    | ServingNotOnPause
    | AdviserNotHere
    | BreakInThePast
    | NoBreakPlanned
    | PagerInUse
)


def _words_on_counters(
    refusal: CounterRefusal | CustomerRefusal | FloorRefusal,
) -> tuple[str, dict[str, Any]]:
    match refusal:
        case CounterTaken(counter):
            return mark("A colleague already sits at counter %(counter)s."), {"counter": counter}
        case AlreadyAtCounter(counter):
            return mark("You already sit at counter %(counter)s. Please close it first."), {
                "counter": counter
            }
        case CounterNotOpen(counter):
            return mark("Counter %(counter)s is not open."), {"counter": counter}
        case CounterOnPause(counter):
            return mark("Counter %(counter)s is on pause. Please resume first."), {
                "counter": counter
            }
        case CounterNotOnPause(counter):
            return mark("Counter %(counter)s is not on pause."), {"counter": counter}
        case CounterBusy(number):
            return mark("Ticket %(number)s is still here. Please finish with it first."), {
                "number": number
            }
        case NotAtThisCounter(number):
            return mark("Ticket %(number)s is no longer at this counter."), {"number": number}
        case WrongState(number, state):
            return mark("Ticket %(number)s is %(state)s now. Nothing was changed."), {
                "number": number,
                "state": STATES[state],
            }
        case ReturnTooLate(number):
            return mark(
                "Ticket %(number)s was called more than 15 minutes ago. Please take a new number."
            ), {"number": number}
        case ReturnedBefore(number):
            return mark(
                "Ticket %(number)s has come back once already. Please take a new number."
            ), {"number": number}
        case TouchedSince(number):
            return mark("Ticket %(number)s has moved on since. It can no longer be undone."), {
                "number": number
            }
        case _:
            return _words_with_a_customer(refusal)


def _words_with_a_customer(refusal: CustomerRefusal | FloorRefusal) -> tuple[str, dict[str, Any]]:
    match refusal:
        case TooSoonForAbsent(number, _, calls_left) if calls_left > 0:
            return mark("Please call ticket %(number)s once more first."), {"number": number}
        case TooSoonForAbsent(number, seconds_left):
            return mark("Ticket %(number)s has %(seconds)s seconds left to come."), {
                "number": number,
                "seconds": seconds_left,
            }
        case ServingOnPause(number):
            return mark("Service for ticket %(number)s is on pause already."), {"number": number}
        case ServingNotOnPause(number):
            return mark("Service for ticket %(number)s is not on pause."), {"number": number}
        case OutOfRange(limit):
            return mark("Please choose a number from 1 to %(limit)s."), {"limit": limit}
        case AdviserNotHere():
            return mark("This colleague is not at a counter now. Please choose somebody else."), {}
        case BreakInThePast():
            return mark("Please choose a time later today."), {}
        case NoBreakPlanned(counter):
            return mark("No break is planned at counter %(counter)s."), {"counter": counter}
        case PagerInUse(pager):
            return mark("Another customer has pager %(pager)s."), {"pager": pager}
        case _:
            return _words_on_the_floor(refusal), {}


def _words_on_the_floor(refusal: FloorRefusal) -> str:
    match refusal:
        case PostponedBefore():
            return mark("More time was given once already. A colleague will gladly help.")
        case UnknownMachine():
            return mark("There is no such machine in this branch.")
        case MachineNotWorking():
            return mark("This machine is not working at the moment. We are sorry.")
        case MachineOfferedBefore():
            return mark("The machine was offered before. Once is enough.")
        case NoMachineOffered():
            return mark("No machine has been offered for this ticket.")
        case HelpIsOver():
            return mark("A colleague has been there already.")
        case HelpTaken():
            return mark("A colleague is already on the way.")
        case TooManyCalls():
            return mark("Many people are calling for help. Please speak to any colleague.")
        case _:
            return _words_among_staff(refusal)


def _words_among_staff(refusal: StaffRefusal) -> str:
    match refusal:
        case HelpNotYours():
            return mark("A colleague has taken this call, not you.")
        case UnknownOutcome():
            return mark("Please choose how it ended.")
        case UnknownReason():
            return mark("Please choose one of the reasons.")
        case NotOnDuty():
            return mark("This colleague is not on lobby duty.")
        case OwnStandIn():
            return mark("Please name somebody else as stand-in.")
        case NoticeIsOver():
            return mark("This notice is over already.")
        case TooManyNotices():
            return mark("Enough notices are up. Please take one down first.")
        case EscortUnderWay():
            return mark("This colleague is walking with a customer already.")
        case EscortIsOver():
            return mark("This escort has ended already.")
        case _:
            assert_never(refusal)
