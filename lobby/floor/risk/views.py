"""A risk card as plain values: where, which ticket, what was answered, who goes, and where to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.access import may_see_risk, open_risk
from lobby.floor.core.intake_summary import IntakeSummary, intake_summary
from lobby.floor.core.person_views import Walk, walks
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket
from lobby.screens.words import service_named
from lobby.triage.catalogue import Catalogue

QUIET_ROOM = "quiet_room"


@dataclass(frozen=True, slots=True)
class RiskCard:
    """`lasting_s` is whole minutes. `walks` are those that lead this customer somewhere."""

    id: int
    place: str
    number: str | None
    service: Service | None
    language: str
    note: str
    said: IntakeSummary | None
    lasting_s: float
    is_taken: bool
    is_mine: bool
    taken_by: str
    walks: tuple[Walk, ...]


def risk_card(
    hall: Hall,
    help_id: int,
    now: datetime,
    *,
    me: str,
    name_of: Callable[[str], str],
    catalogue: Catalogue | None,
) -> RiskCard | None:
    """None once it is over, or when whoever looks has gone off duty."""
    call = open_risk(hall, help_id)
    if call is None or not may_see_risk(hall, me):
        return None
    ticket = hall.ticket(call.ticket) if call.ticket else None
    return RiskCard(
        id=call.id,
        place=call.place,
        number=call.ticket,
        service=service_named(hall.plan, ticket.service) if ticket else None,
        language=ticket.language if ticket else hall.plan.language,
        note=call.note,
        said=intake_summary(ticket, catalogue) if ticket else None,
        lasting_s=max(0.0, (now - call.called_at).total_seconds() // 60 * 60),
        is_taken=call.taken_by is not None,
        is_mine=call.taken_by == me,
        taken_by=name_of(call.taken_by) if call.taken_by else "",
        walks=_walks(hall, ticket, name_of, now),
    )


def _walks(
    hall: Hall, ticket: Ticket | None, name_of: Callable[[str], str], now: datetime
) -> tuple[Walk, ...]:
    return walks(hall, name_of, now, ticket.number) if ticket else ()
