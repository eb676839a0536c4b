"""The preconditions that commands share: each returns what it found, or refuses."""

from datetime import datetime, timedelta
from typing import NoReturn

from lobby.queueing.commands.counter import WithCustomerCommand
from lobby.queueing.decide.allowed import ALLOWED, TicketCommand
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    NOTE_LENGTH_MAX,
    REASON_LENGTH_MAX,
    RETURNS_MAX,
    SERVICES_DONE_MAX,
)
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.returning import back_by
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.floor import AdviserNotHere
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import (
    CounterBusy,
    CounterNotOpen,
    CounterOnPause,
    NobodyAtCounter,
    NotAtThisCounter,
    OutOfRange,
    ReasonMissing,
    ReturnedBefore,
    ReturnTooLate,
    TextTooLong,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)


def refuse(refusal: Refusal) -> NoReturn:
    raise refusal


def ticket(hall: Hall, number: str) -> Ticket:
    return hall.ticket(number) or refuse(UnknownTicket(number))


def allowed_ticket(hall: Hall, act: TicketCommand) -> Ticket:
    """The act's ticket, in a state in which the act is allowed."""
    found = ticket(hall, act.number)
    if found.state not in ALLOWED[type(act)]:
        raise WrongState(act.number, found.state)
    return found


def counter_and_ticket(hall: Hall, act: WithCustomerCommand) -> tuple[Counter, Ticket]:
    """The act's counter, open, and its ticket, which is at no other counter."""
    at = open_counter(hall, act.counter)
    if ticket(hall, act.number).number != at.ticket:
        raise NotAtThisCounter(act.number)
    return at, allowed_ticket(hall, act)


def counter(hall: Hall, counter_id: str) -> Counter:
    return hall.counters.get(counter_id) or refuse(UnknownCounter(counter_id))


def open_counter(hall: Hall, counter_id: str) -> Counter:
    found = counter(hall, counter_id)
    if not found.is_open:
        raise CounterNotOpen(counter_id)
    return found


def attended_counter(hall: Hall, counter_id: str) -> Counter:
    """One to which a customer can be sent."""
    found = open_counter(hall, counter_id)
    if not found.is_attended:
        raise NobodyAtCounter(counter_id)
    return found


def free_to_call(found: Counter) -> None:
    not_paused(found)
    no_customer(found)


def not_paused(found: Counter) -> None:
    if found.is_paused:
        raise CounterOnPause(found.id)


def no_customer(found: Counter) -> None:
    if found.ticket is not None:
        raise CounterBusy(found.ticket)


def services(hall: Hall, codes: tuple[str, ...], limit: int = SERVICES_DONE_MAX) -> tuple[str, ...]:
    """Known services, each once, in the order given."""
    if len(codes) > limit:
        raise TextTooLong(limit)
    for code in codes:
        if code not in hall.plan.services:
            raise UnknownService(code)
    return tuple(dict.fromkeys(codes))


def reason(words: str) -> str:
    return text(words, REASON_LENGTH_MAX) or refuse(ReasonMissing())


def short(words: str) -> str:
    """A reason that may be left out."""
    return text(words, REASON_LENGTH_MAX)


def note(words: str) -> str:
    return text(words, NOTE_LENGTH_MAX)


def text(words: str, limit: int) -> str:
    """On one line, without space at its ends."""
    stripped = " ".join(words.split())
    if len(stripped) > limit:
        raise TextTooLong(limit)
    return stripped


def minutes(asked: int, limit: int) -> int:
    if not 1 <= asked <= limit:
        raise OutOfRange(limit)
    return asked


def later(now: datetime, asked: int | None, limit: int) -> datetime | None:
    """So many minutes from now; None where nobody said how many."""
    return None if asked is None else now + timedelta(minutes=minutes(asked, limit))


def adviser(hall: Hall, teller: str) -> None:
    """Somebody can be waited for who sits at a counter, also during a pause."""
    sits_at = hall.counter_of(teller)
    if sits_at is None or not sits_at.is_attended:
        raise AdviserNotHere(teller)


def may_return(gone: Ticket, now: datetime) -> None:
    """Of who missed the call or left the line."""
    if gone.returns >= RETURNS_MAX:
        raise ReturnedBefore(gone.number)
    by = back_by(gone)
    if by is not None and now > by:
        raise ReturnTooLate(gone.number)


def class_for(ticket: Ticket, *, urgent: bool) -> Priority | None:
    """The class that another service gives; None: it stays. What a colleague set stays, and what
    only the service before made urgent is as usual again."""
    if not urgent:
        return ticket.usual_priority
    return None if ticket.priority is Priority.URGENT else Priority.URGENT
