"""Every refusal of the core as a sentence, in one place: what happened and what to do."""

from collections.abc import Mapping

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


WORDS: Mapping[type[AnyRefusal], str] = {
    UnknownService: mark("This service is not offered here. Please choose another one."),
    UnknownCounter: mark("There is no counter %(counter)s in this branch."),
    UnknownTicket: mark("There is no ticket %(number)s today."),
    SeriesFull: mark("All numbers for this service are given out today."),
    DayNotOver: mark("The business day is already open."),
    NobodyWaiting: mark("Nobody is waiting for this counter."),
    ReasonMissing: mark("Please give a reason."),
    TextTooLong: mark("This is too long: at most %(limit)s fit. Nothing was changed."),
    TransferGoesNowhere: mark("Please choose another service or another counter."),
    NothingToUndo: mark("There is nothing to undo."),
    NoServicesChosen: mark("Please choose at least one service for this counter."),
    CounterTaken: mark("A colleague already sits at counter %(counter)s."),
    AlreadyAtCounter: mark("You already sit at counter %(counter)s. Please close it first."),
    CounterNotOpen: mark("Counter %(counter)s is not open."),
    CounterOnPause: mark("Counter %(counter)s is on pause. Please resume first."),
    CounterNotOnPause: mark("Counter %(counter)s is not on pause."),
    CounterBusy: mark("Ticket %(number)s is still here. Please finish with it first."),
    NotAtThisCounter: mark("Ticket %(number)s is no longer at this counter."),
    WrongState: mark("Ticket %(number)s is %(state)s now. Nothing was changed."),
    ReturnTooLate: mark(
        "Ticket %(number)s was called more than 15 minutes ago. Please take a new number."
    ),
    ReturnedBefore: mark("Ticket %(number)s has come back once already. Please take a new number."),
    TouchedSince: mark("Ticket %(number)s has moved on since. It can no longer be undone."),
    TooSoonForAbsent: mark("Ticket %(number)s has %(seconds_left)s seconds left to come."),
    ServingOnPause: mark("Service for ticket %(number)s is on pause already."),
    ServingNotOnPause: mark("Service for ticket %(number)s is not on pause."),
    OutOfRange: mark("Please choose a number from 1 to %(limit)s."),
    AdviserNotHere: mark("This colleague is not at a counter now. Please choose somebody else."),
    BreakInThePast: mark("Please choose a time later today."),
    NoBreakPlanned: mark("No break is planned at counter %(counter)s."),
    PagerInUse: mark("Another customer has pager %(pager)s."),
    PostponedBefore: mark("More time was given once already. A colleague will gladly help."),
    UnknownMachine: mark("There is no such machine in this branch."),
    MachineNotWorking: mark("This machine is not working at the moment. We are sorry."),
    MachineOfferedBefore: mark("The machine was offered before. Once is enough."),
    NoMachineOffered: mark("No machine has been offered for this ticket."),
    HelpIsOver: mark("A colleague has been there already."),
    HelpTaken: mark("A colleague is already on the way."),
    TooManyCalls: mark("Many people are calling for help. Please speak to any colleague."),
    HelpNotYours: mark("A colleague has taken this call, not you."),
    UnknownOutcome: mark("Please choose how it ended."),
    UnknownReason: mark("Please choose one of the reasons."),
    NotOnDuty: mark("This colleague is not on lobby duty."),
    OwnStandIn: mark("Please name somebody else as stand-in."),
    NoticeIsOver: mark("This notice is over already."),
    TooManyNotices: mark("Enough notices are up. Please take one down first."),
    EscortUnderWay: mark("This colleague is walking with a customer already."),
    EscortIsOver: mark("This escort has ended already."),
}
"""What is said of each refusal; the names in it are the refusal's own fields."""

CALL_AGAIN_FIRST = mark("Please call ticket %(number)s once more first.")


def sentence(refusal: Refusal, language: str) -> str:
    """Raises nothing: every refusal of the closed family has its sentence."""
    text, values = texts(language), vars(refusal)
    if isinstance(refusal, WrongState):
        state = STATES[refusal.state]
        values = {**values, "state": text.gettext(state)}
    return text.gettext(_words(refusal)) % values


def _words(refusal: Refusal) -> str:
    if isinstance(refusal, TooSoonForAbsent) and refusal.calls_left > 0:
        return CALL_AGAIN_FIRST
    return WORDS[type(refusal)]  # type: ignore[index]
