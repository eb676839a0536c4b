"""Who is looked after today: steps taken, how they are called, who walks along."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.care.words import CALL_WAY_ICONS, CALL_WAY_WORDS, STEP_ICONS, STEPS, call_way
from lobby.floor.core.escorts import ESCORT_OUTCOMES, EscortRow, NameOf, escort_rows
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.decide.absence import LONGER_GRACE, grace_s
from lobby.queueing.model.call_modes import USUAL_MODES
from lobby.queueing.model.care import CareMark, CareStep
from lobby.queueing.model.durations import waited_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.words import counter_label, service_named
from lobby.web.refusals import STATES

WORDS = {
    "steps": STEPS,
    "step_icons": STEP_ICONS,
    "ways": CALL_WAY_WORDS,
    "way_icons": CALL_WAY_ICONS,
    "states": STATES,
    "escort_outcomes": ESCORT_OUTCOMES,
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of care; `at` None while nobody has taken it."""

    step: CareStep
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class CareRow:
    """A customer and what was done for them. `counter` where they are now called or served."""

    number: str
    service: Service
    language: str
    state: TicketState
    counter: str
    waited_s: float
    steps: tuple[StepRow, ...]
    way: str
    pager: str
    longer_grace: bool
    grace_s: float
    escorts: tuple[EscortRow, ...]
    is_over: bool


def people_part(tablet: TabletRequest) -> LivePart:
    """Everybody for whom somebody cares."""

    def present(hall: Hall, now: datetime) -> tuple[CareRow, ...]:
        return care_rows(hall, tablet.name_of, now)

    regions = {"care": "floor/care/_people.html"}
    return LivePart("care", "/floor/care/live", regions, present, WORDS)


def ticket_part(tablet: TabletRequest) -> LivePart:
    """One customer; 404 where there is no such ticket today."""
    number = tablet.ticket_or_404().number

    def present(hall: Hall, now: datetime) -> CareRow | None:
        """None on a page that is still open when a new day has begun."""
        ticket = hall.ticket(number)
        return care_row(hall, ticket, tablet.name_of, now) if ticket else None

    regions = {"care_ticket": "floor/care/_ticket.html"}
    words = WORDS | {"longer_grace": LONGER_GRACE}
    return LivePart(f"care-{number}", f"/floor/care/{number}/live", regions, present, words)


def care_rows(hall: Hall, name_of: NameOf, now: datetime) -> tuple[CareRow, ...]:
    """Those still here for whom somebody cares or should; who came first comes first."""
    cared_for = [t for t in hall.tickets.values_in_order() if not t.is_ended and is_cared_for(t)]
    cared_for.sort(key=lambda ticket: ticket.taken_at)
    return tuple(care_row(hall, ticket, name_of, now) for ticket in cared_for)


def is_cared_for(ticket: Ticket) -> bool:
    is_asked_for = ticket.intake.help_wanted or ticket.priority is Priority.ASSISTANCE
    is_given = bool(ticket.care) or ticket.longer_grace or ticket.call_modes != USUAL_MODES
    return is_asked_for or is_given


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
        way=call_way(ticket.call_modes),
        pager=ticket.pager,
        longer_grace=ticket.longer_grace,
        grace_s=grace_s(hall.plan, ticket),
        escorts=escort_rows(hall, name_of, now, ticket.number),
        is_over=ticket.is_ended,
    )


def _step(marks: tuple[CareMark, ...], step: CareStep, name_of: NameOf) -> StepRow:
    taken = next((mark for mark in marks if mark.step is step), None)
    return StepRow(step, taken.at, name_of(taken.staff)) if taken else StepRow(step, None, "")
