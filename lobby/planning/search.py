"""What to change on a day to come: the counters it needs, and where one more or fewer pays."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from lobby.forecast.staffing import CLOSE_ABOVE, OPEN_BELOW
from lobby.planning.past import HALF_HOUR_S
from lobby.planning.roster import Roster, opened, stretches
from lobby.planning.trial import Demand, Outcome, Stage
from lobby.queueing.model.plan import Plan

GOAL = OPEN_BELOW
"""Of the people within their promise: the same that advice on open counters aims at."""

ROUNDS_MAX = 8
"""Each adds a counter wherever the goal is missed; a half hour never needed more."""

BETWEEN_S = 40.0
"""From one customer to the next at a counter: the way and the tidying."""

SENTENCES_MAX = 3
GAIN_MIN = 2.0
"""People. Fewer are nobody's reason to change a roster."""

SPAN_MIN, AFTER = 2, 2
"""Half hours: a counter opens for an hour at least, and is felt for an hour after it."""

SPARE_MIN = 4
"""Half hours: for less than two hours nobody is sent elsewhere."""

KEPT_WITHOUT = CLOSE_ABOVE
"""The same again: a counter is spare where so many are still served in time without it."""


@dataclass(frozen=True, slots=True)
class Change:
    """From half hour `start` up to `end`: `counters` in place of `usual`. `late` people would wait
    longer than promised without it, `gain` fewer do with it (below zero: more)."""

    start: int
    end: int
    usual: int
    counters: int
    late: float
    gain: float


def needed(plan: Plan, stage: Stage, demand: Demand, open_in: Sequence[bool]) -> Roster:
    """Counters with which four of five are within their promise in every half hour, as far as the
    branch has so many."""
    most = len(plan.counters)
    roster = _at_least(plan, demand, open_in, most)
    for _ in range(ROUNDS_MAX):
        outcome = stage.play(roster)
        short = [
            is_open and roster[index] < most and outcome.share(index, index + 1) < GOAL
            for index, is_open in enumerate(open_in)
        ]
        if not any(short):
            break
        roster = tuple(count + more for count, more in zip(roster, short, strict=True))
    return _without_dips(roster)


def _at_least(plan: Plan, demand: Demand, open_in: Sequence[bool], most: int) -> Roster:
    """So many that the work can be done at all."""
    busy_s = _mean_job_s(plan, demand) + BETWEEN_S
    return tuple(
        min(most, max(1, math.ceil(expected * busy_s / HALF_HOUR_S * 0.9))) if is_open else 0
        for expected, is_open in zip(demand.arrivals, open_in, strict=True)
    )


def _mean_job_s(plan: Plan, demand: Demand) -> float:
    weights = {kind: count for kind, count in demand.kinds.items() if kind[0] in plan.services}
    whole = sum(weights.values())
    if not whole:
        return 0.0
    return sum(_job_s(plan, demand, code) * n for (code, _), n in weights.items()) / whole


def _job_s(plan: Plan, demand: Demand, service: str) -> float:
    known_s = demand.jobs_s.get(service)
    return fmean(known_s) if known_s else plan.services[service].minutes * 60


def _without_dips(roster: Roster) -> Roster:
    """Nobody closes for one half hour between two."""
    return tuple(
        max(count, min(roster[index - 1], roster[index + 1]))
        if 0 < index < len(roster) - 1 and count
        else count
        for index, count in enumerate(roster)
    )


def changes(stage: Stage, usual: Roster, wanted: Roster, before: Outcome) -> tuple[Change, ...]:
    """At most three: first where one counter more helps most people, then where one is spare."""
    more = [change for change in _openings(stage, usual, wanted, before) if change.gain >= GAIN_MIN]
    more.sort(key=lambda change: -change.gain)
    chosen = more[:SENTENCES_MAX]
    for change in _closings(stage, usual, wanted, before):
        if len(chosen) < SENTENCES_MAX:
            chosen.append(change)
    return tuple(sorted(chosen, key=lambda change: change.start))


def _openings(stage: Stage, usual: Roster, wanted: Roster, before: Outcome) -> Iterator[Change]:
    short = [want > have > 0 for want, have in zip(wanted, usual, strict=True)]
    for start, end in stretches(_joined(short)):
        yield _change(stage, usual, before, (start, max(end, start + SPAN_MIN)), 1)


def _closings(stage: Stage, usual: Roster, wanted: Roster, before: Outcome) -> Iterator[Change]:
    """Checked by playing the day without that counter."""
    spare = [have > want > 0 for want, have in zip(wanted, usual, strict=True)]
    for start, end in stretches(spare):
        if end - start < SPARE_MIN:
            continue
        change = _change(stage, usual, before, (start, end), -1)
        people = sum(before.people[start : end + AFTER])
        late = change.late - change.gain
        if people and 1 - late / people >= KEPT_WITHOUT:
            yield change


def _change(
    stage: Stage, usual: Roster, before: Outcome, span: tuple[int, int], more: int
) -> Change:
    start, end = span
    after = stage.play(opened(usual, start, end, more))
    late = before.late(start, end + AFTER)
    count = max(usual[start:end])
    return Change(start, end, count, count + more, late, late - after.late(start, end + AFTER))


def _joined(short: Sequence[bool]) -> list[bool]:
    """Over a single half hour between two: a counter stays open."""
    last = len(short) - 1
    return [
        each or (0 < index < last and short[index - 1] and short[index + 1])
        for index, each in enumerate(short)
    ]


def quicker(stage: Stage, days: int) -> Stage:
    """The same with fewer days played: for a search of many rosters."""
    return replace(stage, crowds=stage.crowds[:days])
