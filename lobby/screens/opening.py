"""When a branch serves: whom at which hours, and whether a counter will still open today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lobby.branch import Branch
from lobby.queueing.model.counter import Counter
from lobby.triage.catalogue import BranchKind, Catalogue, Job, Service
from lobby.triage.hours import Span, Spans, SpecialDay, overlap, spans_on, special_day
from lobby.web.services import Services

RETAIL, CORPORATE, COUNTERS = "retail", "corporate", "counters"
DAYS_AHEAD = 14
"""A branch that is closed longer than this says no day."""

ALL_DAY = (Span(time.min, time.max),)
"""A branch without a catalogue never closes."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a counter will open today for what none serves now; `at` is the branch's clock time
    where somebody can say when."""

    opens_later: bool = False
    at: datetime | None = None


NO_COUNTER_TODAY = Outlook()


def opening_hours(services: Services, branch: Branch, now: datetime) -> Spans:
    """Today's hours of the branch; none where it is closed all day."""
    catalogue = services.catalogues.get(branch.id)
    return hours_on(catalogue, branch, now) if catalogue else ALL_DAY


def is_open(services: Services, branch: Branch, now: datetime) -> bool:
    local = branch.plan.local(now).time()
    spans = opening_hours(services, branch, now)
    return any(span.opens <= local <= span.closes for span in spans)


def gives_tickets(services: Services, branch: Branch, now: datetime) -> bool:
    """Until so many minutes before it closes for the day."""
    catalogue = services.catalogues.get(branch.id)
    if catalogue is None or not catalogue.last_ticket_min:
        return is_open(services, branch, now)
    last = opening_hours(services, branch, now)[-1:]
    before = timedelta(minutes=catalogue.last_ticket_min)
    is_time = any(branch.plan.local(now) <= _at(now, branch, s.closes) - before for s in last)
    return is_time and is_open(services, branch, now)


def is_between_opening_and_closing(services: Services, branch: Branch, now: datetime) -> bool:
    """Also in a break at noon, when people wait for the afternoon."""
    spans, local = opening_hours(services, branch, now), branch.plan.local(now).time()
    return bool(spans) and spans[0].opens <= local <= spans[-1].closes


def next_opening(services: Services, branch: Branch, now: datetime) -> datetime | None:
    """On the branch's own clock; None where there is none in sight."""
    local = branch.plan.local(now)
    for days in range(DAYS_AHEAD):
        day = now + timedelta(days=days)
        for span in opening_hours(services, branch, day):
            opens = _at(day, branch, span.opens)
            if opens > local:
                return opens
    return None


def special_today(services: Services, branch: Branch, now: datetime) -> SpecialDay | None:
    """Why the hours of this day are not those of its weekday."""
    catalogue = services.catalogues.get(branch.id)
    days = catalogue.special_days if catalogue else ()
    return special_day(days, branch.plan.business_day(now), RETAIL)


def hours_on(catalogue: Catalogue, branch: Branch, now: datetime, whose: str = RETAIL) -> Spans:
    return hours_of_day(catalogue, branch.plan.business_day(now), whose)


def hours_of_day(catalogue: Catalogue, day: date, whose: str = RETAIL) -> Spans:
    hours = catalogue.hours.get(whose) or catalogue.hours.get(RETAIL)
    hours = hours or next(iter(catalogue.hours.values()))
    return spans_on(hours, catalogue.special_days, day, whose)


def serving_hours(catalogue: Catalogue, branch: Branch, service: Service, now: datetime) -> Spans:
    """When counters serve this: within the hours of its customers, and within their own."""
    whose = CORPORATE if service.job is Job.CORPORATE else RETAIL
    spans = hours_on(catalogue, branch, now, whose)
    if COUNTERS not in catalogue.hours:
        return spans
    return overlap(spans, hours_on(catalogue, branch, now, COUNTERS))


def outlook(catalogue: Catalogue, branch: Branch, service: Service, now: datetime) -> Outlook:
    """For a service that no counter serves at this moment.

    A ticket makes sense only where somebody will call it. Before the counters' hours somebody
    will, at a time that is known; after a pause the same teller. Within the hours somebody comes
    in a full branch, and where the hours of the counters are agreed, as long as there is time for
    one more customer; a spoke whose counters have no hours of their own promises nothing.
    """
    facts, local = catalogue.branch, branch.plan.local(now)
    if facts.kind is BranchKind.MACHINES or not branch.plan.counters:
        return NO_COUNTER_TODAY
    spans = serving_hours(catalogue, branch, service, now)
    times = [(_at(now, branch, span.opens), _at(now, branch, span.closes)) for span in spans]
    later = next((Outlook(opens_later=True, at=opens) for opens, _ in times if opens > local), None)
    closes = next((closes for opens, closes in times if opens <= local <= closes), None)
    if closes is None:
        return later or NO_COUNTER_TODAY
    resting = [c for c in branch.hall.counters.values() if _rests(c, service.code)]
    if resting:
        return Outlook(opens_later=True, at=_back_at(resting, branch, now))
    is_agreed = facts.kind is BranchKind.HUB or COUNTERS in catalogue.hours
    if is_agreed and local + timedelta(minutes=service.minutes) <= closes:
        return Outlook(opens_later=True)
    return later or NO_COUNTER_TODAY


def closes_in_min(
    catalogue: Catalogue, branch: Branch, service: Service, now: datetime
) -> float | None:
    """Minutes until nobody serves this any more on this day; below zero after that."""
    spans = serving_hours(catalogue, branch, service, now)
    if not spans:
        return None
    return (_at(now, branch, spans[-1].closes) - branch.plan.local(now)).total_seconds() / 60


def _rests(counter: Counter, service: str) -> bool:
    return counter.is_attended and counter.is_paused and service in counter.services


def _back_at(resting: list[Counter], branch: Branch, now: datetime) -> datetime | None:
    """Nobody is told a time that has gone by."""
    agreed = [c.session.paused_until for c in resting if c.session and c.session.paused_until]
    later = [branch.plan.local(at) for at in agreed if at > now]
    return min(later, default=None)


def _at(now: datetime, branch: Branch, moment: time) -> datetime:
    """That time of the day on the branch's own clock."""
    local = branch.plan.local(now)
    return local.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
