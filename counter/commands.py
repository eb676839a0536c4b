"""What a teller does with a customer, as commands of the core."""

from counter.asked import Asked, own_counter
from lobby.queueing import commands as do
from lobby.queueing import refusals as no


def call(asked: Asked) -> do.Command:
    """The next one; or a chosen one, and then a reason is asked for."""
    counter = own_counter(asked)
    if asked.number or asked.reason:
        return do.CallChosen(counter, asked.number, asked.reason)
    return do.CallNext(counter)


def call_again(asked: Asked) -> do.Command:
    return do.CallAgain(own_counter(asked), asked.number)


def start_serving(asked: Asked) -> do.Command:
    return do.StartServing(own_counter(asked), asked.number)


def pause_serving(asked: Asked) -> do.Command:
    return do.PauseServing(own_counter(asked), asked.number)


def resume_serving(asked: Asked) -> do.Command:
    return do.ResumeServing(own_counter(asked), asked.number)


def add_service(asked: Asked) -> do.Command:
    return do.AddService(own_counter(asked), asked.number, asked.text("service"))


def finish(asked: Asked) -> do.Command:
    return do.Finish(own_counter(asked), asked.number, asked.sent.all("service_done"))


def mark_absent(asked: Asked) -> do.Command:
    return do.MarkAbsent(own_counter(asked), asked.number)


def wait_again(asked: Asked) -> do.Command:
    """After a missed call or after a hold: the form says which, a stale one is refused."""
    if asked.text("after") == "hold":
        return do.ReturnFromHold(asked.number)
    return do.BringBack(asked.number)


def hold(asked: Asked) -> do.Command:
    return do.Hold(own_counter(asked), asked.number, asked.reason, asked.minutes)


def transfer(asked: Asked) -> do.Command:
    """`to` is `counter:2` or `teller:7`; a script may name either field by itself."""
    kind, _, whom = asked.text("to").partition(":")
    to = {kind: whom}
    return do.Transfer(
        own_counter(asked),
        asked.number,
        to_service=asked.text("to_service") or None,
        to_counter=to.get("counter") or asked.text("to_counter") or None,
        note=asked.text("note"),
        to_teller=to.get("teller") or asked.text("to_teller") or None,
        come_back=asked.text("come_back") == "yes",
    )


def undo(asked: Asked) -> do.Command:
    """Only what the teller was shown, never an older act that came to the top meanwhile."""
    counter = own_counter(asked)
    last = asked.hall.counters[counter].last_act
    if last is not None and last.before.number != asked.number:
        raise no.TouchedSince(asked.number)
    return do.Undo(counter)
