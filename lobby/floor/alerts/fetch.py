"""Cards for customers to be fetched: called without a voice, somebody goes to their seat."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from lobby.floor.core.viewer import Viewer
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.duty import on_duty, responsible
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.limits import ESCALATE_AFTER
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.words import counter_label, service_named


@dataclass(frozen=True, slots=True)
class FetchCard:
    """`counter` is what displays call it and `counter_id` its key; `is_taken` says that somebody
    goes, `who` by name; `lasting_s` is whole minutes since the call. `had_by` began to go at
    `had_since` and did not bring them. `responsible`, `is_passed_on` and `signal` are those of any
    card."""

    number: str
    service: Service
    counter: str
    counter_id: str
    language: str
    lasting_s: float
    escort_id: int | None
    is_taken: bool
    who: str
    had_by: str
    had_since: datetime | None
    responsible: str
    is_responsible: bool
    is_passed_on: bool
    signal: str


def fetch_cards(viewer: Viewer, hall: Hall, now: datetime) -> tuple[FetchCard, ...]:
    """Who was called first comes first; those to whom nobody goes yet before the others."""
    cards = [
        _card(viewer, hall, ticket, now)
        for ticket in _called(hall)
        if CallMode.FETCH in ticket.call_modes
    ]
    return tuple(sorted(cards, key=lambda card: (card.is_taken, -card.lasting_s)))


def _called(hall: Hall) -> list[Ticket]:
    """At most one a counter, so the counters are asked and not all tickets of the day."""
    found = (hall.ticket_at(counter) for counter in hall.counters.values())
    return [ticket for ticket in found if ticket and ticket.state is TicketState.CALLED]


def _card(viewer: Viewer, hall: Hall, ticket: Ticket, now: datetime) -> FetchCard:
    escort = _escort_of(hall.escorts, ticket)
    earlier = None if escort else _escort_of(hall.given_back_escorts, ticket)
    call = _as_call(ticket, earlier, now)
    person = None if escort else responsible(hall.duty, call, now)
    rounds = 0 if escort else max(0, (now - call.waiting_since) // ESCALATE_AFTER)
    is_responsible = escort is None and person in (None, viewer.me)
    called_at, counter_id = ticket.called_at or now, ticket.counter or ""
    return FetchCard(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        counter=counter_label(hall.plan, counter_id),
        counter_id=counter_id,
        language=ticket.language,
        lasting_s=whole_minutes_s(called_at, now),
        escort_id=escort.id if escort else None,
        is_taken=escort is not None,
        who=viewer.name_of(escort.staff) if escort else "",
        had_by=viewer.name_of(earlier.staff) if earlier else "",
        had_since=earlier.started_at if earlier else None,
        responsible=viewer.name_of(person) if person else "",
        is_responsible=is_responsible,
        is_passed_on=rounds > 0 and len(on_duty(hall.duty)) > 1,
        signal=f"fetch-{ticket.number}-{call.waiting_since:%H%M%S}-{rounds}"
        if is_responsible
        else "",
    )


def _as_call(ticket: Ticket, earlier: Escort | None, now: datetime) -> HelpCall:
    """The same thing as a call for a colleague: it escalates by the same rule."""
    called_at = ticket.called_at or now
    call = HelpCall(0, HelpKind.ARRIVAL, "", ticket.number, called_at)
    if earlier is None:
        return call
    return replace(call, handed_back=(earlier.staff,), handed_back_at=earlier.given_back_at)


def _escort_of(escorts: tuple[Escort, ...], ticket: Ticket) -> Escort | None:
    """Who walks with them since the call; one from before it led elsewhere."""
    since = ticket.called_at
    return next(
        (
            escort
            for escort in escorts
            if escort.ticket == ticket.number and (since is None or escort.started_at >= since)
        ),
        None,
    )
