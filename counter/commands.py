"""What a teller does with a customer, as commands of the core."""

from counter.act_request import ActRequest, own_counter
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallChosen,
    CallNext,
    Finish,
    Hold,
    MarkAbsent,
    PauseServing,
    ResumeServing,
    StartServing,
    Transfer,
    Undo,
)
from lobby.queueing.commands.ticket import BringBack, ReturnFromHold
from lobby.queueing.refusals.ticket import TouchedSince


def call(asked: ActRequest) -> Command:
    """The next one; or a chosen one, and then a reason is asked for."""
    counter = own_counter(asked)
    if asked.number or asked.reason:
        return CallChosen(counter, asked.number, asked.reason)
    return CallNext(counter)


def call_again(asked: ActRequest) -> Command:
    return CallAgain(own_counter(asked), asked.number)


def start_serving(asked: ActRequest) -> Command:
    return StartServing(own_counter(asked), asked.number)


def pause_serving(asked: ActRequest) -> Command:
    return PauseServing(own_counter(asked), asked.number)


def resume_serving(asked: ActRequest) -> Command:
    return ResumeServing(own_counter(asked), asked.number)


def add_service(asked: ActRequest) -> Command:
    return AddService(own_counter(asked), asked.number, asked.text("service"))


def finish(asked: ActRequest) -> Command:
    return Finish(own_counter(asked), asked.number, asked.sent.all("service_done"))


def mark_absent(asked: ActRequest) -> Command:
    return MarkAbsent(own_counter(asked), asked.number)


def wait_again(asked: ActRequest) -> Command:
    """After a missed call or after a hold: the form says which, a stale one is refused."""
    if asked.text("after") == "hold":
        return ReturnFromHold(asked.number)
    return BringBack(asked.number)


def hold(asked: ActRequest) -> Command:
    return Hold(own_counter(asked), asked.number, asked.reason, asked.minutes)


def transfer(asked: ActRequest) -> Command:
    """`to` is `counter:2` or `teller:7`; a script may name either field by itself."""
    kind, _, whom = asked.text("to").partition(":")
    to = {kind: whom}
    return Transfer(
        own_counter(asked),
        asked.number,
        to_service=asked.text("to_service") or None,
        to_counter=to.get("counter") or asked.text("to_counter") or None,
        note=asked.text("note"),
        to_teller=to.get("teller") or asked.text("to_teller") or None,
        come_back=asked.text("come_back") == "yes",
    )


def undo(asked: ActRequest) -> Command:
    """Only what the teller was shown, never an older act that came to the top meanwhile."""
    counter = own_counter(asked)
    last = asked.hall.counters[counter].last_act
    if last is not None and last.before.number != asked.number:
        raise TouchedSince(asked.number)
    return Undo(counter)
