"""Every refusal of the core as a sentence, in one place: what happened and what to do."""

from collections.abc import Mapping

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.durations import MINUTE
from lobby.queueing.model.limits import RETURN_WITHIN
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
    AnswerMissing,
    AnyRefusal,
    BreakInThePast,
    CounterBusy,
    CounterNotOnPause,
    CounterNotOpen,
    CounterOnPause,
    CounterTaken,
    DayNotOver,
    LostInRestore,
    NobodyAtCounter,
    NobodyWaiting,
    NoBreakPlanned,
    NoServicesChosen,
    NotAtThisCounter,
    NotBackYet,
    NothingToUndo,
    OutOfRange,
    ReasonMissing,
    RestedBefore,
    ReturnedBefore,
    ReturnTooLate,
    SeriesFull,
    ServingNotOnPause,
    ServingOnPause,
    TakeOverNotConfirmed,
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
    TicketState.RESTING: mark("away"),
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
    SeriesFull: mark("All numbers for this service have been given out today."),
    DayNotOver: mark("The business day is already open."),
    NobodyWaiting: mark("Nobody is waiting for this counter."),
    ReasonMissing: mark("Please give a reason."),
    TextTooLong: mark("This is too long: at most %(limit)s fit. Nothing was changed."),
    AnswerMissing: mark(
        "Please answer the question about this service first. Nothing was changed."
    ),
    TransferGoesNowhere: mark("Please choose another service or another counter."),
    NothingToUndo: mark("There is nothing to undo."),
    NoServicesChosen: mark("Please choose at least one service for this counter."),
    CounterTaken: mark("A colleague is already at counter %(counter)s."),
    TakeOverNotConfirmed: mark(
        "Counter %(counter)s was left open by a colleague. Please tick that you take it over."
    ),
    NobodyAtCounter: mark("Nobody is at counter %(counter)s right now."),
    AlreadyAtCounter: mark("You are already at counter %(counter)s. Please close it first."),
    CounterNotOpen: mark("Counter %(counter)s is not open."),
    CounterOnPause: mark("Counter %(counter)s is paused. Please resume first."),
    CounterNotOnPause: mark("Counter %(counter)s is not paused."),
    CounterBusy: mark("Ticket %(number)s is still here. Please finish it first."),
    NotAtThisCounter: mark("Ticket %(number)s is no longer at this counter."),
    WrongState: mark("Ticket %(number)s is %(state)s now. Nothing was changed."),
    ReturnTooLate: mark(
        "Ticket %(number)s could come back for %(minutes)s minutes. Please take a new number."
    ),
    ReturnedBefore: mark("Ticket %(number)s has come back once already. Please take a new number."),
    RestedBefore: mark("Your place has been kept once already. Our staff can help you."),
    NotBackYet: mark(
        "Ticket %(number)s is away, and its place is kept. If the customer is here, please tap "
        "“Is back” first."
    ),
    TouchedSince: mark("Ticket %(number)s has changed since then. This can no longer be undone."),
    TooSoonForAbsent: mark("Ticket %(number)s has %(seconds_left)s seconds left to come."),
    ServingOnPause: mark("Service for ticket %(number)s is already paused."),
    ServingNotOnPause: mark("Service for ticket %(number)s is not paused."),
    LostInRestore: mark(
        "This was done before Lobby was put back from a backup, and is lost. Please do it once "
        "more; whoever had a number from it needs a new one."
    ),
    OutOfRange: mark("Please choose a number from 1 to %(limit)s."),
    AdviserNotHere: mark("This colleague is not at a counter now. Please choose somebody else."),
    BreakInThePast: mark("Please choose a time later today."),
    NoBreakPlanned: mark("No break is planned at counter %(counter)s."),
    PagerInUse: mark("Another customer has pager %(pager)s."),
    PostponedBefore: mark("Your turn has been moved back once already. Our staff can help you."),
    UnknownMachine: mark("There is no such machine in this branch."),
    MachineNotWorking: mark("This machine is not working at the moment. We are sorry."),
    MachineOfferedBefore: mark(
        "The machine has already been offered once. It is not offered again."
    ),
    NoMachineOffered: mark("No machine has been offered for this ticket."),
    HelpIsOver: mark("A colleague has already dealt with this."),
    HelpTaken: mark("A colleague is already on the way."),
    TooManyCalls: mark("Many people are asking for help. Please speak to any member of staff."),
    HelpNotYours: mark("A colleague has taken this call, not you."),
    UnknownOutcome: mark("Please choose the outcome."),
    UnknownReason: mark("Please choose one of the reasons."),
    NotOnDuty: mark("This colleague is not on lobby duty."),
    OwnStandIn: mark("Please choose somebody else to stand in."),
    NoticeIsOver: mark("This notice has already ended."),
    TooManyNotices: mark("There are enough notices on display. Please remove one first."),
    EscortUnderWay: mark("This colleague is already with a customer."),
    EscortIsOver: mark("This escort has already ended."),
}
"""What is said of each refusal; the names in it are the refusal's own fields."""

CALL_AGAIN_FIRST = mark("Please call ticket %(number)s once more first.")


def sentence(refusal: Refusal, language: str) -> str:
    """Raises nothing: every refusal of the closed family has its sentence."""
    text, values = texts(language), vars(refusal)
    if isinstance(refusal, WrongState):
        state = STATES[refusal.state]
        values = {**values, "state": text.gettext(state)}
    if isinstance(refusal, ReturnTooLate):
        values = {**values, "minutes": RETURN_WITHIN // MINUTE}
    return text.gettext(_words(refusal)) % values


def _words(refusal: Refusal) -> str:
    if isinstance(refusal, TooSoonForAbsent) and refusal.calls_left > 0:
        return CALL_AGAIN_FIRST
    return WORDS[type(refusal)]  # type: ignore[index]
