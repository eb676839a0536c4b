"""A risk card: where, which ticket, what the customer answered, who goes, and where to."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.alerts.risk_access import may_see_risk, open_risk
from lobby.floor.core.escorts import ESCORT_OUTCOMES, EscortRow, NameOf, escort_rows
from lobby.floor.core.intake_summary import IntakeSummary, intake_summary, summary_of
from lobby.floor.core.words import OUTCOME_WORDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket
from lobby.screens.words import service_named
from lobby.triage.catalogue import Catalogue

QUIET_ROOM = "quiet_room"
REGIONS = {"risk": "floor/risk/_risk.html", "risk_end": "floor/risk/_risk_end.html"}
WORDS = {
    "outcomes": OUTCOMES[HelpKind.RISK],
    "outcome_words": OUTCOME_WORDS,
    "escort_outcomes": ESCORT_OUTCOMES,
}


@dataclass(frozen=True, slots=True)
class RiskCard:
    """`lasting_s` is whole minutes. `escorts` are those that lead this customer somewhere."""

    id: int
    place: str
    number: str | None
    service: Service | None
    language: str
    note: str
    intake: IntakeSummary | None
    lasting_s: float
    is_taken: bool
    is_mine: bool
    taken_by: str
    escorts: tuple[EscortRow, ...]


def risk_part(tablet: TabletRequest) -> LivePart:
    help_id = int(tablet.path("help_id"))
    catalogue = tablet.services.catalogues.get(tablet.branch.id)

    def present(hall: Hall, now: datetime) -> RiskCard | None:
        me, name_of = tablet.me, tablet.name_of
        return risk_card(hall, help_id, now, me=me, name_of=name_of, catalogue=catalogue)

    return LivePart(f"risk-{help_id}", f"/floor/risks/{help_id}/live", REGIONS, present, WORDS)


def risk_card(
    hall: Hall,
    help_id: int,
    now: datetime,
    *,
    me: str,
    name_of: NameOf,
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
        service=_service(hall, call, ticket),
        language=ticket.language if ticket else hall.plan.language,
        note=call.note,
        intake=_intake(hall, call, ticket, catalogue),
        lasting_s=whole_minutes_s(call.called_at, now),
        is_taken=call.taken_by is not None,
        is_mine=call.taken_by == me,
        taken_by=name_of(call.taken_by) if call.taken_by else "",
        escorts=_escorts(hall, ticket, name_of, now),
    )


def _service(hall: Hall, call: HelpCall, ticket: Ticket | None) -> Service | None:
    code = call.service or (ticket.service if ticket else "")
    return service_named(hall.plan, code) if code else None


def _intake(
    hall: Hall, call: HelpCall, ticket: Ticket | None, catalogue: Catalogue | None
) -> IntakeSummary | None:
    """What was answered: without a number, about another service than at first, or on the way
    in."""
    if call.intake.rule and hall.day is not None:
        return summary_of(call.intake, call.service, hall.day, catalogue)
    return intake_summary(ticket, catalogue) if ticket is not None else None


def _escorts(
    hall: Hall, ticket: Ticket | None, name_of: NameOf, now: datetime
) -> tuple[EscortRow, ...]:
    return escort_rows(hall, name_of, now, ticket.number) if ticket else ()
