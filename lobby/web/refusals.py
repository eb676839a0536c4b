"""Every refusal of the core as a sentence, in one place: what happened and what to do."""

from typing import Any, assert_never

from lobby.i18n.texts import mark, texts
from lobby.queueing import refusals as no
from lobby.queueing.ticket import TicketState

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


def sentence(refusal: no.Refusal, language: str) -> str:
    """Raises nothing: every refusal of the closed family has its sentence."""
    text = texts(language)
    msgid, values = _words(refusal)  # type: ignore[arg-type]
    shown = {name: text.gettext(value) for name, value in values.items() if name == "state"}
    return text.gettext(msgid) % {**values, **shown}


def _words(refusal: no.AnyRefusal) -> tuple[str, dict[str, Any]]:
    match refusal:
        case no.UnknownService():
            return mark("This service is not offered here. Please choose another one."), {}
        case no.UnknownCounter(counter):
            return mark("There is no counter %(counter)s in this branch."), {"counter": counter}
        case no.UnknownTicket(number):
            return mark("There is no ticket %(number)s today."), {"number": number}
        case no.SeriesFull():
            return mark("All numbers for this service are given out today."), {}
        case no.DayNotOver():
            return mark("The business day is already open."), {}
        case no.NobodyWaiting():
            return mark("Nobody is waiting for this counter."), {}
        case no.ReasonMissing():
            return mark("Please give a reason."), {}
        case no.TextTooLong(limit):
            return mark("This is too long: at most %(limit)s fit. Nothing was changed."), {
                "limit": limit
            }
        case no.TransferGoesNowhere():
            return mark("Please choose another service or another counter."), {}
        case no.NothingToUndo():
            return mark("There is nothing to undo."), {}
        case no.NoServicesChosen():
            return mark("Please choose at least one service for this counter."), {}
        case _:
            return _words_on_counters(refusal)


StaffRefusal = (
    no.HelpNotYours
    | no.UnknownOutcome
    | no.UnknownReason
    | no.NotOnDuty
    | no.OwnStandIn
    | no.NoticeIsOver
    | no.TooManyNotices
    | no.EscortUnderWay
    | no.EscortIsOver
)

FloorRefusal = (
    no.PostponedBefore
    | no.UnknownMachine
    | no.MachineNotWorking
    | no.MachineOfferedBefore
    | no.NoMachineOffered
    | no.HelpIsOver
    | no.HelpTaken
    | no.TooManyCalls
    | StaffRefusal
)

CounterRefusal = (
    no.CounterTaken
    | no.AlreadyAtCounter
    | no.CounterNotOpen
    | no.CounterOnPause
    | no.CounterNotOnPause
    | no.CounterBusy
    | no.NotAtThisCounter
    | no.WrongState
    | no.ReturnTooLate
    | no.ReturnedBefore
    | no.TouchedSince
)

CustomerRefusal = (
    no.OutOfRange
    | no.TooSoonForAbsent
    | no.ServingOnPause
    | no.ServingNotOnPause
    | no.AdviserNotHere
    | no.BreakInThePast
    | no.NoBreakPlanned
    | no.PagerInUse
)


