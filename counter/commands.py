"""What a teller's form asks for, as a command of the core.

Every form names the counter and the ticket that the teller sees, so that a screen that has fallen
behind can never act on another ticket.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lobby.queueing import commands as do
from lobby.queueing import refusals as no
from lobby.queueing.hall import Hall
from lobby.web.acts import Fields


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent, by which teller, and the hall as it stands."""

    hall: Hall
    teller: str
    sent: Fields

    def text(self, name: str) -> str:
        return self.sent.get(name, "").strip()

    @property
    def number(self) -> str:
        """The ticket that the teller sees, or the one they typed in."""
        return self.text("typed_number").upper() or self.text("number")

    @property
    def reason(self) -> str:
        """A person's own words before the ready-made ones."""
        return self.text("own_words") or self.text("reason")


CommandOf: TypeAlias = Callable[[Asked], do.Command]


def open_counter(asked: Asked) -> do.Command:
    return do.OpenCounter(asked.text("counter"), asked.teller, asked.sent.all("service"))


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
    return do.Hold(own_counter(asked), asked.number, asked.reason)


def transfer(asked: Asked) -> do.Command:
    return do.Transfer(
        own_counter(asked),
        asked.number,
        to_service=asked.text("to_service") or None,
        to_counter=asked.text("to_counter") or None,
        note=asked.text("note"),
    )


def undo(asked: Asked) -> do.Command:
    """Only what the teller was shown, never an older act that came to the top meanwhile."""
    counter = own_counter(asked)
    last = asked.hall.counters[counter].last_act
    if last is not None and last.before.number != asked.number:
        raise no.TouchedSince(asked.number)
    return do.Undo(counter)


def pause(asked: Asked) -> do.Command:
    return do.PauseCounter(own_counter(asked), asked.reason)


def resume(asked: Asked) -> do.Command:
    return do.ResumeCounter(own_counter(asked))


def close_counter(asked: Asked) -> do.Command:
    return do.CloseCounter(own_counter(asked))


def own_counter(asked: Asked) -> str:
    """The counter that the form names, if this teller sits there, or was the last who did: so
    an answer that got lost can be asked for again after closing."""
    counter_id = asked.text("counter")
    counter = asked.hall.counters.get(counter_id)
    if counter is None:
        raise no.UnknownCounter(counter_id)
    if counter.sitting is None:
        raise no.CounterNotOpen(counter_id)
    if counter.sitting.teller != asked.teller:
        raise no.CounterTaken(counter_id) if counter.is_open else no.CounterNotOpen(counter_id)
    return counter_id
