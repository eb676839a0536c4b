"""Outcomes of machine offers: accepted, completed, returned, declined, unknown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lobby.queueing.model.ticket import TicketState
from lobby.reports.measures import FEW, Rate
from lobby.store.visits import Visit

RETURN_ALERT = 0.15
"""Above this share of returns the offers do not fit the people, or a machine does not work."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What became of offers. Each was accepted, declined or left unanswered; each accepted one
    was completed, returned or unconfirmed, or the customer is still at the machine."""

    offered: int
    accepted: int
    declined: int
    unanswered: int
    completed: int
    returned: int
    unconfirmed: int
    at_machine: int
    regretted: int
    """Returned, or followed by a complaint; each ticket counts once."""

    @property
    def acceptance(self) -> Rate:
        return Rate(self.accepted, self.offered)

    @property
    def completion(self) -> Rate:
        return Rate(self.completed, self.accepted)

    @property
    def returns(self) -> Rate:
        return Rate(self.returned, self.accepted)

    @property
    def targeting(self) -> Rate:
        """Whom the offer suited: neither back at the counter nor complaining."""
        return Rate(self.accepted - self.regretted, self.accepted)

    @property
    def return_alert(self) -> bool:
        return (self.returns.share or 0.0) > RETURN_ALERT

    @property
    def is_few(self) -> bool:
        return self.offered < FEW


def offers_of(visits: Iterable[Visit], *, is_running: bool, complained: Collection[str]) -> Offers:
    """`complained` are the numbers of tickets with a complaint; on a day that is over nobody is
    at a machine any more."""
    offered = [visit for visit in visits if visit.offered_at is not None]
    accepted = [visit for visit in offered if visit.accepted_at is not None]
    declined = [v for v in offered if v.accepted_at is None and v.declined_at is not None]
    completed = [visit for visit in accepted if visit.machine_done_at is not None]
    returned = {v.number for v in accepted if not v.machine_done_at and v.returned_at}
    on_the_way = [v for v in accepted if not v.machine_done_at and not v.returned_at]
    at_machine = [v for v in on_the_way if is_running and v.state is TicketState.AT_MACHINE]
    regretted = [v for v in accepted if v.number in returned or v.number in complained]
    return Offers(
        offered=len(offered),
        accepted=len(accepted),
        declined=len(declined),
        unanswered=len(offered) - len(accepted) - len(declined),
        completed=len(completed),
        returned=len(returned),
        unconfirmed=len(on_the_way) - len(at_machine),
        at_machine=len(at_machine),
        regretted=len(regretted),
    )
