"""When a branch serves: whom at which hours, and whether a counter will still open today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lobby.branch import Branch
from lobby.queueing.model.counter import Counter
from lobby.triage.catalogue import BranchKind, Catalogue, Job, Service, Span
from lobby.web.services import Services

RETAIL, CORPORATE, COUNTERS = "retail", "corporate", "counters"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a counter will open today for what none serves now; `at` is the branch's clock time
    where somebody can say when."""

    opens_later: bool = False
    at: datetime | None = None


NO_COUNTER_TODAY = Outlook()


def opening_hours(services: Services, branch: Branch, now: datetime) -> Span | None:
    """Today's hours of the branch; None where it is closed all day. A branch without a
    catalogue never closes."""
    catalogue = services.catalogues.get(branch.id)
    return hours_on(catalogue, branch, now) if catalogue else Span(time.min, time.max)


def is_open(services: Services, branch: Branch, now: datetime) -> bool:
    span = opening_hours(services, branch, now)
    local = branch.plan.local(now).time()
    return span is not None and span.opens <= local <= span.closes


def hours_on(
    catalogue: Catalogue, branch: Branch, now: datetime, whose: str = RETAIL
) -> Span | None:
    return hours_of_day(catalogue, branch.plan.local(now).date(), whose)


def hours_of_day(catalogue: Catalogue, day: date, whose: str = RETAIL) -> Span | None:
    hours = catalogue.hours.get(whose) or catalogue.hours.get(RETAIL)
    hours = hours or next(iter(catalogue.hours.values()))
    return hours.weekend if day.weekday() >= SATURDAY else hours.weekday


def serving_hours(
    catalogue: Catalogue, branch: Branch, service: Service, now: datetime
) -> Span | None:
    """When counters serve this: within the hours of its customers, and within their own."""
    whose = CORPORATE if service.job is Job.CORPORATE else RETAIL
    span = hours_on(catalogue, branch, now, whose)
    if span is None or COUNTERS not in catalogue.hours:
        return span
    counters = hours_on(catalogue, branch, now, COUNTERS)
    if counters is None:
        return None
    opens, closes = max(span.opens, counters.opens), min(span.closes, counters.closes)
    return Span(opens, closes) if opens < closes else None


def outlook(catalogue: Catalogue, branch: Branch, service: Service, now: datetime) -> Outlook:
    """For a service that no counter serves at this moment.

    A ticket makes sense only where somebody will call it. Before the counters' hours somebody
    will, at a time that is known; after a pause the same teller. Within the hours somebody comes
    in a full branch, and where the hours of the counters are agreed, as long as there is time for
    one more customer; a spoke whose counters have no hours of their own promises nothing.
    """
    facts, span = catalogue.branch, serving_hours(catalogue, branch, service, now)
    if facts.kind is BranchKind.MACHINES or not branch.plan.counters or span is None:
        return NO_COUNTER_TODAY
    local = branch.plan.local(now)
    closes = _at(local, span.closes)
    if local < _at(local, span.opens):
        return Outlook(opens_later=True, at=_at(local, span.opens))
    if local > closes:
        return NO_COUNTER_TODAY
    resting = [c for c in branch.hall.counters.values() if _rests(c, service.code)]
    if resting:
        return Outlook(opens_later=True, at=_back_at(resting, branch, now))
    is_agreed = facts.kind is BranchKind.HUB or COUNTERS in catalogue.hours
    is_time = local + timedelta(minutes=service.minutes) <= closes
    return Outlook(opens_later=True) if is_agreed and is_time else NO_COUNTER_TODAY


def closes_in_min(
    catalogue: Catalogue, branch: Branch, service: Service, now: datetime
) -> float | None:
    """Minutes until nobody serves this any more; below zero after that."""
    span = serving_hours(catalogue, branch, service, now)
    if span is None:
        return None
    local = branch.plan.local(now)
    return (_at(local, span.closes) - local).total_seconds() / 60


def _rests(counter: Counter, service: str) -> bool:
    return counter.is_attended and counter.is_paused and service in counter.services


def _back_at(resting: list[Counter], branch: Branch, now: datetime) -> datetime | None:
    """Nobody is told a time that has gone by."""
    agreed = [c.session.paused_until for c in resting if c.session and c.session.paused_until]
    later = [branch.plan.local(at) for at in agreed if at > now]
    return min(later, default=None)


def _at(local: datetime, moment: time) -> datetime:
    return local.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
