"""The diversion funnel: eligible, offered, accepted, completed; accepted is not completed.

A ticket has at most one way to a machine. The diversion rate is completed by eligible; "accepted
by all tickets" would count people who came back, and people whom no machine could have served.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lobby.queueing.model.intake import OfferedBy
from lobby.queueing.model.plan import Plan
from lobby.reports.measures import Rate
from lobby.reports.offers import Offers, offers_of
from lobby.reports.saved_time import Saved, saved
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit


@dataclass(frozen=True, slots=True)
class Funnel:
    """`offers` are those to the eligible tickets, whoever made them."""

    eligible: int
    offers: Offers

    @property
    def offering(self) -> Rate:
        return Rate(self.offers.offered, self.eligible)

    @property
    def diversion(self) -> Rate:
        return Rate(self.offers.completed, self.eligible)


@dataclass(frozen=True, slots=True)
class ServiceFunnel:
    code: str
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class ColleagueOffers:
    """`staff` is the id of the person who offered."""

    staff: str
    offers: Offers


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why tickets are not counted as eligible; without a reason where no questions were asked."""

    reason: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Diversion:
    """`first` are the offers when the number was taken, `second` those by a colleague during the
    wait. `off_target` are offers to tickets that were not eligible, of all offers."""

    funnel: Funnel
    first: Offers
    second: Offers
    colleagues: tuple[ColleagueOffers, ...]
    services: tuple[ServiceFunnel, ...]
    exclusions: tuple[Exclusion, ...]
    off_target: Rate
    saved: Saved


def diversion_of(
    visits: Sequence[Visit],
    plan: Plan,
    times: Mapping[str, Sequence[float]],
    calls: Sequence[KeptCall],
    *,
    is_running: bool,
    complained: Collection[str],
) -> Diversion:
    """See `offers_of` for `is_running` and `complained`; `saved` for `times` and `calls`."""

    def offers(chosen: Iterable[Visit]) -> Offers:
        return offers_of(chosen, is_running=is_running, complained=complained)

    eligible = [visit for visit in visits if visit.eligible]
    offered = [visit for visit in visits if visit.offered_at is not None]
    second = [visit for visit in offered if visit.offered_by is OfferedBy.STAFF]
    staff = {visit.offered_staff for visit in second if visit.offered_staff}
    asked = {visit.service for visit in eligible}
    codes = [code for code in plan.services if code in asked]
    return Diversion(
        funnel=Funnel(len(eligible), offers(eligible)),
        first=offers(v for v in offered if v.offered_by is not OfferedBy.STAFF),
        second=offers(second),
        colleagues=tuple(
            ColleagueOffers(who, offers(v for v in second if v.offered_staff == who))
            for who in sorted(staff, key=lambda staff_id: (len(staff_id), staff_id))
        ),
        services=tuple(
            ServiceFunnel(code, Funnel(len(own), offers(own)))
            for code in (*codes, *sorted(asked - set(codes)))
            for own in [[visit for visit in eligible if visit.service == code]]
        ),
        exclusions=exclusions(visits),
        off_target=Rate(sum(not visit.eligible for visit in offered), len(offered)),
        saved=saved(visits, plan, times, calls),
    )


def exclusions(visits: Iterable[Visit]) -> tuple[Exclusion, ...]:
    """The most frequent first; with the eligible they make up all tickets."""
    reasons = Counter(visit.exclusion for visit in visits if not visit.eligible)
    ordered = sorted(reasons.items(), key=lambda item: (item[0] == "", -item[1], item[0]))
    return tuple(Exclusion(reason, tickets) for reason, tickets in ordered)
