"""What a teller does with a customer: each act of the terminal as a command."""

from counter.act_request import ActRequest, own_counter
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    Finish,
    Hold,
    MarkAbsent,
    PauseServing,
    ResumeServing,
    StartServing,
    Undo,
)
from lobby.queueing.commands.ticket import BringBack, ReturnFromHold, ReturnFromRest
from lobby.queueing.model.limits import HOLD_MINUTES_MAX
from lobby.queueing.refusals.ticket import TouchedSince


def call(act: ActRequest) -> Command:
    """The next one; or a chosen one, and then a reason is asked for."""
    counter = own_counter(act)
    if act.number or act.reason:
        return CallChosen(counter, act.number, act.reason)
    return CallNext(counter)


def call_again(act: ActRequest) -> Command:
    return CallAgain(own_counter(act), act.number)


def start_serving(act: ActRequest) -> Command:
    return StartServing(own_counter(act), act.number)


def pause_serving(act: ActRequest) -> Command:
    return PauseServing(own_counter(act), act.number)


def resume_serving(act: ActRequest) -> Command:
    return ResumeServing(own_counter(act), act.number)


def finish(act: ActRequest) -> Command:
    return Finish(own_counter(act), act.number, act.form.all("service_done"))


def mark_absent(act: ActRequest) -> Command:
    return MarkAbsent(own_counter(act), act.number)


def wait_again(act: ActRequest) -> Command:
    """After a missed call, a hold or a rest: the form says which, a stale one is refused."""
    if act.text("after") == "hold":
        return ReturnFromHold(act.number)
    if act.text("after") == "rest":
        return ReturnFromRest(act.number)
    return BringBack(act.number)


def hold(act: ActRequest) -> Command:
    return Hold(own_counter(act), act.number, act.reason, act.minutes(HOLD_MINUTES_MAX))


def undo(act: ActRequest) -> Command:
    """Only what the teller was shown, never an older act that came to the top meanwhile."""
    counter = own_counter(act)
    last = act.hall.counters[counter].last_act
    if last is not None and last.before.number != act.number:
        raise TouchedSince(act.number)
    return Undo(counter)
