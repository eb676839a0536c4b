"""A roster: how many counters serve in each half hour, and which sit down for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lobby.planning.past import HALF_HOUR_S
from lobby.queueing.model.plan import Plan
from lobby.simulation.staffing import Seat

Roster = tuple[int, ...]
"""Counters in each of the 48 half hours of a day."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Counters in the order in which they open, and what each serves."""

    skills: Mapping[str, tuple[str, ...]]


def crew_of(plan: Plan, known: Mapping[str, frozenset[str]]) -> Crew:
    """As the past shows them; a counter of which it shows nothing serves everything."""
    everything = tuple(plan.services)
    order = [counter for counter in known if counter in plan.counters]
    order += [counter for counter in plan.counters if counter not in known]
    return Crew(
        {
            counter: tuple(code for code in everything if code in known[counter])
            if known.get(counter)
            else everything
            for counter in order
        }
    )


def seats(plan: Plan, crew: Crew, roster: Roster) -> tuple[Seat, ...]:
    """One for each stretch of each counter. What none of those who are always there serves, the
    last of them takes on: nobody is sent away because of a roster on paper."""
    always = min((count for count in roster if count), default=0)
    open_counters = list(crew.skills)[: max(roster, default=0)]
    core = open_counters[: max(1, always)]
    covered = {code for counter in core for code in crew.skills[counter]}
    left = tuple(code for code in plan.services if code not in covered)
    skills = {**crew.skills, **({core[-1]: (*crew.skills[core[-1]], *left)} if core else {})}
    last = max((index for index, count in enumerate(roster) if count), default=0)
    return tuple(
        Seat(
            counter=counter,
            teller=f"teller-{counter}-{start}",
            services=skills[counter],
            from_s=start * HALF_HOUR_S,
            until_s=end * HALF_HOUR_S,
            leaves_line=end <= last,
        )
        for place, counter in enumerate(open_counters, start=1)
        for start, end in stretches([count >= place for count in roster])
    )


def stretches(open_in: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """From which half hour to which, the end not included."""
    start = None
    for index in range(len(open_in) + 1):
        is_open = index < len(open_in) and open_in[index]
        if is_open and start is None:
            start = index
        elif not is_open and start is not None:
            yield start, index
            start = None


def counter_hours(roster: Roster) -> float:
    return sum(roster) / 2


def opened(roster: Roster, start: int, end: int, more: int) -> Roster:
    """With so many counters more, or fewer, from one half hour up to another."""
    return tuple(
        max(0, count + more) if start <= index < end else count
        for index, count in enumerate(roster)
    )


def whole(counts: Sequence[float], open_in: Sequence[bool], most: int) -> Roster:
    """At least one counter while the branch is open, none while it is closed."""
    return tuple(
        min(max(1, round(count)), most) if is_open else 0
        for count, is_open in zip(counts, open_in, strict=True)
    )