def _words_on_counters(
    refusal: CounterRefusal | CustomerRefusal | FloorRefusal,
) -> tuple[str, dict[str, Any]]:
    match refusal:
        case no.CounterTaken(counter):
            return mark("A colleague already sits at counter %(counter)s."), {"counter": counter}
        case no.AlreadyAtCounter(counter):
            return mark("You already sit at counter %(counter)s. Please close it first."), {
                "counter": counter
            }
        case no.CounterNotOpen(counter):
            return mark("Counter %(counter)s is not open."), {"counter": counter}
        case no.CounterOnPause(counter):
            return mark("Counter %(counter)s is on pause. Please resume first."), {
                "counter": counter
            }
        case no.CounterNotOnPause(counter):
            return mark("Counter %(counter)s is not on pause."), {"counter": counter}
        case no.CounterBusy(number):
            return mark("Ticket %(number)s is still here. Please finish with it first."), {
                "number": number
            }
        case no.NotAtThisCounter(number):
            return mark("Ticket %(number)s is no longer at this counter."), {"number": number}
        case no.WrongState(number, state):
            return mark("Ticket %(number)s is %(state)s now. Nothing was changed."), {
                "number": number,
                "state": STATES[state],
            }
        case no.ReturnTooLate(number):
            return mark(
                "Ticket %(number)s was called more than 15 minutes ago. Please take a new number."
            ), {"number": number}
        case no.ReturnedBefore(number):
            return mark(
                "Ticket %(number)s has come back once already. Please take a new number."
            ), {"number": number}
        case no.TouchedSince(number):
            return mark("Ticket %(number)s has moved on since. It can no longer be undone."), {
                "number": number
            }
        case _:
            return _words_with_a_customer(refusal)


def _words_with_a_customer(refusal: CustomerRefusal | FloorRefusal) -> tuple[str, dict[str, Any]]:
    match refusal:
        case no.TooSoonForAbsent(number, _, calls_left) if calls_left > 0:
            return mark("Please call ticket %(number)s once more first."), {"number": number}
        case no.TooSoonForAbsent(number, seconds_left):
            return mark("Ticket %(number)s has %(seconds)s seconds left to come."), {
                "number": number,
                "seconds": seconds_left,
            }
        case no.ServingOnPause(number):
            return mark("Service for ticket %(number)s is on pause already."), {"number": number}
        case no.ServingNotOnPause(number):
            return mark("Service for ticket %(number)s is not on pause."), {"number": number}
        case no.OutOfRange(limit):
            return mark("Please choose a number from 1 to %(limit)s."), {"limit": limit}
        case no.AdviserNotHere():
            return mark("This colleague is not at a counter now. Please choose somebody else."), {}
        case no.BreakInThePast():
            return mark("Please choose a time later today."), {}
        case no.NoBreakPlanned(counter):
            return mark("No break is planned at counter %(counter)s."), {"counter": counter}
        case no.PagerInUse(pager):
            return mark("Another customer has pager %(pager)s."), {"pager": pager}
        case _:
            return _words_on_the_floor(refusal), {}


def _words_on_the_floor(refusal: FloorRefusal) -> str:
    match refusal:
        case no.PostponedBefore():
            return mark("More time was given once already. A colleague will gladly help.")
        case no.UnknownMachine():
            return mark("There is no such machine in this branch.")
        case no.MachineNotWorking():
            return mark("This machine is not working at the moment. We are sorry.")
        case no.MachineOfferedBefore():
            return mark("The machine was offered before. Once is enough.")
        case no.NoMachineOffered():
            return mark("No machine has been offered for this ticket.")
        case no.HelpIsOver():
            return mark("A colleague has been there already.")
        case no.HelpTaken():
            return mark("A colleague is already on the way.")
        case no.TooManyCalls():
            return mark("Many people are calling for help. Please speak to any colleague.")
        case _:
            return _words_among_staff(refusal)


def _words_among_staff(refusal: StaffRefusal) -> str:
    match refusal:
        case no.HelpNotYours():
            return mark("A colleague has taken this call, not you.")
        case no.UnknownOutcome():
            return mark("Please choose how it ended.")
        case no.UnknownReason():
            return mark("Please choose one of the reasons.")
        case no.NotOnDuty():
            return mark("This colleague is not on lobby duty.")
        case no.OwnStandIn():
            return mark("Please name somebody else as stand-in.")
        case no.NoticeIsOver():
            return mark("This notice is over already.")
        case no.TooManyNotices():
            return mark("Enough notices are up. Please take one down first.")
        case no.EscortUnderWay():
            return mark("This colleague is walking with a customer already.")
        case no.EscortIsOver():
            return mark("This escort has ended already.")
        case _:
            assert_never(refusal)
