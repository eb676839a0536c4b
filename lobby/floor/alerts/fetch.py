"""Cards for customers to be fetched: called without a voice, somebody goes to their seat."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.escorts import NameOf
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.words import counter_label, service_named


@dataclass(frozen=True, slots=True)
class FetchCard:
    """`counter` is what displays call it and `counter_id` its key; `is_taken` says that somebody
    goes, `who` by name; `lasting_s` is whole minutes since the call."""

    number: str
    service: Service
    counter: str
    counter_id: str
    language: str
    lasting_s: float
    escort_id: int | None
    is_taken: bool
    who: str


def fetch_cards(hall: Hall, name_of: NameOf, now: datetime) -> tuple[FetchCard, ...]:
    """Who was called first comes first; those to whom nobody goes yet before the others."""
    cards = [
        _card(hall, ticket, name_of, now)
        for ticket in _called(hall)
        if CallMode.FETCH in ticket.call_modes
    ]
    return tuple(sorted(cards, key=lambda card: (card.is_taken, -card.lasting_s)))


def _called(hall: Hall) -> list[Ticket]:
    """At most one a counter, so the counters are asked and not all tickets of the day."""
    found = (hall.ticket_at(counter) for counter in hall.counters.values())
    return [ticket for ticket in found if ticket and ticket.state is TicketState.CALLED]


def _card(hall: Hall, ticket: Ticket, name_of: NameOf, now: datetime) -> FetchCard:
    escort = _escort_of(hall, ticket)
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
        who=name_of(escort.staff) if escort else "",
    )


def _escort_of(hall: Hall, ticket: Ticket) -> Escort | None:
    """Who walks with them since the call; one from before it led elsewhere."""
    since = ticket.called_at
    return next(
        (
            escort
            for escort in hall.escorts
            if escort.ticket == ticket.number and (since is None or escort.started_at >= since)
        ),
        None,
    )
