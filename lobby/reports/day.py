"""The report of a branch's day: visits and counter sessions cut by time, service and counter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lobby.queueing.events.event import DayClosedOut
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.accuracy import Accuracy, accuracy_of
from lobby.reports.at_machines import AtMachines, Upkeep, at_machines
from lobby.reports.durations import elapsed_s
from lobby.reports.fairness import Fairness, fairness_of
from lobby.reports.given_advice import GivenAdvice, given_advice
from lobby.reports.line_at_closing import closing_time, ended_at_closing, is_over_for_today
from lobby.reports.measures import CounterUse, Rate, Spread
from lobby.reports.periods import Period, Timeline, whole_day, worst
from lobby.reports.promises import Promises, promises_of
from lobby.reports.segments import Segment, segments_of, service_times, times_by_service
from lobby.reports.sign_ins import LastActs, SignIn, sign_in
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.store.staffing import StaffingAdvice
from lobby.store.visits import SittingSpan, Stretch, Visit


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service: who asked for it and how long they waited, and `service`, one time for each visit
    in which it was done, also where it was added or the customer was sent on. `within` is by the
    branch's target, `kept` by what each of them was promised."""

    code: str
    tickets: int
    waits: Spread
    within: Rate
    service: Spread
    kept: Rate


@dataclass(frozen=True, slots=True)
class Absences:
    """Who was not there when called, who left, and who was in line when the branch closed."""

    missed_for_good: int
    missed_and_served: int
    cancelled: int
    left_at_end: int


@dataclass(frozen=True, slots=True)
class DayReport:
    """`until` is the end of what is told: now for today, the branch's midnight for older days.
    Who is away with a kept place, `resting_now`, is neither waiting nor lost."""

    branch_id: str
    day: date
    until: datetime
    is_running: bool
    is_future: bool
    target_min: float
    visits: tuple[Visit, ...]
    waits: Spread
    waits_to_call: Spread
    ways_to_counter: Spread
    within: Rate
    no_shows: Rate
    abandonments: Rate
    service: Spread
    absences: Absences
    counters: tuple[CounterUse, ...]
    all_counters: CounterUse
    half_hours: tuple[Period, ...]
    hours: tuple[Period, ...]
    services: tuple[ServiceLine, ...]
    worst: Period | None
    waiting_now: int
    longest_now_s: float | None
    resting_now: int
    machines: AtMachines | None
    accuracy: Accuracy | None = None
    fairness: Fairness | None = None
    promises: Promises | None = None
    given_advice: tuple[GivenAdvice, ...] = ()


NOTHING_KEPT = Upkeep()


def report_of(
    plan: Plan,
    day: date,
    visits: Sequence[Visit],
    sittings: Sequence[SittingSpan],
    now: datetime,
    *,
    upkeep: Upkeep = NOTHING_KEPT,
    stretches: Sequence[Stretch] = (),
    told: Sequence[AnnouncedWaitRow] = (),
    closes_at: datetime | None = None,
    closings: Sequence[DayClosedOut] = (),
    advice: Sequence[StaffingAdvice] = (),
) -> DayReport:
    """`plan` is that of the day; `closes_at` the end of its hours, None for a branch without;
    `closings` tell what the house ended by itself."""
    today = plan.business_day(now)
    until = now if day >= today else whole_day(plan, day)[1]
    segments = segments_of(visits, stretches)
    acts = LastActs(visits, segments)
    sign_ins = _sign_ins(plan, acts, sittings, until, closings)
    visits = ended_at_closing(
        visits,
        closing_time(closes_at, sign_ins, closings),
        is_over=day == today and is_over_for_today(closes_at, sign_ins, now),
    )
    uses = _counter_uses(plan, segments, sign_ins, until)
    timeline = Timeline(plan, day, visits, sign_ins, until)
    half_hours = tuple(timeline.periods(1))
    waiting = [visit for visit in visits if visit.state is TicketState.WAITING]
    since_taken_s = [elapsed_s(v.taken_at, now) - v.rested_s for v in waiting]
    return DayReport(
        branch_id=plan.id,
        day=day,
        until=until,
        is_running=day == today,
        is_future=day > today,
        target_min=plan.target_min,
        visits=tuple(visits),
        waits=measures.waits(visits),
        waits_to_call=measures.waits_to_call(visits),
        ways_to_counter=measures.ways_to_counter(visits),
        within=measures.within_target(visits, plan.target_min),
        no_shows=measures.no_shows(visits),
        abandonments=measures.abandonments(visits),
        service=measures.spread(service_times(segments)),
        absences=_absences(visits),
        counters=uses,
        all_counters=measures.all_counters(uses),
        half_hours=half_hours,
        hours=tuple(timeline.periods(2)),
        services=tuple(_service_lines(plan, visits, times_by_service(segments))),
        worst=worst(half_hours),
        waiting_now=len(waiting),
        longest_now_s=max(since_taken_s, default=None),
        resting_now=sum(visit.state is TicketState.RESTING for visit in visits),
        machines=at_machines(
            *(plan, visits, upkeep, timeline.open_span()),
            until=until,
            is_running=day == today,
            times=times_by_service(segments),
        ),
        accuracy=accuracy_of(plan, visits, told),
        fairness=fairness_of(plan, visits),
        promises=promises_of(plan, visits, half_hours),
        given_advice=given_advice(plan, visits, advice, until),
    )


def _service_lines(
    plan: Plan, visits: Sequence[Visit], times: Mapping[str, Sequence[float]]
) -> Iterator[ServiceLine]:
    """In the order of the catalogue; a service taken out of it since comes last."""
    asked = {visit.service for visit in visits} | times.keys()
    known = [code for code in plan.services if code in asked]
    for code in (*known, *sorted(asked - set(known))):
        own = [visit for visit in visits if visit.service == code]
        yield ServiceLine(
            code,
            tickets=len(own),
            waits=measures.waits(own),
            within=measures.within_target(own, plan.target_min),
            service=measures.spread(times.get(code, ())),
            kept=measures.kept_promises(plan, own),
        )


def _absences(visits: Sequence[Visit]) -> Absences:
    left = [visit.state for visit in visits if measures.gave_up(visit)]
    return Absences(
        missed_for_good=sum(visit.state is TicketState.ABSENT for visit in visits),
        missed_and_served=sum(v.absences > 0 and v.state is TicketState.FINISHED for v in visits),
        cancelled=left.count(TicketState.CANCELLED),
        left_at_end=sum(map(measures.closed_out, visits)),
    )


def _sign_ins(
    plan: Plan,
    acts: LastActs,
    sittings: Sequence[SittingSpan],
    until: datetime,
    closings: Sequence[DayClosedOut],
) -> tuple[SignIn, ...]:
    grace = timedelta(minutes=plan.lobby_policy.counter_left_after_min)
    closed_out = {(counter, each.at) for each in closings for counter in each.counters}
    return tuple(sign_in(sitting, acts, until, grace, closed_out) for sitting in sittings)


def _counter_uses(
    plan: Plan, segments: Sequence[Segment], sign_ins: Sequence[SignIn], until: datetime
) -> tuple[CounterUse, ...]:
    """Counters where somebody sat, in the order of the plan."""
    used = {each.counter for each in sign_ins} | {segment.counter for segment in segments}
    known = [counter for counter in plan.counters if counter in used]
    gone = sorted(counter for counter in used - set(known) if counter)
    return tuple(
        measures.counter_use(counter, segments, sign_ins, until) for counter in (*known, *gone)
    )
