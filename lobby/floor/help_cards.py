"""Calls for a colleague as cards: what may do most harm first, then who has called longest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.hall import Hall
from lobby.queueing.help import HelpCall, HelpKind
from lobby.queueing.plan import Service
from lobby.web.hall_words import service_named

CARDS_MAX = 5
"""More than five things at once nobody takes in at a glance; the others are a number."""

HARM = {kind: order for order, kind in enumerate(HelpKind)}


@dataclass(frozen=True, slots=True)
class HelpCard:
    """`lasting_s` is whole minutes; `taken_by` the name of who goes, empty while nobody does."""

    id: int
    kind: HelpKind
    place: str
    number: str | None
    service: Service | None
    lasting_s: float
    is_taken: bool
    taken_by: str


@dataclass(frozen=True, slots=True)
class HelpCards:
    listed: tuple[HelpCard, ...]
    more: int


def help_cards(hall: Hall, name_of: Callable[[str], str], now: datetime) -> HelpCards:
    """Those to whom nobody goes yet come first of their kind."""
    calls = sorted(hall.help_calls, key=lambda call: (HARM[call.kind], bool(call.taken_by)))
    listed = tuple(_card(hall, call, name_of, now) for call in calls[:CARDS_MAX])
    return HelpCards(listed, more=len(calls) - len(listed))


def _card(hall: Hall, call: HelpCall, name_of: Callable[[str], str], now: datetime) -> HelpCard:
    ticket = hall.ticket(call.ticket) if call.ticket else None
    return HelpCard(
        id=call.id,
        kind=call.kind,
        place=call.place,
        number=call.ticket,
        service=service_named(hall.plan, ticket.service) if ticket else None,
        lasting_s=max(0.0, (now - call.called_at).total_seconds() // 60 * 60),
        is_taken=call.taken_by is not None,
        taken_by=name_of(call.taken_by) if call.taken_by else "",
    )
