"""The work of planning: questions about days to come, and their answers. Pure, and slow.

It runs in a process of its own (`lobby.planning.child`), so that no call waits for it.
"""

from dataclasses import dataclass

from lobby.planning.arrivals import Forecast
from lobby.planning.past import Past
from lobby.planning.roster import Roster, crew_of
from lobby.planning.search import Change, changes, needed, quicker
from lobby.planning.trial import Demand, Outcome, Stage, stage
from lobby.queueing.model.plan import Plan

SEARCH_DAYS = 2
"""Days played for each roster of a search: enough to see whether four of five are in time."""


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """`usual` as that weekday is staffed, 0 where the branch is closed. With `tried` only that
    roster is played."""

    plan: Plan
    past: Past
    forecast: Forecast
    usual: Roster
    tried: Roster | None = None


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """`with_usual` is how the day goes with the usual counters, `with_needed` with those that it
    needs; of a roster that was tried `with_usual` alone, which is how it goes with that one."""

    usual: Roster
    needed: Roster
    with_usual: Outcome
    with_needed: Outcome
    changes: tuple[Change, ...]


def answer(question: DayQuestion) -> DayAnswer:
    set_up = _stage(question)
    if question.tried is not None:
        outcome = set_up.play(question.tried)
        return DayAnswer(question.tried, question.tried, outcome, outcome, ())
    usual = question.usual
    open_in = [count > 0 for count in usual]
    wanted = needed(question.plan, quicker(set_up, SEARCH_DAYS), _demand(question), open_in)
    before = set_up.play(usual)
    return DayAnswer(
        usual,
        wanted,
        before,
        set_up.play(wanted),
        changes(set_up, usual, wanted, before),
    )


def _stage(question: DayQuestion) -> Stage:
    crew = crew_of(question.plan, question.past.skills)
    return stage(question.plan, crew, _demand(question))


def _demand(question: DayQuestion) -> Demand:
    past = question.past
    return Demand(question.forecast.day, question.forecast.arrivals, past.kinds, past.jobs_s)
