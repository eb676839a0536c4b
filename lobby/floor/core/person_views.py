"""Who is looked after today, as plain values: steps taken, how they are called, who walks along."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.person_words import way_of
from lobby.queueing.model.call_modes import USUAL_MODES
from lobby.queueing.model.care import CareMark, CareStep
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.lists import waited_s
from lobby.screens.words import counter_label, service_named

NameOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of care; `at` None while nobody has taken it."""

    step: CareStep
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody who is being accompanied; `lasting_s` is whole minutes."""

    id: int
    number: str | None
    who: str
    from_place: str
    to_place: str
    lasting_s: float


@dataclass(frozen=True, slots=True)
class CareRow:
    """A customer and what was done for them. `counter` where they are now called or served."""

    number: str
    service: Service
    language: str
    state: TicketState
    counter: str
    waited_s: float
    steps: tuple[Step, ...]
    way: str
    pager: str
    longer_grace: bool
    walks: tuple[Walk, ...]
    is_over: bool


def care_rows(hall: Hall, name_of: NameOf, now: datetime) -> tuple[CareRow, ...]:
    """Those still here for whom somebody cares or should; who came first comes first."""
    found = [t for t in hall.tickets.values_in_order() if not t.is_ended and is_cared_for(t)]
    found.sort(key=lambda ticket: ticket.taken_at)
    return tuple(care_row(hall, ticket, name_of, now) for ticket in found)


def is_cared_for(ticket: Ticket) -> bool:
    asked = ticket.intake.help_wanted or ticket.priority is Priority.ASSISTANCE
    given = bool(ticket.care) or ticket.longer_grace or ticket.call_modes != USUAL_MODES
    return asked or given


def care_row(hall: Hall, ticket: Ticket, name_of: NameOf, now: datetime) -> CareRow:
    counter = ticket.counter
    return CareRow(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        language=ticket.language,
        state=ticket.state,
        counter=counter_label(hall.plan, counter) if counter else "",
        waited_s=waited_s(ticket, now),
        steps=tuple(_step(ticket.care, step, name_of) for step in CareStep),
        way=way_of(ticket.call_modes),
        pager=ticket.pager,
        longer_grace=ticket.longer_grace,
        walks=walks(hall, name_of, now, ticket.number),
        is_over=ticket.is_ended,
    )


def walks(
    hall: Hall, name_of: NameOf, now: datetime, number: str | None = None
) -> tuple[Walk, ...]:
    """Who walks with whom now; of one ticket, or of all."""
    return tuple(
        _walk(escort, name_of, now)
        for escort in hall.escorts
        if number is None or escort.ticket == number
    )


def _walk(escort: Escort, name_of: NameOf, now: datetime) -> Walk:
    return Walk(
        id=escort.id,
        number=escort.ticket,
        who=name_of(escort.staff),
        from_place=escort.from_place,
        to_place=escort.to_place,
        lasting_s=max(0.0, (now - escort.started_at).total_seconds() // 60 * 60),
    )


def _step(marks: tuple[CareMark, ...], step: CareStep, name_of: NameOf) -> Step:
    taken = next((mark for mark in marks if mark.step is step), None)
    return Step(step, taken.at, name_of(taken.staff)) if taken else Step(step, None, "")
