"""What a teller's form has sent, and the one check that every act at a counter begins with.

Every form names the counter and the ticket that the teller sees, so that a screen that has fallen
behind can never act on another ticket.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lobby.queueing.commands.command import Command
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.refusals.ticket import CounterNotOpen, CounterTaken, UnknownCounter
from lobby.web.commands import FormFields


@dataclass(frozen=True, slots=True)
class ActRequest:
    """What was sent, by which teller, and the hall as it stands."""

    hall: Hall
    teller: str
    form: FormFields

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()

    @property
    def number(self) -> str:
        """The ticket that the teller sees, or the one they typed in."""
        return self.text("typed_number").upper() or self.text("number")

    @property
    def reason(self) -> str:
        """A person's own words before the ready-made ones."""
        return self.text("own_words") or self.text("reason")

    @property
    def minutes(self) -> int | None:
        """None where no time is given; whatever is no whole number is none."""
        given = self.text("minutes")
        return int(given) if given.isascii() and given.isdecimal() and len(given) <= 4 else None


CommandOf: TypeAlias = Callable[[ActRequest], Command]


def own_counter(act: ActRequest) -> str:
    """The counter that the form names, if this teller sits there, or was the last who did: so
    an answer that got lost can be asked for again after closing."""
    return own_session(act).id


def own_session(act: ActRequest) -> Counter:
    counter_id = act.text("counter")
    counter = act.hall.counters.get(counter_id)
    if counter is None:
        raise UnknownCounter(counter_id)
    if counter.session is None:
        raise CounterNotOpen(counter_id)
    if counter.session.teller != act.teller:
        raise CounterTaken(counter_id) if counter.is_open else CounterNotOpen(counter_id)
    return counter
