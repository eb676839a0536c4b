"""One ticket in the hand: what is known of the visit, and what can be done for the customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.intake_summary import (
    IntakeSummary,
    answered_summary,
    intake_summary,
)
from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.waiting.new_ticket import services_by_pool
from lobby.floor.waiting.pools import WaitingRow, waiting_row
from lobby.queueing.commands.ticket import CancelTicket, ChangePriority, ChangeService, Rest
from lobby.queueing.decide.allowed import is_allowed
from lobby.queueing.model.durations import MINUTE
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import COME_BACK_MIN, RETURN_WITHIN
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.returning import back_by, may_come_back
from lobby.queueing.model.ticket import TicketState
from lobby.screens.advice import catalogue_of
from lobby.screens.words import counter_label
from lobby.triage.modifiers import KEPT_PLACE_MIN

REST_MIN: Mapping[RestReason, int] = {
    RestReason.LATER: COME_BACK_MIN,
    RestReason.PAPERS: KEPT_PLACE_MIN,
}
"""So long a place is kept for what, as customers are told on the phone and at the kiosk."""


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """`waiting` stands as it was while the ticket waits; `counter` where it is called or served.
    `rests_until` and its reason of somebody away, `ahead` then as if they were back now; `back_by`
    of who missed the call or left, and may still come back."""

    waiting: WaitingRow
    state: TicketState
    taken_at: datetime
    ahead: int
    counter: str
    intake: IntakeSummary
    answered: IntakeSummary | None
    note: str
    may_change: bool
    may_change_service: bool
    may_cancel: bool
    may_rest: bool
    rests_until: datetime | None
    rest_reason: RestReason | None
    back_by: datetime | None
    secret: str


def ticket_part(tablet: TabletRequest) -> LivePart:
    """404 where there is no such ticket today."""
    viewer, catalogue = tablet.viewer, catalogue_of(tablet.services, tablet.branch)
    number = tablet.ticket_or_404().number

    def present(hall: Hall, now: datetime) -> TicketSheet | None:
        """None where a new day has begun since."""
        ticket = hall.ticket(number)
        if ticket is None:
            return None
        return TicketSheet(
            waiting=waiting_row(viewer, hall, ticket, now),
            state=ticket.state,
            taken_at=ticket.taken_at,
            ahead=hall.people_before(ticket) if ticket.rests_until else hall.people_ahead(ticket),
            counter=counter_label(hall.plan, ticket.counter) if ticket.counter else "",
            intake=intake_summary(ticket, catalogue),
            answered=answered_summary(ticket, catalogue),
            note=ticket.note,
            may_change=is_allowed(ChangePriority, ticket.state),
            may_change_service=is_allowed(ChangeService, ticket.state),
            may_cancel=is_allowed(CancelTicket, ticket.state),
            may_rest=is_allowed(Rest, ticket.state),
            rests_until=ticket.rests_until,
            rest_reason=ticket.rests[-1].reason if ticket.rests_until else None,
            back_by=back_by(ticket) if may_come_back(ticket, now) else None,
            secret=ticket.secret,
        )

    regions = {"sheet": "floor/waiting/_ticket_sheet.html"}
    minutes = {"rest_min": REST_MIN, "return_min": RETURN_WITHIN // MINUTE}
    words = {**CARD_WORDS, **HALL_WORDS, **minutes, "offers": tuple(services_by_pool(tablet.hall))}
    return LivePart(f"sheet/{number}", f"/floor/waiting/{number}/live", regions, present, words)
