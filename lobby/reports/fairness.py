"""Fairness of the day: each priority class by its own promise, and who was passed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.reports import measures
from lobby.reports.measures import Rate, Spread
from lobby.store.visits import Visit


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of customers. `within` is by the promise of that class, in minutes."""

    priority: Priority
    promise_min: float
    tickets: int
    waits: Spread
    within: Rate
    overtakes_max: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """`passed` of all called were passed by somebody later at least once, and nobody more than
    `overtakes_max` times, also of those whom nobody called; `by_hand` were chosen by
    a teller, with the reasons given, the most frequent first."""

    classes: tuple[ClassLine, ...]
    passed: Rate
    overtakes_max: int
    budget: int
    by_hand: Rate
    reasons: tuple[tuple[str, int], ...]


def fairness_of(plan: Plan, visits: Sequence[Visit]) -> Fairness | None:
    """None while nobody has been called."""
    called = [visit for visit in visits if visit.first_called_at is not None]
    if not called:
        return None
    chosen = [visit for visit in called if visit.by_hand]
    reasons = Counter(visit.hand_reason for visit in chosen)
    return Fairness(
        classes=tuple(
            _class_line(plan, priority, own)
            for priority in Priority
            if (own := [visit for visit in visits if visit.priority is priority])
        ),
        passed=Rate(sum(visit.overtakes > 0 for visit in called), len(called)),
        overtakes_max=max(visit.overtakes for visit in visits),
        budget=plan.calling.overtakes_max,
        by_hand=Rate(len(chosen), len(called)),
        reasons=tuple(reasons.most_common()),
    )


def _class_line(plan: Plan, priority: Priority, own: Sequence[Visit]) -> ClassLine:
    promise_min = plan.calling.promise(priority).within_min
    return ClassLine(
        priority,
        promise_min,
        tickets=len(own),
        waits=measures.waits(own),
        within=measures.within_target(own, promise_min),
        overtakes_max=max(visit.overtakes for visit in own),
    )
