"""What a teller's form asks for, read once, and the one check that every act at a counter begins
with.

Every form names the counter and the ticket that the teller sees, so that a screen that has fallen
behind can never act on another ticket.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from counter.access import PAGE, ROLES
from lobby import typed_text
from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.queueing.commands.command import Command
from lobby.queueing.events.event import TicketEvent
from lobby.queueing.model.hall import Hall
from lobby.queueing.refusals.ticket import (
    CounterNotOpen,
    CounterTaken,
    OutOfRange,
    UnknownCounter,
)
from lobby.screens.ticket_numbers import ticket_number
from lobby.web.commands import FormFields, SentAct, command_response, form_fields, sent_act
from lobby.web.services import services_of
from lobby.web.staff import require_staff


@dataclass(frozen=True, slots=True)
class ActRequest:
    """`teller` as the hall knows them; `sent` makes a repeated act the same act."""

    request: Request
    branch: Branch
    teller: str
    form: FormFields
    sent: SentAct

    @property
    def hall(self) -> Hall:
        return self.branch.hall

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()

    @property
    def number(self) -> str:
        """The ticket that the teller typed in, or else the one they see."""
        typed = self.text("typed_number")
        return ticket_number(self.hall, typed) or typed_text.code(typed) or self.text("number")

    @property
    def reason(self) -> str:
        """A person's own words before the ready-made ones."""
        return self.text("own_words") or self.text("reason")

    def minutes(self, limit: int) -> int | None:
        """None where no time is given. Raises `OutOfRange` for what is no whole number: a pause
        without an end is something else than one of which the end could not be read."""
        given = self.text("minutes")
        minutes = typed_text.whole_number(given, digits_max=4)
        if given and minutes is None:
            raise OutOfRange(limit)
        return minutes

    def answer(self, outcome: Outcome) -> Response:
        """Back to the terminal. A script that asks for the next customer learns who it is."""
        tickets = [event.number for event in outcome.events if isinstance(event, TicketEvent)]
        return command_response(self.request, PAGE, tickets=tickets)


@dataclass(frozen=True, slots=True)
class FollowedCommand:
    """`then` is done in the same commit; None: nothing more."""

    command: Command
    then: Command | None


CommandOf: TypeAlias = Callable[[ActRequest], Command | FollowedCommand]
"""What a form asks of the branch. Raises a `Refusal`."""


async def act_request(request: Request) -> ActRequest:
    staff = await require_staff(request, *ROLES)
    branch = services_of(request).branches[staff.branch_id]
    form, teller = await form_fields(request), str(staff.id)
    sent = sent_act(request, branch, Actor(ActorKind.STAFF, teller), form)
    return ActRequest(request, branch, teller, form, sent)


def own_counter(act: ActRequest) -> str:
    """The counter that the form names, if this teller sits there."""
    counter_id = act.text("counter")
    counter = act.hall.counters.get(counter_id)
    if counter is None:
        raise UnknownCounter(counter_id)
    if not counter.is_open:
        raise CounterNotOpen(counter_id)
    if counter.teller != act.teller:
        raise CounterTaken(counter_id)
    return counter.id
